"""Luna's phone beside a client's, in a real browser; the test itself speaks as both bots."""

import re

from playwright.async_api import Locator, Page, expect

from bots.demo.samples import AGREEMENT
from bots.demo.scene import Scene
from tests.bots.demo.phone.bot import Bot

SHARED = {
    "text": "Fall Minis is live.",
    "reply_markup": {
        "inline_keyboard": [
            [{"text": "Copy link", "copy_text": {"text": "t.me/LunaPhotoBot?start=m_7Q2K"}}],
            [{"text": "Open it", "url": "https://t.me/LunaPhotoBot?start=m_7Q2K"}],
        ]
    },
}
SAYING = "/addday next Saturday 9am 10 spots"
WIDE = {"width": 1440, "height": 900}


def luna(page: Page) -> Locator:
    return page.get_by_role("region", name="Luna’s phone")


def tab(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name="Which phone").get_by_role("button", name=name)


async def look_at_luna(page: Page, bot: Bot) -> None:
    """Her chat is open, on a wide screen."""
    await page.set_viewport_size({"width": WIDE["width"], "height": WIDE["height"]})
    await bot.say(text="You have no minis yet.")
    await luna(page).get_by_role("button", name="START", exact=True).wait_for(state="hidden")


async def test_two_phones_stand_side_by_side_and_on_a_narrow_screen_a_mark_tells_of_the_other(
    page: Page, studio_bot: Bot
) -> None:
    await expect(luna(page)).to_be_hidden()
    await studio_bot.say(text="New booking: Ana Torres.")
    await expect(tab(page, "something is new")).to_be_visible()

    await tab(page, "Luna").click()

    await expect(luna(page)).to_contain_text("New booking: Ana Torres.")
    await expect(tab(page, "something is new")).to_have_count(0)
    await expect(page.get_by_role("region", name="Ana Torres’s phone")).to_be_hidden()
    for width, height in ((390, 844), (1024, 768), (1440, 900)):
        await page.set_viewport_size({"width": width, "height": height})
        assert await page.evaluate("document.documentElement.scrollWidth") <= width
    await expect(page.get_by_role("region", name="Ana Torres’s phone")).to_be_visible()
    await expect(page.get_by_text("Luna, the photographer")).to_be_visible()


async def test_a_link_of_the_clients_bot_opens_on_the_clients_phone(page: Page, studio_bot: Bot, scene: Scene) -> None:
    await look_at_luna(page, studio_bot)
    await studio_bot.say(**SHARED)

    await luna(page).get_by_role("button", name="Copy link").click()
    await expect(luna(page).locator(".toasts")).to_have_text("Copied: t.me/LunaPhotoBot?start=m_7Q2K")
    await luna(page).get_by_role("button", name="Open it").click()

    ana = page.get_by_role("region", name="Ana Torres’s phone")
    await expect(ana.get_by_role("button", name="START", exact=True)).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(ana.locator(".message.mine")).to_have_count(2)
    assert scene.phones.chat(scene.phones.clients[0]).messages[-1].text == "/start m_7Q2K"


async def test_a_message_is_answered_and_stands_above_the_answer(page: Page, studio_bot: Bot) -> None:
    await look_at_luna(page, studio_bot)
    question = await studio_bot.call("sendMessage", chat_id=studio_bot.chat, text="Ana asks: may we bring the dog?")
    await expect(luna(page).locator(".message").last).to_contain_text("may we bring the dog?")
    answer = luna(page).get_by_role("button", name="Answer this message").last
    await answer.focus()
    await page.keyboard.press("Enter")
    await expect(luna(page).locator(".answering")).to_contain_text("may we bring the dog?")

    await page.keyboard.type("Of course!")
    await page.keyboard.press("Enter")

    heard = await studio_bot.reads()
    assert (heard["text"], heard["reply_to_message"]["message_id"]) == ("Of course!", question["message_id"])
    await expect(luna(page).locator(".message.mine .quoted")).to_have_text("Ana asks: may we bring the dog?")
    await expect(luna(page).locator(".answering")).to_be_hidden()


async def test_an_example_is_put_into_the_field_and_can_be_changed_line_by_line(
    page: Page, studio_bot: Bot, scene: Scene
) -> None:
    scene.inside.sayings = (SAYING,)
    await look_at_luna(page, studio_bot)

    await luna(page).get_by_role("button", name=SAYING).click()
    await expect(luna(page).get_by_label("Message", exact=True)).to_be_focused()
    await page.keyboard.type(" 20min")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("at the lake")
    await page.keyboard.press("Enter")

    assert (await studio_bot.reads())["text"] == f"{SAYING} 20min\nat the lake"


async def test_a_text_goes_as_a_file(page: Page, studio_bot: Bot) -> None:
    await look_at_luna(page, studio_bot)
    await luna(page).get_by_role("button", name="Send pictures or a text").click()
    await luna(page).get_by_role("button", name=AGREEMENT.title).click()
    await expect(luna(page).get_by_role("button", name=re.compile("^Send$")).last).to_be_disabled()
    await luna(page).get_by_role("button", name="As a file").click()

    document = (await studio_bot.receives("document"))["document"]
    assert (document["file_name"], document["mime_type"]) == ("agreement.txt", "text/plain")
    assert await studio_bot.download(document["file_id"]) == AGREEMENT.data


async def test_a_swipe_leads_to_the_other_phone(page: Page) -> None:
    row = page.locator("[data-role=phones]")
    await row.dispatch_event("touchstart", {"touches": [{"identifier": 1, "clientX": 300, "clientY": 400}]})
    await row.dispatch_event("touchend", {"changedTouches": [{"identifier": 1, "clientX": 120, "clientY": 410}]})

    await expect(luna(page)).to_be_visible()
