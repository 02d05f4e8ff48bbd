"""Files that a page posts: who may, what is taken, what is said of the rest."""

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, FormData

from bots.demo.page.parcels import ENVELOPE_LIMIT, PARCEL_LIMIT
from bots.demo.page.server import serving
from bots.demo.samples import SAMPLES
from bots.demo.scene import Scene
from bots.demo.telegram import ChatView
from tests.bots.demo.stages import scene_with


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    async with scene_with(tmp_path) as scene:
        yield scene


@pytest.fixture
async def page(scene: Scene) -> AsyncIterator["Page"]:
    async with serving(scene, port=0) as address, ClientSession() as session:
        yield Page(session, address)


class Page:
    """A page that posts, from its own origin unless told."""

    def __init__(self, session: ClientSession, address: str) -> None:
        self.session = session
        self.address = address

    async def post(
        self, *parts: tuple[str, Any], how: str = "pictures", phone: str = "1", headers: dict[str, str] | None = None
    ) -> tuple[int, Any]:
        """Post the parts in their order; gives the status, and the note where there is one."""
        form = FormData(quote_fields=False, default_to_multipart=True)  # as browsers post
        form.add_field("phone", phone)
        form.add_field("as", how)
        for name, value in parts:
            if isinstance(value, str):
                form.add_field(name, value)
            else:
                form.add_field(name, BytesIO(value[1]), filename=value[0])
        own = {"Origin": self.address} if headers is None else headers
        async with self.session.post(f"{self.address}/files", data=form, headers=own) as response:
            return response.status, (await response.json())["note"] if response.status == 200 else None


def chat(scene: Scene) -> ChatView:
    return scene.phones.chat(scene.phones.all[0])


async def test_samples_and_files_of_the_person_go_in_the_order_in_which_they_were_chosen(
    page: Page, scene: Scene
) -> None:
    sent = await page.post(
        ("sample", "good-dog.jpg"),
        ("file", ("plan.txt", b"Bring the dog.")),
        ("sample", "by-the-lake.jpg"),
        how="files",
    )

    assert sent == (200, None)
    documents = [message.document for message in chat(scene).messages if message.document]
    assert [document.name for document in documents] == ["good-dog.jpg", "plan.txt", "by-the-lake.jpg"]
    assert scene.telegram.data_at(documents[1].url) == b"Bring the dog."


async def test_the_name_of_a_file_leads_nowhere(page: Page, scene: Scene) -> None:
    await page.post(("file", ("../../.ssh/id.jpg", b"data")), how="files")

    (message,) = chat(scene).messages
    assert message.document
    assert message.document.name == "id.jpg"


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://attacker.example"}, {"Origin": "http://127.0.0.1:1"}])
async def test_other_pages_post_nothing(page: Page, scene: Scene, headers: dict[str, str]) -> None:
    assert await page.post(("sample", "good-dog.jpg"), headers=headers) == (403, None)
    assert chat(scene).messages == ()


async def test_what_no_app_sends_is_said_in_words(page: Page, scene: Scene) -> None:
    notes = [
        await page.post(("file", ("a.png", b"\x89PNG\r\n\x1a\n"))),
        await page.post(("file", ("a.jpg", b"")), how="files"),
        await page.post(*[("sample", "good-dog.jpg")] * 11),
        await page.post(),
    ]

    assert all(status == 200 and note.startswith("This cannot be sent: ") for status, note in notes)
    assert chat(scene).messages == ()


async def test_what_is_too_large_is_said_and_not_kept(page: Page, scene: Scene) -> None:
    status, note = await page.post(("file", ("a.tif", bytes(PARCEL_LIMIT + ENVELOPE_LIMIT + 1))), how="files")

    assert (status, "more than 20 MB" in note) == (200, True)
    assert chat(scene).messages == ()


@pytest.mark.parametrize(
    ("parts", "how", "phone"),
    [
        ([("sample", "no-such.jpg")], "pictures", "1"),
        ([("sample", "../scene.py")], "pictures", "1"),
        ([("file", "words")], "pictures", "1"),
        ([("sample", "good-dog.jpg")], "postcards", "1"),
        ([("sample", "good-dog.jpg")], "pictures", "9"),
        ([("sample", "good-dog.jpg")], "pictures", "one"),
    ],
)
async def test_what_no_page_posts_is_refused(page: Page, scene: Scene, parts: Any, how: str, phone: str) -> None:
    assert await page.post(*parts, how=how, phone=phone) == (400, None)
    async with page.session.post(f"{page.address}/files", json={}, headers={"Origin": page.address}) as response:
        assert response.status == 400
    assert chat(scene).messages == ()


async def test_the_page_shows_the_samples_and_no_other_file_of_their_folder(page: Page) -> None:
    async with page.session.get(f"{page.address}/samples/good-dog.jpg") as response:
        assert (response.content_type, await response.read()) == ("image/jpeg", SAMPLES[1].data)
    for name in ("__init__.py", "..%2Fscene.py", "no-such.jpg"):
        async with page.session.get(f"{page.address}/samples/{name}") as response:
            assert response.status == 404
