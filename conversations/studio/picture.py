"""A mini's picture: one photo, or 2 to 6 that become a collage (B2). They may simply be sent where nothing is asked."""

from collections.abc import Iterator
from typing import Final

from conversations.engine import Flow, Step
from conversations.fields import Field
from conversations.forms import Form, PhotoUnusable
from conversations.inbound import FileKind, Said, SentPhoto, UnusablePhoto
from conversations.pictures import picture_of
from conversations.screens import Button, Choose, Do, FieldKind, Line, Look, Say, Screen, Style, lines, say
from conversations.studio.details import begin_about, left_as_over, subject_mini
from conversations.studio.overview import button, state_of
from conversations.studio.turn import For, Room, StudioTurn
from conversations.studio.which import WHICH, Fit, about, asked_which, course_about, minis_that
from conversations.talk import Answer
from core.minis.mini import OVER, Mini
from core.minis.pictures import MOST_PICTURES
from core.minis.publish import MiniChanged
from core.studio_desk.rights import PHOTOGRAPHERS

_MINE: Final = "mine"
_THEIRS: Final = "theirs"
_PICTURES: Final = "mini_picture.pictures"
#: Of the subject: the first photo came by itself.
_UNASKED: Final = "unasked"
#: Of the subject: what the mini showed when it was asked which of both it shall be.
_SHOWN: Final = "shown"


def picture(turn: StudioTurn, mini_id: str) -> Screen:
    """The picture as clients see it, and what can be done with it."""
    one = turn.desk.mini(mini_id)
    changes = one.state not in OVER
    return Screen(
        picture=picture_of(one),
        lines=(
            Line(say("studio-mini-title", title=one.title, state=state_of(one)), Look.TITLE),
            Line(say("picture-is") if one.is_pictured else say("picture-none")),
        ),
        rows=tuple(
            row
            for row in (
                button(turn, say("button-other-picture"), "picture_new", one.id) if changes else (),
                button(turn, say("button-remove-picture"), "picture_off", one.id, Style.DANGER)
                if changes and one.is_pictured
                else (),
                (Button(say("button-to-mini", title=one.title), Do("mini", one.id)),),
            )
            if row
        ),
    )


def _show_picture(turn: StudioTurn, mini_id: str) -> Say | None:
    """Where there is none yet, it is asked for."""
    one = turn.desk.mini(mini_id)
    if one.is_pictured or one.state in OVER:
        turn.talk.cover("picture", one.id)
        return None
    return _ask(turn, mini_id)


def _remove(turn: StudioTurn, mini_id: str) -> Say | None:
    one = turn.desk.set_pictures(mini_id, ())
    turn.talk.cover("mini", one.id)
    turn.talk.notice = say("picture-removed")
    return None


# -- asking for it --


def _asked_words(turn: StudioTurn) -> Say:
    """What is asked for; of what was sent unasked, what is made of it."""
    if _UNASKED not in turn.course.subject:
        return say("picture-ask", title=subject_mini(turn).title)
    if "mini" not in turn.course.subject:
        return say("picture-for-one")
    one = subject_mini(turn)
    return say("picture-for-instead" if one.is_pictured else "picture-for", title=one.title)


def _keep(turn: StudioTurn, values: dict[str, str]) -> Answer:
    """Show what was sent; where somebody was faster, ask whose it is to be."""
    sent = values["pictures"]
    if "mini" not in turn.course.subject:
        return sent  # which mini is asked next
    if left_as_over(turn):
        return None
    one = subject_mini(turn)
    try:
        turn.desk.set_pictures(one.id, sent.split("\n"), seen=int(turn.course.subject["seen"]))
    except MiniChanged:
        turn.course.subject[_SHOWN] = _shown_by(one)
        return sent
    turn.talk.notice = say("picture-saved")
    return sent


def _keep_for(turn: StudioTurn, mini_id: str) -> None:
    """Show what was sent unasked on the mini that was tapped for it; where it shows one already, ask first."""
    turn.course.subject.pop(_SHOWN, None)
    one = turn.desk.mini(mini_id)
    if one.is_pictured:
        turn.course.subject[_SHOWN] = _shown_by(one)
        return
    turn.desk.set_pictures(mini_id, _sent_pictures(turn))
    turn.talk.notice = say("picture-saved")


def _sent_pictures(turn: StudioTurn) -> list[str]:
    return turn.text(_PICTURES).split("\n")


def _shown_by(one: Mini) -> str:
    return "\n".join(one.pictures) or one.picture


PICTURE: Final[Form[StudioTurn]] = Form(
    id="mini_picture",
    title="title-mini-picture",
    fields=(
        Field(
            id="pictures",
            kind=FieldKind.PHOTOS,
            label=say("part-picture"),
            ask=_asked_words,
            most_photos=MOST_PICTURES,
            keep_photo=lambda turn, photo, beside: turn.desk.keep_picture(photo, beside),
        ),
    ),
    accept=_keep,
)


def _show_both(turn: StudioTurn) -> Screen:
    """Somebody was faster; or a mini was tapped that shows one, which then need not be news."""
    one = subject_mini(turn)
    tapped = WHICH.id in turn.answers
    if not one.is_pictured:
        why = say("picture-theirs-none")
    elif tapped:
        why = say("picture-already", title=one.title)
    else:
        why = say("picture-theirs")
    keep = say("button-keep-it" if tapped else "button-keep-theirs")
    return Screen(
        picture=picture_of(one),
        lines=lines(why),
        rows=((Button(say("button-use-mine"), Choose(_MINE), Style.PRIMARY),), (Button(keep, Choose(_THEIRS)),)),
    )


def _choose(turn: StudioTurn, choice: str) -> Answer:
    """One's own in the place of what was shown; that is shown again where it changed once more."""
    if choice == _THEIRS:
        turn.talk.notice = say("mini-detail-kept")
        return choice
    if choice != _MINE or left_as_over(turn):
        return None
    one = subject_mini(turn)
    if _shown_by(one) != turn.course.subject[_SHOWN]:
        turn.course.subject[_SHOWN] = _shown_by(one)
        return None
    turn.desk.set_pictures(one.id, _sent_pictures(turn))
    turn.talk.notice = say("picture-saved")
    return choice


BOTH: Final[Step[StudioTurn]] = Step(id="picture_both", show=_show_both, accept=_choose)


def _script(turn: StudioTurn) -> Iterator[Form[StudioTurn] | Step[StudioTurn]]:
    yield PICTURE
    yield from asked_which(turn, then=_keep_for)
    if _SHOWN in turn.course.subject:
        yield BOTH


ASK_PICTURE: Final[Flow[StudioTurn]] = Flow(
    name="mini_picture", script=_script, ending=lambda turn: ("picture", turn.course.subject["mini"])
)
_ask = begin_about(ASK_PICTURE.name)


# -- a photo that nobody asked for --


def _sent(turn: StudioTurn, said: Said) -> bool:
    """The first of a mini's pictures: the only draft's, else the one's that is tapped when all are there."""
    match said:
        case UnusablePhoto(reason):
            raise PhotoUnusable(hint=reason)
        case SentPhoto(photo):
            pass
        case _:
            return False
    fit = Fit.DRAFT if minis_that(turn, Fit.DRAFT) else Fit.OPEN
    minis = minis_that(turn, fit)
    if not minis:
        turn.talk.cover("minis")
        turn.talk.notice = say("picture-no-mini")
        return True
    course = course_about(ASK_PICTURE.name, minis[0] if len(minis) == 1 else None, fit)
    course.subject[_UNASKED] = "yes"
    course.view[_PICTURES] = turn.desk.keep_picture(photo)
    turn.talk.begin(course)
    return True


ROOM: Final = Room(
    commands={"picture": For(PHOTOGRAPHERS, about("picture"))},
    presses={
        "picture": For(PHOTOGRAPHERS, _show_picture),
        "picture_new": For(PHOTOGRAPHERS, _ask),
        "picture_off": For(PHOTOGRAPHERS, _remove),
    },
    asides={"picture": For(PHOTOGRAPHERS, picture)},
    flows={ASK_PICTURE.name: For(PHOTOGRAPHERS, ASK_PICTURE)},
    readings=(For(PHOTOGRAPHERS, _sent),),
    files=(For(PHOTOGRAPHERS, FileKind.PICTURE),),
)
