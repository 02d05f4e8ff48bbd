"""The rules of booking that say no. The docstring is the rule; its words are in the catalogue."""

from core.values.refusals import Refusal


class SpotTaken(Refusal):
    """Nobody takes a seat that somebody else has, nor a spot that overlaps a claimed one (G1, C7)."""


class HoldElsewhere(Refusal):
    """One live hold per client per mini (F10)."""


class SpotGone(Refusal):
    """A spot that has begun, or is no longer offered, cannot be taken."""


class MiniNotOpen(Refusal):
    """Only a published or unpublished mini takes bookings; a draft, archived or cancelled one does not (B8, E3)."""


class MiniPaused(Refusal):
    """A paused mini takes no new bookings (E3)."""


class PackageGone(Refusal):
    """The package is not on the booking's price list."""


class PackageTooLong(Refusal):
    """A package longer than the spot needs a late enough next start (DECISIONS 3)."""


class TooManyPlaces(Refusal):
    """One booking takes one place, and in a class up to the mini's limit (C4). Facts: most."""


class CoolingDown(Refusal):
    """Three holds that ran out within an hour bring a pause of 15 minutes (F10). Facts: minutes, rounded up."""


class PageOpen(Refusal):
    """While the payment page is open nothing of the booking changes: the page is closed first (F6)."""


class PageClosing(Refusal):
    """While the payment page is being closed nothing happens to the booking: the till's answer decides (G5)."""


class PaymentPending(Refusal):
    """While it is not settled what becomes of a payment, the booking is not taken up, changed or moved (STATES)."""


class NothingToPay(Refusal):
    """A payment page is made only where something is due now (F7)."""


class ContractUnsigned(Refusal):
    """A booking is made once every contract that it names is signed as it is now (STATES). Facts: title."""


class ContractChanged(Refusal):
    """What is signed is what was shown: a contract that reads otherwise meanwhile is shown anew (I1)."""


class NameDiffers(Refusal):
    """The name under a contract can be the client's own (I3). Facts: typed, known."""


class CardsNotTaken(Refusal):
    """Nothing is paid online where no till is connected (A3)."""


class ChoiceOver(Refusal):
    """A payment that came too late is chosen for once, and only for a day (DECISIONS 14)."""


class EndOtherFirst(Refusal):
    """Late money books nothing for a client who has another booking in the mini (STATES)."""


class OnlyRefund(Refusal):
    """A payment that the photographer decides on is honoured only where its booking can still have a seat (STATES)."""


class HoldOver(Refusal):
    """Nothing is changed, extended or confirmed after the hold's end (G4)."""


class ExtensionUsed(Refusal):
    """A hold is extended once (G3). Facts: minutes left, rounded up."""


class ContactMissing(Refusal):
    """A booking is confirmed with a name and an e-mail, and a phone number where the studio requires it (F3)."""


class PaymentNeeded(Refusal):
    """What is due now is paid before the booking is confirmed (H2)."""


class PreviewOnly(Refusal):
    """A preview pays nothing and cannot be confirmed (E1)."""


class BookingChanged(Refusal):
    """The booking is not in a state that allows the deed, or not anybody's who asks for it."""


class TooLateToCancel(Refusal):
    """A client cancels by themselves only until the studio's time before the start (F11). Facts: hours."""


class ReservationOver(Refusal):
    """A reservation that is over is changed no more, and one that somebody is booking stays theirs."""


class ReservationGone(Refusal):
    """A reservation that was removed, has lapsed, is used or is somebody else's opens for nobody (D3)."""


class OverlapsOwnReservation(Refusal):
    """Where spots exclude each other, a client cannot take one that overlaps their own reservation."""


class HoldCannotBeEnded(Refusal):
    """The photographer cannot end a client's hold unless the studio switched that on (G2)."""


class HoldsInOtherMini(Refusal):
    """A booking moves into another mini only where its client holds nothing there."""
