"""The studio's house: all its rooms."""

from typing import Final

from conversations.studio import lobby, minis, payments, reservations, set_up, settings, team
from conversations.studio.turn import House

HOUSE: Final = House.of(
    lobby.ROOM, minis.ROOM, reservations.ROOM, set_up.ROOM, settings.ROOM, team.ROOM, payments.ROOM
)
