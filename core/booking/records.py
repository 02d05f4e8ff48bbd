"""What booking needs of storage: claims on seats, bookings and reservations."""

from datetime import datetime
from typing import Protocol

from core.booking.booking import Booking, Claim, Owner, Reservation
from core.minis.mini import Spot


class ClaimRecords(Protocol):
    """The one place that writes claims. Each insert meets the index `one_live_claim`."""

    def take(self, spot: Spot, owner: Owner, seats: int, *, exclusive: bool) -> int:
        """Take up to `seats` free seats of the spot, the lowest first; gives how many were taken.

        From then on the spot is not changed. Raises SpotTaken where an overlapping spot of the studio is claimed (C7),
        and Overtaken where this one is not as it was read: the claim copies its time.
        """
        ...

    def release(self, studio_id: str, owner: Owner, seats: int | None = None) -> int:
        """Release the owner's live claims, or only the `seats` highest; gives how many."""
        ...

    def reown(self, studio_id: str, old: Owner, new: Owner) -> int: ...
    def live(self, studio_id: str, owner: Owner) -> list[Claim]: ...


class BookingRecords(Protocol):
    def add(self, booking: Booking) -> bool:
        """Insert; False where the code is taken.

        Raises HoldElsewhere on the index `one_live_hold` or `one_live_preview`.
        """
        ...

    def one(self, studio_id: str, booking_id: str) -> Booking | None: ...
    def by_code(self, studio_id: str, code: str) -> Booking | None: ...
    def change(self, old: Booking, new: Booking) -> Booking | None:
        """Write `new` where state and version are still `old`'s; gives it with its new version, or None."""
        ...

    def of_client_in_mini(self, studio_id: str, mini_id: str, client_id: str) -> list[Booking]:
        """The client's bookings in the mini that are live, confirmed, done or no-show, and the last expired one."""
        ...

    def cancelled_paid(self, studio_id: str) -> list[Booking]:
        """Those that their clients cancelled who had paid something, whatever became of it; by start."""
        ...

    def of_client(self, studio_id: str, client_id: str) -> list[Booking]:
        """The client's confirmed, done and no-show bookings, and those about whose money they choose; by start.

        Previews are not among them.
        """
        ...

    def previews(self, studio_id: str, client_id: str) -> list[Booking]:
        """The live previews that this identity of a member walks, of every mini (E1)."""
        ...

    def of_mini(self, studio_id: str, mini_id: str) -> list[Booking]: ...
    def any(self, studio_id: str) -> bool:
        """Whether anybody ever began to book, previews apart."""
        ...

    def seated(self, studio_id: str, mini_id: str, day_id: str | None = None) -> list[Booking]:
        """Those that have seats of the mini, or of one day of it, by start: holds and previews too."""
        ...

    def seated_after(self, studio_id: str, moment: datetime) -> list[Booking]:
        """Those that have seats of any mini's spots that start after the moment, by start."""
        ...

    def find(self, studio_id: str, text: str, limit: int) -> list[Booking]:
        """Those that the text is the code, the client's name, e-mail address or number of, or the beginning of one.

        Those with seats first, then by start, the latest first; previews apart.
        """
        ...

    def holds_over(self, limit: int) -> list[Booking]:
        """Held and paying bookings whose hold has ended, of every studio, the oldest first."""
        ...

    def sessions_over(self, limit: int) -> list[Booking]: ...
    def live_hold_ends(self) -> list[datetime]: ...


class ReservationRecords(Protocol):
    def add(self, reservation: Reservation) -> None: ...
    def one(self, studio_id: str, reservation_id: str) -> Reservation | None: ...
    def change(self, old: Reservation, new: Reservation) -> Reservation | None: ...
    def of_mini(self, studio_id: str, mini_id: str) -> list[Reservation]: ...
    def of_client(self, studio_id: str, client_id: str) -> list[Reservation]:
        """Open reservations and those in use that are bound to the client."""
        ...

    def over(self, limit: int) -> list[Reservation]:
        """Open reservations whose own end has come, of every studio."""
        ...
