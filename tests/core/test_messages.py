"""What is said of a booking, when, and what is no longer said because it is no longer true."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.booking.booking import Booking
from core.messages.messages import after_quiet_hours
from core.studio.studio import QuietHours
from storage.columns import moment_of
from tests.builders import CHICAGO, a_studio
from tests.core.house import House


def due(house: House, kind: str) -> datetime:
    """When the waiting message of that kind is to be sent."""
    (at,) = [row.due_at for row in house.outbox() if (row.kind, row.state) == (kind, "ready")]
    return moment_of(at)


def hold(house: House) -> Booking:
    return house.hold("ana", house.spots(house.mini())[0])


@pytest.mark.rule("G3")
def test_a_hold_is_warned_three_minutes_before_its_end(house: House):
    booking = hold(house)

    assert due(house, "hold_warning") == booking.hold_until - timedelta(minutes=3)


@pytest.mark.rule("G3")
def test_an_extended_hold_is_warned_before_its_new_end_instead(house: House):
    booking = hold(house)

    longer = house.by("ana", lambda desk: desk.extend(booking.id))

    assert [row.state for row in house.outbox()] == ["superseded", "ready"]
    assert due(house, "hold_warning") == longer.hold_until - timedelta(minutes=3)


@pytest.mark.rule("F9")
def test_an_hour_after_the_end_one_reminder_comes(house: House):
    booking = house.let_lapse(hold(house))

    assert booking.ended_at is not None
    assert due(house, "resume") == booking.ended_at + timedelta(hours=1)


@pytest.mark.rule("F9")
def test_a_booking_that_ran_out_twice_is_reminded_of_once(house: House):
    booking = house.let_lapse(hold(house))

    house.by("ana", lambda desk: desk.take_up(booking.id, booking.spot_id))
    house.let_lapse(booking)

    assert sum(row.kind == "resume" for row in house.outbox()) == 1


@pytest.mark.rule("F9")
def test_the_reminder_waits_for_the_morning(house: House):
    house.wait(timedelta(hours=2))  # from 18:17
    house.let_lapse(hold(house))

    assert due(house, "resume").astimezone(CHICAGO).strftime("%d %H:%M") == "23 08:00"


@pytest.mark.parametrize(
    ("at", "sent"),
    [
        ("20:59", "22 20:59"),
        ("21:00", "23 08:00"),
        ("23:59", "23 08:00"),
        ("00:00", "22 08:00"),
        ("07:59", "22 08:00"),
        ("08:00", "22 08:00"),
    ],
)
@pytest.mark.rule("F9", "J3")
def test_nothing_that_can_wait_comes_in_quiet_hours(at: str, sent: str):
    moment = datetime.combine(date(2026, 11, 22), time.fromisoformat(at), CHICAGO).astimezone(UTC)

    assert after_quiet_hours(moment, a_studio()).astimezone(CHICAGO).strftime("%d %H:%M") == sent


@pytest.mark.parametrize(
    ("at", "sent"), [("12:59", "12:59"), ("13:00", "15:00"), ("14:59", "15:00"), ("15:00", "15:00")]
)
@pytest.mark.rule("J3")
def test_quiet_hours_may_be_within_a_day(at: str, sent: str):
    studio = a_studio(quiet=QuietHours(begins=time(13), ends=time(15)))
    moment = datetime.combine(date(2026, 11, 22), time.fromisoformat(at), CHICAGO).astimezone(UTC)

    assert after_quiet_hours(moment, studio).astimezone(CHICAGO).strftime("%d %H:%M") == f"22 {sent}"


@pytest.mark.rule("J3")
def test_no_quiet_hours_keep_nothing_waiting():
    moment = datetime(2026, 11, 22, 3, tzinfo=UTC)

    assert after_quiet_hours(moment, a_studio(quiet=QuietHours(begins=time(0), ends=time(0)))) == moment


@pytest.mark.rule("C6", "J3")
def test_quiet_hours_end_by_the_clock_on_the_wall_when_it_was_changed_at_night():
    evening = datetime(2026, 10, 31, 22, tzinfo=CHICAGO).astimezone(UTC)  # the clocks go back at 2:00

    sent = after_quiet_hours(evening, a_studio())

    assert sent.astimezone(CHICAGO).strftime("%d %H:%M") == "01 08:00"
    assert sent - evening == timedelta(hours=11)


@pytest.mark.rule("C6", "G1")
def test_a_hold_lasts_fifteen_minutes_through_a_change_of_the_clocks(house: House):
    back = datetime(2026, 11, 1, 1, 55, tzinfo=ZoneInfo("America/Chicago")).astimezone(UTC)
    mini = house.mini()
    house.wait(back - house.look(lambda records: records.now))

    booking = house.hold("ana", house.spots(mini)[0])

    assert booking.hold_until - booking.began_at == timedelta(minutes=15)
    assert booking.hold_until.astimezone(CHICAGO).strftime("%H:%M") == "01:10"


@pytest.mark.rule("K2")
def test_each_move_is_a_message_of_its_own(house: House):
    first, second, third, *_ = house.spots(house.mini())
    booking = house.confirmed("ana", first)

    for spot in (second, third):
        house.by_owner(lambda desk, spot=spot: desk.move(booking.id, spot.id))

    assert [row.kind for row in house.outbox()].count("moved") == 2
