"""The rules of money that say no to the photographer. The docstring is the rule; its words are in the catalogue."""

from core.values.refusals import Refusal


class NotBooked(Refusal):
    """Money is marked as paid by hand only on a booking that is made (H5)."""


class NoAmount(Refusal):
    """What is marked or paid back is more than nothing (H5, H7)."""


class OtherCurrency(Refusal):
    """What is marked or paid back is in the booking's own currency (H5, H7). Facts: currency."""


class PaidInFuture(Refusal):
    """Money is marked once it was paid, never ahead (H5)."""


class MoreThanDue(Refusal):
    """No more is marked as paid than is still to be paid (H5). Facts: due."""


class MoreThanPaid(Refusal):
    """No more is marked as given back, or undone, than the booking holds (H5, H7). Facts: paid."""


class MoreThanRefundable(Refusal):
    """The till pays back no more than it took and still has (H7). Facts: could.

    With the hint "outside" where some was paid by hand, and how much: outside.
    """


class AmountTooFine(Refusal):
    """Of some currencies cards are paid back only in whole steps (H1, H7). Facts: nearest, the next amount below."""


class NotUndoable(Refusal):
    """An entry by hand is undone once, and a payment through the till never: that is refunded (H5)."""
