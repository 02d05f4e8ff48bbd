"""How the addresses of the public pages are answered: pictures, headers, languages, and that a look changes nothing."""

import re
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from bots.front import Front
from bots.web.server import Within, serving
from bots.web.site import language_wanted
from tests.bots.web.shown import read
from tests.bots.web.visits import PICTURE, changed, link, source
from tests.conversations.languages import every_language
from tests.core.house import House

# -- pictures --


@pytest.mark.rule("B2")
async def test_a_picture_is_given_and_not_given_again(pictured: str, address: str, web: aiohttp.ClientSession):
    async with web.get(f"{address}/pictures/{pictured}") as response:
        assert (response.status, response.content_type) == (200, "image/jpeg")
        assert await response.read() == PICTURE.read_bytes()
        known = response.headers["ETag"]
        assert "no-store" not in response.headers["Cache-Control"]
    async with web.get(f"{address}/pictures/{pictured}", headers={"If-None-Match": known}) as response:
        assert (response.status, await response.read()) == (304, b"")
    async with web.head(f"{address}/pictures/{pictured}") as response:
        assert (response.status, response.content_length) == (200, PICTURE.stat().st_size)


@pytest.mark.parametrize("name", ["../secret.jpg", "pictures/none.jpg", "pictures", "pictures/link.jpg", "minis.db"])
async def test_no_name_of_a_picture_leads_out_of_the_home_or_to_what_is_none(
    name: str, pictured: str, house: House, address: str, web: aiohttp.ClientSession, tmp_path: Path
):
    (tmp_path / "secret.jpg").write_text("a secret")
    (tmp_path / "home" / "minis.db").write_text("a secret")
    (tmp_path / "home" / "pictures" / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    token = link(house, changed(house, house.mini("Another"), picture=name))

    async with web.get(f"{address}/pictures/{token}") as response:
        assert (response.status, await response.text()) == (404, "There is nothing here.\n")


# -- how it is answered --


async def test_a_page_may_be_looked_at_without_reading_it_and_is_not_sent_twice(
    house: House, address: str, web: aiohttp.ClientSession
):
    mini = house.mini()
    url = f"{address}/m/{link(house, mini)}"
    async with web.head(url) as response:
        assert (response.status, await response.text()) == (200, "")
        known = response.headers["ETag"]
    async with web.get(url, headers={"If-None-Match": known}) as response:
        assert (response.status, await response.text()) == (304, "")
    house.hold("ana", house.spots(mini)[0])
    async with web.get(url, headers={"If-None-Match": known}) as response:
        assert response.status == 200


@pytest.mark.parametrize("path", ["/", "/m/{}", "/m/nothing", "/privacy"])
async def test_a_page_loads_nothing_from_elsewhere_and_runs_nothing(
    path: str, pictured: str, address: str, web: aiohttp.ClientSession
):
    async with web.get(address + path.format(pictured)) as response:
        headers, body = response.headers, await response.text()
    policy = dict(one.strip().split(" ", 1) for one in headers["Content-Security-Policy"].split(";"))
    seen = read(body)

    assert policy.pop("style-src").startswith("'sha256-")
    assert policy == {
        "default-src": "'none'",
        "img-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Vary"] == "Accept-Language"
    assert seen.with_("script") == []
    assert all("style" not in one.attributes for one in seen.all())
    assert all("://" not in one.attributes["src"] for one in seen.all("img"))
    assert "url(" not in seen.one("style").words
    assert "@import" not in seen.one("style").words
    assert len(body.encode()) < 30_000


async def test_looking_changes_nothing(house: House, pictured: str, address: str, web: aiohttp.ClientSession):
    before = (house.notes(), house.outbox())
    for path in ("/", f"/m/{pictured}-ig", "/privacy", f"/pictures/{pictured}"):
        async with web.get(address + path) as response:
            assert response.status == 200

    assert (house.notes(), house.outbox()) == before


@pytest.mark.rule("F12")
@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("", ""),
        ("de", "de"),
        ("en-GB,en;q=0.9,de;q=0.8", "en"),
        ("fr, de-AT;q=0.5, en;q=0.4", "de"),
        ("en;q=0.4, de;q=0.5", "de"),
        ("de;q=0", ""),
        ("*", ""),
        ("DE", "de"),
        ("de;q=2, en", "en"),
        ("'><script>", ""),
        ("x," * 500 + "de", ""),
        ("de" * 5000, ""),
    ],
)
def test_a_page_speaks_the_language_that_its_reader_likes_best(header: str, wanted: str):
    assert language_wanted(header, ("de", "en")) == wanted


@pytest.mark.rule("F12")
async def test_the_whole_page_is_in_that_language_and_runs_its_way(
    house: House, within: Within, web: aiohttp.ClientSession
):
    token = link(house, house.mini())
    front = Front(house.store, every_language(), house.studio.id, home=Path("/nowhere"))
    async with serving(replace(within, front=front), "127.0.0.1", 0) as address:
        seen = read(await source(web, f"{address}/m/{token}", language="he-IL, en;q=0.5"))
        other = read(await source(web, f"{address}/m/{token}", language="fr"))

    assert (seen.one("html").attributes["lang"], seen.one("html").attributes["dir"]) == ("he", "rtl")
    assert not re.search("[a-z]", seen.one("a", class_="button").text)
    assert (other.one("html").attributes["lang"], other.one("html").attributes["dir"]) == ("en", "ltr")
