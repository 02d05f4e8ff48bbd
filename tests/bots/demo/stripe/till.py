"""A program's till: the real library of Stripe against the stand-in, and what it asks for."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from stripe import HTTPXClient, StripeClient

from bots.demo.stripe import StripeAccount

KEY = "sk_test_4eC39HqLyjWDarjtT1zdp7dc"
RESTRICTED_KEY = "rk_test_51LunaPhotoCanOnlyReadAll"
OTHER_KEY = "sk_test_51OtherStudioOtherStudio"
CONNECTED = StripeAccount(id="acct_1Connected", name="Second Shooter")
ACCOUNT = StripeAccount(id="acct_1LunaPhoto", name="Luna Photo", connected=(CONNECTED,))
OTHER_ACCOUNT = StripeAccount(id="acct_1Other", name="Other Studio")
KEYS = {KEY: ACCOUNT, RESTRICTED_KEY: ACCOUNT, OTHER_KEY: OTHER_ACCOUNT}

SUCCESS = "http://127.0.0.1:8080/paid?session={CHECKOUT_SESSION_ID}"
CANCEL = "http://127.0.0.1:8080/back"


@asynccontextmanager
async def library(address: str, key: str = KEY, *, retries: int = 0) -> AsyncGenerator[StripeClient]:
    http = HTTPXClient(timeout=10)
    yield StripeClient(key, base_addresses={"api": address}, http_client=http, max_network_retries=retries)
    await http.close_async()


def a_line(name: str = "Autumn mini", amount: int = 4500, *, currency: str = "usd", quantity: int = 1) -> Any:
    product = {"name": name}
    return {
        "price_data": {"currency": currency, "unit_amount": amount, "product_data": product},
        "quantity": quantity,
    }


def a_session(*lines: Any, **params: Any) -> Any:
    """Parameters of a session; one line of 45 dollars unless told, and what is None is left out."""
    all_of_them = {
        "mode": "payment",
        "line_items": list(lines) or [a_line()],
        "success_url": SUCCESS,
        "cancel_url": CANCEL,
        "metadata": {"booking": "LP4821"},
        "payment_intent_data": {"metadata": {"booking": "LP4821"}},
        **params,
    }
    return {name: value for name, value in all_of_them.items() if value is not None}
