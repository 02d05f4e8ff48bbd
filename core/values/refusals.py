"""A rule says no: what a person is told when something they asked for cannot be."""

import re
from typing import ClassVar

from core.values.money import Money

#: What a refusal may carry; words show each in the reader's language.
Fact = str | int | bool | Money | tuple[str, ...] | None

_WORD_START = re.compile(r"(?<!^)(?=[A-Z])")


class Refusal(Exception):
    """A rule said no. The subclass is the rule, `code` names its words, `facts` fill them.

    A refusal rolls back the deed that raised it and nothing else: it is an answer, not a failure.
    """

    code: ClassVar[str] = "refusal"
    kinds: ClassVar[dict[str, "type[Refusal]"]] = {}

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.code = _WORD_START.sub("-", cls.__name__).lower()
        Refusal.kinds[cls.code] = cls

    def __init__(self, **facts: Fact) -> None:
        super().__init__(self.code)
        self.facts = facts


class Trouble(Exception):
    """An outside party failed. The deed was not done; trying again later is safe."""


class Overtaken(Trouble):
    """A row changed between being read and being written (STATES, rule 1).

    It is no answer to anybody: nothing is kept, and the store runs the unit again, which then sees the row as it is.
    """
