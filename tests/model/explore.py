"""Breadth first through every world that a configuration can reach, so that a counter-example is a shortest one."""

from collections import deque
from dataclasses import dataclass

from tests.model.invariants import ALWAYS, at_rest
from tests.model.machine import BY_ITSELF, TABLE, Event, Machine
from tests.model.steps import EACH_STEP
from tests.model.world import World

STUCK = "the_world_comes_to_rest_by_itself"
"""The one rule about what may still come: timers and workers alone can always end every page, hold and open payment."""


@dataclass(frozen=True, slots=True)
class Violation:
    rule: str
    path: tuple[Event, ...]

    def __str__(self) -> str:
        steps = " · ".join(" ".join(map(str, event)) for event in self.path)
        return f"{self.rule}: {steps}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Explored:
    worlds: int
    transitions: int
    happened: frozenset[str]  #: the events that occurred at least once
    violation: Violation | None


class _Seen:
    """Every world met, by number, with the step that led there first."""

    def __init__(self, start: World) -> None:
        self.numbers = {start: 0}
        self.steps: list[tuple[int, Event] | None] = [None]

    def path(self, number: int, *more: Event) -> tuple[Event, ...]:
        events: list[Event] = []
        step = self.steps[number]
        while step is not None:
            number, event = step
            events.append(event)
            step = self.steps[number]
        return (*reversed(events), *more)


def explore(machine: Machine, only: str | None = None) -> Explored:
    """Meet every reachable world; stop at the first that breaks a rule, or that breaks the `only` one."""
    always = [rule for rule in ALWAYS if only in (None, rule.__name__)]
    each_step = [rule for rule in EACH_STEP if only in (None, rule.__name__)]
    start = machine.config.start()
    seen = _Seen(start)
    waiting = deque([start])
    calms = _Calms()
    transitions = 0
    happened: set[str] = set()

    def explored(violation: Violation | None) -> Explored:
        return Explored(
            worlds=len(seen.steps), transitions=transitions, happened=frozenset(happened), violation=violation
        )

    while waiting:
        world = waiting.popleft()
        number = seen.numbers[world]
        for rule in always:
            if not rule(machine, world):
                return explored(Violation(rule.__name__, seen.path(number)))
        if at_rest(machine, world):
            calms.rests(number)
        for event, after in machine.next_worlds(world):
            transitions += 1
            happened.add(event[0])
            for rule in each_step:
                if not rule(machine, world, event, after):
                    return explored(Violation(rule.__name__, seen.path(number, event)))
            following = seen.numbers.setdefault(after, len(seen.steps))
            if following == len(seen.steps):
                seen.steps.append((number, event))
                waiting.append(after)
            if TABLE[event[0]].by in BY_ITSELF:
                calms.leads(number, following)
    stuck = calms.first_stuck(len(seen.steps)) if only in (None, STUCK) else None
    return explored(None if stuck is None else Violation(STUCK, seen.path(stuck)))


class _Calms:
    """From which worlds can rest be reached by timers and workers alone?"""

    def __init__(self) -> None:
        self.restful: list[int] = []
        self.sources: dict[int, list[int]] = {}

    def rests(self, world: int) -> None:
        self.restful.append(world)

    def leads(self, world: int, following: int) -> None:
        self.sources.setdefault(following, []).append(world)

    def first_stuck(self, worlds: int) -> int | None:
        calm = bytearray(worlds)
        waiting = list(self.restful)
        for world in waiting:
            calm[world] = 1
        while waiting:
            for source in self.sources.get(waiting.pop(), ()):
                if not calm[source]:
                    calm[source] = 1
                    waiting.append(source)
        stuck = calm.find(0)
        return None if stuck < 0 else stuck
