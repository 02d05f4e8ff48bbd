"""What time does, for every studio at once and a handful in a unit."""

import pytest

from core.back_office import HANDFUL, INBOX_KEPT, BackOffice
from storage.store import Store
from tests.core.house import QUARTER, House, at_once


@pytest.mark.rule("G4", "A6")
def test_the_holds_of_every_studio_end_in_their_time(house: House, shared: tuple[Store, str]):
    other = House(*shared)
    mine = house.hold("ana", house.spots(house.mini())[0])
    theirs = other.hold("ana", other.spots(other.mini())[0])
    house.wait(QUARTER)

    house.tick()

    assert [house.booking(mine).state, other.booking(theirs).state] == ["expired", "expired"]
    assert (house.waiting(), other.waiting()) == (["hold_lapsed", "resume"],) * 2


def test_a_unit_takes_a_handful_and_is_called_again(house: House):
    spot = house.class_of(seats=HANDFUL + 10)
    for number in range(HANDFUL + 10):
        house.hold(f"client{number}", spot)
    house.wait(QUARTER)

    done = list(iter(lambda: house.store.do(lambda records: BackOffice(records).lapse_holds()), 0))

    assert (done[0], max(done)) == (HANDFUL, HANDFUL)
    assert house.row(spot).taken == 0


@pytest.mark.rule("J7")
def test_two_clockworks_at_once_end_a_hold_once(house: House):
    bookings = [house.hold(f"client{number}", spot) for number, spot in enumerate(house.spots(house.mini()))]
    house.wait(QUARTER)

    outcomes = at_once(house.tick, house.tick, house.tick)

    assert outcomes == [None] * 3
    assert [house.booking(one).state for one in bookings] == ["expired"] * 4
    assert sum(what == "lapsed" for what, _ in house.notes()) == 4
    assert house.waiting().count("hold_lapsed") == 4


@pytest.mark.rule("J7")
def test_what_came_in_is_known_for_a_week_and_then_forgotten(house: House):
    def take(source: str) -> bool:
        return house.store.do(lambda records: records.inbox.take(source, house.studio.id))

    def forget() -> None:
        while house.store.do(lambda records: BackOffice(records).forget_inbox()):
            pass

    house.store.do(lambda records: records.inbox.quarantine("poison", house.studio.id, "Typed ana@mail.com", "bug"))
    take("old")
    house.wait(INBOX_KEPT - QUARTER)
    take("young")
    forget()
    known = [take(source) for source in ("old", "young", "poison")]
    house.wait(QUARTER)
    forget()

    assert known == [False, False, False]
    assert [take(source) for source in ("old", "young", "poison")] == [True, False, True]
