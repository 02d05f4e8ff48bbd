"""What a benchmark gives: a figure, the baseline's figure of the same run, and whether the goal holds."""

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table and of `build/bench.json`."""

    name: str
    value: float
    unit: str
    #: In the same unit; None where the goal is an absolute one.
    baseline: float | None
    #: The median of the rounds' own ratios, which shakes less than the ratio of the medians.
    ratio: float | None
    goal: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """What one round measured: ours, and the baseline right beside it."""

    ours: float
    baseline: float


def interleaved(ours: Callable[[], float], baseline: Callable[[], float], *, rounds: int) -> list[Pair]:
    """Measure by turns, after a round that warms both up; the one that goes first changes with each round."""
    pairs: list[Pair] = []
    for number in range(rounds + 1):
        gc.collect()
        if number % 2:
            ours_now, baseline_now = ours(), baseline()
        else:
            baseline_now, ours_now = baseline(), ours()
        pairs.append(Pair(ours_now, baseline_now))
    return pairs[1:]


def at_least(least: float, name: str, unit: str, pairs: Sequence[Pair], *, promised: bool = True) -> Row:
    """The goal is a ratio that is not undercut. `promised`: what else must be true for the goal to hold."""
    ratio = median(pair.ours / pair.baseline for pair in pairs)
    return _row(name, unit, pairs, ratio, f"≥ {least:g}", holds=promised and ratio >= least)


def at_most(most: float, name: str, unit: str, pairs: Sequence[Pair], *, promised: bool = True) -> Row:
    """The goal is a ratio that is not exceeded."""
    ratio = median(pair.ours / pair.baseline for pair in pairs)
    return _row(name, unit, pairs, ratio, f"≤ {most:g}", holds=promised and ratio <= most)


def below(most: float, name: str, unit: str, figures: Sequence[float]) -> Row:
    """The goal is an absolute figure that is not exceeded."""
    value = median(figures)
    goal = f"≤ {most:g} {unit}"
    return Row(name=name, value=value, unit=unit, baseline=None, ratio=None, goal=goal, holds=value <= most)


def _row(name: str, unit: str, pairs: Sequence[Pair], ratio: float, goal: str, *, holds: bool) -> Row:
    return Row(
        name=name,
        value=median(pair.ours for pair in pairs),
        unit=unit,
        baseline=median(pair.baseline for pair in pairs),
        ratio=ratio,
        goal=goal,
        holds=holds,
    )
