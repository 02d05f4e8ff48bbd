"""The two libraries through which a bot calls Telegram: what one of them does, the other does."""

from collections.abc import Callable, Mapping
from typing import Final

from bots.telegram.aiogram_api import AiogramApi
from bots.telegram.api import Api
from bots.telegram.ptb_api import PtbApi

#: Makes a bot's way to the Bot API of its token and of where that is.
Library = Callable[[str, str], Api]
LIBRARIES: Final[Mapping[str, Library]] = {"aiogram": AiogramApi, "python-telegram-bot": PtbApi}
