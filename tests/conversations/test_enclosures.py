"""Documents that come before a screen, steps that are told of the talk's coming, and where something was said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from conversations.booking.facts import BookingTurn
from conversations.booking.flow import BOOK
from conversations.engine import AnyStep
from conversations.fields import Field
from conversations.forms import Form
from conversations.inbound import FileKind, SentPhoto
from conversations.screens import FieldKind, Say, say
from conversations.turn import Origin
from core.booking.refusals import HoldOver
from tests.conversations.phone import CHANNEL, Heard, Phone
from tests.conversations.scene import Scene

TO_DETAILS = ("[Book a spot]", "[Mini · $150]", "[Sat 28 Nov · 4 left]", "[10:15 AM]")
PAPER = "(document Fall-Minis-contract.pdf) As agreed"


@dataclass
class Desk:
    """What the flow's hook does, and where it was called."""

    came: list[tuple[str, Origin | None]] = field(default_factory=list[tuple[str, Origin | None]])
    refuses: bool = False
    photos: list[bytes] = field(default_factory=list[bytes])

    def enter(self, turn: BookingTurn) -> None:
        if self.refuses:
            raise HoldOver
        booking = turn.facts.booking
        self.came.append((booking.state if booking else "", turn.origin))
        turn.talk.enclose("draft:1", _written("Fall Minis/contract.pdf"), _written("As agreed"))

    def keep(self, _turn: BookingTurn, picture: bytes, _beside: Sequence[str]) -> str:
        self.photos.append(picture)
        return f"{len(self.photos)}"

    def script(self, turn: BookingTurn) -> Iterator[AnyStep[BookingTurn]]:
        """Booking, with a question for pictures before the details, and a hook on the steps that come after a time."""
        for step in BOOK.script(turn):
            if step.id == "details":
                yield Form(
                    id="album",
                    section="details",
                    title="form-details",
                    fields=(
                        Field(
                            id="photos",
                            kind=FieldKind.PHOTOS,
                            label=say("field-name"),
                            ask=lambda _: say("name-ask"),
                            keep_photo=self.keep,
                        ),
                    ),
                    accept=lambda _, values: dict(values),
                    enter=self.enter,
                )
            yield replace(step, enter=self.enter) if step.id.startswith("resume") else step


def _written(text: str) -> Say:
    return say("as-written", text=text)


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def scene(database_url: str, desk: Desk) -> Iterator[Scene]:
    scene = Scene(database_url, flow=replace(BOOK, script=desk.script))
    scene.backstage(lambda stage: stage.open_mini("Fall Minis"))
    yield scene
    scene.close()


@pytest.fixture
def phone(scene: Scene) -> Phone:
    phone = scene.phones["client"]
    link = scene.backstage(lambda stage: stage.link("Fall Minis"))
    for said in (f"/start {link}", *TO_DETAILS[:-1]):
        scene.hear(phone, phone.says(said))
    phone.heard.clear()
    return phone


def heard(scene: Scene, phone: Phone, said: str) -> Heard:
    """The last screen that this brings."""
    scene.hear(phone, phone.says(said))
    return phone.heard[-1]


def papers(screen: Heard) -> list[str]:
    return [line for line in screen.lines if line.startswith("(document")]


def test_a_document_comes_with_the_next_screen_which_is_a_new_message(scene: Scene, phone: Phone) -> None:
    screen = heard(scene, phone, "[10:15 AM]")

    assert (screen.how, papers(screen)) == ("bot", [PAPER])


def test_a_document_comes_once_whatever_is_answered(scene: Scene, phone: Phone, desk: Desk) -> None:
    heard(scene, phone, "[10:15 AM]")

    for said in ("hello", "/my", "/back", "/back", "[10:15 AM (yours)]"):
        screen = heard(scene, phone, said)
        assert papers(screen) == ([PAPER] if said == "[10:15 AM (yours)]" else []), said
    assert len(desk.came) == 2, "coming back to the step is coming to it"


@pytest.mark.rule("F8")
def test_a_screen_that_was_lost_is_shown_again_with_its_document(scene: Scene, phone: Phone) -> None:
    scene.loses_next = True
    scene.hear(phone, phone.says("[10:15 AM]"))
    assert all(not papers(screen) for screen in phone.heard)

    scene.restart()

    assert papers(phone.heard[-1]) == [PAPER]
    assert papers(heard(scene, phone, "hello")) == []


@pytest.mark.rule("F8")
def test_an_answer_to_a_screen_that_was_never_shown_brings_the_document_still(scene: Scene, phone: Phone) -> None:
    scene.loses_next = True
    scene.hear(phone, phone.says("[10:15 AM]"))

    assert papers(heard(scene, phone, "hello")) == [PAPER]


def test_pictures_change_the_screen_and_bring_no_document_again(scene: Scene, phone: Phone, desk: Desk) -> None:
    heard(scene, phone, "[10:15 AM]")
    scene.hear(phone, phone.update(SentPhoto(b"a sunset")))
    screen = phone.heard[-1]

    assert papers(screen) == []
    assert "1 of 3 received." in screen.lines
    assert desk.photos == [b"a sunset"]
    assert heard(scene, phone, "[Remove last]").how == "bot edits"


def test_a_step_is_entered_after_the_deed_that_leads_there_and_knows_where_that_was_said(
    scene: Scene, phone: Phone, desk: Desk
) -> None:
    scene.hear(phone, replace(phone.says("[10:15 AM]"), message="31"))

    origin = Origin(channel=CHANNEL, chat=phone.chat, person=phone.chat, message="31")
    assert desk.came == [("held", origin)]


def test_a_step_that_refuses_to_be_entered_takes_the_answer_back(scene: Scene, phone: Phone, desk: Desk) -> None:
    desk.refuses = True
    inbound = phone.says("[10:15 AM]")
    scene.store.do(lambda records: scene.reception.answer(records, inbound))
    assert scene.backstage(lambda stage: stage.bookings_of(phone.chat)) == []
    desk.refuses = False

    screen = heard(scene, phone, "10:15")

    assert papers(screen) == [PAPER]


def test_a_step_that_is_covered_is_entered_when_it_is_seen(scene: Scene, phone: Phone, desk: Desk) -> None:
    heard(scene, phone, "[10:15 AM]")
    scene.let_pass(timedelta(minutes=16))
    came = len(desk.came)
    scene.hear(phone, phone.says("/help"))
    scene.hear(phone, phone.says("hm"))

    assert [state for state, _ in desk.came] == ["held", "expired"]
    assert came == 2, "what happens from outside leads to a step as well"


def test_a_step_that_refuses_an_event_is_entered_by_the_next_turn(scene: Scene, phone: Phone, desk: Desk) -> None:
    heard(scene, phone, "[10:15 AM]")
    desk.refuses = True
    scene.let_pass(timedelta(minutes=16))
    assert "10:15 AM is free again" in " ".join(phone.heard[-1].lines), "that it happened is told all the same"
    desk.refuses = False

    assert papers(heard(scene, phone, "/my")) == []
    assert papers(heard(scene, phone, "/back")) == [PAPER]


def test_a_picture_is_wanted_only_where_it_would_be_an_answer(scene: Scene, phone: Phone) -> None:
    def wanted() -> frozenset[FileKind]:
        return scene.store.look(lambda records: scene.reception.wants(records, CHANNEL, phone.chat))

    assert not wanted()
    scene.hear(phone, phone.says("[10:15 AM]"))
    for _ in range(3):
        assert wanted() == {FileKind.PICTURE}
        scene.hear(phone, phone.update(SentPhoto(b"a sunset")))
    assert not wanted()
    assert not scene.store.look(lambda records: scene.reception.wants(records, CHANNEL, "nobody"))
