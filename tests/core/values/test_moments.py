"""C6: a local time is one instant, or it is asked about."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from core.values.moments import StartDoesNotExist, StartExistsTwice, aware, instant, local
from tests.core.values.clocks import SMOKE_ZONES, Change, changes_of

CHICAGO = ZoneInfo("America/Chicago")
SPRING, AUTUMN = date(2026, 3, 8), date(2026, 11, 1)


def check_change(change: Change) -> None:
    """Around one change: every quarter of an hour of the day before to the day after is read, or asked about."""
    zone = change.zone
    first, last = change.wall_times
    wall = datetime.combine(first.date() - timedelta(days=1), time())
    end = datetime.combine(last.date() + timedelta(days=2), time())
    while wall < end:
        day, clock = wall.date(), wall.time()
        if not first <= wall < last:
            assert local(instant(day, clock, zone), zone).replace(tzinfo=None, fold=0) == wall
        elif change.jump > timedelta(0):
            check_skipped(wall, change)
        else:
            check_repeated(wall, change)
        wall += timedelta(minutes=15)


def check_skipped(wall: datetime, change: Change) -> None:
    with pytest.raises(StartDoesNotExist) as refused:
        instant(wall.date(), wall.time(), change.zone)
    for suggestion, jump in (("earlier", -change.jump), ("later", change.jump)):
        meant = wall + jump
        expected = f"{meant:%H:%M}" if meant.date() == wall.date() else None
        assert refused.value.facts[suggestion] == expected
        assert local(instant(meant.date(), meant.time(), change.zone), change.zone).replace(tzinfo=None) == meant


def check_repeated(wall: datetime, change: Change) -> None:
    with pytest.raises(StartExistsTwice) as asked:
        instant(wall.date(), wall.time(), change.zone)
    first = instant(wall.date(), wall.time(), change.zone, fold=0)
    second = instant(wall.date(), wall.time(), change.zone, fold=1)
    assert second - first == -change.jump
    assert asked.value.facts["first"] != asked.value.facts["second"]
    for moment, name in ((first, asked.value.facts["first"]), (second, asked.value.facts["second"])):
        shown = local(moment, change.zone)
        assert (shown.replace(tzinfo=None, fold=0), shown.tzname()) == (wall, name)


@pytest.mark.rule("C6")
def test_a_time_that_the_clocks_skip_is_asked_about_with_the_two_times_it_may_mean() -> None:
    with pytest.raises(StartDoesNotExist) as refused:
        instant(SPRING, time(2, 30), CHICAGO)

    assert refused.value.facts == {
        "date": "2026-03-08",
        "time": "02:30",
        "zone": "America/Chicago",
        "earlier": "01:30",
        "later": "03:30",
    }


@pytest.mark.rule("C6")
@pytest.mark.parametrize("fold", [0, 1])
def test_a_time_that_the_clocks_skip_does_not_exist_whichever_is_meant(fold: int) -> None:
    with pytest.raises(StartDoesNotExist):
        instant(SPRING, time(2), CHICAGO, fold=fold)


@pytest.mark.rule("C6")
def test_a_suggestion_on_another_date_is_not_made() -> None:
    with pytest.raises(StartDoesNotExist) as at_midnight:
        instant(date(2026, 4, 24), time(0, 30), ZoneInfo("Africa/Cairo"))
    with pytest.raises(StartDoesNotExist) as whole_day:
        instant(date(2011, 12, 30), time(10), ZoneInfo("Pacific/Apia"))

    assert (at_midnight.value.facts["earlier"], at_midnight.value.facts["later"]) == (None, "01:30")
    assert (whole_day.value.facts["earlier"], whole_day.value.facts["later"]) == (None, None)


@pytest.mark.rule("C6")
def test_a_time_that_exists_twice_is_asked_about_and_the_answer_is_taken() -> None:
    with pytest.raises(StartExistsTwice) as asked:
        instant(AUTUMN, time(1, 30), CHICAGO)

    assert (asked.value.facts["first"], asked.value.facts["second"]) == ("CDT", "CST")
    assert instant(AUTUMN, time(1, 30), CHICAGO, fold=0) == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    assert instant(AUTUMN, time(1, 30), CHICAGO, fold=1) == datetime(2026, 11, 1, 7, 30, tzinfo=UTC)


@pytest.mark.rule("C6")
@pytest.mark.parametrize("clock", [time(1, 59, 59), time(3), time(23, 59)])
def test_times_beside_a_change_are_not_asked_about(clock: time) -> None:
    assert local(instant(SPRING, clock, CHICAGO), CHICAGO).time() == clock


def test_the_fold_of_a_time_that_exists_once_does_not_matter() -> None:
    assert {instant(AUTUMN, time(9), CHICAGO, fold=fold) for fold in (None, 0, 1)} == {
        datetime(2026, 11, 1, 15, tzinfo=UTC)
    }


def test_an_instant_is_in_utc() -> None:
    assert instant(AUTUMN, time(9), CHICAGO).tzinfo is UTC
    assert aware(datetime(2026, 11, 1, 9, tzinfo=CHICAGO)).tzinfo is UTC


def test_a_naive_moment_is_refused() -> None:
    naive = datetime(2026, 11, 1, 9)  # noqa: DTZ001 - that it is naive is the point

    with pytest.raises(ValueError, match="has no zone"):
        aware(naive)
    with pytest.raises(ValueError, match="has no zone"):
        local(naive, CHICAGO)


def test_a_clock_with_a_zone_of_its_own_is_refused() -> None:
    with pytest.raises(ValueError, match="zone of its own"):
        instant(AUTUMN, time(9, tzinfo=UTC), CHICAGO)


@pytest.mark.rule("C6")
@pytest.mark.parametrize("name", SMOKE_ZONES)
def test_every_time_around_a_change_is_read_or_asked_about(name: str) -> None:
    for change in list(changes_of(name))[:4]:
        check_change(change)


@pytest.mark.full
@pytest.mark.rule("C6")
@pytest.mark.parametrize("name", sorted(available_timezones()))
def test_every_time_around_every_change_of_every_zone_is_read_or_asked_about(name: str) -> None:
    for change in changes_of(name):
        check_change(change)


def test_the_changes_are_those_that_are_known() -> None:
    found = [(change.at, change.jump) for change in changes_of("America/Chicago")][:2]

    assert found == [
        (datetime(2025, 3, 9, 8, tzinfo=UTC), timedelta(hours=1)),
        (datetime(2025, 11, 2, 7, tzinfo=UTC), timedelta(hours=-1)),
    ]
    assert len(list(changes_of("Australia/Lord_Howe"))) == 22
    assert not list(changes_of("Asia/Kolkata"))
