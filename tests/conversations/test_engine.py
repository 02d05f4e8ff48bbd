"""The engine on a flow of its own: where a talk stands, what going back opens, and what an answer makes forget."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from conversations.engine import (
    BACK,
    AnyStep,
    Flow,
    Step,
    change,
    go_back,
    place_of,
    reopen,
    screen_of,
    take,
)
from conversations.fields import Field
from conversations.forms import Form
from conversations.inbound import Filled, Pressed, SharedPhone, Typed, Unreadable
from conversations.screens import Button, Choose, Do, FieldKind, Screen, lines, say
from conversations.talk import Answer, Course, Talk
from conversations.turn import Front, Misread, Turn
from core.values.refusals import Refusal
from tests.builders import a_studio
from tests.conversations.languages import english


@dataclass(slots=True)
class Kitchen:
    """The facts of the test's flow: what a diner may have, and how often a deed was done."""

    soup: bool = True
    cooked: list[str] = field(default_factory=list[str])
    seated: str | None = None


@dataclass(slots=True, kw_only=True)
class KitchenTurn(Turn):
    facts: Kitchen


class SoldOut(Refusal):
    """There is no more of it."""


def _cook(turn: KitchenTurn, choice: str) -> Answer:
    if choice == "lobster":
        raise SoldOut
    turn.facts.cooked.append(choice)
    return choice


def _show(turn: KitchenTurn) -> Screen:
    return Screen(lines=lines(say("package-ask")), rows=((Button(say("button-skip"), Choose("fish")),),))


MAIN = Step(id="main", section="package", show=_show, accept=_cook, typed=lambda _, text: text or None)
SOUP = Step(id="soup", section="extras", show=_show, accept=lambda _, choice: choice)
WINE = Step(id="wine", section="extras", show=_show, accept=lambda _, choice: choice, rests_on=("main",))
GLASS = Step(id="glass", section="extras", show=_show, accept=lambda _, choice: choice, rests_on=("wine",))
SEAT = Step(
    id="seat", section="time", show=_show, accept=lambda _, choice: choice, known=lambda turn: turn.facts.seated
)
GUEST = Form(
    id="guest",
    section="details",
    title="form-details",
    fields=(
        Field(
            id="name", kind=FieldKind.LINE, label=say("field-name"), ask=lambda _: say("name-ask"), read=lambda _, t: t
        ),
        Field(
            id="phone",
            kind=FieldKind.PHONE,
            label=say("field-phone"),
            ask=lambda _: say("phone-ask"),
            read=lambda _, text: text,
            required=lambda _: False,
        ),
    ),
    accept=lambda _, values: values["name"],
)


def _script(turn: KitchenTurn) -> Iterator[AnyStep[KitchenTurn]]:
    yield MAIN
    if turn.facts.soup:
        yield SOUP
    yield WINE
    yield GLASS
    yield SEAT
    yield GUEST


DINNER: Flow[KitchenTurn] = Flow(
    name="dinner",
    script=_script,
    sections=lambda turn: ["package", "extras", "time", "details"],
    ending=lambda turn: ("stopped", ""),
)
#: Steps that nobody counts.
WIZARD: Flow[KitchenTurn] = Flow(name="wizard", script=_script, ending=lambda turn: ("stopped", ""))


def a_turn(kitchen: Kitchen | None = None, **answers: Any) -> KitchenTurn:
    course = Course(flow="dinner", subject={}, answers=answers)

    return KitchenTurn(
        talk=Talk(course=course),
        course=course,
        studio=a_studio(),
        front=Front(english(), str, lambda payload, _language: payload),
        language="en",
        name="",
        facts=kitchen or Kitchen(),
    )


def where(turn: KitchenTurn) -> str | None:
    place = place_of(DINNER, turn)
    return place.part if place else None


def ways_out(flow: Flow[KitchenTurn], turn: KitchenTurn) -> list[str]:
    screen = screen_of(flow, turn)
    assert screen
    return [button.press.deed for button in screen.rows[-1] if isinstance(button.press, Do)]


def press(turn: KitchenTurn, choice: str) -> None:
    take(DINNER, turn, Pressed(f"{turn.talk.revision}:{choice}"))


def test_the_position_is_the_first_step_without_an_answer() -> None:
    assert where(a_turn()) == "main"
    assert where(a_turn(main="fish")) == "soup"
    assert where(a_turn(main="fish", soup="no", glass="big")) == "wine"


def test_a_step_that_the_script_leaves_out_is_not_asked() -> None:
    assert where(a_turn(Kitchen(soup=False), main="fish")) == "wine"


def test_what_the_records_know_is_not_asked() -> None:
    turn = a_turn(Kitchen(seated="window"), main="fish", soup="no", wine="red", glass="big")

    assert where(turn) == "guest.name"
    assert turn.answers["seat"] == "window"


@pytest.mark.rule("F8")
def test_a_step_that_is_opened_again_is_asked_although_the_records_know() -> None:
    turn = a_turn(Kitchen(seated="window"), main="fish", soup="no", wine="red", glass="big", seat="window")
    reopen(turn, "seat")

    assert where(turn) == "seat"


def test_a_replay_does_no_deed() -> None:
    turn = a_turn()
    press(turn, "fish")
    for _ in range(3):
        place_of(DINNER, turn)
        screen_of(DINNER, turn)

    assert turn.facts.cooked == ["fish"]


def test_a_refused_answer_leaves_the_step_unanswered() -> None:
    turn = a_turn()
    with pytest.raises(SoldOut):
        press(turn, "lobster")

    assert where(turn) == "main"
    assert turn.talk.revision == 0


def test_an_answer_raises_the_revision() -> None:
    turn = a_turn()
    press(turn, "fish")

    assert turn.talk.revision == 1


def test_another_answer_forgets_what_rests_on_it_and_what_rests_on_that() -> None:
    turn = a_turn(main="fish", soup="no", wine="white", glass="big")
    reopen(turn, "main")
    press(turn, "beef")

    assert turn.answers == {"main": "beef", "soup": "no"}
    assert where(turn) == "wine"


def test_the_same_answer_again_forgets_nothing() -> None:
    turn = a_turn(main="fish", soup="no", wine="white", glass="big")
    reopen(turn, "main")
    press(turn, "fish")

    assert where(turn) == "seat"


@pytest.mark.rule("F8")
def test_going_back_walks_every_step_to_the_first() -> None:
    turn = a_turn(main="fish", soup="no", wine="red", glass="big", seat="door")
    turn.answers["guest.name"] = "Ana"
    walked: list[str | None] = []
    while go_back(DINNER, turn):
        walked.append(where(turn))

    assert walked == ["guest.name", "seat", "glass", "wine", "soup", "main"]


@pytest.mark.rule("F8")
def test_after_going_back_and_answering_the_talk_is_where_it_was() -> None:
    turn = a_turn(main="fish", soup="no", wine="red")
    go_back(DINNER, turn)
    press(turn, "red")

    assert where(turn) == "glass"


@pytest.mark.rule("F8")
def test_before_the_first_answer_there_is_nothing_to_go_back_to() -> None:
    assert not go_back(DINNER, a_turn())


@pytest.mark.rule("F8")
def test_back_from_the_first_step_leads_to_where_it_was_opened_to_be_changed() -> None:
    turn = a_turn(main="fish", soup="no", wine="red", glass="big", seat="door")
    change(turn, "main")
    assert where(turn) == "main"

    assert go_back(DINNER, turn)
    assert where(turn) == "guest.name"
    assert turn.answers["main"] == "fish"


@pytest.mark.parametrize("flow", [DINNER, WIZARD])
def test_a_first_step_that_is_changed_has_a_way_back_and_one_that_is_asked_has_none(
    flow: Flow[KitchenTurn],
) -> None:
    asked, changed = a_turn(), a_turn(main="fish")
    change(changed, "main")

    assert BACK not in ways_out(flow, asked)
    assert BACK in ways_out(flow, changed)


@pytest.mark.parametrize("said", [Typed(""), Unreadable("photo"), SharedPhone("1", own=True), Filled({})])
def test_what_a_step_cannot_read_is_misread(said: Any) -> None:
    turn = a_turn()
    with pytest.raises(Misread) as misread:
        take(DINNER, turn, said)

    assert misread.value.facts == {"key": "main"}


def test_a_form_is_asked_field_by_field() -> None:
    turn = a_turn(main="fish", soup="no", wine="red", glass="big", seat="door")
    take(DINNER, turn, Typed("Ana"))
    assert where(turn) == "guest.phone"
    press(turn, "skip")

    assert where(turn) is None
    assert turn.answers["guest"] == "Ana"


def test_a_form_that_comes_whole_is_taken_at_once() -> None:
    turn = a_turn(main="fish", soup="no", wine="red", glass="big", seat="door")
    take(DINNER, turn, Filled({"name": "Ana", "phone": "123"}))

    assert where(turn) is None
    assert turn.answers["guest.phone"] == "123"


@pytest.mark.rule("F3")
def test_somebody_elses_contact_is_no_answer() -> None:
    turn = a_turn(main="fish", soup="no", wine="red", glass="big", seat="door")
    take(DINNER, turn, Typed("Ana"))

    with pytest.raises(Misread):
        take(DINNER, turn, SharedPhone("13125550188", own=False))
    take(DINNER, turn, SharedPhone("13125550188", own=True))
    assert turn.answers["guest.phone"] == "+13125550188"


def test_the_progress_counts_sections_and_the_parts_of_a_form() -> None:
    turn = a_turn(main="fish", soup="no", wine="red", glass="big", seat="door")
    turn.answers["guest.name"] = "Ana"
    screen = screen_of(DINNER, turn)

    assert screen is not None
    assert screen.progress is not None
    assert (screen.progress.number, screen.progress.of) == (4, 4)
    assert (screen.progress.part, screen.progress.parts) == (2, 2)


def test_the_third_miss_brings_a_way_to_a_person() -> None:
    turn = a_turn()
    turn.talk.misses = 2
    before = screen_of(DINNER, turn)
    turn.talk.misses = 3
    after = screen_of(DINNER, turn)

    assert before is not None
    assert after is not None
    assert len(after.rows) == len(before.rows) + 1


def test_where_the_script_is_through_there_is_no_screen() -> None:
    turn = a_turn(main="fish", soup="no", wine="red", glass="big", seat="door", guest="Ana")

    assert screen_of(DINNER, turn) is None
