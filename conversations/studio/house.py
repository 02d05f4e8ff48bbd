"""The studio's house: all its rooms."""

from typing import Final

from conversations.studio import add_day, lobby, minis, reservations
from conversations.studio.turn import House

HOUSE: Final = House.of(lobby.ROOM, minis.ROOM, add_day.ROOM, reservations.ROOM)
