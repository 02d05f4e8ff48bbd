"""Studios, members, minis, days, clients and links, each read back in a second unit of work."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from core.booking.contact import Contact
from core.minis.mini import AddOn, Share
from core.ports import Identity
from core.studio.studio import Member, QuietHours, Role, Tax
from core.values.money import Money
from storage.store import Store
from storage.tables import links
from storage.unit import Unit
from tests.storage import raw
from tests.storage.builders import FALL, LUNA, MINI_PACKAGE, a_client, a_day, a_mini, a_spot, a_studio


def test_a_studio_comes_back_as_it_was_written(bare_store: Store):
    luna = a_studio(
        tax=Tax(name="Sales tax", rate_hundredths=825, inclusive=False),
        quiet=QuietHours(begins=time(22, 30), ends=time(7, 15)),
        cancel_until=timedelta(hours=36),
        privacy_notice="We keep “little” — promise.",
    )
    bare_store.do(lambda records: records.studios.add(luna))

    assert bare_store.look(lambda records: records.studios.one(LUNA)) == luna
    assert bare_store.look(lambda records: records.studios.all()) == [luna]
    assert bare_store.look(lambda records: records.studios.one("nobody")) is None


def test_a_studio_is_changed_only_as_it_was_read(store: Store):
    old = a_studio()

    assert store.do(lambda records: records.studios.change(old, replace(old, name="Luna"))) is True
    assert store.do(lambda records: records.studios.change(old, replace(old, name="Sol"))) is False
    assert store.look(lambda records: records.studios.one(LUNA)) == replace(old, name="Luna", version=2)


def test_a_member_is_found_by_id_and_by_the_client_they_preview_as(store: Store):
    mia = Member(id="mia", studio_id=LUNA, name="Mia", role=Role.OWNER, client_id="ana")
    store.do(lambda records: records.studios.add_member(mia))

    assert store.look(lambda records: records.studios.member(LUNA, "mia")) == mia
    assert store.look(lambda records: records.studios.member_of_client(LUNA, "ana")) == mia
    assert store.look(lambda records: records.studios.member_of_client(LUNA, "ben")) is None


def test_a_removed_member_is_nobodys_identity_any_more(store: Store):
    mia = Member(id="mia", studio_id=LUNA, name="Mia", role=Role.HOST, client_id="ana")
    store.do(lambda records: records.studios.add_member(mia))
    store.do(lambda records: records.studios.change_member(replace(mia, removed=True)))

    assert store.look(lambda records: records.studios.member_of_client(LUNA, "ana")) is None
    assert store.look(lambda records: records.studios.member(LUNA, "mia")) == replace(mia, removed=True)


def test_a_mini_comes_back_with_its_packages_and_add_ons(store: Store):
    retainer = replace(MINI_PACKAGE, id="plus", length=timedelta(minutes=40), retainer=Share(percent_hundredths=2500))
    print_ = AddOn(id="print", title="Print", price=Money(1200, "USD"), most=3)
    mini = a_mini(id="winter", packages=(MINI_PACKAGE, retainer), add_ons=(print_,), places_limit=2)
    store.do(lambda records: records.minis.add(mini))

    assert store.look(lambda records: records.minis.one(LUNA, "winter")) == mini
    assert store.look(lambda records: records.minis.all(LUNA)) == [a_mini(), mini]
    assert store.look(lambda records: records.minis.one("another studio", "winter")) is None


def test_a_mini_is_changed_only_as_it_was_read(store: Store):
    old = a_mini()

    assert store.do(lambda records: records.minis.change(old, replace(old, paused=True))) is True
    assert store.do(lambda records: records.minis.change(old, replace(old, title="Late"))) is False
    assert store.look(lambda records: records.minis.one(LUNA, FALL)) == replace(old, paused=True, version=2)


def test_a_change_that_was_rolled_back_leaves_nothing_behind(store: Store):
    """Bodies are remembered once decoded: two units may have given the same version to different bodies."""
    old = a_mini()

    def change_and_fail(records: Unit):
        records.minis.change(old, replace(old, title="Never"))
        assert records.minis.one(LUNA, FALL) == replace(old, title="Never", version=2)
        raise RuntimeError("and fail")

    with pytest.raises(RuntimeError, match="and fail"):
        store.do(change_and_fail)
    store.do(lambda records: records.minis.change(old, replace(old, title="Kept")))

    assert store.look(lambda records: records.minis.one(LUNA, FALL)) == replace(old, title="Kept", version=2)


def test_days_come_in_order_with_their_spots(store: Store):
    sunday = a_day(id="sunday", date=a_day().date + timedelta(days=1), place="Old mill", same_start=True)
    spot = a_spot(9, day_id="sunday", seats=7, premium_minor=2500)
    store.do(lambda records: records.minis.add_day(sunday, [spot]))

    assert store.look(lambda records: records.minis.days(LUNA, FALL)) == [a_day(), sunday]
    assert store.look(lambda records: records.spots.one(LUNA, spot.id)) == spot


def test_a_client_is_known_by_their_identity(store: Store):
    cleo = a_client("cleo", language="fr", contact=Contact("Cléo Roy", "cleo@mail.com", "+13125550188"))
    identity = Identity("slack", "U77")
    store.do(lambda records: records.clients.add(cleo, identity, "D77"))

    assert store.look(lambda records: records.clients.by_identity(LUNA, identity)) == cleo
    assert store.look(lambda records: records.clients.one(LUNA, "cleo")) == cleo
    assert store.look(lambda records: records.clients.by_identity(LUNA, Identity("telegram", "U77"))) is None
    assert store.look(lambda records: records.clients.by_identity("another studio", identity)) is None


def test_what_a_client_changed_is_kept(store: Store):
    ana = a_client("ana", language="es", contact=Contact("Ana Ruiz", "ana@mail.com"))
    store.do(lambda records: records.clients.change(ana))

    assert store.look(lambda records: records.clients.one(LUNA, "ana")) == ana


def test_a_link_is_found_by_its_token_until_it_is_revoked(store: Store):
    token = store.do(lambda records: records.links.add(LUNA, "mini", FALL, 1))

    assert store.look(lambda records: records.links.token("mini", FALL, 1)) == token
    assert store.look(lambda records: records.links.find(LUNA, "mini", token)) == FALL
    assert store.look(lambda records: records.links.find(LUNA, "reservation", token)) is None
    assert store.look(lambda records: records.links.find("another studio", "mini", token)) is None

    store.do(lambda records: records.links.revoke(LUNA, "mini", FALL))
    store.do(lambda records: records.links.add(LUNA, "mini", FALL, 1))
    newer = store.do(lambda records: records.links.add(LUNA, "mini", FALL, 2))

    assert store.look(lambda records: records.links.find(LUNA, "mini", token)) is None
    assert store.look(lambda records: records.links.find(LUNA, "mini", newer)) == FALL


def test_no_token_is_stored(store: Store, database_url: str):
    token = store.do(lambda records: records.links.add(LUNA, "mini", FALL, 1))

    assert token not in str(raw.rows(database_url, links.select()))
