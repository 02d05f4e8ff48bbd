"""What steps see of one turn: the talk, the desk, where it was said, and facts read at most once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from conversations.screens import Clock, Say, Screen, When
from conversations.talk import Answer, Course, Talk
from conversations.words import Words
from core.paperwork.contract import Origin
from core.payments.till_key import Installation
from core.studio.studio import Studio
from core.values.refusals import Refusal

NO_TILL: Final = Installation()


class Misread(Refusal):
    """What was said is no answer to the step; the step is asked again with a hint of what it wants."""


@dataclass(frozen=True, slots=True)
class Front:
    """What the front of the house has at hand in every turn."""

    words: Words
    #: The address that opens the bot with a payload.
    link_of: Callable[[str], str]
    #: Where the payment page sends whoever has paid: payload and language.
    return_of: Callable[[str, str], str]
    #: What a studio has that has no till of its own.
    installation: Installation = NO_TILL
    #: The address of a mini's public page, given its token with what follows it; empty where the world sees none.
    page_of: Callable[[str], str] = lambda _: ""
    #: Where the till sends its events; empty where the world does not reach us.
    events_at: str = ""


@dataclass(slots=True, kw_only=True)
class Turn:
    """All that steps see of one turn. Each kind of talk adds its desk and its facts."""

    talk: Talk
    course: Course
    studio: Studio
    front: Front
    #: BCP 47, of the person's app.
    language: str
    #: As the messenger calls the person.
    name: str
    #: None where nobody said anything: a screen is built, or something happened from outside.
    origin: Origin | None = None
    #: Said in passing over the tapped button once the answer is taken.
    toast: Say | None = None
    #: Said at once in a message of its own, and kept nowhere: a one-time link.
    apart: Screen | None = None

    @property
    def words(self) -> Words:
        return self.front.words

    @property
    def answers(self) -> dict[str, Answer]:
        return self.course.answers

    def when(self, moment: datetime, clock: Clock = Clock.DAY_TIME) -> When:
        return When(moment, self.studio.zone, clock)

    def text(self, key: str) -> str:
        """A text answer; empty where there is none."""
        answer = self.answers.get(key)
        return answer if isinstance(answer, str) else ""
