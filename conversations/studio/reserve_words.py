"""What a reservation says: its time, whom it is for, its note, its prices, how it is paid and until when it stays."""

from conversations.booking.details import contact_line
from conversations.booking.offer import off_words
from conversations.screens import (
    Clock,
    Say,
    When,
    say,
)
from conversations.studio.turn import StudioTurn
from conversations.words import city
from core.booking.booking import Reservation
from core.booking.price import PriceList, Selection, price_of
from core.booking.reserve import Terms
from core.minis.mini import Mini, Package, Share, Spot


def full_time(turn: StudioTurn, spot: Spot) -> Say:
    return say(
        "reserve-time",
        day=turn.when(spot.starts, Clock.DAY_YEAR),
        time=turn.when(spot.starts, Clock.TIME),
        city=city(turn.studio.zone_name),
    )


def terms_lines(turn: StudioTurn, mini: Mini, terms: Terms) -> tuple[Say, ...]:
    """Client, package, note, price, way to pay and end, as far as there are any."""
    end = terms.lapses_at
    chosen = mini.package(terms.package_id) if terms.package_id else None
    packages = (chosen,) if chosen else mini.packages
    return (
        *((say("reserve-for", contact=contact_line(terms.contact)),) if terms.contact else ()),
        *((say("reserve-package", title=chosen.title),) if chosen and len(mini.packages) > 1 else ()),
        *((say("reserve-note", note=terms.note),) if terms.note else ()),
        *(_price(turn, package, terms.discount) for package in packages if terms.discount),
        *((say("reserve-outside", studio=turn.studio.name),) if terms.outside else ()),
        say("reserve-until", when=When(end, turn.studio.zone)) if end else say("reserve-stays"),
    )


def _price(turn: StudioTurn, package: Package, share: Share) -> Say:
    price = price_of(PriceList(package=package, currency=turn.studio.currency, discount=share), Selection())
    less = package.fee - price.discount
    return say("reserve-price", title=package.title, price=less, fee=package.fee, off=off_words(share))


def terms_of(one: Reservation) -> Terms:
    return Terms(
        note=one.note,
        discount=one.discount,
        outside=one.outside,
        lapses_at=one.lapses_at,
        contact=one.contact,
        package_id=one.package_id,
    )
