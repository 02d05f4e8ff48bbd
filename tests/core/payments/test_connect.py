"""A studio's own till: it counts from the moment it is connected, and money that was begun is not left behind."""

import psycopg
import pytest

from core.back_office import BackOffice
from core.payments.checkout import HARD_CAP
from core.payments.connect import NoTillOfTheirOwn, TillInUse
from core.payments.till_key import Installation, LockedKey, Outstanding, Proof
from core.studio.studio import Member, Role
from core.studio_desk import NotAllowed, StudioDesk
from tests.builders import dollars
from tests.core.house import present
from tests.core.payments.shop import MINUTE, Shop

LIVE = LockedKey(locked="locked 7777", ending="7777", is_live=True, is_restricted=True)
TEST = LockedKey(locked="locked 4242", ending="4242", is_live=False)
NONE = Installation()
TRIES = Installation(takes_cards=True)


def connect(shop: Shop, key: LockedKey, proof: Proof = Proof.NONE) -> None:
    shop.by_owner(lambda desk: desk.connect_till(key, proof))


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
        lambda desk: desk.connect_till(TEST, Proof.SAME),
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
    connect(shop, TEST)
    shop.by_owner(lambda desk: desk.keep_hook("locked hook"))
    booking = shop.paying("Ana", shop.card_spots()[0])
    page = present(shop.checkout(booking))

    assert outstanding(shop) == Outstanding(pages=1, until=page.order.expires_at + HARD_CAP)
    assert outstanding(Shop(shop.store, shop.url)) == Outstanding()
    assert shop.look(lambda records: records.till_keys.newest_page(shop.studio.id)) == page.session_id
    for proof in (Proof.NONE, Proof.DEAD):
        with pytest.raises(TillInUse):
            connect(shop, LIVE, proof)
    with pytest.raises(TillInUse):
        shop.by_owner(lambda desk: desk.disconnect_till())

    connect(shop, TEST, Proof.SAME)
    assert present(shop.look(lambda records: records.till_keys.one(shop.studio.id))).hook == "locked hook"

    shop.pay(booking)
    shop.errands_about(booking)
    connect(shop, LIVE)
    assert present(shop.look(lambda records: records.till_keys.one(shop.studio.id))).hook == ""


@pytest.mark.rule("A3", "H7")
def test_money_on_its_way_keeps_the_account_unless_its_key_is_dead(shop: Shop):
    connect(shop, TEST)
    booking = shop.paid("Ana", shop.card_spots()[0])
    shop.by_owner(lambda desk: desk.refund(booking.id, dollars(20)))

    assert outstanding(shop) == Outstanding(money=1)
    with pytest.raises(TillInUse):
        connect(shop, LIVE)
    connect(shop, LIVE, Proof.DEAD)

    shop.errands()
    assert outstanding(shop) == Outstanding()
    shop.by_owner(lambda desk: desk.disconnect_till())


@pytest.mark.rule("A3", "G5")
def test_what_was_presumed_closed_or_is_undecided_keeps_the_account_too(shop: Shop):
    connect(shop, TEST)
    odd, late = shop.card_spots()[:2]
    booking = shop.paying("Ana", odd)
    shop.pay(booking, minor=100)
    shop.errands_about(booking)
    assert outstanding(shop) == Outstanding(money=1)

    shop.expired_unheard("Ben", late)
    assert outstanding(shop) == Outstanding(money=2)
    with pytest.raises(TillInUse):
        connect(shop, LIVE)


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


@pytest.mark.rule("A3")
def test_nobody_begins_a_page_while_the_account_is_changed(shop: Shop):
    """On SQLite there is one writer; PostgreSQL is asked whether anybody else could write now."""
    refused: list[bool] = []

    def change(desk: StudioDesk) -> None:
        desk.connect_till(LIVE, Proof.NONE)
        refused.append(not _can_write(shop))

    shop.by_owner(change)

    assert refused[-1] or "sqlite" in shop.url


def _can_write(shop: Shop) -> bool:
    if "sqlite" in shop.url:
        return True
    with psycopg.connect(shop.url.replace("+psycopg", "")) as connection:
        try:
            connection.execute("LOCK TABLE checkouts IN ROW EXCLUSIVE MODE NOWAIT")
        except psycopg.errors.LockNotAvailable:
            return False
    return True
