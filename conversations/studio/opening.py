"""When a mini opens by itself: the moment is asked, told apart where it is read in two ways, and read back (E4, C2).

Nothing is set before it was seen in full: weekday, date, year and whose clocks are meant.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from conversations.engine import AnyStep, Flow, Step, change
from conversations.screens import Button, Choose, Clock, Line, Look, Say, Screen, Style, lines, say
from conversations.studio.day_defaults import typist_of
from conversations.studio.day_draft import reading_key
from conversations.studio.day_questions import DayNotRead, in_rows, noon
from conversations.studio.overview import missing_words, state_of
from conversations.studio.turn import StudioTurn
from conversations.studio.which import asked_which, press_now
from conversations.talk import Answer
from conversations.turn import Misread
from conversations.typed_dates import read_when
from conversations.typed_moments import Ask, Exact, NeedsTime, NotRead, Past, Reading, Unread, readings_of
from conversations.words import city
from core.minis.mini import UNLISTED, Mini, MiniState
from core.minis.publish import OpeningPast
from core.values.moments import StartExistsTwice, instant, local

OPENS: Final = "opening"
#: In the course's subject: what was typed and can be read in several ways; the day whose time is asked.
_SAID: Final = "said"
_DAY: Final = "day"
_ANOTHER_DAY: Final = "another"
_DAYS_SHOWN: Final = 6
_TIMES: Final = ("08:00", "10:00", "12:00", "17:00", "19:00", "20:00")
_HINTS: Final = {Unread.NO_SUCH: "no-such", Unread.CONTRADICTS: "contradicts"}


# -- the moment --


def reads_as_moment(turn: StudioTurn, text: str) -> bool:
    """Whether the text names a day or a time at all, of the past or in two ways even."""
    return not isinstance(read_when(text, typist_of(turn)), NotRead)


def take_opening(turn: StudioTurn, text: str) -> str | None:
    """The moment that is meant, to be kept; None where something is asked first. Raises OpeningPast, DayNotRead."""
    subject = turn.course.subject
    on = subject.get(_DAY)
    match read_when(text, typist_of(turn), on=date.fromisoformat(on) if on else None):
        case Exact(reading):
            return _taken(turn, reading)
        case NeedsTime(day):
            subject.pop(_SAID, None)
            subject[_DAY] = day.isoformat()
        case Ask():
            subject[_SAID] = text
        case Past():
            raise OpeningPast
        case NotRead(why):
            hint = _HINTS.get(why)
            raise DayNotRead(hint=hint) if hint else Misread(key=OPENS)
    return None


def _taken(turn: StudioTurn, reading: Reading) -> str | None:
    """Of a day alone, the time is asked next."""
    subject = turn.course.subject
    subject.pop(_SAID, None)
    if reading.clock is None:
        subject[_DAY] = reading.date.isoformat()
        return None
    opens = instant(reading.date, reading.clock, turn.studio.zone, fold=reading.fold)
    if opens <= turn.desk.now:
        raise OpeningPast
    subject.pop(_DAY, None)
    return opens.isoformat(timespec="minutes")


def _readings(turn: StudioTurn) -> Sequence[Reading]:
    """What was typed, where it can be read in several ways."""
    said, on = turn.course.subject.get(_SAID), turn.course.subject.get(_DAY)
    if said is None:
        return ()
    found = read_when(said, typist_of(turn), on=date.fromisoformat(on) if on else None)
    return readings_of(found)


def _show(turn: StudioTurn) -> Screen:
    readings, day = _readings(turn), turn.course.subject.get(_DAY)
    another = (Button(say("button-another-day"), Choose(_ANOTHER_DAY)),)
    if readings:
        rows = tuple((_reading_button(turn, one),) for one in readings)
        return Screen(lines=lines(say("opening-which")), rows=(*rows, another))
    if day:
        asked = say("opening-time-ask", day=noon(turn, date.fromisoformat(day), Clock.DAY_YEAR))
        return Screen(lines=lines(asked), rows=(*in_rows(list(_time_buttons(turn, day)), 3), another))
    title = turn.desk.mini(turn.course.subject["mini"]).title
    return Screen(
        lines=lines(say("opening-ask", title=title), say("opening-hint")),
        rows=in_rows(list(_day_buttons(turn)), 3),
    )


def _day_buttons(turn: StudioTurn) -> Iterator[Button]:
    today = local(turn.desk.now, turn.studio.zone).date()
    for ahead in range(1, _DAYS_SHOWN + 1):
        day = today + timedelta(days=ahead)
        yield Button(say("a-day", day=noon(turn, day)), Choose(f"t.{day.isoformat()}"))


def _time_buttons(turn: StudioTurn, day: str) -> Iterator[Button]:
    for clock in _TIMES:
        at = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=turn.studio.zone)
        if at > turn.desk.now:
            yield Button(say("a-time", time=turn.when(at, Clock.TIME)), Choose(f"t.{clock}"))


def _reading_button(turn: StudioTurn, reading: Reading) -> Button:
    day = noon(turn, reading.date, Clock.DAY_YEAR)
    choice = Choose(f"r.{reading_key(reading)}")
    if reading.clock is None:
        return Button(say("a-day", day=day), choice)
    opens = instant(reading.date, reading.clock, turn.studio.zone, fold=reading.fold)
    return Button(say("opening-reading", day=day, time=_time(turn, opens)), choice)


def _accept(turn: StudioTurn, choice: str) -> Answer:
    kind, _, rest = choice.partition(".")
    if choice == _ANOTHER_DAY:
        turn.course.subject.pop(_SAID, None)
        turn.course.subject.pop(_DAY, None)
        return None
    if kind == "r":
        chosen = next((one for one in _readings(turn) if reading_key(one) == rest), None)
        return _taken(turn, chosen) if chosen else None
    return take_opening(turn, rest) if kind == "t" else None


ASKED_OPENING: Final[Step[StudioTurn]] = Step(
    id=OPENS, show=_show, accept=_accept, typed=lambda _turn, text: f"t.{text}"
)


# -- read back --


def _show_in_full(turn: StudioTurn) -> Screen:
    one = turn.desk.mini(turn.course.subject["mini"])
    opens = datetime.fromisoformat(turn.text(OPENS))
    lacks = turn.desk.missing(one.id, takes_cards=turn.takes_cards, by=opens)
    return Screen(
        lines=(
            Line(say("opening-title", title=one.title), Look.TITLE),
            Line(
                say(
                    "opening-in-full",
                    day=turn.when(opens, Clock.DAY_FULL),
                    time=_time(turn, opens),
                    city=city(turn.studio.zone_name),
                )
            ),
            *lines(
                _meanwhile(one),
                *((say("opening-lacks", what=missing_words(turn, lacks)),) if lacks else ()),
                gap=True,
            ),
        ),
        rows=(
            (Button(say("button-open-then"), Choose("save"), Style.PRIMARY),),
            (Button(say("button-publish-now"), Choose("now")), Button(say("button-change-opening"), Choose("change"))),
        ),
    )


def _meanwhile(one: Mini) -> Say:
    """What clients can do with it until then."""
    if one.paused:
        return say("opening-paused")
    return say("opening-until-draft" if one.state is MiniState.DRAFT else "opening-until-unlisted")


def _time(turn: StudioTurn, opens: datetime) -> Say:
    """The time; where that day's clocks show it twice, with the zone's name then."""
    there = local(opens, turn.studio.zone)
    time = turn.when(opens, Clock.TIME)
    try:
        instant(there.date(), there.time().replace(fold=0), turn.studio.zone)
    except StartExistsTwice:
        return say("opening-clock", time=time, zone=there.tzname() or "")
    return say("a-time", time=time)


def _accept_in_full(turn: StudioTurn, choice: str) -> Answer:
    kind, _, rest = choice.partition(".")
    match kind:
        case "save":
            return _set(turn)
        case "now":
            mini_id = turn.course.subject["mini"]
            turn.talk.end()
            turn.toast = press_now(turn, "publish", mini_id)
        case "change":
            change(turn, OPENS)
        case "t":
            kept = take_opening(turn, rest)
            if kept:
                turn.answers[OPENS] = kept
            else:
                change(turn, OPENS)
        case _:
            pass
    return None


def _set(turn: StudioTurn) -> Answer:
    """One that somebody published or put away meanwhile is shown as it stands."""
    one, opens = turn.desk.mini(turn.course.subject["mini"]), datetime.fromisoformat(turn.text(OPENS))
    if one.state not in UNLISTED:
        turn.talk.end()
        turn.talk.cover("mini", one.id)
        turn.talk.notice = say("opening-changed", title=one.title, state=state_of(one))
        return None
    turn.desk.open_at(one.id, opens)
    turn.talk.notice = say(
        "opening-set",
        title=one.title,
        day=turn.when(opens, Clock.DAY_FULL),
        time=_time(turn, opens),
        city=city(turn.studio.zone_name),
    )
    return True


IN_FULL: Final[Step[StudioTurn]] = Step(
    id="opening_set",
    show=_show_in_full,
    accept=_accept_in_full,
    typed=lambda _turn, text: f"t.{text}",
    leaving="button-never-mind",
)


def _script(turn: StudioTurn) -> Iterator[AnyStep[StudioTurn]]:
    yield from asked_which(turn)
    yield ASKED_OPENING
    yield IN_FULL


OPENING: Final[Flow[StudioTurn]] = Flow(
    name="opening", script=_script, ending=lambda turn: ("mini", turn.course.subject["mini"])
)
