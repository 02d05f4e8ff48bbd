"""Who a client is to the studio: name, e-mail and phone, read from what people type (F3)."""

import re
import unicodedata
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

from core.values.refusals import Refusal
from core.values.texts import TURNING, is_seen

SHORTEST_NAME = 2
LONGEST_NAME = 80
LONGEST_EMAIL = 254  # characters; RFC 5321, 4.5.3.1.3, less the angle brackets
LONGEST_PHONE = 40  # characters as typed; E.164 has 15 digits, the rest is spaces and punctuation

#: Beyond this a text is not even normalised: NFKC makes up to 18 characters of one.
_LONGEST_TEXT = 400

#: What messengers make a link of. Not every ending of a domain is here: "Ma.de Lourdes" is a name.
_LINK = re.compile(
    r"""
    :// | @ | \bwww\.      # an address or a mention in so many words
    | \w\.\w+/             # a host with a path: t.me/name
    | \w{2,}\.(?:app|biz|club|co|com|info|io|link|me|net|online|org|ru|shop|site|top|uk|xyz)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)


class NameTooShort(Refusal):
    """A name has at least 2 characters. Facts: least."""


class NameTooLong(Refusal):
    """A name has at most 80 characters. Facts: most."""


class NameUnreadable(Refusal):
    """A name has a letter and nothing that cannot be shown or turns the text around it."""


class NameIsLink(Refusal):
    """A name is no web address, no e-mail address and no mention."""


class EmailCutOff(Refusal):
    """The domain of an e-mail address has a dot.

    Facts: after, what the text seems cut off after; example, the address as it may be meant.
    """


class EmailUnreadable(Refusal):
    """An e-mail address is written as mail programs take it, such as ana@mail.com.

    Facts: hint, what is wrong: "no-at", "two-ats", "space", "before-at", "after-at" or "too-long".
    """


class PhoneUnreadable(Refusal):
    """A phone number is a real one of the studio's country, or of any with + and its code.

    Facts: example, a number of the studio's country as it is written abroad.
    """


@dataclass(frozen=True, slots=True)
class Contact:
    """How a client is called and reached. Made of what `read_name`, `read_email` and `read_phone` gave.

    A booking's has name and e-mail. What a photographer fills in for a client may lack either: it is empty (D5).
    """

    name: str
    email: str
    #: E.164, such as +13125550188; None where it was skipped.
    phone: str | None = None

    def is_complete(self, *, phone_required: bool) -> bool:
        """Whether it says all that a client has to say of themselves (F3)."""
        return bool(self.name and self.email and (self.phone or not phone_required))


def read_name(text: str) -> str:
    """The name as it will stand on papers: compatibility forms unified, blanks folded, invisible characters dropped.

    Raises NameTooShort, NameTooLong, NameUnreadable or NameIsLink.
    """
    if len(text) > _LONGEST_TEXT:
        raise NameTooLong(most=LONGEST_NAME)
    name = _visible(text)
    if len(name) > LONGEST_NAME:
        raise NameTooLong(most=LONGEST_NAME)
    if _LINK.search(name):
        raise NameIsLink
    if any(_is_unshowable(char) for char in name) or (name and not any(one.isalpha() and is_seen(one) for one in name)):
        raise NameUnreadable
    if len(name) < SHORTEST_NAME:
        raise NameTooShort(least=SHORTEST_NAME)
    return name


def read_email(text: str) -> str:
    """The address with its domain in lower case; whether it exists is not asked of anybody.

    Raises EmailCutOff where the domain has no dot yet, else EmailUnreadable.
    """
    if len(text) > _LONGEST_TEXT:
        raise EmailUnreadable(hint="too-long")
    address = _visible(text)
    normal = _normal_address(address)
    if normal is not None:
        return normal
    name, at, domain = address.partition("@")
    begun = domain.rstrip(".")
    whole = _normal_address(f"{name}@{begun or 'mail'}.com")
    if at and "." not in begun and whole is not None:
        raise EmailCutOff(after=begun or "@", example=whole)
    raise EmailUnreadable(hint=_hint(address))


def read_phone(text: str, country: str) -> str:
    """The number in E.164. Without + it is read as of that country (ISO 3166 alpha-2). Raises PhoneUnreadable.

    An extension is refused too: E.164 has no place for it, and without it somebody else would answer.
    """
    import phonenumbers as phones  # noqa: PLC0415 - takes 22 MB, and most of what runs never reads a number

    if len(text) <= LONGEST_PHONE:
        try:
            number = phones.parse(text, country)
        except phones.NumberParseException:
            number = None
        if number and not number.extension and phones.is_valid_number(number):
            return phones.format_number(number, phones.PhoneNumberFormat.E164)
    # A few territories (Antarctica) have no numbers of their own; the United States' show the form as well.
    mobile = phones.PhoneNumberType.MOBILE
    example = phones.example_number_for_type(country, mobile) or phones.example_number_for_type("US", mobile)
    shown = example and phones.format_number(example, phones.PhoneNumberFormat.INTERNATIONAL)
    raise PhoneUnreadable(example=shown)


def spoken_phone(phone: str) -> str:
    """A number in E.164 as people write it: +1 312-555-0188."""
    import phonenumbers as phones  # noqa: PLC0415 - as in `read_phone`

    return phones.format_number(phones.parse(phone), phones.PhoneNumberFormat.INTERNATIONAL)


def _visible(text: str) -> str:
    """The text in NFKC, blanks folded to single spaces, without characters that only a program sees."""
    shown = "".join(char for char in text if unicodedata.category(char) != "Cf" or char in TURNING)
    return " ".join(unicodedata.normalize("NFKC", shown).split())


def _is_unshowable(char: str) -> bool:
    """Controls, halves of surrogates, private and unassigned characters, and those that turn the text around."""
    return unicodedata.category(char) in {"Cc", "Cs", "Co", "Cn"} or char in TURNING


def _normal_address(address: str) -> str | None:
    try:
        return validate_email(address, check_deliverability=False, strict=True).normalized
    except EmailNotValidError:
        return None


def _hint(address: str) -> str:
    name, at, domain = address.partition("@")
    if not at:
        return "no-at"
    if "@" in domain:
        return "two-ats"
    if " " in address:
        return "space"
    if len(address) > LONGEST_EMAIL:
        return "too-long"
    return "before-at" if not name or _normal_address(f"a@{domain}") else "after-at"
