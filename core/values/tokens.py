"""Names that cannot be guessed: row ids, one-time secrets and the lasting links that a card can show again."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable
from datetime import datetime

#: Crockford's alphabet in lower case: no i, l, o, u, so that an id survives being read aloud.
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_ID_LENGTH = 18  # 9 characters of milliseconds (45 bits: until the year 3084) and 9 of chance (45 bits)
LINK_LENGTH = 22  # characters of base64url: 132 bits shown of a 256-bit HMAC; DECISIONS 10

RandomBits = Callable[[int], int]


def _spell(number: int, length: int) -> str:
    letters: list[str] = []
    for _ in range(length):
        number, digit = divmod(number, 32)
        letters.append(_ALPHABET[digit])
    return "".join(reversed(letters))


def new_id(now: datetime, random_bits: RandomBits = secrets.randbits) -> str:
    """A row's id: 18 characters that sort by time. It is a name, not a secret: knowing it grants nothing."""
    half = _ID_LENGTH // 2
    return _spell(int(now.timestamp() * 1000), half) + _spell(random_bits(5 * half), half)


def new_secret() -> str:
    """A one-time secret of 128 bits in 22 characters. Store `digest(secret)`, never the secret."""
    return base64.urlsafe_b64encode(secrets.token_bytes(16)).rstrip(b"=").decode()


def digest(secret: str) -> str:
    """What is stored of a one-time secret: SHA-256 in hex."""
    return hashlib.sha256(secret.encode()).hexdigest()


def link_token(key: bytes, kind: str, row_id: str, generation: int = 1) -> str:
    """The lasting token of a row's link. A higher generation makes another token, so the old link is dead."""
    message = f"{kind}:{row_id}:{generation}".encode()
    mac = hmac.new(key, message, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mac).decode()[:LINK_LENGTH]
