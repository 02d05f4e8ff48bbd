"""Whatever is written into contracts, names and answers is text and nothing else, in the chat and on paper.

Every screen of a scene is held against both messengers' own rules and readers, so that here only what is kept counts.
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bots.telegram.read import CLIENTS, read
from conversations.inbound import Inbound, Typed
from core.paperwork.contract import ContractEmpty, ContractTooLong
from core.paperwork.fields import FieldUnknown
from core.paperwork.markup import blocks_of, escaped
from tests.builders import a_contract, a_mini
from tests.conversations.backstage import Backstage
from tests.conversations.phone import Phone
from tests.conversations.scene import Scene
from tests.nasty import EVERY

SMALL = EVERY[::9]
TITLE = "Nasty Minis"


@pytest.fixture
def scene(database_url: str) -> Iterator[Scene]:
    scene = Scene(database_url)
    yield scene
    scene.close()


def taken_of(text: str) -> str | None:
    """The text as our own reader takes it from Telegram; None where it is no text to us, such as a command."""
    person = {"id": 1001, "is_bot": False, "first_name": "Ana", "last_name": "Torres"}
    message = {"message_id": 1, "from": person, "chat": {"id": 1001, "type": "private"}, "text": text}
    taken = read({"update_id": 1, "message": message}, channel=CLIENTS, bot_id=1, username="LunaPhotoBot")
    return taken.said.text if isinstance(taken, Inbound) and isinstance(taken.said, Typed) else None


def types(scene: Scene, phone: Phone, text: str) -> str:
    """Type it; gives all that came back."""
    phone.heard.clear()
    inbound = phone.says("…")
    scene.hear(phone, replace(inbound, said=Typed(text)))
    return said_to(phone)


def said_to(phone: Phone) -> str:
    return "\n".join(line for heard in phone.heard for line in heard.lines)


def presses(scene: Scene, phone: Phone, *labels: str) -> None:
    for label in labels:
        scene.hear(phone, phone.says(f"[{label}]"))


def begins(scene: Scene) -> Phone:
    """A client who has told their details."""
    phone = scene.phones["client"]
    scene.hear(phone, phone.says(f"/start {scene.backstage(lambda stage: stage.link(TITLE))}"))
    presses(scene, phone, "Book a spot", "10:15 AM")
    if "Same details as before?" in said_to(phone):
        presses(scene, phone, "Yes, the same")
        return phone
    for text in ("Ana Torres", "ana@mail.com"):
        scene.hear(phone, phone.says(text))
    presses(scene, phone, "Skip")
    return phone


def kept_answer(stage: Backstage) -> str:
    return next((one.values.get("q1", "") for one in stage.desk.answers(stage.booking().id)), "")


def check_answers(scene: Scene, texts: list[str]) -> None:
    scene.backstage(
        lambda stage: stage.known.minis.update({TITLE: a_mini(stage.desk, TITLE, questions="What else? (long)").id})
    )
    phone = begins(scene)
    presses(scene, phone, "Skip")
    for number, text in enumerate(texts):
        taken = taken_of(text)
        presses(scene, phone, "Change answers")
        said = types(scene, phone, taken if taken is not None else "")
        kept = scene.backstage(kept_answer)
        if taken and kept == taken.strip():
            assert "Check and confirm" in said
        elif text.casefold() in {"skip", "done", "back"} and "Check and confirm" in said:
            pass  # the label of a button: typing it is pressing it
        else:
            assert said, f"silence after {text!r}"
            said = types(scene, phone, f"then this, {number}")
            assert scene.backstage(kept_answer) == f"then this, {number}", f"{text!r} leads into a dead end: {said}"


@pytest.mark.rule("F5")
def test_an_answer_is_kept_letter_for_letter_or_refused_in_words(scene: Scene):
    check_answers(scene, SMALL)


@pytest.mark.full
@pytest.mark.rule("F5")
def test_every_nasty_answer_is_kept_letter_for_letter_or_refused_in_words(scene: Scene):
    check_answers(scene, EVERY)


def made_of(stage: Backstage, text: str) -> bool:
    """A contract of the text, everywhere in it; False where it is refused."""
    mini = stage.known.minis.get(TITLE)
    try:
        contract = a_contract(
            stage.desk,
            title=" ".join(text.split())[:80] or "Title",
            text=f"{text}\n\nFor {{client_name}}.\n\n- {text}",
            summary=(text[:200] or "In short.",),
        )
    except (ContractEmpty, ContractTooLong, FieldUnknown):
        return False
    if mini is None:
        stage.known.minis[TITLE] = a_mini(stage.desk, TITLE).id
    stage.desk.set_papers(stage.known.minis[TITLE], contracts=[contract.id])
    return True


def check_contracts(scene: Scene, texts: list[str]) -> None:
    made = 0
    for text in filter(None, map(taken_of, texts)):
        if not scene.backstage(lambda stage, text=text: made_of(stage, text)):
            continue
        made += 1
        phone = begins(scene)
        assert "For Ana Torres." in said_to(phone)
        presses(scene, phone, "Sign")
        said = types(scene, phone, "Ana Torres")
        assert "Signed by Ana Torres" in said
        assert "Check and confirm" in said
        scene.hear(phone, phone.says("/cancel"))
        presses(scene, phone, "Yes, stop")
        phone.heard.clear()
        phone.scroll(3)
    assert made > len(texts) / 2


@pytest.mark.rule("B5", "I1")
def test_a_contract_is_text_whatever_it_says(scene: Scene):
    check_contracts(scene, SMALL)


@pytest.mark.full
@pytest.mark.rule("B5", "I1")
def test_every_nasty_contract_is_text_whatever_it_says(scene: Scene):
    check_contracts(scene, EVERY)


def test_there_are_nasty_texts_enough():
    assert len(set(EVERY)) >= 300


@pytest.mark.rule("I1")
def test_a_name_filled_into_a_contract_is_never_a_mark():
    for text in EVERY:
        blocks = blocks_of(f"1. Between **us** and {escaped(text)}.")

        assert len(blocks) == 1, text
        assert " ".join(text.split()) in blocks[0].text
        assert [run.text for run in blocks[0].runs if run.bold] == ["us"], text
