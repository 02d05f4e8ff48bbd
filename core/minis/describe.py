"""What a mini says of itself: title, description, place, picture, and how many places one booking may take (B2, C4)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.minis.mini import Mini
from core.minis.parts import changed_since
from core.minis.plan import MOST_SPOTS
from core.minis.publish import MiniChanged, change_mini
from core.ports import Records
from core.values.refusals import Refusal
from core.values.texts import clean, shows_something

LONGEST_TITLE = 64
LONGEST_DESCRIPTION = 2000
LONGEST_PLACE = 200
#: As many as a class has seats at most.
MOST_PLACES = MOST_SPOTS


class TitleOutOfRange(Refusal):
    """The title of a mini, a package or an add-on has 1 to 64 characters (B2, B3). Facts: least, most."""


class DescriptionTooLong(Refusal):
    """A description has up to 2,000 characters (B2). Facts: most, and length, what it has."""


class PlaceTooLong(Refusal):
    """A place has up to 200 characters (B2). Facts: most, and length, what it has."""


class PlacesLimitOutOfRange(Refusal):
    """One booking of a class may be allowed 1 to 200 places (C4). Facts: least, most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What to say otherwise; None leaves it as it is. An empty text or picture takes it away."""

    title: str | None = None
    description: str | None = None
    place: str | None = None
    #: Path of the picture below the program's home.
    picture: str | None = None
    places_limit: int | None = None


def describe(records: Records, mini: Mini, details: Details, seen: int | None = None) -> Mini:
    """Say these of the mini. `seen` is the version that its photographer had before their eyes.

    Raises:
        TitleOutOfRange, DescriptionTooLong, PlaceTooLong, PlacesLimitOutOfRange: a limit.
        MiniChanged: somebody has said otherwise of the same meanwhile.
    """
    wanted = dict(_checked(details))
    anew = {name: value for name, value in wanted.items() if getattr(mini, name) != value}
    if any(changed_since(mini, name, seen) for name in anew):
        raise MiniChanged
    return change_mini(records, mini, replace(mini, **anew)) if anew else mini


def read_title(text: str) -> str:
    """The title in one line, without what is no text. Raises TitleOutOfRange."""
    title = " ".join(clean(text).split())
    if not shows_something(title) or len(title) > LONGEST_TITLE:
        raise TitleOutOfRange(least=1, most=LONGEST_TITLE)
    return title


def read_description(text: str) -> str:
    """The description without what is no text. Raises DescriptionTooLong."""
    return _read(text, LONGEST_DESCRIPTION, DescriptionTooLong)


def read_place(text: str) -> str:
    """The place without what is no text. Raises PlaceTooLong."""
    return _read(text, LONGEST_PLACE, PlaceTooLong)


def _read(text: str, most: int, too_long: type[Refusal]) -> str:
    said = clean(text).strip()
    if len(said) > most:
        raise too_long(most=most, length=len(said))
    return said if shows_something(said) else ""


def _checked(details: Details) -> Iterator[tuple[str, str | int]]:
    if details.title is not None:
        yield "title", read_title(details.title)
    if details.description is not None:
        yield "description", read_description(details.description)
    if details.place is not None:
        yield "place", read_place(details.place)
    if details.picture is not None:
        yield "picture", details.picture
    if details.places_limit is not None:
        if not 1 <= details.places_limit <= MOST_PLACES:
            raise PlacesLimitOutOfRange(least=1, most=MOST_PLACES)
        yield "places_limit", details.places_limit
