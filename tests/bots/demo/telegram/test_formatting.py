"""What becomes of a formatted text: Telegram's own cases, and what is done to every text after parsing."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.demo.telegram.entities import Entity, Formatted, ParseError, found_in, trimmed, units
from bots.demo.telegram.formatting import caption, message_text
from bots.demo.telegram.links import LinkRefused, checked_link
from bots.demo.telegram.markup_html import parse_html
from bots.demo.telegram.markup_v2 import parse_markdown_v2
from bots.demo.telegram.refusals import ApiError

PARSERS = {"HTML": parse_html, "MarkdownV2": parse_markdown_v2}


def outcome(mode: str, text: str) -> Formatted | str:
    try:
        return PARSERS[mode](text)
    except ParseError as error:
        return str(error)


def differs(case: dict[str, Any]) -> bool:
    """Entities are compared in the fields that the case names: it leaves the format of a shown time out."""
    got = outcome(case["mode"], case["text"])
    if isinstance(got, str):
        return got != case.get("error")
    wanted = case.get("entities", [])
    entities = [{name: asdict(e)[name] for name in w} for e, w in zip(got.entities, wanted, strict=False)]
    return (got.text, entities, len(got.entities)) != (case.get("result"), wanted, len(wanted))


def test_all_of_telegrams_own_cases_are_parsed_as_telegram_does(specs: Path) -> None:
    cases = json.loads((specs / "telegram-formatting-cases.json").read_text())["cases"]

    wrong = [case for case in cases if differs(case)]

    assert len(cases) == 210
    assert wrong == []


@pytest.mark.parametrize(
    ("mode", "text", "wanted"),
    [
        ("HTML", "<b>a</b>", Formatted("a", (Entity(type="bold", offset=0, length=1),))),
        ("HTML", "🏟<i>b</i>", Formatted("🏟b", (Entity(type="italic", offset=2, length=1),))),
        ("HTML", "&lt;b&gt;", Formatted("<b>")),
        ("HTML", "a < b", 'Unsupported start tag "" at byte offset 2'),
        ("HTML", "<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("HTML", "<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("HTML", "<div>a</div>", 'Unsupported start tag "div" at byte offset 0'),
        (
            "HTML",
            '<tg-time unix="1795531771" format="Tw">soon</tg-time>',
            Formatted(
                "soon",
                (Entity(type="date_time", offset=0, length=4, unix_time=1795531771, date_time_format="wT"),),
            ),
        ),
        ("MarkdownV2", "*a* 1\\.", Formatted("a 1.", (Entity(type="bold", offset=0, length=1),))),
        ("MarkdownV2", "1.", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("MarkdownV2", "*a", "Can't find end of Bold entity at byte offset 0"),
    ],
)
def test_markup_becomes_text_and_entities_or_an_error(mode: str, text: str, wanted: Formatted | str) -> None:
    assert outcome(mode, text) == wanted


def test_lengths_are_counted_in_utf16() -> None:
    assert units("a🏟é") == 4


def test_space_around_a_text_goes_and_entities_follow() -> None:
    bold = Entity(type="bold", offset=0, length=6)

    assert trimmed(Formatted(" \n🏟a  ", (bold,))) == Formatted("🏟a", (Entity(type="bold", offset=0, length=3),))


def test_an_entity_on_nothing_but_space_goes() -> None:
    assert message_text("a <b> </b>", "HTML", None).entities == ()


def test_carriage_returns_go_and_entities_follow() -> None:
    bold = Entity(type="bold", offset=3, length=1)

    assert trimmed(Formatted("a\r\nb", (bold,))) == Formatted("a\nb", (Entity(type="bold", offset=2, length=1),))


def test_code_holds_no_other_formatting() -> None:
    types = [e.type for e in message_text("<code>a <b>b</b></code> <i>c</i>", "HTML", None).entities]

    assert types == ["code", "italic"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start m_7Q2K", [("bot_command", "/start")]),
        ("and/or 1/2", []),
        ("write to ann@example.com", [("email", "ann@example.com")]),
        ("see https://example.com/a?b=1.", [("url", "https://example.com/a?b=1")]),
        (
            "t.me/LunaPhotoBot?start=m_1 or @LunaPhotoBot",
            [("url", "t.me/LunaPhotoBot?start=m_1"), ("mention", "@LunaPhotoBot")],
        ),
        ("#minis are no1", [("hashtag", "#minis")]),
    ],
)
def test_telegram_finds_commands_links_and_addresses_by_itself(text: str, found: list[tuple[str, str]]) -> None:
    entities = found_in(Formatted(text)).entities

    assert [(e.type, text[e.offset : e.end]) for e in entities] == found


def test_nothing_is_found_inside_code() -> None:
    assert [e.type for e in message_text("<code>/start</code>", "HTML", None).entities] == ["code"]


@pytest.mark.parametrize(
    ("text", "parse_mode", "words"),
    [
        ("", "", "message text is empty"),
        (" \n ", "", "text must be non-empty"),
        ("<b></b>", "HTML", "text must be non-empty"),
        ("a" * 4097, "", "message is too long"),
        ("🏟" * 2049, "", "message is too long"),
        ("a", "XML", "unsupported parse_mode"),
        ("<b>", "HTML", "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
    ],
)
def test_a_wrong_text_is_refused(text: str, parse_mode: str, words: str) -> None:
    with pytest.raises(ApiError) as refused:
        message_text(text, parse_mode, None)

    assert refused.value.description == f"Bad Request: {words}"


def test_a_text_is_measured_after_parsing() -> None:
    assert len(message_text(f"<b>{'a' * 4096}</b>", "html", None).text) == 4096


def test_a_caption_may_be_empty_and_has_1024_characters() -> None:
    assert caption("", "", None) == Formatted()
    with pytest.raises(ApiError, match="message caption is too long"):
        caption("a" * 1025, "", None)


@pytest.mark.parametrize(
    "entities",
    [
        "bold",
        [{"type": "shiny", "offset": 0, "length": 1}],
        [{"type": "bold", "offset": 0}],
        [{"type": "bold", "offset": 3, "length": 2}],
        [{"type": "text_link", "offset": 0, "length": 1}],
        [{"type": "text_link", "offset": 0, "length": 1, "url": "http://localhost"}],
    ],
)
def test_wrong_entities_are_refused(entities: object) -> None:
    with pytest.raises(ApiError, match="Bad Request"):
        message_text("word", "", entities)


def test_given_entities_are_kept() -> None:
    given = [{"type": "text_link", "offset": 0, "length": 2, "url": "example.com"}]

    assert message_text("word", "", given).entities == (
        Entity(type="text_link", offset=0, length=2, url="http://example.com/"),
    )


MARKUP = st.text(alphabet="<>/abi&#x1;=\"' \n\r\0\\_*`[]()!|~>🏟é", max_size=60)


@pytest.mark.parametrize("mode", PARSERS)
@given(text=MARKUP)
def test_no_text_confuses_a_parser(mode: str, text: str) -> None:
    """It is refused in Telegram's words, or all its entities lie in its text."""
    got = outcome(mode, text)

    if isinstance(got, Formatted):
        assert all(e.offset >= 0 and e.length > 0 and e.end <= units(got.text) for e in got.entities)


@given(text=MARKUP, offset=st.integers(0, 20), length=st.integers(1, 20))
def test_entities_stay_inside_a_text_that_is_trimmed(text: str, offset: int, length: int) -> None:
    size = units(text)
    entity = Entity(type="bold", offset=min(offset, size), length=min(length, size - min(offset, size)))

    kept = trimmed(Formatted(text, (entity,)))

    assert all(e.offset >= 0 and e.length > 0 and e.end <= units(kept.text) for e in kept.entities)


@given(link=st.text(alphabet="htps:/@[]%.?#=&ex1 \né", max_size=30))
def test_an_address_is_taken_or_refused_and_taken_again_as_written(link: str) -> None:
    try:
        written = checked_link(link)
    except LinkRefused:
        return

    assert checked_link(written) == written
