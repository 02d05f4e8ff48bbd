"""What must hold across every step, besides what holds in every world. A rule's name is the sentence that it keeps."""

from collections.abc import Callable

from tests.model.holds import PAUSE_AFTER
from tests.model.machine import Event, Machine, subject
from tests.model.world import LIVE, OPEN_CHECKOUT, SEATED, Disposition, World

EDGES: frozenset[tuple[str, str]] = frozenset(
    {
        ("unborn", "held"),
        ("held", "paying"),
        ("held", "confirmed"),
        ("held", "expired"),
        ("held", "cancelled"),
        ("paying", "held"),
        ("paying", "releasing"),
        ("paying", "confirmed"),
        ("releasing", "held"),
        ("releasing", "expired"),
        ("releasing", "cancelled"),
        ("releasing", "confirmed"),
        ("expired", "held"),
        ("expired", "confirmed"),
        ("confirmed", "cancelled"),
        ("confirmed", "done"),
        ("done", "no_show"),
        ("no_show", "done"),
    }
)

FATES: frozenset[tuple[Disposition, Disposition]] = frozenset(
    {
        ("choosing", "honoured"),
        ("choosing", "refund_due"),
        ("manual", "honoured"),
        ("manual", "refund_due"),
        ("refund_due", "refunding"),
        ("refunding", "refunded"),
        ("refunding", "refund_failed"),
        ("refund_failed", "refunding"),
        ("refund_failed", "refunded"),
        ("honoured", "disputed"),
        ("disputed", "won"),
        ("disputed", "lost"),
    }
)


def bookings_go_only_the_ways_of_the_table(machine: Machine, before: World, event: Event, after: World) -> bool:
    """In particular, nothing leaves cancelled."""
    return all(
        old is new or old.state == new.state or (old.state, new.state) in EDGES
        for old, new in zip(before.bookings, after.bookings, strict=True)
    )


def payments_are_kept_and_go_only_their_ways(machine: Machine, before: World, event: Event, after: World) -> bool:
    return len(after.payments) >= len(before.payments) and all(
        old.checkout == new.checkout
        and (old.disposition == new.disposition or (old.disposition, new.disposition) in FATES)
        for old, new in zip(before.payments, after.payments, strict=False)
    )


def only_a_new_hold_or_the_one_extension_moves_a_clock(
    machine: Machine, before: World, event: Event, after: World
) -> bool:
    for old, new in zip(before.bookings, after.bookings, strict=True):
        if old is not new and old.state in LIVE and new.state in LIVE:
            extended = event[0] in ("extend", "pay_late") and not old.extended and old.left > 0
            if (new.left, new.extended) != (old.left, old.extended) and not (extended or event[0] == "quarter"):
                return False
    return True


def only_holds_that_ran_out_are_counted(machine: Machine, before: World, event: Event, after: World) -> bool:
    """F10: each that met its end, none that was swapped, given up, cancelled, or a preview."""
    counts = list(before.ran_out)
    if event[0] == "an_hour":
        counts[subject(event)] = 0
    for old, new in zip(before.bookings, after.bookings, strict=True):
        met_its_end = event[0] == "lapse" or old.noted in ("held", "expired")
        if old.state in LIVE and new.state == "expired" and not old.preview and met_its_end:
            counts[old.client] = min(counts[old.client] + 1, PAUSE_AFTER)
    return after.ran_out == tuple(counts)


def who_paid_in_time_keeps_the_spot(machine: Machine, before: World, event: Event, after: World) -> bool:
    """G5: money that was there before Stripe or the hard cap said expired confirms, unless the mini is cancelled."""
    if event[0] != "settle":
        return True
    checkout = before.checkouts[subject(event)]
    booking = before.bookings[checkout.booking]
    in_time = checkout.truth == "paid" and checkout.purpose == "booking" and checkout.state in OPEN_CHECKOUT
    if not in_time or booking.noted == "cancelled":
        return True
    return after.bookings[checkout.booking].state == "confirmed" and after.payments[-1] == (subject(event), "honoured")


def a_hold_begins_only_where_one_may_begin(machine: Machine, before: World, event: Event, after: World) -> bool:
    for old, new in zip(before.bookings, after.bookings, strict=True):
        if old.state in ("unborn", "expired") and new.state == "held" and not new.preview:
            cool = before.ran_out[old.client] < PAUSE_AFTER
            if not cool or before.past or before.minis[machine.mini_of(new)] != "open":
                return False
    return True


def nobody_acts_on_a_hold_that_is_over(machine: Machine, before: World, event: Event, after: World) -> bool:
    """The timer may be late; the end is not."""
    if event[0] not in ("confirm", "extend", "swap", "set_places", "pay", "pay_late", "change"):
        return True
    return before.bookings[subject(event)].left > 0


def late_money_confirms_only_who_has_nothing_else(machine: Machine, before: World, event: Event, after: World) -> bool:
    """An expired booking comes back only in an open mini, and only to a client with no other booking there."""
    for old, new in zip(before.bookings, after.bookings, strict=True):
        if old.state == "expired" and new.state == "confirmed":
            mini = machine.mini_of(new)
            others = [
                b
                for b in before.bookings
                if b.client == new.client and b.state in SEATED and not b.preview and machine.mini_of(b) == mini
            ]
            if others or before.minis[mini] == "cancelled":
                return False
    return True


def others_keep_what_they_have(machine: Machine, before: World, event: Event, after: World) -> bool:
    """One person's deed takes no seat from a booking that lives or stands on; G1, G2."""
    for number, (old, new) in enumerate(zip(before.bookings, after.bookings, strict=True)):
        if old.state in SEATED and new.state in SEATED and old.spot == new.spot and old.places == new.places:
            kept = [seat for seat, owner in before.claims if owner == number]
            if kept != [seat for seat, owner in after.claims if owner == number]:
                return False
    return True


StepRule = Callable[[Machine, World, Event, World], bool]

EACH_STEP: tuple[StepRule, ...] = (
    bookings_go_only_the_ways_of_the_table,
    payments_are_kept_and_go_only_their_ways,
    only_a_new_hold_or_the_one_extension_moves_a_clock,
    only_holds_that_ran_out_are_counted,
    who_paid_in_time_keeps_the_spot,
    a_hold_begins_only_where_one_may_begin,
    nobody_acts_on_a_hold_that_is_over,
    late_money_confirms_only_who_has_nothing_else,
    others_keep_what_they_have,
)
