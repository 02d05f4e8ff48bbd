"""Sharing a mini: its card as a picture, its links with and without a tag, and a text to go with them (E2)."""

from typing import Final

from conversations.pictures import Form, ShareCard, drawn_card, drawn_code
from conversations.screens import Button, Copy, Do, Drawn, Line, Look, Say, Screen, lines, say
from conversations.share_cards import share_card
from conversations.share_texts import share_text
from conversations.studio.overview import opens
from conversations.studio.turn import Act, For, Room, StudioTurn
from conversations.studio.which import Fit, about
from core.minis.mini import OVER, Mini, MiniState
from core.minis.publish import MiniChanged
from core.studio_desk.rights import EVERYBODY
from core.values.moments import local

#: Behind a link, so that it can be told later where people came from.
INSTAGRAM: Final = "ig"
POSTER: Final = "poster"
NEWSLETTER: Final = "news"
CODE: Final = "qr"

#: What the screen shows, by the press that shows it.
_PICTURES: Final = {"share": Form.STORY, "share_post": Form.POST, "share_code": None}


def share(turn: StudioTurn, about_what: str) -> Screen:
    """About a mini, and the press that asked for its picture."""
    mini_id, _, press = about_what.partition(" ")
    one = turn.desk.mini(mini_id)
    back = (Button(say("button-to-mini", title=one.title), Do("mini", one.id)),)
    if one.state in OVER:
        return Screen(lines=(Line(_standing(one), Look.TITLE),), rows=(back,))
    token = turn.desk.mini_link(one)
    payload = f"m_{token}"
    link, page = turn.front.link_of(payload), turn.front.page_of(token)
    return Screen(
        picture=_picture(one, payload, press),
        lines=(
            Line(_standing(one), Look.TITLE),
            *opens(turn, one),
            *_left(turn, one),
            Line(say("share-link", link=link), gap=True),
            *lines(*((say("share-page", link=page),) if page else ())),
            Line(say("share-tags"), gap=True),
        ),
        rows=(
            (
                Button(say("button-copy-link"), Copy(link)),
                *((Button(say("button-copy-page"), Copy(page)),) if page else ()),
            ),
            (Button(say("button-copy-text"), Copy(_text(turn, one, payload))),),
            (
                Button(say("button-story"), Do("share", one.id)),
                Button(say("button-post"), Do("share_post", one.id)),
                Button(say("button-code"), Do("share_code", one.id)),
            ),
            (
                _tagged(turn, say("button-link-instagram"), payload, INSTAGRAM),
                _tagged(turn, say("button-link-poster"), payload, POSTER),
            ),
            (_tagged(turn, say("button-link-newsletter"), payload, NEWSLETTER),),
            back,
        ),
    )


def _picture(one: Mini, payload: str, press: str) -> Drawn:
    form = _PICTURES.get(press, Form.STORY)
    return drawn_card(one.id, form) if form else drawn_code(f"{payload}-{CODE}")


def _standing(one: Mini) -> Say:
    """What the link does just now."""
    if one.state in OVER:
        return say("share-over", title=one.title)
    if one.state is MiniState.DRAFT:
        return say("share-draft", title=one.title)
    if one.paused:
        return say("share-paused", title=one.title)
    return say("share-live" if one.state is MiniState.PUBLISHED else "share-unlisted", title=one.title)


def _left(turn: StudioTurn, one: Mini) -> tuple[Line, ...]:
    row = next((row for row in turn.desk.minis() if row.mini.id == one.id), None)
    return (Line(say("share-left", free=row.free, seats=row.seats)),) if row and row.seats else ()


def _tagged(turn: StudioTurn, label: Say, payload: str, source: str) -> Button:
    return Button(label, Copy(turn.front.link_of(f"{payload}-{source}")))


def _text(turn: StudioTurn, one: Mini, payload: str) -> str:
    return share_text(turn.words, turn.language, _card(turn, one, turn.front.link_of(f"{payload}-{INSTAGRAM}")))


def _card(turn: StudioTurn, one: Mini, link: str) -> ShareCard:
    today = local(turn.desk.now, turn.studio.zone).date()
    ahead = [day for day in turn.desk.days(one.id) if day.date >= today]
    return share_card(turn.words, turn.language, turn.studio, one, ahead, link=link, form=Form.POST)


def _show(press: str) -> Act:
    def show(turn: StudioTurn, mini_id: str) -> Say | None:
        one = turn.desk.mini(mini_id)
        if one.state in OVER:
            raise MiniChanged
        turn.talk.cover("share", f"{one.id} {press}")
        return None

    return show


ROOM: Final = Room(
    commands={"share": For(EVERYBODY, about("share", Fit.OPEN))},
    presses={press: For(EVERYBODY, _show(press)) for press in _PICTURES},
    asides={"share": For(EVERYBODY, share)},
)
