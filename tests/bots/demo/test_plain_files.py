"""Documents and pictures in the terminal."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession, FormData

from bots.demo.accounts import TOKEN
from bots.demo.plain_files import PlainFiles
from bots.demo.scene import Scene
from bots.demo.telegram import ChatView, MessageView
from tests.bots.demo.sheets import pdf
from tests.bots.demo.stages import scene_with


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    async with scene_with(tmp_path) as scene:
        yield scene


@pytest.fixture
def files(scene: Scene) -> PlainFiles:
    return PlainFiles(scene, scene.phones.all[0])


def chat(scene: Scene) -> ChatView:
    return scene.phones.chat(scene.phones.all[0])


async def sent_by_the_bot(scene: Scene, name: str, data: bytes) -> MessageView:
    phone = scene.phones.all[0]
    scene.phones.start(phone, "m_7Q2K")
    form = FormData({"chat_id": str(phone.person), "caption": "Contract v3, 2 pages"})
    form.add_field("document", data, filename=name)
    async with (
        ClientSession() as bot,
        bot.post(f"{scene.telegram_url}/bot{TOKEN}/sendDocument", data=form) as response,
    ):
        assert response.status == 200
    return chat(scene).messages[-1]


async def test_a_document_is_a_line_and_is_saved(scene: Scene, files: PlainFiles) -> None:
    data = pdf("Contract")

    line = files.attached(await sent_by_the_bot(scene, "Fall-Minis-contract-v3.pdf", data))

    found = re.fullmatch(r"\[document\] Fall-Minis-contract-v3\.pdf, 1 KB, saved as (.+) until the demo ends\n", line)
    assert found
    path = Path(found[1])
    assert path == scene.folder / "files" / "Fall-Minis-contract-v3.pdf"
    assert path.read_bytes() == data


async def test_the_same_document_is_saved_once_and_another_of_its_name_beside_it(
    scene: Scene, files: PlainFiles
) -> None:
    for words in ("unsigned", "unsigned", "signed"):
        files.attached(await sent_by_the_bot(scene, "contract.pdf", pdf(words)))

    saved = sorted(path.name for path in (scene.folder / "files").iterdir())
    assert saved == ["contract-2.pdf", "contract.pdf"]


async def test_pictures_are_sent_by_a_word(scene: Scene, files: PlainFiles, capsys: pytest.CaptureFixture[str]) -> None:
    for word in ("photo", "photo 2 3", "file 1"):
        assert files.takes(word)
        assert files.do(word)

    messages = chat(scene).messages
    assert [bool(message.photo_url) for message in messages] == [True, True, True, False]
    assert messages[1].album == messages[2].album is not None
    assert messages[3].document
    assert capsys.readouterr().out.splitlines() == [
        "Sent: Autumn walk (with its place in it).",
        "Sent: A good dog, By the lake.",
        "Sent: Autumn walk (with its place in it).",
    ]


async def test_what_is_no_picture_of_the_phone_is_not_sent(scene: Scene, files: PlainFiles) -> None:
    assert not files.takes("photos of my dog")
    assert not files.takes("photo 10")
    assert not files.do("photo 9")
    assert chat(scene).messages == ()
