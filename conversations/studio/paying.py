"""Money by hand and back: marking what was paid or returned, and paying back (H5, H7)."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from conversations.engine import AnyStep, Flow, Step, change
from conversations.fields import Field
from conversations.forms import Form
from conversations.screens import (
    Button,
    Choose,
    Clock,
    Exact,
    FieldKind,
    Line,
    Look,
    Say,
    Screen,
    Style,
    lines,
    say,
)
from conversations.studio.amounts import kept_amount, kept_of, read_money, till_of
from conversations.studio.bookings import look_for, whose
from conversations.studio.day_defaults import typist_of
from conversations.studio.turn import For, Room, StudioTurn
from conversations.studio.typed_paid import read_paid_line
from conversations.talk import Answer, Course
from conversations.typed_dates import read_when
from conversations.typed_moments import Exact as ExactDay
from conversations.typed_moments import NeedsTime, Past
from core.booking.booking import Booking, State
from core.payments.payment import How
from core.payments.refusals import MoreThanDue, MoreThanPaid, MoreThanRefundable, NoAmount
from core.studio_desk.rights import PHOTOGRAPHERS
from core.values.moments import local
from core.values.money import Money
from core.values.refusals import Refusal

_OWING: Final = frozenset({State.CONFIRMED, State.DONE, State.NO_SHOW})
_PAID: Final = "paid"
_RETURNED: Final = "returned"
_REFUND: Final = "refund"
_KEPT: Final = "kept"  # what the client had been told that stays, when this was begun
_HALF_A_YEAR: Final = timedelta(days=183)


class DayUnclear(Refusal):
    """Money was paid on one day, today or before, that can be read in one way."""


# -- what is asked --


def _about(turn: StudioTurn) -> Booking:
    return turn.desk.booking(turn.course.subject["booking"])


def _most(turn: StudioTurn) -> Money:
    """All of it: what is due, or what can go back."""
    account = turn.desk.account(_about(turn))
    match turn.course.subject["way"]:
        case "paid":
            return account.due
        case "refund":
            return account.refundable
        case _:
            return account.kept


def _suggested(turn: StudioTurn) -> tuple[str, ...]:
    most = _most(turn)
    if not most:
        return ()
    policy = turn.desk.policy_refund(_about(turn)) if turn.course.subject["way"] != _PAID else most
    amounts = [most, *([min(policy, most)] if policy and policy < most else [])]
    return tuple(turn.words.phrase(say("amount", amount=Exact(one)), turn.language) for one in amounts)


def _ask_amount(turn: StudioTurn) -> Say:
    way = turn.course.subject["way"]
    return say(f"{way}-amount-ask", name=whose(_about(turn)), amount=Exact(_most(turn)))


def _read_amount(turn: StudioTurn, text: str) -> str:
    """What the deed would refuse is said at once."""
    money, account = read_money(turn, text), turn.desk.account(_about(turn))
    if not money:
        raise NoAmount
    match turn.course.subject["way"]:
        case "paid" if money > account.missing:
            raise MoreThanDue(due=account.missing)
        case "refund" if money > account.refundable:
            raise MoreThanRefundable(could=account.refundable)
        case "returned" if money > account.kept:
            raise MoreThanPaid(paid=account.kept)
        case _:
            return kept_amount(money)


AMOUNT: Final[Form[StudioTurn]] = Form(
    id="amount",
    title="title-amount",
    fields=(
        Field(
            id="amount",
            kind=FieldKind.LINE,
            label=say("title-amount"),
            ask=_ask_amount,
            read=_read_amount,
            suggestions=_suggested,
            words="amount",
        ),
    ),
)


def _show_how(_turn: StudioTurn) -> Screen:
    return Screen(
        lines=lines(say("how-ask")), rows=tuple((Button(say(f"how-{one}"), Choose(one.value)),) for one in How)
    )


HOW: Final[Step[StudioTurn]] = Step(
    id="how", show=_show_how, accept=lambda _turn, choice: choice if choice in set(How) else None
)


def _read_day(turn: StudioTurn, text: str) -> str:
    return _day_typed(turn, text).isoformat()


def _day_typed(turn: StudioTurn, text: str) -> date:
    """A day that is over or today. "5 Oct" without a year is the last one where that is the nearer of both."""
    today = local(turn.desk.now, turn.studio.zone).date()
    found = read_when(text, typist_of(turn), needs_time=False)
    match found:
        case ExactDay(reading) | Past(reading):
            day = reading.date
        case NeedsTime(day):
            pass
        case _:
            raise DayUnclear
    if day - today > _HALF_A_YEAR and str(day.year) not in text:
        day = _a_year_before(day) or day
    if day > today:
        raise DayUnclear
    return day


def _a_year_before(day: date) -> date | None:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return None


DAY: Final[Form[StudioTurn]] = Form(
    id="day",
    title="title-day",
    fields=(
        Field(
            id="day",
            kind=FieldKind.LINE,
            label=say("title-day"),
            ask=lambda _: say("paid-day-ask"),
            read=_read_day,
            required=lambda _: False,
            words="paid-day",
        ),
    ),
)


# -- the preview --


def _on(turn: StudioTurn) -> date:
    kept = turn.text("day.day")
    return date.fromisoformat(kept) if kept else local(turn.desk.now, turn.studio.zone).date()


def _show_preview(turn: StudioTurn) -> Screen:
    one, way = _about(turn), turn.course.subject["way"]
    amount = kept_of(turn, turn.text("amount.amount"))
    by_hand = way != _REFUND
    noon = datetime.combine(_on(turn), time(12), turn.studio.zone)
    details = (
        (say("paid-how", how=say(f"how-{turn.text('how')}"), day=turn.when(noon, Clock.DAY_YEAR)),) if by_hand else ()
    )
    more = (Button(say("button-paid-day"), Choose("day")), Button(say("button-how"), Choose("how")))
    return Screen(
        lines=(
            Line(say("booking-head", code=one.code, name=whose(one)), Look.TITLE),
            *lines(say(f"{way}-preview", amount=Exact(amount)), *details, *_told_otherwise(one)),
        ),
        rows=(
            (Button(say(f"button-{way}-save"), Choose("save"), Style.PRIMARY if by_hand else Style.DANGER),),
            (Button(say("button-amount"), Choose("amount")),),
            *((more,) if by_hand else ()),
        ),
    )


def _told_otherwise(one: Booking) -> tuple[Say, ...]:
    """Somebody decided to keep so much, and the client was told so."""
    kept = Money(one.keeps_minor or 0, one.snapshot.currency)
    return (say("kept-already", name=whose(one), amount=Exact(kept)),) if kept else ()


def _kept_meanwhile(turn: StudioTurn) -> bool:
    """Whether a colleague decided to keep something since this was begun."""
    before = turn.course.subject.get(_KEPT)
    return before is not None and before != str(_about(turn).keeps_minor)


def _accept_preview(turn: StudioTurn, choice: str) -> Answer:
    match choice:
        case "save" if _kept_meanwhile(turn):
            turn.course.subject[_KEPT] = str(_about(turn).keeps_minor)  # it is asked again, with that in sight
        case "save":
            _save(turn)
            return True
        case "amount":
            change(turn, *AMOUNT.parts)
        case "day" if turn.course.subject["way"] != _REFUND:
            change(turn, *DAY.parts)
        case "how" if turn.course.subject["way"] != _REFUND:
            change(turn, HOW.id)
        case _:
            pass
    return None


def _save(turn: StudioTurn) -> None:
    booking_id, amount = turn.course.subject["booking"], kept_of(turn, turn.text("amount.amount"))
    match turn.course.subject["way"]:
        case "paid":
            turn.desk.mark_paid(booking_id, amount, How(turn.text("how")), _on(turn))
        case "returned":
            turn.desk.mark_returned(booking_id, amount, How(turn.text("how")), _on(turn))
        case _:
            turn.desk.refund(booking_id, amount)


PREVIEW: Final[Step[StudioTurn]] = Step(id="paid_preview", show=_show_preview, accept=_accept_preview)


def _script(turn: StudioTurn) -> Iterator[AnyStep[StudioTurn]]:
    yield AMOUNT
    if turn.course.subject["way"] != _REFUND:
        yield HOW
        if set(DAY.parts) & set(turn.course.reopened):
            yield DAY
    yield PREVIEW


PAY: Final[Flow[StudioTurn]] = Flow(
    name="paying", script=_script, ending=lambda turn: ("booking", turn.course.subject["booking"])
)


def _begin(way: str, turn: StudioTurn, booking_id: str) -> Course:
    one = turn.desk.booking(booking_id)
    course = Course(flow=PAY.name, subject={"mini": one.mini_id, "booking": one.id, "way": way})
    if one.keeps_minor is not None:
        course.subject[_KEPT] = str(one.keeps_minor)
    turn.talk.begin(course)
    return course


def _mark(turn: StudioTurn, booking_id: str) -> Say | None:
    _begin(_PAID, turn, booking_id)
    return None


def _give_back(turn: StudioTurn, booking_id: str) -> Say | None:
    _begin(_RETURNED, turn, booking_id)
    return None


def _refund(turn: StudioTurn, booking_id: str) -> Say | None:
    _begin(_REFUND, turn, booking_id)
    return None


def _mark_named(turn: StudioTurn, text: str) -> Say | None:
    """`/paid Ana 80 cash 5 Oct`: at the preview as far as the line goes; where several fit, the list."""
    said = read_paid_line(text, till_of(turn))
    if said.below_zero:
        raise NoAmount
    among = [one for one in turn.desk.find(said.whom) if one.state in _OWING] if said.whom else []
    if len(among) != 1:
        return look_for(turn, said.whom)
    course = _begin(_PAID, turn, among[0].id)
    if said.amount is None:
        return None
    course.answers |= {"amount.amount": kept_amount(said.amount), "amount": True}
    if said.how:
        course.answers["how"] = said.how.value
    if said.day:
        course.answers["day.day"] = _read_day(turn, said.day)
    return None


ROOM: Final = Room(
    commands={"paid": For(PHOTOGRAPHERS, _mark_named)},
    presses={
        "paid": For(PHOTOGRAPHERS, _mark),
        "returned": For(PHOTOGRAPHERS, _give_back),
        "refund": For(PHOTOGRAPHERS, _refund),
    },
    flows={PAY.name: For(PHOTOGRAPHERS, PAY)},
)
