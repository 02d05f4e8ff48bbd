"""The whole demo: the real program on its stand-in, and a stranger before the page who wants to book."""

import asyncio
import re
import signal
import subprocess
import sys

import pytest
from aiohttp import ClientSession
from playwright.async_api import Page, expect

from bots.demo.scene import Scene
from tests.bots.demo.whole.visitor import Picture, book, key, to_the_list_of_times, to_the_payment_page, to_the_review


async def test_a_stranger_books_is_declined_comes_back_and_pays(page: Page, picture: Picture, scene: Scene) -> None:
    strip = page.locator("[data-role=strip]")
    await to_the_review(page, picture)
    inside = await to_the_payment_page(page)
    await expect(page.locator("[data-role=page]")).to_contain_text("pay page until")
    await picture("demo-pay")

    await inside.get_by_role("button", name="Declined").click()
    await book(inside).click()
    await expect(inside.get_by_role("alert")).to_have_text("Your card was declined.")
    await expect(strip).to_contain_text("Ana’s card was declined. Nothing was charged")
    await page.get_by_role("button", name="Close the tab").click()
    await expect(strip).to_contain_text("Ana closed the tab")
    await expect(page.locator("[data-role=hold]")).to_be_visible()
    await key(page, re.compile(r"^Pay ")).click()
    await inside.get_by_role("button", name="Works").click()
    await book(inside).click()

    await expect(page.get_by_text("You're booked")).to_be_visible()
    await expect(page.locator(".phone.active .tab")).to_be_hidden()
    await expect(page.locator("[data-role=hold]")).to_be_hidden()
    await expect(strip).to_contain_text("$150.00 from Ana is in the books, once")
    await expect(strip).to_contain_text("was confirmed")
    await picture("demo-booked")
    assert scene.till.captured() == [15_000]
    await page.get_by_role(
        "button", name="START", exact=True
    ).click()  # the link of the payment page leads to the booking
    await expect(page.get_by_text(re.compile(r"^Booking LP-\d+$"))).to_be_visible()


async def test_a_bank_that_asks_is_answered_on_a_small_phone(page: Page, picture: Picture, scene: Scene) -> None:
    await page.set_viewport_size({"width": 390, "height": 844})
    await to_the_review(page)
    inside = await to_the_payment_page(page)
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390
    await picture("demo-pay-narrow")

    await inside.get_by_role("button", name="Asks your bank").click()
    await book(inside).click()
    await inside.get_by_role("button", name="Fail authentication").click()
    await expect(inside.get_by_role("alert")).to_contain_text("unable to authenticate")
    assert scene.till.captured() == []
    await book(inside).click()
    await inside.get_by_role("button", name="Complete authentication").click()

    await expect(page.get_by_text("You're booked")).to_be_visible()
    assert scene.till.captured() == [15_000]


async def test_time_runs_out_with_the_payment_page_open(page: Page, picture: Picture, scene: Scene) -> None:
    await to_the_review(page)
    inside = await to_the_payment_page(page)

    await page.get_by_role("button", name="End of hold").click()

    await expect(page.locator(".phone.active .banner")).to_contain_text("Nothing was charged")
    await picture("demo-page-over")
    await book(inside).click()
    await expect(inside.get_by_role("heading", name="This page has expired.")).to_be_visible()
    await expect(inside.get_by_text("You were not charged.")).to_be_visible()
    await inside.get_by_role("link", name="Back to Luna Photo").click()
    await expect(page.locator(".phone.active .tab")).to_be_hidden()
    await expect(page.get_by_text("as the time ran out").first).to_be_visible()
    await picture("demo-lapsed")
    await key(page, re.compile(r"^Take ")).click()
    await book(await to_the_payment_page(page)).click()
    await expect(page.get_by_text("You're booked")).to_be_visible()
    assert scene.till.captured() == [15_000]


async def test_of_two_holds_the_bar_says_whose_ends_first(page: Page) -> None:
    word = page.locator("[data-role=hold-word]")
    await page.get_by_role("button", name="open the link").click()
    await to_the_list_of_times(page)
    await key(page, re.compile(r"^\d+:\d\d")).click()
    await expect(word).to_have_text("held for ")

    await page.get_by_role("button", name="A second client").click()
    await page.get_by_role("button", name="open the link").click()
    await to_the_list_of_times(page)
    await key(page, re.compile(r"^\d+:\d\d")).click()

    await expect(word).to_have_text("Ana’s spot: ")


async def test_who_is_second_is_told_and_sees_a_fresh_list_on_the_smallest_screen_too(
    page: Page, picture: Picture
) -> None:
    await page.set_viewport_size({"width": 360, "height": 740})
    await page.get_by_role("button", name="open the link").click()
    await to_the_list_of_times(page)
    assert await page.evaluate("document.documentElement.scrollWidth") <= 360
    await picture("demo-narrow")
    first = page.locator(".key", has_text=re.compile(r"^\d+:\d\d")).first
    time = (await first.text_content()) or ""

    await page.get_by_role("button", name="Somebody takes the time").click()
    await expect(page.locator("[data-role=strip]")).to_contain_text(f"then {time} was claimed")
    await first.click()

    await expect(page.locator(".phone.active dialog.alert")).to_contain_text("took")
    await picture("demo-just-taken")
    await page.locator(".phone.active dialog.alert").get_by_role("button", name="OK").click()
    await expect(page.locator(".key", has_text=time)).to_have_count(0)


def demo(*words: str, said: str = "") -> subprocess.CompletedProcess[str]:
    command = (sys.executable, "-m", "bots.cli", "demo", *words)
    return subprocess.run(command, input=said, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.full  # CI plays the smoke itself
def test_the_smoke_books_and_tells_by_its_exit_code() -> None:
    done = demo("--smoke")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("1 passed, 0 failed\n")


def test_the_terminal_plays_what_comes_from_a_pipe() -> None:
    book = ("link 1", "1", "1", "1", "1", "Ana Torres", "ana@example.com", "Skip")
    sign = ("1", "3", "Ana Torres")  # the website may show photos
    answer = ("1", "5", "Two, 4 and 7", "file 1", "1")
    pay = ("1", "1", "decline", "close", "1", "pay")

    done = demo("--plain", said="\n".join((*book, *sign, *answer, *pay, "luna", "")))

    assert done.returncode == 0, done.stderr
    assert "is held for you" in done.stdout
    assert re.search(r"\[document\] Session-agreement-v1\.pdf, \d+ KB, saved as", done.stdout)
    assert "Your card was declined. Nothing was charged" in done.stdout
    assert "You're booked, Ana!" in done.stdout
    sees = done.stdout.rpartition("\n\nLP-")[2]
    assert "Ana Torres  [booked] [$150.00 paid]" in sees
    assert re.search(r"agreement, version 1: signed “Ana Torres”, .* [AP]M; Website: yes; Instagram: no\n", sees)
    assert re.search(r"its copy: .*LP-\d+-signed\.pdf\n", sees)
    assert "Who is coming? — Adults\n" in sees
    assert re.search(r"Pictures you love — .*photo\.jpg\n", sees)


async def test_the_demo_ends_in_good_order_when_it_is_told_to() -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bots.cli", "demo", "--no-open"), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout
    address = re.search(r"http://\S+", (await process.stdout.readline()).decode())
    assert address
    async with ClientSession() as browser, browser.get(address.group()) as response:
        assert response.status == 200

    process.send_signal(signal.SIGTERM)
    _, errors = await asyncio.wait_for(process.communicate(), 20)

    assert (process.returncode, errors) == (0, b"")
