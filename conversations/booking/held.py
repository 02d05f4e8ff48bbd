"""What is said of a hold wherever it is mentioned."""

from conversations.booking.facts import BookingTurn
from conversations.screens import Clock, Say, say
from conversations.words import city
from core.booking.booking import Booking
from core.booking.hold import minutes_left


def title_of(booking: Booking) -> Say:
    """The mini and the package, with the places where they are several."""
    title, package = booking.snapshot.title, booking.package.title
    if booking.places > 1:
        return say("title-and-places", title=title, package=package, count=booking.places)
    return say("title-and-package", title=title, package=package)


def held_notice(turn: BookingTurn, booking: Booking) -> Say:
    """ "Sat 28 Nov, 10:15 AM (Chicago) is held for you", and until when."""
    return say(
        "held",
        when=turn.when(booking.snapshot.starts),
        city=city(turn.studio.zone_name),
        until=turn.when(booking.hold_until, Clock.DEADLINE),
        minutes=minutes_left(booking, turn.desk.now),
    )
