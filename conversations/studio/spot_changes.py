"""A free spot made dearer or longer, and one more spot on a day (C7, B4)."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Final

from conversations.engine import Flow, Step
from conversations.screens import Button, Choose, Clock, Say, Screen, lines, say
from conversations.studio.amounts import till_of
from conversations.studio.day_defaults import typist_of
from conversations.studio.day_draft import reading_key
from conversations.studio.day_questions import in_rows, noon, reading_button, typed_minutes
from conversations.studio.shoot_days import ShootDay, shoot_day, spoken, states_of
from conversations.studio.spot_card import spot_of, spot_title
from conversations.studio.turn import Act, For, Room, StudioTurn
from conversations.studio.typed_amounts import read_one_amount
from conversations.talk import Answer, Course
from conversations.turn import Misread
from conversations.typed_dates import read_when
from conversations.typed_moments import Reading, readings_of
from core.minis.change_spots import SpotInTheWay
from core.minis.publish import MiniChanged
from core.studio_desk.rights import PHOTOGRAPHERS
from core.values.moments import local
from core.values.money import Money

_PREMIUMS: Final = (10, 20, 30, 50)  # in whole units of the currency
_LONGER: Final = (5, 10, 15, 20, 30)
_CANDIDATES: Final = "candidates"


def _begin(flow: str, mini_id: str, came_from: str, **subject: str) -> Course:
    return Course(flow=flow, subject={"mini": mini_id, "from": came_from, **subject})


def _of_spot(flow: str) -> Act:
    def act(turn: StudioTurn, spot_id: str) -> Say | None:
        spot = turn.desk.spot(spot_id)
        turn.talk.begin(_begin(flow, spot.mini_id, f"spot_card:{spot.id}", spot=spot.id))
        return None

    return act


def in_the_way(turn: StudioTurn, day: datetime, refusal: SpotInTheWay) -> SpotInTheWay:
    """The same refusal, with its times as people read them."""
    times = refusal.facts.get("times")
    if not isinstance(times, tuple):
        return refusal
    return SpotInTheWay(times=spoken_times(turn, day, times))


def spoken_times(turn: StudioTurn, day: datetime, times: tuple[str, ...]) -> tuple[str, ...]:
    """ "13:25", as the reader's language writes it."""
    moments = (datetime.combine(day.date(), time.fromisoformat(one), turn.studio.zone) for one in times)
    return tuple(turn.words.phrase(say("a-time", time=turn.when(at, Clock.TIME)), turn.language) for at in moments)


# -- dearer --


def _show_premium(turn: StudioTurn) -> Screen:
    spot = spot_of(turn, turn.course.subject["spot"])
    if spot is None:
        return Screen(lines=lines(say("spot-is-gone")))
    currency = turn.studio.currency
    times = 1 if Money.zero(currency).exponent else 100  # ¥1,000 rather than ¥10
    amounts = [Money.whole(one * times, currency) for one in _PREMIUMS]
    buttons = [Button(say("button-plus", amount=one), Choose(str(one.minor))) for one in amounts]
    none = ((Button(say("button-no-premium"), Choose("0")),),) if spot.premium_minor else ()
    return Screen(lines=lines(spot_title(turn, spot), say("spot-premium-ask")), rows=(*in_rows(buttons), *none))


def _accept_premium(turn: StudioTurn, choice: str) -> Answer:
    if not choice.isdecimal() or len(choice) > 12:
        return None
    spot = turn.desk.change_spot(turn.course.subject["spot"], premium_minor=int(choice))
    amount = Money(spot.premium_minor, turn.studio.currency)
    turn.talk.notice = say("spot-dearer", amount=amount) if spot.premium_minor else say("spot-no-premium")
    return int(choice)


def _typed_premium(turn: StudioTurn, text: str) -> str | None:
    amount = read_one_amount(text, till_of(turn))
    return None if amount is None else str(amount.minor)


PREMIUM: Final[Step[StudioTurn]] = Step(
    id="spot_premium", show=_show_premium, accept=_accept_premium, typed=_typed_premium
)


# -- longer --


def _show_longer(turn: StudioTurn) -> Screen:
    spot = spot_of(turn, turn.course.subject["spot"])
    if spot is None:
        return Screen(lines=lines(say("spot-is-gone")))
    minutes = spot.length // timedelta(minutes=1)
    buttons = [Button(say("button-longer-by", minutes=one), Choose(str(one))) for one in _LONGER]
    return Screen(
        lines=lines(spot_title(turn, spot), say("spot-longer-ask", minutes=minutes)), rows=in_rows(buttons, 3)
    )


def _accept_longer(turn: StudioTurn, choice: str) -> Answer:
    if not choice.isdecimal() or len(choice) > 4 or choice == "0":
        return None
    spot = turn.desk.spot(turn.course.subject["spot"])
    try:
        longer = turn.desk.lengthen(spot.id, int(choice))
    except SpotInTheWay as refusal:
        raise in_the_way(turn, local(spot.starts, turn.studio.zone), refusal) from refusal
    minutes = longer.length // timedelta(minutes=1)
    turn.talk.notice = say("spot-longer", minutes=minutes, ends=turn.when(longer.ends, Clock.TIME))
    return int(choice)


LONGER: Final[Step[StudioTurn]] = Step(id="spot_longer", show=_show_longer, accept=_accept_longer, typed=typed_minutes)


# -- one more --


def _day_asked(turn: StudioTurn) -> ShootDay | None:
    return shoot_day(turn, turn.course.subject["day"])


def _show_new(turn: StudioTurn) -> Screen:
    one = _day_asked(turn)
    if one is None:
        return Screen(lines=lines(say("day-gone")))
    candidates = _candidates(turn)
    if candidates:
        return Screen(lines=lines(say("spot-new-which")), rows=tuple((reading_button(turn, it),) for it in candidates))
    last = max((state.spot.ends for state in states_of(turn, one)), default=None)
    behind = last and local(last, turn.studio.zone)
    offered = (
        ((Button(say("button-spot-behind", time=turn.when(last, Clock.TIME)), Choose(f"t.{behind:%H:%M}")),),)
        if last and behind and behind.date() == one.day.date
        else ()
    )
    return Screen(lines=lines(say("spot-new-ask", day=noon(turn, one.day.date, Clock.DAY_YEAR))), rows=offered)


def _candidates(turn: StudioTurn) -> list[Reading]:
    """What a typed time may be, where that is more than one."""
    text, one = turn.course.view.get(_CANDIDATES, ""), _day_asked(turn)
    if not text or one is None:
        return []
    found = readings_of(read_when(text, typist_of(turn), on=one.day.date))
    return [it for it in found if it.date == one.day.date and it.clock]


def _adjust_new(turn: StudioTurn, choice: str) -> bool:
    """A typed time that may be several is asked about."""
    if not choice.startswith("t."):
        return False
    turn.course.view[_CANDIDATES] = choice[2:]
    return len(_candidates(turn)) > 1


def _accept_new(turn: StudioTurn, choice: str) -> Answer:
    candidates = _candidates(turn)
    reading = next((it for it in candidates if choice == f"r.{reading_key(it)}"), None)
    if reading is None and len(candidates) == 1:
        reading = candidates[0]
    turn.course.view.pop(_CANDIDATES, None)
    if reading is None or reading.clock is None:
        raise Misread(key="spot-new")
    try:
        spot = turn.desk.add_spot(turn.course.subject["day"], reading.clock, fold=reading.fold)
    except SpotInTheWay as refusal:
        raise in_the_way(turn, datetime.combine(reading.date, reading.clock, turn.studio.zone), refusal) from refusal
    turn.talk.notice = say("spot-added", time=spoken(turn, spot), ends=turn.when(spot.ends, Clock.TIME))
    return spot.id


NEW: Final[Step[StudioTurn]] = Step(
    id="spot_new",
    show=_show_new,
    accept=_accept_new,
    typed=lambda _turn, text: f"t.{text}",
    adjust=_adjust_new,
)


def _only(step: Step[StudioTurn], name: str, back: str, about: str) -> Flow[StudioTurn]:
    """One question; afterwards the screen that it is about."""

    def script(_turn: StudioTurn) -> Iterator[Step[StudioTurn]]:
        yield step

    return Flow(name=name, script=script, ending=lambda turn: (back, turn.course.subject[about]))


FLOWS: Final = (
    _only(PREMIUM, "spot_premium", "spot_card", "spot"),
    _only(LONGER, "spot_longer", "spot_card", "spot"),
    _only(NEW, "spot_new", "day", "day"),
)


def _new(turn: StudioTurn, day_id: str) -> Say | None:
    one = shoot_day(turn, day_id)
    if one is None:
        raise MiniChanged
    turn.talk.begin(_begin("spot_new", one.mini.id, f"day:{day_id}", day=day_id))
    return None


ROOM: Final = Room(
    presses={
        "spot_premium": For(PHOTOGRAPHERS, _of_spot("spot_premium")),
        "spot_longer": For(PHOTOGRAPHERS, _of_spot("spot_longer")),
        "day_spot": For(PHOTOGRAPHERS, _new),
    },
    flows={flow.name: For(PHOTOGRAPHERS, flow) for flow in FLOWS},
)
