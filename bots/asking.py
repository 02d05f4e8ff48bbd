"""What `minis up` asks for where nothing is set: the tokens of the two bots, each tried before it is kept (A1)."""

import asyncio
from typing import Final

import click

from bots.env_file import keep
from bots.settings import Settings, bot_of, is_bot_token
from bots.telegram.me import Me, TelegramSilent, me
from bots.telegram.poll import TokenRefused
from bots.telegram.ptb_api import PtbApi

_WELCOME: Final = """Minis needs two bots in Telegram: one that your clients book with, and one for you and your team.
Talk to @BotFather in Telegram and send /newbot, once for each. It gives you a token for each bot.
Paste them here; they are not shown, and go into {file}.
"""
_ASKED: Final = {
    "MINIS_CLIENTS_BOT_TOKEN": "Token of the clients' bot",
    "MINIS_STUDIO_BOT_TOKEN": "Token of the studio's bot",
}


def ask_for_tokens(settings: Settings) -> None:
    """Ask for each token that is not set, try it, and keep all in `.env`. Raises SettingsWrong."""
    known = {
        "MINIS_CLIENTS_BOT_TOKEN": settings.clients_bot_token.get_secret_value(),
        "MINIS_STUDIO_BOT_TOKEN": settings.studio_bot_token.get_secret_value(),
    }
    click.echo(_WELCOME.format(file=".env"))
    given: dict[str, str] = {}
    for name, asked in _ASKED.items():
        if not known[name]:
            given[name] = _token(asked, settings.telegram, [*known.values(), *given.values()])
    click.echo(f"Kept in {keep(given)}, which only you can read.\n")


def _token(asked: str, address: str, others: list[str]) -> str:
    """A token that Telegram knows, and that is none of the others."""
    while True:
        token = str(click.prompt(asked, hide_input=True)).strip()
        if problem := _problem(token, address, others):
            click.echo(problem)
        else:
            return token


def _problem(token: str, address: str, others: list[str]) -> str:
    """What is wrong with the token; empty if nothing is, which is said with the bot's name."""
    if not is_bot_token(token):
        return "That is no token. It looks like 123456789:AA…, with more than 30 characters after the colon."
    if bot_of(token) in map(bot_of, filter(None, others)):
        return "That is the other bot's token. Each needs a bot of its own: send /newbot once more."
    try:
        bot = asyncio.run(_asked(token, address))
    except TokenRefused:
        return "Telegram does not know that token: it is mistyped or was revoked."
    except TelegramSilent:
        return "Telegram does not answer. Try again in a moment."
    click.echo(f"That is @{bot.username}, {bot.name}.")
    return ""


async def _asked(token: str, address: str) -> Me:
    api = PtbApi(token, address)
    try:
        return await me(api)
    finally:
        await api.close()
