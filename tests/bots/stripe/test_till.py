"""The till against a Stripe on loopback: what is asked, what an answer means, and which failure is of which kind."""

import asyncio
import logging
from typing import Any, get_args

import pytest
from aiohttp import ClientTimeout

from bots.demo.stripe.refunds import FailureReason
from bots.stripe.api import Api
from bots.stripe.failures import why_failed
from bots.stripe.till import StripeTill
from core.payments.till import DisputeState, PageState, RefundFailure, RefundState, TillRefused, TillShut
from core.values.money import Money
from core.values.refusals import Trouble
from tests.bots.stripe.loopback import (
    DISPUTES,
    HANGS_UP,
    OLD,
    REFUNDS,
    SESSIONS,
    Loopback,
    Samples,
    Says,
    a_dispute,
    a_list,
    a_refund_order,
    an_order,
    refusal,
)

OPEN, LOOK, CLOSE = f"POST {SESSIONS}", f"GET {SESSIONS}/cs_test_1", f"POST {SESSIONS}/cs_test_1/expire"
LIST, REFUND, LIST_REFUNDS = f"GET {SESSIONS}", f"POST {REFUNDS}", f"GET {REFUNDS}"


# -- pages --


@pytest.mark.rule("H3")
async def test_a_page_is_made_with_its_key(stripe: Loopback, till: StripeTill, samples: Samples):
    stripe.says(OPEN, samples.session())

    page = await till.open(an_order(), "key-1")

    assert (page.session_id, page.checkout_id, page.state) == ("cs_test_1", "checkout-1", PageState.OPEN)
    assert page.amount == Money(12000, "USD")
    assert page.url == samples.session()["url"]
    (asked,) = stripe.asked
    assert asked.headers["Idempotency-Key"] == "key-1"
    assert asked.params["line_items[0][price_data][unit_amount]"] == "10000"
    assert asked.params["allowed_payment_method_types[0]"] == "card"


@pytest.mark.rule("G5")
async def test_a_page_that_was_made_before_is_looked_at_anew(stripe: Loopback, till: StripeTill, samples: Samples):
    """Stripe's stored answer shows the page as it was when it was made."""
    stripe.says(OPEN, Says(samples.session(), headers=OLD))
    stripe.says(LOOK, samples.paid())

    page = await till.open(an_order(), "key-1")

    assert (page.state, page.payment_ref) == (PageState.PAID, "pi_1")


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({"status": "open", "payment_status": "unpaid"}, PageState.OPEN),
        ({"status": "expired", "payment_status": "unpaid"}, PageState.EXPIRED),
        ({"status": "complete", "payment_status": "paid"}, PageState.PAID),
        ({"status": "complete", "payment_status": "no_payment_required"}, PageState.PAID),
        ({"status": "complete", "payment_status": "unpaid"}, PageState.AWAITED),
    ],
)
async def test_a_page_is_as_stripe_has_it(
    facts: dict[str, str], state: PageState, stripe: Loopback, till: StripeTill, samples: Samples
):
    stripe.says(LOOK, samples.session(**facts))

    page = await till.look("cs_test_1")

    assert page.state is state
    assert (page.url is None) == (state is not PageState.OPEN)


async def test_a_payment_that_came_along_is_known_by_its_id(stripe: Loopback, till: StripeTill, samples: Samples):
    stripe.says(LOOK, samples.paid(payment_intent=samples.payment(id="pi_7")))

    assert (await till.look("cs_test_1")).payment_ref == "pi_7"


async def test_a_page_that_is_not_ours_has_no_checkout(stripe: Loopback, till: StripeTill, samples: Samples):
    stripe.says(LOOK, samples.session(client_reference_id=None))

    assert (await till.look("cs_test_1")).checkout_id == ""


@pytest.mark.parametrize("livemode", [True, None, "false"])
async def test_a_page_of_the_other_mode_is_not_believed(
    livemode: Any, stripe: Loopback, till: StripeTill, samples: Samples
):
    stripe.says(LOOK, samples.paid(livemode=livemode))

    with pytest.raises(TillRefused) as refused:
        await till.look("cs_test_1")

    assert refused.value.code == "livemode_mismatch"


@pytest.mark.parametrize(
    ("key", "is_live"), [("sk_live_a", True), ("rk_live_a", True), ("sk_test_live", False), ("rk_test_a", False)]
)
async def test_the_key_tells_whether_money_is_real(key: str, is_live: bool):
    api = Api(key)

    assert api.is_live is is_live
    await api.close()


async def test_a_page_in_an_unknown_state_is_asked_about_again(stripe: Loopback, till: StripeTill, samples: Samples):
    stripe.says(LOOK, samples.session(status="frozen"))

    with pytest.raises(Trouble):
        await till.look("cs_test_1")


async def test_a_session_nobody_knows_is_refused(stripe: Loopback, till: StripeTill):
    with pytest.raises(TillRefused) as refused:
        await till.look("cs_test_404")

    assert refused.value.code == "resource_missing"


async def test_an_id_leads_nowhere_else(stripe: Loopback, till: StripeTill):
    with pytest.raises(TillRefused):
        await till.look("../refunds?x=")

    assert stripe.requests == [f"GET {SESSIONS}/../refunds?x="]
    assert stripe.asked[0].params == {}


# -- the key was used before --


@pytest.mark.parametrize("first", [refusal(400, kind="idempotency_error"), Says({"error": {}}, 500, OLD)])
async def test_a_page_that_was_made_under_other_parameters_is_found(
    first: Says, stripe: Loopback, till: StripeTill, samples: Samples
):
    others = [samples.session(id=f"cs_test_{n}", client_reference_id=f"checkout-{n}") for n in (7, 8)]
    stripe.says(OPEN, first)
    stripe.says(LIST, a_list(*others, more=True), a_list(samples.session()))

    page = await till.open(an_order(), "key-1")

    assert page.session_id == "cs_test_1"
    assert [one.params.get("starting_after") for one in stripe.asked] == [None, None, "cs_test_8"]
    since = int(stripe.asked[1].params["created[gte]"])
    assert an_order().expires_at.timestamp() - 3600 < since < an_order().expires_at.timestamp() - 35 * 60


@pytest.mark.parametrize(
    ("first", "code"),
    [
        (refusal(400, kind="idempotency_error"), "idempotency_error"),
        (Says({"error": {}}, 500, OLD), "failed_before"),
    ],
)
async def test_a_page_that_was_never_made_is_refused(
    first: Says, code: str, stripe: Loopback, till: StripeTill, samples: Samples
):
    stripe.says(OPEN, first)
    stripe.says(LIST, a_list(samples.session(client_reference_id="checkout-2")))

    with pytest.raises(TillRefused) as refused:
        await till.open(an_order(), "key-1")

    assert refused.value.code == code


# -- closing --


@pytest.mark.rule("G5")
async def test_an_open_page_is_closed(stripe: Loopback, till: StripeTill, samples: Samples):
    stripe.says(CLOSE, samples.session(status="expired", url=None))

    assert (await till.close("cs_test_1")).state is PageState.EXPIRED


@pytest.mark.rule("G5")
async def test_a_page_that_cannot_be_closed_any_more_is_given_as_it_stands(
    stripe: Loopback, till: StripeTill, samples: Samples
):
    stripe.says(CLOSE, refusal(400))
    stripe.says(LOOK, samples.paid())

    assert (await till.close("cs_test_1")).state is PageState.PAID


@pytest.mark.rule("G5")
async def test_a_page_that_will_not_be_closed_yet_is_asked_again(stripe: Loopback, till: StripeTill, samples: Samples):
    stripe.says(CLOSE, refusal(400))
    stripe.says(LOOK, samples.session())

    with pytest.raises(Trouble):
        await till.close("cs_test_1")


# -- money back --


@pytest.mark.rule("H7")
@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("pending", RefundState.SENT),
        ("requires_action", RefundState.SENT),
        (None, RefundState.SENT),
        ("succeeded", RefundState.DONE),
        ("failed", RefundState.FAILED),
        ("canceled", RefundState.FAILED),
    ],
)
async def test_a_refund_is_called_done_when_stripe_says_so(
    status: str | None, state: RefundState, stripe: Loopback, till: StripeTill, samples: Samples
):
    stripe.says(REFUND, samples.refund(status=status))

    answer = await till.refund(a_refund_order())

    assert (answer.state, answer.refund_id, answer.amount) == (state, "refund-1", Money(12000, "USD"))
    assert bool(answer.error) == (state is RefundState.FAILED)
    assert stripe.asked[0].headers["Idempotency-Key"] == "refund-1-a1"
    assert stripe.asked[0].params == {"payment_intent": "pi_1", "amount": "12000", "metadata[refund]": "refund-1"}


async def test_a_failed_refund_says_why(stripe: Loopback, till: StripeTill, samples: Samples):
    stripe.says(REFUND, samples.refund(status="failed", failure_reason="expired_or_canceled_card"))

    assert (await till.refund(a_refund_order())).error == RefundFailure.OLD_CARD


@pytest.mark.rule("H9")
@pytest.mark.parametrize("reason", get_args(FailureReason))
def test_every_reason_that_the_stand_in_gives_has_words(reason: str):
    assert why_failed(reason) in set(RefundFailure)


@pytest.mark.rule("H9")
async def test_where_the_balance_is_too_low_stripe_says_so_without_a_code(stripe: Loopback, till: StripeTill):
    stripe.says(REFUND, refusal(400, message_code="insufficient_balance_for_refund"))

    with pytest.raises(TillRefused) as refused:
        await till.refund(a_refund_order())

    assert refused.value.code == RefundFailure.BALANCE


@pytest.mark.rule("H9")
async def test_a_page_is_refused_in_stripes_own_words(stripe: Loopback, till: StripeTill):
    stripe.says(LOOK, refusal(400, code="insufficient_funds"))

    with pytest.raises(TillRefused) as refused:
        await till.look("cs_test_1")

    assert refused.value.code == "insufficient_funds"


async def test_a_refund_that_was_asked_before_is_looked_at_anew(stripe: Loopback, till: StripeTill, samples: Samples):
    stripe.says(REFUND, Says(samples.refund(status="pending"), headers=OLD))
    stripe.says(f"GET {REFUNDS}/re_1", samples.refund(status="succeeded"))

    assert (await till.refund(a_refund_order())).state is RefundState.DONE


@pytest.mark.rule("H7")
async def test_a_payment_that_was_paid_back_already_counts_as_done(
    stripe: Loopback, till: StripeTill, samples: Samples
):
    by_hand = samples.refund(id="re_2", metadata={})
    stripe.says(REFUND, refusal(400, code="charge_already_refunded"))
    stripe.says(LIST_REFUNDS, a_list(samples.refund(id="re_3", status="failed", metadata={}), by_hand))

    answer = await till.refund(a_refund_order())

    assert (answer.ref, answer.state, answer.refund_id) == ("re_2", RefundState.DONE, "")


async def test_our_own_refund_goes_before_others(stripe: Loopback, till: StripeTill, samples: Samples):
    stripe.says(REFUND, refusal(400, code="charge_already_refunded"))
    stripe.says(LIST_REFUNDS, a_list(samples.refund(id="re_2", metadata={}), samples.refund()))

    assert (await till.refund(a_refund_order())).ref == "re_1"


@pytest.mark.rule("H9")
@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("charge_disputed", RefundFailure.DISPUTED),
        ("refund_disputed_payment", RefundFailure.DISPUTED),
        ("balance_insufficient", RefundFailure.BALANCE),
        ("idempotency_error", RefundFailure.UNKNOWN),
        ("charge_already_refunded", "charge_already_refunded"),
    ],
)
async def test_a_refund_that_cannot_be_is_refused_with_the_reason(
    code: str, why: str, stripe: Loopback, till: StripeTill
):
    kind = "idempotency_error" if code == "idempotency_error" else "invalid_request_error"
    stripe.says(REFUND, refusal(400, kind=kind, code=code))
    stripe.says(LIST_REFUNDS, a_list())

    with pytest.raises(TillRefused) as refused:
        await till.refund(a_refund_order())

    assert refused.value.code == why


async def test_a_refund_whose_key_was_used_is_found(stripe: Loopback, till: StripeTill, samples: Samples):
    stripe.says(REFUND, refusal(400, kind="idempotency_error"))
    stripe.says(LIST_REFUNDS, a_list(samples.refund(status="pending")))

    assert (await till.refund(a_refund_order())).state is RefundState.SENT


# -- a payment --


@pytest.mark.rule("H9")
@pytest.mark.parametrize(
    ("statuses", "state"),
    [
        ((), None),
        (("needs_response",), DisputeState.OPEN),
        (("warning_needs_response",), DisputeState.OPEN),
        (("under_review",), DisputeState.OPEN),
        (("something_new",), DisputeState.OPEN),
        (("won",), DisputeState.WON),
        (("warning_closed",), DisputeState.WON),
        (("lost",), DisputeState.LOST),
        (("won", "lost"), DisputeState.LOST),
        (("lost", "needs_response"), DisputeState.OPEN),
    ],
)
async def test_a_payment_comes_with_its_refunds_and_its_dispute(
    statuses: tuple[str, ...], state: DisputeState | None, stripe: Loopback, till: StripeTill, samples: Samples
):
    stripe.says(LIST_REFUNDS, a_list(samples.refund(), samples.refund(id="re_2", metadata={}, amount=50)))
    stripe.says(f"GET {DISPUTES}", a_list(*(a_dispute(status) for status in statuses)))

    charge = await till.charge("pi_1")

    assert [(one.ref, one.refund_id) for one in charge.refunds] == [("re_1", "refund-1"), ("re_2", "")]
    assert charge.dispute is state
    assert [one.params["payment_intent"] for one in stripe.asked] == ["pi_1", "pi_1"]


async def test_a_dispute_of_the_other_mode_is_not_believed(stripe: Loopback, till: StripeTill):
    stripe.says(LIST_REFUNDS, a_list())
    stripe.says(f"GET {DISPUTES}", a_list(a_dispute("lost", livemode=True)))

    with pytest.raises(TillRefused):
        await till.charge("pi_1")


# -- failures --

BACK_OFF = {
    "a flood": refusal(429, kind="rate_limit_error"),
    "a flood as it was said before": refusal(400, code="rate_limit"),
    "a lock": refusal(429, code="lock_timeout"),
    "another call with the key under way": refusal(409, code="idempotency_key_in_use"),
    "Stripe's own failure": refusal(500, kind="api_error"),
    "overload": refusal(503, kind="api_error"),
    "a gateway's page": Says("<html>Bad gateway</html>", 502),
    "a gateway's page that looks like an answer": Says("<html>Welcome</html>"),
    "a gateway's own not found": Says("<html>Not found</html>", 404),
    "a gateway's JSON": Says({"error": "upstream is away"}, 502),
    "no object": Says([]),
    "an error without a body": Says({}, 400),
    "a redirect": Says("", 304),
    "a line that breaks": HANGS_UP,
}


@pytest.mark.parametrize("says", BACK_OFF.values(), ids=BACK_OFF)
async def test_what_is_no_answer_is_asked_again(says: Says, stripe: Loopback, till: StripeTill):
    stripe.says(OPEN, says)

    with pytest.raises(Trouble) as trouble:
        await till.open(an_order(), "key-1")

    assert not isinstance(trouble.value, TillShut)
    assert len(stripe.asked) == 1  # the SDK tries nothing again by itself


@pytest.mark.parametrize("status", [401, 403])
async def test_a_key_that_is_no_good_shuts_the_till(status: int, stripe: Loopback, till: StripeTill):
    stripe.says(OPEN, refusal(status))

    with pytest.raises(TillShut):
        await till.open(an_order(), "key-1")


@pytest.mark.parametrize(
    ("says", "code"),
    [
        (refusal(400, code="parameter_invalid_empty", param="success_url"), "parameter_invalid_empty"),
        (refusal(400, param="expires_at"), "invalid_request_error"),
        (refusal(402, kind="card_error", code="card_declined"), "card_declined"),
        (refusal(404, code="resource_missing"), "resource_missing"),
    ],
)
async def test_what_stripe_will_never_do_is_refused(says: Says, code: str, stripe: Loopback, till: StripeTill):
    stripe.says(OPEN, says)

    with pytest.raises(TillRefused) as refused:
        await till.open(an_order(), "key-1")

    assert refused.value.code == code
    assert "req_1" in str(refused.value)


async def test_nobody_listening_is_trouble(till: StripeTill, unused_tcp_port: int):
    api = Api("sk_test_a", f"http://127.0.0.1:{unused_tcp_port}")

    with pytest.raises(Trouble):
        await StripeTill(api).look("cs_test_1")
    await api.close()


async def test_an_answer_that_does_not_come_is_trouble():
    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()
        left.set()

    left = asyncio.Event()
    silent = await asyncio.start_server(listen, "127.0.0.1", 0)
    async with silent:
        address = f"http://127.0.0.1:{silent.sockets[0].getsockname()[1]}"
        api = Api("sk_test_a", address, answer_in=ClientTimeout(total=0.05))
        with pytest.raises(Trouble):
            await StripeTill(api).look("cs_test_1")
        await api.close()
        await left.wait()


async def test_an_answer_that_breaks_off_is_trouble():
    async def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{"id": ')
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(begin, "127.0.0.1", 0)
    async with server:
        api = Api("sk_test_a", f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
        with pytest.raises(Trouble, match="broke off"):
            await StripeTill(api).look("cs_test_1")
        await api.close()


async def test_what_people_typed_stays_out_of_errors_and_logs(
    stripe: Loopback, till: StripeTill, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.WARNING, logger="stripe")
    stripe.says(OPEN, refusal(400, code="email_invalid", param="customer_email"))

    with pytest.raises(TillRefused) as refused:
        await till.open(an_order(), "key-1")

    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__
    assert "ana@example.com" not in str(refused.value)
    assert "ana@example.com" not in caplog.text
    assert "customer_email" in str(refused.value)
