"""/reserve in one line: what is a note, a discount, an end, a way to pay; the rest names the spot."""

import pytest

from conversations.studio.typed_money import Till
from conversations.studio.typed_reserve import LONGEST, TypedReserve, read_discount, read_reserve_line
from core.minis.mini import Share
from core.values.money import Money
from tests import nasty

TILL = Till(currency="USD", language="en")


def percent(hundredths: int) -> Share:
    return Share(percent_hundredths=hundredths)


def dollars(amount: int) -> Share:
    return Share(amount=Money(amount * 100, "USD"))


@pytest.mark.rule("D1", "D4", "D5")
@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("10:40", TypedReserve(spot="10:40")),
        ("10:40 for Grandma Liu -20%", TypedReserve(spot="10:40", note="Grandma Liu", discount=percent(2000))),
        (
            "Sat 10:40 for Grandma Liu −$30 unpaid",
            TypedReserve(spot="Sat 10:40", note="Grandma Liu", discount=dollars(30), outside=True),
        ),
        ("10:40 12.5 % off for Ana", TypedReserve(spot="10:40", note="Ana", discount=percent(1250))),
        ("10:40 $30 off", TypedReserve(spot="10:40", discount=dollars(30))),
        (
            "10:40 until Fri 18:00 for Anna note bring the dog, -20%",
            TypedReserve(spot="10:40", note="Anna · bring the dog, -20%", until="Fri 18:00"),
        ),
        ("10:40 für Anna bis Freitag 18 Uhr", TypedReserve(spot="10:40", note="Anna", until="Freitag 18 Uhr")),
        ("10:40 para Ana hasta viernes", TypedReserve(spot="10:40", note="Ana", until="viernes")),
        ("the last one for Ben & Jo", TypedReserve(spot="the last one", note="Ben & Jo")),
        ("10:40 -€30", TypedReserve(spot="10:40", unclear=("-€30",))),
        ("10:40 -110%", TypedReserve(spot="10:40", unclear=("-110%",))),
        (
            "10:40 for Anna Liu anna@mail.com +1 (312) 555-0188 -20% note bring the dog",
            TypedReserve(
                spot="10:40",
                note="bring the dog",
                discount=percent(2000),
                client={"name": "Anna Liu", "email": "anna@mail.com", "phone": "+1 (312) 555-0188"},
            ),
        ),
        (
            "+44 20 7946 0018 10:40 für Änne",
            TypedReserve(spot="10:40", client={"name": "Änne", "email": "", "phone": "+44 20 7946 0018"}),
        ),
        (
            "+1 312 555 0188 28 Nov 10:40",
            TypedReserve(spot="28 Nov 10:40", client={"name": "", "email": "", "phone": "+1 312 555 0188"}),
        ),
        (
            "+49 30 1234567 28 Nov 10:40",
            TypedReserve(spot="28 Nov 10:40", client={"name": "", "email": "", "phone": "+49 30 1234567"}),
        ),
        (
            "+43 1 5551234 9am für Änne",
            TypedReserve(spot="9am", client={"name": "Änne", "email": "", "phone": "+43 1 5551234"}),
        ),
        (
            "10:40 +49 30 12345 67 for Anna Liu",
            TypedReserve(spot="10:40", client={"name": "Anna Liu", "email": "", "phone": "+49 30 12345 67"}),
        ),
        (
            "for +1 312-555-0188 9am",
            TypedReserve(spot="9am", client={"name": "", "email": "", "phone": "+1 312-555-0188"}),
        ),
        (
            "10:40 for anna@mail.com",
            TypedReserve(spot="10:40", client={"name": "", "email": "anna@mail.com", "phone": ""}),
        ),
        ("10:40 for @anna, +1", TypedReserve(spot="10:40", note="@anna, +1")),
        ("", TypedReserve()),
    ],
)
def test_a_line_says_what_it_says(typed: str, read: TypedReserve):
    assert read_reserve_line(typed, TILL) == read


@pytest.mark.rule("D1")
@pytest.mark.parametrize(
    ("typed", "share"),
    [
        ("20%", percent(2000)),
        ("-20 %", percent(2000)),
        ("$30", dollars(30)),
        ("30", dollars(30)),
        ("30 off", dollars(30)),
        ("0%", None),
        ("120%", None),
        ("€30", None),
        ("a lot", None),
        ("", None),
    ],
)
def test_a_discount_alone_is_a_percentage_or_an_amount(typed: str, share: Share | None):
    assert read_discount(typed, TILL) == share


@pytest.mark.parametrize("text", nasty.EVERY[::7])
def test_nothing_that_is_typed_breaks_it(text: str):
    assert len(read_reserve_line(f"10:40 for {text}", TILL).note) <= LONGEST
    read_discount(text, TILL)
