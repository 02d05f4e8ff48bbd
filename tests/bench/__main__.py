"""Run the benchmarks whose names begin with the words given, print a table, write `build/bench.json`.

Without a word all are run, but those that take many minutes: their names end with `.full`.
"""

import json
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from time import perf_counter

from tests.bench.rows import Row

#: Modules and the rows they measure; each is imported when it is wanted, for some import half the world.
MODULES = {
    "hold": ("hold.sqlite.spread", "hold.sqlite.race", "hold.postgres.spread", "hold.postgres.race"),
    "chat": ("update.sqlite.c32", "update.sqlite.p99", "chat.race", "memory.growth", "memory.growth.full"),
    "spots": ("spots.list", "spots.generate"),
    "settle": ("settle",),
    "ticks": ("lapse.idle",),
    "screens": ("render.screen",),
    "pace": ("pace.telegram",),
    "program": ("cli.help", "demo.page", "demo.bots", "memory.idle"),
}
FULL = ".full"
RESULTS = Path("build/bench.json")


def main(words: Sequence[str]) -> int:
    """The exit code tells of benchmarks that broke, not of goals that were missed."""
    rows: list[Row] = []
    broken = 0
    print(f"{'name':22} {'value':>10} {'unit':10} {'baseline':>10} {'ratio':>8}  goal")
    for name, module in _wanted(words):
        began = perf_counter()
        try:
            row = _benchmark(module, name)()
        except Exception:
            broken += 1
            traceback.print_exc()
            continue
        rows.append(row)
        print(f"{_line(row)}  [{perf_counter() - began:.0f} s]", flush=True)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps([asdict(row) for row in rows], indent=2, ensure_ascii=False), encoding="utf-8")
    print(f"{sum(row.holds for row in rows)} of {len(rows)} goals hold, {broken} broken; {RESULTS}")
    return 1 if broken else 0


def _wanted(words: Sequence[str]) -> list[tuple[str, str]]:
    every = [(name, module) for module, names in MODULES.items() for name in names]
    return [(name, module) for name, module in every if _is_wanted(name, words)]


def _is_wanted(name: str, words: Sequence[str]) -> bool:
    if name.endswith(FULL):
        return name in words
    return not words or name.startswith(tuple(words))


def _benchmark(module: str, name: str) -> Callable[[], Row]:
    return import_module(f"tests.bench.{module}").ROWS[name]


def _line(row: Row) -> str:
    baseline = "–" if row.baseline is None else _short(row.baseline)
    ratio = "–" if row.ratio is None else f"{row.ratio:.2f}"
    said = "yes" if row.holds else "NO"
    return f"{row.name:22} {_short(row.value):>10} {row.unit:10} {baseline:>10} {ratio:>8}  {row.goal}: {said}"


def _short(figure: float) -> str:
    return f"{figure:,.0f}" if figure >= 1000 else f"{figure:.3g}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
