"""The messages that carry words of the studio's own (B7).

What a client has to know on the occasion, such as when and where, the money and the booking's code, is ours, so that no
studio can lose it; what the studio wrote is a paragraph below. Where it is off, that paragraph is left out.
"""

from dataclasses import replace
from datetime import datetime
from functools import partial

from conversations.booking_asides import what_when_where
from conversations.money import cancelled_screen, how_to_pay
from conversations.notices import Notice, booking_of
from conversations.screens import Button, Clock, Do, Line, Look, Say, Screen, Style, When, lines, say
from conversations.sheets import spoken_terms
from conversations.starter_kit import starter_kit
from conversations.words import Words, city
from core.booking.booking import Because, Booking, State
from core.booking.papers import terms_of
from core.messages.messages import Kind
from core.messages.records import LeasedMessage
from core.paperwork.fields import Field, filled_plainly
from core.payments.account import Account
from core.payments.refund import account_now
from core.ports import Records
from core.studio.studio import Studio
from core.studio.wording import Occasion, worded

# -- the studio's own words --


def own_words(
    words: Words, records: Records, studio: Studio, booking: Booking, account: Account, occasion: Occasion
) -> tuple[Line, ...]:
    """The studio's paragraph, filled with what is true now; none where it is off."""
    mini, came = records.minis.one(studio.id, booking.mini_id), starter_kit(studio.locale).messages[occasion]
    wording = worded(came, occasion, studio=studio.wordings, mini=mini.wordings if mini else ())
    if not wording.on:
        return ()
    terms = terms_of(records, booking) | {Field.BALANCE: account.due}
    return paragraph(filled_plainly(wording.text, spoken_terms(words, studio, terms)))


def paragraph(text: str) -> tuple[Line, ...]:
    """What the studio wrote, apart from what stands above."""
    return (Line(say("as-written", text=text), gap=True),)


# -- booked --


def _booked(words: Words, records: Records, studio: Studio, message: LeasedMessage) -> Screen | None:
    """You are booked (J1); untrue once it was cancelled."""
    booking = booking_of(records, message)
    if booking is None or booking.state not in {State.CONFIRMED, State.DONE}:
        return None
    account = account_now(records, booking)
    own = own_words(words, records, studio, booking, account, Occasion.CONFIRMATION)
    return booked_screen(studio, booking, account, own, _faster_than(message))


def booked_screen(
    studio: Studio, booking: Booking, account: Account, own: tuple[Line, ...], faster: tuple[Line, ...] = ()
) -> Screen:
    first = booking.contact.name.split(" ")[0] if booking.contact else ""
    asked, answer = _asked_afterwards(booking)
    return Screen(
        lines=(
            Line(say("booked-title", name=first), Look.TITLE),
            *what_when_where(studio, booking),
            *how_to_pay(studio, booking, account),
            *faster,
            Line(say("booked-code", code=booking.code)),
            *own,
            *asked,
        ),
        rows=(*answer, (Button(say("button-change-or-cancel"), Do("booking", booking.id)),)),
        celebrate=True,
    )


def _asked_afterwards(booking: Booking) -> tuple[tuple[Line, ...], tuple[tuple[Button, ...], ...]]:
    """That there are questions, and the ways to answer them (DECISIONS 43)."""
    if booking.snapshot.questionnaire_after is None:
        return (), ()
    now = Button(say("button-answer-now"), Do("answer", booking.id), Style.PRIMARY)
    later = Button(say("button-answer-later"), Do("later", booking.id))
    return (Line(say("questions-afterwards"), gap=True),), ((now, later),)


def _faster_than(message: LeasedMessage) -> tuple[Line, ...]:
    """The client asked for something else, and had paid already."""
    match message.values.get("faster_than"):
        case "change":
            return lines(say("booked-before-change"))
        case "stop":
            return lines(say("booked-before-stop"))
        case _:
            return ()


# -- cancelled --


def _cancelled(words: Words, records: Records, studio: Studio, message: LeasedMessage) -> Screen | None:
    booking = booking_of(records, message)
    if booking is None or booking.state is not State.CANCELLED or booking.reason is None:
        return None
    payments = records.payments.of_booking(studio.id, booking.id)
    checkout, account = records.checkouts.newest(studio.id, booking.id), account_now(records, booking)
    because = message.values.get("because")
    as_asked = because == Because.ASKED
    screen = cancelled_screen(studio, booking, payments, account, checkout, booking.reason, as_asked=as_asked)
    why = lines(say(f"cancelled-because-{because}")) if because and not as_asked else ()
    own = own_words(words, records, studio, booking, account, Occasion.CANCELLED)
    return replace(screen, lines=(*screen.lines, *why, *own))


# -- moved --


def _moved(words: Words, records: Records, studio: Studio, message: LeasedMessage) -> Screen | None:
    """Old time and new (K2); untrue once it was moved again."""
    booking = booking_of(records, message)
    said = moved_words(studio, booking, message) if booking else None
    if booking is None or said is None or booking.state not in {State.CONFIRMED, State.HELD}:
        return None
    own = own_words(words, records, studio, booking, account_now(records, booking), Occasion.MOVED)
    return Screen(
        lines=(Line(said), *own),
        rows=((Button(say("button-show-booking"), Do("booking", booking.id)),),),
    )


def moved_words(studio: Studio, booking: Booking, message: LeasedMessage) -> Say | None:
    """From when to when; None where the booking is no longer where the message says."""
    old = message.values.get("old")
    if not isinstance(old, str) or booking.snapshot.starts.isoformat() != message.values.get("new"):
        return None
    return from_to(studio, datetime.fromisoformat(old), booking.snapshot.starts)


def from_to(studio: Studio, old: datetime, new: datetime) -> Say:
    return say(
        "moved",
        studio=studio.name,
        old=When(old, studio.zone, Clock.DAY_TIME),
        new=When(new, studio.zone, Clock.DAY_TIME),
        city=city(studio.zone_name),
    )


def written(words: Words) -> dict[str, Notice]:
    """The notices with a paragraph of the studio's, spoken by these words."""
    return {
        Kind.BOOKED: partial(_booked, words),
        Kind.CANCELLED: partial(_cancelled, words),
        Kind.MOVED: partial(_moved, words),
    }
