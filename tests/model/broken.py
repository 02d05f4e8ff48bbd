"""The machine with one thing wrong at a time. An invariant that none of these breaks would prove nothing."""

from dataclasses import dataclass

from tests.model import invariants as rules
from tests.model import steps
from tests.model.explore import STUCK
from tests.model.machine import Machine
from tests.model.seats import Claims
from tests.model.world import NOWHERE, Booking, Checkout, Noted, Refused, World, with_booking


class IndexOnClaimsDropped(Machine):
    def one_live_claim(self, claims: Claims, seat: int) -> bool:
        return True


class IndexOnHoldsDropped(Machine):
    def one_live_hold(self, world: World, number: int, mini: int) -> bool:
        return True


class IndexOnCheckoutsDropped(Machine):
    def one_open_checkout(self, world: World, number: int) -> bool:
        return True


class ExclusionDropped(Machine):
    def no_overlap(self, claims: Claims, spot: int) -> bool:
        return True


class SeatFreedBeforeStripeAnswered(Machine):
    def releasing(self, world: World, number: int, noted: Noted) -> World:
        return self.ended(world, number, noted)


class LapseIgnoresPaying(Machine):
    def lapse(self, world: World, number: int) -> World:
        if world.bookings[number].state == "paying":
            raise Refused("not_held")
        return super().lapse(world, number)


class CloseThatDidNotArriveTakenForAnAnswer(Machine):
    def stripe_is_done(self, checkout: Checkout) -> bool:
        return True


class NoHardCap(Machine):
    """Stripe cannot be reached, and nobody gives up waiting."""

    def hard_cap(self, world: World, number: int) -> World:
        raise Refused("never")


class CompletePageForgotten(Machine):
    """Releasing waits for Stripe to say expired, though the page is complete."""

    def page_complete(self, world: World, number: int) -> World:
        raise Refused("never")


class SwapInsertsBeforeItReleases(Machine):
    def put_on(self, world: World, number: int, spot: int) -> World:
        places = world.bookings[number].places
        taken = self.on_spot(world, number, spot, places)
        return self.release(taken, number)


class SwapForgetsToRelease(Machine):
    def put_on(self, world: World, number: int, spot: int) -> World:
        return self.on_spot(world, number, spot, world.bookings[number].places)


class SwapWindsTheClock(Machine):
    def swap(self, world: World, number: int, spot: int) -> World:
        world = super().swap(world, number, spot)
        return with_booking(world, number, world.bookings[number]._replace(left=1, aged=0))


class ExtensionTwice(Machine):
    def may_extend(self, booking: Booking) -> bool:
        return True


class SettleNotIdempotent(Machine):
    def is_new(self, world: World, checkout: int) -> bool:
        return True


class EarlierAttemptTakenForThisOne(Machine):
    def is_earlier(self, checkout: Checkout, booking: Booking) -> bool:
        return False


class ReservationFreedWhileInUse(Machine):
    def remove_link(self, world: World, link_number: int) -> World:
        seat = world.links[link_number].seat
        world = super().remove_link(world, link_number)
        return world._replace(claims=tuple(claim for claim in world.claims if claim[0] != seat))


class ReservationComesBackAfterItsEnd(Machine):
    """Its booking gives it its seat back, as lapsed: nobody will ever free it."""

    def release(self, world: World, number: int) -> World:
        link = world.bookings[number].link
        released = super().release(world, number)
        if link == NOWHERE or released.links[link].state != "lapsed":
            return released
        seat = released.links[link].seat
        return released._replace(claims=tuple(sorted((*released.claims, (seat, -1 - link)))))


class LinkForgottenWhenItsBookingEnds(Machine):
    def release(self, world: World, number: int) -> World:
        links = world.links
        return super().release(world, number)._replace(links=links)


class TakenUpWithoutCheckingTheSeat(Machine):
    def take_up(self, world: World, number: int, spot: int) -> World:
        world = super().take_up(world._replace(claims=()), number, spot)._replace(claims=world.claims)
        seat = self.seats_of[spot][0]
        return world._replace(claims=tuple(sorted((*world.claims, (seat, number)))))


class TakenUpInACancelledMini(Machine):
    def mini_takes_holds(self, world: World, spot: int) -> bool:
        return True


class TakenUpWhileMoneyPends(Machine):
    def no_money_pends(self, world: World, number: int) -> bool:
        return True


class LateMoneyIgnoresAnotherHold(Machine):
    """The hold that the client has meanwhile is confirmed over: two bookings where one was meant."""

    def others_in_mini(self, world: World, number: int, mini: int) -> bool:
        return False


class LateMoneyConfirmsInACancelledMini(Machine):
    def mini_is_open(self, world: World, booking: Booking) -> bool:
        return True


class CancelForgetsClaims(Machine):
    def cancel(self, world: World, number: int) -> World:
        claims = world.claims
        return super().cancel(world, number)._replace(claims=claims)


class CancelledMiniForgetsOpenPages(Machine):
    def cancel_mini(self, world: World, mini: int) -> World:
        paying = {number: booking for number, booking in enumerate(world.bookings) if booking.state == "paying"}
        world = super().cancel_mini(world, mini)
        for number, booking in paying.items():
            world = with_booking(world, number, booking)
        return world


class LateMoneyRevivesACancelledBooking(Machine):
    def settle_right(self, world: World, payment: int, number: int) -> World:
        if world.bookings[number].state == "cancelled":
            return self.dispose(self.confirmed(world, number), payment, "honoured")
        return super().settle_right(world, payment, number)


class LateMoneyTakesItsSeatFromTheNext(Machine):
    def return_to(self, world: World, number: int, spot: int) -> World:
        freed = tuple(claim for claim in world.claims if self.spot_of[claim[0]] != spot)
        return super().return_to(world._replace(claims=freed), number, spot)


class LateMoneyHonouredWithoutASeat(Machine):
    def settle_late(self, world: World, payment: int, number: int) -> World:
        return self.dispose(world, payment, "honoured")


class WhatIsNotedWinsOverMoney(Machine):
    """The booking was to expire, so it does, though the money was first."""

    def settle_right(self, world: World, payment: int, number: int) -> World:
        booking = world.bookings[number]
        if booking.state == "releasing" and booking.noted in ("expired", "given_up"):
            return self.dispose(self.ended(world, number, booking.noted), payment, "refund_due")
        return super().settle_right(world, payment, number)


class SecondBalanceHonoured(Machine):
    def balance_is_paid(self, world: World, number: int) -> bool:
        return False


class HonouredAfterItsRefundBegan(Machine):
    def refund(self, world: World, payment: int) -> World:
        return self.dispose(super().refund(world, payment), payment, "honoured")


class GivingUpAnOpenPageConfirms(Machine):
    def give_up(self, world: World, number: int) -> World:
        return self.confirmed(world, number)


class ActedOnAfterItsEnd(Machine):
    def held(self, world: World, number: int) -> Booking:
        return world.bookings[number]


class PausedMiniGoesOnOffering(Machine):
    def pause(self, world: World, mini: int) -> World:
        return super().pause(world, mini)._replace(links=world.links, claims=world.claims)


class PreviewCanBeConfirmed(Machine):
    def may_be_confirmed(self, booking: Booking) -> bool:
        return True


class PlacesPartlyTaken(Machine):
    def take(self, world: World, number: int, spot: int, places: int) -> World:
        claims = world.claims
        for _ in range(places):
            try:
                claims = self.insert(claims, spot, number)
            except Refused:
                break
        return world._replace(claims=claims)


class GivenUpHoldsCount(Machine):
    def counts(self, noted: Noted) -> bool:
        return True


class IdentitiesLinkedOverTwoHolds(Machine):
    def may_join(self, both_hold: set[tuple[int, bool]]) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Break:
    machine: type[Machine]
    config: str  #: the name of the configuration that shows it
    rule: str  #: the rule that it breaks, even if no other rule is asked


BROKEN: tuple[Break, ...] = (
    Break(IndexOnClaimsDropped, "two clients, two spots", rules.a_seat_has_one_live_claim.__name__),
    Break(
        IndexOnHoldsDropped, "holds that run out again and again", rules.a_client_has_one_live_hold_in_a_mini.__name__
    ),
    Break(IndexOnCheckoutsDropped, "balances, refunds, disputes", rules.a_booking_has_one_open_checkout.__name__),
    Break(ExclusionDropped, "spots that exclude each other", rules.overlapping_spots_are_not_both_taken.__name__),
    Break(
        SeatFreedBeforeStripeAnswered,
        "paying for one spot",
        rules.a_seat_is_freed_only_when_stripe_takes_no_money_for_it.__name__,
    ),
    Break(
        CloseThatDidNotArriveTakenForAnAnswer,
        "paying for one spot",
        rules.what_we_presume_expired_can_no_longer_be_paid.__name__,
    ),
    Break(LapseIgnoresPaying, "money that does not fit", STUCK),
    Break(NoHardCap, "Stripe cannot be reached", STUCK),
    Break(CompletePageForgotten, "money that does not fit", STUCK),
    Break(
        SwapInsertsBeforeItReleases,
        "two clients, two spots",
        rules.a_booking_owns_its_places_on_its_spot_or_nothing.__name__,
    ),
    Break(
        SwapForgetsToRelease, "two clients, two spots", rules.a_booking_owns_its_places_on_its_spot_or_nothing.__name__
    ),
    Break(PlacesPartlyTaken, "places in a class", rules.a_booking_owns_its_places_on_its_spot_or_nothing.__name__),
    Break(
        CancelForgetsClaims, "two clients, two spots", rules.a_booking_owns_its_places_on_its_spot_or_nothing.__name__
    ),
    Break(
        SwapWindsTheClock, "two clients, two spots", steps.only_a_new_hold_or_the_one_extension_moves_a_clock.__name__
    ),
    Break(ExtensionTwice, "two clients, two spots", rules.a_hold_lasts_fifteen_minutes_and_one_extension.__name__),
    Break(SettleNotIdempotent, "paying for one spot", rules.a_page_is_booked_as_one_payment.__name__),
    Break(EarlierAttemptTakenForThisOne, "paying for one spot", rules.every_payment_has_its_fate.__name__),
    Break(ReservationFreedWhileInUse, "a reservation", rules.a_booking_owns_its_places_on_its_spot_or_nothing.__name__),
    Break(
        ReservationComesBackAfterItsEnd, "a reservation", rules.a_link_owns_its_seat_exactly_while_it_is_open.__name__
    ),
    Break(
        LinkForgottenWhenItsBookingEnds, "a reservation", rules.a_link_in_use_has_one_live_booking_on_its_seat.__name__
    ),
    Break(TakenUpWithoutCheckingTheSeat, "two clients, two spots", rules.a_seat_has_one_live_claim.__name__),
    Break(
        TakenUpInACancelledMini,
        "an offer, and a mini that is paused or cancelled",
        steps.a_hold_begins_only_where_one_may_begin.__name__,
    ),
    Break(
        TakenUpWhileMoneyPends, "money that does not fit", rules.open_questions_about_money_fit_their_booking.__name__
    ),
    Break(
        LateMoneyIgnoresAnotherHold,
        "late money, and another hold of the same person",
        steps.late_money_confirms_only_who_has_nothing_else.__name__,
    ),
    Break(
        LateMoneyConfirmsInACancelledMini,
        "a page open while the mini is cancelled or the booking moved",
        steps.late_money_confirms_only_who_has_nothing_else.__name__,
    ),
    Break(
        LateMoneyRevivesACancelledBooking,
        "a page open while the mini is cancelled or the booking moved",
        steps.bookings_go_only_the_ways_of_the_table.__name__,
    ),
    Break(
        LateMoneyTakesItsSeatFromTheNext,
        "late money, and another in the seat",
        steps.others_keep_what_they_have.__name__,
    ),
    Break(
        LateMoneyHonouredWithoutASeat,
        "late money, and another in the seat",
        rules.honoured_money_has_a_booking_that_was_confirmed.__name__,
    ),
    Break(WhatIsNotedWinsOverMoney, "paying for one spot", steps.who_paid_in_time_keeps_the_spot.__name__),
    Break(SecondBalanceHonoured, "balances, refunds, disputes", rules.one_payment_of_a_purpose_is_honoured.__name__),
    Break(HonouredAfterItsRefundBegan, "paying for one spot", steps.payments_are_kept_and_go_only_their_ways.__name__),
    Break(
        GivingUpAnOpenPageConfirms, "paying for one spot", rules.a_confirmed_booking_that_went_to_pay_was_paid.__name__
    ),
    Break(ActedOnAfterItsEnd, "two clients, two spots", steps.nobody_acts_on_a_hold_that_is_over.__name__),
    Break(
        CancelledMiniForgetsOpenPages,
        "a page open while the mini is cancelled or the booking moved",
        rules.a_cancelled_mini_has_no_holds_links_or_choices.__name__,
    ),
    Break(
        PausedMiniGoesOnOffering,
        "an offer, and a mini that is paused or cancelled",
        rules.a_paused_mini_offers_nothing.__name__,
    ),
    Break(
        PreviewCanBeConfirmed,
        "a preview beside a hold of the same person",
        rules.a_preview_is_never_paid_or_confirmed.__name__,
    ),
    Break(GivenUpHoldsCount, "holds that run out again and again", steps.only_holds_that_ran_out_are_counted.__name__),
    Break(
        IdentitiesLinkedOverTwoHolds, "two identities become one", rules.a_client_has_one_live_hold_in_a_mini.__name__
    ),
)
