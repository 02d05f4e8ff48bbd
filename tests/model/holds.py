"""The transitions of STATES.md that need no Stripe, each under its event's name.

A deed returns the next world or raises Refused; nothing is half done. Whoever comes after hold_until is refused even
if the timer has not been by yet.
"""

from tests.model.seats import Seats
from tests.model.world import (
    LIVE,
    NOWHERE,
    STANDING,
    Booking,
    BookingState,
    Noted,
    Refused,
    World,
    with_booking,
    with_link,
)

PAUSE_AFTER = 3  #: holds that ran out within an hour (F10)
HARDNESS: dict[Noted, int] = {"": 0, "held": 1, "expired": 2, "given_up": 2, "cancelled": 3}


def refuse_unless(holds: bool, code: str) -> None:
    if not holds:
        raise Refused(code)


class Holds(Seats):
    # The client

    def hold(self, world: World, number: int, spot: int) -> World:
        """A booking is born with its hold, from the list; a seat of the client's own link is not on the list."""
        self._may_be_born(world, number)
        self._may_hold(world, number, spot)
        claims = self.insert(world.claims, spot, number)
        world = with_booking(world, number, world.bookings[number]._replace(spot=spot, places=1))
        return self._begin(world._replace(claims=claims), number)

    def hold_link(self, world: World, number: int, link_number: int) -> World:
        """A booking is born from a reservation's or an offer's link: its live claim is re-owned."""
        self._may_be_born(world, number)
        link, booking = world.links[link_number], world.bookings[number]
        refuse_unless(not booking.preview, "preview")
        refuse_unless(link.state == "open" and not link.ended, "link_gone")
        refuse_unless(link.client in (NOWHERE, booking.client), "link_of_another")
        self._may_hold(world, number, link.spot)
        moved = with_booking(world, number, booking._replace(spot=link.spot, places=1))
        return self._begin(self.use_link(moved, number, link_number), number)

    def take_up(self, world: World, number: int, spot: int) -> World:
        """The same booking again, with a new attempt and its extension given anew."""
        booking = world.bookings[number]
        refuse_unless(booking.state == "expired" and not booking.preview, "not_expired")
        refuse_unless(self.no_money_pends(world, number), "payment_pends")
        refuse_unless(booking.attempt < self.config.most_attempts, "world_ends")
        refuse_unless(self.config.minis[spot] == self.mini_of(booking), "another_mini")
        self._may_hold(world, number, spot)
        return self._begin(self.on_spot(world, number, spot, booking.places), number)

    def swap(self, world: World, number: int, spot: int) -> World:
        booking = self.held(world, number)
        refuse_unless(self.config.minis[spot] == self.mini_of(booking), "another_mini")
        refuse_unless(not world.past, "spot_past")
        return self.put_on(world, number, spot)

    def set_places(self, world: World, number: int, places: int) -> World:
        booking = self.held(world, number)
        if places > booking.places:
            world = self.take(world, number, booking.spot, places - booking.places)
        else:
            world = self.fewer(world, number, places)
        return with_booking(world, number, world.bookings[number]._replace(places=places))

    def extend(self, world: World, number: int) -> World:
        booking = world.bookings[number]
        refuse_unless(booking.state in ("held", "paying"), "not_held")
        refuse_unless(booking.left > 0, "hold_over")
        refuse_unless(self.may_extend(booking), "extended_already")
        return with_booking(world, number, booking._replace(left=booking.left + 1, extended=True))

    def confirm(self, world: World, number: int) -> World:
        """Nothing to pay now, or paid outside."""
        refuse_unless(self.may_be_confirmed(self.held(world, number)), "preview")
        return self.confirmed(world, number)

    def give_up(self, world: World, number: int) -> World:
        booking = world.bookings[number]
        refuse_unless(booking.state in LIVE, "not_live")
        if booking.state == "held":
            return self.ended(world, number, "given_up")
        return self.releasing(world, number, "given_up")

    def cancel(self, world: World, number: int) -> World:
        refuse_unless(world.bookings[number].state == "confirmed", "not_confirmed")
        return self.in_state(self.release(world, number), number, "cancelled")

    # The timer

    def quarter(self, world: World, number: int) -> World:
        """Fifteen minutes of this hold go by."""
        booking = world.bookings[number]
        refuse_unless(booking.state in LIVE and booking.left > 0, "nothing_runs")
        return with_booking(world, number, booking._replace(left=booking.left - 1, aged=booking.aged + 1))

    def lapse(self, world: World, number: int) -> World:
        """now >= hold_until: over, or with a page open as soon as Stripe has closed it."""
        booking = world.bookings[number]
        refuse_unless(booking.state in LIVE and booking.left == 0, "not_over")
        if booking.state == "held":
            return self.ended(world, number, "expired")
        return self.releasing(world, number, "expired")

    def an_hour(self, world: World, client: int) -> World:
        """The holds that ran out lie too far back to count."""
        refuse_unless(world.ran_out[client] > 0, "nothing_runs")
        return self._ran_out(world, client, 0)

    def day(self, world: World) -> World:
        refuse_unless(not world.past, "nothing_runs")
        return world._replace(past=True)

    def session_over(self, world: World, number: int) -> World:
        refuse_unless(world.past and world.bookings[number].state == "confirmed", "not_confirmed")
        return self.in_state(world, number, "done")

    def link_end(self, world: World, link_number: int) -> World:
        """The reservation's or offer's own end comes."""
        link = world.links[link_number]
        refuse_unless(link.state in ("open", "in_use", "removed", "withdrawn") and not link.ended, "nothing_runs")
        return with_link(world, link_number, link._replace(ended=True))

    def lapse_link(self, world: World, link_number: int) -> World:
        link = world.links[link_number]
        refuse_unless(link.state == "open" and link.ended, "not_over")
        return self.close_link(world, link_number, "lapsed")

    # Guards that a variant breaks

    def may_extend(self, booking: Booking) -> bool:
        return not booking.extended

    def may_be_confirmed(self, booking: Booking) -> bool:
        return not booking.preview

    def mini_takes_holds(self, world: World, spot: int) -> bool:
        return world.minis[self.config.minis[spot]] == "open"

    # What the transitions are made of

    def put_on(self, world: World, number: int, spot: int) -> World:
        """Release every old claim, then insert every new one; the same spot is a no-op.

        A confirmed booking that comes onto its client's own reservation uses it up.
        """
        booking = world.bookings[number]
        if booking.spot == spot:
            return world
        world = self.on_spot(self.release(world, number), number, spot, booking.places)
        return self.confirmed(world, number) if booking.state == "confirmed" else world

    def confirmed(self, world: World, number: int) -> World:
        booking = world.bookings[number]
        if booking.link != NOWHERE and world.links[booking.link].state == "in_use":
            world = with_link(world, booking.link, world.links[booking.link]._replace(state="used"))
        return self.in_state(world, number, "confirmed")

    def ended(self, world: World, number: int, noted: Noted) -> World:
        """The booking ends unconfirmed: no claim stays, and what ran out is counted (F10)."""
        booking = world.bookings[number]
        if self.counts(noted) and not booking.preview:
            world = self._ran_out(world, booking.client, min(world.ran_out[booking.client] + 1, PAUSE_AFTER))
        return self.in_state(self.release(world, number), number, "cancelled" if noted == "cancelled" else "expired")

    def counts(self, noted: Noted) -> bool:
        return noted == "expired"

    def releasing(self, world: World, number: int, noted: Noted) -> World:
        """The page must be closed first. What is noted only hardens."""
        booking = world.bookings[number]
        if HARDNESS[noted] <= HARDNESS[booking.noted]:
            return world
        return with_booking(world, number, booking._replace(state="releasing", noted=noted))

    def held(self, world: World, number: int) -> Booking:
        booking = world.bookings[number]
        refuse_unless(booking.state == "held", "not_held")
        refuse_unless(booking.left > 0, "hold_over")
        return booking

    def _may_be_born(self, world: World, number: int) -> None:
        """A row is taken once; of a client's rows, which are alike, the first unborn one is next."""
        clients, previews = self.config.clients, self.config.previews
        alike = (
            number > 0 and clients[number - 1] == clients[number] and (number - 1 in previews) == (number in previews)
        )
        refuse_unless(world.bookings[number].state == "unborn", "born_already")
        refuse_unless(not alike or world.bookings[number - 1].state != "unborn", "born_already")

    def _may_hold(self, world: World, number: int, spot: int) -> None:
        booking = world.bookings[number]
        refuse_unless(not world.past, "spot_past")
        refuse_unless(booking.preview or self.mini_takes_holds(world, spot), "mini_closed")
        refuse_unless(booking.preview or world.ran_out[booking.client] < PAUSE_AFTER, "cooling_down")
        refuse_unless(self.one_live_hold(world, number, self.config.minis[spot]), "one_hold")

    def _begin(self, world: World, number: int) -> World:
        booking = world.bookings[number]
        begun = booking._replace(state="held", left=1, aged=0, extended=False, attempt=booking.attempt + 1)
        return with_booking(world, number, begun)

    def on_spot(self, world: World, number: int, spot: int, places: int) -> World:
        world = self.take(world, number, spot, places)
        return with_booking(world, number, world.bookings[number]._replace(spot=spot, places=places))

    def no_money_pends(self, world: World, number: int) -> bool:
        return not any(
            payment.disposition in ("choosing", "manual") and world.checkouts[payment.checkout].booking == number
            for payment in world.payments
        )

    def in_state(self, world: World, number: int, state: BookingState) -> World:
        booking = world.bookings[number]
        seated = state in STANDING
        return with_booking(
            world,
            number,
            booking._replace(
                state=state,
                left=0,
                aged=0,
                extended=False,
                noted="",
                target=NOWHERE,
                link=booking.link if seated else NOWHERE,
            ),
        )

    def _ran_out(self, world: World, client: int, count: int) -> World:
        return world._replace(ran_out=(*world.ran_out[:client], count, *world.ran_out[client + 1 :]))
