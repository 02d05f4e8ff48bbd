"""E2: the text that a button copies always fits, and always has its whole link."""

import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from conversations.pictures import Form, ShareCard
from conversations.screens import When
from conversations.share_texts import MOST, invite_text, share_text, shortened
from tests.builders import CHICAGO
from tests.conversations.languages import LONG, RIGHT_TO_LEFT, every_language
from tests.nasty import LETTERS, SIGNS

WORDS = every_language()
#: As long as a bot's name may be.
LINK = f"https://t.me/{'LunaPhoto' * 3}SevenBot?start=m_{'A' * 22}-ig"


def card(title: str, *, dates: str = "Sat 28 Nov to Sun 13 Dec, 12 days", price: str = "From $150") -> ShareCard:
    return ShareCard(
        form=Form.POST,
        title=title,
        dates=dates,
        place="Riverside Park",
        price=price,
        studio="Luna Photo",
        call="Scan to book",
        link=LINK,
        address="t.me",
    )


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@pytest.mark.rule("E2")
def test_the_text_says_what_when_for_how_much_and_where_to_book():
    assert share_text(WORDS, "en", card("Fall Minis")).splitlines() == [
        "Fall Minis",
        "Sat 28 Nov to Sun 13 Dec, 12 days",
        "From $150",
        f"Book here: {LINK}",
    ]


def invitation(studio: str, language: str) -> str:
    when = When(datetime(2026, 11, 28, 16, 40, tzinfo=UTC), CHICAGO)
    deeds = ["sign", "answer a few questions", "pay"]
    return invite_text(WORDS, language, studio=studio, when=when, deeds=deeds, link=LINK)


@pytest.mark.rule("D5")
def test_an_invitation_says_whose_spot_when_and_what_is_left_to_do():
    assert invitation("Luna Photo", "en").splitlines() == [
        "Your spot with Luna Photo: Sat 28 Nov, 10:40 AM.",
        f"Please sign, answer a few questions, and pay here: {LINK}",
    ]


@pytest.mark.rule("D5")
@pytest.mark.parametrize("language", ["en", LONG, RIGHT_TO_LEFT])
def test_an_invitation_of_any_studio_fits_with_its_whole_link(language: str):
    text = invitation("W" * 80, language)

    assert units(text) <= MOST
    assert LINK in text


@pytest.mark.rule("E2", "B1")
@pytest.mark.parametrize("language", ["en", LONG, RIGHT_TO_LEFT])
@pytest.mark.parametrize("title", [*LETTERS, *SIGNS, "W" * 64, "👩‍👩‍👧‍👦" * 64, "e\u0301" * 64, "Ü" * 64])
def test_every_title_fits_with_its_whole_link(title: str, language: str):
    text = share_text(WORDS, language, card(title[:128]))

    assert units(text) <= MOST
    assert LINK in text
    assert len(text.splitlines()) >= 2


@pytest.mark.rule("E2")
def test_where_there_is_no_room_days_and_price_go_before_the_title_does():
    text = share_text(WORDS, "en", card("Fall Minis", dates="d" * 160, price="p" * 60))

    assert text.splitlines() == ["Fall Minis", f"Book here: {LINK}"]


@pytest.mark.rule("E2")
@pytest.mark.parametrize(
    ("text", "most", "short"),
    [
        ("Fall Minis", 10, "Fall Minis"),
        ("Fall Minis", 6, "Fall…"),
        ("👩‍👧👩‍👧", 9, "👩‍👧…"),
        ("👍🏽👍🏽", 6, "👍🏽…"),
        ("e\u0301e\u0301", 3, "e\u0301…"),
    ],
)
def test_what_is_cut_ends_in_whole_letters(text: str, most: int, short: str):
    assert shortened(text, most) == short


def test_a_cut_never_leaves_half_a_letter():
    family = "👩‍👩‍👧‍👦"

    cuts: Sequence[str] = [shortened(family * 3, most) for most in range(1, 33)]

    assert {cut.removesuffix("…").replace(family, "") for cut in cuts} == {""}
    assert all(unicodedata.category(cut[-1]) == "Po" for cut in cuts)
