"""The machine of STATES.md keeps its promises in every world that it can reach, and the promises can be broken."""

import pytest

from tests.model.broken import BROKEN, Break
from tests.model.configurations import FULL, SMOKE
from tests.model.explore import STUCK, Explored, explore
from tests.model.invariants import ALWAYS
from tests.model.machine import TABLE, Machine
from tests.model.steps import EACH_STEP
from tests.model.world import Config

_BY_NAME = {config.name: config for config in SMOKE}


def _name(config: Config) -> str:
    return config.name


def _no_rule_breaks(config: Config) -> Explored:
    explored = explore(Machine(config))
    print(f"{config.name}: {explored.worlds:,} worlds, {explored.transitions:,} transitions")
    assert explored.violation is None, str(explored.violation)
    return explored


@pytest.mark.rule("G1", "G2", "G3", "G4", "G5", "F10", "D3", "D4", "E1", "C7")
@pytest.mark.parametrize("config", SMOKE, ids=_name)
def test_no_rule_breaks_in_any_reachable_world(config: Config) -> None:
    _no_rule_breaks(config)


@pytest.mark.full
@pytest.mark.rule("G1", "G2", "G3", "G4", "G5", "F10", "D3", "D4", "E1", "C7")
@pytest.mark.parametrize("config", FULL, ids=_name)
def test_no_rule_breaks_in_any_world_of_the_larger_configurations(config: Config) -> None:
    _no_rule_breaks(config)


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.machine.__name__)
def test_a_broken_machine_is_caught(broken: Break) -> None:
    explored = explore(broken.machine(_BY_NAME[broken.config]), only=broken.rule)

    assert explored.violation is not None, f"{broken.rule} does not notice {broken.machine.__name__}"
    print(f"{broken.machine.__name__}: {explored.violation}")


def test_every_rule_is_broken_by_some_machine() -> None:
    rules = {rule.__name__ for rule in (*ALWAYS, *EACH_STEP)} | {STUCK}

    assert {broken.rule for broken in BROKEN} == rules


def test_every_event_of_the_table_is_asked_for_in_some_configuration() -> None:
    assert frozenset[str]().union(*(config.events for config in SMOKE)) == frozenset(TABLE)
