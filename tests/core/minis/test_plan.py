"""C1, C3, C4 and C6: from what is said of a day to its spots."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.minis.mini import Spot
from core.minis.plan import (
    Break,
    BreakOutOfRange,
    DayPlan,
    DurationOutOfRange,
    GapOutOfRange,
    PlannedSpot,
    SameStartHasNoPauses,
    SpotsOutOfRange,
    StartIsPast,
    break_after,
    check_future,
    fits,
    overlaps,
    pushed,
    shoot_ends,
    spots_of,
)
from core.values.moments import StartDoesNotExist, StartExistsTwice, local
from tests.core.values.clocks import SMOKE_ZONES, Change, changes_of

CHICAGO = ZoneInfo("America/Chicago")
SATURDAY = date(2026, 11, 28)
SPRING, AUTUMN = date(2026, 3, 8), date(2026, 11, 1)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
NOON = Break(time(12), HOUR)


def a_plan(**facts: Any) -> DayPlan:
    """The storyboard's Saturday: 10 spots of 20 minutes from nine, gap 5, an hour's break at noon."""
    said: dict[str, Any] = {
        "date": SATURDAY,
        "start": time(9),
        "spots": 10,
        "duration": 20 * MINUTE,
        "gap": 5 * MINUTE,
        "breaks": (NOON,),
    }
    return DayPlan(**(said | facts))


def starts_of(plan: DayPlan, zone: ZoneInfo = CHICAGO) -> list[str]:
    return [f"{local(spot.starts, zone):%H:%M}" for spot in spots_of(plan, zone)]


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 28, hour, minute, tzinfo=UTC)


# ── The spots of a day ───────────────────────────────────────────────────────


@pytest.mark.rule("C3")
def test_the_storyboards_day() -> None:
    spots = spots_of(a_plan(), CHICAGO)

    assert " ".join(starts_of(a_plan())) == "09:00 09:25 09:50 10:15 10:40 11:05 11:30 13:00 13:25 13:50"
    assert f"{local(shoot_ends(spots), CHICAGO):%H:%M}" == "14:10"
    assert {spot.seats for spot in spots} == {1}


@pytest.mark.rule("C3")
def test_a_gap_after_the_last_spot_does_not_count() -> None:
    spots = spots_of(a_plan(spots=1, gap=4 * HOUR, breaks=()), CHICAGO)

    assert shoot_ends(spots) - spots[0].starts == 20 * MINUTE


@pytest.mark.rule("C3")
@pytest.mark.parametrize(
    ("pause", "starts"),
    [
        (Break(time(9, 40), 10 * MINUTE), ["09:00", "09:20", "09:50", "10:10"]),  # as a spot ends: the next is pushed
        (Break(time(9, 45), 5 * MINUTE), ["09:00", "09:20", "09:50", "10:10"]),
        (Break(time(9), 5 * MINUTE), ["09:05", "09:25", "09:45", "10:05"]),
        (Break(time(8, 30), HOUR), ["09:30", "09:50", "10:10", "10:30"]),  # under way as the day starts
        (Break(time(8), HOUR), ["09:00", "09:20", "09:40", "10:00"]),  # over as it starts
        (Break(time(10, 20), HOUR), ["09:00", "09:20", "09:40", "10:00"]),  # after the last spot
        (Break(time(10, 19), MINUTE), ["09:00", "09:20", "09:40", "10:20"]),  # a minute before it would end
    ],
)
def test_a_break_pushes_the_spot_that_would_overlap_it_and_those_after(pause: Break, starts: list[str]) -> None:
    assert starts_of(a_plan(spots=4, gap=timedelta(0), breaks=(pause,))) == starts


@pytest.mark.rule("C3")
def test_a_break_that_lies_in_a_gap_pushes_nothing() -> None:
    in_gap = Break(time(9, 25), 5 * MINUTE)

    assert starts_of(a_plan(spots=2, gap=20 * MINUTE, breaks=(in_gap,))) == ["09:00", "09:40"]


@pytest.mark.rule("C3")
def test_breaks_may_come_in_any_order_and_overlap() -> None:
    breaks = (Break(time(12, 30), HOUR), Break(time(9, 30), 10 * MINUTE), Break(time(12), 45 * MINUTE))

    plan = a_plan(spots=5, duration=HOUR, gap=timedelta(0), breaks=breaks)

    assert starts_of(plan) == ["09:40", "10:40", "13:30", "14:30", "15:30"]


@pytest.mark.rule("C3")
def test_a_day_runs_over_midnight_and_its_breaks_with_it() -> None:
    night = a_plan(start=time(23), spots=4, duration=30 * MINUTE, gap=timedelta(0), breaks=(Break(time(0), HOUR),))

    assert starts_of(night) == ["23:00", "23:30", "01:00", "01:30"]
    assert local(spots_of(night, CHICAGO)[-1].starts, CHICAGO).date() == date(2026, 11, 29)


@pytest.mark.rule("C4")
def test_everyone_starting_together_is_one_spot_of_many_seats() -> None:
    spots = spots_of(a_plan(spots=30, gap=timedelta(0), breaks=(), same_start=True), CHICAGO)

    assert spots == (PlannedSpot(at(15), at(15, 20), 30),)


@pytest.mark.rule("C4")
@pytest.mark.parametrize("facts", [{"breaks": ()}, {"gap": timedelta(0)}])
def test_everyone_starting_together_leaves_no_gap_and_no_break(facts: dict[str, Any]) -> None:
    with pytest.raises(SameStartHasNoPauses):
        a_plan(same_start=True, **facts)


# ── Limits ───────────────────────────────────────────────────────────────────


@pytest.mark.rule("C1")
@pytest.mark.parametrize("spots", [0, -1, 201])
def test_a_day_has_1_to_200_spots(spots: int) -> None:
    with pytest.raises(SpotsOutOfRange) as refused:
        a_plan(spots=spots)

    assert refused.value.facts == {"least": 1, "most": 200}


@pytest.mark.rule("C1")
@pytest.mark.parametrize("duration", [timedelta(0), 5 * MINUTE - timedelta(seconds=1), 12 * HOUR + MINUTE])
def test_a_spot_lasts_from_5_minutes_to_12_hours(duration: timedelta) -> None:
    with pytest.raises(DurationOutOfRange) as refused:
        a_plan(duration=duration)

    assert refused.value.facts == {"least_minutes": 5, "most_minutes": 720}


@pytest.mark.rule("C1")
@pytest.mark.parametrize("gap", [-MINUTE, 4 * HOUR + MINUTE])
def test_a_gap_is_at_most_4_hours(gap: timedelta) -> None:
    with pytest.raises(GapOutOfRange) as refused:
        a_plan(gap=gap)

    assert refused.value.facts == {"least_minutes": 0, "most_minutes": 240}


@pytest.mark.rule("C1")
@pytest.mark.parametrize("length", [timedelta(0), -MINUTE, 12 * HOUR + MINUTE])
def test_a_break_lasts_from_a_minute_to_12_hours(length: timedelta) -> None:
    with pytest.raises(BreakOutOfRange) as refused:
        Break(time(12), length)

    assert refused.value.facts == {"least_minutes": 1, "most_minutes": 720}


@pytest.mark.rule("C1")
@pytest.mark.parametrize(
    "facts", [{"spots": 1}, {"spots": 200}, {"duration": 5 * MINUTE}, {"duration": 12 * HOUR}, {"gap": 4 * HOUR}]
)
def test_the_limits_themselves_are_allowed(facts: dict[str, Any]) -> None:
    plan = a_plan(**facts)

    assert len(spots_of(plan, CHICAGO)) == plan.spots


@pytest.mark.rule("C2")
def test_the_past_is_refused() -> None:
    check_future(a_plan(), at(14, 59), CHICAGO)
    for now in (at(15), at(16)):
        with pytest.raises(StartIsPast) as refused:
            check_future(a_plan(), now, CHICAGO)
        assert refused.value.facts == {"date": "2026-11-28", "time": "09:00"}


# ── Clock changes ────────────────────────────────────────────────────────────


@pytest.mark.rule("C6")
def test_spots_follow_each_other_in_elapsed_time_across_a_change() -> None:
    spring = a_plan(date=SPRING, start=time(1), spots=3, duration=HOUR, gap=timedelta(0), breaks=())
    autumn = a_plan(date=AUTUMN, start=time(0), spots=4, duration=HOUR, gap=timedelta(0), breaks=())

    assert starts_of(spring) == ["01:00", "03:00", "04:00"]
    assert starts_of(autumn) == ["00:00", "01:00", "01:00", "02:00"]


@pytest.mark.rule("C6")
@pytest.mark.parametrize("facts", [{"start": time(2, 30)}, {"start": time(1), "breaks": (Break(time(2), HOUR),)}])
def test_a_start_or_break_that_does_not_exist_is_asked_about(facts: dict[str, Any]) -> None:
    with pytest.raises(StartDoesNotExist):
        spots_of(a_plan(date=SPRING, **facts), CHICAGO)


@pytest.mark.rule("C6")
def test_a_start_or_break_that_exists_twice_is_asked_about_and_the_answer_is_taken() -> None:
    twice = a_plan(date=AUTUMN, start=time(1, 30), breaks=())
    pause = a_plan(date=AUTUMN, start=time(0, 50), spots=2, breaks=(Break(time(1, 15), HOUR),))

    for asked in (twice, pause):
        with pytest.raises(StartExistsTwice):
            spots_of(asked, CHICAGO)
    firsts = [spots_of(a_plan(date=AUTUMN, start=time(1, 30), fold=fold), CHICAGO)[0].starts for fold in (0, 1)]
    assert firsts[1] - firsts[0] == HOUR
    for fold, distance in ((0, 85 * MINUTE), (1, 25 * MINUTE)):  # the first 01:15 pushes the spot, the second is later
        plan = a_plan(date=AUTUMN, start=time(0, 50), spots=2, breaks=(Break(time(1, 15), HOUR, fold),))
        one, two = spots_of(plan, CHICAGO)
        assert two.starts - one.starts == distance


@pytest.mark.rule("C6")
def test_a_break_of_the_night_after_is_not_asked_about_for_the_change_of_the_night_before() -> None:
    evening = a_plan(date=SPRING, start=time(22), spots=3, duration=2 * HOUR, breaks=(Break(time(2, 30), HOUR),))

    assert starts_of(evening) == ["22:00", "00:05", "03:30"]


def check_day(day: date, zone: ZoneInfo) -> None:
    """From every full hour of the date: number, length, order, distance in elapsed time, and reading back."""
    for hour in range(24):
        plan = a_plan(date=day, start=time(hour), spots=12, duration=45 * MINUTE, gap=15 * MINUTE, breaks=())
        try:
            spots = spots_of(plan, zone)
        except StartDoesNotExist:
            continue
        except StartExistsTwice:
            plan = a_plan(
                date=day, start=time(hour), spots=12, duration=45 * MINUTE, gap=15 * MINUTE, breaks=(), fold=1
            )
            spots = spots_of(plan, zone)
        first = local(spots[0].starts, zone)
        assert len(spots) == 12
        assert (first.date(), first.time()) == (day, time(hour))
        assert [spot.starts - spots[0].starts for spot in spots] == [HOUR * number for number in range(12)]
        for spot in spots:
            assert spot.ends - spot.starts == 45 * MINUTE
            assert local(spot.starts, zone).astimezone(UTC) == spot.starts


def check_change(change: Change) -> None:
    first, last = change.wall_times
    for day in sorted({first.date() - timedelta(days=1), first.date(), last.date()}):
        check_day(day, change.zone)


@pytest.mark.rule("C3", "C6")
@pytest.mark.parametrize("name", SMOKE_ZONES)
def test_days_of_a_change_have_their_spots(name: str) -> None:
    for change in list(changes_of(name))[:4]:
        check_change(change)


@pytest.mark.full
@pytest.mark.rule("C3", "C6")
@pytest.mark.parametrize("name", sorted(available_timezones()))
def test_days_of_every_change_of_every_zone_have_their_spots(name: str) -> None:
    for change in changes_of(name):
        check_change(change)


# ── Whatever is said ─────────────────────────────────────────────────────────

clocks = st.times().map(lambda clock: clock.replace(second=0, microsecond=0, fold=0))
breaks = st.builds(Break, at=clocks, length=st.integers(1, 300).map(lambda n: n * MINUTE), fold=st.sampled_from([0, 1]))
plans = st.builds(
    DayPlan,
    date=st.dates(date(2025, 1, 1), date(2035, 12, 31)) | st.sampled_from([SPRING, AUTUMN]),
    start=clocks,
    spots=st.integers(1, 200),
    duration=st.integers(5, 720).map(lambda n: n * MINUTE),
    gap=st.integers(0, 240).map(lambda n: n * MINUTE),
    breaks=st.lists(breaks, max_size=4).map(tuple),
    fold=st.sampled_from([0, 1]),
)


@pytest.mark.rule("C1", "C3", "C6")
@settings(deadline=None)
@given(plan=plans, name=st.sampled_from(SMOKE_ZONES))
def test_spots_are_as_many_and_as_long_as_said_in_order_and_never_earlier_than_the_gap(
    plan: DayPlan, name: str
) -> None:
    try:
        spots = spots_of(plan, ZoneInfo(name))
    except StartDoesNotExist:
        return

    assert len(spots) == plan.spots
    assert {spot.ends - spot.starts for spot in spots} == {plan.duration}
    for one, following in pairwise(spots):
        assert following.starts - one.ends >= plan.gap


@pytest.mark.rule("C3")
@settings(deadline=None)
@given(plan=plans)
def test_no_spot_overlaps_a_break_and_each_starts_as_early_as_it_may(plan: DayPlan) -> None:
    zone = ZoneInfo("UTC")
    begins = datetime.combine(plan.date, plan.start, UTC)
    pauses: list[PlannedSpot] = []
    for pause in plan.breaks:
        starts = datetime.combine(plan.date, pause.at, UTC)
        starts += timedelta(days=starts + pause.length <= begins)
        pauses.append(PlannedSpot(starts, starts + pause.length))
    ends_of_breaks = {pause.ends for pause in pauses}
    earliest = begins
    for spot in spots_of(plan, zone):
        assert not any(overlaps(spot, pause) for pause in pauses)
        assert spot.starts == earliest or (spot.starts > earliest and spot.starts in ends_of_breaks)
        if spot.starts > earliest:
            assert any(overlaps(PlannedSpot(earliest, earliest + plan.duration), pause) for pause in pauses)
        earliest = spot.ends + plan.gap


# ── Spots among each other ───────────────────────────────────────────────────


@pytest.mark.rule("C7")
@pytest.mark.parametrize(
    ("other", "shared"),
    [
        ((at(9), at(10)), True),
        ((at(9, 15), at(9, 30)), True),
        ((at(8), at(9, 1)), True),
        ((at(9, 59), at(11)), True),
        ((at(8), at(9)), False),
        ((at(10), at(11)), False),
    ],
)
def test_spots_overlap_when_they_share_time_and_not_when_they_touch(
    other: tuple[datetime, datetime], shared: bool
) -> None:
    one, two = PlannedSpot(at(9), at(10)), PlannedSpot(*other)

    assert overlaps(one, two) is shared
    assert overlaps(two, one) is shared


@pytest.mark.parametrize(
    ("length", "next_start", "offered"),
    [
        (None, at(9, 20), True),
        (20 * MINUTE, at(9, 20), True),
        (15 * MINUTE, at(9, 5), True),  # the spot is its own, whatever comes after
        (25 * MINUTE, at(9, 25), True),
        (26 * MINUTE, at(9, 25), False),
        (12 * HOUR, None, True),
    ],
)
def test_a_longer_package_is_offered_only_where_the_next_start_is_late_enough(
    length: timedelta | None, next_start: datetime | None, offered: bool
) -> None:
    spot = Spot(id="s", studio_id="luna", mini_id="fall", day_id="sat", starts=at(9), ends=at(9, 20))

    assert fits(length, spot, next_start) is offered


# ── A break in a saved day ───────────────────────────────────────────────────


def saved(plan: DayPlan) -> list[Spot]:
    known: dict[str, Any] = {"studio_id": "luna", "mini_id": "fall", "day_id": "saturday"}
    return [
        Spot(id=f"spot{number}", starts=one.starts, ends=one.ends, **known)
        for number, one in enumerate(spots_of(plan, CHICAGO))
    ]


def times_of(spots: Sequence[Spot]) -> str:
    return " ".join(f"{local(spot.starts, CHICAGO):%H:%M}" for spot in spots)


@pytest.mark.rule("C5")
def test_a_break_after_saving_pushes_the_later_spots_and_leaves_the_breaks_that_are_there() -> None:
    spots = pushed(saved(a_plan()), Break(time(10), HOUR / 2), CHICAGO)

    assert times_of(spots) == "09:00 09:25 10:30 10:55 11:20 13:00 13:25 13:50 14:15 14:40"
    assert [spot.id for spot in spots] == [f"spot{number}" for number in range(10)]
    assert {spot.length for spot in spots} == {20 * MINUTE}


@pytest.mark.rule("C5")
def test_a_break_after_a_spot_begins_as_the_spot_ends() -> None:
    spots = saved(a_plan(breaks=()))

    pause = break_after(spots[1], HOUR, CHICAGO)

    assert (pause.at, pause.length) == (time(9, 45), HOUR)
    assert times_of(pushed(spots, pause, CHICAGO)[:4]) == "09:00 09:25 10:45 11:10"


@pytest.mark.rule("C5", "C6")
def test_a_break_after_a_spot_in_the_repeated_hour_is_the_one_that_was_meant() -> None:
    spots = saved(a_plan(date=AUTUMN, start=time(0), spots=10, breaks=()))

    for spot, later in pairwise(spots):
        anew = pushed(spots, break_after(spot, HOUR, CHICAGO), CHICAGO)
        assert [one.starts for one in anew if one.id == later.id] == [spot.ends + HOUR]


@pytest.mark.rule("C5")
@given(
    spots=st.integers(1, 20),
    duration=st.integers(5, 120),
    gap=st.integers(0, 60),
    begins=st.integers(0, 24 * 60 - 1),
    length=st.integers(1, 240),
)
def test_a_break_does_the_same_before_saving_and_after(
    spots: int, duration: int, gap: int, begins: int, length: int
) -> None:
    plan = a_plan(spots=spots, duration=duration * MINUTE, gap=gap * MINUTE, breaks=())
    pause = Break(time(*divmod(begins, 60)), length * MINUTE)

    after = pushed(saved(plan), pause, CHICAGO)

    assert after == tuple(saved(replace(plan, breaks=(pause,))))


@pytest.mark.rule("C5")
def test_a_break_where_nothing_is_shot_moves_nothing() -> None:
    spots = saved(a_plan())

    for pause in (Break(time(9, 20), 5 * MINUTE), Break(time(12, 10), HOUR / 2), Break(time(15), HOUR), NOON):
        assert list(pushed(spots, pause, CHICAGO)) == spots
