"""A session's life: made, looked at, expired; and everything that is refused when one is made."""

from datetime import timedelta
from typing import Any

import pytest
from stripe import InvalidRequestError, StripeClient

from bots.demo.stripe import Outcome, StripeAccount, StripeStandIn
from tests.bots.demo.clocks import Clock
from tests.bots.demo.stripe.till import SUCCESS, a_line, a_session, library


async def test_a_session_is_open_and_says_what_it_was_made_with(
    standin: StripeStandIn, stripe: StripeClient, clock: Clock
) -> None:
    lines = [a_line("Autumn mini", 4500), a_line("Print", 1250, quantity=2)]
    made = await stripe.v1.checkout.sessions.create_async(
        params=a_session(*lines, client_reference_id="LP4821", customer_email="maya@example.com", locale="es")
    )

    session = await stripe.v1.checkout.sessions.retrieve_async(made.id)

    assert (session.status, session.payment_status, session.payment_intent) == ("open", "unpaid", None)
    assert (session.amount_total, session.currency) == (7000, "usd")
    assert (session.client_reference_id, session.customer_email) == ("LP4821", "maya@example.com")
    assert session.metadata
    assert session.metadata.to_dict() == {"booking": "LP4821"}
    assert session.url == f"{standin.address}/c/pay/{session.id}"
    assert session.success_url == SUCCESS
    assert session.created == int(clock.now.timestamp())
    assert not session.livemode


async def test_the_lines_of_a_session_come_in_its_order(stripe: StripeClient) -> None:
    lines = [a_line("Autumn mini", 4500), a_line("Print", 1250, quantity=2)]
    session = await stripe.v1.checkout.sessions.create_async(params=a_session(*lines))

    items = await stripe.v1.checkout.sessions.line_items.list_async(session.id)

    assert [(item.description, item.quantity, item.amount_total) for item in items.data] == [
        ("Autumn mini", 1, 4500),
        ("Print", 2, 2500),
    ]
    assert [item.price.unit_amount for item in items.data if item.price] == [4500, 1250]


async def refusal(stripe: StripeClient, params: Any) -> tuple[str | None, str | None]:
    """The code and the parameter that making a session is refused with."""
    with pytest.raises(InvalidRequestError) as refused:
        await stripe.v1.checkout.sessions.create_async(params=params)
    assert refused.value.http_status == 400
    return refused.value.code, refused.value.param


@pytest.mark.parametrize(
    ("wrong", "code", "param"),
    [
        ({"mode": None}, "parameter_missing", "mode"),
        ({"line_items": None}, "parameter_missing", "line_items"),
        ({"line_items": []}, "parameter_missing", "line_items"),
        ({"success_url": None}, "parameter_missing", "success_url"),
        ({"success_url": "t.me/LunaPhotoBot"}, "url_invalid", "success_url"),
        ({"success_url": "minis://paid"}, "url_invalid", "success_url"),
        ({"success_url": "https://"}, "url_invalid", "success_url"),
        ({"success_url": "http://[1"}, "url_invalid", "success_url"),
        ({"cancel_url": "https://a b.example"}, "url_invalid", "cancel_url"),
        ({"customer_email": "maya"}, "email_invalid", "customer_email"),
        ({"payment_intent_data": {"receipt_email": "a@b"}}, "email_invalid", "payment_intent_data[receipt_email]"),
        ({"line_items": [a_line(amount=-1)]}, "parameter_invalid_integer", "line_items[0][price_data][unit_amount]"),
        ({"line_items": [a_line(quantity=0)]}, "parameter_invalid_integer", "line_items[0][quantity]"),
        ({"line_items": [a_line(currency="USD")]}, None, "line_items[0][price_data][currency]"),
        ({"line_items": [a_line(), a_line(currency="eur")]}, None, "line_items"),
        ({"line_items": [a_line()] * 101}, None, "line_items"),
        ({"currency": "eur"}, None, "line_items"),
    ],
)
async def test_what_stripe_refuses_is_refused(
    stripe: StripeClient, wrong: dict[str, Any], code: str | None, param: str
) -> None:
    assert await refusal(stripe, a_session(**wrong)) == (code, param)


@pytest.mark.parametrize("part", ["price_data", "quantity"])
async def test_a_line_has_a_price_and_a_quantity(stripe: StripeClient, part: str) -> None:
    line = {name: value for name, value in a_line().items() if name != part}

    assert await refusal(stripe, a_session(line)) == ("parameter_missing", f"line_items[0][{part}]")


@pytest.mark.parametrize("part", ["currency", "unit_amount", "product_data"])
async def test_a_price_has_a_currency_an_amount_and_a_product(stripe: StripeClient, part: str) -> None:
    line = a_line()
    del line["price_data"][part]

    assert await refusal(stripe, a_session(line)) == ("parameter_missing", f"line_items[0][price_data][{part}]")


@pytest.mark.parametrize(
    ("param", "value"),
    [
        ("mode", "setup"),
        ("mode", "subscription"),
        ("ui_mode", "embedded_page"),
        ("after_expiration", {"recovery": {"enabled": True}}),
        ("automatic_tax", {"enabled": True}),
        ("adaptive_pricing", {"enabled": True}),
        ("invoice_creation", {"enabled": True}),
        ("phone_number_collection", {"enabled": True}),
        ("allow_promotion_codes", True),
        ("payment_intent_data", {"capture_method": "manual"}),
        ("customer_creation", "always"),
        ("allowed_payment_method_types", ["ideal"]),
        ("excluded_payment_method_types", ["card"]),
        ("submit_type", "subscribe"),
    ],
)
async def test_what_the_stand_in_does_not_play_is_refused_in_so_many_words(
    stripe: StripeClient, param: str, value: object
) -> None:
    with pytest.raises(InvalidRequestError, match=f"does not play this value of {param}"):
        await stripe.v1.checkout.sessions.create_async(params=a_session(**{param: value}))


@pytest.mark.parametrize(("life", "is_taken"), [(1799, False), (1800, True), (86_400, True), (86_401, False)])
async def test_a_session_lives_between_half_an_hour_and_a_day(
    stripe: StripeClient, clock: Clock, life: int, is_taken: bool
) -> None:
    params = a_session(expires_at=int(clock.now.timestamp()) + life)

    if is_taken:
        assert (await stripe.v1.checkout.sessions.create_async(params=params)).expires_at == params["expires_at"]
    else:
        assert await refusal(stripe, params) == (None, "expires_at")


async def test_a_session_without_an_end_lives_a_day(stripe: StripeClient, clock: Clock) -> None:
    session = await stripe.v1.checkout.sessions.create_async(params=a_session())

    assert session.expires_at == int((clock.now + timedelta(days=1)).timestamp())


async def test_a_session_expires_by_the_clock(standin: StripeStandIn, stripe: StripeClient, clock: Clock) -> None:
    end = int(clock.now.timestamp()) + 1800
    session = await stripe.v1.checkout.sessions.create_async(params=a_session(expires_at=end))

    clock.move(timedelta(seconds=1799))
    assert standin.open_sessions() == [session.id]
    clock.move(timedelta(seconds=1))

    assert (await stripe.v1.checkout.sessions.retrieve_async(session.id)).status == "expired"
    assert standin.open_sessions() == []
    assert standin.pay(session.id).outcome is Outcome.GONE
    assert [event["type"] for event in standin.events] == ["checkout.session.expired"]


async def test_an_expired_session_cannot_be_paid_and_has_no_page(
    standin: StripeStandIn, stripe: StripeClient, session: str
) -> None:
    expired = await stripe.v1.checkout.sessions.expire_async(session)

    assert (expired.status, expired.payment_status, expired.url) == ("expired", "unpaid", None)
    assert standin.pay(session).outcome is Outcome.GONE
    assert standin.ledgers() == {}


@pytest.mark.parametrize("end", ["complete", "expired"])
async def test_only_an_open_session_can_be_expired(
    standin: StripeStandIn, stripe: StripeClient, session: str, end: str
) -> None:
    if end == "complete":
        standin.pay(session)
    else:
        await stripe.v1.checkout.sessions.expire_async(session)

    with pytest.raises(InvalidRequestError, match=rf'status in \["open"\] can be expired.* status of `{end}`'):
        await stripe.v1.checkout.sessions.expire_async(session)


async def test_an_account_that_may_not_charge_makes_no_sessions(standin: StripeStandIn) -> None:
    standin.add_key("sk_test_new", StripeAccount(id="acct_new", name="New", charges_enabled=False))

    async with library(standin.address, "sk_test_new") as stripe:
        with pytest.raises(InvalidRequestError, match="cannot currently make"):
            await stripe.v1.checkout.sessions.create_async(params=a_session())
