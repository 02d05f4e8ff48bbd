"""Moving a booking to another free spot, of the same mini or another; the client is told (K2)."""

from collections.abc import Iterator, Sequence
from typing import Final

from conversations.engine import AnyStep, Flow, Step
from conversations.screens import Button, Choose, Line, Look, Say, Screen, Style, lines, say
from conversations.studio.bookings import look_for, whose
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
from conversations.studio.turn import For, Room, StudioTurn
from conversations.talk import Answer, Course
from core.booking.booking import LIVE_HOLD, Booking, State
from core.booking.day_view import SpotLook
from core.booking.refusals import BookingChanged, SpotGone
from core.studio_desk.rights import PHOTOGRAPHERS
from core.values.moments import local

_FREE: Final = frozenset({SpotLook.FREE})
_ANY: Final = frozenset(SpotLook)
MOVABLE: Final = LIVE_HOLD | {State.CONFIRMED}


def _moved(turn: StudioTurn) -> Booking:
    return turn.desk.booking(turn.course.subject["booking"])


def _others(turn: StudioTurn, looks: frozenset[SpotLook]) -> list[Placed]:
    """Other spots of the booking's mini, or of all of the studio's."""
    one = _moved(turn)
    mini_id = "" if "elsewhere" in turn.course.subject else one.mini_id
    return [spot for spot in placed(turn, looks, mini_id) if spot.spot.id != one.spot_id]


def _meant(turn: StudioTurn, words: str) -> Meant:
    """The free ones that were named; a time alone is of the booking's own day, if that day has it."""
    home = local(_moved(turn).snapshot.starts, turn.studio.zone).date()
    return meant(turn, words, _others(turn, _ANY), _FREE, home)


def _targets(turn: StudioTurn) -> Sequence[Placed]:
    words = turn.course.subject.get("said", "")
    return _meant(turn, words).among if words else _others(turn, _FREE)


def _show_targets(turn: StudioTurn) -> Screen:
    one, free = _moved(turn), _targets(turn)
    several = len({spot.mini.id for spot in free}) > 1 or "elsewhere" in turn.course.subject
    rows = tuple((Button(spot_label(turn, spot, with_mini=several), Choose(spot.spot.id)),) for spot in free)
    elsewhere = () if several else ((Button(say("button-another-mini"), Choose("elsewhere")),),)
    ask = say("move-ask" if free else "move-none", name=whose(one), when=turn.when(one.snapshot.starts))
    return Screen(lines=lines(ask, *more_than_shown(free)), rows=(*rows[:MOST_SHOWN], *elsewhere))


def _accept_target(turn: StudioTurn, choice: str) -> Answer:
    if choice == "elsewhere":
        turn.course.subject["elsewhere"] = "1"
        turn.course.subject.pop("said", None)
        return None
    if all(spot.spot.id != choice for spot in placed(turn, _FREE)):
        raise SpotGone
    return choice


def _typed_target(turn: StudioTurn, text: str) -> str | None:
    return typed_spot(turn, text, _meant(turn, text))


TARGET: Final[Step[StudioTurn]] = Step(
    id="move_to",
    show=_show_targets,
    accept=_accept_target,
    typed=_typed_target,
    adjust=narrow,
    words="reserve-spot",
)


def _show_move(turn: StudioTurn) -> Screen:
    one = _moved(turn)
    spot = turn.desk.spot(turn.text("move_to"))
    mini = turn.desk.mini(spot.mini_id)
    elsewhere = (say("move-other-mini", title=mini.title),) if mini.id != one.mini_id else ()
    return Screen(
        lines=(
            Line(say("move-which", name=whose(one)), Look.TITLE),
            *lines(
                say("move-from-to", old=turn.when(one.snapshot.starts), new=turn.when(spot.starts)),
                *elsewhere,
                say("move-told"),
            ),
        ),
        rows=((Button(say("button-move-now"), Choose("yes"), Style.PRIMARY),),),
    )


def _accept_move(turn: StudioTurn, choice: str) -> Answer:
    if choice != "yes":
        return None
    turn.desk.move(turn.course.subject["booking"], turn.text("move_to"))
    return True


MOVE_SURE: Final[Step[StudioTurn]] = Step(id="move_sure", show=_show_move, accept=_accept_move, rests_on=("move_to",))


def _moving(_turn: StudioTurn) -> Iterator[AnyStep[StudioTurn]]:
    yield TARGET
    yield MOVE_SURE


MOVE: Final[Flow[StudioTurn]] = Flow(
    name="move", script=_moving, ending=lambda turn: ("booking", turn.course.subject["booking"])
)


def _move(turn: StudioTurn, booking_id: str, said: str = "") -> Say | None:
    one = turn.desk.booking(booking_id)
    if one.state not in MOVABLE or one.preview:
        raise BookingChanged
    subject = {"mini": one.mini_id, "booking": one.id, **({"said": said} if said else {})}
    course = Course(flow=MOVE.name, subject=subject)
    turn.talk.begin(course)
    turn.course = course
    found = _meant(turn, said) if said else Meant()
    if found.only:
        course.answers["move_to"] = found.only.spot.id
    turn.talk.notice = found.notice
    return None


def _move_named(turn: StudioTurn, text: str) -> Say | None:
    """`/move Ana 13:25`: whoever the first words are, to the spot that the others name."""
    words = text.split()
    for count in range(len(words), 0, -1):
        whom, where = " ".join(words[:count]), " ".join(words[count:])
        among = [one for one in turn.desk.find(whom) if one.state in MOVABLE]
        if len(among) == 1:
            return _move(turn, among[0].id, where)
        if among:
            turn.talk.cover("found", whom)
            return None
    return look_for(turn, text)


ROOM: Final = Room(
    commands={"move": For(PHOTOGRAPHERS, _move_named)},
    presses={"move": For(PHOTOGRAPHERS, _move)},
    flows={MOVE.name: For(PHOTOGRAPHERS, MOVE)},
)
