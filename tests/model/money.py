"""The transitions of STATES.md that Stripe has a part in: pages, their closing, payments, and what becomes of them.

Stripe's truth (`Checkout.truth`) and what we wrote down (`Checkout.state`) change apart: a call that closes a page and
the recording of its answer are two events, and between them anything may happen. `settle` is the one way from money to
a booking.
"""

from tests.model.desk import Desk
from tests.model.holds import refuse_unless
from tests.model.world import (
    LIVE,
    NOWHERE,
    OPEN_CHECKOUT,
    PAID,
    STANDING,
    Booking,
    Checkout,
    Disposition,
    Payment,
    Refused,
    Truth,
    World,
    with_booking,
    with_checkout,
    with_payment,
)


class Money(Desk):
    # The client and the page

    def pay(self, world: World, number: int) -> World:
        """Continue to pay: a checkout with its parameters, not yet known to Stripe."""
        booking = self.held(world, number)
        refuse_unless(not booking.preview, "preview")
        refuse_unless(booking.attempt < self.config.most_attempts, "world_ends")
        refuse_unless(self.one_open_checkout(world, number), "one_open_checkout")
        paying = booking._replace(state="paying", attempt=booking.attempt + 1)
        checkouts = (*world.checkouts, Checkout(number, paying.attempt))
        return with_booking(world, number, paying)._replace(checkouts=checkouts)

    def pay_late(self, world: World, number: int) -> World:
        """The same with less than five minutes left: the extension is given by itself, if it is still there."""
        return self.pay(self.extend(world, number), number)

    def change(self, world: World, number: int) -> World:
        """Change something after the page was made: close it first."""
        booking = world.bookings[number]
        refuse_unless(booking.state == "paying", "not_paying")
        refuse_unless(booking.left > 0, "hold_over")
        refuse_unless(not self._manual_pends(world, number), "payment_pends")
        return self.releasing(world, number, "held")

    def move_paying(self, world: World, number: int, spot: int) -> World:
        """The photographer moves a booking whose page is open: the target is noted, the page closed first."""
        booking = world.bookings[number]
        refuse_unless(booking.state == "paying" and booking.spot != spot, "not_paying")
        refuse_unless(not self._manual_pends(world, number), "payment_pends")
        self.may_move(world, number, spot)
        self.put_on(world, number, spot)
        noted = self.releasing(world, number, "held")
        return with_booking(noted, number, noted.bookings[number]._replace(target=spot))

    def pay_balance(self, world: World, number: int) -> World:
        booking = world.bookings[number]
        refuse_unless(booking.state in STANDING, "not_confirmed")
        refuse_unless(self.one_open_checkout(world, number), "one_open_checkout")
        balances = sum(checkout.purpose == "balance" for checkout in world.checkouts)
        refuse_unless(balances < self.config.most_attempts, "world_ends")
        return world._replace(checkouts=(*world.checkouts, Checkout(number, booking.attempt, "balance")))

    def client_pays(self, world: World, number: int) -> World:
        refuse_unless(world.checkouts[number].truth == "open", "page_closed")
        return self._truth(world, number, "paid")

    def client_pays_oddly(self, world: World, number: int) -> World:
        """Amount or currency differ from the snapshot."""
        refuse_unless(world.checkouts[number].truth == "open", "page_closed")
        return self._truth(world, number, "odd")

    # Stripe and the worker

    def create(self, world: World, number: int) -> World:
        """The page is made, or made again with the same key, and its id is stored."""
        checkout = world.checkouts[number]
        refuse_unless(checkout.state in ("creating", "unknown"), "known")
        truth = "open" if checkout.truth == "none" else checkout.truth
        return with_checkout(world, number, checkout._replace(state="open", truth=truth))

    def create_lost(self, world: World, number: int) -> World:
        """The page is made, its answer is lost."""
        checkout = world.checkouts[number]
        refuse_unless(checkout.state == "creating" and checkout.truth == "none", "known")
        return with_checkout(world, number, checkout._replace(state="unknown", truth="open"))

    def create_refused(self, world: World, number: int) -> World:
        """Stripe refuses the page for good, or its end is too near by now: it proves that no page exists."""
        checkout = world.checkouts[number]
        refuse_unless(checkout.state in ("creating", "unknown") and checkout.truth == "none", "known")
        return self._page_gone(world, number)

    def close_page(self, world: World, number: int) -> World:
        """Our call to expire the page, or the page's own end: the answer is still to be recorded."""
        refuse_unless(world.checkouts[number].truth == "open", "page_closed")
        return self._truth(world, number, "expired")

    def stripe_says_expired(self, world: World, number: int) -> World:
        checkout = world.checkouts[number]
        refuse_unless(checkout.state == "open" and self.stripe_is_done(checkout), "not_expired")
        return self._page_gone(world, number)

    def hard_cap(self, world: World, number: int) -> World:
        """Stripe could not be reached until ten minutes after the session's own end: presume, and go on asking."""
        checkout = world.checkouts[number]
        booking = world.bookings[checkout.booking]
        refuse_unless(checkout.state in OPEN_CHECKOUT and checkout.truth != "open", "page_open")
        refuse_unless(booking.state == "releasing" and checkout.purpose == "booking", "not_releasing")
        world = with_checkout(world, number, checkout._replace(state="presumed"))
        return self.ended(world, checkout.booking, "expired" if booking.noted == "held" else booking.noted)

    def page_complete(self, world: World, number: int) -> World:
        """Releasing, and the page is complete but its payment not honoured: never back to held."""
        checkout = world.checkouts[number]
        booking = world.bookings[checkout.booking]
        refuse_unless(checkout.state == "complete" and booking.state == "releasing", "not_releasing")
        refuse_unless(checkout.attempt == booking.attempt and checkout.purpose == "booking", "earlier_attempt")
        return self.ended(world, checkout.booking, "expired" if booking.noted == "held" else booking.noted)

    def settle(self, world: World, number: int) -> World:
        """Turn one paid page into a payment and its consequence; asked again, it changes nothing."""
        checkout = world.checkouts[number]
        refuse_unless(checkout.truth in PAID, "unpaid")
        if not self.is_new(world, number):
            return world
        world = with_checkout(world, number, checkout._replace(state="complete"))
        payment = len(world.payments)
        world = world._replace(payments=(*world.payments, Payment(number, "captured")))
        booking = world.bookings[checkout.booking]
        if self.is_earlier(checkout, booking):
            return self.dispose(world, payment, "refund_due")
        if checkout.purpose == "balance":
            return self._settle_balance(world, payment, booking)
        if checkout.truth == "odd":
            return self._settle_odd(world, payment, booking)
        return self.settle_right(world, payment, checkout.booking)

    def choosing_ends(self, world: World, payment: int) -> World:
        refuse_unless(world.payments[payment].disposition == "choosing", "not_choosing")
        return self.dispose(world, payment, "refund_due")

    def refund(self, world: World, payment: int) -> World:
        refuse_unless(world.payments[payment].disposition in ("refund_due", "refund_failed"), "nothing_due")
        return self.dispose(world, payment, "refunding")

    def refund_succeeds(self, world: World, payment: int) -> World:
        refuse_unless(world.payments[payment].disposition == "refunding", "nothing_due")
        return self.dispose(world, payment, "refunded")

    def refund_fails(self, world: World, payment: int) -> World:
        refuse_unless(world.payments[payment].disposition == "refunding", "nothing_due")
        return self.dispose(world, payment, "refund_failed")

    def dispute(self, world: World, payment: int) -> World:
        """The booking stays until a person decides."""
        refuse_unless(world.payments[payment].disposition == "honoured", "not_honoured")
        return self.dispose(world, payment, "disputed")

    def dispute_won(self, world: World, payment: int) -> World:
        refuse_unless(world.payments[payment].disposition == "disputed", "not_disputed")
        return self.dispose(world, payment, "won")

    def dispute_lost(self, world: World, payment: int) -> World:
        refuse_unless(world.payments[payment].disposition == "disputed", "not_disputed")
        return self.dispose(world, payment, "lost")

    # Decisions of people

    def pick(self, world: World, payment: int, spot: int) -> World:
        """The client picks one of the spots shown for money that came too late."""
        refuse_unless(world.payments[payment].disposition == "choosing", "not_choosing")
        number = world.checkouts[world.payments[payment].checkout].booking
        mini = self.config.minis[spot]
        refuse_unless(mini == self.mini_of(world.bookings[number]), "another_mini")
        return self.dispose(self.return_to(world, number, spot), payment, "honoured")

    def honour(self, world: World, payment: int) -> World:
        """The photographer honours a payment that differed from the snapshot."""
        refuse_unless(world.payments[payment].disposition == "manual", "not_manual")
        number = world.checkouts[world.payments[payment].checkout].booking
        booking = world.bookings[number]
        refuse_unless(booking.state in ("paying", "releasing", "expired"), "only_a_refund")
        refuse_unless(self.mini_is_open(world, booking), "only_a_refund")
        if booking.state == "expired":
            world = self.return_to(world, number, booking.spot)
        else:
            world = self.confirm_and_move(world, number)
        return self.dispose(world, payment, "honoured")

    def send_back(self, world: World, payment: int) -> World:
        """The photographer decides on a refund instead."""
        refuse_unless(world.payments[payment].disposition == "manual", "not_manual")
        return self.dispose(world, payment, "refund_due")

    def refunded_elsewhere(self, world: World, payment: int) -> World:
        refuse_unless(world.payments[payment].disposition == "refund_failed", "nothing_due")
        return self.dispose(world, payment, "refunded")

    def cancel_mini(self, world: World, mini: int) -> World:
        """As without money; what was being chosen for goes back in full at once."""
        world = super().cancel_mini(world, mini)
        for number, payment in enumerate(world.payments):
            booking = world.bookings[world.checkouts[payment.checkout].booking]
            if payment.disposition == "choosing" and self.mini_of(booking) == mini:
                world = self.dispose(world, number, "refund_due")
        return world

    # Guards that a variant breaks

    def one_open_checkout(self, world: World, number: int) -> bool:
        return not any(checkout.booking == number and checkout.state in OPEN_CHECKOUT for checkout in world.checkouts)

    def stripe_is_done(self, checkout: Checkout) -> bool:
        return checkout.truth == "expired"

    def is_new(self, world: World, checkout: int) -> bool:
        """The unique index on payments: no payment of this page is written yet."""
        return all(payment.checkout != checkout for payment in world.payments)

    def is_earlier(self, checkout: Checkout, booking: Booking) -> bool:
        return checkout.purpose == "booking" and checkout.attempt < booking.attempt

    def mini_is_open(self, world: World, booking: Booking) -> bool:
        """A pause keeps new bookings out, not money that was asked for before it."""
        return world.minis[self.mini_of(booking)] != "cancelled"

    def may_return(self, world: World, number: int) -> bool:
        """May money that came too late still confirm? Whether seats are free shows when they are taken."""
        booking = world.bookings[number]
        alone = not self.others_in_mini(world, number, self.mini_of(booking))
        return self.mini_is_open(world, booking) and not world.past and alone

    def balance_is_paid(self, world: World, number: int) -> bool:
        return any(
            payment.disposition in ("honoured", "disputed", "won", "lost")
            and world.checkouts[payment.checkout].purpose == "balance"
            and world.checkouts[payment.checkout].booking == number
            for payment in world.payments
        )

    # What the transitions are made of

    def _settle_balance(self, world: World, payment: int, booking: Booking) -> World:
        number = world.checkouts[world.payments[payment].checkout].booking
        due = booking.state in STANDING and not self.balance_is_paid(world, number)
        return self.dispose(world, payment, "honoured" if due else "refund_due")

    def _settle_odd(self, world: World, payment: int, booking: Booking) -> World:
        undecided = booking.state in ("paying", "releasing", "expired")
        return self.dispose(world, payment, "manual" if undecided else "refund_due")

    def settle_right(self, world: World, payment: int, number: int) -> World:
        booking = world.bookings[number]
        match booking.state:
            case "releasing" if booking.noted == "cancelled":
                return self.dispose(self.ended(world, number, "cancelled"), payment, "refund_due")
            case "paying" | "releasing":
                return self.dispose(self.confirm_and_move(world, number), payment, "honoured")
            case "expired":
                return self.settle_late(world, payment, number)
            case "confirmed" | "done" | "no_show" | "cancelled":
                return self.dispose(world, payment, "refund_due")
            case _:
                return world  # cannot be: an invariant forbids money without a disposition

    def settle_late(self, world: World, payment: int, number: int) -> World:
        try:
            return self.dispose(self.return_to(world, number, world.bookings[number].spot), payment, "honoured")
        except Refused:
            open_mini = self.mini_is_open(world, world.bookings[number])
            return self.dispose(world, payment, "choosing" if open_mini else "refund_due")

    def return_to(self, world: World, number: int, spot: int) -> World:
        """Take the claims again, on this spot, and confirm."""
        refuse_unless(self.may_return(world, number), "may_not_return")
        return self.confirmed(self.on_spot(world, number, spot, world.bookings[number].places), number)

    def confirm_and_move(self, world: World, number: int) -> World:
        """Confirm; a move that was noted is done if its target is still free, else the photographer is told."""
        target = world.bookings[number].target
        world = self.confirmed(world, number)
        return self._try_move(world, number, target)

    def _try_move(self, world: World, number: int, target: int) -> World:
        if target == NOWHERE:
            return world
        try:
            self.may_move(world, number, target)
            return self.put_on(world, number, target)
        except Refused:
            return world

    def _page_gone(self, world: World, number: int) -> World:
        """No page is there any more: a paying booking is held again, a releasing one becomes what is noted."""
        checkout = world.checkouts[number]
        world = with_checkout(world, number, checkout._replace(state="expired"))
        booking = world.bookings[checkout.booking]
        if booking.state not in LIVE or checkout.purpose == "balance":
            return world
        if booking.state == "releasing" and booking.noted != "held":
            return self.ended(world, checkout.booking, booking.noted)
        world = self._try_move(world, checkout.booking, booking.target)
        if booking.state == "releasing" and booking.left == 0:
            return self.ended(world, checkout.booking, "expired")
        held = world.bookings[checkout.booking]._replace(state="held", noted="", target=NOWHERE)
        return with_booking(world, checkout.booking, held)

    def _manual_pends(self, world: World, number: int) -> bool:
        return any(
            payment.disposition == "manual" and world.checkouts[payment.checkout].booking == number
            for payment in world.payments
        )

    def _truth(self, world: World, number: int, truth: Truth) -> World:
        return with_checkout(world, number, world.checkouts[number]._replace(truth=truth))

    def dispose(self, world: World, payment: int, disposition: Disposition) -> World:
        return with_payment(world, payment, world.payments[payment]._replace(disposition=disposition))
