"""The web server over real HTTP: what it answers, what it keeps, and what it never does."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from playwright.async_api import Browser

from bots.front import Front
from bots.stripe.listener import Listener
from bots.web.server import EVENT_LIMIT, Within, serving
from conversations.thanks import thanks
from core.back_office import BackOffice
from storage.store import Store
from tests.bots.stripe.loopback import Samples
from tests.bots.stripe.signing import SECRET, forged_requests, signed
from tests.conversations.languages import english

BOT = "https://t.me/LunaPhotoBot"


class Inside:
    """What stands behind the server, as the test has it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.well = True
        self.link = lambda payload: f"{BOT}?start={payload}" if payload else BOT
        self.listener = Listener(store, [(SECRET, False)], office=BackOffice, clock=lambda: datetime.now(UTC))
        self.fails: Exception | None = None

    async def hear(self, body: bytes, signature: str) -> bool:
        if self.fails:
            raise self.fails
        return await self.listener.hear(body, signature)

    def open(self, payload: str) -> str:
        return self.link(payload)

    async def health(self) -> tuple[bool, Mapping[str, str]]:
        return self.well, {"database": "well" if self.well else "the database does not answer", "till": "no key"}

    def within(self, *, hears: bool = True) -> Within:
        words = english()
        return Within(
            hear=self.hear if hears else None,
            thanks=lambda language: thanks(words, language),
            link=self.open,
            front=Front(self.store, words, "nobody", home=Path("/nowhere")),
            health=self.health,
        )


@pytest.fixture
def store(migrated_sqlite_url: str) -> Iterator[Store]:
    with closing(Store.open(migrated_sqlite_url)) as store:
        yield store


@pytest.fixture
def inside(store: Store) -> Inside:
    return Inside(store)


@pytest.fixture
async def address(inside: Inside) -> AsyncIterator[str]:
    async with serving(inside.within(), "127.0.0.1", 0) as address:
        yield address


async def is_known(store: Store, event_id: str) -> bool:
    """Whether the event was kept. Looking keeps it."""
    return not await store.run(lambda records: records.inbox.take("stripe", event_id))


# -- events --


@pytest.mark.rule("H4")
async def test_an_event_is_kept_before_it_is_acknowledged(
    address: str, web: aiohttp.ClientSession, store: Store, samples: Samples
):
    body, signature = signed(samples.event("checkout.session.completed", samples.paid()))

    for _ in range(2):  # Stripe may send it twice
        async with web.post(f"{address}/stripe", data=body, headers={"Stripe-Signature": signature}) as response:
            assert response.status == 200

    assert await is_known(store, "evt_1")


async def test_an_event_that_says_nothing_is_acknowledged(address: str, web: aiohttp.ClientSession, samples: Samples):
    body, signature = signed(samples.event("plan.created", {"id": "plan_1"}))

    async with web.post(f"{address}/stripe", data=body, headers={"Stripe-Signature": signature}) as response:
        assert response.status == 200


@pytest.mark.rule("H4")
async def test_forged_events_are_refused_and_nothing_is_written(
    address: str, web: aiohttp.ClientSession, store: Store, samples: Samples
):
    before = await store.read(lambda records: records.clock.next_deadline())
    answers: dict[str, int] = {}
    for name, (body, signature) in forged_requests(samples.event("checkout.session.completed", samples.paid())).items():
        headers = {} if signature is None else {"Stripe-Signature": signature}
        async with web.post(f"{address}/stripe", data=body, headers=headers) as response:
            answers[name] = response.status

    assert len(answers) >= 40
    assert {name: status for name, status in answers.items() if not 400 <= status < 500} == {}
    assert not await is_known(store, "evt_1")
    assert await store.read(lambda records: records.clock.next_deadline()) == before


async def test_an_event_that_cannot_be_kept_is_to_come_again(
    address: str, web: aiohttp.ClientSession, inside: Inside, samples: Samples
):
    inside.fails = OSError("the disk is full")
    body, signature = signed(samples.event("checkout.session.completed", samples.paid()))

    async with web.post(f"{address}/stripe", data=body, headers={"Stripe-Signature": signature}) as response:
        assert response.status == 503
        assert "disk" not in await response.text()


async def test_what_is_too_large_is_not_read_to_its_end(address: str, web: aiohttp.ClientSession):
    async with web.post(f"{address}/stripe", data=b"x" * (EVENT_LIMIT + 1)) as response:
        assert (response.status, await response.text()) == (413, "That is too much at once.\n")


async def test_without_a_secret_there_is_no_webhook(inside: Inside, web: aiohttp.ClientSession):
    async with (
        serving(inside.within(hears=False), "127.0.0.1", 0) as address,
        web.post(f"{address}/stripe", data=b"{}") as response,
    ):
        assert response.status == 404


# -- the page after paying --


async def page(web: aiohttp.ClientSession, address: str, **query: str) -> str:
    async with web.get(f"{address}/thanks", params=query) as response:
        assert response.status == 200
        assert response.content_type == "text/html"
        assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
        return await response.text()


@pytest.mark.rule("H4")
async def test_the_page_says_thanks_and_that_the_chat_confirms(address: str, web: aiohttp.ClientSession):
    said = await page(web, address, lang="en-GB", to="m_Bf7xDhP6BGq2lizgmRhYoA")

    assert '<html lang="en">' in said
    assert "Thank you!" in said
    assert "The chat confirms your booking" in said
    assert f'href="{BOT}?start=m_Bf7xDhP6BGq2lizgmRhYoA"' in said


@pytest.mark.parametrize(
    "to",
    [
        *("", "https://evil.example", "//evil.example", "a b", 'x"><script>', "x" * 65, "../..", "@evil", "a&b=c"),
        *("a\nb", "é", "javascript:alert(1)", "%2e%2e"),
    ],
)
async def test_the_page_leads_nowhere_but_into_the_chat(to: str, address: str, web: aiohttp.ClientSession):
    said = await page(web, address, to=to, lang="'><script>")

    assert said.count("href=") == 1
    assert f'href="{BOT}"' in said
    assert "evil" not in said
    assert "script" not in said


async def test_a_bot_whose_name_is_unknown_yet_gets_no_link(inside: Inside, address: str, web: aiohttp.ClientSession):
    inside.link = lambda payload: ""

    assert "href=" not in await page(web, address, to="m_1")


async def test_the_page_may_be_looked_at_without_reading_it(address: str, web: aiohttp.ClientSession):
    async with web.head(f"{address}/thanks") as response:
        assert (response.status, await response.text()) == (200, "")


async def test_the_page_looks_as_it_shall_in_a_browser(address: str, chromium: Browser):
    tab = await chromium.new_page(viewport={"width": 360, "height": 640})
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    await tab.goto(f"{address}/thanks?to=m_1")

    assert await tab.inner_text("h1") == "Thank you!"
    assert await tab.evaluate("getComputedStyle(document.querySelector('a')).color") == "rgb(255, 255, 255)"
    assert await tab.evaluate("document.documentElement.scrollWidth") == 360
    assert [one for one in complaints if "favicon" not in one] == []


# -- health, and the rest --


async def test_health_is_told_in_plain_states(inside: Inside, address: str, web: aiohttp.ClientSession):
    async with web.get(f"{address}/health") as response:
        assert (response.status, await response.json()) == (200, {"ok": True, "database": "well", "till": "no key"})

    inside.well = False
    async with web.get(f"{address}/health") as response:
        assert response.status == 503
        assert (await response.json())["database"] == "the database does not answer"


@pytest.mark.parametrize(
    ("method", "path", "status", "said"),
    [
        ("GET", "/studio", 404, "There is nothing here.\n"),
        ("GET", "/thanks/", 404, "There is nothing here.\n"),
        ("GET", "/../../etc/passwd", 404, "There is nothing here.\n"),
        ("GET", "/stripe", 405, "This address is not used that way.\n"),
        ("POST", "/thanks", 405, "This address is not used that way.\n"),
        ("DELETE", "/health", 405, "This address is not used that way.\n"),
    ],
)
async def test_other_addresses_are_answered_in_plain_words(
    method: str, path: str, status: int, said: str, address: str, web: aiohttp.ClientSession
):
    async with web.request(method, f"{address}{path}") as response:
        assert (response.status, await response.text()) == (status, said)
        assert ("Allow" in response.headers) == (status == 405)
        assert "aiohttp" not in response.headers["Server"]


async def test_a_bug_is_answered_without_its_words(inside: Inside, address: str, web: aiohttp.ClientSession):
    def broken(payload: str) -> Any:
        raise ZeroDivisionError("of our own making")

    inside.link = broken
    async with web.get(f"{address}/thanks") as response:
        assert (response.status, await response.text()) == (500, "Something broke on our side.\n")


async def test_a_port_in_use_is_an_error_of_the_system(inside: Inside):
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="in use"):
        async with serving(inside.within(), "127.0.0.1", taken.getsockname()[1]):
            pass


async def test_a_request_under_way_does_not_keep_the_program_from_ending(inside: Inside):
    async with serving(inside.within(), "127.0.0.1", 0) as address:
        host, _, port = address.removeprefix("http://").partition(":")
        _, writer = await asyncio.open_connection(host, int(port))
        writer.write(b"POST /stripe HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{")
        await writer.drain()
        began = asyncio.get_running_loop().time()

    assert asyncio.get_running_loop().time() - began < 5
    writer.close()
