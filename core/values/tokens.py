"""Names that cannot be guessed: row ids, one-time secrets and the lasting links that a card can show again."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count

#: Crockford's alphabet in lower case: no i, l, o, u, so that an id survives being read aloud.
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_PAIRS = tuple(high + low for high in _ALPHABET for low in _ALPHABET)
_CHANCE = 45  # bits: the later 9 of an id's 18 characters; the first 9 are milliseconds (45 bits: until the year 3084)
_SHIFTS = range(80, -1, -10)  # where each pair of characters begins
LINK_LENGTH = 22  # characters of base64url: 132 bits shown of a 256-bit HMAC; DECISIONS 10

RandomBits = Callable[[int], int]


def new_ids(now: datetime, random_bits: RandomBits = secrets.randbits) -> Iterator[str]:
    """Ids for rows that are made at that time, without end: 18 characters that sort as the rows were made.

    An id is a name, not a secret: knowing it grants nothing.
    """
    first = int(now.timestamp() * 1000) << _CHANCE | random_bits(_CHANCE)
    for number in count(first):
        yield "".join([_PAIRS[number >> shift & 1023] for shift in _SHIFTS])


def new_id(now: datetime, random_bits: RandomBits = secrets.randbits) -> str:
    """A row's id, of one that is made alone."""
    return next(new_ids(now, random_bits))


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
