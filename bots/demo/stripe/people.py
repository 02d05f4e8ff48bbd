"""What happens at Stripe that no program called for: clients at the pay page, the studio's dashboard, the banks."""

from dataclasses import dataclass
from typing import Final

from bots.demo.stripe import payments, refunds
from bots.demo.stripe.payments import Attempt
from bots.demo.stripe.records import Books, Card, Charge, Intent, Session
from bots.demo.stripe.refunds import FailureReason, Verdict
from bots.demo.stripe.session_shapes import session_json
from bots.demo.stripe.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Where a payment's money is, in the minor unit."""

    currency: str
    captured: int = 0
    #: What is back with the client.
    refunded: int = 0
    #: What is on its way back.
    refunding: int = 0
    #: What the client's bank has taken back.
    disputed: int = 0

    @property
    def kept(self) -> int:
        """What is left to the studio."""
        return self.captured - self.refunded - self.refunding - self.disputed


class People:
    """Everybody outside the API. All raise LookupError for an id that there is not."""

    def __init__(self, world: World) -> None:
        self._world: Final = world

    # Clients

    def pay(
        self, session: str, card: Card = Card.WORKS, *, email: str = "guest@example.com", name: str = "Test Client"
    ) -> Attempt:
        """What pressing the page's button does."""
        books, found = self._world.books_with_session(session)
        return payments.pay(self._world, books, found, card, email=email, name=name)

    def authenticate(self, session: str, *, succeeds: bool = True) -> Attempt:
        """Answer the bank, after a payment with `Card.ASKS_BANK`."""
        books, found = self._world.books_with_session(session)
        return payments.authenticate(self._world, books, found, succeeds=succeeds)

    @property
    def sessions(self) -> list[dict[str, object]]:
        """All sessions as the API shows them, oldest first."""
        self._world.lapse()
        return [session_json(session) for session in self._all_sessions()]

    def open_sessions(self) -> list[str]:
        """The ids of the sessions that can be paid now, oldest first."""
        self._world.lapse()
        return [session.id for session in self._all_sessions() if session.status == "open"]

    # Money

    def ledger(self, payment: str) -> Ledger:
        """Of a PaymentIntent, or of a session's."""
        intent = self._intent(payment)
        paid = [charge for charge in intent.charges if charge.succeeded]
        backward = [refund for charge in paid for refund in charge.refunds]
        taken = [dispute for charge in paid for dispute in charge.disputes if not dispute.is_inquiry]
        return Ledger(
            currency=intent.session.currency,
            captured=sum(charge.amount for charge in paid),
            refunded=sum(refund.amount for refund in backward if refund.status == "succeeded"),
            refunding=sum(refund.amount for refund in backward if refund.status == "pending"),
            disputed=sum(dispute.amount for dispute in taken if dispute.status != "won"),
        )

    def ledgers(self) -> dict[str, Ledger]:
        """By PaymentIntent, of all accounts."""
        return {intent: self.ledger(intent) for books in self._world.books.values() for intent in books.intents}

    # The studio in its dashboard

    def refund_in_dashboard(self, payment: str, amount: int | None = None) -> str:
        """Refund so much, or all that is left; gives the refund's id. Raises StripeRefusal."""
        books, charge = self._charge(payment)
        return refunds.give_back(self._world, books, charge, amount, reason="requested_by_customer").id

    # The banks

    def decline_cards(self, count: int) -> None:
        """The next so many attempts to pay are declined, whatever the card."""
        self._world.declining = count

    @property
    def cards_to_decline(self) -> int:
        return self._world.declining

    def make_refunds_wait(self, count: int) -> None:
        """The next so many refunds stay pending until they are settled or fail."""
        self._world.refund_fates.extend(["pending"] * count)

    def make_refunds_fail(self, count: int) -> None:
        """The next so many refunds are answered as failed."""
        self._world.refund_fates.extend(["failed"] * count)

    def settle_refund(self, refund: str) -> None:
        """Raises ValueError for a refund that is not pending."""
        books = self._books_with_refund(refund)
        refunds.settle(self._world, books, books.refunds[refund])

    def fail_refund(self, refund: str, reason: FailureReason = "expired_or_canceled_card") -> None:
        """The bank sends it back, even after it succeeded. Raises ValueError for one that has failed."""
        books = self._books_with_refund(refund)
        refunds.fail(self._world, books, books.refunds[refund], reason)

    def dispute(
        self, payment: str, amount: int | None = None, *, reason: str = "fraudulent", inquiry: bool = False
    ) -> str:
        """The client's bank takes back so much, or all; as an inquiry it only asks. Gives the dispute's id."""
        books, charge = self._charge(payment)
        taken = charge.amount if amount is None else amount
        return refunds.dispute(self._world, books, charge, taken, reason, inquiry=inquiry).id

    def close_dispute(self, dispute: str, verdict: Verdict) -> None:
        """Raises ValueError for a verdict that does not end it: an inquiry is closed, a dispute won or lost."""
        for books in self._world.books.values():
            if made := books.disputes.get(dispute):
                refunds.close_dispute(self._world, books, made, verdict)
                return
        raise LookupError(f"there is no dispute {dispute}")

    def _all_sessions(self) -> list[Session]:
        return [session for books in self._world.books.values() for session in books.sessions.values()]

    def _intent(self, payment: str) -> Intent:
        for books in self._world.books.values():
            if intent := books.intents.get(payment):
                return intent
            if (session := books.sessions.get(payment)) and session.intent:
                return session.intent
        raise LookupError(f"there is no payment {payment}")

    def _charge(self, payment: str) -> tuple[Books, Charge]:
        intent = self._intent(payment)
        charge = intent.charge
        if charge is None or not charge.succeeded:
            raise LookupError(f"nothing was paid by {payment}")
        return next(books for books in self._world.books.values() if charge.id in books.charges), charge

    def _books_with_refund(self, refund: str) -> Books:
        for books in self._world.books.values():
            if refund in books.refunds:
                return books
        raise LookupError(f"there is no refund {refund}")
