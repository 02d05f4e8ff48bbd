"""The Telegram Bot API on loopback: see `standin`."""

from bots.demo.telegram.methods import Upload
from bots.demo.telegram.pictures import tells_place
from bots.demo.telegram.server import Call
from bots.demo.telegram.standin import TelegramStandIn
from bots.demo.telegram.views import ButtonView, ChatView, MessageView
from bots.demo.telegram.world import BotAccount

__all__ = ["BotAccount", "ButtonView", "Call", "ChatView", "MessageView", "TelegramStandIn", "Upload", "tells_place"]
