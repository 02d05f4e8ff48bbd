"""The payment page says what the review card says (H3): its lines, its amount, and until when the time is held."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from core.payments.checkout import Order
from tests.conversations.backstage import happens
from tests.conversations.scene import Scene

DETAILS = ("Ana Torres", "ana@mail.com", "[Skip]")


@pytest.fixture
def scene(migrated_sqlite_url: str) -> Iterator[Scene]:
    scene = Scene(migrated_sqlite_url)
    scene.take_cards()
    yield scene
    scene.close()


def given(scene: Scene, *facts: str) -> None:
    for fact in facts:
        assert scene.backstage(lambda stage, fact=fact: happens(stage, fact)), fact


def go(scene: Scene, link: str, *said: str) -> None:
    phone = scene.phones["client"]
    payload = scene.backstage(lambda stage: stage.link(link))
    for text in (f"/start {payload}", *said):
        scene.hear(phone, phone.says(text))


def order(scene: Scene) -> Order:
    return scene.counter.till.order(scene.counter.till.sessions[-1])


def lines(scene: Scene) -> list[tuple[str, int]]:
    return [(line.name, line.amount.minor) for line in order(scene).lines]


@pytest.mark.rule("H2", "H3")
def test_a_discount_is_in_the_lines_and_tax_is_one_of_its_own(scene: Scene) -> None:
    given(scene, "sales tax of 8.25 % on top", "Fall Minis, paid online")
    given(scene, "10:15 AM costs $20 more", "Luna Photo reserves 10:15 AM for Anna, 20 % off")

    go(scene, "Anna's reservation", "[Book it]", "[Mini · $136]", *DETAILS, "[Continue to pay $147.22]")

    assert lines(scene) == [("Mini", 12000), ("This time of day", 1600), ("Sales tax", 1122)]


@pytest.mark.rule("H2", "H3")
def test_a_retainer_is_one_line_that_names_the_booking(scene: Scene) -> None:
    given(scene, "Fall Minis, by retainer")

    go(scene, "Fall Minis", "[Book a spot]", "[Mini · $150]", "[Sat 28 Nov · 4 left]", "[10:15 AM]", *DETAILS)
    go(scene, "the booking", "[Go on booking]", "[Continue to pay $50.00]")

    assert lines(scene) == [(f"To book Fall Minis, Mini ({order(scene).booking_code})", 5000)]


@pytest.mark.rule("C4", "H3")
def test_several_places_are_counted_and_all_of_them_paid(scene: Scene) -> None:
    given(scene, "Dance Class, paid online")

    go(scene, "Dance Class", "[Book a spot]", "[3]", "[10:00 AM · 10 left]", *DETAILS, "[Continue to pay $60.00]")

    assert lines(scene) == [("Class × 3", 6000)]


@pytest.mark.rule("H1", "H3")
def test_what_no_card_can_be_charged_is_left_out(scene: Scene) -> None:
    given(scene, "amounts are in Kuwaiti dinars", "Abroad Minis, KWD 45.125")

    go(scene, "Abroad Minis", "[Book a spot]", "[10:15 AM]", *DETAILS, "[Continue to pay KWD45.120]")

    assert [amount for _, amount in lines(scene)] == [45120]


@pytest.mark.rule("G3", "F7")
def test_it_says_until_when_the_time_is_held_with_the_extension_that_came_by_itself(scene: Scene) -> None:
    given(scene, "Fall Minis, paid online")
    go(scene, "Fall Minis", "[Book a spot]", "[Mini · $150]", "[Sat 28 Nov · 4 left]", "[10:15 AM]", *DETAILS)
    scene.let_pass(timedelta(minutes=11))

    go(scene, "the booking", "[Go on booking]", "[Continue to pay $150.00]")

    assert order(scene).note == "Your time is held at least until 6:47 PM (Chicago)."
    assert order(scene).email == "ana@mail.com"
