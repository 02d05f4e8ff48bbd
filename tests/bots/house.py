"""A house to try the bots in: a pretended Telegram, the example studio, and the whole program between the two."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from bots.compose import Running, running
from bots.demo.telegram.standin import TelegramStandIn
from bots.demo.telegram.views import ChatView
from bots.demo.telegram.world import BotAccount
from bots.example import Example, links_of_example
from bots.settings import Settings

BOT = "LunaPhotoBot"
TOKEN = "7000001:AAHtestTestTestTestTestTestTestTest_00"
STUDIO_BOT = "LunaStudioBot"
STUDIO_TOKEN = "7000002:AAHtestTestTestTestTestTestTestTest_01"
BOTS = {
    TOKEN: BotAccount(id=7_000_001, username=BOT, name="Luna Photo"),
    STUDIO_TOKEN: BotAccount(id=7_000_002, username=STUDIO_BOT, name="Luna Photo Studio"),
}


class House:
    """`links` are the example's; `settings` those of the program."""

    def __init__(self, telegram: TelegramStandIn, settings: Settings, example: Example) -> None:
        self.telegram = telegram
        self.settings = settings
        self.links = example.links

    def payload(self, kind: str) -> str:
        return next(link.url for link in self.links if link.kind == kind).partition("?start=")[2]

    @asynccontextmanager
    async def awake(self) -> AsyncGenerator[Running]:
        """The program runs, and the bot waits for updates."""
        async with running(self.settings) as parts:
            await self.telegram.wait_for_poll(BOT)
            yield parts

    def with_both_bots(self, **others: object) -> Settings:
        return Settings.model_validate({**dict(self.settings), "studio_bot_token": STUDIO_TOKEN, **others})

    def newcomer(self, name: str = "Ana") -> int:
        return self.telegram.add_person(first_name=name, last_name="Torres")

    async def reads(self, person: int, words: str, *, bot: str = BOT, timeout: float = 10) -> ChatView:
        """Wait until a message of the bot says this."""
        return await self.telegram.wait_for(person, bot, lambda view: words in said_by_bot(view), timeout=timeout)


def pays_nothing(url: str) -> None:
    """What a guest does with a payment page where nothing is paid by card."""
    raise AssertionError(f"nothing is paid here, and yet there is a page: {url}")


def said_by_bot(view: ChatView) -> str:
    return "\n".join(message.text for message in view.messages if not message.mine)


@asynccontextmanager
async def house_in(home: Path, *, limits: bool = True) -> AsyncGenerator[House]:
    telegram = TelegramStandIn(bots=BOTS, limits=limits)
    address = await telegram.start()
    # Explicit values go before whatever the machine's environment or a `.env` says.
    settings = Settings.model_validate(
        {
            "home": home,
            "clients_bot_token": TOKEN,
            "studio_bot_token": "",
            "telegram_api_url": address,
            "database_url": "",
            "secret_key": "key",
            "stripe_secret_key": "",
            "stripe_webhook_secret": "",
            "http_port": 0,
        }
    )
    try:
        yield House(telegram, settings, await asyncio.to_thread(links_of_example, settings))
    finally:
        await telegram.stop()
