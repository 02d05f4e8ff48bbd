"""What the public pages say, and to whom."""

from dataclasses import replace
from datetime import timedelta

import aiohttp
import pytest

from bots.web.server import Within, serving
from core.minis.mini import MiniState, PaidBy, Share
from core.studio.studio import Tax
from tests import builders
from tests.bots.web.shown import read
from tests.bots.web.visits import BOT, PUBLIC, changed, graph, link, page, source
from tests.core.house import House

# -- the studio's page --


@pytest.mark.rule("E3")
async def test_the_studios_page_lists_what_can_be_booked(house: House, address: str, web: aiohttp.ClientSession):
    mini = house.mini(days=[builders.a_day(), builders.a_day(builders.SUNDAY)])
    house.reserve(house.spots(mini)[0])
    house.mini("A draft", published=False)
    changed(house, house.mini("A paused one"), paused=True)

    seen = await page(web, f"{address}/")

    assert seen.one("h1").text == "Luna Photo"
    (tile,) = seen.with_("li", class_="tile bare")
    assert [one.text for one in tile.inside] == ["Fall Minis", "Sat 28 Nov and Sun 29 Nov", "From $150 · 7 spots left"]
    assert tile.one("a").attributes["href"] == f"m/{link(house, mini)}"


async def test_a_studio_without_minis_says_so_soberly(address: str, web: aiohttp.ClientSession):
    seen = await page(web, f"{address}/")

    assert "nothing to book just now" in seen.one("main").text
    assert seen.with_("ul") == []


# -- a mini's page --


@pytest.mark.rule("B2", "B3", "C6")
async def test_a_minis_page_says_everything_one_wants_to_know(house: House, address: str, web: aiohttp.ClientSession):
    packages = [
        builders.a_package(paid_by=PaidBy.FULL),
        builders.a_package("Plus", 210, includes="20 photos", minutes=40, retainer=builders.dollars(50)),
        builders.a_package("Try", 0, includes=""),
    ]
    extras = [builders.an_add_on("Print", 25, most=4), builders.an_add_on("Dog", 15)]
    mini = house.mini(
        description="Portraits among\nthe trees.\n\nBring a coat.",
        packages=packages,
        add_ons=extras,
        days=[builders.a_day(), replace(builders.a_day(builders.SUNDAY, "14:00"), place="Lake Street")],
    )
    house.hold("ana", house.spots(mini)[0])

    seen = await page(web, f"{address}/m/{link(house, mini)}")

    assert seen.one("h1").text == "Fall Minis"
    story = seen.one("div", class_="story")
    assert [one.words for one in story.all("p")] == ["Portraits among\nthe trees.", "Bring a coat."]
    when, where, costs, more = seen.all("section")
    assert [[part.text for part in one.inside] for one in when.one("ul").inside] == [
        ["Sat 28 Nov 20263 left", "10:15 AM to 11:50 AM"],
        ["Sun 29 Nov 20264 left", "2:00 PM to 3:35 PM", "Lake Street"],
    ]
    assert when.inside[-1].text == "All times are local to the shoot (Chicago)."
    assert where.text == "WhereRiverside Park, north gate"
    assert [[part.text for part in one.inside] for one in costs.one("ul").inside] == [
        ["Mini$150", "10 photos", "20 min · Paid when you book"],
        ["Plus$210", "20 photos", "40 min · $50 when you book, $160 before the shoot"],
        ["Tryfree", "20 min · Nothing to pay"],
    ]
    assert [one.text for one in more.one("ul").inside] == ["Print$25 each, up to 4", "Dog$15"]


@pytest.mark.rule("C4")
async def test_of_a_class_the_places_are_counted(house: House, address: str, web: aiohttp.ClientSession):
    spot = house.class_of(seats=30)
    house.hold("ana", spot, places=3)
    mini = house.look(lambda records: records.minis.one(house.studio.id, spot.mini_id))
    assert mini

    seen = await page(web, f"{address}/m/{link(house, mini)}")

    assert seen.one("p", class_="row").text == "Sat 28 Nov 202627 of 30 places free"
    assert "27 places left" in seen.one("aside").text


@pytest.mark.rule("H2")
async def test_what_an_outside_payment_tax_and_dear_times_mean_is_said(
    house: House, address: str, web: aiohttp.ClientSession
):
    taxed = replace(house.studio, tax=Tax(name="Sales tax", rate_hundredths=825, inclusive=False))
    assert house.store.do(lambda records: records.studios.change(house.studio, taxed))
    mini = house.mini()
    house.by_owner(lambda desk: desk.change_spot(house.spots(mini)[0].id, premium_minor=500))

    seen = await page(web, f"{address}/m/{link(house, mini)}")

    assert "Paid to Luna Photo directly" in seen.one("main").text
    assert "Some times of day cost more." in seen.one("main").text
    assert "Plus Sales tax, 8.25 %." in seen.one("main").text


@pytest.mark.rule("A5")
async def test_a_mini_without_the_studios_tax_says_nothing_of_it(
    house: House, address: str, web: aiohttp.ClientSession
):
    taxed = replace(house.studio, tax=Tax(name="Sales tax", rate_hundredths=1000, inclusive=False))
    assert house.store.do(lambda records: records.studios.change(house.studio, taxed))
    half = replace(builders.a_package(paid_by=PaidBy.RETAINER), retainer=Share(percent_hundredths=5000))
    mini = house.mini(packages=[half])
    assert "$82.50 when you book" in (await page(web, f"{address}/m/{link(house, mini)}")).one("main").text

    house.by_owner(lambda desk: desk.set_taxed(mini.id, taxed=False))

    seen = (await page(web, f"{address}/m/{link(house, mini)}")).one("main").text
    assert "Sales tax" not in seen
    assert "$75 when you book" in seen


@pytest.mark.rule("E2", "E3")
@pytest.mark.parametrize("source_tag", ["", "ig", "may-2026_b", "x" * 39])
async def test_one_button_leads_into_the_chat_and_says_where_the_link_was(
    source_tag: str, house: House, address: str, web: aiohttp.ClientSession
):
    token = link(house, house.mini())
    tagged = f"{token}-{source_tag}" if source_tag else token

    seen = await page(web, f"{address}/m/{tagged}")

    button = seen.one("a", class_="button")
    assert (button.text, button.attributes["href"]) == ("Book in Telegram", f"{BOT}?start=m_{tagged}")
    assert len(f"m_{tagged}") <= 64
    assert seen.one("link", rel="canonical").attributes["href"] == f"{PUBLIC}/m/{token}"


@pytest.mark.rule("E3")
async def test_a_paused_mini_says_so_and_has_no_button(house: House, address: str, web: aiohttp.ClientSession):
    mini = changed(house, house.mini(), paused=True)

    seen = await page(web, f"{address}/m/{link(house, mini)}")

    assert "takes no new bookings" in seen.one("aside").text
    assert seen.with_("a", class_="button") == []


async def test_a_full_mini_leads_into_the_chat_and_one_that_is_over_nowhere(
    house: House, address: str, web: aiohttp.ClientSession
):
    mini = house.mini(days=[builders.a_day(spots=1)])
    house.reserve(house.spots(mini)[0])
    full = await page(web, f"{address}/m/{link(house, mini)}")
    house.wait(timedelta(days=7))
    over = await page(web, f"{address}/m/{link(house, mini)}")

    assert "All spots are taken" in full.one("aside").text
    assert full.one("a", class_="button").text == "See it in Telegram"
    assert "New dates appear here" in over.one("aside").text
    assert over.with_("a", class_="button") == []


async def test_a_bot_whose_name_is_unknown_yet_has_no_button(house: House, within: Within, web: aiohttp.ClientSession):
    token = link(house, house.mini())
    silent = replace(within, link=lambda payload: "")
    async with serving(silent, "127.0.0.1", 0) as address:
        seen = await page(web, f"{address}/m/{token}")

    assert seen.with_("a", class_="button") == []
    assert "just waking up" in seen.one("aside").text


@pytest.mark.rule("E3")
async def test_search_engines_are_kept_from_what_is_off_the_lists(
    house: House, address: str, web: aiohttp.ClientSession
):
    listed, off = house.mini("Listed"), house.mini("Off")
    house.by_owner(lambda desk: desk.unpublish(off.id))

    assert "robots" not in graph(await page(web, f"{address}/m/{link(house, listed)}"))
    assert graph(await page(web, f"{address}/m/{link(house, off)}"))["robots"] == "noindex"


# -- what is not to be seen --


@pytest.mark.rule("E3")
async def test_what_is_not_to_be_seen_looks_like_what_never_was(
    house: House, address: str, web: aiohttp.ClientSession, within: Within
):
    hidden = [
        changed(house, house.mini(f"A {state} one"), state=state)
        for state in MiniState
        if state not in {MiniState.PUBLISHED, MiniState.UNPUBLISHED}
    ]
    tokens = [link(house, mini) for mini in hidden]
    mini = house.mini()
    tokens.append(house.by_owner(lambda desk: desk.preview_link(mini)))
    tokens.append(house.link(house.reserve(house.spots(mini)[0])))
    answers: set[str] = set()
    for path in [
        *tokens,
        "A" * 22,
        "x",
        f"{link(house, mini)}x",
        f"{link(house, mini)}-{'x' * 40}",
        "a%20b",
        "%3Cb%3E",
    ]:
        answers.add(await source(web, f"{address}/m/{path}", status=404))
    for token in tokens:
        async with web.get(f"{address}/pictures/{token}") as response:
            assert (response.status, await response.text()) == (404, "There is nothing here.\n")

    (only,) = answers
    assert "Nothing is to be seen here" in only
    assert read(only).one("main").one("a").attributes["href"] == "../"
    assert graph(read(only))["robots"] == "noindex"


@pytest.mark.rule("B2")
async def test_the_studios_own_photos_are_a_pages_picture(house: House, within: Within, web: aiohttp.ClientSession):
    mini = changed(house, house.mini(), pictures=("one", "two"))
    hidden = changed(house, house.mini("Spring Minis", published=False), pictures=("three",))

    async def photos(token: str) -> bytes | None:
        return b"as one picture" if token in {link(house, mini), link(house, hidden)} else None

    async with serving(replace(within, photos=photos), "127.0.0.1", 0) as address:
        assert f"pictures/{link(house, mini)}" in await source(web, f"{address}/m/{link(house, mini)}")
        async with web.get(f"{address}/pictures/{link(house, mini)}") as response:
            assert (response.content_type, await response.read()) == ("image/jpeg", b"as one picture")
        async with web.get(f"{address}/pictures/{link(house, hidden)}") as response:
            assert response.status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/pictures/..%2f..%2fetc%2fpasswd",
        "/pictures/fall-minis.jpg",
        "/pictures/",
        "/m/",
        "/m/a/b",
        "/card/x.jpg",
        f"/card/{'A' * 22}.jpg",
        "/pages.css",
    ],
)
async def test_other_addresses_lead_nowhere(path: str, address: str, web: aiohttp.ClientSession):
    async with web.get(f"{address}{path}") as response:
        assert (response.status, await response.text()) == (404, "There is nothing here.\n")


# -- privacy --


@pytest.mark.rule("A7")
async def test_the_page_on_privacy_has_the_words_of_the_chat(house: House, address: str, web: aiohttp.ClientSession):
    own = replace(house.studio, privacy_notice="Prints are made by Labor.\n\nAsk us anything.")
    assert house.store.do(lambda records: records.studios.change(house.studio, own))

    said = [one.text for one in (await page(web, f"{address}/privacy")).one("main").all("p")]

    assert said[0].startswith("Luna Photo keeps your name, email, phone and what you answer")
    assert said[1:5] == [
        "Prints are made by Labor.",
        "Ask us anything.",
        "Phone: +1 312 555 0100",
        "Email: hello@luna.example",
    ]
    mini = await page(web, f"{address}/m/{link(house, house.mini())}")
    assert {one.attributes["href"] for one in mini.with_("a", href="../privacy")} == {"../privacy"}


# -- what messengers show --


@pytest.mark.rule("E2")
async def test_messengers_are_told_the_title_a_summary_and_a_picture(
    house: House, address: str, web: aiohttp.ClientSession
):
    mini = changed(house, house.mini(description="Portraits\n\namong " + "trees " * 60), picture="pictures/1.jpg")
    token = link(house, mini)

    told = graph(await page(web, f"{address}/m/{token}"))

    assert told["og:title"] == "Fall Minis"
    assert told["og:site_name"] == "Luna Photo"
    assert told["og:url"] == f"{PUBLIC}/m/{token}"
    assert told["og:description"].startswith("Portraits among trees trees")
    assert told["og:description"].endswith("trees…")
    assert len(told["og:description"]) <= 200
    assert told["og:image"] == f"{PUBLIC}/pictures/{token}"
    assert told["twitter:card"] == "summary_large_image"


@pytest.mark.rule("E2")
async def test_where_cards_are_drawn_they_are_the_picture(house: House, within: Within, web: aiohttp.ClientSession):
    token, draft = link(house, house.mini()), link(house, house.mini("A draft", published=False))
    asked: list[str] = []

    async def card(token: str) -> bytes | None:
        asked.append(token)
        return b"\x89PNG of " + token.encode()

    async with serving(replace(within, card=card), "127.0.0.1", 0) as address:
        told = graph(await page(web, f"{address}/m/{token}"))
        async with web.get(f"{address}/card/{token}.jpg") as response:
            assert (response.status, response.content_type) == (200, "image/jpeg")
            assert await response.read() == b"\x89PNG of " + token.encode()
        async with web.get(f"{address}/card/{draft}.jpg") as response:
            assert response.status == 404

    assert told["og:image"] == f"{PUBLIC}/card/{token}.jpg"
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert asked == [token]


async def test_without_a_public_address_nothing_names_one(house: House, within: Within, web: aiohttp.ClientSession):
    mini = changed(house, house.mini(), picture="pictures/1.jpg")
    async with serving(replace(within, public=""), "127.0.0.1", 0) as address:
        seen = await page(web, f"{address}/m/{link(house, mini)}")

    assert seen.with_("link") == []
    assert {"og:url", "og:image"} & graph(seen).keys() == set()
    assert graph(seen)["twitter:card"] == "summary"
