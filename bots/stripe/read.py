"""What Stripe's objects mean to the core. Pure; whatever is not of the key's own mode is not believed."""

from typing import Any, Final, cast

from bots.stripe.amounts import from_stripe
from bots.stripe.api import Json
from bots.stripe.failures import why_failed
from bots.stripe.requests import CHECKOUT, REFUND
from core.payments.till import DisputeState, Page, PageState, RefundAnswer, RefundState, TillRefused
from core.values.refusals import Trouble

OTHER_MODE: Final = "livemode_mismatch"

_PAID: Final = frozenset({"paid", "no_payment_required"})
_REFUND_STATES: Final = {
    "succeeded": RefundState.DONE,
    "failed": RefundState.FAILED,
    "canceled": RefundState.FAILED,
}
_DISPUTE_STATES: Final = {
    "won": DisputeState.WON,
    "warning_closed": DisputeState.WON,  # an inquiry that became no dispute
    "prevented": DisputeState.WON,
    "lost": DisputeState.LOST,
}


def page_of(session: Json, *, is_live: bool) -> Page:
    """A Checkout Session as a page.

    Raises:
        TillRefused: it is of the other mode: play money for a real booking, or the reverse.
        Trouble: it is in a state that this release does not know.
    """
    believe(session, is_live=is_live)
    state = _state_of(session)
    return Page(
        session_id=session["id"],
        checkout_id=checkout_of(session) or "",
        state=state,
        url=session.get("url") if state is PageState.OPEN else None,
        amount=from_stripe(session["amount_total"], session["currency"]),
        payment_ref=id_of(session.get("payment_intent")),
    )


def refund_answer_of(refund: Json) -> RefundAnswer:
    """A refund, which has no mode of its own. What is under way in any manner counts as sent."""
    state = _REFUND_STATES.get(refund.get("status") or "", RefundState.SENT)
    return RefundAnswer(
        ref=refund["id"],
        refund_id=_metadata(refund).get(REFUND, ""),
        state=state,
        amount=from_stripe(refund["amount"], refund["currency"]),
        error=why_failed(refund.get("failure_reason") or refund["status"]) if state is RefundState.FAILED else "",
    )


def dispute_state_of(disputes: list[Json]) -> DisputeState | None:
    """How the payment stands: one open dispute counts more than any that ended, and a lost one more than a won."""
    states = {_DISPUTE_STATES.get(dispute.get("status") or "", DisputeState.OPEN) for dispute in disputes}
    return next((state for state in (DisputeState.OPEN, DisputeState.LOST, DisputeState.WON) if state in states), None)


def believe(thing: Json, *, is_live: bool) -> None:
    """Raises TillRefused unless Stripe says that the thing is of our mode."""
    if thing.get("livemode") is not is_live:
        said = f"{thing.get('object')} has livemode {thing.get('livemode')}, the key {is_live}"
        raise TillRefused(OTHER_MODE, said)


def checkout_of(thing: Json) -> str | None:
    """Our own id for the page that the session, payment or charge belongs to."""
    named = thing.get("client_reference_id") or _metadata(thing).get(CHECKOUT)
    return named if isinstance(named, str) and named else None


def id_of(reference: Any) -> str | None:
    """Where Stripe points to another object: its id, whether the object itself came along or not."""
    found = cast(Json, reference).get("id") if isinstance(reference, dict) else reference
    return found if isinstance(found, str) and found else None


def _metadata(thing: Json) -> Json:
    found = thing.get("metadata")
    return cast(Json, found) if isinstance(found, dict) else {}


def _state_of(session: Json) -> PageState:
    match session.get("status"), session.get("payment_status"):
        case "open", _:
            return PageState.OPEN
        case "expired", _:
            return PageState.EXPIRED
        case "complete", paid if paid in _PAID:
            return PageState.PAID
        case "complete", _:
            return PageState.AWAITED
        case state, _:
            raise Trouble(f"a session in the unknown state {state}")
