"""The studio's house: all its rooms."""

from typing import Final

from conversations.studio import lobby, minis, reservations
from conversations.studio.turn import House

HOUSE: Final = House.of(lobby.ROOM, minis.ROOM, reservations.ROOM)
