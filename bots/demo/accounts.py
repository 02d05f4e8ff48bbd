"""The bots of the demo, as the stand-in for Telegram knows them: one for clients, one for the studio's team."""

from collections.abc import Mapping
from typing import Final

from bots.demo.telegram import BotAccount

BOT: Final = BotAccount(id=7_000_001, username="LunaPhotoBot", name="Luna Photo")
STUDIO_BOT: Final = BotAccount(id=7_000_002, username="LunaStudioBot", name="Luna Photo Studio")
# The stand-in's; Telegram never gave them out.
TOKEN: Final = f"{BOT.id}:AAHdemoDemoDemoDemoDemoDemoDemoDemo_00"
STUDIO_TOKEN: Final = f"{STUDIO_BOT.id}:AAHdemoDemoDemoDemoDemoDemoDemoDemo_01"
BOTS: Final[Mapping[str, BotAccount]] = {TOKEN: BOT, STUDIO_TOKEN: STUDIO_BOT}
