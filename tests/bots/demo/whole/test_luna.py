"""The photographer in the demo: she claims her studio, sees how a mini stands, and begins with nothing."""

import asyncio
import re
import subprocess
import sys
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.bots.demo.whole.conftest import PATIENCE_MS
from tests.bots.demo.whole.visitor import Picture, key, to_the_list_of_times

TIME = re.compile(r"^\d+:\d\d")
#: Scrolls the chat until the message is at its top; `scrollIntoView` would move the phone itself too.
_TO_ITS_TOP = """message => {
    const chat = message.closest(".chat");
    chat.scrollTop += message.getBoundingClientRect().top - chat.getBoundingClientRect().top;
}"""


def luna(page: Page) -> Locator:
    return page.get_by_role("region", name="Luna’s phone")


def ana(page: Page) -> Locator:
    return page.get_by_role("region", name="Ana Torres’s phone")


def lunas_key(page: Page, words: str) -> Locator:
    return luna(page).locator(".key", has_text=words).last


async def says(page: Page, text: str) -> None:
    field = luna(page).get_by_label("Message", exact=True)
    await field.fill(text)
    await field.press("Enter")


async def test_luna_sees_on_her_phone_what_ana_takes_on_hers(page: Page, picture: Picture) -> None:
    await expect(lunas_key(page, "Fall Minis")).to_be_visible()  # she has claimed the example
    await expect(page.locator("[data-role=strip]")).to_contain_text("Luna tapped START")
    await says(page, "/minis")
    await lunas_key(page, "Fall Minis").click()
    await expect(lunas_key(page, "Refresh")).to_be_visible()
    overview = luna(page).locator(".message:not(.mine)").last
    await expect(overview).to_contain_text("0 of 10")

    await ana(page).get_by_role("button", name="open the link").click()
    await to_the_list_of_times(page)
    await key(page, TIME).click()
    await expect(page.locator("[data-role=hold]")).to_be_visible()
    await lunas_key(page, "Refresh").click()

    await expect(overview).to_contain_text(re.compile(r"… Booking, ends"))
    await picture("demo-luna")
    await overview.evaluate(_TO_ITS_TOP)  # its buttons alone fill the glass
    await picture("luna-overview", luna(page))


async def is_drawn(page: Page) -> None:
    """Her newest card is there with its picture."""
    image = luna(page).locator(".message:not(.mine)").last.locator("img")
    await expect(image).to_be_visible()
    await image.evaluate("image => image.decode()")


async def test_luna_adds_a_day_reserves_a_spot_and_shares_a_mini(page: Page, picture: Picture) -> None:
    phone, card = luna(page), luna(page).locator(".message:not(.mine)").last
    await expect(lunas_key(page, "Fall Minis")).to_be_visible()
    await says(page, "/newmini Winter Minis")
    await lunas_key(page, "Add a day").click()
    await expect(card).to_contain_text("When is the new day of Winter Minis?")
    await says(page, "saturday 9am, 10 spots of 20 min, gap 5, break 12-1, at Riverside Park, north gate")
    await expect(card).to_contain_text("10 spots of 20 minutes, 5 between")
    await picture("luna-addday", phone)
    await lunas_key(page, "Save day").click()
    await expect(card).to_contain_text("is saved: 10 spots")

    await lunas_key(page, "Reserve").click()
    await lunas_key(page, "10:40 AM").click()
    await lunas_key(page, "Note").click()
    await expect(card).to_contain_text("A note for yourself")
    await says(page, "Grandma Liu")
    await lunas_key(page, "Reserve it").click()
    await expect(card).to_contain_text("10:40 AM is reserved")
    await picture("luna-reserve", phone)
    await lunas_key(page, "Winter Minis").click()
    await phone.locator(".key", has_text=re.compile("^Day$")).last.click()
    await lunas_key(page, "Picture").click()
    await expect(card).to_contain_text("1 reserved, 9 free")
    await is_drawn(page)
    await picture("luna-day", phone)

    await says(page, "/share Fall Minis")
    await expect(card).to_contain_text("Fall Minis is live.")
    await is_drawn(page)
    await card.evaluate(_TO_ITS_TOP)
    await picture("luna-share", phone)


async def test_the_public_page_is_linked_and_shows_the_minis(page: Page) -> None:
    async with page.context.expect_page() as opened:
        await page.get_by_role("link", name="Luna Photo’s public page").click()

    public = await opened.value
    await expect(public.get_by_text("Fall Minis").first).to_be_visible()
    await public.close()


@pytest.fixture
async def address() -> AsyncIterator[str]:
    """Of a demo that runs by itself, as `make demo` runs it."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bots.cli", "demo", "--no-open"), stdout=subprocess.PIPE
    )
    assert process.stdout
    said = re.search(r"http://\S+", (await process.stdout.readline()).decode())
    assert said
    yield said.group()
    process.terminate()
    await asyncio.wait_for(process.wait(), 20)


async def test_a_visitor_begins_with_an_empty_studio_and_claims_it(address: str, chromium: Browser) -> None:
    page = await chromium.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page.set_default_timeout(PATIENCE_MS)
    await page.goto(address)
    await page.get_by_role("button", name="Start with an empty studio").click()
    await expect(page.get_by_role("button", name="Back to the example studio")).to_be_visible()

    await luna(page).get_by_role("button", name="Become the owner").click()
    await luna(page).get_by_role("button", name="START", exact=True).click()

    await expect(luna(page).locator(".message:not(.mine) .key").first).to_be_visible()
    await expect(page.locator("[data-role=links]")).not_to_contain_text("Become the owner")  # the link works once
    await page.close()
