"""The strip's words."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bots.demo.clerk import (
    BY_WEBHOOK,
    HISTORY,
    KEPT_LINES,
    OPENED_FILE,
    SENT_FILES,
    SENT_PICTURES,
    SENT_PLACE,
    TAPPED,
    Clerk,
    counting,
    naming,
    spoken,
)
from core.values.news import What

NOON = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
FACTS = {
    **naming("Ana Torres"),
    "time": "10:15 AM",
    "until": "6:32 PM",
    "code": "LP-4821",
    "amount": "$150.00",
    "how": BY_WEBHOOK,
    "paper": "Session agreement",
    "sha": "c1905551",
}


@pytest.mark.parametrize("what", HISTORY)
def test_what_the_strip_tells_is_what_the_history_says(what: str) -> None:
    strip = Clerk()
    kind, _, detail = what.partition(":")

    strip.happened(What(kind), NOON, detail=detail, **FACTS)

    (line,) = strip.lines
    assert "{" not in line.text
    assert line.text.endswith(".")


def test_a_hold_is_told_in_plain_words() -> None:
    strip = Clerk()

    strip.happened("held", NOON, **FACTS)

    assert [line.text for line in strip.lines] == [
        "Ana’s tap was stored, then 10:15 AM was claimed: nobody else can take it until 6:32 PM."
    ]


def test_money_is_told_in_plain_words() -> None:
    strip = Clerk()

    strip.happened("paid", NOON, **FACTS)
    strip.happened("refund_owed", NOON, detail="second", **FACTS)
    strip.happened("refund_owed", NOON, detail="seat_gone", **FACTS)

    assert [line.text for line in strip.lines] == [
        "Stripe’s webhook came, and the bot looked. Stripe said: paid. $150.00 from Ana is in the books, once.",
        "Ana paid twice: the second $150.00 goes back by itself.",
        "$150.00 goes back to Ana: that was stored first, and nobody has to ask for it.",
    ]


def test_files_are_told_in_plain_words() -> None:
    strip = Clerk()
    ana = naming("Ana Torres")

    strip.answered("sendDocument", NOON, 0.3, **ana, file="Fall-Minis-contract-v3.pdf")
    strip.write(OPENED_FILE, NOON, **ana, file="Fall-Minis-contract-v3.pdf")
    strip.write(SENT_PICTURES, NOON, **ana, **counting("picture", 1))
    strip.write(SENT_PICTURES, NOON, **ana, **counting("picture", 3))
    strip.write(SENT_FILES, NOON, **ana, **counting("file", 1))
    strip.write(SENT_PLACE, NOON, **ana, **counting("file", 2))
    strip.answered("getFile", NOON, 0.2, **ana, file="")

    assert [line.text for line in strip.lines] == [
        "The bot sent Ana the document Fall-Minis-contract-v3.pdf, 0.30 s later.",
        "Ana opened Fall-Minis-contract-v3.pdf.",
        "Ana sent a picture. The app left out what is hidden in it.",
        "Ana sent 3 pictures together. The app left out what is hidden in them.",
        "Ana sent a file, and nothing was changed in it.",
        "Ana sent 2 files together, and nothing was changed in them: a place where one was taken is still in it.",
        "The bot fetched what Ana had sent, 0.20 s later.",
    ]


def test_what_has_no_words_is_not_told() -> None:
    strip = Clerk()

    strip.happened("day_saved", NOON, **FACTS)
    strip.answered("answerCallbackQuery", NOON, 0.1, **FACTS)

    assert strip.lines == ()


def test_what_comes_much_later_is_no_answer_to_a_tap() -> None:
    strip = Clerk()

    strip.answered("editMessageText", NOON, 0.042, **FACTS)
    strip.answered("sendMessage", NOON, 900.0, **FACTS)

    assert [line.text for line in strip.lines] == [
        "The bot changed Ana’s card in place, 0.04 s later.",
        "The bot sent Ana a message.",
    ]


def test_the_same_words_twice_in_a_row_are_said_once_and_old_lines_go() -> None:
    strip = Clerk()

    for number in range(KEPT_LINES + 5):
        for _ in range(2):
            strip.write(TAPPED, NOON, **naming("Ana Torres"), label=str(number))

    assert [line.text for line in strip.lines][:1] == ["Ana tapped “5”."]
    assert len({line.id for line in strip.lines}) == len(strip.lines) == KEPT_LINES


def test_words_of_people_are_never_blanks_to_fill() -> None:
    strip = Clerk()

    strip.write(TAPPED, NOON, **naming("Ana Torres"), label="{who} {0.__class__}")

    assert strip.lines[0].text == "Ana tapped “{who} {0.__class__}”."


def test_times_are_said_on_the_studios_clock() -> None:
    assert spoken(NOON, ZoneInfo("America/Chicago")) == "12:00 PM"
    assert spoken(datetime(2026, 7, 1, 14, 5, tzinfo=UTC), ZoneInfo("America/Chicago")) == "9:05 AM"
