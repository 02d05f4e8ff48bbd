"""A booking's papers as they are printed: the words of each page, in the studio's own language."""

from collections.abc import Mapping
from datetime import UTC, datetime

from conversations.screens import Clock, Exact, Say, Value, When, say
from conversations.words import Words, city
from core.booking.papers import Term
from core.paperwork.contract import Agreement, Signing
from core.paperwork.fields import Field
from core.paperwork.markup import Block, Shape, blocks_of
from core.paperwork.sheet import Certificate, Sheet, paper_of
from core.studio.studio import Studio
from core.values.money import Money

NAMED = 40  # characters of a title in a file's name, of the 60 that `cards.file_name` leaves
_UTC = "%Y-%m-%d %H:%M:%S UTC"


def spoken_terms(words: Words, studio: Studio, terms: Mapping[Field, Term]) -> dict[Field, str]:
    """What a contract's fields are filled with, as the studio writes it."""
    return {field: words.phrase(_said(field, term, studio), studio.locale) for field, term in terms.items()}


def _said(field: Field, term: Term, studio: Studio) -> Say:
    match term:
        case Money():
            return _as_written(Exact(term))
        case datetime() if field is Field.SPOT_TIME:
            return say("term-time", time=When(term, studio.zone, Clock.TIME), city=city(studio.zone_name))
        case datetime() if field is Field.CANCEL_UNTIL:
            day, time = (When(term, studio.zone, clock) for clock in (Clock.DAY_YEAR, Clock.TIME))
            return say("term-moment", day=day, time=time)
        case datetime():
            return _as_written(When(term, studio.zone, Clock.DAY_YEAR))
        case int() if field is Field.PLACES:
            return say("term-places", count=term)
        case _:
            return _as_written(f"{term}")


def _as_written(value: Value) -> Say:
    return say("as-written", text=value)


def contract_sheet(words: Words, studio: Studio, agreement: Agreement, booking_code: str) -> Sheet:
    """The contract as it is put before the client; with its certificate once it is signed (I2)."""
    language = studio.locale

    def phrase(key: str, **values: Value) -> str:
        return words.phrase(say(key, **values), language)

    version = agreement.contract.version
    reference = phrase("sheet-reference", title=agreement.title, version=version, booking=booking_code)
    subtitle = phrase("sheet-preview" if agreement.preview else "sheet-subtitle", version=version, booking=booking_code)
    signing = agreement.signing
    return Sheet(
        title=agreement.title,
        studio=studio.name,
        subtitle=subtitle,
        blocks=blocks_of(agreement.text),
        reference=reference,
        language=language,
        paper=paper_of(studio.country),
        made_at=signing.signed_at if signing else agreement.shown_at,
        page_words=phrase("sheet-page"),
        certificate=_certificate(words, studio, agreement, signing, booking_code) if signing else None,
    )


def signed_line(studio: Studio, signing: Signing) -> Say:
    """ "Signed by Ana Torres on 22 Nov 2026, 6:23 PM (Chicago)"."""
    return say(
        "signed-line",
        name=signing.name,
        day=When(signing.signed_at, studio.zone, Clock.DAY_YEAR),
        time=When(signing.signed_at, studio.zone, Clock.TIME),
        city=city(studio.zone_name),
    )


def plain_lines(text: str) -> tuple[Say, ...]:
    """A contract's text as it reads in a chat, a line a block."""
    return tuple(_plain_block(block) for block in blocks_of(text))


def _plain_block(block: Block) -> Say:
    match block.shape:
        case Shape.HEADING:
            return say("block-heading", text=block.text)
        case Shape.ITEM:
            return say("block-item", text=block.text)
        case Shape.NUMBERED:
            return say("contract-point", number=block.number, text=block.text)
        case Shape.PARAGRAPH:
            return _as_written(block.text)


def file_name(title: str, version: int, *, signed: bool = False) -> Say:
    """What the document is called among somebody's downloads; the messenger makes it safe.

    A long title is shortened: version and "signed" tell the files of one contract apart.
    """
    return say("file-signed" if signed else "file-contract", title=title[:NAMED].rstrip(), version=version)


def _in_a_line(words: Words, studio: Studio, text: str) -> str:
    """A short text of a contract without its marks."""
    return " ".join(words.phrase(line, studio.locale) for line in plain_lines(text))


def _certificate(
    words: Words, studio: Studio, agreement: Agreement, signing: Signing, booking_code: str
) -> Certificate:
    def phrase(key: str, **values: Value) -> str:
        return words.phrase(say(key, **values), studio.locale)

    answered = dict(signing.consents)
    consents = [
        (
            _in_a_line(words, studio, consent.question),
            phrase("consent-yes" if answered.get(consent.id) else "consent-no"),
        )
        for consent in agreement.consents
    ]
    origin = signing.origin
    facts = [
        (
            phrase("fact-contract"),
            phrase("fact-contract-version", title=agreement.title, version=agreement.contract.version),
        ),
        (phrase("fact-booking"), booking_code),
        (phrase("fact-between"), studio.name),
        (phrase("fact-name-given"), signing.contact_name),
        (phrase("fact-name-typed"), signing.typed_name),
        *([(phrase("fact-name-chosen"), signing.name)] if signing.name != signing.typed_name else []),
        (phrase("fact-agreed"), signing.consent_words),
        *consents,
        (phrase("fact-shown"), agreement.shown_at.astimezone(UTC).strftime(_UTC)),
        (phrase("fact-signed"), signing.signed_at.astimezone(UTC).strftime(_UTC)),
        (
            phrase("fact-channel"),
            phrase("fact-channel-value", channel=origin.channel.capitalize(), person=origin.person, chat=origin.chat),
        ),
        *([(phrase("fact-message"), origin.message)] if origin.message else []),
        *([(phrase("fact-address"), signing.address)] if signing.address else []),
        *([(phrase("fact-browser"), signing.browser)] if signing.browser else []),
        (phrase("fact-sha256"), agreement.sha256),
        (phrase("fact-record"), agreement.id),
    ]
    effect = phrase("certificate-preview" if agreement.preview else "certificate-effect")
    return Certificate(
        title=phrase("certificate-title"),
        words=(phrase("certificate-intro", studio=studio.name), effect),
        signed_name=signing.name,
        signed_line=words.phrase(signed_line(studio, signing), studio.locale),
        facts=tuple(facts),
    )
