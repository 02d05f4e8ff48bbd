"""The payment page: asked for at the review, open in the browser, closed before anything changes (F6, F7, G5)."""

from conversations.booking.facts import BookingTurn
from conversations.booking.held import held_notice, title_of
from conversations.engine import Step
from conversations.money import going_back, if_paid_already
from conversations.screens import Button, Choose, Clock, Do, Exact, Line, Look, Open, Say, Screen, Style, lines, say
from conversations.talk import Answer
from conversations.words import city
from core.booking.booking import Booking, State
from core.booking.price import LineKind, Price, PriceLine
from core.booking.refusals import CardsNotTaken, HoldOver
from core.payments.checkout import Checkout, CheckoutState, OrderLine
from core.payments.pay import Bill, lasting_to_pay
from core.payments.payment import PENDING, Payment
from core.values.charges import chargeable
from core.values.money import Money

CHANGE = "change"
AGAIN = "again"
RETURN_LINK = "p_"  # and the booking's id: back from the payment page


def continue_to_pay(turn: BookingTurn, booking: Booking) -> None:
    """Ask for the page; what it says is what the review card says. Raises CardsNotTaken, and what the desk raises."""
    if not turn.takes_cards:
        raise CardsNotTaken(studio=turn.studio.name)
    bill = bill_of(turn, booking)
    paying = turn.desk.continue_to_pay(booking.id, bill)
    turn.facts.forget(paying)
    if paying.extended and not booking.extended:
        turn.toast = say("toast-held-until", until=turn.when(paying.hold_until, Clock.TIME))


def bill_of(turn: BookingTurn, booking: Booking) -> Bill:
    """The payment page in the client's language."""
    note = say(
        "bill-note",
        until=turn.when(lasting_to_pay(booking, turn.desk.now).hold_until, Clock.TIME),
        city=city(turn.studio.zone_name),
    )
    return Bill(
        lines=tuple(_bill_lines(turn, booking)),
        return_to=turn.front.return_of(f"{RETURN_LINK}{booking.id}", turn.language),
        back_to=turn.front.link_of(""),
        note=turn.words.phrase(note, turn.language),
        language=turn.language,
    )


def price_line_title(line: PriceLine) -> Say:
    """What a line of the price is for, as the review card and the payment page name it."""
    return say("price-premium") if line.kind is LineKind.PREMIUM else say("as-written", text=line.title)


def _bill_lines(turn: BookingTurn, booking: Booking) -> list[OrderLine]:
    """Every line less its part of the discount; a part of the whole, and what cannot be charged by lines, is one."""
    price = booking.price
    itemised = [(name, amount) for name, amount in _items(price) if amount]
    if price.due_now == price.total and all(chargeable(amount) == amount for _, amount in itemised):
        return [OrderLine(name=turn.words.phrase(name, turn.language), amount=amount) for name, amount in itemised]
    whole = say(
        "bill-retainer" if price.due_now != price.total else "bill-whole",
        title=booking.snapshot.title,
        package=booking.package.title,
        code=booking.code,
    )
    return [OrderLine(name=turn.words.phrase(whole, turn.language), amount=price.due_now)]


def _items(price: Price) -> list[tuple[Say, Money]]:
    lines = [(_counted(line), line.net) for line in price.lines]
    if price.tax_rule and not price.tax_rule.inclusive:
        lines.append((say("as-written", text=price.tax_rule.name), price.tax))
    return [*lines, (say("bill-tip"), price.tip)]


def _counted(line: PriceLine) -> Say:
    title = price_line_title(line)
    return say("bill-line-times", title=title, count=line.count) if line.count > 1 else title


# -- the step --


def _show_pay(turn: BookingTurn) -> Screen:
    booking, checkout = turn.facts.live, turn.facts.checkout
    if booking is None or checkout is None:
        return Screen(lines=(Line(say("refusal-hold-over")),))
    if booking.state is State.RELEASING:
        return Screen(lines=(*_what(turn, booking), *_closing(booking, checkout)))
    if payment := _paid_oddly(turn, booking, checkout):
        return _payment_first(turn, booking, payment)
    change = (Button(say("button-change-something"), Choose(CHANGE)),)
    if checkout.state is CheckoutState.OPEN and checkout.url:
        amount = Exact(checkout.order.total)
        pay = (Button(say("button-pay", amount=amount), Open(checkout.url), Style.SUCCESS),)
        return Screen(lines=(*_what(turn, booking), *_open_page(turn, booking, checkout)), rows=(pay, change))
    silent = checkout.state is CheckoutState.UNKNOWN
    waits = (say("page-till-silent"), _held_until(turn, booking)) if silent else (say("page-being-made"),)
    return Screen(lines=(*_what(turn, booking), *lines(*waits, gap=True)), rows=(change,))


def _closing(booking: Booking, checkout: Checkout) -> tuple[Line, ...]:
    to_change = booking.noted is State.HELD and booking.noted_spot_id is None
    silent = lines(say("page-till-silent")) if checkout.silent_since else ()
    faster = () if to_change else lines(*if_paid_already(booking))
    return (*lines(say("page-closing-to-change" if to_change else "page-closing"), gap=True), *silent, *faster)


def _paid_oddly(turn: BookingTurn, booking: Booking, checkout: Checkout) -> Payment | None:
    """What was paid on the present page and did not book anything."""
    if checkout.state is not CheckoutState.COMPLETE:
        return None
    return next((one for one in turn.desk.payments(booking) if one.checkout_id == checkout.id), None)


def _payment_first(turn: BookingTurn, booking: Booking, payment: Payment) -> Screen:
    """The photographer decides on it; once it goes back, the time can be taken again and paid anew."""
    if payment.disposition in PENDING:
        ask = Button(say("button-ask", studio=turn.studio.name), Do("ask", ""))
        return Screen(
            lines=(*_what(turn, booking), Line(say("payment-looked-at", studio=turn.studio.name), gap=True)),
            rows=((ask,),),
        )
    time = turn.when(booking.snapshot.starts, Clock.TIME)
    return Screen(
        lines=lines(*going_back(turn.studio, booking, payment), say("pay-anew", time=time)),
        rows=((Button(say("button-take-again", time=time), Choose(AGAIN), Style.PRIMARY),),),
    )


def _what(turn: BookingTurn, booking: Booking) -> tuple[Line, ...]:
    when = say("when-and-city", when=turn.when(booking.snapshot.starts), city=city(turn.studio.zone_name))
    return lines(title_of(booking), when)


def _open_page(turn: BookingTurn, booking: Booking, checkout: Checkout) -> tuple[Line, ...]:
    return (
        Line(say("pay-now", amount=Exact(checkout.order.total)), Look.TITLE, gap=True),
        Line(say("pay-on-stripes-page")),
        Line(_held_until(turn, booking)),
    )


def _held_until(turn: BookingTurn, booking: Booking) -> Say:
    return say("page-held-until", until=turn.when(booking.hold_until, Clock.DEADLINE))


def _accept_pay(turn: BookingTurn, choice: str) -> Answer:
    booking = turn.facts.live
    if booking is None:
        raise HoldOver
    if choice == CHANGE:
        turn.facts.forget(turn.desk.change_something(booking.id))
    elif choice == AGAIN:
        _take_again(turn, booking)
    return None


def _take_again(turn: BookingTurn, booking: Booking) -> None:
    """Hold the time anew after its payment went back; in one unit of work, so that nobody is faster."""
    over = turn.desk.change_something(booking.id)
    held = turn.desk.take_up(over.id, over.spot_id)
    turn.facts.forget(held)
    turn.toast = say("toast-held", time=turn.when(held.snapshot.starts, Clock.TIME))
    turn.talk.notice = held_notice(turn, held)


PAY = Step(id="pay", section="pay", show=_show_pay, accept=_accept_pay)
