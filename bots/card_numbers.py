"""Payment cards' numbers that people type into a chat: they are masked before anything is stored."""

import re
from dataclasses import dataclass
from typing import Final

_DIGITS: Final = re.compile(r"\d+")
_NUMBERS: Final = re.compile(r"\+?\d(?:[ \u00a0.\-–]?\d){12,}")
_LONGEST_PHONE: Final = 15  # digits; ITU-T E.164


@dataclass(frozen=True, slots=True)
class _Issuers:
    """The first digits of a scheme's cards, from one to another, and how many digits such a card has."""

    first: str
    last: str
    lengths: frozenset[int]

    def made(self, number: str) -> bool:
        return len(number) in self.lengths and self.first <= number[: len(self.first)] <= self.last


def _issuers(lengths: str, *prefixes: str) -> tuple[_Issuers, ...]:
    """Prefixes are such as "36" or "300-305", lengths such as "14-19" or "13 16 19"."""
    counts = frozenset(
        length
        for span in lengths.split()
        for length in range(int(span.partition("-")[0]), int(span.rpartition("-")[2]) + 1)
    )
    return tuple(_Issuers(prefix.partition("-")[0], prefix.rpartition("-")[2], counts) for prefix in prefixes)


#: As the schemes have published them; ISO/IEC 7812 leaves at most 19 digits, and no scheme has fewer than 13 in use but
#: Maestro, whose cards of 12 look like telephone numbers.
_SCHEMES: Final = (
    *_issuers("13 16 19", "4"),  # Visa
    *_issuers("16", "51-55", "2221-2720"),  # Mastercard
    *_issuers("15", "34", "37"),  # American Express
    *_issuers("16-19", "6011", "644-649", "65"),  # Discover; what it shares with UnionPay is there
    *_issuers("16-19", "3528-3589"),  # JCB
    *_issuers("14-19", "300-305", "3095", "36", "38-39"),  # Diners Club
    *_issuers("16-19", "62", "8100-8171"),  # UnionPay
    *_issuers("13-19", "50", "56-58", "63", "67"),  # Maestro
)
_LENGTHS: Final = frozenset[int]().union(*(issuers.lengths for issuers in _SCHEMES))
_LONGEST: Final = max(_LENGTHS)


def masked(text: str) -> str:
    """The text with each number that may be a payment card's cut down to its last four digits."""
    return _NUMBERS.sub(lambda match: _masked_run(match.group()), text)


def _masked_run(run: str) -> str:
    """A run of digits in groups, where a card's number may stand between others: its date, its check number."""
    if run.startswith("+") and sum(char.isdecimal() for char in run) <= _LONGEST_PHONE:
        return run
    groups = list(_DIGITS.finditer(run))
    shown: list[str] = []
    at = first = 0
    while first < len(groups):
        start = groups[first].start()
        last = _end_of_card(groups[first : first + _LONGEST])
        if last:
            end = groups[first + last - 1].end()
            shown += [run[at:start], "•••• ", _digits(run[start:end])[-4:]]
            at = end
        first += last or 1
    return "".join(shown) + run[at:]


def _end_of_card(groups: list[re.Match[str]]) -> int:
    """How many of the groups, from the first on, make a card's number; 0 for none."""
    digits, found = "", 0
    for count, group in enumerate(groups, start=1):
        digits += group.group()
        if len(digits) > _LONGEST:
            break
        if len(digits) in _LENGTHS and _is_card_number(_plain(digits)):
            found = count
    return found


def _is_card_number(number: str) -> bool:
    """Whether some scheme issues such numbers, and the check digit of ISO/IEC 7812 (Luhn's) is right."""
    return any(issuers.made(number) for issuers in _SCHEMES) and _sums_up(number)


def _sums_up(number: str) -> bool:
    digits = [int(digit) for digit in number]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[-2::-2])
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _plain(digits: str) -> str:
    """The digits of whatever script as 0 to 9."""
    return "".join(str(int(digit)) for digit in digits)


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdecimal())
