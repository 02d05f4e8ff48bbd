"""What is asked of a package, and the package that the answers are (B3).

A typed line answers what it says; what it leaves open is asked.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from conversations.engine import Step
from conversations.screens import Button, Choose, Line, Say, Screen, lines, say
from conversations.studio.amounts import kept_share, share_of, till_of
from conversations.studio.overview import button
from conversations.studio.turn import StudioTurn
from conversations.studio.typed_money import Foreign, read_money
from conversations.studio.typed_package import Gap, TypedPackage, read_retainer
from conversations.studio.typed_pauses import read_length
from conversations.talk import Answer
from core.minis.describe import read_title
from core.minis.mini import ONLINE, Package, PaidBy
from core.minis.packages import NoTill, check_amount
from core.minis.plan import DURATION_LIMITS, DurationOutOfRange, check_length
from core.values.money import WHOLE, Money
from core.values.refusals import Refusal

#: Steps; each keeps its answer as said beside it.
TITLE: Final = "pack_title"
FEE: Final = "pack_fee"  # minor units
PAID: Final = "pack_paid"  # PaidBy
RETAINER: Final = "pack_retainer"  # as `kept_share`
INCLUDES: Final = "pack_includes"
LENGTH: Final = "pack_length"  # minutes; 0 as long as the spot
#: Of the subject: amounts that a line says and that can be read in two ways.
UNCLEAR: Final = "unclear"
_LENGTHS: Final = (15, 20, 30, 40, 60)
_TYPED: Final = "t."
_MINUTE: Final = timedelta(minutes=1)


class ForeignAmount(Refusal):
    """Amounts are in the studio's currency. Facts: typed, currency."""


class RetainerUnfit(Refusal):
    """A retainer is more than nothing and less than all of the fee (B3)."""


# -- what was answered --


def fill(turn: StudioTurn, typed: TypedPackage) -> None:
    """Answer what the line says clearly; what it says nothing of is left to the steps, or as usual."""
    answers = turn.answers
    if typed.title:
        answers[TITLE] = read_title(typed.title)
    if typed.fee is not None:
        check_amount(turn.studio, typed.fee)
        answers[FEE] = typed.fee.minor
    if typed.unclear:
        turn.course.subject[UNCLEAR] = "\n".join(typed.unclear)
    paid_by = typed.paid_by
    if paid_by is None and not typed.unclear and Gap.PAID_BY not in typed.asks:
        paid_by = PaidBy.FULL if turn.takes_cards else PaidBy.OUTSIDE
    if paid_by is not None:
        answers[PAID] = paid_by
    if typed.retainer and Gap.RETAINER not in typed.asks:
        answers[RETAINER] = kept_share(typed.retainer)
    answers[INCLUDES] = typed.includes
    answers[LENGTH] = typed.length // _MINUTE if typed.length else 0


def fill_from(turn: StudioTurn, package: Package) -> None:
    """Answer everything as it is in a package that was saved."""
    answers = turn.answers
    answers |= {TITLE: package.title, FEE: package.fee.minor, PAID: package.paid_by, INCLUDES: package.includes}
    answers[LENGTH] = package.length // _MINUTE if package.length else 0
    if package.retainer:
        answers[RETAINER] = kept_share(package.retainer)


def package_of(turn: StudioTurn) -> Package:
    """The package that the answers are, all given."""
    fee = fee_of(turn)
    paid_by = PaidBy(turn.text(PAID)) if fee else PaidBy.FREE
    minutes = turn.answers.get(LENGTH)
    return Package(
        id=turn.course.subject.get("package", ""),
        title=turn.text(TITLE),
        fee=fee,
        paid_by=paid_by,
        includes=turn.text(INCLUDES),
        length=minutes * _MINUTE if isinstance(minutes, int) and minutes else None,
        retainer=share_of(turn, turn.text(RETAINER)) if paid_by is PaidBy.RETAINER else None,
    )


def fee_of(turn: StudioTurn) -> Money:
    minor = turn.answers.get(FEE)
    return Money(minor if isinstance(minor, int) else 0, turn.studio.currency)


def questions(turn: StudioTurn) -> Iterator[Step[StudioTurn]]:
    """Every question of a package, in order."""
    yield ASKED_TITLE
    yield from money_questions(turn)
    yield ASKED_INCLUDES
    yield ASKED_LENGTH


def money_questions(turn: StudioTurn) -> Iterator[Step[StudioTurn]]:
    yield ASKED_FEE
    if turn.answers.get(FEE):
        yield ASKED_PAID
        if turn.text(PAID) == PaidBy.RETAINER:
            yield ASKED_RETAINER


# -- its title, and what is included --


def _keep(label: Say | None) -> tuple[tuple[Button, ...], ...]:
    return ((Button(label, Choose("keep")),),) if label else ()


def _show_title(turn: StudioTurn) -> Screen:
    now = turn.text(TITLE)
    return Screen(lines=lines(say("package-title-ask")), rows=_keep(say("button-keep", text=now) if now else None))


def _accept_title(turn: StudioTurn, choice: str) -> Answer:
    if choice == "keep":
        return turn.text(TITLE) or None
    return read_title(choice.removeprefix(_TYPED)) if choice.startswith(_TYPED) else None


ASKED_TITLE: Final[Step[StudioTurn]] = Step(
    id=TITLE, show=_show_title, accept=_accept_title, typed=lambda _turn, text: f"{_TYPED}{text}"
)


def _show_includes(turn: StudioTurn) -> Screen:
    now = turn.text(INCLUDES)
    shown = (Line(say("package-includes-ask")), *((Line(say("package-includes-now", text=now)),) if now else ()))
    label = say("button-nothing-included") if now else say("button-skip")
    keep = _keep(say("button-keep-as-is") if now else None)
    return Screen(lines=shown, rows=(*keep, (Button(label, Choose("none")),)))


def _accept_includes(turn: StudioTurn, choice: str) -> Answer:
    if choice == "keep":
        return turn.text(INCLUDES)
    if choice == "none":
        return ""
    return " ".join(choice.removeprefix(_TYPED).split()) if choice.startswith(_TYPED) else None


ASKED_INCLUDES: Final[Step[StudioTurn]] = Step(
    id=INCLUDES, show=_show_includes, accept=_accept_includes, typed=lambda _turn, text: f"{_TYPED}{text}"
)


# -- its fee --


def _show_fee(turn: StudioTurn) -> Screen:
    unclear = turn.course.subject.get(UNCLEAR, "")
    now = turn.answers.get(FEE)
    named = (Line(say("amount-unclear", typed=tuple(unclear.split("\n")))),) if unclear else ()
    return Screen(
        lines=(*named, Line(say("package-fee-ask", title=turn.text(TITLE) or say("package-usual-title")))),
        rows=(
            *_keep(say("button-keep-amount", amount=fee_of(turn)) if now else None),
            (Button(say("button-free"), Choose("m.0")),),
        ),
    )


def _accept_fee(turn: StudioTurn, choice: str) -> Answer:
    if choice == "keep":
        return turn.answers.get(FEE)
    digits = choice.removeprefix("m.")
    if not choice.startswith("m.") or not digits.isdecimal():
        return None
    check_amount(turn.studio, Money(int(digits), turn.studio.currency))
    turn.course.subject.pop(UNCLEAR, None)
    retainer = share_of(turn, turn.text(RETAINER))
    if retainer and retainer.amount and retainer.amount.minor >= int(digits):
        turn.answers.pop(RETAINER)
    return int(digits)


def typed_amount(turn: StudioTurn, text: str) -> str | None:
    """What is typed of an amount as a choice. Raises ForeignAmount."""
    money = read_money(text, till_of(turn))
    if isinstance(money, Foreign):
        raise ForeignAmount(typed=money.typed, currency=turn.studio.currency)
    return None if money is None else f"m.{money.minor}"


ASKED_FEE: Final[Step[StudioTurn]] = Step(id=FEE, show=_show_fee, accept=_accept_fee, typed=typed_amount)


# -- how it is paid --


def _show_paid(turn: StudioTurn) -> Screen:
    if not turn.takes_cards:
        return Screen(lines=lines(say("cards-not-yet")), rows=no_till_rows(turn, "outside"))
    full = Button(say("button-paid-full"), Choose(PaidBy.FULL))
    retainer = Button(say("button-paid-retainer"), Choose(PaidBy.RETAINER))
    outside = Button(say("button-paid-outside"), Choose(PaidBy.OUTSIDE))
    return Screen(lines=lines(say("package-paid-ask", fee=fee_of(turn))), rows=((full,), (retainer,), (outside,)))


def no_till_rows(turn: StudioTurn, outside: str) -> tuple[tuple[Button, ...], ...]:
    """What is possible until cards are taken (A3): paid to the studio directly, or connecting a till."""
    connect = button(turn, say("button-connect-payments"), "connect", "")
    return ((Button(say("button-outside-for-now"), Choose(outside)),), *((connect,) if connect else ()))


def _accept_paid(turn: StudioTurn, choice: str) -> Answer:
    if choice not in {PaidBy.FULL, PaidBy.RETAINER, PaidBy.OUTSIDE}:
        return None
    if choice in ONLINE and not turn.takes_cards:
        raise NoTill
    return choice


ASKED_PAID: Final[Step[StudioTurn]] = Step(id=PAID, show=_show_paid, accept=_accept_paid, rests_on=())


# -- its retainer --


def _show_retainer(turn: StudioTurn) -> Screen:
    now = share_of(turn, turn.text(RETAINER))
    keep = say("button-keep", text=turn.text(RETAINER)) if now and now.amount is None else None
    if now and now.amount:
        keep = say("button-keep-amount", amount=now.amount)
    return Screen(lines=lines(say("package-retainer-ask", fee=fee_of(turn))), rows=_keep(keep))


def _accept_retainer(turn: StudioTurn, choice: str) -> Answer:
    choice = turn.text(RETAINER) if choice == "keep" else choice
    share = share_of(turn, choice)
    if share is None:
        return None
    number, whole = (share.amount.minor, fee_of(turn).minor) if share.amount else (share.percent_hundredths or 0, WHOLE)
    if not 0 < number < whole:
        raise RetainerUnfit
    return choice


def _typed_retainer(turn: StudioTurn, text: str) -> str | None:
    share = read_retainer(text, till_of(turn))
    if isinstance(share, Foreign):
        raise ForeignAmount(typed=share.typed, currency=turn.studio.currency)
    return kept_share(share) if share else None


ASKED_RETAINER: Final[Step[StudioTurn]] = Step(
    id=RETAINER, show=_show_retainer, accept=_accept_retainer, typed=_typed_retainer
)


# -- its own length --


def _show_length(_turn: StudioTurn) -> Screen:
    lengths = tuple(Button(say("button-minutes", minutes=one), Choose(str(one))) for one in _LENGTHS)
    return Screen(
        lines=lines(say("package-length-ask")),
        rows=((Button(say("button-length-of-spot"), Choose("0")),), lengths[:3], lengths[3:]),
    )


def _accept_length(_turn: StudioTurn, choice: str) -> Answer:
    if not choice.isdecimal():
        return None
    if minutes := int(choice):
        check_length(minutes * _MINUTE, DURATION_LIMITS, DurationOutOfRange)
    return minutes


def _typed_length(_turn: StudioTurn, text: str) -> str | None:
    length = read_length(text)
    return None if length is None else str(length // _MINUTE)


ASKED_LENGTH: Final[Step[StudioTurn]] = Step(id=LENGTH, show=_show_length, accept=_accept_length, typed=_typed_length)
