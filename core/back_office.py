"""Everything that time and the till do: holds that run out, sessions that are over, pages that were paid, clearing up.

Each deed takes a handful of rows, so that one unit of work stays short; it is called again while it did something.
"""

from datetime import timedelta

from core.booking import ending, reserve
from core.booking.told import Told
from core.messages.records import LeasedMessage
from core.messages.thread import alert_of_unreachable
from core.minis.publish import open_now
from core.payments import late, pay
from core.payments.checkout import Checkout
from core.payments.connect import cards_of
from core.payments.errands import (
    Answer,
    ClosePage,
    Errand,
    LookAtPage,
    LookAtPayment,
    OpenPage,
    PayBack,
    page_unheard,
    page_withheld,
    refund_unheard,
    take_errands,
)
from core.payments.refund import booking_of, hear_charge, hear_refund, looked_at, refuse_refund
from core.payments.settle import PRESUMED, REFUSED, hear_page, page_gone
from core.payments.till import TILL, Charge, Page, RefundAnswer, of_payment
from core.payments.till_key import Installation
from core.ports import Records
from core.studio.studio import Studio
from core.telling import tell, tell_of_mini, tell_of_reservation
from core.values.news import News, What

HANDFUL = 50  # rows a unit
INBOX_KEPT = timedelta(days=7)  # STATES, "Events in": Telegram itself keeps an update for a day
TILL_KEPT = timedelta(days=35)  # the same page: Stripe's are kept longer
INBOX_HANDFUL = 1000  # rows a unit: they are only deleted

#: A till is connected for all.
TAKES_CARDS = Installation(takes_cards=True)


class BackOffice:
    """What the clock and the till may do, for every studio of the installation."""

    def __init__(self, records: Records, installation: Installation = TAKES_CARDS) -> None:
        """`installation`: what a studio has that has no till of its own."""
        self._records = records
        self._installation = installation

    def lapse_holds(self) -> int:
        """End the holds whose time ran out (G4); gives how many."""
        over = self._records.bookings.holds_over(HANDFUL)
        for booking in over:
            self._tell(pay.lapse(self._records, booking))
        return len(over)

    def lapse_reservations(self) -> int:
        """End the reservations whose own end has come while nobody was booking them (D4)."""
        over = self._records.reservations.over(HANDFUL)
        for reservation in over:
            lapsed, news = reserve.lapse_reservation(self._records, reservation)
            tell_of_reservation(self._records, lapsed, news)
        return len(over)

    def open_minis(self) -> int:
        """Publish the minis whose moment has come; where something is missing the studio hears what (E4)."""
        due = self._records.minis.to_open(HANDFUL)
        for mini in due:
            taken = cards_of(self._records, mini.studio_id, self._installation).taken
            tell_of_mini(self._records, *open_now(self._records, mini, takes_cards=taken))
        return len(due)

    def finish_sessions(self) -> int:
        """Mark as done what has been shot."""
        over = self._records.bookings.sessions_over(HANDFUL)
        for booking in over:
            self._tell(ending.finish(self._records, booking))
        return len(over)

    # -- money --

    def take_errands(self, limit: int, lease: timedelta) -> list[Errand]:
        """What to ask the till now; nobody else takes it until the lease is over."""
        return take_errands(self._records, limit, lease)

    def heard(self, errand: Errand, answer: Answer) -> None:
        """The till answered. Hearing the same again changes nothing."""
        match errand, answer:
            case ((OpenPage() | LookAtPage() | ClosePage()), Page()):
                self._tell(hear_page(self._records, self._checkout(errand.checkout), answer))
            case PayBack(), RefundAnswer():
                refund = self._records.refunds.one(errand.studio_id, errand.order.refund_id)
                self._tell(hear_refund(self._records, refund, answer) if refund else None)
            case LookAtPayment(), Charge():
                payment = self._records.payments.one(errand.studio_id, errand.payment_id)
                self._tell(hear_charge(self._records, payment, answer) if payment else None)
            case _:
                raise TypeError(f"{type(answer).__name__} answers no {type(errand).__name__}")

    def refused(self, errand: Errand, code: str) -> None:
        """The till said no for good. A page that it refuses to make is not there.

        That it will not show one that it made proves nothing: a seat waits for it, as for a till that is shut. A
        payment that it will not show is left as it is.
        """
        match errand:
            case OpenPage():
                self._tell(page_gone(self._records, self._checkout(errand.checkout), REFUSED))
            case LookAtPage() | ClosePage():
                self._tell(page_withheld(self._records, self._checkout(errand.checkout)))
            case PayBack():
                refund = self._records.refunds.one(errand.studio_id, errand.order.refund_id)
                self._tell(refuse_refund(self._records, refund, code) if refund else None)
            case LookAtPayment():
                payment = self._records.payments.one(errand.studio_id, errand.payment_id)
                if payment:
                    looked_at(self._records, payment)

    def unheard(self, errand: Errand, *, shut: bool) -> None:
        """No answer came: it is asked again, soon at first. `shut`: none will, until somebody sets the key right."""
        match errand:
            case OpenPage() | LookAtPage() | ClosePage():
                self._tell(page_unheard(self._records, self._checkout(errand.checkout), shut=shut))
            case PayBack():
                refund = self._records.refunds.one(errand.studio_id, errand.order.refund_id)
                self._tell(refund_unheard(self._records, refund, shut=shut) if refund else None)
            case LookAtPayment():
                pass  # it comes due again when the lease is over

    def hint(self, event_id: str, *, checkout_id: str | None, payment_ref: str | None) -> bool:
        """Somebody says that something happened at the till: look there. False if this event was heard before."""
        if not self._records.inbox.take(TILL, event_id):
            return False
        if checkout_id:
            self._records.checkouts.hint(checkout_id)
        if payment_ref:
            self._records.inbox.take(TILL, of_payment(payment_ref))  # should it not be written yet (`settle`)
            self._records.payments.hint(payment_ref)
        return True

    def presume_closed(self) -> int:
        """Pages whose end is long past while the till never answered: nobody can pay there (STATES, the hard cap).

        It must have been asked: whoever comes back after an hour hears it first.
        """
        over = self._records.checkouts.capped(HANDFUL)
        for checkout in over:
            self._tell(page_gone(self._records, checkout, PRESUMED))
        return len(over)

    def end_choices(self) -> int:
        """Send back the money of those who did not choose within a day (DECISIONS 14)."""
        over = self._records.payments.choices_over(HANDFUL)
        for payment in over:
            self._tell(late.end_choice(self._records, payment, booking_of(self._records, payment)))
        return len(over)

    def undelivered(self, message: LeasedMessage) -> None:
        """Whoever it was for takes no messages any more. Of a client the studio hears (J5)."""
        if message.client_id:
            self._records.outbox.add(message.studio_id, [alert_of_unreachable(message)])

    def forget_inbox(self) -> int:
        """Delete the keys of events that no platform delivers again, and with them what was put aside."""
        now, forget = self._records.now, self._records.inbox.forget
        return forget(now - INBOX_KEPT, INBOX_HANDFUL, but=TILL) or forget(now - TILL_KEPT, INBOX_HANDFUL)

    def forget_files(self) -> int:
        """Delete photos whose time is over, and those of bookings that came to nothing; gives how many (A2)."""
        forgotten = self._records.files.forget(HANDFUL)
        for studio_id, booking_id in dict.fromkeys(forgotten):
            gone = News(what=What.PHOTOS_FORGOTTEN, booking_id=booking_id)
            self._records.history.add(studio_id, None, [gone])
        return len(forgotten)

    def _checkout(self, asked: Checkout) -> Checkout:
        """The row as it is now: it may have changed while the till was asked."""
        checkout = self._records.checkouts.one(asked.studio_id, asked.id)
        if checkout is None:
            raise LookupError(f"no checkout {asked.id}")
        return checkout

    def _tell(self, told: Told | None) -> None:
        if told:
            tell(self._records, self._studio(told.booking.studio_id), told)

    def _studio(self, studio_id: str) -> Studio:
        studio = self._records.studios.one(studio_id)
        if studio is None:
            raise LookupError(f"no studio {studio_id}")
        return studio
