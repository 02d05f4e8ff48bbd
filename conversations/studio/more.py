"""What is done with a mini now and then: its title, place and tax, a copy, putting it away, calling it off (B2, B8)."""

from collections.abc import Iterator
from typing import Final

from conversations.engine import Flow
from conversations.fields import Field
from conversations.forms import Form
from conversations.screens import Button, Do, FieldKind, Line, Look, Say, Screen, Style, lines, say
from conversations.studio.overview import button, state_of
from conversations.studio.turn import Act, For, Room, StudioTurn, showing
from conversations.studio.which import Fit, about, find_mini, minis_that
from conversations.talk import Answer, Course
from core.minis.describe import read_title
from core.minis.mini import OVER, Mini, MiniState
from core.minis.publish import MiniChanged
from core.studio_desk.rights import PHOTOGRAPHERS
from core.values.refusals import Refusal


class SeveralNamed(Refusal):
    """One mini is copied at a time, so its name must be one mini's alone. Facts: titles."""


def more(turn: StudioTurn, mini_id: str) -> Screen:
    """The buttons that the overview has no room for. A mini that is over can still be copied."""
    one = turn.desk.mini(mini_id)
    over = one.state in OVER
    changed = () if over else _changing(turn, one)
    return Screen(
        lines=(Line(say("studio-mini-title", title=one.title, state=state_of(one)), Look.TITLE),),
        rows=tuple(
            row
            for row in (
                *changed,
                button(turn, say("button-copy-mini"), "copy", one.id),
                () if over else button(turn, say("button-archive"), "archive", one.id),
                () if over else button(turn, say("button-call-off"), "calloff", one.id, Style.DANGER),
                (_back(one),),
            )
            if row
        ),
    )


def _changing(turn: StudioTurn, one: Mini) -> Iterator[tuple[Button, ...]]:
    yield (
        *button(turn, say("field-title"), "mini_title", one.id),
        *button(turn, say("field-place"), "mini_place", one.id),
    )
    yield button(turn, say("button-messages"), "messages", one.id)
    if turn.studio.tax:
        label = say("button-tax-on" if one.taxed else "button-tax-off", name=turn.studio.tax.name)
        yield button(turn, label, "tax_off" if one.taxed else "tax_on", one.id)
    if any(day.same_start for day in turn.desk.days(one.id)):
        yield button(turn, say("field-places"), "mini_places", one.id)


def _switch_tax(*, on: bool) -> Act:
    """The button says what it sets, so that a second tap of it changes nothing."""

    def switch(turn: StudioTurn, mini_id: str) -> Say | None:
        if turn.studio.tax is None:
            raise MiniChanged
        turn.desk.set_taxed(mini_id, taxed=on)
        turn.talk.cover("more", mini_id)
        turn.talk.notice = say("tax-is-on" if on else "tax-is-off", name=turn.studio.tax.name)
        return None

    return switch


def _back(one: Mini) -> Button:
    return Button(say("button-to-mini", title=one.title), Do("mini", one.id))


# -- a copy --


def _copy_as(turn: StudioTurn, source: Mini, title: str) -> Mini:
    made = turn.desk.copy(source.id, title)
    turn.talk.notice = say("mini-copied", source=source.title)
    return made


def _accept_title(turn: StudioTurn, values: dict[str, str]) -> Answer:
    made = _copy_as(turn, turn.desk.mini(turn.course.subject["mini"]), values["title"])
    turn.course.subject["made"] = made.id
    return made.id


def _ask_title(turn: StudioTurn) -> Say:
    return say("copy-ask", title=turn.desk.mini(turn.course.subject["mini"]).title)


COPY_TITLE: Final = Form(
    id="copy_mini",
    title="title-copy-mini",
    fields=(
        Field(
            id="title",
            kind=FieldKind.LINE,
            label=say("field-title"),
            ask=_ask_title,
            read=lambda _turn, text: read_title(text),
            words="mini-title",
        ),
    ),
    accept=_accept_title,
)


def _script(_turn: StudioTurn) -> Iterator[Form[StudioTurn]]:
    yield COPY_TITLE


COPY: Final[Flow[StudioTurn]] = Flow(
    name="copy_mini", script=_script, ending=lambda turn: ("mini", turn.course.subject["made"])
)


def _copy(turn: StudioTurn, mini_id: str) -> Say | None:
    turn.talk.begin(Course(flow=COPY.name, subject={"mini": turn.desk.mini(mini_id).id}))
    return None


def copy_named(turn: StudioTurn, title: str, source: str) -> None:
    """`/newmini Fall Minis copy Spring Minis`. Raises what `find_mini` raises, and SeveralNamed."""
    one = find_mini(turn, source, Fit.ANY)
    if one is None:
        found = minis_that(turn, Fit.ANY, source)
        raise SeveralNamed(titles=tuple(dict.fromkeys(mini.title for mini in found)))
    turn.talk.cover("mini", _copy_as(turn, one, title).id)


# -- calling it off --


def call_off(turn: StudioTurn, mini_id: str) -> Screen:
    """The first of two steps: what becomes of whom."""
    one, stake = turn.desk.mini(mini_id), turn.desk.at_stake(mini_id)
    facts = (
        say("call-off-bookings", count=stake.bookings) if stake.bookings else None,
        say("call-off-holds", count=stake.holds) if stake.holds else None,
        say("call-off-reservations", count=stake.reservations) if stake.reservations else None,
    )
    said = [fact for fact in facts if fact]
    return Screen(
        lines=(
            Line(say("call-off-ask", title=one.title), Look.TITLE),
            *lines(*(said or [say("call-off-nobody")]), gap=True),
            Line(say("call-off-for-good"), gap=True),
        ),
        rows=(
            button(turn, say("button-call-off-now"), "calloff_yes", one.id, Style.DANGER),
            (Button(say("button-keep-mini"), Do("mini", one.id)),),
        ),
    )


def _ask_call_off(turn: StudioTurn, mini_id: str) -> Say | None:
    if turn.desk.mini(mini_id).state is MiniState.CANCELLED:
        raise MiniChanged
    turn.talk.cover("calloff", mini_id)
    return None


def _call_off(turn: StudioTurn, mini_id: str) -> Say | None:
    """A second tap on the question tells the same."""
    one = turn.desk.mini(mini_id)
    if one.state is not MiniState.CANCELLED:
        one = turn.desk.cancel_mini(mini_id)
    stay = turn.desk.at_stake(mini_id).bookings
    turn.talk.cover("mini", mini_id)
    turn.talk.notice = (
        say("called-off-with-bookings", title=one.title, count=stay) if stay else say("called-off", title=one.title)
    )
    return None


ROOM: Final = Room(
    commands={"copy": For(PHOTOGRAPHERS, about("copy", Fit.ANY))},
    presses={
        "more": For(PHOTOGRAPHERS, showing("more")),
        "tax_on": For(PHOTOGRAPHERS, _switch_tax(on=True)),
        "tax_off": For(PHOTOGRAPHERS, _switch_tax(on=False)),
        "copy": For(PHOTOGRAPHERS, _copy),
        "calloff": For(PHOTOGRAPHERS, _ask_call_off),
        "calloff_yes": For(PHOTOGRAPHERS, _call_off),
    },
    asides={"more": For(PHOTOGRAPHERS, more), "calloff": For(PHOTOGRAPHERS, call_off)},
    flows={COPY.name: For(PHOTOGRAPHERS, COPY)},
)
