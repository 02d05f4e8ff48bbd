"""Numbers as people type them, with the digits, points and commas of their language, read strictly."""

import re
import unicodedata
from decimal import Decimal
from typing import Final

from babel.numbers import NumberFormatError, get_decimal_symbol, get_group_symbol, parse_decimal

from conversations.words import locale_of
from core.paperwork.questionnaire import LONGEST_NUMBER
from core.values.refusals import Refusal

TYPED: Final = 4_000  # characters: what is longer is not even read

_SHAPE: Final = re.compile(r"-?\d[\d.,'’ ]*")
#: A point to one person is a comma to another: these are a thousand times apart, so nobody guesses.
_UNCLEAR: Final = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}")
_ARABIC: Final = {"٫": ".", "٬": ",", "−": "-"}


class NotANumber(Refusal):
    """An answer to a question for a number is one, whole or with decimals, of up to 20 characters.

    The hint `unclear`: 1.500 could be two numbers. The hint `too-long`, with most: it is kept as it is or not at all.
    """


def read_number(text: str, language: str) -> str:
    """The number as plain digits with a point, such as 1500.5. Raises NotANumber."""
    locale = locale_of(language)
    if len(text) > TYPED:
        raise NotANumber
    typed = _tidy(text)
    if not _SHAPE.fullmatch(typed):
        raise NotANumber
    group = get_group_symbol(locale)
    if group.isspace():
        typed = typed.replace(" ", group)
    try:
        number = parse_decimal(typed, locale=locale, strict=True)
    except NumberFormatError:
        raise NotANumber from None
    if _UNCLEAR.fullmatch(typed) and get_decimal_symbol(locale) in typed:
        raise NotANumber(hint="unclear")
    plain = _plain_number(number)
    if len(plain) > LONGEST_NUMBER:
        raise NotANumber(hint="too-long", most=LONGEST_NUMBER)
    return plain


def _plain_number(number: Decimal) -> str:
    """Without zeros that say nothing, and never as a power of ten. Nothing is calculated, so nothing is rounded."""
    whole, _, decimals = f"{number:f}".partition(".")
    sign, digits = whole[: whole.startswith("-")], whole.lstrip("-0") or "0"
    decimals = decimals.rstrip("0")
    plain = f"{digits}.{decimals}" if decimals else digits
    return plain if plain == "0" else f"{sign}{plain}"


def _tidy(text: str) -> str:
    """Digits of every script as 0 to 9, and single spaces."""
    folded = unicodedata.normalize("NFKC", text)
    return " ".join("".join(_digit(one) for one in folded).split())


def _digit(one: str) -> str:
    return str(unicodedata.decimal(one)) if one.isdecimal() else _ARABIC.get(one, one)
