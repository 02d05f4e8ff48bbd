import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession
from playwright.async_api import Browser, Page, expect

from bots.demo.accounts import STUDIO_TOKEN, TOKEN
from bots.demo.page.server import serving
from bots.demo.scene import Scene
from tests.bots.demo.phone.bot import Bot
from tests.bots.demo.stages import scene_with


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    async with scene_with(tmp_path) as scene, asyncio.TaskGroup() as tasks:
        playing = tasks.create_task(scene.play())
        yield scene
        playing.cancel()


@pytest.fixture
async def page(scene: Scene, chromium: Browser) -> AsyncIterator[Page]:
    """The page on a narrow phone's screen, with the chat open; an error of its code fails the test."""
    async with serving(scene, port=0) as address:
        page = await chromium.new_page(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        await page.goto(address)
        scene.phones.start(scene.phones.all[0], "m_7Q2K")
        await expect(page.get_by_text("/start", exact=True)).to_be_visible()
        yield page
        await page.close()
    assert errors == []


@pytest.fixture
async def bot(scene: Scene) -> AsyncIterator[Bot]:
    async with ClientSession() as session:
        yield Bot(session, f"{scene.telegram_url}/bot{TOKEN}", scene.phones.all[0].person)


@pytest.fixture
async def studio_bot(scene: Scene) -> AsyncIterator[Bot]:
    """The bot that Luna chats with."""
    scene.phones.start(scene.phones.luna, "claim_7Q2K")
    async with ClientSession() as session:
        bot = Bot(session, f"{scene.telegram_url}/bot{STUDIO_TOKEN}", scene.phones.luna.person)
        await bot.reads()
        yield bot
