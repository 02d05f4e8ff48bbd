"""Money that goes back: refunds by the program or in the dashboard, and disputes that the banks make."""

from typing import Literal

from bots.demo.stripe.currencies import money
from bots.demo.stripe.fields import Params
from bots.demo.stripe.payment_shapes import charge_json, dispute_json, refund_json
from bots.demo.stripe.records import Books, Charge, Dispute, Refund
from bots.demo.stripe.refusals import StripeRefusal, bad_request, no_such
from bots.demo.stripe.world import World

FailureReason = Literal[
    "charge_for_pending_refund_disputed",
    "declined",
    "expired_or_canceled_card",
    "insufficient_funds",
    "lost_or_stolen_card",
    "merchant_request",
    "unknown",
]
Verdict = Literal["won", "lost", "warning_closed"]


def create(world: World, books: Books, params: Params) -> dict[str, object]:
    charge = _charge_to_refund(books, params)
    if "amount" in params and params.integer("amount") < 1:
        raise bad_request("Invalid positive integer", code="parameter_invalid_integer", param="amount")
    refund = give_back(
        world,
        books,
        charge,
        params.integer("amount") if "amount" in params else None,
        reason=params.string("reason"),
        metadata=params.map("metadata"),
    )
    return refund_json(refund)


def give_back(
    world: World,
    books: Books,
    charge: Charge,
    amount: int | None,
    *,
    reason: str = "",
    metadata: dict[str, str] | None = None,
) -> Refund:
    """Refund so much, or all that is left. Raises StripeRefusal."""
    left = charge.amount - charge.refunded
    if any(not dispute.is_inquiry and dispute.status != "won" for dispute in charge.disputes):
        raise bad_request(f"Charge {charge.id} has been charged back; cannot issue a refund.", code="charge_disputed")
    if not left:
        raise bad_request(f"Charge {charge.id} has already been refunded.", code="charge_already_refunded")
    if amount is not None and amount > left:
        raise _too_much(charge, amount, left)
    refund = Refund(
        id=world.new_id("re"),
        created=world.unix_now(),
        amount=left if amount is None else amount,
        charge=charge,
        reason=reason,
        metadata=metadata or {},
        status=world.refund_fates.pop(0) if world.refund_fates else "succeeded",
    )
    before = charge.refunded
    charge.refunds.append(refund)
    books.refunds[refund.id] = refund
    world.happen(books, "refund.created", refund_json(refund))
    if refund.status == "failed":
        _tell_failure(world, books, refund, before="pending")
    else:
        world.happen(books, "charge.refunded", charge_json(charge), amount_refunded=before)
    return refund


def settle(world: World, books: Books, refund: Refund) -> None:
    """A refund that waited has arrived. Raises ValueError if it did not wait."""
    if refund.status != "pending":
        raise ValueError(f"{refund.id} is {refund.status}, not pending")
    refund.status = "succeeded"
    for kind in ("refund.updated", "charge.refund.updated"):
        world.happen(books, kind, refund_json(refund), status="pending")


def fail(world: World, books: Books, refund: Refund, reason: FailureReason) -> None:
    """The client's bank sends it back, even days after it succeeded. Raises ValueError if it has failed before."""
    if refund.status == "failed":
        raise ValueError(f"{refund.id} has failed before")
    before, refund.status, refund.failure_reason = refund.status, "failed", reason
    _tell_failure(world, books, refund, before=before)


def dispute(world: World, books: Books, charge: Charge, amount: int, reason: str, *, inquiry: bool) -> Dispute:
    """The client's bank takes the money back, or only asks."""
    made = Dispute(
        id=world.new_id("du"),
        created=world.unix_now(),
        amount=amount,
        charge=charge,
        reason=reason,
        status="warning_needs_response" if inquiry else "needs_response",
    )
    charge.disputes.append(made)
    books.disputes[made.id] = made
    world.happen(books, "charge.dispute.created", dispute_json(made))
    if not inquiry:
        world.happen(books, "charge.dispute.funds_withdrawn", dispute_json(made))
    return made


def close_dispute(world: World, books: Books, made: Dispute, verdict: Verdict) -> None:
    """Raises ValueError for a verdict that does not end it: inquiries are closed, disputes won or lost."""
    if made.status not in {"needs_response", "warning_needs_response"}:
        raise ValueError(f"{made.id} is {made.status} already")
    if made.is_inquiry != (verdict == "warning_closed"):
        raise ValueError(f"{made.id} cannot end as {verdict}")
    before, made.status = made.status, verdict
    world.happen(books, "charge.dispute.closed", dispute_json(made), status=before)
    if verdict == "won":
        world.happen(books, "charge.dispute.funds_reinstated", dispute_json(made))


def _charge_to_refund(books: Books, params: Params) -> Charge:
    given = [name for name in ("payment_intent", "charge") if name in params]
    if len(given) != 1:
        raise bad_request(
            "One of the following params should be provided for this request: payment_intent or charge.",
            code="parameter_missing",
        )
    if given == ["charge"]:
        identity = params.string("charge")
        if identity not in books.charges:
            raise no_such("charge", identity, "charge")
        charge = books.charges[identity]
        if not charge.succeeded:
            raise bad_request(f"Charge {charge.id} failed; it cannot be refunded.", param="charge")
        return charge
    identity = params.string("payment_intent")
    if identity not in books.intents:
        raise no_such("payment_intent", identity, "payment_intent")
    charge = books.intents[identity].charge
    if charge is None or not charge.succeeded:
        raise bad_request(f"This PaymentIntent ({identity}) does not have a successful charge to refund.")
    return charge


def _too_much(charge: Charge, amount: int, left: int) -> StripeRefusal:
    currency = charge.intent.session.currency
    return bad_request(
        f"Refund amount ({money(amount, currency)}) is greater than unrefunded amount on charge "
        f"({money(left, currency)})",
        param="amount",
    )


def _tell_failure(world: World, books: Books, refund: Refund, *, before: str) -> None:
    refund.failure_reason = refund.failure_reason or "unknown"
    for kind in ("refund.updated", "refund.failed", "charge.refund.updated"):
        world.happen(books, kind, refund_json(refund), status=before)
