"""/addday in one line: each is the day that it says, or is asked about, and no word of it is lost."""

import csv
import re
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from conversations.studio.typed_day import LONGEST, Fact, Problem, TypedDay, read_day_line
from conversations.typed_moments import Exact, Reading, readings_of
from core.minis.plan import Break, DayPlan
from core.values.refusals import Refusal
from tests.conversations.studio.written import day_as_written
from tests.conversations.typed_moments import typist

TABLE = Path(__file__).with_name("typed_days.tsv").read_text(encoding="utf-8")
ROWS = list(csv.DictReader(TABLE.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
MINUTE = timedelta(minutes=1)
LAST = {
    "-": None,
    "last": DayPlan(
        date=date(2026, 10, 4), start=time(9), spots=10, duration=20 * MINUTE, gap=5 * MINUTE, place="Hyde Park"
    ),
    "class": DayPlan(
        date=date(2026, 10, 4), start=time(10), spots=18, duration=90 * MINUTE, same_start=True, place="Studio"
    ),
}
THURSDAY = typist("2026-10-08 14:00 Europe/London", "dmy", "en")


@pytest.mark.rule("C1", "C2", "C4")
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['language']}-{row['last']}-{row['text']}")
def test_a_line_is_the_day_it_says_or_is_asked_about(row: dict[str, str]) -> None:
    person = typist(row["base"], row["order"], row["language"])

    draft = read_day_line(row["text"], person, LAST[row["last"]])

    assert day_as_written(draft, person.zone) == row["meaning"]


@pytest.mark.rule("C1", "C3")
def test_a_line_of_every_clause_is_a_plan() -> None:
    draft = read_day_line("Sat 12 Dec 9am 10 spots 20min gap 5 break 12:00-13:00 at Victoria Park", THURSDAY)

    assert draft.when == Exact(Reading(date(2026, 12, 12), time(9)))
    assert draft.plan(Reading(date(2026, 12, 12), time(9)), THURSDAY.zone) == DayPlan(
        date=date(2026, 12, 12),
        start=time(9),
        spots=10,
        duration=20 * MINUTE,
        gap=5 * MINUTE,
        breaks=(Break(time(12), 60 * MINUTE),),
        place="Victoria Park",
    )


def test_a_break_is_read_from_the_start_that_was_chosen() -> None:
    draft = read_day_line("12 Dec at 3 6 spots 30 min break 4-4:30", THURSDAY)
    plans = [draft.plan(reading, THURSDAY.zone) for reading in readings_of(draft.when)]

    assert [plan.breaks[0].at for plan in plans if isinstance(plan, DayPlan)] == [time(16), time(4)]


def test_an_answer_before_the_line_completes_it() -> None:
    line = "10 spots 20min at Victoria Park"

    assert read_day_line(line, THURSDAY).missing == (Fact.DATE,)
    assert read_day_line(f"12 Dec {line}", THURSDAY).missing == (Fact.START,)
    assert read_day_line(f"12 Dec 9am {line}", THURSDAY).missing == ()


def test_a_day_of_which_something_is_missing_has_no_plan() -> None:
    draft = read_day_line("12 Dec 9am", THURSDAY)

    with pytest.raises(ValueError, match="missing"):
        draft.plan(Reading(date(2026, 12, 12), time(9)), THURSDAY.zone)


def test_a_long_line_is_not_understood() -> None:
    line = "12 Dec 9am " + "spots " * 60

    assert len(line) > LONGEST
    assert read_day_line(line, THURSDAY).not_understood == (line,)


def _words(draft: TypedDay) -> set[str]:
    return set(re.findall(r"\w+", " ".join((*draft.not_understood, draft.place)).casefold()))


PIECES = (
    "12 Dec|9am|9-12|10 spots|x8|20 min|20'|gap 5|no gap|break 12-13|break 11:30 30m|until 14:00|at Riverside Park|"
    "same start|next Saturday|tomorrow|Sat|9|at 3|12/10|5 between|break|lunch|,|sunset|1h|morning|-|and|12|@|in 2 weeks"
)


@settings(max_examples=400, deadline=None)
@given(
    pieces=some.lists(some.sampled_from(PIECES.split("|")), max_size=8),
    strange=some.sampled_from(["sunset", "golden", "zzz"]),
    at=some.integers(0, 8),
    language=some.sampled_from(["en", "es", "de"]),
    last=some.sampled_from(list(LAST)),
)
def test_a_word_that_nobody_knows_is_never_dropped(
    pieces: list[str], strange: str, at: int, language: str, last: str
) -> None:
    person = typist("2026-10-08 14:00 Europe/London", "dmy", language)
    draft = read_day_line(" ".join([*pieces[:at], strange, *pieces[at:]]), person, LAST[last])

    assert strange in _words(draft)
    if not draft.missing:
        for reading in readings_of(draft.when):
            try:
                plan = draft.plan(reading, person.zone)
            except Refusal:
                continue
            assert isinstance(plan, Problem) or (plan.date, plan.start) == (reading.date, reading.clock)


@settings(max_examples=300, deadline=None)
@given(text=some.text(max_size=120))
def test_any_text_is_read_without_an_error(text: str) -> None:
    draft = read_day_line(text, THURSDAY)

    assert draft.missing or readings_of(draft.when)
