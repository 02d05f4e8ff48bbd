"""The studio's house: all its rooms."""

from typing import Final

from conversations.studio import (
    add_day,
    booking_papers,
    bookings,
    cancelling,
    contracts,
    details,
    lobby,
    minis,
    more,
    moving,
    new_mini,
    packages,
    paying,
    problems,
    questionnaires,
    reservations,
    sent_texts,
    which,
)
from conversations.studio.turn import House

HOUSE: Final = House.of(
    lobby.ROOM,
    minis.ROOM,
    reservations.ROOM,
    bookings.ROOM,
    cancelling.ROOM,
    moving.ROOM,
    paying.ROOM,
    problems.ROOM,
    contracts.ROOM,
    questionnaires.ROOM,
    sent_texts.ROOM,
    booking_papers.ROOM,
    which.ROOM,
    new_mini.ROOM,
    details.ROOM,
    more.ROOM,
    packages.ROOM,
    add_day.ROOM,
)
