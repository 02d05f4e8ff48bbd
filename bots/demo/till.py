"""The till of the demo: what people do on the payment page, and what becomes of it at Stripe, told in the strip."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final, cast

from bots.demo import clerk
from bots.demo.clerk import Clerk, Sentence, naming
from bots.demo.stripe import Attempt, Card, Event, StripeAccount, StripeStandIn
from bots.demo.stripe.currencies import money

ACCOUNT: Final = StripeAccount(id="acct_1LunaPhotoDemo", name="Luna Photo")
KEY: Final = "sk_test_51LunaPhotoDemoDemoDemo"  # the stand-in's; Stripe never gave it out
#: Of the same account: Luna connects it herself, in the place of the one that the program was started with.
OWN_KEY: Final = "rk_test_51LunaPhotoOwnDemoDemoDemo"
HOOK_SECRET: Final = "whsec_LunaPhotoDemoDemoDemo"  # noqa: S105 - the same
COMPLETED: Final = "checkout.session.completed"
#: What an endpoint of Minis is set up for in Stripe's dashboard.
HOOKED: Final = (
    COMPLETED,
    "checkout.session.expired",
    "charge.refunded",
    "refund.updated",
    "refund.failed",
    "charge.dispute.created",
    "charge.dispute.closed",
)
#: Events of Stripe's that a person notices.
EVENTS: Final[Mapping[str, Sentence]] = {
    "payment_intent.payment_failed": clerk.CARD_DECLINED,
    "payment_intent.requires_action": clerk.BANK_ASKS,
    COMPLETED: clerk.CARD_CHARGED,
}


class Till:
    """One account at the stand-in. `name_of` names whoever made a booking, by its id."""

    def __init__(
        self, stripe: StripeStandIn, strip: Clerk, now: Callable[[], datetime], name_of: Callable[[str], str]
    ) -> None:
        self._stripe = stripe
        self._strip = strip
        self._now = now
        self._name_of = name_of

    @property
    def address(self) -> str:
        return self._stripe.address

    def watch(self) -> Callable[[], None]:
        """Tell what happens from now on; gives what ends that."""
        return self._stripe.subscribe(self._tell)

    # What people do there

    def session_at(self, url: str) -> str | None:
        """The id of the session whose page is at this address; None for any other address."""
        head, _, session = url.rpartition("/")
        return session if head == f"{self.address}/c/pay" and session else None

    def pay(self, url: str, card: Card = Card.WORKS) -> Attempt:
        """Press the page's button. Raises LookupError where there is no such page."""
        return self._stripe.pay(self.session_at(url) or "", card)

    def say_yes(self, url: str) -> Attempt:
        """Tell the bank that it is oneself. Raises LookupError where there is no such page."""
        return self._stripe.authenticate(self.session_at(url) or "")

    def captured(self) -> list[int]:
        """What was taken by each payment, in the minor unit."""
        return [ledger.captured for ledger in self._stripe.ledgers().values() if ledger.captured]

    # What goes wrong there, once; asked for again, it goes well

    @property
    def meant(self) -> dict[str, bool]:
        """What will go wrong next."""
        return {
            "declined": self._stripe.cards_to_decline > 0,
            "hook_lost": self._stripe.webhooks_to_lose > 0,
            "answer_lost": self._stripe.answers_to_lose > 0,
        }

    def decline(self) -> None:
        """The next attempt to pay is declined."""
        self._stripe.decline_cards(0 if self._stripe.cards_to_decline else 1)

    def lose_hook(self) -> None:
        """The next webhook never comes."""
        self._stripe.lose_webhooks(0 if self._stripe.webhooks_to_lose else 1)

    def lose_answer(self) -> None:
        """The next thing that the program wants done is done, but it never hears so."""
        self._stripe.lose_answers(0 if self._stripe.answers_to_lose else 1, method="POST")

    def go_down(self, seconds: float) -> None:
        self._stripe.go_down(seconds)
        self._strip.write(clerk.STRIPE_DOWN, self._now())

    def seconds_down(self) -> float:
        return self._stripe.seconds_down()

    # What is told

    def how_heard(self, session: str) -> str:
        """How the program came to look at this page, in the strip's words."""
        came = any(
            delivery.is_taken for delivery in self._stripe.deliveries if delivery.event.object.get("id") == session
        )
        return clerk.BY_WEBHOOK if came else clerk.BY_ASKING

    def _tell(self, event: Event) -> None:
        sentence = EVENTS.get(event.type)
        if sentence is None:
            return
        thing = event.object
        booking = cast("Mapping[str, str]", thing.get("metadata") or {}).get("booking", "")
        amount = cast("int", thing.get("amount_total") or thing.get("amount") or 0)
        facts = {**naming(self._name_of(booking)), "amount": money(amount, str(thing.get("currency")))}
        self._strip.write(sentence, self._now(), **facts)
        if any(delivery.is_lost for delivery in self._stripe.deliveries if delivery.event is event):
            self._strip.write(clerk.WEBHOOK_LOST, self._now())
