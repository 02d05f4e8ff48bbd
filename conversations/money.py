"""What is said of money that was paid: by messages, by the lists of bookings, and where a hold has ended."""

from collections.abc import Sequence
from datetime import datetime

from conversations.screens import Button, Clock, Do, Exact, Line, Say, Screen, Style, When, lines, say
from core.booking.booking import Booking, Reason, State
from core.booking.price import Price
from core.minis.mini import PaidBy, Spot
from core.payments.account import Account, above_zero, account_of
from core.payments.checkout import Checkout
from core.payments.payment import KEPT, Disposition, Payment, Why
from core.studio.studio import Studio
from core.values.money import Money


def is_paid_outside(price: Price) -> bool:
    """There is something to pay, to the studio directly."""
    return bool(price.total) and price.paid_by is PaidBy.OUTSIDE


def balance_line(studio: Studio, booking: Booking | None, due: Money | None = None) -> tuple[Line, ...]:
    """The rest of what is paid online, and by when (H6): what of it is still `due`, once the booking is made."""
    if booking is None or booking.price.paid_by is PaidBy.OUTSIDE:
        return ()
    rest = booking.price.later if due is None else due
    by = When(booking.snapshot.starts - booking.snapshot.balance_due, studio.zone, Clock.DAY)
    return (Line(say("pay-later", day=by, amount=Exact(rest))),) if rest else ()


def how_to_pay(studio: Studio, booking: Booking, account: Account) -> tuple[Line, ...]:
    """What is said of the money of a booking that is made: what was paid, what is still to be paid and how (F7)."""
    paid = lines(*_stood(account))
    if is_paid_outside(booking.price) and account.due:
        return (*paid, Line(say("booked-pay-outside", studio=studio.name, amount=Exact(account.due))))
    rest = balance_line(studio, booking, account.due)
    if not rest:
        return paid or (Line(say("booked-nothing-to-pay")),)
    return (*paid, *rest, Line(say("booked-way-to-pay", studio=studio.name)))


def to_pay(studio: Studio, booking: Booking) -> tuple[Line, ...]:
    """What is to be paid for a booking that is not made yet."""
    price = booking.price
    now = (Line(say("pay-now", amount=Exact(price.due_now))),) if price.due_now else ()
    return (*now, *balance_line(studio, booking)) or how_to_pay(studio, booking, account_of(booking, (), ()))


def _stood(account: Account) -> tuple[Say, ...]:
    """What was paid for the booking, what of that went back, and what a bank took back."""
    paid = (say("money-paid", amount=Exact(account.came_in)),) if account.came_in else ()
    lost = (say("money-with-bank", amount=Exact(account.lost)),) if account.lost else ()
    return (*paid, *went_back(account), *lost)


def went_back(account: Account) -> tuple[Say, ...]:
    """What of the booking's money is back, and what is on its way."""
    back = (say("money-part-went-back", amount=Exact(account.refunded)),) if account.refunded else ()
    goes = (say("money-part-goes-back", amount=Exact(account.going_back)),) if account.going_back else ()
    return (*back, *goes)


def became(studio: Studio, payment: Payment) -> Say:
    """What became of a payment, in a sentence."""
    amount = Exact(payment.amount)
    match payment.disposition:
        case Disposition.HONOURED | Disposition.DISPUTED | Disposition.WON:
            return say("money-paid", amount=amount)
        case Disposition.CHOOSING:
            return say("money-to-choose", amount=amount)
        case Disposition.MANUAL:
            return say("payment-looked-at", studio=studio.name)
        case Disposition.REFUND_DUE | Disposition.REFUNDING | Disposition.REFUND_FAILED:
            return say("money-goes-back", amount=amount)
        case Disposition.REFUNDED:
            return say("money-went-back", amount=amount)
        case Disposition.LOST:
            return say("money-with-bank", amount=amount)


def if_paid_already(booking: Booking) -> tuple[Say, ...]:
    """What comes of a payment that is faster than the closing of its page; no word of the time where it may move."""
    if booking.noted is State.CANCELLED:
        return (say("page-closing-called-off"),)
    return () if booking.noted_spot_id else (say("page-closing-faster"),)


def known_of_money(studio: Studio, payments: Sequence[Payment], checkout: Checkout | None) -> tuple[Say, ...]:
    """What was paid, and whether the till still owes an answer; nothing where neither is so."""
    unheard = (say("money-unknown"),) if checkout and checkout.presumed else ()
    return (*(became(studio, one) for one in payments), *unheard)


def money_of_ended(studio: Studio, payments: Sequence[Payment], checkout: Checkout | None) -> tuple[Say, ...]:
    """What is said of money where a hold ended. "Nothing was charged" only where the till says so."""
    return known_of_money(studio, payments, checkout) or (say("money-none"),)


def money_of_cancelled(
    studio: Studio, booking: Booking, payments: Sequence[Payment], account: Account, checkout: Checkout | None
) -> tuple[Say, ...]:
    """What becomes of the money of a booking that was cancelled."""
    apart = (became(studio, one) for one in payments if one.disposition not in KEPT)
    said = (*decided_of_cancelled(studio, booking, account), *apart)
    if not said and is_paid_outside(booking.price) and booking.reason is not Reason.MINI_CANCELLED:
        return (say("cancelled-money-outside", studio=studio.name),)
    return (*said, *known_of_money(studio, (), checkout)) or (say("money-none"),)


def decided_of_cancelled(studio: Studio, booking: Booking, account: Account) -> tuple[Say, ...]:
    """What went back, and what does not."""
    return (*went_back(account), *kept_of_cancelled(studio, booking, account))


def kept_of_cancelled(studio: Studio, booking: Booking, account: Account) -> tuple[Say, ...]:
    """What is not back: who decides on it, or that it stays; of a studio that cancels, by hand what came by hand."""
    by_client, stays = booking.reason is Reason.BY_CLIENT, account.stays - account.to_decide
    outside = Money.zero(stays.currency) if by_client else min(above_zero(account.outside), stays)
    said = (
        ("cancelled-money-decides", account.to_decide),
        ("cancelled-money-kept", stays - outside),
        ("cancelled-money-by-hand", outside),
    )
    return (
        *(say(key, studio=studio.name, amount=Exact(amount)) for key, amount in said if amount),
        *_asked(studio, account),
    )


def _asked(studio: Studio, account: Account) -> tuple[Say, ...]:
    """What failed to go back, and what a bank asks back."""
    said = (("money-failed-to-go-back", account.failed), ("money-disputed", account.disputed))
    return tuple(say(key, studio=studio.name, amount=Exact(amount)) for key, amount in said if amount)


def named(studio: Studio, booking: Booking) -> dict[str, str | When]:
    """What a sentence about a booking names, to a client."""
    when = When(booking.snapshot.starts, studio.zone, Clock.DAY_TIME)
    return {"studio": studio.name, "title": booking.snapshot.title, "when": when}


def cancelled_screen(
    studio: Studio,
    booking: Booking,
    payments: Sequence[Payment],
    account: Account,
    checkout: Checkout | None,
    reason: Reason,
    *,
    as_asked: bool = False,
) -> Screen:
    """The booking is cancelled, and what becomes of its money; `as_asked`: the studio did it for the client."""
    key = "cancelled-as-asked" if as_asked else f"cancelled-{reason.value.replace('_', '-')}"
    return Screen(
        lines=lines(
            say(key, **named(studio, booking)),
            *money_of_cancelled(studio, booking, payments, account, checkout),
        ),
        rows=((Button(say("button-see-minis"), Do("minis", "")),),),
    )


def money_if_cancelled(studio: Studio, booking: Booking, account: Account) -> tuple[Say, ...]:
    """The same before it is cancelled: the cost is said first (F11, H7)."""
    stays = (say("cancel-money-decides", studio=studio.name, amount=Exact(account.stays)),) if account.stays else ()
    lost = (say("money-with-bank", amount=Exact(account.lost)),) if account.lost else ()
    said = (*stays, *_asked(studio, account), *lost)
    if not said and is_paid_outside(booking.price):
        return (say("cancel-money-outside", studio=studio.name),)
    return said or (say("cancel-money-none"),)


def paid_too_late(studio: Studio, booking: Booking, payment: Payment) -> Screen:
    """The payment came after the hold's end, and the seat was gone (STORYBOARD, other paths, M)."""
    return Screen(
        lines=lines(_too_late(studio, booking), say("too-late-choose", until=_until(studio, payment))),
        rows=(
            (Button(say("button-another-time"), Do("choose", booking.id), Style.PRIMARY),),
            (Button(say("button-full-refund"), Do("take_money", booking.id)),),
        ),
    )


def choice(studio: Studio, booking: Booking, payment: Payment, spots: Sequence[Spot]) -> Screen:
    """The nearest times that are free now, or the money."""
    times = tuple(
        (
            Button(
                say("button-day-time", when=When(spot.starts, studio.zone, Clock.DAY_TIME)),
                Do("pick", f"{booking.id}.{spot.id}"),
            ),
        )
        for spot in sorted(spots, key=lambda one: one.starts)
    )
    ask = say("too-late-nearest", until=_until(studio, payment)) if spots else say("too-late-nothing-free")
    return Screen(
        lines=lines(_too_late(studio, booking), ask),
        rows=(*times, (Button(say("button-full-refund"), Do("take_money", booking.id)),)),
    )


def going_back(studio: Studio, booking: Booking, payment: Payment) -> tuple[Say, ...]:
    """Why all of a payment goes back, and how long that takes."""
    why = payment.why or Why.DECIDED
    time = When(booking.snapshot.starts, studio.zone, Clock.TIME)
    reason = say(
        f"money-back-{why.value.replace('_', '-')}", amount=Exact(payment.amount), studio=studio.name, time=time
    )
    sent = payment.disposition is Disposition.REFUNDED
    return (reason, say("refunded", amount=Exact(payment.amount)) if sent else say("money-back-how-long"))


def _too_late(studio: Studio, booking: Booking) -> Say:
    return say("too-late", time=When(booking.snapshot.starts, studio.zone, Clock.TIME))


def _until(studio: Studio, payment: Payment) -> When:
    ends: datetime = payment.choosing_until or payment.captured_at
    return When(ends, studio.zone, Clock.DAY_TIME)
