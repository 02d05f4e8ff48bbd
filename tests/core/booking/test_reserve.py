"""A reservation: a spot kept for somebody, taken by its own link, given back, removed and lapsed."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from core.booking.booking import ReservationState
from core.booking.hold import Wish
from core.booking.refusals import BookingChanged, MiniNotOpen, ReservationGone, SpotGone, SpotTaken
from core.booking.reserve import LINK, lapse_reservation
from core.client_desk import ClientDesk
from core.minis.mini import Share
from tests.builders import dollars
from tests.core.house import House, wish_for


@pytest.mark.rule("D2")
def test_a_reserved_spot_leaves_the_list_and_has_a_link_of_its_own(house: House):
    spot = house.spots(house.mini())[0]

    reservation = house.reserve(spot)

    link = house.link(reservation)
    assert house.row(spot).taken == 1
    assert len(link) == 22
    assert house.by("ana", lambda desk: desk.reservation_behind(link)) == reservation.id
    with pytest.raises(SpotTaken):
        house.hold("ana", spot)


@pytest.mark.rule("D2")
def test_only_a_free_spot_that_is_ahead_in_an_open_mini_is_reserved(house: House):
    first, second, *_ = house.spots(house.mini())
    house.hold("ana", first)
    with pytest.raises(SpotTaken):
        house.reserve(first)
    house.wait(second.starts - house.look(lambda records: records.now))
    with pytest.raises(SpotGone):
        house.reserve(second)


def test_nothing_is_reserved_in_a_mini_that_is_over(house: House):
    mini = house.mini()
    spot = house.spots(mini)[0]
    house.by_owner(lambda desk: desk.archive(mini.id))

    with pytest.raises(MiniNotOpen):
        house.reserve(spot)


@pytest.mark.rule("D2")
def test_the_link_is_bound_by_the_hold_and_not_by_opening_it(house: House):
    reservation = house.reserve(house.spots(house.mini())[0], discount=Share(amount=dollars(20)))
    link = house.link(reservation)
    house.by("ben", lambda desk: desk.reservation(link))

    booking = house.hold_reserved("ana", reservation)

    assert house.reservation(reservation).client_id == house.client("ana").id
    assert house.booking(booking).price.total == dollars(130)
    assert (house.seats(booking), house.seats(reservation)) == ([reservation.spot_id], [])


@pytest.mark.rule("D2")
def test_a_reservation_in_use_or_bound_to_somebody_else_opens_for_nobody(house: House):
    reservation = house.reserve(house.spots(house.mini())[0])
    booking = house.hold_reserved("ana", reservation)
    with pytest.raises(ReservationGone):
        house.hold_reserved("ben", reservation)
    house.by("ana", lambda desk: desk.give_up(booking.id))

    with pytest.raises(ReservationGone):
        house.hold_reserved("ben", reservation)

    house.by_owner(lambda desk: desk.unbind_reservation(reservation.id))
    assert house.hold_reserved("ben", reservation).reservation_id == reservation.id


OPENINGS: list[Callable[[ClientDesk, str, Wish], object]] = [
    lambda desk, link, _wish: desk.reservation(link),
    lambda desk, link, wish: desk.hold_reserved(link, wish),
    lambda desk, link, _wish: desk.decline(link),
]


@pytest.mark.rule("D2", "F8")
@pytest.mark.parametrize("opens", OPENINGS)
def test_a_reservation_is_opened_by_its_link_alone_and_while_it_lives(
    house: House, opens: Callable[[ClientDesk, str, Wish], object]
):
    """Its id opens nothing, nor does a link that somebody remembers from before it was revoked."""
    reservation = house.reserve(house.spots(house.mini())[0])
    link, wish = house.link(reservation), wish_for(house.spot(reservation.spot_id))

    with pytest.raises(ReservationGone):
        house.by("ana", lambda desk: opens(desk, reservation.id, wish))
    house.store.do(lambda records: records.links.revoke(house.studio.id, LINK, reservation.id))
    with pytest.raises(ReservationGone):
        house.by("ana", lambda desk: opens(desk, link, wish))
    assert house.reservation(reservation) == reservation


@pytest.mark.rule("D3")
def test_saying_no_leaves_the_reservation_and_is_noted_for_the_studio(house: House):
    reservation = house.reserve(house.spots(house.mini())[0])

    link = house.link(reservation)
    house.by("ana", lambda desk: desk.decline(link))

    assert house.notes()[-1] == ("reservation_declined", reservation.id)
    assert house.reservation(reservation) == reservation


@pytest.mark.rule("D3")
def test_removing_it_frees_the_spot_kills_the_link_and_tells_whoever_had_it(house: House):
    spot = house.spots(house.mini())[0]
    reservation = house.given_back("ana", spot)
    link = house.link(reservation)

    house.by_owner(lambda desk: desk.remove_reservation(reservation.id))

    assert house.reservation(reservation).state is ReservationState.REMOVED
    assert house.row(spot).taken == 0
    assert house.by("ana", lambda desk: desk.reservation_behind(link)) is None
    assert [(row.kind, row.client) for row in house.outbox() if row.state == "ready"] == [
        ("reservation_removed", "ana")
    ]
    with pytest.raises(ReservationGone):
        house.by_owner(lambda desk: desk.remove_reservation(reservation.id))


@pytest.mark.rule("D3")
def test_one_that_is_being_booked_is_not_removed_from_under_the_client(house: House):
    reservation = house.reserve(house.spots(house.mini())[0])
    booking = house.hold_reserved("ana", reservation)

    house.by_owner(lambda desk: desk.remove_reservation(reservation.id))

    assert house.seats(booking) == [reservation.spot_id]
    assert "reservation_removed" not in house.waiting()
    house.confirm("ana", booking)
    assert house.reservation(reservation).state is ReservationState.USED


@pytest.mark.rule("D4")
def test_a_reservation_lapses_at_its_own_end_and_both_are_told(house: House):
    spot = house.spots(house.mini())[0]
    reservation = house.reserve(spot, lapses_at=house.look(lambda records: records.now) + timedelta(hours=1))
    booking = house.hold_reserved("ana", reservation)
    house.by("ana", lambda desk: desk.give_up(booking.id))
    link = house.link(reservation)
    with pytest.raises(BookingChanged):
        house.store.do(lambda records: lapse_reservation(records, house.reservation(reservation)))

    house.wait(timedelta(hours=1))
    with pytest.raises(ReservationGone):
        house.hold_reserved("ana", reservation)
    house.tick()

    assert house.reservation(reservation).state is ReservationState.LAPSED
    assert house.row(spot).taken == 0
    assert house.waiting() == ["reservation_lapsed"]
    assert house.by("ana", lambda desk: desk.reservation_behind(link)) is None


@pytest.mark.rule("D3")
def test_one_whose_end_came_while_it_was_used_loses_its_link_with_the_hold(house: House):
    now = house.look(lambda records: records.now)
    reservation = house.reserve(house.spots(house.mini())[0], lapses_at=now + timedelta(minutes=1))
    link = house.link(reservation)
    house.let_lapse(house.hold_reserved("ana", reservation))

    assert house.by("ana", lambda desk: desk.reservation_behind(link)) is None


@pytest.mark.rule("E1")
def test_a_reservation_is_not_previewed(house: House):
    reservation = house.reserve(house.spots(house.mini())[0])

    assert house.hold_reserved("ana", reservation, preview=True).preview is False
