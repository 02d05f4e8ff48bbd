"""The calls about Checkout Sessions."""

import re
from typing import Final
from urllib.parse import urlsplit

from bots.demo.stripe.currencies import check_currency, check_total, check_unit_amount
from bots.demo.stripe.fields import Params
from bots.demo.stripe.records import Books, Line, Session
from bots.demo.stripe.refusals import StripeRefusal, bad_request, missing, not_played
from bots.demo.stripe.session_shapes import session_json
from bots.demo.stripe.world import World

LEAST_LIFE: Final = 30 * 60  # seconds; docs.stripe.com/api/checkout/sessions/create#expires_at
LONGEST_LIFE: Final = 24 * 3600
MOST_LINES: Final = 100
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


def create(world: World, books: Books, params: Params) -> dict[str, object]:
    _check_what_is_played(params)
    if "mode" not in params:
        raise missing("mode")
    if not params.groups("line_items"):
        raise missing("line_items")
    _check_urls(params)
    _check_email(params.string("customer_email"), "customer_email")
    _check_email(params.group("payment_intent_data").string("receipt_email"), "payment_intent_data[receipt_email]")
    if not books.account.charges_enabled:
        raise bad_request("Your account cannot currently make live charges.")
    lines = _lines(world, params)
    session = Session(
        id=world.new_id("cs_test", 60),
        url="",
        created=world.unix_now(),
        expires_at=_expires_at(world, params),
        params=params,
        lines=lines,
        currency=lines[0].currency,
    )
    session.url = f"{world.address}/c/pay/{session.id}"
    check_total(session.total, session.currency)
    books.sessions[session.id] = session
    return session_json(session)


def expire(world: World, books: Books, session: Session) -> dict[str, object]:
    if session.status != "open":
        raise bad_request(
            'Only Checkout Sessions with a status in ["open"] can be expired. '
            f"This Checkout Session has a status of `{session.status}`."
        )
    world.expire(books, session)
    return session_json(session)


def return_address(session: Session) -> str:
    """Where somebody who has paid is sent."""
    return session.params.string("success_url").replace("{CHECKOUT_SESSION_ID}", session.id)


def _check_what_is_played(params: Params) -> None:
    intent = params.group("payment_intent_data")
    wrong = {
        "mode": params.string("mode") in {"setup", "subscription"},
        "ui_mode": params.string("ui_mode") not in {"", "hosted_page"},
        "after_expiration[recovery][enabled]": params.group("after_expiration").group("recovery").flag("enabled"),
        "automatic_tax[enabled]": params.group("automatic_tax").flag("enabled"),
        "adaptive_pricing[enabled]": params.group("adaptive_pricing").flag("enabled"),
        "invoice_creation[enabled]": params.group("invoice_creation").flag("enabled"),
        "phone_number_collection[enabled]": params.group("phone_number_collection").flag("enabled"),
        "allow_promotion_codes": params.flag("allow_promotion_codes"),
        "payment_intent_data[capture_method]": intent.string("capture_method") == "manual",
        "customer_creation": params.string("customer_creation") == "always",
        "allowed_payment_method_types": "card" not in (params.strings("allowed_payment_method_types") or ["card"]),
        "excluded_payment_method_types": "card" in params.strings("excluded_payment_method_types"),
        "submit_type": params.string("submit_type") == "subscribe",
    }
    for param, is_wrong in wrong.items():
        if is_wrong:
            raise not_played(f"this value of {param}", param)


def _check_urls(params: Params) -> None:
    if "success_url" not in params:
        raise missing("success_url")
    for name in ("success_url", "cancel_url"):
        if name in params and not _is_url(params.string(name)):
            raise bad_request("Not a valid URL", code="url_invalid", param=name)


def _is_url(given: str) -> bool:
    try:
        parts = urlsplit(given)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not re.search(r"\s", given)


def _check_email(email: str, param: str) -> None:
    if email and not _EMAIL.fullmatch(email):
        raise bad_request(f"Invalid email address: {email}", code="email_invalid", param=param)


def _expires_at(world: World, params: Params) -> int:
    now = world.unix_now()
    given = params.integer("expires_at", now + LONGEST_LIFE)
    if given < now + LEAST_LIFE:
        raise _wrong_end("must be at least 30 minutes from Checkout Session creation.")
    if given > now + LONGEST_LIFE:
        raise _wrong_end("must be less than 24 hours from Checkout Session creation.")
    return given


def _wrong_end(what: str) -> StripeRefusal:
    return bad_request(f"The `expires_at` timestamp {what}", param="expires_at")


def _lines(world: World, params: Params) -> tuple[Line, ...]:
    given = params.groups("line_items")
    if len(given) > MOST_LINES:
        raise bad_request(f"You can pass at most {MOST_LINES} line items", param="line_items")
    lines = tuple(_line(world, line, f"line_items[{index}]") for index, line in enumerate(given))
    currencies = {line.currency for line in lines}
    if len(currencies) > 1 or params.string("currency") not in {"", *currencies}:
        raise bad_request("All line items must have the same currency as the session", param="line_items")
    return lines


def _line(world: World, line: Params, at: str) -> Line:
    price = line.group("price_data")
    product = price.group("product_data")
    for name, given, required in ((at, line, "price_data"), (f"{at}[price_data]", price, "product_data")):
        if required not in given:
            raise missing(f"{name}[{required}]")
    if "unit_amount" not in price:
        raise missing(f"{at}[price_data][unit_amount]")
    if line.integer("quantity", 0) < 1:
        raise (
            missing(f"{at}[quantity]")
            if "quantity" not in line
            else bad_request(
                "This value must be greater than or equal to 1.",
                code="parameter_invalid_integer",
                param=f"{at}[quantity]",
            )
        )
    currency = price.string("currency")
    check_currency(currency, f"{at}[price_data][currency]")
    check_unit_amount(price.integer("unit_amount"), currency, f"{at}[price_data][unit_amount]")
    return Line(
        id=world.new_id("li"),
        price=world.new_id("price"),
        product=world.new_id("prod", 14),
        name=product.string("name"),
        description=product.string("description"),
        unit_amount=price.integer("unit_amount"),
        quantity=line.integer("quantity"),
        currency=currency,
        tax_behavior=price.string("tax_behavior"),
        metadata=line.map("metadata"),
    )
