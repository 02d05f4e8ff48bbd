"""A studio's own till: it counts from the moment it is connected, and money that was begun is not left behind."""

import pytest

from core.back_office import BackOffice
from core.booking.booking import Booking
from core.payments.checkout import HARD_CAP
from core.payments.connect import NoTillOfTheirOwn, TillInUse
from core.payments.errands import LookAtPayment, PayBack, asked_of
from core.payments.till import RefundFailure
from core.payments.till_key import INSTALLATIONS, Installation, LockedKey, Outstanding, TillKey
from core.studio.studio import Member, Role
from core.studio_desk import NotAllowed, StudioDesk
from storage.store import Store
from tests.builders import dollars
from tests.core.house import House, present
from tests.core.meeting import Deed, meet
from tests.core.payments.shop import MINUTE, Shop, do_errand

LIVE = LockedKey(locked="locked 7777", ending="7777", is_live=True)
TEST = LockedKey(locked="locked 4242", ending="4242", is_live=False)
RENEWED = LockedKey(locked="locked 5555", ending="5555", is_live=False)
NONE = Installation()
TRIES = Installation(takes_cards=True)


def connect(shop: Shop, key: LockedKey, till: str | None = None, installation: Installation = NONE) -> str:
    """Gives the till's name."""
    return shop.by_owner(lambda desk: desk.connect_till(key, till, installation)).own.id


def keys(shop: Shop) -> list[TillKey]:
    return shop.look(lambda records: records.till_keys.all(shop.studio.id))


def outstanding(shop: Shop) -> Outstanding:
    return shop.by_owner(lambda desk: desk.outstanding())


@pytest.mark.rule("A3")
def test_a_studios_own_key_counts_and_without_one_the_installations(shop: Shop):
    def cards(installation: Installation) -> tuple[bool, bool, bool]:
        seen = shop.by_owner(lambda desk: desk.cards(installation))
        assert seen == shop.by("Ana", lambda desk: desk.cards(installation))
        return seen.taken, seen.is_live, seen.is_locked_out

    assert (cards(NONE), cards(TRIES)) == ((False, False, False), (True, False, False))

    connect(shop, LIVE)
    locked_out = Installation(takes_cards=True, opens=lambda own: own.key != LIVE)
    assert (cards(NONE), cards(TRIES)) == ((True, True, False), (True, True, False))
    assert cards(locked_out)[::2] == (False, True), "what cannot be opened is not replaced by another account"

    connect(shop, TEST)
    assert cards(locked_out) == (True, False, False)

    shop.by_owner(lambda desk: desk.disconnect_till())
    assert cards(NONE) == (False, False, False)
    with pytest.raises(NoTillOfTheirOwn):
        shop.by_owner(lambda desk: desk.disconnect_till())
    with pytest.raises(NoTillOfTheirOwn):
        shop.by_owner(lambda desk: desk.keep_hook("locked"))
    assert [what for what, _ in shop.notes()] == ["till_connected", "till_connected", "till_disconnected"]


@pytest.mark.rule("A3", "A6")
def test_only_the_owner_connects_and_only_for_their_own_studio(shop: Shop):
    other = Shop(shop.store, shop.url)
    connect(shop, LIVE)
    sol = Member(id="sol", studio_id=shop.studio.id, name="Sol", role=Role.PHOTOGRAPHER)

    for deed in (
        lambda desk: desk.connect_till(TEST, None, NONE),
        lambda desk: desk.keep_hook("locked"),
        lambda desk: desk.disconnect_till(),
        lambda desk: desk.outstanding(),
    ):
        with pytest.raises(NotAllowed):
            shop.store.do(lambda records, deed=deed: deed(StudioDesk(records, shop.studio, sol)))
    assert other.by_owner(lambda desk: desk.cards(NONE)).own is None
    assert present(shop.by_owner(lambda desk: desk.cards(NONE)).own).key == LIVE


@pytest.mark.rule("A3", "G5")
def test_while_a_page_can_be_paid_only_a_key_of_the_same_account_is_taken(shop: Shop):
    first = connect(shop, TEST)
    shop.by_owner(lambda desk: desk.keep_hook("locked hook"))
    booking = shop.paying("Ana", shop.card_spots()[0])
    page = present(shop.checkout(booking))

    assert outstanding(shop) == Outstanding(pages=1, until=page.order.expires_at + HARD_CAP)
    assert outstanding(Shop(shop.store, shop.url)) == Outstanding()
    with pytest.raises(TillInUse):
        connect(shop, LIVE)
    with pytest.raises(TillInUse):
        shop.by_owner(lambda desk: desk.disconnect_till())

    assert connect(shop, RENEWED, first) == first
    assert [(one.key, one.hook) for one in keys(shop)] == [(RENEWED, "locked hook")]

    shop.pay(booking)
    shop.errands_about(booking)
    connect(shop, LIVE)
    assert {one.key.ending: (one.key, one.hook, one.is_present) for one in keys(shop)} == {
        RENEWED.ending: (RENEWED, "locked hook", False),
        LIVE.ending: (LIVE, "", True),
    }


@pytest.mark.rule("A3")
def test_a_webhooks_secret_that_nobody_can_open_is_not_taken_over_by_the_next_key(shop: Shop):
    till = connect(shop, TEST)
    shop.by_owner(lambda desk: desk.keep_hook("locked hook"))
    shop.paid("Ana", shop.card_spots()[0])

    assert connect(shop, RENEWED, till, Installation(opens=lambda own: own.key != TEST)) == till
    assert [(one.key, one.hook) for one in keys(shop)] == [(RENEWED, "")]


@pytest.mark.rule("A3", "H7")
def test_what_an_account_took_is_given_back_through_it_whatever_is_connected_then(shop: Shop):
    spots = shop.card_spots()
    of_installation = shop.paid("Ana", spots[0])
    first = connect(shop, TEST)
    of_first = shop.paid("Ben", spots[1])
    second = connect(shop, LIVE)
    of_second = shop.paying("Cleo", spots[2])

    def asked_for(booking: Booking) -> set[tuple[str, str]]:
        """Who is asked for the refund, and to look at the payment."""
        shop.by_owner(lambda desk: desk.refund(booking.id, dollars(20)))
        shop.hint(payment_ref=shop.payment(booking).ref)
        taken = shop.take()
        assert {type(errand) for errand in taken} == {PayBack, LookAtPayment}
        for errand in taken:
            do_errand(shop.store, shop.till, errand)
        return {asked_of(errand) for errand in taken}

    shop.hint(checkout_id=shop.checkout(of_second).id)
    assert [asked_of(errand) for errand in shop.take()] == [(shop.studio.id, second)]
    shop.pay(of_second)
    shop.errands_about(of_second)
    assert len({INSTALLATIONS, first, second}) == 3
    for booking, till in ((of_installation, INSTALLATIONS), (of_first, first), (of_second, second)):
        assert asked_for(booking) == {(shop.studio.id, till)}

    connect(shop, RENEWED, first)
    assert [(one.id, one.key, one.is_present) for one in keys(shop)] == [(first, RENEWED, True), (second, LIVE, False)]
    shop.by_owner(lambda desk: desk.disconnect_till())
    assert [one.is_present for one in keys(shop)] == [False, False]
    for booking, till in ((of_first, first), (of_second, second)):
        assert asked_for(booking) == {(shop.studio.id, till)}
    pages = shop.look(lambda records: records.till_keys.newest_pages(shop.studio.id))
    made = {INSTALLATIONS: of_installation, first: of_first, second: of_second}
    assert pages == {till: shop.checkout(booking).session_id for till, booking in made.items()}


@pytest.mark.rule("A3", "G5")
def test_what_was_presumed_closed_is_still_asked_for_where_it_was_made(shop: Shop):
    first = connect(shop, TEST)
    booking = shop.expired_unheard("Ana", shop.card_spots()[0])
    assert outstanding(shop) == Outstanding()
    connect(shop, LIVE)

    shop.till.down = False
    shop.errands_about(booking)

    assert shop.payment(booking).till == first


@pytest.mark.rule("A3")
def test_a_key_with_which_no_page_was_begun_is_forgotten(shop: Shop):
    connect(shop, TEST)
    connect(shop, LIVE)
    assert [one.key for one in keys(shop)] == [LIVE]

    shop.by_owner(lambda desk: desk.disconnect_till())
    assert keys(shop) == []


@pytest.mark.rule("A3", "H9")
def test_a_refund_that_an_earlier_account_refuses_says_which_key_took_the_money(shop: Shop):
    connect(shop, TEST)
    booking = shop.paid("Ana", shop.card_spots()[0])
    shop.till.refuses["refund"] = RefundFailure.KEY_GONE

    def failed_of() -> list[str]:
        shop.by_owner(lambda desk: desk.refund(booking.id, dollars(20)))
        shop.errands()
        return [problem.taken_with for problem in shop.by_owner(lambda desk: desk.problems())]

    assert failed_of() == [""]
    connect(shop, LIVE)
    assert failed_of() == [TEST.ending]


@pytest.mark.rule("A3", "E4")
def test_a_mini_opens_by_itself_only_while_its_studio_takes_cards(shop: Shop):
    def opened(installation: Installation) -> str:
        mini = shop.card_mini(published=False)
        opens = shop.now() + MINUTE
        shop.by_owner(lambda desk: desk.open_at(mini.id, opens))
        shop.wait(2 * MINUTE)
        shop.store.do(lambda records: BackOffice(records, installation).open_minis())
        return shop.by_owner(lambda desk: desk.mini(mini.id)).state

    assert opened(NONE) == "draft"
    connect(shop, TEST)
    assert opened(NONE) == "published"


# -- two at once -------------------------------------------------------------------------------------------------------

LOCK_OF_THE_PAGE = " FOR SHARE OF studios"
LOCK_OF_THE_KEY = " FOR NO KEY UPDATE"
CONNECTING, PAYING = "INSERT INTO till_keys", "INSERT INTO history"


def going_to_pay(shop: Shop) -> tuple[Booking, Deed]:
    booking = shop.filled("Ana", shop.card_spots()[0])
    return booking, lambda house: _at(house).to_pay("Ana", booking)


def connecting(house: House) -> str:
    return connect(_at(house), LIVE)


def hooking(house: House) -> None:
    house.by_owner(lambda desk: desk.keep_hook("locked hook"))


def _at(house: House) -> Shop:
    assert isinstance(house, Shop)
    return house


@pytest.mark.rule("A3")
def test_a_page_that_is_begun_while_the_account_is_changed_is_of_the_new_one(shop: Shop):
    booking, pay = going_to_pay(shop)

    met = meet(shop, connecting, CONNECTING, pay)

    assert met.waited
    assert shop.checkout(booking).till == met.first


@pytest.mark.rule("A3")
def test_no_other_account_is_taken_while_a_page_is_begun(shop: Shop):
    booking, pay = going_to_pay(shop)

    met = meet(shop, pay, PAYING, connecting)

    assert met.waited
    assert isinstance(met.second, TillInUse)
    assert shop.checkout(booking).till == INSTALLATIONS
    assert keys(shop) == []


@pytest.mark.rule("A3")
def test_a_webhooks_secret_that_comes_while_the_account_is_changed_brings_no_key_back(shop: Shop):
    connect(shop, TEST)
    shop.paid("Ana", shop.card_spots()[0])

    met = meet(shop, connecting, CONNECTING, hooking)

    assert met.waited
    assert [(one.key, one.hook, one.is_present) for one in keys(shop)] == [
        (TEST, "", False),
        (LIVE, "locked hook", True),
    ]


@pytest.mark.parametrize("guard", [LOCK_OF_THE_PAGE, LOCK_OF_THE_KEY])
def test_without_either_lock_the_account_is_changed_under_a_page(shared_postgres: tuple[Store, str], guard: str):
    shop = Shop(*shared_postgres)
    booking, pay = going_to_pay(shop)

    met = meet(shop, pay, PAYING, connecting, without=[guard])

    assert (shop.checkout(booking).till, outstanding(shop).pages) == (INSTALLATIONS, 1)
    assert [one.id for one in keys(shop)] == [met.second]


def test_without_its_lock_a_page_is_begun_at_the_account_that_is_replaced(shared_postgres: tuple[Store, str]):
    shop = Shop(*shared_postgres)
    booking, pay = going_to_pay(shop)

    met = meet(shop, connecting, CONNECTING, pay, without=[LOCK_OF_THE_PAGE])

    assert not met.waited
    assert (shop.checkout(booking).till, [one.id for one in keys(shop)]) == (INSTALLATIONS, [met.first])


def test_without_its_lock_a_webhooks_secret_brings_the_old_key_back(shared_postgres: tuple[Store, str]):
    shop = Shop(*shared_postgres)
    first = connect(shop, TEST)
    shop.paid("Ana", shop.card_spots()[0])

    meet(shop, connecting, CONNECTING, hooking, without=[LOCK_OF_THE_KEY])

    assert [one.id for one in keys(shop) if one.is_present] == [first]
