"""The papers in the demo: a stranger reads, signs, answers and pays, and Luna sees all of it."""

import io
import re
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing

import pypdf
from PIL import Image
from playwright.async_api import APIResponse, Locator, Page, expect

from bots.demo.samples import SAMPLES
from bots.demo.scene import Scene
from tests.bots.demo.whole.conftest import SheetPicture
from tests.bots.demo.whole.visitor import (
    Picture,
    book,
    key,
    reads,
    says,
    to_the_contract,
    to_the_payment_page,
    to_the_review,
)

GPS = 0x8825  # the tag of EXIF under which the place lies


def place_in(jpeg: bytes) -> dict[int, object]:
    """What Pillow reads of the place where the picture was taken."""
    return dict(Image.open(io.BytesIO(jpeg)).getexif().get_ifd(GPS))


def markers(jpeg: bytes) -> Iterator[int]:
    """The segments before the picture itself, read byte by byte (ITU T.81, annex B)."""
    at = 2
    while (marker := jpeg[at + 1]) != 0xDA:
        yield marker
        at += 2 + struct.unpack(">H", jpeg[at + 2 : at + 4])[0]


def kept(scene: Scene, kind: str) -> list[bytes]:
    """Files as they lie in the database, read without the product."""
    with closing(sqlite3.connect(scene.folder / "minis.db")) as database:
        rows = database.execute("SELECT content FROM files WHERE kind = ? ORDER BY id", (kind,))
        return [content for (content,) in rows]


async def sends_as_file(page: Page, title: str) -> None:
    await page.get_by_role("button", name="Send pictures", exact=True).click()
    picker = page.locator(".phone.active .picker")
    await picker.get_by_role("button", name=title).click()
    await picker.get_by_role("button", name="As a file").click()


async def opens_the_contract(page: Page) -> bytes:
    """A tap on the document opens it in a tab; gives what the link answers with."""
    document = page.locator(".phone.active a.document").last
    async with page.context.expect_page() as opened:
        await document.click()
    await (await opened.value).close()
    answer = await page.request.get(await document.get_attribute("href") or "")
    assert answer.headers["content-type"] == "application/pdf"
    return await answer.body()


async def signs_with_a_near_name(page: Page, picture: Picture) -> None:
    await key(page, "Website: no").click()
    await expect(key(page, "Website: yes")).to_be_visible()
    await key(page, re.compile("^Sign$")).click()
    await reads(page, "To sign, type your full name")
    await says(page, "A. Torres")
    await key(page, 'Keep "A. Torres"').click()
    await reads(page, "Who is coming?")
    await expect(strip(page)).to_contain_text("Ana’s signature was stored and sealed")
    await picture("signing", page.locator(".phone.active"))


async def answers_with_a_photo_that_tells_its_place(page: Page) -> None:
    await key(page, "Adults").click()
    await key(page, "Dog").click()
    await key(page, "Done, 2 chosen").click()
    await reads(page, "How old are the children?")
    await says(page, "Two, 4 and 7")
    await reads(page, "Pictures you love")
    await sends_as_file(page, "Autumn walk")
    await expect(strip(page)).to_contain_text("the place where it was taken is still in it")
    await reads(page, "1 of 3 received")
    await expect(strip(page)).to_contain_text("Ana’s photo was drawn anew and kept: the place is gone")
    await key(page, re.compile("^Done$")).click()


def strip(page: Page) -> Locator:
    return page.locator("[data-role=strip]")


def luna(page: Page) -> Locator:
    return page.locator("[data-role=luna]")


async def fetched(page: Page, address: str | None) -> APIResponse:
    """What the page's own server answers."""
    return await page.request.get(f"{page.url.rstrip('/')}{address}")


async def test_a_stranger_signs_answers_and_pays_and_luna_sees_it_all(
    page: Page, picture: Picture, sheet_picture: SheetPicture, scene: Scene
) -> None:
    await page.set_viewport_size({"width": 1840, "height": 950})  # room for the strip and for Luna
    await to_the_contract(page)
    contract = await opens_the_contract(page)
    await expect(luna(page)).to_contain_text("not signed yet")
    await expect(strip(page)).to_contain_text("Its exact text was stored with its SHA-256")
    await signs_with_a_near_name(page, picture)
    await answers_with_a_photo_that_tells_its_place(page)
    await book(await to_the_payment_page(page)).click()
    await reads(page, "You're booked")

    card = luna(page).locator(".booking")
    await expect(card.locator(".booking-head")).to_contain_text(re.compile(r"Ana Torres.*booked.*\$150\.00 paid"))
    await expect(card.get_by_label("Session agreement")).to_contain_text("“A. Torres”, ")
    assert await card.locator(".consents li").all_inner_texts() == ["Website: yes", "Instagram: no"]
    assert await card.locator("dd").all_inner_texts() == ["Adults, Dog", "Two, 4 and 7", ""]
    await picture("luna", card)
    await the_photo_is_the_kept_one_and_tells_no_place(page, scene)
    link = card.get_by_role("link", name="Open the signed copy")
    copy = await fetched(page, await link.get_attribute("href"))
    assert copy.headers["content-type"] == "application/pdf"
    assert re.fullmatch(r"inline; filename\*=UTF-8''LP-\d+-signed\.pdf", copy.headers["content-disposition"])
    assert [await copy.body()] == kept(scene, "signed_copy")
    assert "Certificate of signature" not in _words(contract)
    assert re.search(r"Certificate of signature.*A\. Torres", _words(await copy.body()), re.DOTALL)
    sheet_picture("contract", contract, 0)
    sheet_picture("certificate", await copy.body(), len(pypdf.PdfReader(io.BytesIO(await copy.body())).pages) - 1)


async def the_photo_is_the_kept_one_and_tells_no_place(page: Page, scene: Scene) -> None:
    image = luna(page).get_by_role("img", name="Pictures you love, photo 1 of 1")
    shown = await fetched(page, await image.get_attribute("src"))
    (photo,) = kept(scene, "photo")
    assert place_in(SAMPLES[0].data)  # what was sent
    assert not place_in(photo)
    assert 0xE1 not in markers(photo), "there is neither EXIF nor XMP"
    assert (shown.headers["content-type"], shown.headers["x-content-type-options"]) == ("image/jpeg", "nosniff")
    assert await shown.body() == photo
    assert await image.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1200


def _words(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


async def test_what_is_asked_once_booked_stands_on_the_same_card_behind_its_tab(page: Page) -> None:
    await page.set_viewport_size({"width": 390, "height": 844})
    await to_the_review(page)
    await book(await to_the_payment_page(page)).click()
    await expect(luna(page)).to_be_hidden()

    await page.get_by_role("button", name="Papers").click()

    await expect(luna(page).locator(".booking")).to_contain_text("$150.00 paid")
    await expect(luna(page).locator("dd .skipped")).to_have_count(2)
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390
    await key(page, "Answer now").click()
    await key(page, "Surprise me").click()
    await reads(page, "a picture that you must have")
    await key(page, "Skip").click()
    await expect(luna(page).locator(".booking")).to_contain_text("About your photos")
    await expect(luna(page).locator(".booking")).to_contain_text("Surprise me")


async def test_a_time_that_is_given_back_leaves_lunas_cards(page: Page) -> None:
    await to_the_contract(page)
    await page.get_by_role("button", name="Papers").click()
    card = luna(page).locator(".booking")
    await expect(card).to_contain_text("being booked, held until")

    await page.get_by_role("button", name="End of hold").click()

    await expect(card).to_have_count(0)
    await expect(luna(page)).to_contain_text("No bookings at the moment")
