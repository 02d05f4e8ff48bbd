"""Cancelling a booking: what goes back, why, and only then yes (K3)."""

from collections.abc import Iterator
from typing import Final

from conversations.engine import AnyStep, Flow, Step, change
from conversations.fields import Field
from conversations.forms import Form
from conversations.screens import Button, Choose, Exact, FieldKind, Line, Look, Say, Screen, Style, lines, say
from conversations.studio.amounts import kept_amount, kept_of, read_money
from conversations.studio.bookings import look_for, whose
from conversations.studio.turn import For, Room, StudioTurn
from conversations.talk import Answer, Course
from core.booking.booking import Because, Booking, State
from core.booking.refusals import BookingChanged
from core.payments.account import above_zero
from core.payments.give_back import GiveBack
from core.payments.refusals import MoreThanRefundable
from core.studio_desk.rights import PHOTOGRAPHERS
from core.values.charges import chargeable
from core.values.money import Money

#: The way out: "Cancel" would read as if it cancelled the booking.
_KEEP: Final = "button-keep-the-booking"


def _cancelled(turn: StudioTurn) -> Booking:
    return turn.desk.booking(turn.course.subject["booking"])


def _show_back(turn: StudioTurn) -> Screen:
    one = _cancelled(turn)
    account = turn.desk.account(one)
    through, hand = _would_go_back(turn, one, GiveBack.POLICY), _by_hand(turn, one, GiveBack.POLICY)
    policy = through + hand
    all_of_it = _would_go_back(turn, one, GiveBack.ALL) + _by_hand(turn, one, GiveBack.ALL)
    parts = say("cancel-by-contract", total=Exact(policy), stripe=Exact(through), hand=Exact(hand))
    offered = [
        Button(say("button-back-policy", amount=policy), Choose(GiveBack.POLICY.value), Style.PRIMARY),
        *(
            [Button(say("button-back-all", amount=all_of_it), Choose(GiveBack.ALL.value))]
            if all_of_it != policy
            else []
        ),
        *([Button(say("button-back-none"), Choose(GiveBack.NONE.value))] if policy else []),
        Button(say("button-back-other"), Choose("other")),
    ]
    return Screen(
        lines=(
            Line(say("cancel-which", name=whose(one), when=turn.when(one.snapshot.starts)), Look.TITLE),
            *lines(
                say("cancel-kept", amount=Exact(account.kept)),
                *((parts,) if hand else ()),
                say("cancel-back-ask"),
            ),
        ),
        rows=tuple((one,) for one in offered),
    )


def _accept_back(turn: StudioTurn, choice: str) -> Answer:
    if choice == "other":
        change(turn, *AMOUNT_BACK.parts)
        return choice
    return choice if choice in set(GiveBack) else None


BACK: Final[Step[StudioTurn]] = Step(id="cancel_back", show=_show_back, accept=_accept_back, leaving=_KEEP)


def _read_back(turn: StudioTurn, text: str) -> str:
    money, refundable = read_money(turn, text), turn.desk.account(_cancelled(turn)).refundable
    if money > refundable:
        raise MoreThanRefundable(could=refundable)
    return kept_amount(money)


AMOUNT_BACK: Final[Form[StudioTurn]] = Form(
    id="amount_back",
    title="title-amount",
    fields=(
        Field(
            id="amount",
            kind=FieldKind.LINE,
            label=say("title-amount"),
            ask=lambda _: say("amount-back-ask"),
            read=_read_back,
            words="amount",
        ),
    ),
    leaving=_KEEP,
)


def _show_because(_turn: StudioTurn) -> Screen:
    return Screen(
        lines=lines(say("because-ask")),
        rows=(
            *((Button(say(f"because-{one}"), Choose(one.value)),) for one in Because),
            (Button(say("because-none"), Choose("none")),),
        ),
    )


BECAUSE: Final[Step[StudioTurn]] = Step(
    id="because",
    show=_show_because,
    accept=lambda _turn, choice: choice if choice in {*Because, "none"} else None,
    leaving=_KEEP,
)


def _given_back(turn: StudioTurn) -> GiveBack | Money:
    kept = turn.text("cancel_back")
    if kept == "other":
        return kept_of(turn, turn.text("amount_back.amount"))
    return GiveBack(kept) if kept else GiveBack.NONE


def _goes_back(turn: StudioTurn, one: Booking) -> Money:
    """How much that is now."""
    back = _given_back(turn)
    return back if isinstance(back, Money) else _would_go_back(turn, one, back)


def _would_go_back(turn: StudioTurn, one: Booking, back: GiveBack) -> Money:
    """As much as the deed would have the till pay back at this moment."""
    account = turn.desk.account(one)
    match back:
        case GiveBack.NONE:
            return Money.zero(one.snapshot.currency)
        case GiveBack.POLICY:
            return chargeable(min(turn.desk.policy_refund(one), account.refundable))
        case GiveBack.ALL:
            return chargeable(account.refundable)


def _by_hand(turn: StudioTurn, one: Booking, back: GiveBack) -> Money:
    """What the till cannot give back of that, as it was paid to the photographer directly."""
    account = turn.desk.account(one)
    match back:
        case GiveBack.NONE:
            meant = Money.zero(one.snapshot.currency)
        case GiveBack.POLICY:
            meant = turn.desk.policy_refund(one)
        case GiveBack.ALL:
            meant = account.kept
    return min(above_zero(meant - account.refundable), above_zero(account.outside))


def _said_of_back(turn: StudioTurn, one: Booking, through: Money) -> tuple[Say, ...]:
    """What goes back through the till and by hand; where the till has nothing, what the contract says of it."""
    asked = bool(turn.desk.account(one).refundable)
    back = _given_back(turn) if asked else GiveBack.POLICY
    hand = _by_hand(turn, one, back) if isinstance(back, GiveBack) else None
    key = "cancel-by-hand" if asked else "cancel-by-contract-hand"
    return (
        *((say("cancel-goes-back", amount=Exact(through)),) if through else ()),
        *((say(key, amount=Exact(hand)),) if hand else ()),
    )


def _show_sure(turn: StudioTurn) -> Screen:
    one = _cancelled(turn)
    back = _goes_back(turn, one)
    return Screen(
        lines=(
            Line(say("cancel-which", name=whose(one), when=turn.when(one.snapshot.starts)), Look.TITLE),
            *lines(*(_said_of_back(turn, one, back) or (say("cancel-nothing-back"),)), say("cancel-told")),
        ),
        rows=((Button(say("button-cancel-it"), Choose(f"yes.{back.minor}"), Style.DANGER),),),
    )


def _accept_sure(turn: StudioTurn, choice: str) -> Answer:
    """What goes back is what was read: the policy's amount changes as time passes, and with what others pay back."""
    said, _, seen = choice.partition(".")
    if said != "yes":
        return None
    one = _cancelled(turn)
    back = _goes_back(turn, one)
    if seen != str(back.minor):
        turn.talk.notice = say("cancel-back-changed")
        return None
    because = turn.text("because")
    turn.desk.cancel(one.id, back or GiveBack.NONE, None if because == "none" else Because(because))
    return True


SURE: Final[Step[StudioTurn]] = Step(id="cancel_sure", show=_show_sure, accept=_accept_sure, leaving=_KEEP)


def _cancelling(turn: StudioTurn) -> Iterator[AnyStep[StudioTurn]]:
    if turn.desk.account(_cancelled(turn)).refundable:
        yield BACK
        if turn.text("cancel_back") == "other":
            yield AMOUNT_BACK
    yield BECAUSE
    yield SURE


CANCEL: Final[Flow[StudioTurn]] = Flow(
    name="cancel_booking", script=_cancelling, ending=lambda turn: ("booking", turn.course.subject["booking"])
)


def _cancel(turn: StudioTurn, booking_id: str) -> Say | None:
    one = turn.desk.booking(booking_id)
    if one.state is not State.CONFIRMED:
        raise BookingChanged
    turn.talk.begin(Course(flow=CANCEL.name, subject={"mini": one.mini_id, "booking": one.id}))
    return None


def _cancel_named(turn: StudioTurn, text: str) -> Say | None:
    """`/cancel_booking LP-4821`: at its question where one fits, the list where several do."""
    among = [one for one in turn.desk.find(text) if one.state is State.CONFIRMED] if text else []
    return _cancel(turn, among[0].id) if len(among) == 1 else look_for(turn, text)


ROOM: Final = Room(
    commands={"cancel_booking": For(PHOTOGRAPHERS, _cancel_named)},
    presses={"cancel_booking": For(PHOTOGRAPHERS, _cancel)},
    flows={CANCEL.name: For(PHOTOGRAPHERS, CANCEL)},
)
