"""What the studio says to its clients in its own words: the list, one message with its sample, on and off (B7)."""

from typing import Final

from conversations.screens import Button, Do, Line, Look, Say, Screen, Style, lines, say
from conversations.studio import message_making
from conversations.studio.message_meant import Meant, key_of, meant, name_of, sample_lines
from conversations.studio.overview import button
from conversations.studio.turn import Act, For, Room, StudioTurn, covering
from conversations.studio.which import Fit, about, first_named, for_minis, minis_that, title_said, way_back
from conversations.studio.which_fields import fields_screen
from core.paperwork.wording import FIELDS
from core.studio.wording import Occasion
from core.studio_desk.rights import PHOTOGRAPHERS

#: Something is sent on these today: what the program says itself, and the studio's words below.
SENT: Final = frozenset({Occasion.CONFIRMATION, Occasion.CANCELLED, Occasion.MOVED})


# -- all of them --


def messages(turn: StudioTurn, mini_id: str) -> Screen:
    """Every message and how it stands, for all minis or for one."""
    every = [meant(turn, f"{occasion}.{mini_id}") for occasion in Occasion]
    mini = every[0].mini
    named = [Button(name_of(one.occasion), Do("wording", one.reference)) for one in every]
    return Screen(
        lines=(
            Line(say("messages-of", mini=mini.title) if mini else say("messages"), Look.TITLE),
            *lines(*(_line(one) for one in every), gap=True),
            Line(say("messages-of-intro", mini=mini.title) if mini else say("messages-intro"), gap=True),
            Line(say("messages-not-yet")),
        ),
        rows=(
            *(tuple(named[start : start + 2]) for start in range(0, len(named), 2)),
            *((button(turn, say("button-messages-of-all"), "messages", ""),) if mini else ()),
            way_back(turn, mini),
        ),
    )


def _line(one: Meant) -> Say:
    if _is_off_in_all(one):
        whose = say("wording-words-for-this")
    elif one.mini:
        whose = say("wording-as-in-all" if one.own.says_nothing else "wording-for-this")
    else:
        whose = say("wording-own" if one.own.has_words else "wording-as-it-came")
    return say("wording-line-on" if one.wording.on else "wording-line-off", name=name_of(one.occasion), whose=whose)


def _is_off_in_all(one: Meant) -> bool:
    """The mini has its own words, and is off only as that is off for all minis."""
    return bool(one.mini) and one.own.has_words and one.own.on is None and not one.wording.on


# -- one of them --


def wording(turn: StudioTurn, reference: str) -> Screen:
    """One message: when it is sent, whose words it has, and how a client reads it."""
    one = meant(turn, reference)
    return Screen(
        lines=(
            Line(one.title, Look.TITLE),
            Line(say(f"{key_of(one.occasion)}-when")),
            Line(_whose(one)),
            *(() if one.wording.on else lines(*_off(one))),
            *sample_lines(turn, one, one.wording),
        ),
        rows=tuple(
            row
            for row in (
                (
                    *button(turn, say("button-change-text"), "wording_text", one.reference),
                    *button(turn, say("button-change-subject"), "wording_subject", one.reference),
                ),
                _switch(turn, one),
                _again(turn, one),
                *(() if one.mini else for_minis(turn, one.occasion, "wording")),
                (
                    *button(turn, say("button-all-messages"), "messages", one.mini.id if one.mini else ""),
                    *(way_back(turn, one.mini) if one.mini else ()),
                ),
            )
            if row
        ),
    )


def _whose(one: Meant) -> Say:
    if one.mini:
        key = "wording-mini-as-all" if one.own.says_nothing else "wording-mini-own"
        return say(key, mini=one.mini.title)
    return say("wording-studio-own" if one.own.has_words else "wording-studio-came")


def _off(one: Meant) -> tuple[Say, ...]:
    """That it is off and what that means; and where that is so for all minis, though this one has its own words."""
    off = say("wording-off-below" if one.occasion in SENT else "wording-off")
    return (off, say("wording-off-in-all")) if _is_off_in_all(one) else (off,)


def _switch(turn: StudioTurn, one: Meant) -> tuple[Button, ...]:
    if one.wording.on:
        return button(turn, say("button-wording-off"), "wording_off", one.reference)
    return button(turn, say("button-wording-on"), "wording_on", one.reference, Style.PRIMARY)


def _again(turn: StudioTurn, one: Meant) -> tuple[Button, ...]:
    """To give up what is its own, where it has anything."""
    if one.own == one.given_up:
        return ()
    label = say("button-wording-studios" if one.mini else "button-wording-original")
    return button(turn, label, "wording_again", one.reference)


def fields(turn: StudioTurn, reference: str) -> Screen:
    """Every field that the message may name."""
    one = meant(turn, reference)
    back = button(turn, say("button-this-message"), "wording", one.reference)
    return fields_screen(turn, say("wording-fields", name=name_of(one.occasion)), FIELDS[one.occasion], one.mini, back)


# -- deeds --


def _command(turn: StudioTurn, argument: str) -> Say | None:
    """Bare, all of them; with a message's name, that one; with a mini's title before it or alone, those of the mini."""
    said = argument.strip()
    mini, rest = first_named(minis_that(turn, Fit.OPEN), said)
    occasion = _named(turn, rest)
    if occasion and (mini or rest == said):
        turn.talk.cover("wording", f"{occasion}.{mini.id if mini else ''}")
    elif said and (mini is None or rest):
        return about("messages")(turn, said if mini else title_said(said, rest))
    else:
        turn.talk.cover("messages", mini.id if mini else "")
    return None


def _named(turn: StudioTurn, text: str) -> Occasion | None:
    """The message that is called so, or the only one whose name begins so."""
    said = _folded(text)
    names = {one: _folded(turn.words.phrase(name_of(one), turn.language)) for one in Occasion}
    found = [one for one, name in names.items() if name == said] or [
        one for one, name in names.items() if said and name.startswith(said)
    ]
    return found[0] if len(found) == 1 else None


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").split())


def _one(turn: StudioTurn, reference: str) -> Say | None:
    turn.talk.cover("wording", meant(turn, reference).reference)
    return None


def _change(what: str) -> Act:
    def change(turn: StudioTurn, reference: str) -> Say | None:
        message_making.begin(turn, meant(turn, reference, strict=True), what)
        return None

    return change


def _turned(*, on: bool) -> Act:
    def turn_it(turn: StudioTurn, reference: str) -> Say | None:
        one = meant(turn, reference, strict=True)
        one.save(turn, one.with_own(on=on))
        turn.talk.cover("wording", one.reference)
        turn.talk.notice = say("wording-now-on" if on else "wording-now-off", name=one.title)
        return None

    return turn_it


def _use_again(turn: StudioTurn, reference: str) -> Say | None:
    """What is given up is said once more, so that nobody loses a text by a tap."""
    one = meant(turn, reference, strict=True)
    turn.talk.cover("wording", one.reference)
    if one.own == one.given_up:
        return None
    one.save(turn, one.given_up)
    was = one.own.text
    key = "wording-studios-again" if one.mini else "wording-original-again"
    turn.talk.notice = say(f"{key}-was", text=was) if was else say(key)
    return None


ROOM: Final = Room(
    commands={"messages": For(PHOTOGRAPHERS, _command)},
    presses={
        "messages": For(PHOTOGRAPHERS, covering("messages")),
        "wording": For(PHOTOGRAPHERS, _one),
        "wording_text": For(PHOTOGRAPHERS, _change("text")),
        "wording_subject": For(PHOTOGRAPHERS, _change("subject")),
        "wording_on": For(PHOTOGRAPHERS, _turned(on=True)),
        "wording_off": For(PHOTOGRAPHERS, _turned(on=False)),
        "wording_again": For(PHOTOGRAPHERS, _use_again),
        "wording_fields": For(PHOTOGRAPHERS, covering("wording_fields")),
    },
    asides={
        "messages": For(PHOTOGRAPHERS, messages),
        "wording": For(PHOTOGRAPHERS, wording),
        "wording_fields": For(PHOTOGRAPHERS, fields),
    },
    flows={message_making.NAME: For(PHOTOGRAPHERS, message_making.FLOW)},
)
