"""What stands on the card that a photographer shares."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from conversations.pictures import Form, ShareCard
from conversations.share_cards import share_card
from core.minis.mini import Day, Mini
from tests.builders import SATURDAY, a_package, a_studio
from tests.conversations.languages import english
from tests.days import FALL, a_date

WORDS = english()
LINK = "https://t.me/LunaPhotoBot?start=m_7Q2K"

pytestmark = pytest.mark.rule("E2")


def a_card(mini: Mini = FALL, *dates: date | Day) -> ShareCard:
    days = [one if isinstance(one, Day) else a_date(one) for one in dates]
    return share_card(WORDS, "en", a_studio(), mini, days, link=LINK, form=Form.POST)


def test_a_card_says_what_when_where_for_how_much_with_whom_and_how_to_book():
    assert a_card(FALL, SATURDAY) == ShareCard(
        form=Form.POST,
        title="Fall Minis",
        dates="Sat 28 Nov 2026",
        place="Riverside Park",
        price="From $150",
        studio="Luna Photo",
        call="Scan to book",
        link=LINK,
        address="t.me/LunaPhotoBot",
    )


def test_several_days_are_said_in_a_line():
    days = [SATURDAY + timedelta(days=number) for number in range(3)]

    assert a_card(FALL, *days[:2]).dates == "Sat 28 Nov and Sun 29 Nov"
    assert a_card(FALL, *reversed(days)).dates == "Sat 28 Nov to Mon 30 Nov, 3 days"
    assert a_card(FALL).dates == ""


def test_the_cheapest_package_is_named():
    packages = (a_package("Plus", 250), a_package("Mini", 90))

    assert a_card(replace(FALL, packages=packages)).price == "From $90"
    assert a_card(replace(FALL, packages=(a_package("Gift", 0), *packages))).price == "Free of charge"
    assert a_card(replace(FALL, packages=())).price == ""


def test_days_in_different_places_name_none():
    there = a_date(SATURDAY, place="The studio")
    elsewhere = a_date(SATURDAY + timedelta(days=1))

    assert a_card(FALL, there).place == "The studio"
    assert a_card(FALL, there, elsewhere).place == ""
