"""A child process that answers every question about a Checkout Session with "paid", as fast as it can.

The session's id says its checkout and its payment: `cs_test_<checkout>`. The strict stand-in of the demo is for truth.
"""

import asyncio
import json
import re

AMOUNT = 15_000
CURRENCY = "usd"
_ASKED = re.compile(rb"GET /v1/checkout/sessions/cs_test_(\w+)")


class _Connection(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        asked = _ASKED.match(data)
        if not asked:
            self._transport.close()
            return
        body = json.dumps(paid_session(asked[1].decode())).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        self._transport.write(head.encode() + body)


def paid_session(checkout_id: str) -> dict[str, object]:
    """What Stripe says of a page that was paid, as far as the program reads it, and about as long as the real one."""
    return {
        "id": f"cs_test_{checkout_id}",
        "object": "checkout.session",
        "amount_total": AMOUNT,
        "client_reference_id": checkout_id,
        "currency": CURRENCY,
        "livemode": False,
        "metadata": {"checkout": checkout_id},
        "mode": "payment",
        "payment_intent": f"pi_{checkout_id}",
        "payment_status": "paid",
        "status": "complete",
        "url": None,
        "custom_text": {"submit": {"message": "x" * 1500}},
    }


async def _serve() -> None:
    server = await asyncio.get_running_loop().create_server(_Connection, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve())
