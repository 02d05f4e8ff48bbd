"""B3, B4: packages and add-ons one by one, and what each must keep to."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.minis.describe import TitleOutOfRange
from core.minis.mini import AddOn, Mini, Package, PaidBy, Share
from core.minis.packages import (
    AddOnsFull,
    AmountTooLarge,
    FeeTooSmall,
    IncludesTooLong,
    LastPackage,
    MostOutOfRange,
    NoTill,
    PackagesFull,
    RetainerTooLarge,
    RetainerTooSmall,
)
from core.minis.plan import DurationOutOfRange
from core.minis.publish import MiniChanged, NotPublishable
from core.values.money import CurrencyMismatch, Money
from core.values.refusals import Refusal
from storage.store import Store
from tests.builders import a_package, an_add_on, dollars
from tests.core.house import House, present

ONLINE = a_package("Online", 100, paid_by=PaidBy.FULL)
BY_RETAINER = a_package("Part", 100, retainer=dollars(40))


def save(house: House, mini: Mini, package: Package, *, takes_cards: bool = True, seen: int | None = None) -> Mini:
    return house.by_owner(lambda desk: desk.save_package(mini.id, package, takes_cards=takes_cards, seen=seen))


def save_add_on(house: House, mini: Mini, add_on: AddOn) -> Mini:
    return house.by_owner(lambda desk: desk.save_add_on(mini.id, add_on))


def now(house: House, mini: Mini) -> Mini:
    return present(house.look(lambda records: records.minis.one(house.studio.id, mini.id)))


@pytest.mark.rule("B3")
def test_a_package_is_added_changed_in_its_place_and_removed(house: House):
    mini = house.mini()
    added = save(house, mini, replace(ONLINE, id="", title=" Plus "))
    plus = added.packages[-1]
    assert [one.title for one in added.packages] == ["Mini", "Plus"]
    assert plus.id

    first = mini.packages[0]
    changed = save(house, mini, replace(first, fee=dollars(180)))
    assert [(one.title, one.fee) for one in changed.packages] == [("Mini", dollars(180)), ("Plus", dollars(100))]

    house.by_owner(lambda desk: desk.remove_package(mini.id, first.id))
    assert now(house, mini).packages == (plus,)


@pytest.mark.rule("B3", "B10")
def test_a_booking_keeps_the_package_that_was_changed_or_removed(house: House):
    mini = house.mini(packages=[a_package("Mini"), a_package("Plus", 210)])
    booking = house.confirmed("ana", house.spots(mini)[0])

    save(house, mini, replace(mini.packages[0], fee=dollars(999)))
    house.by_owner(lambda desk: desk.remove_package(mini.id, "mini"))

    assert house.booking(booking).price.total == dollars(150)


LIMITS: list[tuple[dict[str, Any], type[Refusal], dict[str, Any]]] = [
    ({"title": ""}, TitleOutOfRange, {"least": 1, "most": 64}),
    ({"title": "x" * 65}, TitleOutOfRange, {"least": 1, "most": 64}),
    ({"includes": "x" * 301}, IncludesTooLong, {"most": 300, "length": 301}),
    ({"length": timedelta(minutes=4)}, DurationOutOfRange, {"least_minutes": 5, "most_minutes": 720}),
    ({"fee": Money(100_000_000, "USD")}, AmountTooLarge, {"most": Money(99_999_999, "USD")}),
    ({"fee": Money(49, "USD")}, FeeTooSmall, {"least": Money(50, "USD")}),
    ({"fee": Money(0, "USD")}, FeeTooSmall, {"least": Money(50, "USD")}),
]


@pytest.mark.rule("B3")
@pytest.mark.parametrize(("facts", "refusal", "said"), LIMITS)
def test_what_is_beyond_a_limit_is_refused_with_the_limit(
    house: House, facts: dict[str, Any], refusal: type[Refusal], said: dict[str, Any]
):
    mini = house.mini()

    with pytest.raises(refusal) as refused:
        save(house, mini, replace(ONLINE, **facts))

    assert refused.value.facts == said
    assert now(house, mini) == mini


@pytest.mark.rule("B3")
@pytest.mark.parametrize(
    ("retainer", "refusal", "said"),
    [
        (Share(amount=Money(49, "USD")), RetainerTooSmall, {"least": Money(50, "USD")}),
        (Share(percent_hundredths=0), RetainerTooSmall, {"least": Money(50, "USD")}),
        (Share(amount=dollars(100)), RetainerTooLarge, {"fee": dollars(100)}),
        (Share(percent_hundredths=10_000), RetainerTooLarge, {"fee": dollars(100)}),
    ],
)
def test_a_retainer_can_be_paid_and_is_less_than_the_fee(
    house: House, retainer: Share, refusal: type[Refusal], said: dict[str, Any]
):
    with pytest.raises(refusal) as refused:
        save(house, house.mini(), replace(BY_RETAINER, retainer=retainer))

    assert refused.value.facts == said


@pytest.mark.rule("B3")
def test_what_is_just_within_is_saved(house: House):
    mini = house.mini()

    save(house, mini, replace(ONLINE, fee=Money(50, "USD")))
    save(house, mini, replace(BY_RETAINER, retainer=Share(percent_hundredths=9_999)))
    save(house, mini, a_package("Small", 0))
    save(house, mini, replace(a_package("Cash"), fee=Money(1, "USD"), retainer=Share(amount=dollars(1))))

    cash = now(house, mini).packages[-1]
    assert (cash.fee, cash.retainer) == (Money(1, "USD"), None)


@pytest.mark.rule("B3")
def test_a_yen_is_too_little_where_fifty_are_the_least(shared: tuple[Store, str]):
    house = House(*shared, {"currency": "JPY"})
    mini = house.by_owner(lambda desk: desk.new_mini("Fall Minis"))

    with pytest.raises(FeeTooSmall) as refused:
        save(house, mini, Package(id="", title="Mini", fee=Money(49, "JPY"), paid_by=PaidBy.FULL))

    assert refused.value.facts == {"least": Money(50, "JPY")}


@pytest.mark.rule("A3", "B3")
@pytest.mark.parametrize("package", [ONLINE, BY_RETAINER])
def test_an_online_package_waits_until_payments_are_connected(house: House, package: Package):
    mini = house.mini()

    with pytest.raises(NoTill):
        save(house, mini, package, takes_cards=False)

    save(house, mini, replace(package, paid_by=PaidBy.OUTSIDE), takes_cards=False)
    save(house, mini, a_package("Free", 0), takes_cards=False)
    assert [one.paid_by for one in now(house, mini).packages[1:]] == [PaidBy.OUTSIDE, PaidBy.FREE]


@pytest.mark.rule("A3", "B9")
def test_a_mini_that_has_only_what_cannot_be_paid_is_not_publishable(house: House):
    mini = house.mini(packages=[ONLINE, BY_RETAINER], published=False)

    with pytest.raises(NotPublishable) as refused:
        house.by_owner(lambda desk: desk.publish(mini.id, takes_cards=False))
    assert refused.value.facts == {"missing": ("till",)}
    assert house.by_owner(lambda desk: desk.missing(mini.id, takes_cards=True)) == ()

    save(house, mini, a_package("Cash"), takes_cards=False)
    assert house.by_owner(lambda desk: desk.missing(mini.id, takes_cards=False)) == ()
    house.by_owner(lambda desk: desk.publish(mini.id, takes_cards=False))


@pytest.mark.rule("B9")
def test_a_mini_that_can_be_booked_keeps_a_package(house: House):
    mini = house.mini()
    with pytest.raises(LastPackage):
        house.by_owner(lambda desk: desk.remove_package(mini.id, "mini"))

    draft = house.mini(published=False)
    assert house.by_owner(lambda desk: desk.remove_package(draft.id, "mini")).packages == ()


@pytest.mark.rule("B3")
def test_a_mini_has_eight_packages_at_most(house: House):
    mini = house.mini(packages=[a_package(f"Mini {number}") for number in range(8)])

    with pytest.raises(PackagesFull) as refused:
        save(house, mini, ONLINE)

    assert refused.value.facts == {"most": 8}
    assert len(save(house, mini, a_package("Mini 3", 99)).packages) == 8


@pytest.mark.rule("B4")
def test_an_add_on_is_added_changed_in_its_place_and_removed(house: House):
    mini = house.mini(add_ons=[an_add_on("Print", 25)])
    added = save_add_on(house, mini, AddOn(id="", title=" Album ", price=dollars(80), most=100))
    assert [one.title for one in added.add_ons] == ["Print", "Album"]

    save_add_on(house, mini, an_add_on("Print", 30))
    assert [one.price for one in now(house, mini).add_ons] == [dollars(30), dollars(80)]

    house.by_owner(lambda desk: desk.remove_add_on(mini.id, "print"))
    assert [one.title for one in now(house, mini).add_ons] == ["Album"]


@pytest.mark.rule("B4")
@pytest.mark.parametrize(
    ("facts", "refusal", "said"),
    [
        ({"title": "\u2060"}, TitleOutOfRange, {"least": 1, "most": 64}),
        ({"price": Money(100_000_000, "USD")}, AmountTooLarge, {"most": Money(99_999_999, "USD")}),
        ({"most": 0}, MostOutOfRange, {"least": 1, "most": 100}),
        ({"most": 101}, MostOutOfRange, {"least": 1, "most": 100}),
    ],
)
def test_an_add_on_keeps_to_its_limits(
    house: House, facts: dict[str, Any], refusal: type[Refusal], said: dict[str, Any]
):
    with pytest.raises(refusal) as refused:
        save_add_on(house, house.mini(), replace(an_add_on("Print", 25), **facts))

    assert refused.value.facts == said


@pytest.mark.rule("B4")
def test_a_mini_has_twelve_add_ons_at_most(house: House):
    mini = house.mini(add_ons=[an_add_on(f"Print {number}", 25) for number in range(12)])

    with pytest.raises(AddOnsFull) as refused:
        save_add_on(house, mini, an_add_on("Album", 80))

    assert refused.value.facts == {"most": 12}


@pytest.mark.rule("B3")
def test_of_two_who_change_one_package_the_second_has_to_look_first(house: House):
    seen = house.mini(packages=[a_package("Mini"), a_package("Plus", 210)])
    save(house, seen, a_package("Mini", 180), seen=seen.version)

    save(house, seen, a_package("Plus", 250), seen=seen.version)
    with pytest.raises(MiniChanged):
        save(house, seen, a_package("Mini", 120), seen=seen.version)

    assert [one.fee for one in now(house, seen).packages] == [dollars(180), dollars(250)]


@pytest.mark.rule("B3")
def test_a_package_that_was_removed_meanwhile_does_not_come_back_unseen(house: House):
    seen = house.mini(packages=[a_package("Mini"), a_package("Plus", 210)])
    house.by_owner(lambda desk: desk.remove_package(seen.id, "plus"))

    with pytest.raises(MiniChanged):
        save(house, seen, a_package("Plus", 250), seen=seen.version)
    with pytest.raises(MiniChanged):
        house.by_owner(lambda desk: desk.remove_package(seen.id, "plus"))


@pytest.mark.rule("B4", "C7")
def test_a_premium_is_no_more_than_can_be_charged(house: House):
    spot = house.spots(house.mini())[0]

    with pytest.raises(AmountTooLarge):
        house.by_owner(lambda desk: desk.change_spot(spot.id, premium_minor=2**31))


@pytest.mark.parametrize(
    ("package", "bug"),
    [
        (Package(id="", title="Mini", fee=Money(100, "EUR"), paid_by=PaidBy.FULL), CurrencyMismatch),
        (Package(id="", title="Mini", fee=Money(-1, "USD"), paid_by=PaidBy.OUTSIDE), ValueError),
        (Package(id="", title="Mini", fee=Money(100, "USD"), paid_by=PaidBy.FREE), ValueError),
        (Package(id="", title="Mini", fee=Money(100, "USD"), paid_by=PaidBy.RETAINER), ValueError),
    ],
)
def test_what_no_grammar_reads_is_a_bug(house: House, package: Package, bug: type[Exception]):
    with pytest.raises(bug):
        save(house, house.mini(), package)
