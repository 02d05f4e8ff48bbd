"""Events as Stripe signs them, and as somebody else might try to."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from stripe import WebhookSignature

SECRET = "whsec_OfTheTests"


def signed(event: Any, *, secret: str = SECRET, age: timedelta = timedelta(0)) -> tuple[bytes, str]:
    body = json.dumps(event)
    return body.encode(), signature_of(body, secret=secret, age=age)


def signature_of(body: str, *, secret: str = SECRET, age: timedelta = timedelta(0)) -> str:
    at = int((datetime.now(UTC) - age).timestamp())
    return WebhookSignature.generate_signature_header(body, secret, at)


def forged_requests(event: dict[str, Any]) -> dict[str, tuple[bytes, str | None]]:
    """Requests that nobody may believe, by what is wrong with them: each a body and the header, if there is one."""
    body, right = signed(event)
    moment, _, digest = right.partition(",")
    digest = digest.removeprefix("v1=")
    text = body.decode()
    return {
        # Headers.
        "no header": (body, None),
        "an empty header": (body, ""),
        "a comma": (body, ","),
        "an equals sign": (body, "="),
        "no time": (body, f"v1={digest}"),
        "no signature": (body, moment),
        "an empty time": (body, f"t=,v1={digest}"),
        "an empty signature": (body, f"{moment},v1="),
        "a short signature": (body, f"{moment},v1={digest[:-1]}"),
        "a long signature": (body, f"{moment},v1={digest}0"),
        "a signature in capitals": (body, f"{moment},v1={digest.upper()}"),
        "a signature of zeros": (body, f"{moment},v1={'0' * 64}"),
        "a signature that is no hexadecimal": (body, f"{moment},v1={'z' * 64}"),
        "a signature with letters beyond ASCII": (body, f"{moment},v1={'é' * 64}"),
        "a signature of another scheme": (body, f"{moment},v0={digest}"),
        "a time that is no number": (body, f"t=now,v1={digest}"),
        "a time with a point": (body, f"{moment}.0,v1={digest}"),
        "a negative time": (body, f"t=-1,v1={digest}"),
        "an endless time": (body, f"t={'9' * 5000},v1={digest}"),
        "another time": (body, f"t={int(moment[2:]) + 1},v1={digest}"),
        "a semicolon": (body, right.replace(",", ";")),
        "the secret itself": (body, f"{moment},v1={SECRET}"),
        # Signed, and yet.
        "signed with another secret": signed(event, secret="whsec_other"),
        "signed with an empty secret": signed(event, secret=""),
        "signed too long ago": signed(event, age=timedelta(minutes=6)),
        "signed years ago": signed(event, age=timedelta(days=3000)),
        "signed in the future": signed(event, age=-timedelta(minutes=6)),
        "signed for years to come": signed(event, age=-timedelta(days=3000)),
        "of the other mode": signed({**event, "livemode": True}),
        "of no mode": signed({name: value for name, value in event.items() if name != "livemode"}),
        "of an odd mode": signed({**event, "livemode": "false"}),
        "without an id": signed({**event, "id": None}),
        "with an empty id": signed({**event, "id": ""}),
        "with an endless id": signed({**event, "id": "evt_" + "1" * 300}),
        "without a type": signed({**event, "type": None}),
        "without an object": signed({**event, "data": None}),
        "with an object that is a list": signed({**event, "data": {"object": ["pi_1"]}}),
        "a list": signed([event]),
        "a number": signed(7),
        "nothing": (b"", signature_of("")),
        "no JSON": (b"pi_1 was paid", signature_of("pi_1 was paid")),
        "half of the JSON": (body[:-5], signature_of(text[:-5])),
        "a deep nest": (b"[" * 100_000, signature_of("[" * 100_000)),
        # The right signature under another body.
        "a byte changed": (body.replace(b"pi_1", b"pi_2"), right),
        "a byte more": (body + b" ", right),
        "a byte less": (body[:-1], right),
        "not UTF-8": (body.replace(b"pi_1", b"pi\xff1"), right),
        "UTF-16": (text.encode("utf-16"), right),
        "a byte order mark": (b"\xef\xbb\xbf" + body, right),
        "huge": (body + b" " * 300_000, right),
        "huge and signed": signed({**event, "padding": "x" * 300_000}),
    }
