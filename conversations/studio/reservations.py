"""A reservation's card with its link, the list of all, and its end (D2-D4)."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from conversations.screens import (
    Button,
    Copy,
    Do,
    Line,
    Look,
    Say,
    Screen,
    Style,
    lines,
    say,
)
from conversations.share_texts import invite_text
from conversations.studio.overview import button
from conversations.studio.reserve_words import end_line, terms_lines, terms_of
from conversations.studio.spots import MOST_SHOWN, Placed, named, placed, spot_label
from conversations.studio.turn import For, Room, StudioTurn, covering
from core.booking.booking import Reservation, ReservationState
from core.booking.day_view import SpotLook
from core.booking.price import price_of_one
from core.minis.mini import Mini, MiniState, Spot
from core.studio_desk.rights import PHOTOGRAPHERS

THREE_DAYS: Final = timedelta(days=3)
#: A reservation that is being booked looks held.
_KEPT: Final = frozenset({SpotLook.RESERVED, SpotLook.HELD})


def reservation(turn: StudioTurn, reservation_id: str) -> Screen:
    """The reservation with its link (D2), or what became of it."""
    one = turn.desk.reservation(reservation_id)
    spot = turn.desk.spot(one.spot_id)
    mini = turn.desk.mini(one.mini_id)
    terms = terms_of(one)
    over = not one.is_open or one.removed_in_use
    title = say("reservation-was" if over else "reservation-title", when=turn.when(spot.starts))
    head = (
        Line(title, Look.TITLE),
        *lines(say("reserve-of", title=mini.title), *terms_lines(turn, mini, spot, terms)),
    )
    back = button(turn, say("button-back-to-mini", title=mini.title), "mini", mini.id)
    if over:
        return Screen(lines=(*head, Line(say(f"reservation-is-{_fate(one)}"), gap=True)), rows=(back,))
    link = turn.front.link_of(f"r_{turn.desk.reservation_link(one)}")
    bound = say("reservation-in-use" if one.state is ReservationState.IN_USE else "reservation-bound")
    return Screen(
        lines=(
            *head,
            Line(end_line(turn, terms)),
            Line(say("reservation-link", link=link), gap=True),
            *(lines(say("reservation-draft", title=mini.title)) if mini.state is MiniState.DRAFT else ()),
            Line(bound if one.client_id else say("reservation-first")),
        ),
        rows=(
            (Button(say("button-copy-link"), Copy(link)), *_invitation(turn, one, mini, spot, link)),
            (
                Button(say("button-edit"), Do("reservation_edit", one.id)),
                *(() if one.lapses_at else (Button(say("button-three-days"), Do("reservation_end", one.id)),)),
            ),
            *(
                ((Button(say("button-unbind"), Do("reservation_unbind", one.id)),),)
                if one.client_id and one.state is ReservationState.OPEN
                else ()
            ),
            (*back, Button(say("button-remove"), Do("reservation_remove", one.id), Style.DANGER)),
        ),
    )


def _invitation(turn: StudioTurn, one: Reservation, mini: Mini, spot: Spot, link: str) -> tuple[Button, ...]:
    """To copy, for whom it was filled in: the link, and what is left for them to do (D5); once it works."""
    if mini.state is MiniState.DRAFT or not (one.contact or one.package_id):
        return ()
    left = {
        "invite-sign": mini.contracts,
        "invite-answer": mini.questionnaire,
        "invite-pay": _pays(turn, one, mini, spot),
    }
    deeds = [turn.words.phrase(say(deed), turn.language) for deed, asked in left.items() if asked]
    text = invite_text(
        turn.words,
        turn.language,
        studio=turn.studio.name,
        when=turn.when(spot.starts),
        deeds=deeds or [turn.words.phrase(say("invite-confirm"), turn.language)],
        link=link,
    )
    return (Button(say("button-copy-invite"), Copy(text)),)


def _pays(turn: StudioTurn, one: Reservation, mini: Mini, spot: Spot) -> bool:
    """Whether anything may be due online for it to be booked."""
    chosen = mini.package(one.package_id) if one.package_id else None
    tax = mini.tax_of(turn.studio)
    prices = (
        price_of_one(package, premium_minor=spot.premium_minor, tax=tax, discount=one.discount)
        for package in ((chosen,) if chosen else mini.packages)
    )
    return not one.outside and any(price.due_now for price in prices)


def _fate(one: Reservation) -> str:
    return "leaving" if one.removed_in_use and one.state is ReservationState.IN_USE else one.state.value


def remove_ask(turn: StudioTurn, reservation_id: str) -> Screen:
    """Before the link dies, what that means is said once (D3)."""
    one = turn.desk.reservation(reservation_id)
    when = turn.when(turn.desk.spot(one.spot_id).starts)
    used = one.state is ReservationState.IN_USE
    return Screen(
        lines=lines(say("reservation-remove-in-use" if used else "reservation-remove-ask", when=when)),
        rows=(
            (Button(say("button-yes-remove"), Do("reservation_gone", one.id), Style.DANGER),),
            (Button(say("button-keep-it"), Do("reservation", one.id)),),
        ),
    )


def _end_soon(turn: StudioTurn, reservation_id: str) -> Say | None:
    """Lapses in three days, or when the shoot begins, whichever is sooner."""
    one = turn.desk.reservation(reservation_id)
    ends = min(turn.desk.now + THREE_DAYS, turn.desk.spot(one.spot_id).starts)
    turn.desk.change_reservation(one.id, replace(terms_of(one), lapses_at=ends))
    turn.talk.cover("reservation", one.id)
    return None


def _unbind(turn: StudioTurn, reservation_id: str) -> Say | None:
    turn.desk.unbind_reservation(reservation_id)
    turn.talk.cover("reservation", reservation_id)
    return None


def _remove(turn: StudioTurn, reservation_id: str) -> Say | None:
    turn.desk.remove_reservation(reservation_id)
    turn.talk.cover("reservation", reservation_id)
    return None


def _kept_spots(turn: StudioTurn) -> list[Placed]:
    return [one for one in placed(turn, _KEPT) if one.state.reservation_id]


def _release(turn: StudioTurn, text: str) -> Say | None:
    """`/release 10:40`: which reservation, and then its question; bare, the list of all."""
    kept = _kept_spots(turn)
    found = named(turn, text, kept) if text else kept
    if len(found) == 1 and found[0].state.reservation_id:
        turn.talk.cover("reservation_remove", found[0].state.reservation_id)
        return None
    turn.talk.cover("reservations", text if found else "")
    if text and not found:
        turn.talk.notice = say("release-not-found", text=text)
    return None


def reservations(turn: StudioTurn, words: str) -> Screen:
    """Every reservation that is ahead, or those that were named, to tap."""
    kept = _kept_spots(turn)
    shown = (named(turn, words, kept) or kept) if words else kept
    several = len({one.mini.id for one in shown}) > 1
    rows = tuple(
        (Button(spot_label(turn, one, with_mini=several), Do("reservation", one.state.reservation_id or "")),)
        for one in shown[:MOST_SHOWN]
    )
    return Screen(
        lines=lines(say("reservations", count=len(shown)) if shown else say("reservations-none")),
        rows=(*rows, (Button(say("button-minis"), Do("minis", "")),)),
    )


ROOM: Final = Room(
    commands={"release": For(PHOTOGRAPHERS, _release)},
    presses={
        "reservation": For(PHOTOGRAPHERS, covering("reservation")),
        "reservation_end": For(PHOTOGRAPHERS, _end_soon),
        "reservation_unbind": For(PHOTOGRAPHERS, _unbind),
        "reservation_remove": For(PHOTOGRAPHERS, covering("reservation_remove")),
        "reservation_gone": For(PHOTOGRAPHERS, _remove),
    },
    asides={
        "reservation": For(PHOTOGRAPHERS, reservation),
        "reservation_remove": For(PHOTOGRAPHERS, remove_ask),
        "reservations": For(PHOTOGRAPHERS, reservations),
    },
)
