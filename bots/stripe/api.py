"""Stripe's API through its SDK, in plain JSON: addresses and parameters in, dictionaries out.

Answers are not made into the SDK's objects: building them costs more than the call. Nothing is tried twice here: the
cashier does that, with the same key.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast
from urllib.parse import quote

import stripe
from aiohttp import ClientError, ClientTimeout

from bots.stripe.errors import failure_of, is_replayed
from core.values.refusals import Trouble

Json = dict[str, Any]

STRIPE: Final = "https://api.stripe.com"
#: Seconds. Making a page takes Stripe about one; after this nobody knows whether it was made.
ANSWER_IN: Final = ClientTimeout(total=8, sock_connect=4)
PAGE: Final = 100  # rows of a list, Stripe's most


@dataclass(frozen=True, slots=True)
class Told:
    """An answer. `is_old`: it was stored when the key was used first, and things may stand otherwise by now."""

    body: Json
    is_old: bool = False


class Api:
    """One account. Calls raise Trouble, TillShut or TillRefused."""

    def __init__(self, key: str, address: str = STRIPE, *, answer_in: ClientTimeout = ANSWER_IN) -> None:
        stripe.enable_telemetry = False  # it would tell Stripe which machine this is, and how long each call took
        # Measured through a loopback server: 0.7 ms of CPU a call; with HTTPXClient 1.9 ms, and with the SDK's objects
        # 1.2 ms more each.
        self._http = stripe.AIOHTTPClient(timeout=answer_in)
        client = stripe.StripeClient(
            key, http_client=self._http, max_network_retries=0, base_addresses={"api": address}
        )
        # Half of its types are missing.
        self._raw_request = cast(Callable[..., Awaitable[stripe.StripeResponse]], client.raw_request_async)
        self.is_live: Final = is_live(key)

    async def get(self, path: str, **params: Any) -> Json:
        return (await self._call("get", path, params)).body

    async def post(self, path: str, params: Mapping[str, Any], *, key: str | None = None) -> Told:
        """Without a `key` of ours, Stripe may do it as often as it is asked."""
        return await self._call("post", path, {**params, "idempotency_key": key} if key else params)

    async def list(self, path: str, **params: Any) -> AsyncGenerator[Json]:
        """Every row, the newest first."""
        after: Json = {}
        while True:
            page = await self.get(path, **params, **after, limit=PAGE)
            rows: list[Json] = page["data"]
            for row in rows:
                yield row
            if not rows or not page.get("has_more"):
                return
            after = {"starting_after": rows[-1]["id"]}

    async def close(self) -> None:
        await self._http.close_async()

    async def _call(self, method: str, path: str, params: Mapping[str, Any]) -> Told:
        try:
            answer = await self._raw_request(method, path, **params)
        except stripe.StripeError as error:
            raise failure_of(error) from None  # its words stay where they are, see `errors`
        except (ClientError, OSError) as error:  # the connection broke while the body came
            raise Trouble(f"the answer broke off: {type(error).__name__}") from error
        except (AttributeError, TypeError, ValueError):  # the SDK stumbles over a gateway's `{"error": "some words"}`
            raise Trouble("an answer that is not Stripe's") from None
        if not isinstance(answer.data, dict):
            raise Trouble("an answer that is not Stripe's")
        return Told(cast(Json, answer.data), is_replayed(answer.headers))


def is_live(key: str) -> bool:
    """Whether real money moves with the key; a restricted one (rk_) tells it like a secret one (sk_)."""
    return key.split("_")[1:2] == ["live"]


def path(*parts: str) -> str:
    """`/v1/…`, with ids in it that cannot lead elsewhere."""
    return "/v1/" + "/".join(quote(part, safe="") for part in parts)
