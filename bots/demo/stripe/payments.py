"""What happens when somebody pays: cards that work, are declined or ask the bank first."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bots.demo.stripe.payment_shapes import charge_json, intent_json
from bots.demo.stripe.records import Books, Card, CardError, Charge, Intent, Session
from bots.demo.stripe.session_shapes import session_json
from bots.demo.stripe.world import World

DECLINES: Final = {
    Card.DECLINED: CardError(code="card_declined", decline_code="generic_decline", message="Your card was declined."),
    Card.NO_FUNDS: CardError(
        code="card_declined", decline_code="insufficient_funds", message="Your card has insufficient funds."
    ),
}
NOT_AUTHENTICATED: Final = CardError(
    code="payment_intent_authentication_failure",
    decline_code="",
    message=(
        "We are unable to authenticate your payment method. Please choose a different payment method and try again."
    ),
)
WRONG_NUMBER: Final = "Your card number is invalid."


class Outcome(StrEnum):
    PAID = "paid"
    DECLINED = "declined"
    #: The bank wants the client to say yes: see `authenticate`.
    ASKED = "asked"
    #: The session was not open any more: nothing was charged.
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of an attempt to pay; the message is what the pay page tells the client."""

    outcome: Outcome
    message: str = ""


def pay(world: World, books: Books, session: Session, card: Card, *, email: str, name: str) -> Attempt:
    """Pay an open session by card."""
    world.lapse()
    if session.status != "open":
        return Attempt(Outcome.GONE)
    session.email = session.params.string("customer_email") or email or session.email
    session.name = name or session.name
    intent = session.intent or _new_intent(world, books, session)
    intent.card = card
    error = DECLINES.get(card)
    if world.declining:
        world.declining -= 1
        error = error or DECLINES[Card.DECLINED]
    if error:
        charge = _new_charge(world, books, intent, error)
        world.happen(books, "charge.failed", charge_json(charge))
        return _failed(world, books, intent, error)
    if card is Card.ASKS_BANK:
        intent.status, intent.error = "requires_action", None
        world.happen(books, "payment_intent.requires_action", intent_json(intent))
        return Attempt(Outcome.ASKED)
    return _succeed(world, books, intent)


def authenticate(world: World, books: Books, session: Session, *, succeeds: bool) -> Attempt:
    """What the client tells the bank, after an attempt that it asked about."""
    world.lapse()
    intent = session.intent
    if session.status != "open" or intent is None or intent.status != "requires_action":
        return Attempt(Outcome.GONE)
    if not succeeds:
        return _failed(world, books, intent, NOT_AUTHENTICATED)
    return _succeed(world, books, intent)


def _new_intent(world: World, books: Books, session: Session) -> Intent:
    intent = Intent(id=world.new_id("pi"), created=world.unix_now(), session=session)
    session.intent = books.intents[intent.id] = intent
    world.happen(books, "payment_intent.created", intent_json(intent))
    return intent


def _new_charge(world: World, books: Books, intent: Intent, error: CardError | None) -> Charge:
    charge = Charge(
        id=world.new_id("ch"),
        created=world.unix_now(),
        amount=intent.session.total,
        intent=intent,
        card=intent.card or Card.WORKS,
        email=intent.session.email,
        error=error,
    )
    intent.charges.append(charge)
    books.charges[charge.id] = charge
    return charge


def _failed(world: World, books: Books, intent: Intent, error: CardError) -> Attempt:
    """The session stays open: the client may try another card."""
    intent.status, intent.error = "requires_payment_method", error
    world.happen(books, "payment_intent.payment_failed", intent_json(intent))
    return Attempt(Outcome.DECLINED, error.message)


def _succeed(world: World, books: Books, intent: Intent) -> Attempt:
    session = intent.session
    charge = _new_charge(world, books, intent, None)
    intent.status, intent.error, session.status = "succeeded", None, "complete"
    world.happen(books, "charge.succeeded", charge_json(charge))
    world.happen(books, "payment_intent.succeeded", intent_json(intent))
    world.happen(books, "checkout.session.completed", session_json(session))
    return Attempt(Outcome.PAID)
