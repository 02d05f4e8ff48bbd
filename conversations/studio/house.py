"""The studio's house: all its rooms."""

from typing import Final

from conversations.studio import (
    add_day,
    blocks,
    day_breaks,
    day_changes,
    days,
    lobby,
    minis,
    reservations,
    spot_card,
    spot_changes,
)
from conversations.studio.turn import House

HOUSE: Final = House.of(
    lobby.ROOM,
    minis.ROOM,
    add_day.ROOM,
    days.ROOM,
    day_breaks.ROOM,
    day_changes.ROOM,
    blocks.ROOM,
    spot_card.ROOM,
    spot_changes.ROOM,
    reservations.ROOM,
)
