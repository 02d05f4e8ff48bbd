"""How each setting of the studio stands now, in words."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

from conversations.screens import Value, say
from conversations.studio.turn import StudioTurn
from conversations.studio.typed_places import country_name, currency_name
from conversations.words import city, number_text, time_text
from core.booking.contact import spoken_phone

_SHOWN: Final = 60  # characters of a long text
_ANY_DAY: Final = date(2026, 1, 1)


def _zone(turn: StudioTurn) -> Value:
    return say("setting-none") if turn.studio.zone_name == "UTC" else city(turn.studio.zone_name)


def _phone(turn: StudioTurn) -> Value:
    return _or_none(spoken_phone(turn.studio.phone) if turn.studio.phone else None)


def _quiet(turn: StudioTurn) -> Value:
    quiet = turn.studio.quiet
    return say("a-span", begins=_clock(turn, quiet.begins), ends=_clock(turn, quiet.ends))


def _tax(turn: StudioTurn) -> Value:
    tax = turn.studio.tax
    if tax is None:
        return say("setting-none")
    rate = number_text(Decimal(tax.rate_hundredths) / 100, turn.language)
    return say("tax-included" if tax.inclusive else "tax-on-top", name=tax.name, rate=rate)


def _switched(name: str) -> Callable[[StudioTurn], Value]:
    return lambda turn: say("option-yes" if getattr(turn.studio, name) else "option-no")


def _or_none(text: str | None) -> Value:
    return text or say("setting-none")


def _begun(text: str) -> str:
    """How a long text begins."""
    begun = text.partition("\n")[0][:_SHOWN]
    return begun if begun == text else f"{begun}…"


def _clock(turn: StudioTurn, at: time) -> str:
    return time_text(datetime.combine(_ANY_DAY, at), turn.language)


VALUES: Final[Mapping[str, Callable[[StudioTurn], Value]]] = {
    "name": lambda turn: turn.studio.name,
    "zone": _zone,
    "country": lambda turn: country_name(turn.studio.country, turn.language),
    "currency": lambda turn: say(
        "a-currency", name=currency_name(turn.studio.currency, turn.language), code=turn.studio.currency
    ),
    "phone": _phone,
    "email": lambda turn: _or_none(turn.studio.email),
    "privacy": lambda turn: _or_none(_begun(turn.studio.privacy_notice or "")),
    "quiet": _quiet,
    "tax": _tax,
    "phones": _switched("phone_required"),
    "shooters": _switched("several_shooters"),
    "override": _switched("hold_override"),
    "due": lambda turn: say("count-days", count=turn.studio.balance_due.days),
    "cancel": lambda turn: say("count-hours", count=int(turn.studio.cancel_until.total_seconds() // 3600)),
    "photos": lambda turn: say("count-days", count=turn.studio.photos_kept.days),
}
