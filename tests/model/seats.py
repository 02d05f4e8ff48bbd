"""Who sits where: claims, the database's two refusals, and a link's seat going into use and back."""

from itertools import islice

from tests.model.world import (
    LIVE,
    NOWHERE,
    SEATED,
    Booking,
    Claim,
    Config,
    LinkState,
    Refused,
    World,
    owner_of_link,
    with_booking,
    with_link,
)

Claims = tuple[Claim, ...]


class Seats:
    def __init__(self, config: Config) -> None:
        self.config = config
        numbers = iter(range(sum(config.seats)))
        self.seats_of = tuple(tuple(islice(numbers, count)) for count in config.seats)
        self.spot_of = tuple(spot for spot, count in enumerate(config.seats) for _ in range(count))

    def mini_of(self, booking: Booking) -> int:
        return self.config.minis[booking.spot]

    # What the database refuses

    def one_live_claim(self, claims: Claims, seat: int) -> bool:
        """The unique index: may this seat be claimed?"""
        return all(taken != seat for taken, _ in claims)

    def no_overlap(self, claims: Claims, spot: int) -> bool:
        """The exclusion constraint of C7: is no different spot taken that overlaps this one?"""
        overlaps = self.config.overlaps
        return not overlaps or all((self.spot_of[seat], spot) not in overlaps for seat, _ in claims)

    def one_live_hold(self, world: World, number: int, mini: int) -> bool:
        """The two indexes on bookings: may this booking be live in that mini? Previews are counted apart."""
        booking = world.bookings[number]
        return not any(
            other.state in LIVE
            and other.client == booking.client
            and other.preview == booking.preview
            and self.mini_of(other) == mini
            for each, other in enumerate(world.bookings)
            if each != number
        )

    def insert(self, claims: Claims, spot: int, owner: int) -> Claims:
        """Claim the first free seat of the spot. Raises Refused("spot_taken") when none is left."""
        if not self.no_overlap(claims, spot):
            raise Refused("spot_taken")
        for seat in self.seats_of[spot]:
            if self.one_live_claim(claims, seat):
                return tuple(sorted((*claims, (seat, owner))))
        raise Refused("spot_taken")

    # Taking and giving back

    def take(self, world: World, number: int, spot: int, places: int) -> World:
        """Give a booking so many more seats of one spot, all or none.

        A seat that waits in the client's own link counts as free, and is taken first. Raises Refused("spot_taken").
        """
        own = self.own_link(world, number, spot)
        if own is not None:
            world = self.use_link(world, number, own)
            places -= 1
        claims = world.claims
        for _ in range(places):
            claims = self.insert(claims, spot, number)
        return world._replace(claims=claims)

    def own_link(self, world: World, number: int, spot: int) -> int | None:
        booking = world.bookings[number]
        if booking.link != NOWHERE:
            return None
        for each, link in enumerate(world.links):
            if link.spot == spot and link.client == booking.client and link.state == "open" and not link.ended:
                return each
        return None

    def use_link(self, world: World, number: int, link_number: int) -> World:
        """Re-own the link's live claim; no new one is made."""
        link = world.links[link_number]
        booking = world.bookings[number]
        waiting = owner_of_link(link_number)
        claims = tuple(sorted((seat, number if owner == waiting else owner) for seat, owner in world.claims))
        world = with_link(world, link_number, link._replace(state="in_use", client=booking.client))
        return with_booking(world, number, booking._replace(link=link_number))._replace(claims=claims)

    def release(self, world: World, number: int) -> World:
        """End a booking's live claims. While its link lasts, the link's seat goes back to it instead."""
        booking = world.bookings[number]
        claims = tuple(claim for claim in world.claims if claim[1] != number)
        if booking.link == NOWHERE:
            return world._replace(claims=claims)
        link = world.links[booking.link]
        if link.state == "in_use":
            if self.may_come_back(world, booking.link):
                claims = tuple(sorted((*claims, (link.seat, owner_of_link(booking.link)))))
                world = with_link(world, booking.link, link._replace(state="open"))
            else:
                world = with_link(world, booking.link, link._replace(state="lapsed"))
        return with_booking(world, number, booking._replace(link=NOWHERE))._replace(claims=claims)

    def may_come_back(self, world: World, link_number: int) -> bool:
        return not world.links[link_number].ended

    def fewer(self, world: World, number: int, places: int) -> World:
        """Release the surplus seats; the link's seat would go last."""
        booking = world.bookings[number]
        kept_last = world.links[booking.link].seat if booking.link != NOWHERE else NOWHERE
        seats = [seat for seat, owner in world.claims if owner == number]
        seats.sort(key=lambda seat: (seat != kept_last, seat))
        surplus = frozenset(seats[places:])
        return world._replace(claims=tuple(claim for claim in world.claims if claim[0] not in surplus))

    # Links by themselves

    def close_link(self, world: World, number: int, state: LinkState) -> World:
        """End a link. One in use keeps its seat in its booking, and will not come back."""
        waiting = owner_of_link(number)
        claims = tuple(claim for claim in world.claims if claim[1] != waiting)
        return with_link(world, number, world.links[number]._replace(state=state))._replace(claims=claims)

    def others_in_mini(self, world: World, number: int, mini: int) -> bool:
        """Has the client another live or confirmed booking in this mini? Previews apart."""
        booking = world.bookings[number]
        return any(
            other.state in SEATED
            and other.client == booking.client
            and not other.preview
            and self.mini_of(other) == mini
            for each, other in enumerate(world.bookings)
            if each != number
        )
