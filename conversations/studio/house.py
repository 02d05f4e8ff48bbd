"""The studio's house: all its rooms."""

from typing import Final

from conversations.studio import (
    booking_papers,
    bookings,
    cancelling,
    contracts,
    lobby,
    minis,
    moving,
    paying,
    problems,
    questionnaires,
    reservations,
    sent_texts,
    threads,
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
    threads.ROOM,
)
