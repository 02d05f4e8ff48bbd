"""What a reservation says: its time, whom it is for, its note, its prices, how it is paid and until when it stays."""

from conversations.booking.details import contact_line
from conversations.booking.offer import reduced
from conversations.screens import (
    Clock,
    Say,
    say,
)
from conversations.studio.turn import StudioTurn
from conversations.words import city
from core.booking.booking import Reservation
from core.booking.reserve import Terms
from core.minis.mini import Mini, Spot


def full_time(turn: StudioTurn, spot: Spot) -> Say:
    return say(
        "reserve-time",
        day=turn.when(spot.starts, Clock.DAY_YEAR),
        time=turn.when(spot.starts, Clock.TIME),
        city=city(turn.studio.zone_name),
    )


def terms_lines(turn: StudioTurn, mini: Mini, spot: Spot, terms: Terms) -> tuple[Say, ...]:
    """Client, package, note, price and way to pay, as far as there are any."""
    chosen = mini.package(terms.package_id) if terms.package_id else None
    packages = (chosen,) if chosen else mini.packages
    return (
        *((say("reserve-for", contact=contact_line(terms.contact)),) if terms.contact else ()),
        *((say("reserve-package", title=chosen.title),) if chosen and len(mini.packages) > 1 else ()),
        *((say("reserve-note", note=terms.note),) if terms.note else ()),
        *(reduced("reserve-price", one, spot.premium_minor, terms.discount) for one in packages if terms.discount),
        *((say("reserve-outside", studio=turn.studio.name),) if terms.outside else ()),
    )


def end_line(turn: StudioTurn, terms: Terms) -> Say:
    """Until when it is kept."""
    return say("reserve-until", when=turn.when(terms.lapses_at)) if terms.lapses_at else say("reserve-stays")


def terms_of(one: Reservation) -> Terms:
    return Terms(
        note=one.note,
        discount=one.discount,
        outside=one.outside,
        lapses_at=one.lapses_at,
        contact=one.contact,
        package_id=one.package_id,
    )
