"""A member walks a mini as its client, in the clients' bot and by a link that is theirs alone (E1, DECISIONS 6)."""

from typing import Final

from conversations.screens import Button, Clock, Do, Line, Look, Open, Say, Screen, Style, lines, say
from conversations.studio.overview import missing_words
from conversations.studio.turn import For, Room, StudioTurn
from conversations.studio.which import Fit, about
from core.booking.booking import Booking
from core.studio_desk.rights import PHOTOGRAPHERS


def preview(turn: StudioTurn, mini_id: str) -> Screen:
    """The way in, what it does, and the spot that is held by it just now."""
    one = turn.desk.mini(mini_id)
    held = next((walk for walk in turn.desk.previews() if walk.mini_id == one.id), None)
    lacks = [part for part in turn.desk.missing(one.id) if part in {"spot", "package"}]
    link = turn.front.link_of(f"v_{turn.desk.preview_token(one)}")
    known = turn.desk.member.client_id is not None
    return Screen(
        lines=(
            Line(say("preview-title", title=one.title), Look.TITLE),
            *lines(
                say("preview-explained"),
                say("preview-known" if known else "preview-unknown"),
                *((say("preview-lacks", what=missing_words(turn, lacks)),) if lacks else ()),
                *((_held(turn, held),) if held else ()),
                gap=True,
            ),
        ),
        rows=(
            (Button(say("button-open-preview"), Open(link), Style.PRIMARY),),
            *(((Button(say("button-end-preview"), Do("end_preview", one.id)),),) if held else ()),
            (Button(say("button-to-mini", title=one.title), Do("mini", one.id)),),
        ),
    )


def _held(turn: StudioTurn, walk: Booking) -> Say:
    until = turn.when(walk.hold_until, Clock.DEADLINE)
    return say("preview-holds", when=turn.when(walk.snapshot.starts), until=until)


def _preview(turn: StudioTurn, mini_id: str) -> Say | None:
    one = turn.desk.mini(mini_id)
    turn.desk.preview_link(one)
    turn.talk.cover("preview", one.id)
    return None


def _end(turn: StudioTurn, mini_id: str) -> Say | None:
    one = turn.desk.mini(mini_id)
    ended = turn.desk.end_previews()
    turn.talk.cover("mini", one.id)
    turn.talk.notice = say("preview-ended" if ended else "preview-none")
    return None


ROOM: Final = Room(
    commands={"preview": For(PHOTOGRAPHERS, about("preview", Fit.OPEN))},
    presses={"preview": For(PHOTOGRAPHERS, _preview), "end_preview": For(PHOTOGRAPHERS, _end)},
    asides={"preview": For(PHOTOGRAPHERS, preview)},
)
