"""What the tests of the studio's money ask of a shop: bookings that were paid, and the sums of what they brought."""

from datetime import timedelta

from core.booking.booking import Booking
from core.minis.mini import Spot
from core.payments.account import Account
from core.payments.payment import How, Refund
from core.payments.till import RefundState
from core.studio_desk import StudioDesk
from tests.builders import a_package, dollars
from tests.core.payments.shop import Shop

OUTSIDE = a_package()
RETAINER = a_package(retainer=dollars(50))


def paid_online(shop: Shop, name: str = "ana", spot: Spot | None = None) -> Booking:
    """$150 through the till."""
    return shop.paid(name, spot or shop.card_spots()[0])


def with_retainer(shop: Shop) -> Booking:
    """$50 of $150 through the till."""
    return shop.paid("ana", shop.card_spots(RETAINER)[0])


def booked_outside(shop: Shop, name: str = "ana") -> Booking:
    """$150 to be paid by hand."""
    return shop.confirmed(name, shop.card_spots(OUTSIDE)[0])


def mark(shop: Shop, booking: Booking, amount: int, how: How = How.CASH) -> str:
    """So many dollars were paid by hand; gives the entry's id."""
    shop.by_owner(lambda desk: desk.mark_paid(booking.id, dollars(amount), how))
    return shop.payments(booking)[-1].id


def give_back(shop: Shop, booking: Booking, amount: int) -> None:
    shop.by_owner(lambda desk: desk.refund(booking.id, dollars(amount)))


def account(shop: Shop, booking: Booking) -> Account:
    return shop.by_owner(lambda desk: desk.account(shop.booking(booking)))


def figures(shop: Shop, booking: Booking) -> tuple[int, int, int, int, int]:
    """In dollars: what came in, what is back, what goes back, what is due, and what the till could pay back."""
    sums = account(shop, booking)
    amounts = (sums.came_in, sums.refunded, sums.going_back, sums.due, sums.refundable)
    came_in, refunded, going_back, due, refundable = (amount.minor // 100 for amount in amounts)
    return came_in, refunded, going_back, due, refundable


def refunds_of(shop: Shop, booking: Booking) -> list[Refund]:
    return shop.look(lambda records: records.refunds.of_booking(shop.studio.id, booking.id))


def failed(shop: Shop, booking: Booking, amount: int) -> Refund:
    """So many dollars should have gone back, and the bank would not."""
    shop.till.refunds_are = RefundState.FAILED
    give_back(shop, booking, amount)
    shop.errands()
    shop.till.refunds_are = RefundState.DONE
    shop.till.fake._refund_fates.clear()
    return refunds_of(shop, booking)[-1]


def desk_at(shop: Shop, moment: timedelta, booking: Booking) -> None:
    """It is so long before the booking's start."""
    shop.wait(booking.snapshot.starts - moment - shop.now())


def every_sum(shop: Shop, booking: Booking) -> tuple[Account, Account]:
    """The booking's sums as its own deed gives them, and as they are among those of its mini."""

    def both(desk: StudioDesk) -> tuple[Account, Account]:
        return desk.account(desk.booking(booking.id)), desk.accounts(booking.mini_id)[booking.id]

    return shop.look(lambda records: both(StudioDesk(records, shop.studio, shop.owner)))
