"""The studio's house: all its rooms."""

from typing import Final

from conversations.studio import booking_papers, contracts, lobby, minis, questionnaires, sent_texts
from conversations.studio.turn import House

HOUSE: Final = House.of(
    lobby.ROOM, minis.ROOM, contracts.ROOM, questionnaires.ROOM, sent_texts.ROOM, booking_papers.ROOM
)
