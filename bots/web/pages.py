"""The studio's public pages as HTML. They load nothing from anywhere else, run nothing, and stand in no frame."""

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from bots.web.markup import Html, document, joined, style, tag
from conversations.pages import DayLine, Frame, MiniPage, Offered, Section, StudioPage, TextPage, Tile

_STYLE: Final = Path(__file__).with_name("pages.css").read_text(encoding="utf-8")
_DIGEST: Final = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
POLICY: Final = (
    f"default-src 'none'; img-src 'self'; style-src 'sha256-{_DIGEST}'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
CARD: Final = ("1200", "630")  # pixels of a share card: what every messenger shows whole

IN_SIGHT: Final = 2  # tiles above the fold of a wide screen


@dataclass(frozen=True, slots=True)
class Outside:
    """The server as the world sees it."""

    #: Where the world reaches it, without a slash at its end; empty where it does not.
    public: str = ""
    #: Whether there are share cards of the minis.
    has_cards: bool = False


def studio_page(page: StudioPage, outside: Outside) -> str:
    """`/`. Addresses are relative, so that the pages may stand below any other."""
    frame = page.frame
    address = f"{outside.public}/" if outside.public else ""
    pictured = next((tile for tile in page.tiles if outside.has_cards or tile.has_picture), None)
    head = _shared(frame.studio, page.summary, frame, address, _shared_picture(pictured, outside))
    tiles = (
        tag("ul", *map(_tile, range(len(page.tiles)), page.tiles), class_="tiles")
        if page.tiles
        else joined(*_soft(page.empty))
    )
    title = tag("header", tag("h1", frame.studio, dir="auto"), class_="studio")
    return _page(frame.studio, head, frame, tag("main", title, tiles), root="./")


def mini_page(page: MiniPage, outside: Outside, *, chat: str) -> str:
    """`/m/TOKEN`; `chat` is the address that books it in the chat, empty where nobody knows it yet."""
    address = f"{outside.public}/m/{page.token}" if outside.public else ""
    head = _shared(page.title, page.summary, page.frame, address, _shared_picture(page, outside))
    if not page.is_listed:
        head = joined(head, _no_robots())
    picture = tag("img", src=f"../pictures/{page.token}", alt="") if page.has_picture else ""
    story = tag("div", *_as_written(page.description), class_="story") if page.description else ""
    mini = tag(
        "div",
        tag("h1", page.title, dir="auto"),
        story,
        tag("div", *map(_section, page.sections), class_="parts") if page.sections else "",
        tag("p", page.keeps, " ", tag("a", page.frame.privacy, href="../privacy"), class_="soft keeps"),
        _booking(page, chat),
        class_="mini",
    )
    hero = tag("div", picture, class_="hero") if picture else ""
    return _page(page.window, head, page.frame, joined(_top(page.frame), tag("main", hero, mini)), root="../")


def text_page(page: TextPage, *, root: str) -> str:
    """A page of text; `root` leads from there to the studio's page. Such a page says itself how to reach the studio."""
    text = tag(
        "main",
        tag("h1", page.title, dir="auto"),
        *_as_written(page.paragraphs),
        tag("p", tag("a", page.home, href=root)),
        class_="text",
    )
    frame = replace(page.frame, reach=())
    return _page(page.window, _no_robots(), frame, joined(_top(frame, root), text), root=root)


# -- what every page has --


def _page(window: str, head: Html, frame: Frame, body: Html, *, root: str) -> str:
    lines = [tag("span", line, dir="auto") for line in frame.reach]
    footer = tag("footer", *lines, tag("a", frame.privacy, href=f"{root}privacy"))
    first = joined(
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", window),
        head,
        style(_STYLE),
    )
    return document(frame.language, frame.direction, first, joined(body, footer))


def _top(frame: Frame, root: str = "../") -> Html:
    return tag("header", tag("a", frame.studio, href=root, dir="auto"), class_="top")


def _no_robots() -> Html:
    return tag("meta", name="robots", content="noindex")


def _shared(title: str, summary: str, frame: Frame, address: str, picture: Html) -> Html:
    """What search engines and messengers show of the page (ogp.me)."""
    return joined(
        tag("meta", name="description", content=summary),
        tag("link", rel="canonical", href=address) if address else "",
        _graph("type", "website"),
        _graph("site_name", frame.studio),
        _graph("title", title),
        _graph("description", summary),
        _graph("url", address) if address else "",
        picture,
    )


def _shared_picture(one: MiniPage | Tile | None, outside: Outside) -> Html:
    """A mini's card or picture. Whole addresses alone are understood, so without a public one there is none."""
    if one is None or not outside.public or not (outside.has_cards or one.has_picture):
        return tag("meta", name="twitter:card", content="summary")
    large = tag("meta", name="twitter:card", content="summary_large_image")
    alt = _graph("image:alt", one.title)
    if not outside.has_cards:
        return joined(large, _graph("image", f"{outside.public}/pictures/{one.token}"), alt)
    width, height = CARD
    return joined(
        large,
        _graph("image", f"{outside.public}/card/{one.token}.jpg"),
        _graph("image:type", "image/jpeg"),
        _graph("image:width", width),
        _graph("image:height", height),
        alt,
    )


def _graph(name: str, content: str) -> Html:
    return tag("meta", property=f"og:{name}", content=content)


# -- the studio's page --


def _tile(number: int, tile: Tile) -> Html:
    # What is in sight at once is fetched at once.
    loading = "lazy" if number >= IN_SIGHT else "eager"
    picture = tag("img", src=f"pictures/{tile.token}", alt="", loading=loading) if tile.has_picture else ""
    return tag(
        "li",
        picture,
        tag("h2", tag("a", tile.title, href=f"m/{tile.token}", dir="auto")),
        tag("p", tile.days),
        tag("p", " · ".join(filter(None, (tile.price, tile.left))), class_="soft"),
        class_="tile" if picture else "tile bare",
    )


# -- a mini's page --


def _booking(page: MiniPage, chat: str) -> Html:
    """The way into the chat, with what is to be known before; in sight wherever one reads."""
    way: Html | str = ""
    if page.book:
        way = tag("a", page.book, href=chat, class_="button") if chat else tag("p", page.silent)
    return tag(
        "aside",
        tag("p", page.price, class_="price") if page.price else "",
        tag("p", page.left, class_="soft") if page.left else "",
        way,
        tag("p", page.standing, class_="soft standing"),
        class_="book",
    )


def _section(section: Section) -> Html:
    return tag(
        "section",
        tag("h2", section.heading),
        tag("p", section.place, class_="as-written", dir="auto") if section.place else "",
        tag("ul", *map(_day, section.days), class_="rows") if section.days else "",
        tag("ul", *map(_offered, section.offers), class_="rows") if section.offers else "",
        *_soft(section.notes),
    )


def _day(line: DayLine) -> Html:
    left = tag("span", line.left, class_="full" if line.is_full else False)
    day = tag("time", line.day, datetime=line.date.isoformat())
    return tag(
        "li",
        tag("p", day, left, class_="row"),
        tag("p", line.hours, class_="soft"),
        tag("p", line.place, class_="soft", dir="auto") if line.place else "",
    )


def _offered(one: Offered) -> Html:
    return tag(
        "li",
        tag("div", tag("h3", one.title, dir="auto"), tag("span", one.price), class_="row"),
        *(tag("p", each, class_="soft", dir="auto") for each in one.details),
    )


def _soft(lines: Iterable[str]) -> list[Html]:
    return [tag("p", line, class_="soft") for line in lines]


def _as_written(paragraphs: Iterable[str]) -> list[Html]:
    return [tag("p", one, class_="as-written", dir="auto") for one in paragraphs]
