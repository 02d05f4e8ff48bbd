"""Facts that others must hear. A deed returns them; the door writes history and messages from them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class What(StrEnum):
    """What happened. The value is the history's word for it, for good: it is stored."""

    HELD = "held"
    SWAPPED = "swapped"
    PLACES_CHANGED = "places_changed"
    CHOSEN = "chosen"
    CONTACT_KEPT = "contact_kept"
    CONTRACT_SHOWN = "contract_shown"
    CONTRACT_SIGNED = "contract_signed"
    ANSWERED = "answered"
    PHOTOS_FORGOTTEN = "photos_forgotten"
    EXTENDED = "extended"
    CONFIRMED = "confirmed"
    LAPSED = "lapsed"
    GIVEN_UP = "given_up"
    ENDED_BY_STUDIO = "ended_by_studio"
    CANCELLED = "cancelled"
    MOVED = "moved"
    TAKEN_UP = "taken_up"
    PREVIEW_ENDED = "preview_ended"
    SESSION_OVER = "session_over"
    PAYMENT_BEGUN = "payment_begun"
    PAGE_MADE = "page_made"
    PAGE_REFUSED = "page_refused"
    PAGE_CLOSED = "page_closed"
    PAGE_PRESUMED_CLOSED = "page_presumed_closed"
    RELEASING = "releasing"
    TILL_SILENT = "till_silent"
    PAID = "paid"
    MARKED_PAID = "marked_paid"
    MARKED_RETURNED = "marked_returned"
    MARK_UNDONE = "mark_undone"
    PAID_TOO_LATE = "paid_too_late"
    PAYMENT_UNCLEAR = "payment_unclear"
    REFUND_OWED = "refund_owed"
    REFUND_DECIDED = "refund_decided"
    MONEY_KEPT = "money_kept"
    REFUND_LEFT = "refund_left"
    REFUND_SENT = "refund_sent"
    REFUNDED = "refunded"
    REFUND_FAILED = "refund_failed"
    REFUNDED_BY_HAND = "refunded_by_hand"
    DISPUTED = "disputed"
    DISPUTE_WON = "dispute_won"
    DISPUTE_LOST = "dispute_lost"
    MOVE_DROPPED = "move_dropped"
    RESERVED = "reserved"
    RESERVATION_CHANGED = "reservation_changed"
    RESERVATION_TAKEN = "reservation_taken"
    RESERVATION_RETURNED = "reservation_returned"
    RESERVATION_REMOVED = "reservation_removed"
    RESERVATION_LAPSED = "reservation_lapsed"
    RESERVATION_DECLINED = "reservation_declined"
    RESERVATION_USED = "reservation_used"
    MINI_CHANGED = "mini_changed"
    #: By itself, when its moment came.
    MINI_OPENED = "mini_opened"
    MINI_NOT_OPENED = "mini_not_opened"
    DAY_SAVED = "day_saved"
    DAY_CHANGED = "day_changed"
    DAY_REMOVED = "day_removed"
    BREAK_ADDED = "break_added"
    SPOT_ADDED = "spot_added"
    SPOT_REMOVED = "spot_removed"
    SPOT_CHANGED = "spot_changed"
    #: Closed or opened, a range of them.
    SPOTS_CLOSED = "spots_closed"
    CONTRACT_SAVED = "contract_saved"
    QUESTIONNAIRE_SAVED = "questionnaire_saved"
    CLAIMED = "claimed"
    JOINED = "joined"
    INVITED = "invited"
    MEMBER_REMOVED = "member_removed"
    SETTLED = "settled"
    #: Something is said to clients in other words.
    WORDED = "worded"
    TILL_CONNECTED = "till_connected"
    TILL_HOOKED = "till_hooked"
    TILL_DISCONNECTED = "till_disconnected"
    ASKED = "asked"
    WRITTEN_TO = "written_to"


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One fact: what happened, to which row, and the few values that its telling needs (no personal data)."""

    what: What
    booking_id: str | None = None
    #: The mini or reservation it is about, where it is not about a booking.
    subject_id: str | None = None
    facts: Mapping[str, str | int | bool | None] = field(default_factory=dict[str, str | int | bool | None])
