"""A chat's talk: the answers so far and what little else must be remembered. Its position is never stored."""

import json
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Self
from zoneinfo import ZoneInfo

from conversations.screens import Clock, Enclosed, Exact, Say, Value, When
from core.values.money import Money

Answer = str | int | bool | None | dict[str, str | int] | list[str]

_encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


@dataclass(slots=True, kw_only=True)
class Course:
    """One run of a flow: what it is about, and what was answered."""

    flow: str
    #: What the flow is about: the mini's id, the token of the reservation's link, whether it is a preview.
    subject: dict[str, str]
    answers: dict[str, Answer] = field(default_factory=dict[str, Answer])
    #: Steps that are asked again although they have an answer (DECISIONS 25).
    reopened: list[str] = field(default_factory=list[str])
    #: How a step's screen is set: a page, ticked choices. Forgotten with the step.
    view: dict[str, str] = field(default_factory=dict[str, str])
    booking_id: str | None = None
    #: The step that was told that the talk came to it.
    entered: str = ""

    @property
    def is_begun(self) -> bool:
        """Whether something was entered that would be a loss."""
        return bool(self.booking_id or set(self.answers) - {"offer", "already"})


@dataclass(slots=True, kw_only=True)
class Talk:
    """What is kept of one chat. It goes to JSON and back before every turn."""

    course: Course | None = None
    #: Courses that wait because another was begun (DECISIONS 29).
    parked: list[Course] = field(default_factory=list[Course])
    #: Goes into the buttons; rises when the step may have changed.
    revision: int = 0
    #: As the messenger calls the person; offered for the form, never taken unasked.
    name: str = ""
    #: The next screen is a new message rather than an edit of the live card.
    fresh: bool = True
    #: Said above the next screen.
    notice: Say | None = None
    #: Documents that come before the next screen.
    enclosed: list[Enclosed] = field(default_factory=list[Enclosed])
    #: A screen that covers the step: its name and what it is about.
    aside: tuple[str, str] | None = None
    #: Key of the outbox row that brought the present screen, so that a second try of it makes no second screen.
    event: str = ""
    #: Unreadable answers in a row; the third brings a way to a person.
    misses: int = 0
    #: The button pressed last, and what was said to it: a second press of the same gets the same (STATES, races).
    last_press: str = ""
    last_toast: Say | None = None

    def to_json(self) -> str:
        plain = _fields_of(self)
        plain["course"] = _fields_of(self.course) if self.course else None
        plain["parked"] = [_fields_of(one) for one in self.parked]
        plain["notice"] = _say_to_json(self.notice)
        plain["enclosed"] = [_enclosed_to_json(one) for one in self.enclosed]
        plain["last_toast"] = _say_to_json(self.last_toast)
        return _encode(plain)

    @classmethod
    def from_json(cls, text: str) -> Self:
        plain: dict[str, Any] = json.loads(text)
        course = plain.pop("course")
        aside = plain.pop("aside")
        return cls(
            course=Course(**course) if course else None,
            parked=[Course(**one) for one in plain.pop("parked")],
            notice=_say_from_json(plain.pop("notice")),
            enclosed=[_enclosed_from_json(one) for one in plain.pop("enclosed", ())],
            last_toast=_say_from_json(plain.pop("last_toast")),
            aside=(aside[0], aside[1]) if aside else None,
            **plain,
        )

    def cover(self, name: str, about: str = "") -> None:
        """Put a screen over the step."""
        self.aside = (name, about)

    def enclose(self, paper: str, name: Say, caption: Say | None = None) -> None:
        """Send a document before the next screen, which is then a new message. The same paper goes once."""
        if all(one.paper != paper for one in self.enclosed):
            self.enclosed.append(Enclosed(paper=paper, name=name, caption=caption, since=self.revision))

    def begin(self, course: Course) -> None:
        self.course = course
        self.aside = None
        self.misses = 0
        self.revision += 1

    def park(self, *, briefly: bool = False) -> None:
        """Let the present course wait. `briefly`: what was said and sent at its step still stands just above."""
        if self.course:
            course = deepcopy(self.course)
            self.parked.append(course if briefly else replace(course, entered=""))
            self.course = None

    def end(self) -> None:
        """The present course is over; one that waited goes on."""
        self.course = self.parked.pop() if self.parked else None
        self.revision += 1

    def end_booking(self, booking_id: str) -> None:
        """End what is about this booking, the present course or one that waits."""
        self.parked = [one for one in self.parked if one.booking_id != booking_id]
        if self.course and self.course.booking_id == booking_id:
            self.end()


def _fields_of(one: Course | Talk) -> dict[str, Any]:
    """As `asdict`, which would copy all the values, too."""
    return {name: getattr(one, name) for name in one.__slots__}


def _say_to_json(one: Say | None) -> object:
    if one is None:
        return None
    return {"key": one.key, "values": {name: _value_to_json(value) for name, value in one.values.items()}}


def _enclosed_to_json(one: Enclosed) -> object:
    return {
        "paper": one.paper,
        "name": _say_to_json(one.name),
        "caption": _say_to_json(one.caption),
        "since": one.since,
    }


def _enclosed_from_json(plain: Any) -> Enclosed:
    return Enclosed(
        paper=plain["paper"],
        name=_said(plain["name"]),
        caption=_say_from_json(plain["caption"]),
        since=plain["since"],
    )


def _value_to_json(value: Value) -> object:
    match value:
        case str() | int():
            return value
        case Money(minor, currency):
            return {"money": [minor, currency]}
        case Exact(Money(minor, currency)):
            return {"exact": [minor, currency]}
        case When(moment, zone, clock):
            return {"when": [moment.isoformat(), zone.key, clock.value]}
        case Say():
            return {"say": _say_to_json(value)}
        case tuple():
            return {"list": list(value)}


def _say_from_json(plain: Any) -> Say | None:
    if plain is None:
        return None
    return Say(plain["key"], {name: _value_from_json(value) for name, value in plain["values"].items()})


def _said(plain: Any) -> Say:
    said = _say_from_json(plain)
    if said is None:
        raise ValueError("an empty sentence in a talk")
    return said


def _value_from_json(plain: Any) -> Value:
    match plain:
        case str() | int():
            return plain
        case {"money": [minor, currency]}:
            return Money(minor, currency)
        case {"exact": [minor, currency]}:
            return Exact(Money(minor, currency))
        case {"when": [moment, zone, clock]}:
            return When(datetime.fromisoformat(moment), ZoneInfo(zone), Clock(clock))
        case {"say": inner}:
            return _said(inner)
        case {"list": items}:
            return tuple(items)
        case _:
            raise ValueError("a talk holds a value that nobody wrote")
