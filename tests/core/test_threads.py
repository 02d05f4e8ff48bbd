"""A client asks, the studio answers: whose words reach whom, how many of them, and who may (F13, J5)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.back_office import BackOffice
from core.booking.refusals import BookingChanged
from core.messages.alerts import Alert
from core.messages.messages import Kind
from core.messages.records import LeasedMessage
from core.messages.remark import Remark, Voice
from core.messages.thread import (
    LONGEST,
    MOST_UNANSWERED,
    NoSuchClient,
    RemarkEmpty,
    RemarkTooLong,
    TooManyUnanswered,
)
from core.studio.studio import Role
from core.studio_desk import NotAllowed
from core.values.refusals import Refusal
from storage.store import Store
from tests.core.house import House
from tests.core.test_team import by, claim, invited, sent


def ask(house: House, text: str = "Can we park?", booking_id: str | None = None, who: str = "ana") -> Remark:
    return house.by(who, lambda desk: desk.ask(text, booking_id))


def answer(house: House, text: str = "Yes.", who: str = "ana", booking_id: str | None = None) -> Remark:
    client = house.client(who)
    return house.by_owner(lambda desk: desk.answer(client.id, text, booking_id))


def texts(house: House, who: str = "ana") -> list[tuple[str, str]]:
    client = house.client(who)
    thread = house.by_owner(lambda desk: desk.thread(client.id))
    return [(one.voice, one.text) for one in thread.remarks]


def heard(house: House) -> list[tuple[str, str | None]]:
    """What went out, each with whom it is for."""
    return [(row.kind, row.client_id or row.member_id) for row in sent(house)]


@pytest.mark.rule("F13")
def test_what_is_said_is_kept_in_its_order_with_whose_words_they_are(house: House):
    booking = house.hold("ana", house.spots(house.mini())[0])
    ask(house, " Can we park? ", booking.id)
    remark = answer(house, "Yes.\nBy the gate.", booking_id=booking.id)
    ask(house, "Thank you")

    assert texts(house) == [("client", "Can we park?"), ("studio", "Yes.\nBy the gate."), ("client", "Thank you")]
    assert (remark.voice, remark.member_id, remark.booking_id) == (Voice.STUDIO, house.owner.id, booking.id)
    assert [note for note in house.notes() if note[0] in {"asked", "written_to"}] == [
        ("asked", booking.id),
        ("written_to", booking.id),
        ("asked", None),
    ]


@pytest.mark.rule("F13")
def test_a_thread_shows_the_latest_and_names_who_of_the_studio_said_what(house: House):
    for number in range(7):
        ask(house, f"{number}")
    answer(house)

    thread = house.by_owner(lambda desk: desk.thread(house.client("ana").id))

    assert [one.text for one in thread.remarks] == ["2", "3", "4", "5", "6", "Yes."]
    assert thread.names == {house.owner.id: house.owner.name}


@pytest.mark.rule("F13")
def test_a_question_reaches_everybody_who_runs_the_studio_and_nobody_else(house: House):
    luna, sol = claim(house), invited(house, "sol", Role.PHOTOGRAPHER)
    invited(house, "noa", Role.ASSISTANT)
    sent(house)

    ask(house)

    assert sorted(heard(house)) == sorted([(Alert.ASKED, luna.id), (Alert.ASKED, sol.id)])


@pytest.mark.rule("F13")
def test_an_answer_reaches_the_client_and_whoever_runs_the_studio_hears_that_it_is_given(house: House):
    luna, sol = claim(house), invited(house, "sol", Role.PHOTOGRAPHER)
    ask(house)
    sent(house)
    ana = house.client("ana")

    by(house, sol, lambda desk: desk.answer(ana.id, "Yes."))
    first = heard(house)
    by(house, sol, lambda desk: desk.answer(ana.id, "By the gate."))

    assert sorted(first) == sorted([(Kind.STUDIO_SAYS, ana.id), (Alert.ANSWERED, luna.id), (Alert.ANSWERED, sol.id)])
    assert heard(house) == [(Kind.STUDIO_SAYS, ana.id)], "what follows is no answer to anything"


@pytest.mark.rule("F13")
def test_a_question_waits_until_somebody_has_claimed_the_studio(house: House):
    ask(house)
    assert heard(house) == []

    luna = claim(house)

    assert heard(house) == [(Alert.ASKED, luna.id)]


@pytest.mark.rule("F13")
@pytest.mark.parametrize(
    ("text", "refusal"), [("", RemarkEmpty), (" \u200b\n", RemarkEmpty), ("x" * 2001, RemarkTooLong)]
)
def test_a_remark_has_from_one_character_to_two_thousand(house: House, text: str, refusal: type[Refusal]):
    for say in (ask, answer):
        with pytest.raises(refusal):
            say(house, text)
        say(house, "x" * LONGEST)

    assert [len(one) for _voice, one in texts(house)] == [LONGEST, LONGEST]


@pytest.mark.rule("F13")
def test_a_client_says_so_many_things_unanswered_in_an_hour(house: House):
    for _ in range(MOST_UNANSWERED):
        ask(house)

    with pytest.raises(TooManyUnanswered) as refused:
        ask(house)
    ask(house, who="ben")
    answer(house)
    ask(house)

    assert refused.value.facts == {"most": MOST_UNANSWERED, "studio": house.studio.name}


@pytest.mark.rule("F13")
def test_after_an_hour_there_is_more_to_say_though_nobody_answered(house: House):
    for _ in range(MOST_UNANSWERED):
        ask(house)
    house.wait(timedelta(hours=1, seconds=1))

    assert ask(house).text == "Can we park?"


@pytest.mark.rule("F13", "A6")
def test_nobody_speaks_of_a_booking_that_is_not_the_clients(house: House):
    booking = house.hold("ben", house.spots(house.mini())[0])

    for deed in (lambda: ask(house, booking_id=booking.id), lambda: answer(house, booking_id=booking.id)):
        with pytest.raises(BookingChanged):
            deed()


@pytest.mark.rule("F13", "A6")
def test_a_studio_writes_to_no_client_of_another(house: House, shared: tuple[Store, str]):
    other = House(*shared)
    said = ask(other)
    stranger = other.client("ana")

    for deed in (lambda desk: desk.answer(stranger.id, "Hello"), lambda desk: desk.thread(stranger.id)):
        with pytest.raises(NoSuchClient):
            house.by_owner(deed)
    assert house.by_owner(lambda desk: desk.remark(said.id)) is None


@pytest.mark.rule("F13", "A4")
@pytest.mark.parametrize("changed", [{"role": Role.ASSISTANT}, {"role": Role.HOST}, {"removed": True}])
@pytest.mark.parametrize(
    "deed",
    [lambda desk: desk.answer("x", "Hi"), lambda desk: desk.thread("x"), lambda desk: desk.remark(1)],
    ids=["answer", "thread", "remark"],
)
def test_only_photographers_read_and_answer(house: House, changed: dict[str, Any], deed: Callable[[Any], Any]):
    with pytest.raises(NotAllowed):
        by(house, replace(house.owner, **changed), deed)


# -- what does not arrive --


def lost(house: House, key: str, kind: str = "reminder", **facts: Any) -> None:
    """A message did not arrive."""
    row: dict[str, Any] = {
        "id": 1,
        "studio_id": house.studio.id,
        "key": key,
        "kind": kind,
        "client_id": house.client("ana").id,
        "booking_id": None,
        "values": {},
        "channel": "telegram",
        "address": "1",
        "attempts": 1,
        "ambiguous": False,
        "drop_after": None,
    }
    message = LeasedMessage(**(row | facts))
    house.store.do(lambda records: BackOffice(records).undelivered(message))


@pytest.mark.rule("J5")
def test_the_studio_hears_once_of_a_client_who_takes_no_messages_any_more(house: House):
    luna = claim(house)
    sent(house)

    lost(house, "one")
    lost(house, "two")
    lost(house, "a member's", client_id=None, member_id=luna.id)

    assert heard(house) == [(Alert.UNREACHABLE, luna.id)]


@pytest.mark.rule("J5", "F13")
def test_the_studio_hears_of_each_thing_that_it_said_in_vain(house: House):
    luna = claim(house)
    sent(house)

    for number in (1, 1, 2):
        lost(house, f"{number}", Kind.STUDIO_SAYS, values={"remark": number})

    assert heard(house) == [(Alert.UNREACHABLE, luna.id)] * 2
