"""The look over everything before it counts: each line can be changed, and money is said in full (F6, H2)."""

from conversations.booking.contract import sign_again
from conversations.booking.details import DETAILS, contact_line
from conversations.booking.facts import BookingTurn
from conversations.booking.held import title_of
from conversations.booking.pay import continue_to_pay, price_line_title
from conversations.booking.questions import answer_lines, questions_form
from conversations.engine import Step, change
from conversations.money import balance_line, is_paid_outside
from conversations.screens import Button, Choose, Clock, Do, Exact, Line, Look, Say, Screen, Style, say
from conversations.talk import Answer
from conversations.words import city
from core.booking.booking import Booking
from core.booking.hold import minutes_left
from core.booking.price import Price, PriceLine
from core.booking.refusals import HoldOver
from core.minis.mini import PaidBy
from core.paperwork.contract import Agreement
from core.paperwork.fields import OF_PACKAGE, OF_TIME, Field

DONE = "done"
SURE = "sure"  # in the course's view: what is to be changed although a signature hangs on it
CONSENTS = "consents"
#: What each button asks again.
_PARTS = {
    "time": ("day", "time"),
    "details": ("same", *DETAILS.parts),
    "package": ("package",),
    "add_ons": ("add_ons",),
}


def _show_review(turn: BookingTurn) -> Screen:
    booking = turn.facts.live
    if booking is None:
        return Screen(lines=(Line(say("refusal-hold-over")),))
    if turn.course.view.get(SURE):
        return Screen(
            lines=(Line(say("sure-sign-again")),),
            rows=(
                (Button(say("button-change-yes"), Choose(SURE), Style.PRIMARY),),
                (Button(say("button-keep-as-is"), Choose("keep")),),
            ),
        )
    return Screen(
        lines=(
            *what_and_when(turn, booking),
            *((Line(contact_line(booking.contact), gap=True),) if booking.contact else ()),
            *_signed_lines(turn),
            *_answered_lines(turn),
            *price_lines(booking.price),
            *_what_to_pay(turn, booking.price),
            Line(say("held-minutes", minutes=minutes_left(booking, turn.desk.now))),
        ),
        rows=((_confirm_button(turn, booking.price),), *_change_buttons(turn)),
    )


def what_and_when(turn: BookingTurn, booking: Booking) -> tuple[Line, ...]:
    """Title and package, day with its year, both times with the city, and the place."""
    snapshot = booking.snapshot
    when = say(
        "from-to",
        day=turn.when(snapshot.starts, Clock.DAY_YEAR),
        starts=turn.when(snapshot.starts, Clock.TIME),
        ends=turn.when(snapshot.starts + (booking.package.length or snapshot.ends - snapshot.starts), Clock.TIME),
        city=city(turn.studio.zone_name),
    )
    place = (Line(say("as-written", text=snapshot.place)),) if snapshot.place else ()
    return (Line(title_of(booking)), Line(when), *place)


def _signed_lines(turn: BookingTurn) -> tuple[Line, ...]:
    """Each contract that is signed, with what was allowed beside it."""
    signed = [paper.agreement for paper in turn.facts.papers if paper.is_signed and paper.agreement]
    return tuple(
        Line(one)
        for agreement in signed
        for one in (
            say("signed-short", title=agreement.title, version=agreement.contract.version),
            *_consents(agreement),
        )
    )


def _consents(agreement: Agreement) -> list[Say]:
    allowed = dict(agreement.signing.consents) if agreement.signing else {}
    return [
        say("consent-given" if allowed.get(one.id) else "consent-refused", label=one.label)
        for one in agreement.consents
    ]


def _answered_lines(turn: BookingTurn) -> tuple[Line, ...]:
    facts = turn.facts
    return answer_lines(turn, facts.questionnaire, facts.answers) if facts.questionnaire and facts.answers else ()


def price_lines(price: Price) -> tuple[Line, ...]:
    """Every line of the price with its amount, and the total where there is more than one."""
    shown = [Line(_price_line(line), gap=number == 0) for number, line in enumerate(price.lines)]
    if price.discount:
        shown.append(Line(say("price-discount", amount=Exact(price.discount))))
    if price.tax and price.tax_rule:
        key = "price-tax-inclusive" if price.tax_rule.inclusive else "price-tax"
        shown.append(Line(say(key, name=price.tax_rule.name, amount=Exact(price.tax))))
    if len(shown) > 1:
        shown.append(Line(say("price-total", amount=Exact(price.total)), Look.TITLE))
    return tuple(shown)


def _price_line(line: PriceLine) -> Say:
    title = price_line_title(line)
    if not line.gross:
        return say("price-line-free", title=title)
    if line.count > 1:
        return say("price-line-times", title=title, count=line.count, amount=Exact(line.gross))
    return say("price-line", title=title, amount=Exact(line.gross))


def _what_to_pay(turn: BookingTurn, price: Price) -> tuple[Line, ...]:
    if not price.total:
        return (Line(say("pay-nothing"), Look.TITLE),)
    if price.paid_by is PaidBy.OUTSIDE:
        return (Line(say("pay-outside", studio=turn.studio.name, amount=Exact(price.later)), Look.TITLE),)
    now = (Line(say("pay-now", amount=Exact(price.due_now)), Look.TITLE),) if price.due_now else ()
    how = (Line(_how(turn)),) if price.due_now else ()
    return (*now, *balance_line(turn.studio, turn.facts.live), *how)


def _how(turn: BookingTurn) -> Say:
    if turn.takes_cards:
        return say("pay-on-stripes-page")
    return say("refusal-cards-not-taken", studio=turn.studio.name)


def _confirm_button(turn: BookingTurn, price: Price) -> Button:
    if turn.facts.preview:
        label = say("button-end-preview")
    elif price.due_now and not turn.takes_cards:
        return Button(say("button-ask", studio=turn.studio.name), Do("ask", ""), Style.PRIMARY)
    elif price.due_now:
        return Button(say("button-continue-to-pay", amount=Exact(price.due_now)), Choose("pay"), Style.SUCCESS)
    elif is_paid_outside(price):
        label = say("button-confirm-outside", studio=turn.studio.name)
    else:
        label = say("button-confirm-later" if price.later else "button-confirm-free")
    return Button(label, Choose("confirm"), Style.SUCCESS)


def _change_buttons(turn: BookingTurn) -> tuple[tuple[Button, ...], ...]:
    facts = turn.facts
    buttons = [
        *([Button(say("button-change-package"), Choose("package"))] if len(facts.packages) > 1 else []),
        *([Button(say("button-change-add-ons"), Choose("add_ons"))] if facts.add_ons else []),
        Button(say("button-change-time"), Choose("time")),
        Button(say("button-change-details"), Choose("details")),
        *([Button(say("button-change-consents"), Choose(CONSENTS))] if _has_consents(turn) else []),
        *([Button(say("button-change-answers"), Choose("answers"))] if facts.questionnaire else []),
    ]
    return tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))


def _accept_review(turn: BookingTurn, choice: str) -> Answer:
    booking = turn.facts.live
    if booking is None:
        raise HoldOver
    sure = turn.course.view.pop(SURE, "")
    if choice == SURE and sure == CONSENTS:
        sign_again(turn)
        return None
    if choice == SURE and sure:
        change(turn, *_PARTS[sure])
        return None
    if choice in {*_PARTS, CONSENTS} and _voids_signature(turn, choice):
        turn.course.view[SURE] = choice
        return None
    match choice:
        case "confirm":
            end = turn.desk.end_preview if booking.preview else turn.desk.confirm
            turn.facts.forget(end(booking.id))
            return DONE
        case "pay":
            continue_to_pay(turn, booking)
        case "answers" if turn.facts.questionnaire:
            change(turn, *questions_form(turn.facts.questionnaire, lambda turn: turn.facts.live, None).parts)
        case _ if choice in _PARTS:
            change(turn, *_PARTS[choice])
        case _:
            pass
    return None


def _has_consents(turn: BookingTurn) -> bool:
    return any(paper.is_signed and paper.contract.consents for paper in turn.facts.papers)


def _voids_signature(turn: BookingTurn, choice: str) -> bool:
    """Whether a contract that is signed hangs on what would be changed, so that it would have to be signed again."""
    if choice == CONSENTS:
        return _has_consents(turn)
    fields = {"time": OF_TIME, "package": OF_PACKAGE, "add_ons": OF_PACKAGE}.get(choice, frozenset[Field]())
    named = {name for paper in turn.facts.papers if paper.is_signed for name, _ in paper.facts}
    return any(field in named for field in fields)


REVIEW = Step(id="review", section="review", show=_show_review, accept=_accept_review)
