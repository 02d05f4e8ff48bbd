"""What is remembered of a chat survives JSON, whatever is in it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from conversations.screens import Clock, Enclosed, Exact, Say, Value, When
from conversations.talk import Course, Talk
from core.values.money import Money
from tests.builders import CHICAGO

_texts = some.text(max_size=20)
_moments = some.datetimes(timezones=some.just(UTC), min_value=datetime(2020, 1, 1), max_value=datetime(2040, 1, 1))  # noqa: DTZ001 - hypothesis adds the zone
_money = some.builds(Money, some.integers(-(10**9), 10**9), some.sampled_from(["USD", "JPY", "KWD"]))
_values: some.SearchStrategy[Value] = some.one_of(
    _texts,
    some.integers(),
    _money,
    some.builds(Exact, _money),
    some.builds(When, _moments, some.just(CHICAGO), some.sampled_from(Clock)),
    some.lists(_texts, max_size=3).map(tuple),
)
_says = some.recursive(
    some.builds(Say, _texts, some.dictionaries(_texts, _values, max_size=3)),
    lambda inner: some.builds(Say, _texts, some.dictionaries(_texts, inner, max_size=2)),
    max_leaves=4,
)
_answers = some.one_of(
    _texts, some.integers(), some.booleans(), some.dictionaries(_texts, some.integers()), some.lists(_texts)
)
_courses = some.builds(
    Course,
    flow=some.just("book"),
    subject=some.dictionaries(_texts, _texts, max_size=3),
    answers=some.dictionaries(_texts, _answers, max_size=4),
    reopened=some.lists(_texts, max_size=3),
    view=some.dictionaries(_texts, _texts, max_size=3),
    booking_id=some.none() | _texts,
    entered=_texts,
)
_talks = some.builds(
    Talk,
    course=some.none() | _courses,
    parked=some.lists(_courses, max_size=2),
    revision=some.integers(min_value=0),
    name=_texts,
    fresh=some.booleans(),
    notice=some.none() | _says,
    enclosed=some.lists(some.builds(Enclosed, paper=_texts, name=_says, caption=some.none() | _says), max_size=2),
    aside=some.none() | some.tuples(_texts, _texts),
    misses=some.integers(min_value=0),
    last_press=_texts,
    last_toast=some.none() | _says,
)


@pytest.mark.rule("F8")
@given(_talks)
def test_a_talk_is_the_same_after_json(talk: Talk) -> None:
    assert Talk.from_json(talk.to_json()) == talk


def test_a_course_that_waits_goes_on_where_it_was_and_the_newest_first() -> None:
    talk = Talk()
    for name in ("one", "two", "three"):
        talk.park()
        talk.begin(Course(flow="book", subject={"mini": name}, answers={"package": name}))

    ended: list[str] = []
    while talk.course:
        ended.append(talk.course.subject["mini"])
        talk.end()

    assert ended == ["three", "two", "one"]
    assert talk.parked == []


def test_a_change_of_the_course_takes_the_power_from_older_buttons() -> None:
    talk = Talk()
    talk.begin(Course(flow="book", subject={}))
    begun = talk.revision
    talk.end()

    assert 0 < begun < talk.revision
