"""Numbers as people type them, with the digits, points and commas of their language, read strictly."""

import re
import unicodedata
from decimal import Decimal
from typing import Final

from babel.numbers import NumberFormatError, get_decimal_symbol, get_group_symbol, parse_decimal

from conversations.words import locale_of
from core.paperwork.questionnaire import LONGEST_NUMBER
from core.values.refusals import Refusal

LONGEST: Final = 2 * LONGEST_NUMBER  # characters: as many separators as digits are no number either

_SHAPE: Final = re.compile(r"-?\d[\d.,'’ ]*")
#: A point to one person is a comma to another: these are a thousand times apart, so nobody guesses.
_UNCLEAR: Final = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}")
_ARABIC: Final = {"٫": ".", "٬": ",", "−": "-"}


class NotANumber(Refusal):
    """An answer to a question for a number is one, whole or with decimals. The hint `unclear`: 1.500 could be two."""


def read_number(text: str, language: str) -> str:
    """The number as plain digits with a point, such as 1500.5. Raises NotANumber."""
    locale = locale_of(language)
    typed = _tidy(text)
    if len(typed) > LONGEST or not _SHAPE.fullmatch(typed):
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
        raise NotANumber
    return plain


def _plain_number(number: Decimal) -> str:
    """Without zeros that say nothing, and never as a power of ten."""
    return f"{(number + 0).normalize():f}"  # adding 0 takes the sign from -0


def _tidy(text: str) -> str:
    """Digits of every script as 0 to 9, and single spaces."""
    folded = unicodedata.normalize("NFKC", text[: 4 * LONGEST])
    return " ".join("".join(_digit(one) for one in folded).split())


def _digit(one: str) -> str:
    return str(unicodedata.decimal(one)) if one.isdecimal() else _ARABIC.get(one, one)
