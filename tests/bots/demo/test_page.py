"""The demo's page: who may reach it, what it is sent, what it may do."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, WSServerHandshakeError

from bots.demo.page.deeds import NotOfThisPage, do
from bots.demo.page.server import PREFERRED_PORT, STATIC, serving
from bots.demo.scene import Beginning, Scene
from tests.bots.demo.stages import FAILING, scene_with


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    async with scene_with(tmp_path) as scene, asyncio.TaskGroup() as tasks:
        playing = tasks.create_task(scene.play())
        yield scene
        playing.cancel()


@pytest.fixture
async def address(scene: Scene) -> AsyncIterator[str]:
    async with serving(scene, port=0) as address:
        yield address


@pytest.fixture
async def browser() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


class Page:
    """A page's end of its socket: the newest message of each kind."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self.socket = socket
        self.seen: dict[str, Any] = {}

    async def until(self, kind: str, holds: Any = lambda message: True) -> Any:
        async with asyncio.timeout(10):
            while kind not in self.seen or not holds(self.seen[kind]):
                message = await self.socket.receive_json()
                self.seen[message["type"]] = message
        return self.seen[kind]


@pytest.fixture
async def page(browser: ClientSession, address: str) -> AsyncIterator[Page]:
    async with browser.ws_connect(f"{address}/ws", headers={"Origin": address}) as socket:
        yield Page(socket)


async def test_the_page_is_served_on_loopback_and_may_load_nothing_from_elsewhere(
    browser: ClientSession, address: str, scene: Scene
) -> None:
    async with browser.get(address) as response:
        text = await response.text()

    assert address.startswith("http://127.0.0.1:")
    assert "<title>Minis" in text
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert not re.search(r"unsafe|blob:|\*", policy)
    assert re.findall(r"([a-z]+-src)[^;]*(http://[^ ;]+)", policy) == [
        ("img-src", scene.telegram_url),
        ("frame-src", scene.stripe.address),
    ]


def test_no_file_of_the_page_loads_from_another_place() -> None:
    for file in STATIC.iterdir():
        text = file.read_text(encoding="utf-8")
        assert not re.findall(r"""(?:src|import|from|url\(|@import)\s*[=(]?\s*["'(]?https?://""", text), file.name


async def test_another_name_for_this_machine_is_refused(browser: ClientSession, address: str) -> None:
    port = address.rpartition(":")[2]

    async with browser.get(address, headers={"Host": f"attacker.example:{port}"}) as response:
        assert response.status == 403
    async with browser.get(f"http://localhost:{port}") as response:
        assert response.status == 200


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://attacker.example"}, {"Origin": "http://127.0.0.1:1"}])
async def test_other_pages_cannot_open_the_socket(
    browser: ClientSession, address: str, headers: dict[str, str]
) -> None:
    with pytest.raises(WSServerHandshakeError, match="403"):
        await browser.ws_connect(f"{address}/ws", headers=headers)


async def test_a_page_is_shown_everything_when_it_comes(page: Page) -> None:
    for kind in ("state", "clock", "phones", "samples", "links", "strip"):
        await page.until(kind)

    assert page.seen["state"]["bot"] == "waking"
    assert [phone["name"] for phone in page.seen["phones"]["phones"]] == ["Ana Torres", "Luna"]
    assert [phone["bot"]["username"] for phone in page.seen["phones"]["phones"]] == ["LunaPhotoBot", "LunaStudioBot"]
    assert page.seen["clock"]["zone"] == "America/Chicago"


async def test_what_is_done_on_the_page_reaches_telegram_and_every_page(
    page: Page, browser: ClientSession, address: str, scene: Scene
) -> None:
    async with browser.ws_connect(f"{address}/ws", headers={"Origin": address}) as socket:
        other = Page(socket)
        await other.until("strip")

        await page.socket.send_json({"do": "start", "phone": 1, "payload": "m_7Q2K"})
        await page.socket.send_json({"do": "text", "phone": 1, "text": "hello"})
        await page.socket.send_json({"do": "add_phone"})

        seen = await other.until("phones", lambda message: len(message["phones"]) == 3)
    said = [message["text"] for message in seen["phones"][0]["chat"]["messages"]]
    assert said == ["/start m_7Q2K", "hello"]
    assert scene.phones.all[0].payload == "m_7Q2K"


@pytest.mark.parametrize(
    "deed",
    [
        None,
        [],
        "press",
        {"do": "press", "phone": 1},
        {"do": "press", "phone": 9, "message": 1, "row": 0, "column": 0},
        {"do": "text", "phone": 1, "text": "   "},
        {"do": "start", "phone": 1, "payload": "no such payload!"},
        {"do": "open_file", "phone": 1},
        {"do": "text", "phone": 1, "text": "   ", "reply_to": 1},
        {"do": "start_over", "begins": "anything"},
        {"do": "clock", "by": "+999"},
        {"do": "event", "event": "earthquake"},
        {"do": "rm -rf", "phone": 1},
    ],
)
async def test_what_no_page_sends_is_refused(scene: Scene, deed: object) -> None:
    with pytest.raises(NotOfThisPage):
        await do(scene, deed)


async def test_a_page_that_sends_nonsense_is_passed_over_and_goes_on(page: Page) -> None:
    await page.socket.send_str("{")
    await page.socket.send_json({"do": "press", "phone": 1, "message": 77, "row": -1, "column": 0})
    await page.socket.send_json({"do": "text", "phone": 1, "text": "still here"})

    seen = await page.until("phones", lambda message: message["phones"][0]["chat"]["messages"])
    assert seen["phones"][0]["chat"]["messages"][0]["text"] == "still here"


async def test_what_is_gone_cannot_be_answered(page: Page, scene: Scene) -> None:
    await page.socket.send_json({"do": "text", "phone": 3, "text": "yes", "reply_to": 77})
    await page.socket.send_json({"do": "text", "phone": 3, "text": "no"})

    await page.until("phones", lambda message: message["phones"][1]["chat"]["messages"])
    assert [message.text for message in scene.phones.chat(scene.phones.luna).messages] == ["no"]


async def test_whoever_wants_another_scene_ends_this_one(page: Page, scene: Scene) -> None:
    await page.socket.send_json({"do": "start_over", "begins": "empty"})

    async with asyncio.timeout(10):
        await scene.over.wait()
    assert scene.next is Beginning.EMPTY


async def test_nobody_can_take_a_time_that_no_phone_shows(page: Page) -> None:
    await page.socket.send_json({"do": "event", "event": "take", "phone": 1})

    note = await page.until("note")
    assert "list of times" in note["text"]


async def test_an_outage_is_shown_with_the_time_it_lasts(page: Page) -> None:
    await page.socket.send_json({"do": "event", "event": "down"})

    state = await page.until("state", lambda message: message["telegram"] == "down")
    assert 28 <= state["seconds_left"] <= 30


async def test_what_will_go_wrong_at_stripe_waits_for_its_moment_and_can_be_taken_back(
    page: Page, scene: Scene
) -> None:
    for event in ("declined", "hook_lost", "answer_lost"):
        await page.socket.send_json({"do": "event", "event": event})
    await page.until("state", lambda message: all(message["meant"].values()))
    assert (scene.stripe.cards_to_decline, scene.stripe.webhooks_to_lose, scene.stripe.answers_to_lose) == (1, 1, 1)

    await page.socket.send_json({"do": "event", "event": "hook_lost"})

    state = await page.until("state", lambda message: not message["meant"]["hook_lost"])
    assert state["meant"] == {"declined": True, "hook_lost": False, "answer_lost": True}
    assert scene.stripe.webhooks_to_lose == 0


async def test_stripes_outage_is_shown_with_the_time_it_lasts(page: Page) -> None:
    await page.socket.send_json({"do": "event", "event": "stripe_down"})

    state = await page.until("state", lambda message: message["stripe"] == "down")
    assert 58 <= state["stripe_seconds_left"] <= 60


async def test_the_payment_page_is_opened_and_left_on_the_phone_alone(page: Page, scene: Scene) -> None:
    await page.socket.send_json({"do": "open_page", "phone": 1})
    await page.socket.send_json({"do": "leave_page", "phone": 1})

    seen = await page.until("strip", lambda message: len(message["lines"]) == 2)
    assert [line["text"].partition(".")[0] for line in seen["lines"]] == [
        "Ana opened the payment page",
        "Ana closed the tab",
    ]
    assert scene.phones.chat(scene.phones.all[0]).messages == ()


async def test_a_program_that_died_is_told_on_the_page(tmp_path: Path, browser: ClientSession) -> None:
    async with scene_with(tmp_path, FAILING) as scene, serving(scene, port=0) as address, asyncio.TaskGroup() as tasks:
        playing = tasks.create_task(scene.play())
        async with browser.ws_connect(f"{address}/ws", headers={"Origin": address}) as socket:
            state = await Page(socket).until("state", lambda message: message["bot"] == "down")
        playing.cancel()
    assert "no such table: minis" in state["reason"]


async def test_a_taken_port_gives_way_to_the_next_and_a_named_one_does_not(scene: Scene) -> None:
    async with serving(scene) as first, serving(scene) as second:
        assert int(second.rpartition(":")[2]) > int(first.rpartition(":")[2]) >= PREFERRED_PORT
        with pytest.raises(OSError, match="address"):
            async with serving(scene, port=int(first.rpartition(":")[2])):
                pass
