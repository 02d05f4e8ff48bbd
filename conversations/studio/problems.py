"""What needs a person: money that is not settled, and what may be decided about it now (`/problems`; H4, H9)."""

from collections.abc import Callable, Mapping
from typing import Final

from conversations.screens import Button, Do, Exact, Line, Look, Say, Screen, Style, lines, say
from conversations.studio.bookings import whose
from conversations.studio.overview import button
from conversations.studio.turn import For, Room, StudioTurn, covering
from core.booking.booking import Booking
from core.booking.refusals import BookingChanged
from core.payments.problems import Decision, Problem
from core.payments.till import RefundFailure
from core.studio_desk import StudioDesk
from core.studio_desk.rights import PHOTOGRAPHERS

PROBLEMS_ON_ONE_SCREEN: Final = 20
_KNOWN: Final = frozenset(RefundFailure)


_DEEDS: Final[Mapping[str, Callable[[StudioDesk, Problem], Booking]]] = {
    Decision.HONOUR: lambda desk, one: desk.honour(one.id),
    Decision.SEND_BACK: lambda desk, one: desk.send_back(one.id),
    Decision.REFUND_AGAIN: lambda desk, one: desk.refund_again(one.id),
    Decision.REFUNDED_ELSEWHERE: lambda desk, one: desk.refunded_elsewhere(one.id),
    Decision.LEAVE_REFUND: lambda desk, one: desk.leave_refund(one.id),
    Decision.KEEP_MONEY: lambda desk, one: desk.keep_money(one.id, one.amount),
}


def problems(turn: StudioTurn, _about: str) -> Screen:
    """Each to tap, the oldest first; what only takes its time comes after what needs somebody."""
    every = sorted(turn.desk.problems(), key=lambda one: one.waits)
    waiting = sum(one.waits for one in every)
    needing = len(every) - waiting
    rows = tuple(
        (Button(say("button-problem", name=whose(one.booking), amount=Exact(one.amount)), Do("problem", one.id)),)
        for one in every[:PROBLEMS_ON_ONE_SCREEN]
    )
    hello = say("problems", count=needing) if needing else say("problems-none")
    on_its_way = (say("problems-waiting", count=waiting),) if waiting else ()
    return Screen(lines=lines(hello, *on_its_way), rows=(*rows, (Button(say("button-minis"), Do("minis", "")),)))


def problem(turn: StudioTurn, problem_id: str) -> Screen:
    """What happened to which money, and what can be done; a problem that was solved meanwhile is the list."""
    one = next((one for one in turn.desk.problems() if one.id == problem_id), None)
    if one is None:
        return problems(turn, "").noticing(say("problem-solved"))
    return Screen(
        lines=(
            Line(say("booking-head", code=one.booking.code, name=whose(one.booking)), Look.TITLE),
            *lines(
                say("problem-of", title=one.booking.snapshot.title, when=turn.when(one.booking.snapshot.starts)),
                _what(turn, one),
            ),
            *((Line(say("problem-taken-with", ending=one.taken_with), gap=True),) if one.taken_with else ()),
            *((Line(say("problem-wait"), gap=True),) if one.waits else ()),
        ),
        rows=(
            *(row for row in _ways_back(turn, one) if row),
            *(
                (Button(say(f"button-decide-{_slug(each)}"), Do("decide", f"{each}.{one.id}")),)
                for each in one.decisions
            ),
            button(turn, say("button-open-booking"), "booking", one.booking.id),
            (Button(say("button-problems"), Do("problems", "")),),
        ),
    )


def _what(turn: StudioTurn, one: Problem) -> Say:
    why = {"why": _why(one.error)} if one.error else {}
    if one.refund:
        return say(f"problem-refund-{one.refund.state}-part", amount=Exact(one.amount), **why)
    if one.payment is None:
        return say("problem-kept", name=whose(one.booking), amount=Exact(one.amount), policy=_by_contract(turn, one))
    return say(f"problem-{one.payment.disposition.replace('_', '-')}", amount=Exact(one.amount), **why)


def _why(error: str) -> Say:
    return say(f"failure-{error.replace('_', '-')}") if error in _KNOWN else say("failure-other", error=error)


def _by_contract(turn: StudioTurn, one: Problem) -> Exact:
    return Exact(min(turn.desk.policy_refund(one.booking), one.amount))


def _at_stake(turn: StudioTurn, one: Problem, decision: Decision) -> dict[str, Exact]:
    """Beside the amount: what the contract says of money that is kept, and what stays where no more is tried."""
    match decision:
        case Decision.KEEP_MONEY:
            return {"policy": _by_contract(turn, one)}
        case Decision.LEAVE_REFUND:
            return {"kept": Exact(turn.desk.account(one.booking).kept)}
        case _:
            return {}


def _ways_back(turn: StudioTurn, one: Problem) -> tuple[tuple[Button, ...], ...]:
    """What was kept can go back through the till or by hand."""
    if one.payment:
        return ()
    through = turn.desk.account(one.booking).refundable
    return (
        button(turn, say("button-refund"), "refund", one.booking.id) if through else (),
        button(turn, say("button-returned"), "returned", one.booking.id),
    )


def _slug(decision: Decision) -> str:
    return decision.value.replace("_", "-")


def sure(turn: StudioTurn, reference: str) -> Screen:
    """Money moves only after a second yes (H7)."""
    decision, _, problem_id = reference.partition(".")
    one = next((one for one in turn.desk.problems() if one.id == problem_id), None)
    if one is None or decision not in one.decisions:
        return problems(turn, "").noticing(say("problem-solved"))
    figures = _at_stake(turn, one, Decision(decision))
    ask = say(f"decide-{_slug(Decision(decision))}-ask", name=whose(one.booking), amount=Exact(one.amount), **figures)
    return Screen(
        lines=lines(ask),
        rows=(
            (Button(say("button-yes-do"), Do("decided", f"{reference}.{one.amount.minor}"), Style.DANGER),),
            (Button(say("button-back"), Do("problem", one.id)),),
        ),
    )


def _decide(turn: StudioTurn, reference: str) -> Say | None:
    """Do what was decided about what was seen: if that is another amount by now, it is asked again.

    What can no longer be done is refused by the deed, which knows why. What else waits of the booking comes next.
    """
    decision, _, seen = reference.partition(".")
    deed = _DEEDS.get(decision)
    one = next((one for one in turn.desk.problems() if f"{one.id}.{one.amount.minor}" == seen), None)
    if one is None or deed is None:
        raise BookingChanged
    booking = deed(turn.desk, one)
    turn.talk.cover("problem" if turn.desk.account(booking).to_decide else "booking", booking.id)
    turn.talk.notice = say(f"decided-{_slug(Decision(decision))}")
    return None


ROOM: Final = Room(
    commands={"problems": For(PHOTOGRAPHERS, covering("problems"))},
    presses={
        "problems": For(PHOTOGRAPHERS, covering("problems")),
        "problem": For(PHOTOGRAPHERS, covering("problem")),
        "decide": For(PHOTOGRAPHERS, covering("decide")),
        "decided": For(PHOTOGRAPHERS, _decide),
    },
    asides={
        "problems": For(PHOTOGRAPHERS, problems),
        "problem": For(PHOTOGRAPHERS, problem),
        "decide": For(PHOTOGRAPHERS, sure),
    },
)
