"""Finding bookings by what people remember of them: a code, a name, an address, a number, or how one of them begins.

Beside each booking stand its words as they are looked for: small letters without marks, and numbers in digits alone.
"""

import re
import unicodedata

from core.booking.booking import Booking

LONGEST = 100  # characters of what is looked for
_LEAST_DIGITS = 3  # fewer are in every number
#: What people write between the digits of a number, or before it.
_BETWEEN = re.compile(r"[\s()+./#-]")


def words_of(booking: Booking) -> str:
    """What the booking is found by, a blank before each word."""
    code, contact = booking.code, booking.contact
    said = [code, code.rpartition("-")[2]]
    if contact:
        said += [contact.name, contact.email, (contact.phone or "").removeprefix("+")]
    return f" {' '.join(map(_plain, said))}"


def pattern_of(text: str) -> str | None:
    """What LIKE finds the text by, with "/" before each sign that means another one; None where nothing is looked for.

    Letters begin a word. Digits stand anywhere in a number, as few write it with its country's code.
    """
    text = text[:LONGEST]
    digits = _BETWEEN.sub("", text)
    if digits.isdecimal() and digits.isascii() and len(digits) >= _LEAST_DIGITS:
        return f"%{digits.lstrip('0') or digits}%"
    plain = re.sub(r"([%_/])", r"/\1", _plain(text))
    return f"% {plain}%" if plain else None


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(char for char in apart if not unicodedata.combining(char)).replace("\0", "").split())
