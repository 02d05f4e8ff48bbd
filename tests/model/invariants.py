"""What must hold in every world, and across every step. A rule's name is the sentence that a counter-example breaks."""

from collections import Counter
from collections.abc import Callable

from tests.model.machine import Machine
from tests.model.world import (
    LIVE,
    NOWHERE,
    OPEN_CHECKOUT,
    PAID,
    SEATED,
    STANDING,
    Booking,
    World,
    owner_of_link,
)

KEPT = frozenset({"honoured", "disputed", "won", "lost"})  #: money that stands for something given

# In every world


def a_seat_has_one_live_claim(machine: Machine, world: World) -> bool:
    seats = [seat for seat, _ in world.claims]
    return len(seats) == len(set(seats))


def a_client_has_one_live_hold_in_a_mini(machine: Machine, world: World) -> bool:
    holds = [(b.client, machine.mini_of(b), b.preview) for b in world.bookings if b.state in LIVE]
    return len(holds) == len(set(holds))


def a_booking_owns_its_places_on_its_spot_or_nothing(machine: Machine, world: World) -> bool:
    """All seats of one spot, as many as its places, while it lives or stands; none once it has ended."""
    for number, booking in enumerate(world.bookings):
        spots = [machine.spot_of[seat] for seat, owner in world.claims if owner == number]
        if spots != ([booking.spot] * booking.places if booking.state in SEATED else []):
            return False
    return True


def overlapping_spots_are_not_both_taken(machine: Machine, world: World) -> bool:
    if not machine.config.overlaps:
        return True
    taken = {machine.spot_of[seat] for seat, _ in world.claims}
    return not any(one in taken and other in taken for one, other in machine.config.overlaps)


def a_link_owns_its_seat_exactly_while_it_is_open(machine: Machine, world: World) -> bool:
    """In use, the seat is its booking's; afterwards nobody's on its account."""
    for number, link in enumerate(world.links):
        owned = [seat for seat, owner in world.claims if owner == owner_of_link(number)]
        if owned != ([link.seat] if link.state == "open" else []):
            return False
    return True


def a_link_in_use_has_one_live_booking_on_its_seat(machine: Machine, world: World) -> bool:
    for number, link in enumerate(world.links):
        if link.state == "in_use":
            users = [each for each, booking in enumerate(world.bookings) if booking.link == number]
            if (
                len(users) != 1
                or world.bookings[users[0]].state not in LIVE
                or (link.seat, users[0]) not in world.claims
            ):
                return False
    return True


def a_hold_lasts_fifteen_minutes_and_one_extension(machine: Machine, world: World) -> bool:
    return all(b.aged + b.left == 1 + b.extended for b in world.bookings if b.state in LIVE)


def a_preview_is_never_paid_or_confirmed(machine: Machine, world: World) -> bool:
    paying = {checkout.booking for checkout in world.checkouts}
    return all(
        b.state in ("unborn", "held", "expired") and n not in paying for n, b in enumerate(world.bookings) if b.preview
    )


def a_cancelled_mini_has_no_holds_links_or_choices(machine: Machine, world: World) -> bool:
    gone = {number for number, mini in enumerate(world.minis) if mini == "cancelled"}
    if not gone:
        return True
    return (
        all(machine.config.minis[link.spot] not in gone or link.state not in ("open", "in_use") for link in world.links)
        and all(
            b.state not in ("held", "paying") and (b.state != "releasing" or b.noted == "cancelled")
            for b in world.bookings
            if b.spot != NOWHERE and not b.preview and machine.mini_of(b) in gone
        )
        and not any(
            p.disposition == "choosing" and machine.mini_of(_booking_of(world, p.checkout)) in gone
            for p in world.payments
        )
    )


def a_paused_mini_offers_nothing(machine: Machine, world: World) -> bool:
    return not any(
        link.kind == "offer"
        and link.state in ("open", "in_use")
        and world.minis[machine.config.minis[link.spot]] != "open"
        for link in world.links
    )


def a_booking_has_one_open_checkout(machine: Machine, world: World) -> bool:
    open_ones = [checkout.booking for checkout in world.checkouts if checkout.state in OPEN_CHECKOUT]
    return len(open_ones) == len(set(open_ones))


def a_seat_is_freed_only_when_stripe_takes_no_money_for_it(machine: Machine, world: World) -> bool:
    """While a page can be paid, or is paid and not settled, its booking keeps the seats; only the hard cap presumes."""
    settled = {payment.checkout for payment in world.payments}
    for number, checkout in enumerate(world.checkouts):
        payable = checkout.truth == "open" or (checkout.truth in PAID and number not in settled)
        waits = world.bookings[checkout.booking].state in ("paying", "releasing")
        if payable and not waits and checkout.purpose == "booking" and checkout.state != "presumed":
            return False
    return True


def what_we_presume_expired_can_no_longer_be_paid(machine: Machine, world: World) -> bool:
    return all(
        checkout.truth in ("expired", "none")
        if checkout.state == "expired"
        else checkout.state != "presumed" or checkout.truth != "open"
        for checkout in world.checkouts
    )


def every_payment_has_its_fate(machine: Machine, world: World) -> bool:
    return all(payment.disposition != "captured" for payment in world.payments)


def a_page_is_booked_as_one_payment(machine: Machine, world: World) -> bool:
    paid = [payment.checkout for payment in world.payments]
    return len(paid) == len(set(paid))


def honoured_money_has_a_booking_that_was_confirmed(machine: Machine, world: World) -> bool:
    return all(
        _booking_of(world, payment.checkout).state in STANDING | {"cancelled"}
        for payment in world.payments
        if payment.disposition in KEPT
    )


def one_payment_of_a_purpose_is_honoured(machine: Machine, world: World) -> bool:
    kept = Counter(
        (world.checkouts[p.checkout].booking, world.checkouts[p.checkout].purpose)
        for p in world.payments
        if p.disposition in KEPT
    )
    return all(count == 1 for count in kept.values())


def a_confirmed_booking_that_went_to_pay_was_paid(machine: Machine, world: World) -> bool:
    """Its newest page's money is honoured. (Without a newest page it was free, or paid outside.)"""
    kept = {payment.checkout for payment in world.payments if payment.disposition in KEPT}
    for page, checkout in enumerate(world.checkouts):
        booking = world.bookings[checkout.booking]
        newest = checkout.purpose == "booking" and checkout.attempt == booking.attempt and checkout.state != "expired"
        if newest and booking.state in STANDING and page not in kept:
            return False
    return True


def open_questions_about_money_fit_their_booking(machine: Machine, world: World) -> bool:
    """A choice waits for an expired booking; the photographer's decision never for a held or confirmed one."""
    for payment in world.payments:
        state = _booking_of(world, payment.checkout).state
        if payment.disposition == "choosing" and state != "expired":
            return False
        if payment.disposition == "manual" and state not in ("paying", "releasing", "expired", "cancelled"):
            return False
    return True


def at_rest(machine: Machine, world: World) -> bool:
    """Nothing is due: no page being closed, no hold over, no money undecided by time, no link past its end."""
    settled = {payment.checkout for payment in world.payments}
    return (
        all(b.state != "releasing" and not (b.state in LIVE and b.left == 0) for b in world.bookings)
        and all(c.truth not in PAID or n in settled for n, c in enumerate(world.checkouts))
        and all(p.disposition not in ("captured", "choosing", "refund_due", "refunding") for p in world.payments)
        and not any(link.state == "open" and link.ended for link in world.links)
    )


def _booking_of(world: World, checkout: int) -> Booking:
    return world.bookings[world.checkouts[checkout].booking]


WorldRule = Callable[[Machine, World], bool]

ALWAYS: tuple[WorldRule, ...] = (
    a_seat_has_one_live_claim,
    a_client_has_one_live_hold_in_a_mini,
    a_booking_owns_its_places_on_its_spot_or_nothing,
    overlapping_spots_are_not_both_taken,
    a_link_owns_its_seat_exactly_while_it_is_open,
    a_link_in_use_has_one_live_booking_on_its_seat,
    a_hold_lasts_fifteen_minutes_and_one_extension,
    a_preview_is_never_paid_or_confirmed,
    a_cancelled_mini_has_no_holds_links_or_choices,
    a_paused_mini_offers_nothing,
    a_booking_has_one_open_checkout,
    a_seat_is_freed_only_when_stripe_takes_no_money_for_it,
    what_we_presume_expired_can_no_longer_be_paid,
    every_payment_has_its_fate,
    a_page_is_booked_as_one_payment,
    honoured_money_has_a_booking_that_was_confirmed,
    one_payment_of_a_purpose_is_honoured,
    a_confirmed_booking_that_went_to_pay_was_paid,
    open_questions_about_money_fit_their_booking,
)
