"""What a turn costs, and that it is one transaction: the answer, its inbox key and its deed live and die together."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from conversations.inbound import Inbound, Typed
from core.booking.hold import Wish
from core.ports import Records
from storage.unit import Unit
from tests.conversations.phone import CHANNEL, Phone
from tests.conversations.scene import Scene

TURN = 12  # statements of an answer and its show together
HOLD = 8  # statements of the deed alone
WAY = (
    "[Book a spot]",
    "[Mini · $150]",
    "[Sat 28 Nov · 4 left]",
    "[10:15 AM]",
    "Ana Torres",
    "ana@mail.com",
    "[Skip]",
    "[Confirm, pay Luna Photo directly]",
)


#: To the payment page and back from it, in each way that there is.
PAYING = (
    *WAY[:-1],
    "[Continue to pay $150.00]",
    "[Change something]",
    "[Continue to pay $150.00]",
    "/back",
    "[Continue to pay $150.00]",
    "hello?",
    "/cancel",
    "[Yes, stop]",
)
#: The mini, and the way through it.
WAYS = pytest.mark.parametrize(
    ("mini", "way"), [("Fall Minis", WAY), ("Fall Minis, paid online", PAYING)], ids=["outside", "online"]
)


@pytest.fixture
def mini() -> str:
    return "Fall Minis"


@pytest.fixture
def scene(database_url: str, mini: str) -> Iterator[Scene]:
    scene = Scene(database_url)
    scene.take_cards()
    scene.backstage(lambda stage: stage.open_mini(mini))
    yield scene
    scene.close()


@pytest.fixture
def phone(scene: Scene) -> Phone:
    phone = scene.phones["client"]
    link = scene.backstage(lambda stage: stage.link("Fall Minis"))
    scene.hear(phone, phone.says(f"/start {link}"))
    return phone


def statements_of(scene: Scene, inbound: Inbound) -> tuple[int, int]:
    """How many statements the answer and its show execute; both are really done."""

    def answer(unit: Unit) -> int:
        scene.reception.answer(unit, inbound)
        return unit.statements

    def show(unit: Unit) -> int:
        scene.reception.show(unit, CHANNEL, inbound.chat)
        return unit.statements

    return scene.store.do(answer), scene.store.look(show)


@WAYS
def test_no_turn_of_a_booking_needs_more_than_its_statements(scene: Scene, phone: Phone, way: tuple[str, ...]) -> None:
    needed: dict[str, tuple[int, int]] = {}
    for number, said in enumerate(way):
        inbound = phone.says(said)
        needed[f"{number} {said}"] = statements_of(scene, inbound)
        scene._show(CHANNEL, phone.chat)
        scene.settle()

    assert {said: counts for said, counts in needed.items() if sum(counts) > TURN} == {}


@pytest.mark.rule("G1")
def test_a_hold_needs_no_more_than_its_statements(scene: Scene) -> None:
    def hold(unit: Unit) -> int:
        studio = unit.studios.one("luna")
        assert studio
        stage = scene.backstage_of(unit, studio)
        desk, spot, mini = stage.stranger(), stage.spot("10:15 AM"), stage.mini()
        before = unit.statements
        desk.hold(Wish(mini_id=mini.id, spot_id=spot.id, package_id=mini.packages[0].id))
        return unit.statements - before

    assert scene.store.do(hold) <= HOLD


@WAYS
def test_a_turn_is_one_commit(scene: Scene, phone: Phone, way: tuple[str, ...]) -> None:
    commits: list[str] = []
    scene.store.on_commit(lambda: commits.append("one"))
    for said in way:
        inbound = phone.says(said)
        commits.clear()
        scene.store.do(lambda records, inbound=inbound: scene.reception.answer(records, inbound))

        assert commits == ["one"], said
        scene._show(CHANNEL, phone.chat)
        scene.settle()


@pytest.mark.rule("F8")
def test_an_update_that_comes_again_changes_nothing(scene: Scene, phone: Phone) -> None:
    inbound = phone.says("[Book a spot]")
    scene.hear(phone, inbound)
    before = body_of(scene, phone)
    scene.store.do(lambda records: scene.reception.answer(records, inbound))

    assert body_of(scene, phone) == before


@pytest.mark.rule("F8")
def test_an_answer_that_fails_unexpectedly_leaves_no_trace(scene: Scene, phone: Phone) -> None:
    """Its inbox key neither: the poller brings it again, and records it for quarantine."""
    before = body_of(scene, phone)
    inbound = phone.says("[Book a spot]")

    def answer_and_fail(records: Records) -> None:
        scene.reception.answer(records, inbound)
        raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError):
        scene.store.do(answer_and_fail)
    assert body_of(scene, phone) == before
    scene.hear(phone, inbound)
    assert body_of(scene, phone) != before


@pytest.mark.rule("A7")
def test_of_somebody_who_only_looked_no_more_is_kept_than_their_chat(scene: Scene, phone: Phone) -> None:
    client = scene.backstage(lambda stage: stage.client(phone.chat))

    assert client.contact is None


def test_what_nobody_asked_for_is_not_shown_twice(scene: Scene, phone: Phone) -> None:
    assert scene.store.look(lambda records: scene.reception.show(records, CHANNEL, phone.chat)) is None


@pytest.mark.rule("G4")
def test_a_lapse_whose_telling_failed_is_told_again_but_never_twice(scene: Scene, phone: Phone) -> None:
    for said in WAY[:4]:
        scene.hear(phone, phone.says(said))
    scene.let_pass(timedelta(minutes=14))
    scene._pass_to_next_stop(scene.store.look(lambda records: records.now) + timedelta(minutes=2))
    (row,) = scene.store.do(lambda records: records.outbox.lease("courier", 50, timedelta(minutes=2)))

    lost = scene.store.do(lambda records: scene.reception.tell(records, row))
    again = scene.store.do(lambda records: scene.reception.tell(records, row))

    assert lost is not None
    assert again == lost
    scene.store.do(lambda records: scene._note_shown(records, lost, None))
    assert scene.store.do(lambda records: scene.reception.tell(records, row)) is None


@pytest.mark.rule("F12")
def test_a_client_is_spoken_to_in_the_language_of_their_app_when_first_seen(scene: Scene) -> None:
    stranger = scene.phones["client 2"]
    scene.hear(stranger, stranger.update(Typed("hola")))

    assert scene.backstage(lambda stage: stage.client(stranger.chat)).language == "en"


def body_of(scene: Scene, phone: Phone) -> str:
    def read(records: Records) -> str:
        opening = records.talks.open("luna", CHANNEL, phone.chat)
        assert opening
        assert opening.talk
        return opening.talk.body

    return scene.store.look(read)
