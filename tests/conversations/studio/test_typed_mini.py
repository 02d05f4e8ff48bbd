"""/newmini, /package and /addon in one line: right or asked about, and never silently wrong (B11)."""

import csv
from datetime import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from conversations.studio.typed_mini import LONGEST, TypedMini, read_mini_line
from conversations.studio.typed_money import Till
from conversations.studio.typed_package import Gap, read_add_on_line, read_package_line
from conversations.typed_moments import readings_of
from core.minis.mini import PaidBy, Share
from core.minis.plan import DayPlan
from core.values.money import Money
from tests.conversations.studio.written_package import add_on_as_written, mini_as_written, package_as_written
from tests.conversations.typed_moments import typist


def table(name: str) -> list[dict[str, str]]:
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


MINIS, PACKAGES = table("typed_minis.tsv"), table("typed_packages.tsv")
CHICAGO = typist("2026-10-08 14:00 America/Chicago", "mdy", "en")
DOLLARS = Till(currency="USD", language="en")


@pytest.mark.rule("B11", "C2")
@pytest.mark.parametrize("row", MINIS, ids=lambda row: f"{row['language']}-{row['currency']}-{row['text']}")
def test_a_line_is_the_mini_it_says_or_is_asked_about(row: dict[str, str]) -> None:
    person = typist(row["base"], row["order"], row["language"])

    mini = read_mini_line(row["text"], person, Till(currency=row["currency"], language=row["language"]))

    assert mini_as_written(mini, person.zone) == row["meaning"]


@pytest.mark.rule("B3")
@pytest.mark.parametrize("row", PACKAGES, ids=lambda row: f"{row['currency']}-{row['text']}")
def test_a_line_is_the_package_or_the_add_on_it_says_or_is_asked_about(row: dict[str, str]) -> None:
    till = Till(currency=row["currency"], language=row["language"])

    if row["command"] == "package":
        assert package_as_written(read_package_line(row["text"], till)) == row["meaning"]
    else:
        assert add_on_as_written(read_add_on_line(row["text"], till)) == row["meaning"]


def test_the_table_has_sixty_lines_in_the_three_languages_and_both_orders() -> None:
    assert len({row["text"] for row in MINIS}) >= 60
    assert {row["language"] for row in MINIS} == {"en", "es", "de"}
    assert {row["order"] for row in MINIS} == {"mdy", "dmy"}


@pytest.mark.rule("B11")
def test_one_line_makes_a_whole_mini() -> None:
    line = "Fall Minis, Sat Dec 12 10:00, 8 spots of 20 min, gap 5, break 11:30 30m, $180, retainer $60, Riverside Park"
    mini = read_mini_line(line, CHICAGO, DOLLARS)
    (reading,) = readings_of(mini.day.when)
    plan = mini.day.plan(reading, CHICAGO.zone)

    assert (mini.title, mini.not_understood) == ("Fall Minis", ())
    assert isinstance(plan, DayPlan)
    assert (plan.start, plan.spots, plan.place) == (time(10), 8, "Riverside Park")
    assert mini.place_is_guess
    assert mini.package
    assert mini.package.fee == Money(18000, "USD")
    assert mini.package.paid_by is PaidBy.RETAINER
    assert mini.package.retainer == Share(amount=Money(6000, "USD"))


@pytest.mark.parametrize("sign", ["€", "£", "CA$", "CHF ", "¥"])
def test_a_foreign_sign_is_asked_about_and_no_amount(sign: str) -> None:
    package = read_package_line(f"Mini {sign}150", DOLLARS)

    assert package.fee is None
    assert package.asks == {Gap.CURRENCY}
    assert package.unclear == (f"{sign}150",)


def test_a_long_line_is_not_understood() -> None:
    line = "Fall Minis, " * 30

    assert len(line) > LONGEST
    assert read_mini_line(line, CHICAGO, DOLLARS).not_understood == (line,)
    assert read_package_line(line, DOLLARS).not_understood == (line,)
    assert read_add_on_line(line, DOLLARS).not_understood == (line,)


def _said(mini: TypedMini) -> str:
    includes = mini.package.includes if mini.package else ""
    return " ".join((mini.title, mini.day.place, includes, *mini.not_understood))


PIECES = (
    "Dec 12 10am|12/10 at 3|8 spots|20 min|8x20min|gap 5|break 11:30 30m|break 12|$180|€180|retainer $60|30% deposit|"
    "Riverside Park|at the park|free|pay outside|same start|10 photos|next Saturday|until 2pm|180|Sun|cash"
)


@pytest.mark.rule("B11")
@settings(max_examples=300, deadline=None)
@given(
    pieces=some.lists(some.sampled_from(PIECES.split("|")), max_size=8),
    glue=some.sampled_from([", ", " ", "; ", "\n"]),
    at=some.integers(0, 8),
    language=some.sampled_from(["en", "es", "de"]),
)
def test_a_word_that_nobody_knows_is_never_dropped(pieces: list[str], glue: str, at: int, language: str) -> None:
    person = typist("2026-10-08 14:00 America/Chicago", "mdy", language)

    mini = read_mini_line(glue.join([*pieces[:at], "zzz", *pieces[at:]]), person, DOLLARS)

    assert "zzz" in _said(mini)


@settings(max_examples=200, deadline=None)
@given(text=some.text(max_size=120), currency=some.sampled_from(["USD", "JPY", "KWD", "EUR"]))
def test_any_text_is_read_without_an_error(text: str, currency: str) -> None:
    till = Till(currency=currency, language="de")
    mini = read_mini_line(text, CHICAGO, till)

    assert mini.day.missing or readings_of(mini.day.when)
    read_package_line(text, till)
    read_add_on_line(text, till)


@settings(max_examples=200, deadline=None)
@given(minor=some.integers(1, 9_999_999))
def test_an_amount_as_it_is_written_is_that_amount(minor: int) -> None:
    dollars, euros = f"${minor // 100:,}.{minor % 100:02}", f"{minor // 100}.{minor % 100:02} €"

    assert read_package_line(f"Mini {dollars}", DOLLARS).fee == Money(minor, "USD")
    assert read_package_line(f"Mini {euros}", Till(currency="EUR", language="de")).fee == Money(minor, "EUR")
