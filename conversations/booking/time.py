"""The day and the time: what is free is shown by day, then by time; tapping or typing one holds it (F1, F2, G1)."""

from collections.abc import Sequence
from datetime import date, time

from conversations.booking.extras import chosen_add_ons, places_of
from conversations.booking.facts import BookingTurn
from conversations.booking.held import held_notice
from conversations.booking.offer import AGAIN, chosen_package, fee_of, full_screen, here_only
from conversations.booking.pages import page_of, pager, turn_page
from conversations.booking.typed_time import Wanted, read_wanted
from conversations.engine import Step, reopen
from conversations.screens import Button, Choose, Clock, Say, Screen, lines, say
from conversations.talk import Answer
from conversations.words import city
from core.booking.booking import Booking
from core.booking.hold import Wish
from core.booking.refusals import SpotTaken
from core.minis.records import SpotRow
from core.values.moments import local
from core.values.money import Money
from core.values.refusals import Refusal

ON_ONE_SCREEN = 12  # times; more are parted by the time of day and paged (STORYBOARD, T4)
DAYS_ON_ONE_SCREEN = 10
NEAREST = 3  # free times named beside a refusal (F2)
PARTS = {"morning": (time.min, time(12)), "afternoon": (time(12), time(17)), "evening": (time(17), time.max)}


class JustTaken(Refusal):
    """Who is second hears it at once, with the nearest free times (F2).

    Facts: time, nearest; hint, "none" where nothing else is free, "unknown" for a time that was never on the list.
    """


class NoSuchTime(Refusal):
    """A typed time is one of those that are free. Facts: nearest, up to three; hint, "none" where there are none."""


class SeveralTimes(Refusal):
    """A typed time that fits several free ones holds none; they are named. Facts: times."""


def days_of(turn: BookingTurn) -> dict[date, list[SpotRow]]:
    """The spots that this client can take, by local date, in order."""
    days: dict[date, list[SpotRow]] = {}
    for row in turn.facts.free(chosen_package(turn), places_of(turn)):
        days.setdefault(turn.facts.date_of(row), []).append(row)
    return days


# -- the day --


def _show_days(turn: BookingTurn) -> Screen:
    days = days_of(turn)
    if not days:
        return full_screen(turn)
    page, pages = page_of(turn, "day", len(days), DAYS_ON_ONE_SCREEN)
    shown = list(days.values())[page * DAYS_ON_ONE_SCREEN : (page + 1) * DAYS_ON_ONE_SCREEN]
    rows = tuple((_day_button(turn, of_day),) for of_day in shown)
    package = chosen_package(turn)
    return Screen(
        lines=lines(
            say("chosen-package", title=package.title, price=fee_of(package)),
            *here_only(turn),
            say("day-ask", city=city(turn.studio.zone_name)),
        ),
        rows=(*rows, *pager(page, pages)),
    )


def _day_button(turn: BookingTurn, rows: list[SpotRow]) -> Button:
    first = rows[0].spot.starts
    left = sum(row.spot.seats - row.taken for row in rows)
    label = say("button-day", day=turn.when(first, Clock.DAY), count=left)
    return Button(label, Choose(turn.facts.date_of(rows[0]).isoformat()))


def _accept_day(turn: BookingTurn, choice: str) -> Answer:
    """Take a day; a typed time of a certain spot is held at once and answers the next step as well."""
    if choice.startswith("spot."):
        spot_id = choice.removeprefix("spot.")
        row = next((one for one in turn.facts.rows if one.spot.id == spot_id), None)
        turn.answers["time"] = _hold(turn, spot_id)
        turn.course.reopened = [one for one in turn.course.reopened if one != "time"]
        return turn.facts.date_of(row).isoformat() if row else None
    if all(day.isoformat() != choice for day in days_of(turn)):
        return None
    if turn.facts.live:
        reopen(turn, "time")
    return choice


def _typed_day(turn: BookingTurn, text: str) -> str | None:
    rows = [row for rows in days_of(turn).values() for row in rows]
    wanted = read_wanted(text, rows, turn.studio.zone, turn.words, turn.language)
    if wanted is None:
        return None
    return _day_alone(turn, wanted) or f"spot.{_the_one(turn, wanted).spot.id}"


def _day_alone(turn: BookingTurn, wanted: Wanted[SpotRow]) -> str | None:
    """The date, where a day was named and no certain time of it: the day's list shows what there is."""
    dates = {turn.facts.date_of(row).isoformat() for row in wanted.rows}
    if not wanted.names_day or len(dates) != 1:
        return None
    narrows = len(wanted.rows) > 1 and turn.text("day") not in dates
    return dates.pop() if narrows or not wanted.names_time else None


DAY = Step(
    id="day",
    section="time",
    show=_show_days,
    accept=_accept_day,
    typed=_typed_day,
    adjust=lambda turn, choice: turn_page(turn, "day", choice),
)


# -- the time --


def _show_times(turn: BookingTurn) -> Screen:
    of_day = _rows_of_day(turn)
    if not of_day:
        return full_screen(turn)
    parted = len(of_day) > ON_ONE_SCREEN
    shown = _in_part(turn, of_day) if parted else of_day
    page, pages = page_of(turn, "time", len(shown), ON_ONE_SCREEN)
    buttons = [_time_button(turn, row) for row in shown[page * ON_ONE_SCREEN : (page + 1) * ON_ONE_SCREEN]]
    columns = 3 if parted else 2
    return Screen(
        lines=lines(say("time-ask", day=turn.when(of_day[0].spot.starts, Clock.DAY))),
        rows=(
            *(_part_buttons(turn, of_day) if parted else ()),
            *(tuple(buttons[start : start + columns]) for start in range(0, len(buttons), columns)),
            *pager(page, pages),
        ),
    )


def _rows_of_day(turn: BookingTurn) -> list[SpotRow]:
    """The free spots of the chosen day; of the first that has any, where none was chosen or it filled up."""
    days = days_of(turn)
    chosen = [rows for day, rows in days.items() if day.isoformat() == turn.text("day")]
    every = [*chosen, *days.values()]
    return every[0] if every else []


def _time_button(turn: BookingTurn, row: SpotRow) -> Button:
    live = turn.facts.live
    when = turn.when(row.spot.starts, Clock.TIME)
    if live and live.spot_id == row.spot.id:
        label = say("button-time-yours", time=when)
    elif row.spot.seats > 1:
        label = say("button-time-seats", time=when, count=row.spot.seats - row.taken)
    elif row.spot.premium_minor:
        label = say("button-time-premium", time=when, premium=_premium(turn, row))
    else:
        label = say("button-time", time=when)
    return Button(label, Choose(row.spot.id))


def _premium(turn: BookingTurn, row: SpotRow) -> Money:
    return Money(row.spot.premium_minor, turn.studio.currency)


def _in_part(turn: BookingTurn, rows: list[SpotRow]) -> list[SpotRow]:
    part = turn.course.view.get("part", "all")
    begins, ends = PARTS.get(part, (time.min, time.max))
    return [row for row in rows if begins <= local(row.spot.starts, turn.studio.zone).time() < ends]


def _part_buttons(turn: BookingTurn, rows: list[SpotRow]) -> tuple[tuple[Button, ...], ...]:
    def count(part: str) -> int:
        begins, ends = PARTS[part]
        return sum(begins <= local(row.spot.starts, turn.studio.zone).time() < ends for row in rows)

    parts = [
        Button(say(f"button-part-{part}", count=count(part)), Choose(f"part.{part}")) for part in PARTS if count(part)
    ]
    return ((*parts, Button(say("button-part-all", count=len(rows)), Choose("part.all"))),)


def _adjust_time(turn: BookingTurn, choice: str) -> bool:
    if choice.startswith("part."):
        turn.course.view["part"] = choice.removeprefix("part.")
        turn.course.view.pop("page.time", None)
        return True
    return turn_page(turn, "time", choice)


def _typed_time(turn: BookingTurn, text: str) -> str | None:
    of_day = _rows_of_day(turn)
    every = [row for rows in days_of(turn).values() for row in rows]
    wanted = read_wanted(text, of_day, turn.studio.zone, turn.words, turn.language)
    if wanted is None or wanted.names_day:
        wanted = read_wanted(text, every, turn.studio.zone, turn.words, turn.language)
    if wanted is None:
        return None
    if day := _day_alone(turn, wanted):
        return f"day.{day}"
    return _the_one(turn, wanted).spot.id


def _the_one(turn: BookingTurn, wanted: Wanted[SpotRow]) -> SpotRow:
    if len(wanted.rows) == 1:
        return wanted.rows[0]
    if wanted.rows:
        raise SeveralTimes(times=_spoken(turn, wanted.rows[:ON_ONE_SCREEN]))
    near = sorted(wanted.near[:NEAREST], key=lambda row: row.spot.starts)
    raise NoSuchTime(nearest=_spoken(turn, near), hint=None if near else "none")


def _spoken(turn: BookingTurn, rows: Sequence[SpotRow]) -> tuple[str, ...]:
    """The times as text; with their days, unless all are on the day that is shown."""
    days = {turn.facts.date_of(row).isoformat() for row in rows}
    clock = Clock.TIME if days <= {turn.text("day")} or len(days_of(turn)) == 1 else Clock.DAY_TIME
    spoken = (say("a-time", time=turn.when(row.spot.starts, clock)) for row in rows)
    return tuple(turn.words.phrase(one, turn.language) for one in spoken)


def _accept_time(turn: BookingTurn, choice: str) -> Answer:
    day = choice.removeprefix("day.")
    if choice != day and any(one.isoformat() == day for one in days_of(turn)):
        turn.answers["day"] = day
        return None
    return None if choice == AGAIN else _hold(turn, choice)


def _hold(turn: BookingTurn, spot_id: str) -> str:
    """Hold the spot, swap to it, or take the lapsed booking up with it. Raises JustTaken and what a hold raises."""
    before = turn.facts.live
    try:
        held = _held(turn, spot_id)
    except SpotTaken as taken:
        raise just_taken(turn, spot_id) from taken
    turn.course.booking_id = held.id
    turn.facts.forget(held)
    turn.toast = _toast(turn, before, held)
    turn.talk.notice = held_notice(turn, held)
    return spot_id


def _toast(turn: BookingTurn, before: Booking | None, held: Booking) -> Say:
    if before is None:
        return say("toast-held", time=turn.when(held.snapshot.starts, Clock.TIME))
    if before.spot_id == held.spot_id:
        return say("toast-held-until", until=turn.when(held.hold_until, Clock.TIME))
    return say("toast-swapped", time=turn.when(held.snapshot.starts, Clock.TIME))


def _held(turn: BookingTurn, spot_id: str) -> Booking:
    live, lapsed = turn.facts.live, turn.facts.lapsed
    if live:
        return turn.desk.swap(live.id, spot_id)
    if lapsed:
        return turn.desk.take_up(lapsed.id, spot_id)
    wish = Wish(
        mini_id=turn.course.subject["mini"],
        spot_id=spot_id,
        package_id=chosen_package(turn).id,
        add_ons=chosen_add_ons(turn),
        places=places_of(turn),
        preview=turn.facts.preview,
    )
    return turn.desk.hold(wish)


def just_taken(turn: BookingTurn, spot_id: str) -> JustTaken:
    """The refusal for a spot that somebody else was faster to take, with the nearest free times."""
    wanted = next((row for row in turn.facts.rows if row.spot.id == spot_id), None)
    turn.facts.forget()
    if wanted is None:
        return JustTaken(time="", nearest=(), hint="unknown")
    rows = [row for rows in days_of(turn).values() for row in rows if row.spot.id != spot_id]
    nearest = sorted(rows, key=lambda row: abs(row.spot.starts - wanted.spot.starts))[:NEAREST]
    nearest.sort(key=lambda row: row.spot.starts)
    wanted_time, *others = _spoken(turn, (wanted, *nearest))
    return JustTaken(time=wanted_time, nearest=tuple(others), hint=None if nearest else "none")


TIME = Step(
    id="time",
    section="time",
    show=_show_times,
    accept=_accept_time,
    known=lambda turn: turn.facts.live.spot_id if turn.facts.live else None,
    typed=_typed_time,
    adjust=_adjust_time,
)
