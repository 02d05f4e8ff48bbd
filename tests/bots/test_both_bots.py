"""The clients' bot and the studio's in one program, over one store."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from bots.compose import Running, running
from bots.demo.guest import Guest, Persona, Wish
from bots.settings import Settings
from bots.telegram.me import TelegramSilent
from bots.telegram.poll import TokenRefused
from core.ports import Records
from tests.bots.house import BOT, STUDIO_BOT, House, pays_nothing, said_by_bot

UNKNOWN = "99:AAHunknownUnknownUnknownUnknown"


@pytest.fixture
def empty(house: House, tmp_path: Path) -> Settings:
    """Both tokens, and a database without a studio."""
    return house.with_both_bots(home=tmp_path / "empty")


@asynccontextmanager
async def both_awake(house: House, settings: Settings) -> AsyncGenerator[tuple[Running, list[str]]]:
    """The program with both bots waiting for updates, and the claim links that it told."""
    links: list[str] = []
    async with running(settings, unclaimed=links.append) as parts:
        await house.telegram.wait_for_poll(BOT)
        await house.telegram.wait_for_poll(STUDIO_BOT)
        yield parts, links


async def the_link(links: list[str]) -> str:
    async with asyncio.timeout(5):
        while not links:
            await asyncio.sleep(0.01)
    return links[-1]


async def claimed(house: House, links: list[str], name: str = "Luna") -> int:
    """Somebody who opened the claim link."""
    luna = house.newcomer(name)
    house.telegram.open_link(luna, STUDIO_BOT, (await the_link(links)).partition("?start=")[2])
    await house.telegram.wait_for(luna, STUDIO_BOT, lambda view: bool(said_by_bot(view)))
    return luna


@pytest.mark.rule("M1")
async def test_a_client_books_and_the_owner_sees_it_in_one_program(house: House):
    async with both_awake(house, house.with_both_bots()) as (_, links):
        luna = await claimed(house, links)
        ana = Guest(house.telegram, BOT, Persona.called("Ana Torres"), pay=pays_nothing)
        await ana.open(house.payload("mini"))
        await ana.hold(Wish())
        await ana.finish()
        house.telegram.type_text(luna, STUDIO_BOT, "/minis")

        await house.reads(luna, "You have 4 minis", bot=STUDIO_BOT)

    assert "You're booked, Ana" in said_by_bot(ana.view)


@pytest.mark.rule("A1")
async def test_the_first_start_founds_a_studio_that_is_called_as_its_clients_bot(house: House, empty: Settings):
    async with both_awake(house, empty) as (parts, links):
        link = await the_link(links)

    assert link.startswith(f"https://t.me/{STUDIO_BOT}?start=claim_")
    assert (parts.studio.name, parts.studio.set_up) == ("Luna Photo", False)


@pytest.mark.rule("A1")
async def test_each_start_tells_a_new_link_until_somebody_claimed_the_studio(house: House, empty: Settings):
    async with both_awake(house, empty) as (_, links):
        first = await the_link(links)
    async with both_awake(house, empty) as (_, links):
        second = await the_link(links)
        late = house.newcomer("Eve")
        house.telegram.open_link(late, STUDIO_BOT, first.partition("?start=")[2])
        await house.reads(late, "That link is no longer good", bot=STUDIO_BOT)
        await claimed(house, links)

    async with both_awake(house, empty) as (parts, links):
        assert await parts.store.read(lambda records: records.studios.has_owner(parts.studio.id))

    assert (first != second, links) == (True, [])


@pytest.mark.rule("A1", "A4")
async def test_members_have_the_menu_of_their_role_and_strangers_only_the_beginning(house: House, empty: Settings):
    def menu(person: int) -> set[str]:
        return {command.command for command in house.telegram.chat(person, STUDIO_BOT).commands}

    def remove(records: Records) -> None:
        (owner,) = records.studios.team(records.studios.all()[0].id)
        records.studios.change_member(replace(owner, removed=True))

    async with both_awake(house, empty) as (parts, links):
        eve, luna = house.newcomer("Eve"), await claimed(house, links)
        await house.telegram.wait_for(luna, STUDIO_BOT, lambda _: "newmini" in menu(luna))
        house.telegram.type_text(eve, STUDIO_BOT, "/newmini")
        await house.reads(eve, "for the studio's own team", bot=STUDIO_BOT)
        await house.telegram.wait_for(eve, STUDIO_BOT, lambda _: menu(eve) == {"start"})

        await parts.store.run(remove)
        house.telegram.type_text(luna, STUDIO_BOT, "/minis")
        await house.telegram.wait_for(luna, STUDIO_BOT, lambda _: menu(luna) == {"start"})


@pytest.mark.rule("A2", "A4")
async def test_the_claim_begins_the_set_up_and_an_invitation_lets_one_in(house: House, empty: Settings):
    async with both_awake(house, empty) as (_, links):
        luna = await claimed(house, links)
        await house.reads(luna, "What is your studio called?", bot=STUDIO_BOT)
        house.telegram.type_text(luna, STUDIO_BOT, "/team add assistant")
        view = await house.reads(luna, "?start=team_", bot=STUDIO_BOT)
        link = next(text for text in said_by_bot(view).split() if "?start=team_" in text)
        noa = house.newcomer("Noa")
        house.telegram.open_link(noa, STUDIO_BOT, link.partition("?start=")[2])
        await house.reads(noa, "Welcome to Luna Photo, Noa", bot=STUDIO_BOT)


async def test_a_first_start_while_telegram_is_silent_founds_nothing(house: House, empty: Settings):
    house.telegram.go_down(None)

    with pytest.raises(TelegramSilent):
        async with running(empty):
            pass


async def test_the_web_server_tells_how_each_bot_is(house: House):
    async with both_awake(house, house.with_both_bots()) as (parts, _), aiohttp.ClientSession() as web:
        response = await web.get(f"{parts.web}/health")
        said = await response.json()

    assert said == {"ok": True, "database": "well", "telegram": "well", "telegram-studio": "well", "till": "no key"}


async def test_a_token_of_the_studios_that_telegram_refuses_ends_its_bot_alone(house: House):
    async with running(house.with_both_bots(studio_bot_token=UNKNOWN)) as parts:
        with pytest.raises(TokenRefused):
            await parts.serving["studio_bot_token"]

        assert not parts.clients.done()


async def test_both_bots_profiles_follow_the_studios_name(house: House):
    def rename(records: Records) -> None:
        studio = records.studios.all()[0]
        records.studios.change(studio, replace(studio, name="Luna & Sons"))

    ana = house.newcomer()
    async with both_awake(house, house.with_both_bots()) as (parts, _):
        await parts.store.run(rename)
        await parts.introduce()

    for bot in (BOT, STUDIO_BOT):
        assert "Luna & Sons" in house.telegram.chat(ana, bot).description
