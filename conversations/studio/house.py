"""The studio's house: all its rooms."""

from typing import Final

from conversations.studio import lobby, minis, threads
from conversations.studio.turn import House

HOUSE: Final = House.of(lobby.ROOM, minis.ROOM, threads.ROOM)
