"""A contract before anybody has booked: filled with sample data, so that the studio reads what a client will (B5).

The sample is one booking of somebody who is nobody; messages are filled with it, too (B7).
"""

from dataclasses import replace
from datetime import datetime
from typing import Final

from conversations.screens import say
from conversations.sheets import spoken_terms
from conversations.words import Words
from core.booking.papers import Term
from core.minis.mini import Mini
from core.paperwork.contract import Agreement, Contract
from core.paperwork.fields import Field, filled
from core.studio.studio import Studio
from core.values.money import Money

#: The wall time of the sample's spot, in the studio's zone.
_STARTS: Final = (2030, 10, 12, 10, 15)
FEE: Final = 150  # whole units of the studio's currency
DUE_NOW: Final = 50


def sample_of(words: Words, studio: Studio, contract: Contract) -> Agreement:
    """The contract as it would lie before a client, agreed with nobody."""
    values = sample_values(words, studio)
    return Agreement(
        id="sample",
        studio_id=studio.id,
        booking_id="",
        contract=contract.edition,
        title=contract.title,
        text=filled(contract.text, values),
        summary=tuple(filled(point, values) for point in contract.summary),
        consents=tuple(replace(one, question=filled(one.question, values)) for one in contract.consents),
        facts=(),
        booking_code=values[Field.BOOKING],
        sha256="",
        shown_at=sample_starts(studio),
        preview=True,
    )


def sample_values(words: Words, studio: Studio, mini: Mini | None = None) -> dict[Field, str]:
    """What each field is filled with in a sample: a booking of somebody who is nobody, of the mini if one is given."""
    starts = sample_starts(studio)
    own: dict[Field, Term] = {
        Field.STUDIO: studio.name,
        Field.PLACES: 1,
        Field.SPOT_DATE: starts,
        Field.SPOT_TIME: starts,
        Field.FEE: Money.whole(FEE, studio.currency),
        Field.DUE_NOW: Money.whole(DUE_NOW, studio.currency),
        Field.BALANCE: Money.whole(FEE - DUE_NOW, studio.currency),
        Field.BALANCE_DATE: starts - studio.balance_due,
        Field.CANCEL_UNTIL: starts - studio.cancel_until,
        Field.BOOKING: f"{studio.code_prefix}-0000",
    }
    written = {
        Field.CLIENT_NAME: say("sample-client-name"),
        Field.CLIENT_EMAIL: say("sample-client-email"),
        Field.CLIENT_PHONE: say("sample-client-phone"),
        Field.MINI: say("as-written", text=mini.title) if mini else say("sample-mini"),
        Field.PACKAGE: say("sample-package"),
        Field.INCLUDED: say("sample-included"),
        Field.PLACE: say("as-written", text=mini.place) if mini and mini.place else say("sample-place"),
    }
    terms = own | {field: words.phrase(one, studio.locale) for field, one in written.items()}
    return spoken_terms(words, studio, {field: terms[field] for field in Field})


def sample_starts(studio: Studio) -> datetime:
    return datetime(*_STARTS, tzinfo=studio.zone)
