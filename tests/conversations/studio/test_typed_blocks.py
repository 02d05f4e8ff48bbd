"""/block in one line: a time or a span, and the day, with every word accounted for."""

import pytest

from conversations.studio.typed_blocks import LONGEST, TypedBlock, read_block
from tests.conversations.typed_moments import typist, written


def as_written(block: TypedBlock) -> str:
    parts = []
    if block.span:
        starts, ends = block.span.starts, block.span.ends
        parts.append(f"{starts.hour}:{starts.minute:02}-{ends.hour}:{ends.minute:02}")
    if block.clock:
        parts.append(f"{block.clock.hour}:{block.clock.minute:02}")
    if block.when:
        parts.append(written(block.when))
    if block.not_understood:
        parts.append("not understood " + " | ".join(block.not_understood))
    return "; ".join(parts)


@pytest.mark.rule("C2", "C7")
@pytest.mark.parametrize(
    ("text", "language", "meaning"),
    [
        ("9:00-10:00", "en", "9:00-10:00"),
        ("9-10", "en", "9:00-10:00"),
        ("from 9 to 10", "en", "9:00-10:00"),
        ("11am-1pm 11/28", "en", "11:00-13:00; exact 2026-11-28"),
        ("Sat 9-10", "en", "9:00-10:00; exact 2026-11-28"),
        ("9:00-10:00 next Saturday", "en", "9:00-10:00; ask next: 2026-11-28 | 2026-12-05"),
        ("10:15", "en", "10:15"),
        ("10:15 tomorrow", "en", "10:15; exact 2026-11-23"),
        ("Saturday 9am", "en", "9:00; exact 2026-11-28"),
        ("Samstag 9-10 Uhr", "de", "9:00-10:00; exact 2026-11-28"),
        ("sábado de 9 a 10", "es", "9:00-10:00; exact 2026-11-28"),
        ("Saturday", "en", "exact 2026-11-28"),
        ("banana 9-10", "en", "9:00-10:00; not understood banana"),
        ("31 February 9-10", "en", "9:00-10:00; not understood 31 February 9-10"),
        ("9" * (LONGEST + 1), "en", "not understood " + "9" * (LONGEST + 1)),
    ],
)
def test_a_time_to_close_is_what_it_says_and_no_word_is_lost(text: str, language: str, meaning: str) -> None:
    person = typist("2026-11-22 18:17 America/Chicago", "mdy", language)

    assert as_written(read_block(text, person)) == meaning
