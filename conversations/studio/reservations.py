"""Reserving a spot for somebody: which one, for whom, on what terms, until when; and the card with its link (D1-D4)."""

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Final

from conversations.booking.offer import off_words
from conversations.engine import AnyStep, Flow, Step, change
from conversations.fields import Field
from conversations.forms import Form
from conversations.screens import (
    Button,
    Choose,
    Clock,
    Copy,
    Do,
    FieldKind,
    Line,
    Look,
    Say,
    Screen,
    Style,
    When,
    lines,
    say,
)
from conversations.studio.day_questions import in_rows
from conversations.studio.overview import button
from conversations.studio.spots import MOST_SHOWN, Placed, named, placed, spot_label
from conversations.studio.turn import For, Room, StudioTurn, covering
from conversations.studio.typed_money import Till
from conversations.studio.typed_reserve import read_discount, read_reserve_line
from conversations.talk import Answer, Course
from conversations.typed_dates import read_when
from conversations.typed_moments import Exact, NeedsTime, Typist, order_of
from conversations.words import city
from core.booking.booking import Reservation, ReservationState
from core.booking.day_view import SpotLook
from core.booking.price import PriceList, Selection, price_of
from core.booking.refusals import ReservationGone, SpotGone
from core.booking.reserve import Terms
from core.minis.mini import Mini, Package, Share, Spot
from core.studio_desk.rights import PHOTOGRAPHERS
from core.values.moments import instant, local
from core.values.money import Money
from core.values.refusals import Refusal

NOTE_LONGEST: Final = 200  # characters
THREE_DAYS: Final = timedelta(days=3)
#: A day alone lasts until its evening.
EVENING: Final = time(18, 0)
_FREE: Final = frozenset({SpotLook.FREE, SpotLook.CLOSED})
#: A reservation that is being booked looks held.
_KEPT: Final = frozenset({SpotLook.RESERVED, SpotLook.HELD})
_ONLY: Final = "only."
_OPEN: Final = frozenset({ReservationState.OPEN, ReservationState.IN_USE})


class NoSuchSpot(Refusal):
    """What was typed names none of the spots that it could be about."""


class DiscountUnclear(Refusal):
    """A discount is a percentage or an amount in the studio's currency. Facts: example."""


class NoteTooLong(Refusal):
    """A note has up to so many characters. Facts: most."""


class EndUnclear(Refusal):
    """A reservation ends at one moment that is still ahead, before the shoot; what can be read in two ways is none."""


# -- what is asked --


def till_of(turn: StudioTurn) -> Till:
    return Till(currency=turn.studio.currency, language=turn.language)


def typist_of(turn: StudioTurn) -> Typist:
    return Typist(language=turn.language, zone=turn.studio.zone, order=order_of(turn.studio.country), now=turn.desk.now)


def _spots_asked(turn: StudioTurn) -> list[Placed]:
    """The free spots that may be meant: those that were named, if any; else all of the mini."""
    free = placed(turn, _FREE, turn.course.subject.get("mini", ""))
    words = turn.course.subject.get("said", "")
    return (named(turn, words, free) or free) if words else free


def _show_spots(turn: StudioTurn) -> Screen:
    free = _spots_asked(turn)
    several = len({one.mini.id for one in free}) > 1
    buttons = [Button(spot_label(turn, one, with_mini=several), Choose(one.spot.id)) for one in free[:MOST_SHOWN]]
    return Screen(
        lines=lines(say("reserve-which") if free else say("reserve-none")),
        rows=in_rows(buttons, 1 if several else 2),
    )


def _accept_spot(turn: StudioTurn, choice: str) -> Answer:
    if all(one.spot.id != choice for one in placed(turn, _FREE, turn.course.subject.get("mini", ""))):
        raise SpotGone
    return choice


def _typed_spot(turn: StudioTurn, text: str) -> str | None:
    found = named(turn, text, placed(turn, _FREE, turn.course.subject.get("mini", "")))
    if not found:
        raise NoSuchSpot
    return found[0].spot.id if len(found) == 1 else f"{_ONLY}{text}"


def _narrow(turn: StudioTurn, choice: str) -> bool:
    """Show only those that several words mean: "Sunday"."""
    if not choice.startswith(_ONLY):
        return False
    turn.course.subject["said"] = choice.removeprefix(_ONLY)
    return True


SPOT: Final[Step[StudioTurn]] = Step(
    id="spot",
    words="reserve-spot",
    show=_show_spots,
    accept=_accept_spot,
    typed=_typed_spot,
    adjust=_narrow,
)


def _read_note(_turn: StudioTurn, text: str) -> str:
    if len(text) > NOTE_LONGEST:
        raise NoteTooLong(most=NOTE_LONGEST)
    return text


def _read_discount(turn: StudioTurn, text: str) -> str:
    share = read_discount(text, till_of(turn))
    if share is None:
        raise DiscountUnclear(example=Money(3000 if turn.studio.currency != "JPY" else 30, turn.studio.currency))
    return _kept(share)


def _read_end(turn: StudioTurn, text: str) -> str:
    return _kept_end(turn, _end_typed(turn, text))


def _kept_end(turn: StudioTurn, ends: datetime) -> str:
    """As the studio's clocks show it, with its offset."""
    return local(ends, turn.studio.zone).isoformat(timespec="minutes")


def _end_typed(turn: StudioTurn, text: str) -> datetime:
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


def _kept(share: Share) -> str:
    return f"m{share.amount.minor}" if share.amount else f"p{share.percent_hundredths}"


def _share(turn: StudioTurn) -> Share | None:
    kept = turn.text("discount.discount")
    if not kept:
        return None
    number = int(kept[1:])
    if kept.startswith("m"):
        return Share(amount=Money(number, turn.studio.currency))
    return Share(percent_hundredths=number)


def _one_field(id: str, ask: str, read: str) -> Form[StudioTurn]:
    """A text that may be left out; asked only where somebody wants to say it."""
    return Form(
        id=id,
        title=f"title-{id}",
        fields=(
            Field(
                id=id,
                kind=FieldKind.LINE,
                label=say(f"title-{id}"),
                ask=lambda _: say(ask),
                read=_READERS[read],
                required=lambda _: False,
                spoken=_spoken,
                words=f"reserve-{id}",
            ),
        ),
        accept=lambda _turn, _values: True,
    )


def _spoken(kept: str) -> str:
    """A discount or a moment as people write it; every other text is as it was typed."""
    if kept[:1] == "p" and kept[1:].isdecimal():
        return f"{int(kept[1:]) / 100:g} %"
    return kept[:16].replace("T", " ") if _MOMENT.match(kept) else kept


_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d[+-]")
_READERS: Final = {"note": _read_note, "discount": _read_discount, "end": _read_end}
NOTE: Final = _one_field("note", "reserve-note-ask", "note")
DISCOUNT: Final = _one_field("discount", "reserve-discount-ask", "discount")
END: Final = _one_field("end", "reserve-end-ask", "end")
_PARTS: Final = {"note": NOTE, "discount": DISCOUNT, "end": END}


# -- the preview --


def _terms(turn: StudioTurn) -> Terms:
    end = turn.text("end.end")
    return Terms(
        note=turn.text("note.note"),
        discount=_share(turn),
        outside=turn.answers.get("outside") is True,
        lapses_at=datetime.fromisoformat(end) if end else None,
    )


def _show_preview(turn: StudioTurn) -> Screen:
    spot = turn.desk.spot(turn.text("spot"))
    mini, terms = turn.desk.mini(spot.mini_id), _terms(turn)
    outside = say("button-reserve-outside-on" if terms.outside else "button-reserve-outside-off")
    edits = "reservation" in turn.course.subject
    unclear = turn.course.subject.get("unclear", "")
    return Screen(
        lines=(
            Line(_full_time(turn, spot), Look.TITLE),
            *lines(say("reserve-of", title=mini.title), *_terms_lines(turn, mini, terms)),
            *(lines(say("reserve-unclear", text=unclear), gap=True) if unclear else ()),
            Line(say("reserve-save-ask" if edits else "reserve-ask"), gap=True),
        ),
        rows=(
            (Button(say("button-save" if edits else "button-reserve-it"), Choose("save"), Style.PRIMARY),),
            (Button(say("button-note"), Choose("note")), Button(say("button-discount"), Choose("discount"))),
            (Button(outside, Choose("outside")), Button(say("button-end"), Choose("end"))),
        ),
    )


def _full_time(turn: StudioTurn, spot: Spot) -> Say:
    return say(
        "reserve-time",
        day=turn.when(spot.starts, Clock.DAY_YEAR),
        time=turn.when(spot.starts, Clock.TIME),
        city=city(turn.studio.zone_name),
    )


def _terms_lines(turn: StudioTurn, mini: Mini, terms: Terms) -> tuple[Say, ...]:
    """Note, price, way to pay and end, as far as there are any."""
    end = terms.lapses_at
    return (
        *((say("reserve-note", note=terms.note),) if terms.note else ()),
        *(_price(turn, package, terms.discount) for package in mini.packages if terms.discount),
        *((say("reserve-outside", studio=turn.studio.name),) if terms.outside else ()),
        say("reserve-until", when=When(end, turn.studio.zone)) if end else say("reserve-stays"),
    )


def _price(turn: StudioTurn, package: Package, share: Share) -> Say:
    price = price_of(PriceList(package=package, currency=turn.studio.currency, discount=share), Selection())
    less = package.fee - price.discount
    return say("reserve-price", title=package.title, price=less, fee=package.fee, off=off_words(share))


def _accept_preview(turn: StudioTurn, choice: str) -> Answer:
    match choice:
        case "save":
            reservation = _save(turn)
            turn.course.subject["reservation"] = reservation.id
            return True
        case "outside":
            turn.answers["outside"] = turn.answers.get("outside") is not True
        case "note" | "discount" | "end":
            change(turn, *_PARTS[choice].parts)
        case _:
            pass
    return None


def _save(turn: StudioTurn) -> Reservation:
    known, terms = turn.course.subject.get("reservation"), _terms(turn)
    if known:
        return turn.desk.change_reservation(known, terms)
    return turn.desk.reserve(turn.text("spot"), terms)


PREVIEW: Final[Step[StudioTurn]] = Step(id="reserve_preview", show=_show_preview, accept=_accept_preview)


def _script(turn: StudioTurn) -> Iterator[AnyStep[StudioTurn]]:
    yield SPOT
    yield from (form for form in _PARTS.values() if set(form.parts) & set(turn.course.reopened))
    yield PREVIEW


RESERVE: Final[Flow[StudioTurn]] = Flow(
    name="reserve",
    script=_script,
    ending=lambda turn: ("reservation", turn.course.subject["reservation"]),
)


def _reserve_line(turn: StudioTurn, text: str) -> Say | None:
    """With a line at once at the preview, as far as the line goes; bare, the spot is asked."""
    course = Course(flow=RESERVE.name, subject={})
    turn.talk.begin(course)
    turn.course = course
    if not text:
        return None
    said = read_reserve_line(text, till_of(turn))
    _fill(turn, course, Terms(note=said.note[:NOTE_LONGEST], discount=said.discount, outside=said.outside))
    if said.unclear:
        course.subject["unclear"] = ", ".join(said.unclear)
    if said.until:
        course.answers["end.end"] = _kept_end(turn, _end_typed(turn, said.until))
    if said.spot:
        _take_named(turn, course, said.spot)
    return None


def _take_named(turn: StudioTurn, course: Course, words: str) -> None:
    found = named(turn, words, placed(turn, _FREE))
    if len(found) == 1:
        course.answers["spot"] = found[0].spot.id
        course.subject["mini"] = found[0].mini.id
    elif found:
        course.subject["said"] = words
    else:
        turn.talk.notice = say("reserve-not-found", text=words)


def _fill(turn: StudioTurn, course: Course, terms: Terms) -> None:
    course.answers["note.note"] = terms.note
    course.answers["discount.discount"] = _kept(terms.discount) if terms.discount else ""
    course.answers["end.end"] = _kept_end(turn, terms.lapses_at) if terms.lapses_at else ""
    course.answers["outside"] = terms.outside


def _reserve_in(turn: StudioTurn, mini_id: str) -> Say | None:
    turn.talk.begin(Course(flow=RESERVE.name, subject={"mini": mini_id}))
    return None


def _reserve_spot(turn: StudioTurn, spot_id: str) -> Say | None:
    spot = turn.desk.spot(spot_id)
    turn.talk.begin(Course(flow=RESERVE.name, subject={"mini": spot.mini_id}, answers={"spot": spot.id}))
    return None


# -- the card --


def reservation(turn: StudioTurn, reservation_id: str) -> Screen:
    """The reservation with its link (D2), or what became of it."""
    one = turn.desk.reservation(reservation_id)
    spot = turn.desk.spot(one.spot_id)
    mini = turn.desk.mini(one.mini_id)
    terms = Terms(note=one.note, discount=one.discount, outside=one.outside, lapses_at=one.lapses_at)
    head = (
        Line(say("reservation-title", when=turn.when(spot.starts)), Look.TITLE),
        *lines(say("reserve-of", title=mini.title), *_terms_lines(turn, mini, terms)),
    )
    back = button(turn, say("button-back-to-mini", title=mini.title), "mini", mini.id)
    if one.state not in _OPEN or one.removed_in_use:
        return Screen(lines=(*head, Line(say(f"reservation-is-{_fate(one)}"), gap=True)), rows=(back,))
    link = turn.front.link_of(f"r_{turn.desk.reservation_link(one)}")
    bound = say("reservation-in-use" if one.state is ReservationState.IN_USE else "reservation-bound")
    return Screen(
        lines=(
            *head,
            Line(say("reservation-link", link=link), gap=True),
            Line(bound if one.client_id else say("reservation-first")),
        ),
        rows=(
            (Button(say("button-copy-link"), Copy(link)),),
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


def _edit(turn: StudioTurn, reservation_id: str) -> Say | None:
    one = turn.desk.reservation(reservation_id)
    if one.state not in _OPEN:
        raise ReservationGone
    course = Course(
        flow=RESERVE.name,
        subject={"mini": one.mini_id, "reservation": one.id},
        answers={"spot": one.spot_id},
    )
    _fill(turn, course, Terms(note=one.note, discount=one.discount, outside=one.outside, lapses_at=one.lapses_at))
    turn.talk.begin(course)
    return None


def _end_soon(turn: StudioTurn, reservation_id: str) -> Say | None:
    """Lapses in three days, or when the shoot begins, whichever is sooner."""
    one = turn.desk.reservation(reservation_id)
    ends = min(turn.desk.now + THREE_DAYS, turn.desk.spot(one.spot_id).starts)
    terms = Terms(note=one.note, discount=one.discount, outside=one.outside, lapses_at=ends)
    turn.desk.change_reservation(one.id, terms)
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
    commands={"reserve": For(PHOTOGRAPHERS, _reserve_line), "release": For(PHOTOGRAPHERS, _release)},
    presses={
        "reserve": For(PHOTOGRAPHERS, _reserve_in),
        "reserve_spot": For(PHOTOGRAPHERS, _reserve_spot),
        "reservation": For(PHOTOGRAPHERS, covering("reservation")),
        "reservation_edit": For(PHOTOGRAPHERS, _edit),
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
    flows={RESERVE.name: For(PHOTOGRAPHERS, RESERVE)},
)
