"""The payment page: asked for at the review, open in the browser, closed before anything changes (F6, F7, G5)."""

from conversations.booking.facts import BookingTurn
from conversations.engine import Step
from conversations.screens import Button, Choose, Clock, Exact, Line, Look, Open, Say, Screen, Style, say
from conversations.talk import Answer
from conversations.words import city
from core.booking.booking import Booking, State
from core.booking.price import LineKind, Price, PriceLine
from core.booking.refusals import CardsNotTaken, HoldOver
from core.payments.checkout import Checkout, CheckoutState, OrderLine
from core.payments.pay import Bill
from core.payments.payment import PENDING
from core.values.charges import chargeable
from core.values.money import Money

CHANGE = "change"
RETURN_LINK = "p_"  # and the booking's id: back from the payment page


def continue_to_pay(turn: BookingTurn, booking: Booking) -> None:
    """Ask for the page; what it says is what the review card says. Raises CardsNotTaken, and what the desk raises."""
    if not turn.front.takes_cards:
        raise CardsNotTaken(studio=turn.studio.name)
    turn.facts.forget(turn.desk.continue_to_pay(booking.id, bill_of(turn, booking)))


def bill_of(turn: BookingTurn, booking: Booking) -> Bill:
    """The payment page in the client's language."""
    note = say(
        "bill-note",
        until=turn.when(booking.hold_until, Clock.TIME),
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
        key = "page-closing-to-change" if booking.noted is State.HELD else "page-closing"
        return Screen(lines=(Line(say(key)),))
    if any(payment.disposition in PENDING for payment in turn.desk.payments(booking)):
        return Screen(lines=(Line(say("payment-looked-at", studio=turn.studio.name)),))
    change = (Button(say("button-change-something"), Choose(CHANGE)),)
    if checkout.state is CheckoutState.OPEN and checkout.url:
        amount = Exact(checkout.order.total)
        pay = (Button(say("button-pay", amount=amount), Open(checkout.url), Style.SUCCESS),)
        return Screen(lines=(*_what(turn, booking), *_open_page(turn, booking, checkout)), rows=(pay, change))
    waiting = "page-till-silent" if checkout.state is CheckoutState.UNKNOWN else "page-being-made"
    return Screen(lines=(*_what(turn, booking), Line(say(waiting), gap=True)), rows=(change,))


def _what(turn: BookingTurn, booking: Booking) -> tuple[Line, ...]:
    title = say("title-and-package", title=booking.snapshot.title, package=booking.package.title)
    when = say("when-and-city", when=turn.when(booking.snapshot.starts), city=city(turn.studio.zone_name))
    return (Line(title), Line(when))


def _open_page(turn: BookingTurn, booking: Booking, checkout: Checkout) -> tuple[Line, ...]:
    until = turn.when(booking.hold_until, Clock.DEADLINE)
    return (
        Line(say("pay-now", amount=Exact(checkout.order.total)), Look.TITLE, gap=True),
        Line(say("page-open-until", until=until)),
        Line(say("pay-on-stripes-page")),
    )


def _accept_pay(turn: BookingTurn, choice: str) -> Answer:
    booking = turn.facts.live
    if booking is None:
        raise HoldOver
    if choice == CHANGE:
        turn.facts.forget(turn.desk.change_something(booking.id))
    return None


PAY = Step(id="pay", section="pay", show=_show_pay, accept=_accept_pay)
