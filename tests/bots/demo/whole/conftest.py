"""The whole demo before a browser: the real program on its stand-ins, and the page."""

import os
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path

import pypdfium2  # pyright: ignore[reportMissingTypeStubs]
import pytest
from playwright.async_api import Browser, Locator, Page, expect

from bots.demo.curtain import running_scene
from bots.demo.page.server import serving
from bots.demo.scene import Scene
from tests.bots.demo.whole.visitor import Picture

#: Take a picture of one page of a PDF, by its number from 0.
SheetPicture = Callable[[str, bytes, int], None]

SHEET_SCALE = 1.5  # pixels a point
PATIENCE_MS = 60_000  # for one answer of the bot, on a machine that is busy with other tests
expect.set_options(timeout=PATIENCE_MS)
PICTURES = os.environ.get("MINIS_TEST_PICTURES")  # a folder, such as docs/pictures: the pictures are renewed there


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with running_scene() as scene:
        yield scene


@pytest.fixture
async def page(scene: Scene, chromium: Browser) -> AsyncIterator[Page]:
    """The page in a middling window; an error of its code fails the test."""
    async with serving(scene, port=0) as address:
        page = await chromium.new_page(viewport={"width": 1280, "height": 860}, reduced_motion="reduce")
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.set_default_timeout(PATIENCE_MS)
        await page.goto(address)
        yield page
        await page.close()
    assert errors == []


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Where pictures go."""
    return Path(PICTURES or tmp_path)


@pytest.fixture
def picture(page: Page, album: Path) -> Picture:
    async def take(name: str, part: Locator | None = None) -> None:
        await (part or page).screenshot(path=album / f"{name}.png")

    return take


@pytest.fixture
def sheet_picture(album: Path) -> SheetPicture:
    def take(name: str, pdf: bytes, number: int) -> None:
        with closing(pypdfium2.PdfDocument(pdf)) as document:
            sheet = document[number].render(scale=SHEET_SCALE).to_pil()  # pyright: ignore[reportArgumentType] - so read
            sheet.convert("L").save(album / f"{name}.png", optimize=True)

    return take
