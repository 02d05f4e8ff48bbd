"""The phone on the page, in a real browser; the test itself speaks as the bot."""

import asyncio

from aiohttp import ClientSession
from playwright.async_api import FrameLocator, Page, expect

from bots.demo.scene import Scene
from bots.demo.till import KEY
from tests.bots.demo.phone.bot import Bot

QUESTION = {
    "text": "Sat 28 Nov. Tap a time and I'll hold it for 15 minutes.",
    "reply_markup": {
        "inline_keyboard": [
            [{"text": "10:15 AM", "callback_data": "1:a"}, {"text": "11:30 AM", "callback_data": "1:b"}],
            [{"text": "Cancel", "callback_data": "1:x", "style": "danger"}],
        ]
    },
}
WAYS_OUT = [{"text": "‹ Back", "callback_data": "2:b"}, {"text": "Cancel", "callback_data": "2:x"}]


async def test_a_tap_reaches_the_bot_and_its_alert_is_read_and_put_away(page: Page, bot: Bot) -> None:
    await bot.say(**QUESTION)
    await page.get_by_role("button", name="10:15 AM").click()

    query = await bot.pressed()
    await bot.call("answerCallbackQuery", callback_query_id=query["id"], text="Someone took 10:15 AM.", show_alert=True)

    assert query["data"] == "1:a"
    alert = page.locator(".phone.active dialog.alert")
    await expect(alert).to_have_text("Someone took 10:15 AM.OK")
    await page.keyboard.press("Escape")
    await expect(alert).to_be_hidden()


async def test_everything_can_be_done_with_the_keyboard_alone(page: Page, bot: Bot) -> None:
    await bot.say(**QUESTION)
    await page.get_by_role("button", name="11:30 AM").focus()
    await page.keyboard.press("Enter")
    query = await bot.pressed()
    held = {"text": "Held for you.\nWhat's your full name?", "reply_markup": {"inline_keyboard": [WAYS_OUT]}}

    await bot.change(query["message"]["message_id"], **held)

    await expect(page.get_by_role("button", name="‹ Back")).to_be_focused()  # the focus stays on the card that changed
    await page.locator(".phone.active").get_by_label("Message", exact=True).focus()
    await page.keyboard.type("Ana Torres")
    await page.keyboard.press("Enter")
    await expect(page.locator(".phone.active .message.mine").last).to_contain_text("Ana Torres")


async def test_nobodys_words_become_markup(page: Page, bot: Bot) -> None:
    words = "<img src=x onerror=alert(1)> & <b>not bold</b>"

    await bot.say(text=words)

    await expect(page.locator(".phone.active .message .words").last).to_have_text(words)
    assert await page.locator(".words img, .words b").count() == 0


async def test_entities_are_drawn_as_they_are_meant(page: Page, bot: Bot) -> None:
    text = (
        '📷 <b>Held <i>for you</i></b> until <tg-time unix="1795393920" format="t">6:32 PM</tg-time>. '
        '<a href="https://t.me/LunaPhotoBot?start=m_other">Another mini</a> /privacy '
        "<blockquote expandable>Full text</blockquote>"
    )
    await bot.say(text=text, parse_mode="HTML")

    words = page.locator(".phone.active .message .words").last
    await expect(words.locator("strong")).to_have_text("Held for you")
    await expect(words.locator("strong em")).to_have_text("for you")
    await expect(words.locator("time")).to_have_attribute("datetime", "2026-11-23T00:32:00.000Z")
    await expect(words.get_by_role("button", name="/privacy")).to_be_visible()
    await expect(words.get_by_role("button", name="Show all")).to_have_attribute("aria-expanded", "false")
    await words.get_by_role("link", name="Another mini").click()
    await expect(
        page.get_by_role("button", name="START", exact=True)
    ).to_be_focused()  # a link to the bot opens in the phone


async def test_a_number_is_shared_only_after_the_person_agreed(page: Page, bot: Bot, scene: Scene) -> None:
    keyboard = {"keyboard": [[{"text": "Share my number", "request_contact": True}], [{"text": "Skip"}]]}
    await bot.say(text="A phone number?", reply_markup=keyboard)
    await page.get_by_role("button", name="Share my number").click()
    await page.locator(".phone.active dialog").get_by_role("button", name="Cancel").click()
    assert [message.contact for message in scene.phones.chat(scene.phones.all[0]).messages] == [None, None]

    await page.get_by_role("button", name="Share my number").click()
    await page.locator(".phone.active dialog").get_by_role("button", name="Share").click()

    await expect(page.locator(".phone.active .message.mine").last).to_contain_text("+13125550188")


async def offer_to_pay(bot: Bot, scene: Scene) -> str:
    """Let the bot show a card with a button to a payment page; gives the session's id."""
    order = {
        "mode": "payment",
        "line_items[0][quantity]": "1",
        "line_items[0][price_data][currency]": "usd",
        "line_items[0][price_data][unit_amount]": "15000",
        "line_items[0][price_data][product_data][name]": "Mini",
        "success_url": "https://t.me/LunaPhotoBot?start=p_4821",
        "cancel_url": "https://t.me/LunaPhotoBot",
    }
    headers = {"Authorization": f"Bearer {KEY}"}
    sessions = f"{scene.stripe.address}/v1/checkout/sessions"
    async with ClientSession() as program, program.post(sessions, data=order, headers=headers) as answer:
        session = await answer.json()
    pay = {"text": "Pay $150.00", "url": session["url"], "style": "success"}
    await bot.say(text="To pay now: $150.00", reply_markup={"inline_keyboard": [[pay], WAYS_OUT]})
    return session["id"]


def inside_the_tab(page: Page) -> FrameLocator:
    return page.frame_locator(".phone.active .tab iframe")


async def test_the_payment_page_opens_within_the_phone_and_leads_back_by_the_bots_link(
    page: Page, bot: Bot, scene: Scene
) -> None:
    session = await offer_to_pay(bot, scene)
    await page.get_by_role("button", name="Pay $150.00").click()
    await expect(inside_the_tab(page).get_by_text("$150.00").first).to_be_visible()
    await expect(page.get_by_role("dialog", name="Payment page")).to_be_visible()

    await inside_the_tab(page).get_by_role("button", name="Pay $150.00").click()

    await expect(page.locator(".phone.active .tab")).to_be_hidden()
    await expect(page.get_by_role("button", name="START", exact=True)).to_be_focused()
    assert scene.stripe.ledger(session).captured == 15_000
    await page.keyboard.press("Enter")
    async with asyncio.timeout(10):
        while scene.phones.all[0].payload != "p_4821":
            await asyncio.sleep(0.02)


async def test_a_closed_tab_is_only_closed_and_the_page_is_as_it_was(page: Page, bot: Bot, scene: Scene) -> None:
    session = await offer_to_pay(bot, scene)
    pay = page.get_by_role("button", name="Pay $150.00")
    await pay.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Close the tab")).to_be_focused()

    await page.keyboard.press("Escape")

    await expect(page.locator(".phone.active .tab")).to_be_hidden()
    await expect(pay).to_be_focused()
    assert scene.stripe.open_sessions() == [session]
    await page.keyboard.press("Enter")
    await inside_the_tab(page).get_by_role("link", name="Back").click()
    await expect(page.locator(".phone.active .tab")).to_be_hidden()
    await expect(page.get_by_role("button", name="START", exact=True)).to_be_hidden()  # the link brings nothing along
    await expect(page.locator(".phone.active").get_by_label("Message", exact=True)).to_be_visible()


async def test_what_the_bot_says_meanwhile_is_seen_over_the_payment_page(page: Page, bot: Bot, scene: Scene) -> None:
    await offer_to_pay(bot, scene)
    await page.get_by_role("button", name="Pay $150.00").click()

    await bot.say(text="10:15 AM is free again, as the time ran out. Nothing was charged.")

    notification = page.locator(".phone.active .banner").get_by_role("button")
    await expect(notification).to_contain_text("Nothing was charged")
    await notification.click()
    await expect(page.locator(".phone.active .tab")).to_be_hidden()


async def test_only_the_page_in_the_tab_can_lead_the_phone_anywhere(page: Page, bot: Bot, scene: Scene) -> None:
    await offer_to_pay(bot, scene)
    await page.get_by_role("button", name="Pay $150.00").click()
    await expect(inside_the_tab(page).get_by_text("$150.00").first).to_be_visible()

    await page.evaluate("postMessage({ leave: 'https://t.me/LunaPhotoBot?start=m_forged' }, '*')")

    await inside_the_tab(page).get_by_label("Name on card").fill("Ana Torres")
    await expect(page.locator(".phone.active .tab")).to_be_visible()
    await expect(page.get_by_role("button", name="START", exact=True)).to_be_hidden()


async def test_no_window_is_too_narrow(page: Page, bot: Bot) -> None:
    long_word = "Donaudampfschifffahrtsgesellschaftskapitänsmütze" * 2
    link = {"text": long_word[:60], "url": "https://t.me/LunaPhotoBot"}
    await bot.say(text=long_word, reply_markup={"inline_keyboard": [[link, link], [link]]})
    await expect(page.locator(".phone.active .message .words").last).to_have_text(long_word)

    for width in (320, 360, 768, 1280):
        await page.set_viewport_size({"width": width, "height": 740})

        assert await page.evaluate("document.documentElement.scrollWidth") <= width
        phone = await page.locator(".phone.active").bounding_box()
        assert phone
        for key in await page.locator(".key").all():
            box = await key.bounding_box()
            assert box
            assert box["x"] + box["width"] <= phone["x"] + phone["width"]
