"""A stranger before the demo's page: what they tap and type on the way to a booking, step by step."""

import re
from typing import Protocol

from playwright.async_api import FrameLocator, Locator, Page, expect


class Picture(Protocol):
    """Take a picture of the page, or of a part of it, under this name."""

    async def __call__(self, name: str, part: Locator | None = None) -> None: ...


def key(page: Page, words: str | re.Pattern[str]) -> Locator:
    """The newest button with these words in the chat."""
    return page.locator(".phone.active .key", has_text=words).last


async def says(page: Page, text: str) -> None:
    field = page.locator(".phone.active").get_by_label("Message", exact=True)
    await field.fill(text)
    await field.press("Enter")


async def reads(page: Page, words: str) -> None:
    """Wait until the chat says so."""
    await expect(page.locator(".phone.active .message:not(.mine)", has_text=words).last).to_be_visible()


async def no_picture(name: str, part: Locator | None = None) -> None:
    """That was taken by another test."""


async def to_the_list_of_times(page: Page) -> None:
    await page.get_by_role("button", name="START", exact=True).click()
    await key(page, "Book a spot").click()
    await key(page, "Mini ·").click()
    await key(page, re.compile(r"\d+ left")).click()
    await expect(key(page, re.compile(r"^\d+:\d\d"))).to_be_visible()


async def to_the_contract(page: Page, picture: Picture = no_picture) -> None:
    """A time is held, and the client said who they are."""
    await page.get_by_role("button", name="open the link").click()
    await picture("demo-start")
    await to_the_list_of_times(page)
    await picture("demo-times")
    await page.locator(".key", has_text=re.compile(r"^\d+:\d\d")).first.click()
    await expect(page.locator("[data-role=hold]")).to_be_visible()
    await picture("demo-held")
    await reads(page, "full name")
    await says(page, "Ana Torres")
    await reads(page, "Which email")
    await says(page, "ana@example.com")
    await page.get_by_role("button", name="Skip").click()
    await expect(key(page, re.compile("^Sign$"))).to_be_visible()


async def to_the_review(page: Page, picture: Picture = no_picture) -> None:
    """Everything up to the card that says what is to be paid, by the shortest way."""
    await to_the_contract(page, picture)
    await key(page, re.compile("^Sign$")).click()
    await reads(page, "To sign, type your full name")
    await says(page, "Ana Torres")
    await key(page, "Adults").click()
    await key(page, "Done, 1 chosen").click()
    await reads(page, "How old are the children?")
    await key(page, "Skip").click()
    await reads(page, "Pictures you love")
    await key(page, "Skip").click()
    await expect(key(page, "Continue to pay")).to_be_visible()
    await picture("demo-review")


async def to_the_payment_page(page: Page) -> FrameLocator:
    """On from the review card; gives what is in the phone's own browser."""
    await key(page, "Continue to pay").click()
    await key(page, re.compile(r"^Pay ")).click()
    inside = page.frame_locator(".phone.active .tab iframe")
    await expect(book(inside)).to_be_visible()
    return inside


def book(inside: FrameLocator) -> Locator:
    return inside.get_by_role("button", name=re.compile(r"^Book.*\$150\.00"))
