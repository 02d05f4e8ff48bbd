"""What the money's part needs of storage."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from core.payments.account import Takings
from core.payments.checkout import Checkout
from core.payments.payment import Payment, Refund
from core.payments.till_key import Outstanding, TillKey


class CheckoutRecords(Protocol):
    def add(self, checkout: Checkout) -> None:
        """Write it for the till that is the studio's present one, and stays it before the unit ends."""
        ...

    def one(self, studio_id: str, checkout_id: str) -> Checkout | None: ...
    def newest(self, studio_id: str, booking_id: str) -> Checkout | None:
        """The one that was made last for the booking."""
        ...

    def change(self, old: Checkout, new: Checkout) -> Checkout | None:
        """Write `new` where state and version are still `old`'s; gives it with its new version, or None."""
        ...

    def due(self, limit: int, until: datetime) -> list[Checkout]:
        """Those to be asked about now, of every studio, the longest due first; they come due again at `until`."""
        ...

    def hint(self, checkout_id: str) -> bool:
        """Have it asked about now, whosever it is, unless nothing is to be learned. False where there is none."""
        ...

    def capped(self, limit: int) -> list[Checkout]:
        """Payable ones of every studio, asked about in vain, whose page's own end is past by the hard cap."""
        ...


class PaymentRecords(Protocol):
    def add(self, payment: Payment) -> None: ...
    def one(self, studio_id: str, payment_id: str) -> Payment | None: ...
    def change(self, old: Payment, new: Payment) -> Payment | None: ...
    def of_booking(self, studio_id: str, booking_id: str) -> list[Payment]:
        """In the order they came in."""
        ...

    def of_mini(self, studio_id: str, mini_id: str) -> list[Payment]: ...
    def of_cancelled_paid(self, studio_id: str) -> list[Payment]:
        """Of the bookings that their clients cancelled who had paid something."""
        ...

    def takings(self, studio_id: str, currency: str, mini_id: str | None) -> Takings:
        """What all bookings of the mini, or of the studio, brought and still owe, summed up by the database."""
        ...

    def pending(self, studio_id: str, booking_id: str) -> bool:
        """Whether it is open what becomes of a payment of the booking: `choosing` or `manual`."""
        ...

    def choosing_in(self, studio_id: str, mini_id: str) -> list[Payment]: ...
    def kept_in(self, studio_id: str, mini_id: str) -> Mapping[str, int]:
        """By booking, what stands for it of those that have seats of the mini, in minor units."""
        ...

    def choices_over(self, limit: int) -> list[Payment]:
        """Payments `choosing` whose day is over, of every studio."""
        ...

    def problems(self, studio_id: str) -> list[Payment]:
        """Those that a person has to look at, the oldest first."""
        ...

    def due(self, limit: int, until: datetime) -> list[Payment]:
        """Those to be looked at now, of every studio; they come due again at `until`."""
        ...

    def hint(self, ref: str) -> bool:
        """Have the payment looked at now, whosever it is. False where there is none."""
        ...


class RefundRecords(Protocol):
    def add(self, refund: Refund) -> None: ...
    def one(self, studio_id: str, refund_id: str) -> Refund | None: ...
    def change(self, old: Refund, new: Refund) -> Refund | None: ...
    def of_payment(self, studio_id: str, payment_id: str) -> list[Refund]: ...
    def of_booking(self, studio_id: str, booking_id: str) -> list[Refund]: ...
    def of_mini(self, studio_id: str, mini_id: str) -> list[Refund]: ...
    def of_cancelled_paid(self, studio_id: str) -> list[Refund]: ...
    def not_back(self, studio_id: str) -> list[Refund]:
        """Those of money that was kept that have not arrived, or failed and nobody has settled it; the oldest first."""
        ...

    def due(self, limit: int, until: datetime) -> list[tuple[Refund, str, str]]:
        """Those to be asked for now with their payments' names and the tills that have these, of every studio.

        They come due again at `until`; the first time, `asked_at` is set.
        """
        ...


class TillKeyRecords(Protocol):
    """The studios' own keys of their tills, and what is open at the tills."""

    def present(self, studio_id: str) -> TillKey | None:
        """The key that pages are made with; None where that is the installation's."""
        ...

    def all(self, studio_id: str) -> list[TillKey]:
        """The present key, and those that are kept for what their accounts took."""
        ...

    def keep(self, own: TillKey) -> None:
        """Write the key, in the place of the one that this till had; this till is the present one from now on."""
        ...

    def put_away(self, studio_id: str) -> None:
        """No key is the present one now; those that no page was ever begun with are deleted."""
        ...

    def hold_still(self, studio_id: str) -> None:
        """Nobody begins a page in the studio, or changes its keys, before the unit ends."""
        ...

    def outstanding(self, studio_id: str) -> Outstanding: ...
    def newest_pages(self, studio_id: str) -> dict[str, str]:
        """By each till of the studio, its name of the page that it made last, whatever became of it."""
        ...
