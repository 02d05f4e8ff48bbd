"""Whatever people write is text on every page that shows it, judged by a parser that is not ours."""

from dataclasses import replace
from typing import Any

import aiohttp

from bots.web.markup import joined, tag
from core.minis.mini import Package, PaidBy
from tests import builders, nasty
from tests.bots.web.shown import read, shape, squeezed
from tests.bots.web.visits import changed, graph, link, source
from tests.core.house import House

#: As a database can keep them: there are no halves of a pair in UTF-8, and no NUL in PostgreSQL.
NASTY = sorted({text.encode("utf-8", "replace").decode().replace("\0", "") for text in nasty.EVERY})


def everywhere(text: str) -> dict[str, Any]:
    """A mini with the text wherever it has one."""
    package = Package(id="mini", title=text, fee=builders.dollars(150), paid_by=PaidBy.OUTSIDE, includes=text)
    return {
        "title": text,
        "description": text,
        "place": text,
        "packages": (package,),
        "add_ons": (replace(builders.an_add_on("Print", 25), title=text),),
    }


class Visits:
    """A studio, its mini and their pages, with one text after the other in every place."""

    def __init__(self, house: House, address: str, web: aiohttp.ClientSession) -> None:
        self._house, self._address, self._web = house, address, web
        self._studio = house.studio
        self._mini = house.mini()
        self.token = link(house, self._mini)

    def write(self, text: str) -> None:
        self._mini = changed(self._house, self._mini, **everywhere(text))
        old = self._studio
        new = replace(old, name=text, phone=text, email=text, privacy_notice=text)
        assert self._house.store.do(lambda records: records.studios.change(old, new))
        self._studio = replace(new, version=old.version + 1)

    async def source(self, path: str) -> str:
        return await source(self._web, self._address + path)


async def test_whatever_a_studio_writes_is_text(house: House, address: str, web: aiohttp.ClientSession):
    visits = Visits(house, address, web)
    paths = ("/", f"/m/{visits.token}", "/privacy")
    visits.write("plain words")
    shapes = {path: set(shape(await visits.source(path))) for path in paths}
    for text in NASTY:
        visits.write(text)
        shown = squeezed(text)
        studio, mini, privacy = [await visits.source(path) for path in paths]

        seen = read(mini)
        assert seen.one("h1").text == read(studio).one("h1").text == read(studio).one("h2").text == shown
        assert seen.one("title").text == squeezed(f"{text} · {text}")
        assert seen.one("header").text == shown
        assert [one.text for one in seen.all("h3")] == [shown, shown]
        assert {squeezed(graph(seen)[f"og:{name}"]) for name in ("title", "site_name")} == {shown}
        if shown:
            assert seen.one("div", class_="story").text == shown
            assert [one.text for one in seen.with_("p", class_="soft") if one.text == shown] == [shown]
        assert all(shown in read(page).one("main").text for page in (mini, privacy))
        for path, page in zip(paths, (studio, mini, privacy), strict=True):
            assert set(shape(page)) <= shapes[path]


def test_what_no_database_keeps_is_no_text_either():
    assert tag("p", "a\0b\ud800c\x1b[31m\u202ed\x85e", title='"\ud800>') == '<p title="&quot;&gt;">abc[31mde</p>'


def test_markup_is_what_was_made_as_such_and_nothing_else():
    assert joined("<b>", tag("p", "<i>", tag("img", src="'\"")), "&amp;") == (
        '&lt;b&gt;<p>&lt;i&gt;<img src="&#x27;&quot;"></p>&amp;amp;'
    )
