"""Claiming a studio: the first start founds one, and a one-time link makes whoever opens it the owner (A1)."""

import asyncio
import io
from typing import Final

import segno

from bots.database import open_store
from bots.settings import Settings, no_studio_bot, refused_token
from bots.telegram.api import Api
from bots.telegram.me import Me, me
from bots.telegram.poll import TokenRefused
from bots.telegram.ptb_api import PtbApi
from core.ports import Records
from core.studio.settings import NAME_LONGEST
from core.studio.studio import Studio
from core.studio.team import CLAIM_LASTS, Ticket, claim_ticket
from storage.store import Store


class NoStudio(Exception):
    """The database has no studio yet."""


async def the_studio(store: Store, clients: Api, *, can_be_claimed: bool) -> Studio:
    """The installation's studio. The first start founds one that is called as its clients' bot is (A2).

    Raises NoStudio where nobody could become its owner, SettingsWrong, and TelegramSilent.
    """
    studio = await store.read(_first)
    if studio:
        return studio
    if not can_be_claimed:
        raise NoStudio
    try:
        name = (await me(clients)).name
    except TokenRefused as refused:
        raise refused_token("clients_bot_token") from refused
    return await store.run(lambda records: _first(records) or _founded(records, name))


def _first(records: Records) -> Studio | None:
    return next(iter(records.studios.all()), None)


def _founded(records: Records, name: str) -> Studio:
    """It waits for its set-up: until then it is anywhere."""
    studio = Studio(
        id=records.new_id(), name=name[:NAME_LONGEST], zone_name="UTC", currency="USD", country="US", set_up=False
    )
    records.studios.add(studio)
    return studio


def payload_if_unclaimed(records: Records, studio_id: str) -> str | None:
    """A new claim link's payload, as long as nobody is the owner."""
    return None if records.studios.has_owner(studio_id) else new_payload(records, studio_id)


def new_claim(settings: Settings) -> str:
    """A new claim link, in words and as a code; earlier ones open nothing any more.

    Raises SettingsWrong, NoStudio, and TelegramSilent where it does not say what the studio's bot is called.
    """
    if not settings.studio_bot:
        raise no_studio_bot()
    _ = settings.found  # a wrong folder is said rather than filled
    bot = asyncio.run(_studio_bot(settings))
    store = open_store(settings)
    try:
        return invitation(bot.link(store.do(payload_for_owner)))
    finally:
        store.close()


async def _studio_bot(settings: Settings) -> Me:
    api = PtbApi(settings.studio_bot, settings.telegram)
    try:
        return await me(api)
    except TokenRefused as refused:
        raise refused_token("studio_bot_token") from refused
    finally:
        await api.close()


def payload_for_owner(records: Records) -> str:
    """A new claim link's payload, whoever is the owner. Raises NoStudio."""
    studio = _first(records)
    if studio is None:
        raise NoStudio
    return new_payload(records, studio.id)


def new_payload(records: Records, studio_id: str) -> str:
    """A new claim link's payload; earlier links open nothing any more."""
    return f"{Ticket.CLAIM}_{claim_ticket(records, studio_id)}"


def invitation(link: str) -> str:
    """What the owner reads in the terminal: the link, and its code for a phone's camera."""
    return f"{_OPEN.format(days=CLAIM_LASTS.days)}\n\n  {link}\n\n{_code(link)}"


_OPEN: Final = (
    "To become the studio's owner, open this link in Telegram, or point a phone's camera at the code.\n"
    "It works once, within {days} days. `minis claim` makes a new one."
)


def _code(link: str) -> str:
    drawn = io.StringIO()
    segno.make_qr(link, error="m").terminal(out=drawn, compact=True)
    return drawn.getvalue()
