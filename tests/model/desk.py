"""The transitions of STATES.md that are the photographer's, or about more than one booking; none needs Stripe."""

from tests.model.holds import Holds, refuse_unless
from tests.model.world import (
    LIVE,
    NOWHERE,
    MiniState,
    World,
    owner_of_link,
    with_link,
)


class Desk(Holds):
    # The photographer

    def hold_override(self, world: World, number: int) -> World:
        return self.give_up(world, number)

    def no_show(self, world: World, number: int) -> World:
        """Set, or taken back."""
        state = world.bookings[number].state
        refuse_unless(state in ("done", "no_show"), "not_done")
        return self.in_state(world, number, "no_show" if state == "done" else "done")

    def move(self, world: World, number: int, spot: int) -> World:
        booking = world.bookings[number]
        refuse_unless(booking.state in ("held", "confirmed") and not booking.preview, "not_movable")
        refuse_unless(booking.state == "confirmed" or booking.left > 0, "hold_over")
        if booking.spot == spot:
            return world
        self.may_move(world, number, spot)
        return self.put_on(world, number, spot)

    def reserve(self, world: World, link_number: int) -> World:
        """Make the reservation or the waitlist's offer: it claims its seat."""
        link = world.links[link_number]
        mini = world.minis[self.config.minis[link.spot]]
        refuse_unless(link.state == "unmade", "link_gone")
        refuse_unless(mini == "open" or (mini == "paused" and link.kind == "reservation"), "mini_closed")
        refuse_unless(not world.past, "spot_past")
        claims = self.insert(world.claims, link.spot, owner_of_link(link_number))
        seat = next(seat for seat, owner in claims if owner == owner_of_link(link_number))
        return with_link(world, link_number, link._replace(state="open", seat=seat))._replace(claims=claims)

    def remove_link(self, world: World, link_number: int) -> World:
        link = world.links[link_number]
        refuse_unless(link.kind == "reservation" and link.state in ("open", "in_use"), "link_gone")
        return self.close_link(world, link_number, "removed")

    def unbind(self, world: World, link_number: int) -> World:
        link = world.links[link_number]
        refuse_unless(link.kind == "reservation" and link.state == "open" and link.client != NOWHERE, "link_gone")
        return with_link(world, link_number, link._replace(client=NOWHERE))

    def pass_offer(self, world: World, link_number: int) -> World:
        link = world.links[link_number]
        refuse_unless(link.kind == "offer" and link.state == "open", "link_gone")
        return self.close_link(world, link_number, "passed")

    def pause(self, world: World, mini: int) -> World:
        """No new bookings. Offers are withdrawn; one in use stays with its booking."""
        refuse_unless(world.minis[mini] == "open", "mini_closed")
        for number, link in enumerate(world.links):
            if link.kind == "offer" and link.state in ("open", "in_use") and self.config.minis[link.spot] == mini:
                world = self.close_link(world, number, "withdrawn")
        return self._mini(world, mini, "paused")

    def resume(self, world: World, mini: int) -> World:
        refuse_unless(world.minis[mini] == "paused", "mini_closed")
        return self._mini(world, mini, "open")

    def cancel_mini(self, world: World, mini: int) -> World:
        """Links go, holds go, open pages are closed first; confirmed bookings wait for a decision each."""
        refuse_unless(world.minis[mini] != "cancelled", "mini_closed")
        world = self._mini(world, mini, "cancelled")
        for number, link in enumerate(world.links):
            if link.state in ("open", "in_use") and self.config.minis[link.spot] == mini:
                world = self.close_link(world, number, "removed")
        for number, booking in enumerate(world.bookings):
            if booking.state in LIVE and self.mini_of(booking) == mini:
                if booking.state == "held":
                    world = self.ended(world, number, "given_up" if booking.preview else "cancelled")
                else:
                    world = self.releasing(world, number, "cancelled")
        return world

    def join(self, world: World) -> World:
        """Link client 1's identity to client 0: the rows are re-pointed."""
        refuse_unless(not world.joined, "joined")
        held = [
            {(self.mini_of(b), b.preview) for b in world.bookings if b.client == who and b.state in LIVE}
            for who in (0, 1)
        ]
        refuse_unless(self.may_join(held[0] & held[1]), "both_hold")
        bookings = tuple(b._replace(client=0) if b.client == 1 else b for b in world.bookings)
        links = tuple(link._replace(client=0) if link.client == 1 else link for link in world.links)
        return world._replace(bookings=bookings, links=links, joined=True)

    # Guards that a variant breaks

    def may_join(self, both_hold: set[tuple[int, bool]]) -> bool:
        return not both_hold

    def may_move(self, world: World, number: int, spot: int) -> None:
        booking, mini = world.bookings[number], self.config.minis[spot]
        refuse_unless(world.minis[mini] != "cancelled", "mini_closed")
        refuse_unless(not world.past, "spot_past")
        refuse_unless(mini == self.mini_of(booking) or self.one_live_hold(world, number, mini), "one_hold")

    # What the transitions are made of

    def _mini(self, world: World, mini: int, state: MiniState) -> World:
        return world._replace(minis=(*world.minis[:mini], state, *world.minis[mini + 1 :]))
