"""The studio's house: all its rooms."""

from typing import Final

from conversations.studio import add_day, details, lobby, minis, more, new_mini, packages, picture, reservations, which
from conversations.studio.turn import House

HOUSE: Final = House.of(
    lobby.ROOM,
    which.ROOM,
    minis.ROOM,
    new_mini.ROOM,
    details.ROOM,
    more.ROOM,
    packages.ROOM,
    picture.ROOM,
    add_day.ROOM,
    reservations.ROOM,
)
