"""Refusals: answers with a code and facts, and a docstring that is the rule."""

import importlib
import pkgutil

import pytest

import core
from core.booking.refusals import ExtensionUsed, HoldOver
from core.values.refusals import Overtaken, Refusal, Trouble

for module in pkgutil.walk_packages(core.__path__, "core."):
    importlib.import_module(module.name)

#: By code, all there are in the core.
KINDS = {code: kind for code, kind in Refusal.kinds.items() if kind.__module__.startswith("core.")}


def test_a_code_is_the_class_in_words():
    assert HoldOver.code == "hold-over"
    assert str(HoldOver()) == "hold-over"


def test_facts_are_what_was_given():
    assert ExtensionUsed(minutes=4).facts == {"minutes": 4}
    assert HoldOver().facts == {}


def test_no_two_refusals_have_one_code():
    classes = [kind for kind in _below(Refusal) if kind.__module__.startswith("core.")]

    assert len(classes) == len(KINDS) > 30


@pytest.mark.parametrize("code", sorted(KINDS))
def test_a_refusals_docstring_is_its_rule(code: str):
    rule = KINDS[code].__dict__.get("__doc__") or ""

    assert rule.strip()[:1].isupper()
    assert "." in rule


def test_being_overtaken_is_no_answer_to_anybody():
    assert issubclass(Overtaken, Trouble)
    assert not issubclass(Overtaken, Refusal)


def _below(kind: type[Refusal]) -> list[type[Refusal]]:
    return [one for below in kind.__subclasses__() for one in (below, *_below(below))]
