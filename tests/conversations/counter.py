"""What happens at the till around a transcript: its words, and the cashier's work, done step by step without a loop."""

import re
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any, TypeVar

from bots.cashier import answer_to
from core.back_office import BackOffice
from core.payments.errands import Errand
from core.payments.till import TillRefused, TillShut
from core.ports import Records
from core.values.money import Money
from core.values.refusals import Trouble
from tests.till import FakeTill

LEASE = timedelta(minutes=1)

T = TypeVar("T")


class Counter:
    """The till, and who asks it. `do` runs a unit of work on the scene's store."""

    def __init__(self, do: Callable[[Callable[[Records], Any]], Any]) -> None:
        self._do = do
        self.till = FakeTill(self._now)
        #: Stripe takes its time: what it is asked is answered later.
        self._is_slow = False
        self._waiting: list[Errand] = []
        self._events = 0

    def _now(self) -> datetime:
        return self._do(lambda records: records.now)

    # -- the cashier's work --

    def do_errands(self) -> bool:
        """Ask what is due to be asked. False where nothing was."""
        errands: list[Errand] = self._do(lambda records: BackOffice(records).take_errands(50, LEASE))
        if self._is_slow:
            self._waiting += errands
            return False
        for errand in (*self._waiting, *errands):
            self._do_errand(errand)
        done = bool(self._waiting or errands)
        self._waiting = []
        return done

    def _do_errand(self, errand: Errand) -> None:
        try:
            answer = _ended(answer_to(errand, self.till))
        except TillRefused as refused:
            code = refused.code
            self._do(lambda records: BackOffice(records).refused(errand, code))
        except Trouble as trouble:
            shut = isinstance(trouble, TillShut)
            self._do(lambda records: BackOffice(records).unheard(errand, shut=shut))
        else:
            self._do(lambda records: BackOffice(records).heard(errand, answer))

    # -- what happens there --

    def happens(self, what: str, sessions: list[str]) -> bool:
        """Let it happen; `sessions` are the client's pages, oldest first. False where nobody knows what that means."""
        for pattern, deed in DEEDS:
            if match := re.fullmatch(pattern, what):
                deed(self, sessions, *match.groups())
                return True
        return False

    def pay(self, sessions: list[str], amount: str | None = None) -> None:
        """Pay the newest page, if it is open."""
        odd = Money(int(amount) * 100, self.till.page(sessions[-1]).amount.currency) if amount else None
        assert self.till.pay(sessions[-1], odd), "the page is not open"

    def pay_in_vain(self, sessions: list[str]) -> None:
        assert not any(self.till.pay(one) for one in sessions), "a page was open"

    def tell(self, _sessions: list[str], again: str | None = None) -> None:
        """Webhooks come: of each page, and of what was paid there, it is said that something happened."""
        self._events += not again
        for number, session in enumerate(self.till.sessions):
            event, page = f"evt_{self._events}_{number}", self.till.page(session)
            self._do(
                lambda records, event=event, page=page: BackOffice(records).hint(
                    event, checkout_id=page.checkout_id, payment_ref=page.payment_ref
                )
            )

    def page_says(self, sessions: list[str], note: str) -> None:
        said = self.till.note(sessions[-1])
        assert said == note, f"the page says: {said}"

    def be_slow(self, *, slow: bool) -> None:
        self._is_slow = slow

    def shut(self, *, shut: bool) -> None:
        self.till.is_shut = shut

    def refuse_pages(self, *, refuse: bool) -> None:
        self.till.refuses_pages = refuse

    def payment(self, sessions: list[str]) -> str:
        """The client's newest payment, by its name."""
        paid = [ref for one in sessions if (ref := self.till.page(one).payment_ref)]
        return paid[-1]

    def refund(self, sessions: list[str]) -> str:
        return self.till.refunds(self.payment(sessions))[0].ref

    def money(self, sessions: list[str]) -> list[str]:
        """What of the client's money moved at the till, in order, in minor units and for reading."""
        moved: list[str] = []
        for page in map(self.till.page, sessions):
            if page.payment_ref:
                moved.append(f"{_spoken(page.amount)} paid")
                moved += [
                    f"{_spoken(one.amount)} back" + ("" if one.state == "done" else f" ({one.state})")
                    for one in reversed(self.till.refunds(page.payment_ref))
                ]
        return moved


Deed = Callable[..., object]

#: What a transcript may say of the till, and the deed that it means.
DEEDS: tuple[tuple[str, Deed], ...] = (
    (r"(?:client(?: \d)?) pays on Stripe's page", Counter.pay),
    (r"(?:client(?: \d)?) pays \$(\d+) on Stripe's page", Counter.pay),
    (r"(?:client(?: \d)?) can pay on no page", Counter.pay_in_vain),
    (r"Stripe's page says “(.+)”", Counter.page_says),
    (r"the card is declined", lambda _counter, _sessions: None),
    (r"a webhook comes", Counter.tell),
    (r"the webhook comes (again)", Counter.tell),
    (r"Stripe is slow", lambda counter, _: counter.be_slow(slow=True)),
    (r"Stripe is no longer slow", lambda counter, _: counter.be_slow(slow=False)),
    (r"Stripe is down", lambda counter, _: counter.till.go_down(None)),
    (r"Stripe answers again", lambda counter, _: counter.till.come_back()),
    (r"Stripe's next answer is lost", lambda counter, _: counter.till.lose_answers(1)),
    (r"Stripe refuses the page", lambda counter, _: counter.refuse_pages(refuse=True)),
    (r"Stripe makes pages again", lambda counter, _: counter.refuse_pages(refuse=False)),
    (r"the key is revoked", lambda counter, _: counter.shut(shut=True)),
    (r"the key is set right", lambda counter, _: counter.shut(shut=False)),
    (r"Stripe's page ends by itself", lambda counter, sessions: counter.till.expire(sessions[-1])),
    (r"the next refund takes its time", lambda counter, _: counter.till.make_refunds_wait(1)),
    (r"the next refund fails", lambda counter, _: counter.till.make_refunds_fail(1)),
    (r"the refund arrives", lambda counter, sessions: counter.till.settle_refund(counter.refund(sessions))),
    (r"the refund fails", lambda counter, sessions: counter.till.fail_refund(counter.refund(sessions))),
    (
        r"Luna Photo pays \$(\d+) back by hand",
        lambda counter, sessions, amount: counter.till.refund_in_dashboard(
            counter.payment(sessions), int(amount) * 100
        ),
    ),
    (r"the bank disputes the payment", lambda counter, sessions: counter.till.dispute(counter.payment(sessions))),
    (
        r"the dispute is (won|lost)",
        lambda counter, sessions, how: counter.till.end_dispute(counter.payment(sessions), won=how == "won"),
    ),
)


def _ended(work: Coroutine[Any, Any, T]) -> T:
    """The coroutine's outcome; it waits for nothing."""
    try:
        work.send(None)
    except StopIteration as ended:
        return ended.value
    raise AssertionError("this till waits for something")


def _spoken(amount: Money) -> str:
    digits = amount.exponent
    whole, rest = divmod(amount.minor, 10**digits)
    return f"{whole}.{rest:0{digits}} {amount.currency}" if digits else f"{whole} {amount.currency}"
