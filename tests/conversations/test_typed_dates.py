"""Days and times as studios type them: each means one moment, is asked about, or is not taken."""

import csv
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from conversations.typed_dates import LONGEST, read_when
from conversations.typed_moments import (
    Ask,
    Exact,
    NeedsTime,
    NotRead,
    Past,
    Reading,
    Typist,
    Unread,
    order_of,
    readings_of,
)
from conversations.typed_numeric_days import Order
from tests.conversations.typed_moments import typist, written

TABLE = Path(__file__).with_name("typed_dates.tsv").read_text(encoding="utf-8")
ROWS = list(csv.DictReader(TABLE.splitlines(), delimiter="\t"))
LONDON = ZoneInfo("Europe/London")
THURSDAY = datetime(2026, 10, 8, 14, tzinfo=LONDON)
ENGLISH = Typist(language="en", zone=LONDON, order=Order.DMY, now=THURSDAY)


@pytest.mark.rule("C2", "C6")
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['language']}-{row['order']}-{row['text']}")
def test_a_typed_moment_is_right_asked_about_or_not_taken(row: dict[str, str]) -> None:
    found = read_when(row["text"], typist(row["base"], row["order"], row["language"]))

    assert written(found) == row["meaning"]


def test_the_table_is_large_and_has_both_orders_and_the_three_languages() -> None:
    kinds = {(row["order"], row["language"]) for row in ROWS}

    assert len({row["text"] for row in ROWS}) >= 150
    assert {("dmy", "en"), ("mdy", "en"), ("dmy", "es"), ("dmy", "de")} <= kinds


def test_the_united_states_write_the_month_first_and_others_the_day() -> None:
    assert order_of("US") is Order.MDY
    assert {order_of(country) for country in ("GB", "DE", "ES", "MX", "CA", "AU")} == {Order.DMY}


def test_a_day_alone_is_an_answer_where_no_time_is_needed() -> None:
    assert read_when("Saturday", ENGLISH, needs_time=False) == Exact(Reading(date(2026, 10, 10)))
    assert read_when("Saturday 9am", ENGLISH, needs_time=False) == Exact(Reading(date(2026, 10, 10), time(9)))


def test_a_time_alone_belongs_to_the_day_that_is_known() -> None:
    day = date(2026, 12, 12)

    assert read_when("9:30", ENGLISH, on=day) == Exact(Reading(day, time(9, 30)))
    assert readings_of(read_when("at 3", ENGLISH, on=day)) == (Reading(day, time(15)), Reading(day, time(3)))
    assert read_when("9", ENGLISH, on=day) == Exact(Reading(day, time(9)))


def test_a_long_text_is_no_date_however_it_ends() -> None:
    assert read_when("Saturday 9am" + " please" * 12, ENGLISH) == NotRead(Unread.LONG)
    assert read_when(" " * LONGEST + "Saturday 9am", ENGLISH) == Exact(Reading(date(2026, 10, 10), time(9)))


def test_a_span_is_handed_on_as_one() -> None:
    found = read_when("from 9 to 5", ENGLISH)

    assert isinstance(found, NotRead)
    assert found.span
    assert found.span.starts.times() == (time(9),)
    assert found.span.ends.next_after(time(9)) == time(17)


WORDS = """
    sat saturday sun next this last first of december dec 12 10 9 9am 9:30 12/10 12.10 2026 at on the 15th tomorrow noon
    midnight in 2 weeks from to - , am pm half past samstag nächsten um uhr halb morgen am erster im dezember 5. sábado
    próximo a las mañana el de diciembre y media que viene mar may 31 29 feb 0930 2027 tonight weekend @ / . x
"""
TYPED = some.one_of(
    some.lists(some.sampled_from(WORDS.split()), max_size=7).map(" ".join),
    some.text(max_size=90),
    some.tuples(some.sampled_from([row["text"] for row in ROWS]), some.sampled_from(WORDS.split())).map(" ".join),
)
NOWS = some.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1))  # noqa: DTZ001 - the zone comes with the typist
ZONES = some.sampled_from(["Europe/London", "America/Chicago", "Australia/Sydney", "America/St_Johns"])


@pytest.mark.rule("C2", "C6")
@settings(max_examples=600, deadline=None)
@given(text=TYPED, now=NOWS, zone=ZONES, order=some.sampled_from(Order), language=some.sampled_from(["en", "es", "de"]))
def test_an_exact_answer_read_back_in_full_and_typed_again_is_the_same(
    text: str, now: datetime, zone: str, order: Order, language: str
) -> None:
    person = Typist(language=language, zone=ZoneInfo(zone), order=order, now=now.replace(tzinfo=ZoneInfo(zone)))

    found = read_when(text, person)

    if isinstance(found, Exact):
        reading = found.reading
        assert reading.clock
        again = read_when(f"{reading.date:%a %-d %b %Y}, {reading.clock:%H:%M}", person)
        assert reading in readings_of(again)
        assert again == found or reading.fold is not None
    if isinstance(found, NeedsTime):
        assert read_when(f"{found.date:%a %-d %b %Y}", person) == NeedsTime(found.date)
    if isinstance(found, Ask):
        assert found.why
        assert len(set(found.readings)) == len(found.readings)
    assert not isinstance(found, NotRead | Past) or readings_of(found) == ()


@settings(max_examples=200, deadline=None)
@given(
    day=some.dates(date(2026, 10, 9), date(2027, 12, 31)),
    clock=some.times(),
    language=some.sampled_from(["en", "es", "de"]),
)
def test_a_date_in_full_is_always_itself(day: date, clock: time, language: str) -> None:
    person = Typist(language=language, zone=ZoneInfo("UTC"), order=Order.MDY, now=THURSDAY - timedelta(days=1))

    assert read_when(f"{day} {clock:%H:%M}", person) == Exact(Reading(day, clock.replace(second=0, microsecond=0)))
