"""Documents and pictures on the phone on the page, in a real browser; the test itself speaks as the bot."""

import re
from base64 import b64decode
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from bots.demo.samples import FOLDER, SAMPLES
from bots.demo.scene import Scene
from bots.demo.telegram.pictures import picture_size, tells_place
from tests.bots.demo.phone.bot import Bot
from tests.bots.demo.sheets import pdf

NAME = "Fall-Minis-contract-v3.pdf"
CAPTION = "<b>Contract v3</b>, 2 pages"


def clip(page: Page) -> Locator:
    return page.get_by_role("button", name="Send pictures", exact=True)


def picker(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Send pictures from Ana Torres’s phone")


def sight(page: Page, title: str) -> Locator:
    return picker(page).get_by_role("button", name=title)


def send(page: Page) -> Locator:
    return picker(page).get_by_role("button", name=re.compile("^Send"))


async def send_sample_as_picture(page: Page, title: str) -> None:
    await clip(page).click()
    await sight(page, title).click()
    await send(page).click()


@pytest.mark.parametrize("width", [360, 1280])
async def test_a_document_is_shown_with_its_name_and_size_and_opens_in_a_tab_by_keyboard(
    page: Page, bot: Bot, width: int
) -> None:
    await page.set_viewport_size({"width": width, "height": 800})
    data = pdf("Fall Minis: contract")
    await bot.send_document(NAME, data, caption=CAPTION, parse_mode="HTML")

    document = page.get_by_role("link", name=f"Open {NAME}, 1 KB · PDF")
    await expect(document).to_contain_text(NAME)
    await expect(page.locator(".phone.active .message .words strong").last).to_have_text("Contract v3")
    await document.focus()
    async with page.context.expect_page() as opened, page.context.expect_event("response") as answered:
        await page.keyboard.press("Enter")

    response, tab = await answered.value, await opened.value
    assert response.headers["content-type"] == "application/pdf"
    assert response.headers["content-disposition"] == f"inline; filename*=UTF-8''{NAME}"
    assert response.url.endswith("/documents/file_1.pdf")
    await tab.close()
    await expect(page.locator("[data-role=strip]")).to_contain_text(f"Ana opened {NAME}.")
    assert await page.evaluate("document.documentElement.scrollWidth") <= width


async def test_a_long_name_stays_within_its_bubble(page: Page, bot: Bot) -> None:
    await bot.send_document(f"{'Donaudampfschifffahrtsvertrag-' * 2}.pdf", pdf("Vertrag"))

    document, phone = (
        await page.locator("a.document").bounding_box(),
        await page.locator(".phone.active").bounding_box(),
    )

    assert document
    assert phone
    assert document["x"] + document["width"] <= phone["x"] + phone["width"]


async def test_the_strip_tells_of_documents(page: Page, bot: Bot, scene: Scene) -> None:
    first = await bot.send_document(NAME, pdf("Contract"))
    await bot.say(text="Please read it.")
    await bot.call("sendDocument", chat_id=scene.phones.all[0].person, document=first["document"]["file_id"])

    strip = page.locator("[data-role=strip]")
    await expect(strip.get_by_text(f"The bot sent Ana the document {NAME}")).to_have_count(2)


async def test_a_sample_picture_reaches_the_bot_and_stands_in_the_chat(page: Page, bot: Bot) -> None:
    await send_sample_as_picture(page, "A good dog")

    photo = (await bot.receives("photo"))["photo"][-1]
    assert await bot.download(photo["file_id"]) == SAMPLES[1].data
    picture = page.get_by_role("img", name="Picture that you sent")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1200
    await expect(clip(page)).to_be_focused()
    strip = page.locator("[data-role=strip]")
    await expect(strip).to_contain_text("Ana sent a picture. The app left out what is hidden in it.")
    await expect(strip).to_contain_text("The bot fetched what Ana had sent")


async def test_the_place_in_a_picture_goes_with_a_file_and_not_with_a_picture(page: Page, bot: Bot) -> None:
    await send_sample_as_picture(page, "Autumn walk with its place in it")
    photo = (await bot.receives("photo"))["photo"][-1]
    assert not tells_place(await bot.download(photo["file_id"]))

    await clip(page).click()
    await sight(page, "Autumn walk").click()
    await picker(page).get_by_role("button", name="As a file").click()

    document = (await bot.receives("document"))["document"]
    assert (document["file_name"], document["mime_type"]) == ("autumn-walk.jpg", "image/jpeg")
    assert tells_place(await bot.download(document["file_id"]))
    await expect(page.get_by_role("link", name="Open autumn-walk.jpg, 52 KB · JPG")).to_be_visible()
    await expect(page.locator("[data-role=strip]")).to_contain_text("the place where it was taken is still in it")


async def test_pictures_that_are_sent_together_stand_together(page: Page, bot: Bot) -> None:
    await clip(page).click()
    await sight(page, "By the lake").click()
    await sight(page, "Autumn walk").click()
    await sight(page, "A good dog").click()
    await expect(sight(page, "A good dog")).to_have_attribute("aria-pressed", "true")
    await sight(page, "Autumn walk").click()  # not this one after all
    await send(page).click()

    first, second = await bot.receives("photo"), await bot.receives("photo")
    assert first["media_group_id"] == second["media_group_id"]
    assert await bot.download(first["photo"][-1]["file_id"]) == SAMPLES[2].data
    album = page.locator(".phone.active .message.mine").last
    await expect(album.get_by_role("img", name="Picture that you sent, 2 of 2")).to_be_visible()
    await expect(album.get_by_role("img")).to_have_count(2)


async def test_a_file_of_this_machine_is_made_a_picture_by_the_browser(page: Page, bot: Bot) -> None:
    await clip(page).click()
    await page.set_input_files(".phone.active input[type=file]", FOLDER / "autumn-walk.jpg")
    await expect(send(page)).to_be_focused()
    await page.keyboard.press("Enter")

    photo = (await bot.receives("photo"))["photo"][-1]
    data = await bot.download(photo["file_id"])
    assert picture_size(data) == (1200, 900)
    assert b"Exif" not in data


async def test_a_transparent_picture_that_is_large_becomes_what_an_app_makes_of_it(
    page: Page, bot: Bot, tmp_path: Path
) -> None:
    png = await page.evaluate("""() => {
        const canvas = document.createElement("canvas");
        Object.assign(canvas, { width: 2560, height: 1000 });
        return canvas.toDataURL().split(",")[1];
    }""")
    file = tmp_path / "drawing.png"
    file.write_bytes(b64decode(png))
    await clip(page).click()
    await page.set_input_files(".phone.active input[type=file]", file)
    await send(page).click()

    photo = (await bot.receives("photo"))["photo"][-1]
    assert (photo["width"], photo["height"]) == (1280, 500)


async def test_what_is_no_picture_goes_as_a_file_only(page: Page, bot: Bot, tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("Bring the dog.")
    await clip(page).click()
    await page.set_input_files(".phone.active input[type=file]", notes)

    await expect(picker(page).get_by_role("status")).to_contain_text("notes.txt is no picture")
    await expect(send(page)).to_be_disabled()
    await picker(page).get_by_role("button", name="As a file").click()
    document = (await bot.receives("document"))["document"]
    assert await bot.download(document["file_id"]) == b"Bring the dog."


async def test_what_is_too_large_is_not_sent_and_the_person_is_told(page: Page, scene: Scene, tmp_path: Path) -> None:
    large = tmp_path / "scan.tif"
    with large.open("wb") as file:
        file.truncate(20 * 1024 * 1024 + 1)
    await clip(page).click()
    await page.set_input_files(".phone.active input[type=file]", large)

    await picker(page).get_by_role("button", name="As a file").click()

    await expect(page.locator(".phone.active .toasts")).to_contain_text("more than 20 MB")
    assert [message.document for message in scene.phones.chat(scene.phones.all[0]).messages] == [None]


async def test_the_pictures_are_picked_by_keyboard_and_put_away_by_escape(page: Page, bot: Bot) -> None:
    await clip(page).focus()
    await page.keyboard.press("Enter")
    await expect(sight(page, "Autumn walk")).to_be_focused()
    await expect(send(page)).to_be_disabled()  # nothing is ticked yet
    await page.keyboard.press("Escape")
    await expect(picker(page)).to_be_hidden()
    await expect(clip(page)).to_be_focused()

    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Space")
    await expect(sight(page, "A good dog")).to_be_focused()
    for _ in range(4):  # the lake, the files of this machine, as a file
        await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")

    await bot.receives("photo")


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
async def test_no_window_is_too_narrow_to_pick_a_picture(page: Page, width: int) -> None:
    await page.set_viewport_size({"width": width, "height": 740})
    await clip(page).click()

    assert await page.evaluate("document.documentElement.scrollWidth") <= width
    room = await page.locator(".phone.active .room").bounding_box()
    assert room
    for button in await picker(page).get_by_role("button").all():
        box = await button.bounding_box()
        assert box
        assert room["x"] <= box["x"]
        assert box["x"] + box["width"] <= room["x"] + room["width"]
    await sight(page, "By the lake").click()
    await send(page).click()
    await expect(page.get_by_role("img", name="Picture that you sent")).to_be_visible()
