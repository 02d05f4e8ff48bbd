"""What a chat remembers of a reservation is its link, so it opens what the link opens and nothing else."""

from collections.abc import Iterator

import pytest

from conversations.inbound import Pressed
from core.booking.booking import Reservation, ReservationState
from core.booking.reserve import LINK
from tests.conversations.backstage import Backstage
from tests.conversations.phone import Phone
from tests.conversations.scene import Scene

GONE = "That reserved time is no longer kept, or it is kept for somebody else."


@pytest.fixture
def scene(database_url: str) -> Iterator[Scene]:
    """Two minis, and a spot of the second is kept for Anna."""
    scene = Scene(database_url)
    scene.backstage(lambda stage: stage.open_mini("Fall Minis"))
    scene.backstage(lambda stage: stage.open_mini("Newborn Minis"))
    scene.backstage(lambda stage: stage.reserve("9:25 AM of Newborn Minis", "Anna", None))
    yield scene
    scene.close()


@pytest.fixture
def phone(scene: Scene) -> Phone:
    """In the middle of a booking of the first mini."""
    phone = scene.phones["client"]
    opens(scene, phone, "Fall Minis")
    say(scene, phone, "[Book a spot]", "[Mini · $150]")
    return phone


def opens(scene: Scene, phone: Phone, link: str) -> None:
    payload = scene.backstage(lambda stage: stage.link(link))
    say(scene, phone, f"/start {payload}")


def say(scene: Scene, phone: Phone, *texts: str) -> None:
    for text in texts:
        scene.hear(phone, phone.says(text))


def revoke(stage: Backstage) -> None:
    stage.records.links.revoke(stage.studio.id, LINK, stage.reservation("Anna").id)


def annas(scene: Scene) -> Reservation:
    return scene.backstage(lambda stage: stage.reservation("Anna"))


@pytest.mark.rule("D2", "F8")
def test_a_link_that_is_remembered_opens_nothing_once_it_is_revoked(scene: Scene, phone: Phone) -> None:
    opens(scene, phone, "Anna's reservation")
    scene.backstage(revoke)
    say(scene, phone, "[Start Newborn Minis]")

    assert GONE in phone.heard[-1].lines
    assert annas(scene).state is ReservationState.OPEN


@pytest.mark.rule("D2", "F8")
def test_an_offer_that_is_on_the_screen_is_not_taken_once_its_link_is_revoked(scene: Scene) -> None:
    phone = scene.phones["client"]
    opens(scene, phone, "Anna's reservation")
    scene.backstage(revoke)
    say(scene, phone, "[Book it]")

    assert GONE in phone.heard[-1].lines
    assert annas(scene).state is ReservationState.OPEN


@pytest.mark.rule("D2", "F8")
@pytest.mark.parametrize("asked", [True, False])
@pytest.mark.parametrize("carried", ["{mini}", "{mini} reservation={reservation}", "{mini} reservation={link}"])
def test_no_button_carries_a_reservation(scene: Scene, phone: Phone, carried: str, asked: bool) -> None:
    """Whatever a forged one names, with or without the question on the screen that a real one answers."""
    before = annas(scene)
    if asked:
        opens(scene, phone, "Newborn Minis")
    names = scene.backstage(
        lambda stage: {
            "mini": stage.mini("Newborn Minis").id,
            "reservation": stage.reservation("Anna").id,
            "link": stage.link("Anna's reservation").removeprefix("r_"),
        }
    )
    scene.hear(phone, phone.update(Pressed(f"switch:{carried.format(**names)}")))
    for choice in ("book", "no"):
        for revision in range(8):
            scene.hear(phone, phone.update(Pressed(f"{revision}:{choice}")))

    assert not [line for heard in phone.heard for line in heard.lines if "kept Sun 29 Nov" in line]
    assert annas(scene) == before
