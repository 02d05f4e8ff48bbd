"""The line of /reserve, in any order: "10:40 for Grandma Liu -20% unpaid until Fri 18:00 note bring the dog" (D1).

Whom it is for is a note; beside an e-mail address or a number with its +, it is the client's name (D5).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from conversations.studio.typed_money import Foreign, Till, amount, bare, is_code_of_words, read_amount
from conversations.typed_text import Slate
from conversations.typed_words import whole
from core.booking.contact import PhoneUnreadable, read_phone
from core.minis.mini import Share
from core.values.money import WHOLE

LONGEST: Final = 300  # characters of a line
_NO_MATTER: Final = "US"  # the country, where a number has its +

_PERCENT: Final = r"(?P<percent>\d{1,3}(?:[.,]\d{1,2})?) ?%"
_OFF: Final = r"(?: ?(?:off|discount|less|rabatt|nachlass|de descuento|descuento|menos))?"
_DISCOUNTS: Final = (
    re.compile(rf"(?<![\w.,])-? ?{_PERCENT}{_OFF}"),
    re.compile(rf"(?<!\w)- ?(?:{amount('r')}|{bare('r')}){_OFF}"),
    re.compile(rf"(?:{amount('r')}) ?(?:off|discount|less|rabatt|nachlass|de descuento|menos)(?!\w)"),
)
_OUTSIDE: Final = whole("unpaid|pays? outside|paid outside|paid directly|pays? directly|zahlt direkt|paga aparte")
_NEXT: Final = r"(?= (?:for|fur|para|until|till|bis|hasta|note|notiz|nota)(?!\w)|\0|$)"
_NOTE: Final = re.compile(r"(?<!\w)(?:note|notiz|nota)[:=]? (?P<note>[^\0]+)")
_FOR: Final = re.compile(rf"(?<!\w)(?:for|fur|para) (?P<whom>[^\0]+?){_NEXT}")
_EMAIL: Final = re.compile(r"(?<![^\s\0])(?:(?:for|fur|para) )?(?P<email>[^\s\0@]+@[^\s\0@]+[^\W\0])")
_PHONE: Final = re.compile(r"(?<![^\s\0])(?:(?:for|fur|para) )?(?P<phone>\+\d[\d ().-]{5,}\d)(?![\d:%])")
#: A word that may go on what stands before it, as in "28 Nov" or "9am".
_GOES_ON: Final = re.compile(rf"(?!{_NEXT}) ?[^\W\d_]")
_UNTIL: Final = re.compile(rf"(?<!\w)(?:until|till|bis|hasta) (?P<until>[^\0]+?){_NEXT}")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedReserve:
    """What was said. The words of the spot and of the end are read by those who know the spots and the clock."""

    spot: str = ""
    note: str = ""
    discount: Share | None = None
    outside: bool = False
    until: str = ""
    #: Name, email and phone, as typed, as far as they were said; they are read as a client's own.
    client: Mapping[str, str] = field(default_factory=dict[str, str])
    #: A discount in another currency, or one that can be read in two ways, as typed: it is asked.
    unclear: tuple[str, ...] = ()


def read_reserve_line(text: str, till: Till) -> TypedReserve:
    """Everything that is no note, no discount, no end and no way to pay is what was said of the spot."""
    slate = Slate(text[:LONGEST])
    remark = slate.take(_NOTE)
    email, phone = slate.take(_EMAIL), _take_phone(slate)
    discount, unclear = _take_discount(slate, till)
    outside = slate.take(_OUTSIDE) is not None
    until = slate.take(_UNTIL)
    whom = slate.take(_FOR)
    name, reach = _typed(slate, whom, "whom"), {"email": _typed(slate, email, "email"), "phone": phone}
    is_client = any(reach.values())
    notes = ("" if is_client else name, _typed(slate, remark, "note"))
    return TypedReserve(
        spot=" ".join(slate.not_understood(re.compile(r"\0+"))),
        note=" · ".join(note for note in notes if note),
        discount=discount,
        outside=outside,
        until=_typed(slate, until, "until"),
        client={"name": name, **reach} if is_client else {},
        unclear=unclear,
    )


def read_discount(text: str, till: Till) -> Share | None:
    """A discount alone, with or without its minus; None where it is none, or nobody knows how much."""
    found, unclear = _take_discount(Slate(f"-{text.strip().lstrip('-−–').strip()}"), till)
    return None if unclear else found


def _take_phone(slate: Slate) -> str:
    """As much of the figures as is a number: a day or an hour may stand behind it.

    Many countries have numbers of no fixed length, so what looks like one of those two is tried without it first.
    """
    match = _PHONE.search(slate.left)
    if match is None:
        return ""
    start, end = match.span("phone")
    words = slate.shown[start:end].split(" ")
    begun = [" ".join(words[:count]) for count in range(len(words), 0, -1)]
    if len(words[-1]) <= 2 and _GOES_ON.match(slate.left, end):
        begun = [*begun[1:], begun[0]]
    phone = next((one for one in begun if _is_phone(one)), slate.shown[start:end])
    slate.strike(match.start(), start + len(phone))
    return phone


def _is_phone(text: str) -> bool:
    try:
        read_phone(text, _NO_MATTER)
    except PhoneUnreadable:
        return False
    return True


def _take_discount(slate: Slate, till: Till) -> tuple[Share | None, tuple[str, ...]]:
    for pattern in _DISCOUNTS:
        for match in pattern.finditer(slate.left):
            if "r_number" in match.groupdict() and is_code_of_words(match, "r", slate):
                continue
            slate.strike(*match.span())
            share = _share(match, slate, till)
            return share, () if share else (slate.taken_as_typed(match),)
    return None, ()


def _share(match: re.Match[str], slate: Slate, till: Till) -> Share | None:
    if percent := match.groupdict().get("percent"):
        part, _, decimals = percent.replace(",", ".").partition(".")
        hundredths = int(part) * 100 + int(decimals.ljust(2, "0"))
        return Share(percent_hundredths=hundredths) if 0 < hundredths <= WHOLE else None
    money = read_amount(match, "r", slate, till)
    return Share(amount=money) if money and not isinstance(money, Foreign) else None


def _typed(slate: Slate, match: re.Match[str] | None, group: str) -> str:
    if match is None:
        return ""
    start, end = match.span(group)
    return slate.shown[start:end].strip(" ,;.")
