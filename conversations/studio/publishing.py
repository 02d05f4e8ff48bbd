"""/publish: at once, or by itself at a moment that is read back in full before it is set (E3, E4)."""

from typing import Final

from conversations.engine import refusal_words
from conversations.screens import Button, Do, Line, Say, Screen, say
from conversations.studio.opening import OPENING, OPENS, reads_as_moment, take_opening
from conversations.studio.overview import button, missing_words
from conversations.studio.turn import For, Room, StudioTurn
from conversations.studio.which import Fit, about, find_mini, first_named, minis_that
from conversations.talk import Course
from core.messages.alerts import Alert
from core.messages.records import LeasedMessage
from core.minis.mini import UNLISTED, Mini, MiniState
from core.minis.publish import MiniChanged
from core.studio_desk.rights import PHOTOGRAPHERS
from core.values.refusals import Refusal

_LONGEST_SHOWN: Final = 100  # characters of what was not understood


def publish(turn: StudioTurn, mini_id: str) -> Say | None:
    """Where something is missing it is named, and the overview has the buttons for it."""
    one = turn.desk.mini(mini_id)
    takes_cards = turn.takes_cards
    lacks = turn.desk.missing(mini_id, takes_cards=takes_cards)
    if not lacks:
        turn.desk.publish(mini_id, takes_cards=takes_cards)
    turn.talk.cover("mini", mini_id)
    done = say("studio-published-paused" if one.paused else "studio-published", title=one.title)
    turn.talk.notice = say("studio-not-published", title=one.title, what=missing_words(turn, lacks)) if lacks else done
    return None


# -- the command --


def _command(turn: StudioTurn, argument: str) -> Say | None:
    """`/publish [mini] [fri 19:00]`."""
    name, moment = _parted(turn, argument.strip())
    if not moment:
        return about("publish", Fit.PUBLISHABLE)(turn, name)
    one = find_mini(turn, name, Fit.PUBLISHABLE)
    _begin(turn, {"mini": one.id} if one else {"fit": Fit.PUBLISHABLE, "name": name})
    try:
        kept = take_opening(turn, moment)
    except Refusal as refusal:
        turn.talk.notice = refusal_words(refusal)
        if not reads_as_moment(turn, moment):
            turn.talk.notice = say("opening-unread", text=moment[:_LONGEST_SHOWN])
        return None
    if kept:
        turn.answers[OPENS] = kept
    return None


def _parted(turn: StudioTurn, text: str) -> tuple[str, str]:
    """What names the mini, and what the moment. Where words may be either, they are the moment: it is read back."""
    one, rest = first_named(minis_that(turn, Fit.ANY), text)
    if one:
        return one.title, rest
    if not text or reads_as_moment(turn, text):
        return "", text
    words = text.split()
    for at in range(len(words) - 1, 0, -1):
        name, moment = " ".join(words[:at]), " ".join(words[at:])
        if minis_that(turn, Fit.ANY, name) and reads_as_moment(turn, moment):
            return name, moment
    return text, ""


def _begin(turn: StudioTurn, subject: dict[str, str]) -> None:
    turn.talk.begin(Course(flow=OPENING.name, subject=subject))
    if turn.talk.course:
        turn.course = turn.talk.course


def _open_later(turn: StudioTurn, mini_id: str) -> Say | None:
    one = turn.desk.mini(mini_id)
    if one.state not in UNLISTED:
        raise MiniChanged
    _begin(turn, {"mini": one.id})
    return None


def _stay_shut(turn: StudioTurn, mini_id: str) -> Say | None:
    one = turn.desk.open_at(mini_id, None)
    turn.talk.cover("mini", one.id)
    turn.talk.notice = say("opening-off", title=one.title)
    return None


# -- what the studio hears of it --


def _opened(turn: StudioTurn, message: LeasedMessage) -> Screen | None:
    """None once it is otherwise: there is nothing to be told any more."""
    one = turn.desk.mini(str(message.values["mini"]))
    if one.state is not MiniState.PUBLISHED:
        return None
    told = say("alert-mini-opened-paused" if one.paused else "alert-mini-opened", title=one.title)
    return Screen(lines=(Line(told),), rows=(button(turn, say("button-share"), "share", one.id), _to(one)))


def _not_opened(turn: StudioTurn, message: LeasedMessage) -> Screen | None:
    """What kept it from opening, as it was then; the overview says how it is now."""
    one = turn.desk.mini(str(message.values["mini"]))
    if one.state not in UNLISTED:
        return None
    lacked = missing_words(turn, str(message.values["missing"]).split())
    return Screen(lines=(Line(say("alert-mini-not-opened", title=one.title, what=lacked)),), rows=(_to(one),))


def _to(one: Mini) -> tuple[Button, ...]:
    return (Button(say("button-back-to-mini", title=one.title), Do("mini", one.id)),)


ROOM: Final = Room(
    commands={"publish": For(PHOTOGRAPHERS, _command)},
    presses={
        "publish": For(PHOTOGRAPHERS, publish),
        "open_later": For(PHOTOGRAPHERS, _open_later),
        "stay_shut": For(PHOTOGRAPHERS, _stay_shut),
    },
    flows={OPENING.name: For(PHOTOGRAPHERS, OPENING)},
    notices={
        Alert.MINI_OPENED: For(PHOTOGRAPHERS, _opened),
        Alert.MINI_NOT_OPENED: For(PHOTOGRAPHERS, _not_opened),
    },
)
