"""The public pages in a real browser: narrow and wide, light and dark, with large letters, and on paper."""

import re
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from playwright.async_api import Browser, Page

from tests.bots.web.visits import BOT, changed
from tests.core.house import House

PATHS = ("/", "/m/{}", "/m/nothing", "/privacy")
#: Whether what has the focus, or the tile that it is in, is marked.
OUTLINED = """
[document.activeElement, document.activeElement.closest("li")].some(
    one => one && getComputedStyle(one).outlineStyle === "solid")
"""


@pytest.fixture
async def tab(chromium: Browser) -> AsyncIterator[Callable[..., Any]]:
    """Opens a page of a width and scheme, with text as large as wanted; what the browser complains of fails."""
    complaints: list[str] = []

    async def open_at(url: str, width: int, *, dark: bool = False, text: str = "") -> Page:
        context = await chromium.new_context(
            viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light", bypass_csp=bool(text)
        )
        tab = await context.new_page()
        tab.on("console", lambda message: complaints.append(message.text))
        await tab.goto(url)
        if text:
            await tab.add_style_tag(content=f"html {{ font-size: {text} }}")
        return tab

    yield open_at
    assert [one for one in complaints if "404" not in one] == []  # it asks for a favicon


@pytest.fixture
def token(house: House, pictured: str) -> str:
    """A mini with a picture, and with long words that might not fit."""
    (mini,) = house.look(lambda records: records.minis.all(house.studio.id))
    changed(house, mini, title="Donaudampfschifffahrtsgesellschaftskapitänsporträts", description="Wort" * 60)
    return pictured


@pytest.mark.parametrize(("width", "text"), [(320, ""), (320, "200%"), (768, "200%"), (1360, "")])
async def test_nothing_runs_over_the_edge(width: int, text: str, token: str, address: str, tab: Callable[..., Any]):
    for path in PATHS:
        opened = await tab(address + path.format(token), width, text=text)

        assert await opened.evaluate("document.documentElement.scrollWidth") == width, path


async def test_the_button_is_in_sight_without_scrolling_and_while_scrolling(
    token: str, address: str, tab: Callable[..., Any]
):
    opened = await tab(f"{address}/m/{token}", 390)
    at_first = await opened.locator(".button").bounding_box()
    await opened.mouse.wheel(0, 150)
    later = await opened.locator(".button").bounding_box()

    assert at_first
    assert at_first == later
    assert at_first["y"] + at_first["height"] <= 800
    assert at_first["height"] >= 44  # w3.org/TR/WCAG22/#target-size-enhanced


async def test_a_page_has_one_heading_landmarks_and_a_way_for_the_keyboard(
    token: str, address: str, tab: Callable[..., Any]
):
    for path in PATHS:
        opened = await tab(address + path.format(token), 1360)

        assert await opened.locator("h1").count() == 1
        assert await opened.locator("main").count() == 1
        assert await opened.get_by_role("contentinfo").count() == 1
        for _ in range(await opened.get_by_role("link").count()):
            await opened.keyboard.press("Tab")
            assert await opened.evaluate(OUTLINED), path


async def test_a_tile_leads_to_its_mini_and_the_name_of_the_studio_back(
    house: House, address: str, tab: Callable[..., Any]
):
    house.mini("Spring")
    opened = await tab(f"{address}/", 390)
    await opened.get_by_role("link", name="Spring").click()
    assert await opened.inner_text("h1") == "Spring"
    await opened.get_by_role("banner").get_by_role("link").click()

    assert await opened.inner_text("h1") == "Luna Photo"


@pytest.mark.parametrize("dark", [False, True])
async def test_words_stand_out_from_what_is_behind_them(dark: bool, token: str, address: str, tab: Callable[..., Any]):
    """AA of WCAG 2.2: 4.5 to 1."""
    opened = await tab(f"{address}/m/{token}", 1360, dark=dark)
    paper = await opened.evaluate("getComputedStyle(document.body).backgroundColor")
    ink = await opened.evaluate("getComputedStyle(document.querySelector('.button')).backgroundColor")

    for name in ("h1", "h2", ".soft", ".row", "footer", ".button"):
        colour = await opened.evaluate(f"getComputedStyle(document.querySelector('{name}')).color")
        assert contrast(colour, ink if name == ".button" else paper) >= 4.5, name
    assert (luminance(paper) < 0.2) == dark


async def test_on_paper_the_way_into_the_chat_is_written_out(token: str, address: str, tab: Callable[..., Any]):
    opened: Page = await tab(f"{address}/m/{token}", 800)
    await opened.emulate_media(media="print")

    after = await opened.evaluate("getComputedStyle(document.querySelector('.button'), '::after').content")
    assert f"{BOT}?start=m_{token}" in after
    assert await opened.evaluate("getComputedStyle(document.querySelector('.book')).position") == "static"


def luminance(colour: str) -> float:
    """Relative luminance (w3.org/TR/WCAG22/#dfn-relative-luminance) of `rgb(…)`."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
