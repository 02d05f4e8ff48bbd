"""Every setting of the studio with its questions, in the order of the list (A2, A5)."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import time, timedelta
from decimal import Decimal
from typing import Any, Final

from conversations.engine import AnyStep
from conversations.fields import NO, YES, Field
from conversations.forms import Form
from conversations.screens import FieldKind, Option, say
from conversations.studio.settings_forms import COUNTRY, CURRENCY, NAME, Read, Wanted, form_of, note, settle, where
from conversations.studio.turn import StudioTurn
from conversations.talk import Answer
from conversations.turn import Misread
from conversations.typed_clocks import span_of
from conversations.typed_lexicons import lexicons_for
from conversations.typed_words import Part
from core.booking.contact import read_email, read_phone
from core.studio.settings import CANCEL_LONGEST, DUE_LONGEST, PHOTOS_LONGEST, SettingWrong
from core.studio.studio import QuietHours, Tax

Steps = Callable[[StudioTurn], Iterator[AnyStep[StudioTurn]]]

_RATE: Final = re.compile(r"(\d{1,2})(?:[.,](\d{1,2}))? ?%?")
_ON_TOP: Final = "on-top"
_INCLUDED: Final = "included"


def _hours(length: timedelta) -> int:
    return int(length.total_seconds() // 3600)


def _whole(most: int, hint: str, least: int = 0) -> Read:
    def read(_turn: StudioTurn, text: str) -> str:
        number = Decimal(text)
        if number != number.to_integral_value() or not least <= number <= most:
            raise SettingWrong(hint=hint, most=most)
        return str(int(number))

    return read


def _read_quiet(turn: StudioTurn, text: str) -> str:
    """ "9pm to 8am", "21-8": from the evening into the morning, where nobody says which half of the day."""
    said = " ".join(text.casefold().split())
    for lexicon in lexicons_for(said, turn.language):
        if span := span_of(said, lexicon):
            begins = (*span.starts.times(Part.EVENING), *span.starts.times())[0]
            ends = (*span.ends.times(Part.MORNING), *span.ends.times())[0]
            if begins != ends:
                return f"{begins:%H:%M}-{ends:%H:%M}"
    raise Misread(key="setting-quiet")


def _quiet(_turn: StudioTurn, answer: str) -> Mapping[str, Any]:
    begins, _, ends = answer.partition("-")
    return {"quiet": QuietHours(begins=time.fromisoformat(begins), ends=time.fromisoformat(ends))}


def _read_rate(_turn: StudioTurn, text: str) -> str:
    """Hundredths of a percent."""
    match = _RATE.fullmatch(text.strip())
    if match is None or not (rate := int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))):
        raise SettingWrong(hint="tax")
    return str(rate)


def _keep_tax(turn: StudioTurn, values: dict[str, str]) -> Answer:
    settle(
        turn,
        tax=Tax(name=values["name"], rate_hundredths=int(values["rate"]), inclusive=values["how"] == _INCLUDED),
    )
    note(turn, "tax")
    return values["name"]


def _no_tax(_turn: StudioTurn, answer: str) -> Mapping[str, Any] | None:
    """Whoever says yes is asked for it next."""
    return {"tax": None} if answer == NO else None


TAXED: Final = form_of("tax", FieldKind.YES_NO, _no_tax)
TAX: Final[Form[StudioTurn]] = Form(
    id="tax_rule",
    title="setting-tax",
    fields=(
        Field(
            id="name",
            kind=FieldKind.LINE,
            label=say("setting-tax-name"),
            ask=lambda _: say("setting-tax-name-ask"),
            suggestions=lambda turn: (turn.studio.tax.name,) if turn.studio.tax else (),
        ),
        Field(
            id="rate",
            kind=FieldKind.LINE,
            label=say("setting-tax-rate"),
            ask=lambda _: say("setting-tax-rate-ask"),
            read=_read_rate,
        ),
        Field(
            id="how",
            kind=FieldKind.CHOICE,
            label=say("setting-tax-how"),
            ask=lambda _: say("setting-tax-how-ask"),
            options=lambda _: (
                Option(_ON_TOP, say("option-tax-on-top")),
                Option(_INCLUDED, say("option-tax-included")),
            ),
        ),
    ),
    accept=_keep_tax,
)


def _taxes(turn: StudioTurn) -> Iterator[AnyStep[StudioTurn]]:
    yield TAXED
    if turn.text("tax") == YES:
        yield TAX


def _switch(id: str, name: str) -> Form[StudioTurn]:
    return form_of(id, FieldKind.YES_NO, lambda _turn, answer: {name: answer == YES})


def _text_or_none(name: str) -> Wanted:
    return lambda _turn, text: {name: text or None}


def _just(form: Form[StudioTurn]) -> Steps:
    def script(_turn: StudioTurn) -> Iterator[AnyStep[StudioTurn]]:
        yield form

    return script


PHONE: Final = form_of(
    "phone",
    FieldKind.PHONE,
    _text_or_none("phone"),
    read=lambda turn, text: read_phone(text, turn.studio.country),
    optional=True,
)
EMAIL: Final = form_of(
    "email", FieldKind.EMAIL, _text_or_none("email"), read=lambda _turn, text: read_email(text), optional=True
)
PRIVACY: Final = form_of("privacy", FieldKind.TEXT, _text_or_none("privacy_notice"), optional=True)
QUIET: Final = form_of("quiet", FieldKind.LINE, _quiet, read=_read_quiet)
PHONES: Final = _switch("phones", "phone_required")
SHOOTERS: Final = _switch("shooters", "several_shooters")
OVERRIDE: Final = _switch("override", "hold_override")
DUE: Final = form_of(
    "due",
    FieldKind.NUMBER,
    lambda _turn, days: {"balance_due": timedelta(days=int(days))},
    read=_whole(DUE_LONGEST.days, "due"),
)
CANCEL: Final = form_of(
    "cancel",
    FieldKind.NUMBER,
    lambda _turn, hours: {"cancel_until": timedelta(hours=int(hours))},
    read=_whole(_hours(CANCEL_LONGEST), "cancel"),
)
PHOTOS: Final = form_of(
    "photos",
    FieldKind.NUMBER,
    lambda _turn, days: {"photos_kept": timedelta(days=int(days))},
    read=_whole(PHOTOS_LONGEST.days, "photos", least=1),
)

SETTINGS: Final[Mapping[str, Steps]] = {
    "name": _just(NAME),
    "zone": where,
    "country": _just(COUNTRY),
    "currency": _just(CURRENCY),
    "phone": _just(PHONE),
    "email": _just(EMAIL),
    "privacy": _just(PRIVACY),
    "quiet": _just(QUIET),
    "tax": _taxes,
    "phones": _just(PHONES),
    "shooters": _just(SHOOTERS),
    "override": _just(OVERRIDE),
    "due": _just(DUE),
    "cancel": _just(CANCEL),
    "photos": _just(PHOTOS),
}
