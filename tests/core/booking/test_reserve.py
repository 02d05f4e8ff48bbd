"""A reservation: a spot kept for somebody, taken by its own link, given back, removed and lapsed."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from core.booking.booking import Reservation, ReservationState
from core.booking.contact import Contact
from core.booking.hold import Wish
from core.booking.refusals import (
    BookingChanged,
    ContactMissing,
    MiniNotOpen,
    PackageGone,
    PackageTooLong,
    ReservationGone,
    ReservationOver,
    SpotGone,
    SpotTaken,
)
from core.booking.reserve import LINK, Terms, lapse_reservation
from core.client_desk import ClientDesk
from core.minis.mini import Share
from tests.builders import a_package, dollars
from tests.core.house import ANA, House, wish_for


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
    with pytest.raises(ReservationOver):
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


ANNA = Contact("Anna Liu", "anna@mail.com", "+13125550188")
TWO_PACKAGES = (a_package(), a_package("Plus", 210), a_package("Family", 290, minutes=40))


@pytest.mark.rule("D5")
def test_what_is_filled_in_for_a_client_is_answered_when_they_take_it_and_theirs_to_change(house: House):
    spot = house.spots(house.mini(packages=TWO_PACKAGES))[0]
    reservation = house.reserve(spot, contact=ANNA, package_id="plus")

    booking = house.hold_reserved("ana", reservation)

    assert (booking.contact, booking.package_id) == (ANNA, "plus")
    house.by("ana", lambda desk: desk.keep_contact(booking.id, ANA))
    house.by("ana", lambda desk: desk.choose(booking.id, "mini", ()))
    assert (house.booking(booking).contact, house.booking(booking).package_id) == (ANA, "mini")


@pytest.mark.rule("D5", "F3")
def test_a_contact_that_lacks_something_is_not_the_bookings(house: House):
    reservation = house.reserve(house.spots(house.mini())[0], contact=Contact("Anna Liu", "", "+13125550188"))

    booking = house.hold_reserved("ana", reservation)

    assert booking.contact is None
    with pytest.raises(ContactMissing):
        house.by("ana", lambda desk: desk.confirm(booking.id))


@pytest.mark.rule("D5")
def test_a_package_is_filled_in_that_the_mini_has_and_the_spot_has_room_for(house: House):
    mini = house.mini(packages=TWO_PACKAGES)
    spot = house.spots(mini)[0]
    with pytest.raises(PackageGone):
        house.reserve(spot, package_id="nothing")
    with pytest.raises(PackageTooLong):
        house.reserve(spot, package_id="family")
    reservation = house.reserve(spot, package_id="plus")
    with pytest.raises(PackageTooLong):
        house.by_owner(lambda desk: desk.change_reservation(reservation.id, Terms(package_id="family")))

    house.by_owner(lambda desk: desk.set_packages(mini.id, TWO_PACKAGES[:1], ()))

    assert house.hold_reserved("ana", reservation).package_id == "mini"


@pytest.mark.rule("D5", "D2")
def test_what_one_client_made_of_it_is_not_shown_to_the_next(house: House):
    """The reservation that comes back says what the photographer filled in, and nothing of who had it."""
    reservation = house.reserve(house.spots(house.mini())[0], contact=Contact("Anna Liu", ""))
    booking = house.hold_reserved("ana", reservation)
    house.by("ana", lambda desk: desk.keep_contact(booking.id, ANA))
    house.by("ana", lambda desk: desk.give_up(booking.id))
    house.by_owner(lambda desk: desk.unbind_reservation(reservation.id))

    assert house.hold_reserved("ben", reservation).contact is None
    assert house.reservation(reservation).contact == Contact("Anna Liu", "")


@pytest.mark.rule("D5", "F9")
def test_a_hold_that_came_to_nothing_forgets_whom_the_photographer_filled_in(house: House):
    first, second, *_ = house.spots(house.mini())
    reservation = house.reserve(first, contact=ANNA)
    booking = house.let_lapse(house.hold_reserved("ana", reservation))
    assert booking.contact is None
    assert not house.by_owner(lambda desk: desk.find("Anna"))

    again = house.by("ana", lambda desk: desk.take_up(booking.id, first.id))
    assert again.contact == ANNA
    house.by_owner(lambda desk: desk.remove_reservation(reservation.id))
    house.by("ana", lambda desk: desk.swap(booking.id, second.id))

    assert house.booking(booking).contact == ANNA
    assert house.let_lapse(booking).contact is None


@pytest.mark.rule("D5", "F9")
def test_a_contact_that_the_client_made_theirs_is_the_bookings_own(house: House):
    reservation = house.reserve(house.spots(house.mini())[0], contact=ANNA)
    booking = house.hold_reserved("ana", reservation)
    house.by("ana", lambda desk: desk.keep_contact(booking.id, ANNA))
    assert house.let_lapse(booking).contact == ANNA

    house.by("ana", lambda desk: desk.take_up(booking.id, booking.spot_id))
    confirmed = house.by("ana", lambda desk: desk.confirm(booking.id))
    cancelled = house.by("ana", lambda desk: desk.cancel(confirmed.id))

    assert cancelled.contact == ANNA


@pytest.mark.rule("D5")
def test_what_was_confirmed_as_it_was_filled_in_is_kept_when_it_is_cancelled(house: House):
    booking = house.hold_reserved("ana", house.reserve(house.spots(house.mini())[0], contact=ANNA))
    house.by("ana", lambda desk: desk.confirm(booking.id))

    assert house.by("ana", lambda desk: desk.cancel(booking.id)).contact == ANNA


def used(house: House, reservation: Reservation) -> None:
    house.confirm("ana", house.hold_reserved("ana", reservation))


def removed(house: House, reservation: Reservation) -> None:
    house.by_owner(lambda desk: desk.remove_reservation(reservation.id))


def removed_in_use(house: House, reservation: Reservation) -> None:
    house.hold_reserved("ana", reservation)
    removed(house, reservation)


def called_off(house: House, reservation: Reservation) -> None:
    house.by_owner(lambda desk: desk.cancel_mini(reservation.mini_id))


def lapsed(house: House, reservation: Reservation) -> None:
    house.wait(timedelta(hours=1))
    house.tick()


def lapsed_in_use(house: House, reservation: Reservation) -> None:
    house.wait(timedelta(minutes=50))
    house.let_lapse(house.hold_reserved("ana", reservation))


@pytest.mark.rule("D5")
@pytest.mark.parametrize("ends", [used, removed, removed_in_use, called_off, lapsed, lapsed_in_use])
def test_once_nobody_can_take_it_any_more_it_forgets_whom_it_was_for(
    house: House, ends: Callable[[House, Reservation], None]
):
    in_an_hour = house.look(lambda records: records.now) + timedelta(hours=1)
    reservation = house.reserve(house.spots(house.mini())[0], contact=ANNA, lapses_at=in_an_hour)
    assert house.reservation(reservation).contact == ANNA

    ends(house, reservation)

    assert house.reservation(reservation).contact is None
