"""What is asked of a reservation: which spot, and only where somebody wants to say it, note, discount and end (D1).

Whoever books for a client is asked what they know of them; each may be left out (D5).
"""

from collections.abc import Callable, Sequence
from datetime import datetime, time
from typing import Final

from conversations.booking.offer import off_words
from conversations.engine import AnyStep, Step
from conversations.fields import Field
from conversations.forms import Form
from conversations.screens import (
    Button,
    Choose,
    FieldKind,
    Say,
    Screen,
    lines,
    say,
)
from conversations.studio.amounts import kept_share, share_of, till_of
from conversations.studio.day_defaults import typist_of
from conversations.studio.day_questions import in_rows
from conversations.studio.spots import (
    MOST_SHOWN,
    Meant,
    Placed,
    meant,
    more_than_shown,
    narrow,
    placed,
    spot_label,
    typed_spot,
)
from conversations.studio.turn import StudioTurn
from conversations.studio.typed_reserve import read_discount
from conversations.talk import Answer
from conversations.typed_dates import read_when
from conversations.typed_moments import Exact, NeedsTime
from core.booking.contact import read_email, read_name, read_phone, spoken_phone
from core.booking.day_view import SpotLook
from core.booking.refusals import PackageGone, SpotGone
from core.minis.mini import Package
from core.values.moments import instant, local
from core.values.money import Money
from core.values.refusals import Refusal

NOTE_LONGEST: Final = 200  # characters
#: A day alone lasts until its evening.
EVENING: Final = time(18, 0)
FREE: Final = frozenset({SpotLook.FREE, SpotLook.CLOSED})
#: Instead of a package.
THEY_CHOOSE: Final = "any"


class DiscountUnclear(Refusal):
    """A discount is a percentage or an amount in the studio's currency. Facts: example."""


class NoteTooLong(Refusal):
    """A note has up to so many characters. Facts: most."""


class EndUnclear(Refusal):
    """A reservation ends at one moment that is still ahead; what can be read in two ways is none."""


def spots_meant(turn: StudioTurn, words: str) -> Meant:
    """The free spots that were named, of the mini if it is known."""
    return meant(turn, words, placed(turn, frozenset(SpotLook), turn.course.subject.get("mini", "")), FREE)


def _spots_asked(turn: StudioTurn) -> Sequence[Placed]:
    words = turn.course.subject.get("said", "")
    return spots_meant(turn, words).among if words else placed(turn, FREE, turn.course.subject.get("mini", ""))


def _show_spots(turn: StudioTurn) -> Screen:
    free = _spots_asked(turn)
    several = len({one.mini.id for one in free}) > 1
    buttons = [Button(spot_label(turn, one, with_mini=several), Choose(one.spot.id)) for one in free[:MOST_SHOWN]]
    return Screen(
        lines=lines(say("reserve-which") if free else say("reserve-none"), *more_than_shown(free)),
        rows=in_rows(buttons, 1 if several else 2),
    )


def _accept_spot(turn: StudioTurn, choice: str) -> Answer:
    if all(one.spot.id != choice for one in placed(turn, FREE, turn.course.subject.get("mini", ""))):
        raise SpotGone
    return choice


def _typed_spot(turn: StudioTurn, text: str) -> str | None:
    return typed_spot(turn, text, spots_meant(turn, text))


SPOT: Final[Step[StudioTurn]] = Step(
    id="spot",
    words="reserve-spot",
    show=_show_spots,
    accept=_accept_spot,
    typed=_typed_spot,
    adjust=narrow,
)


def _read_note(_turn: StudioTurn, text: str) -> str:
    if len(text) > NOTE_LONGEST:
        raise NoteTooLong(most=NOTE_LONGEST)
    return text


def _read_discount(turn: StudioTurn, text: str) -> str:
    share = read_discount(text, till_of(turn))
    if share is None:
        raise DiscountUnclear(example=_example(turn))
    return kept_share(share)


def _example(turn: StudioTurn) -> Money:
    return Money.whole(30, turn.studio.currency)


def _spoken_discount(turn: StudioTurn, kept: str) -> Say:
    share = share_of(turn, kept)
    return off_words(share) if share else say("as-written", text=kept)


def _read_end(turn: StudioTurn, text: str) -> str:
    return kept_end(turn, end_typed(turn, text))


def _spoken_end(turn: StudioTurn, kept: str) -> Say:
    return say("a-time", time=turn.when(datetime.fromisoformat(kept)))


def _as_written(_turn: StudioTurn, kept: str) -> Say:
    return say("as-written", text=kept)


def kept_end(turn: StudioTurn, ends: datetime) -> str:
    """As the studio's clocks show it, with its offset."""
    return local(ends, turn.studio.zone).isoformat(timespec="minutes")


def end_typed(turn: StudioTurn, text: str) -> datetime:
    found = read_when(text, typist_of(turn), needs_time=False)
    match found:
        case Exact(reading):
            day, clock, fold = reading.date, reading.clock or EVENING, reading.fold
        case NeedsTime(day):
            clock, fold = EVENING, None
        case _:
            raise EndUnclear
    ends = instant(day, clock, turn.studio.zone, fold=fold)
    if ends <= turn.desk.now:
        raise EndUnclear
    return ends


def _one_field(
    id: str,
    ask: Callable[[StudioTurn], Say],
    read: Callable[[StudioTurn, str], str],
    spoken: Callable[[StudioTurn, str], Say] = _as_written,
) -> Form[StudioTurn]:
    """A text that may be left out; asked only where somebody wants to say it."""
    return Form(
        id=id,
        title=f"title-{id}",
        fields=(
            Field(
                id=id,
                kind=FieldKind.LINE,
                label=say(f"title-{id}"),
                ask=ask,
                read=read,
                required=lambda _: False,
                spoken=spoken,
                words=f"reserve-{id}",
            ),
        ),
    )


NOTE: Final = _one_field("note", lambda _: say("reserve-note-ask"), _read_note)
DISCOUNT: Final = _one_field(
    "discount", lambda turn: say("reserve-discount-ask", example=_example(turn)), _read_discount, _spoken_discount
)
END: Final = _one_field("end", lambda _: say("reserve-end-ask"), _read_end, _spoken_end)


def _client_field(
    id: str,
    kind: FieldKind,
    ask: str,
    words: str,
    read: Callable[[StudioTurn, str], str],
    spoken: Callable[[StudioTurn, str], Say] = _as_written,
) -> Field[StudioTurn]:
    """A line for the phone as well: nobody shares the number of somebody else by their own button."""
    return Field(
        id=id,
        kind=kind,
        label=say(f"field-{id}"),
        ask=lambda _: say(ask),
        read=read,
        required=lambda _: False,
        spoken=spoken,
        words=words,
    )


CLIENT: Final[Form[StudioTurn]] = Form(
    id="client",
    title="title-client",
    fields=(
        _client_field("name", FieldKind.LINE, "client-name-ask", "client-name", lambda _, text: read_name(text)),
        _client_field("email", FieldKind.EMAIL, "client-email-ask", "email", lambda _, text: read_email(text)),
        _client_field(
            "phone",
            FieldKind.LINE,
            "client-phone-ask",
            "client-phone",
            lambda turn, text: read_phone(text, turn.studio.country),
            lambda _, phone: say("as-written", text=spoken_phone(phone)),
        ),
    ),
)


def _show_packages(turn: StudioTurn) -> Screen:
    packages = packages_asked(turn)
    return Screen(
        lines=lines(say("reserve-package-ask")),
        rows=(
            *((Button(say("button-package", title=one.title, price=one.fee), Choose(one.id)),) for one in packages),
            (Button(say("button-client-chooses"), Choose(THEY_CHOOSE)),),
        ),
    )


def packages_asked(turn: StudioTurn) -> tuple[Package, ...]:
    """What can be filled in; nothing where the mini has no choice."""
    packages = turn.desk.mini(turn.desk.spot(turn.text("spot")).mini_id).packages
    return packages if len(packages) > 1 else ()


def _accept_package(turn: StudioTurn, choice: str) -> Answer:
    if choice == THEY_CHOOSE:
        return ""
    if all(one.id != choice for one in packages_asked(turn)):
        raise PackageGone
    return choice


PACKAGE: Final[Step[StudioTurn]] = Step(
    id="package",
    words="reserve-package",
    show=_show_packages,
    accept=_accept_package,
)
PARTS: Final[dict[str, AnyStep[StudioTurn]]] = {
    "client": CLIENT,
    "package": PACKAGE,
    "note": NOTE,
    "discount": DISCOUNT,
    "end": END,
}
