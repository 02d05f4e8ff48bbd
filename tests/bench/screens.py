"""`render.screen`: a screen becomes what the messengers take."""

import json
from collections.abc import Callable
from time import perf_counter

from bots.slack.render import render_message
from bots.telegram.render import as_send, render
from tests.bench.rows import Row, at_most, interleaved
from tests.bots.cards import HELD

TIMES = 2000  # a round
ROUNDS = 9


def render_screen() -> Row:
    result = _rendered()
    pairs = interleaved(
        lambda: _microseconds(_rendered), lambda: _microseconds(lambda: json.dumps(result)), rounds=ROUNDS
    )
    return at_most(10, "render.screen", "µs", pairs)


def _rendered() -> list[object]:
    calls = [call.params for call in as_send(render(HELD), 4711)]
    return [*calls, render_message(HELD)]


def _microseconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    for _ in range(TIMES):
        work()
    return (perf_counter() - began) / TIMES * 1_000_000


ROWS = {"render.screen": render_screen}
