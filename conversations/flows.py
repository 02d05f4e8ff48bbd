"""Every conversation that a client can be led through, by its name."""

from collections.abc import Mapping
from typing import Final

from conversations.asking import ASK
from conversations.booking.afterwards import AFTERWARDS
from conversations.booking.facts import BookingTurn
from conversations.booking.flow import BOOK
from conversations.engine import Flow

FLOWS: Final[Mapping[str, Flow[BookingTurn]]] = {flow.name: flow for flow in (BOOK, AFTERWARDS, ASK)}
