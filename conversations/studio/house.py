"""The studio's house: all its rooms."""

from typing import Final

from conversations.studio import bookings, cancelling, lobby, minis, moving, paying, problems, reservations
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
)
