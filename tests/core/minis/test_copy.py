"""B8: a copy is a new draft of all but days, spots, claims and bookings; and A5: tax is switched per mini."""

from dataclasses import replace

import pytest

from core.booking.booking import HOLD
from core.minis.describe import TitleOutOfRange
from core.minis.mini import Mini, MiniState
from core.minis.publish import MiniChanged, NotPublishable
from core.studio.studio import Tax
from core.studio.wording import Occasion, OwnWording
from core.values.money import Money
from storage.store import Store
from tests.builders import CONTRACT_TEXT, a_contract, a_package, an_add_on
from tests.core.house import House, present

SALES_TAX = Tax(name="Sales tax", rate_hundredths=825, inclusive=False)


def now(house: House, mini: Mini) -> Mini:
    return present(house.look(lambda records: records.minis.one(house.studio.id, mini.id)))


@pytest.fixture
def mini(house: House) -> Mini:
    """A mini with all that a mini may have, and a booking."""
    contract = house.by_owner(a_contract)
    mini = house.mini(
        packages=[a_package("Mini"), a_package("Plus", 210)],
        add_ons=[an_add_on("Print", 25)],
        description="Among the trees.",
        contracts=[contract],
        questions="How many kids? (number) *",
        questions_after="Anything else?",
    )
    mini = house.by_owner(lambda desk: desk.describe(mini.id, picture="pictures/fall.jpg", places_limit=6))
    mini = house.by_owner(lambda desk: desk.set_taxed(mini.id, taxed=False))
    house.by_owner(lambda desk: desk.word_for(mini.id, OwnWording(occasion=Occasion.MOVED, text="Sorry!")))
    house.hold("ana", house.spots(mini)[0])
    return house.by_owner(lambda desk: desk.pause(mini.id))


@pytest.mark.rule("B8")
def test_a_copy_says_and_sells_the_same_and_has_no_day(house: House, mini: Mini):
    copy = house.by_owner(lambda desk: desk.copy(mini.id, " Spring Minis "))

    assert now(house, copy) == copy
    assert (copy.title, copy.state, copy.paused) == ("Spring Minis", MiniState.DRAFT, False)
    own = ("id", "title", "state", "paused", "edited", "before", "version")
    assert replace(copy, **{name: getattr(mini, name) for name in own}) == mini
    assert house.by_owner(lambda desk: desk.days(copy.id)) == []
    assert house.by_owner(lambda desk: desk.bookings(copy.id)) == []
    with pytest.raises(NotPublishable) as refused:
        house.by_owner(lambda desk: desk.publish(copy.id))
    assert refused.value.facts == {"missing": ("spot",)}


@pytest.mark.rule("B8")
def test_a_copy_has_a_link_of_its_own(house: House, mini: Mini):
    copy = house.by_owner(lambda desk: desk.copy(mini.id, "Spring Minis"))
    links = [house.by_owner(lambda desk, one=one: desk.mini_link(one)) for one in (mini, copy)]

    assert [house.by("ana", lambda desk, link=link: desk.mini_behind(link)) for link in links] == [mini.id, copy.id]


@pytest.mark.rule("B8")
def test_what_is_changed_of_a_copy_is_not_changed_of_the_first(house: House, mini: Mini):
    copy = house.by_owner(lambda desk: desk.copy(mini.id, "Spring Minis"))
    house.by_owner(lambda desk: desk.remove_package(copy.id, "plus"))

    assert now(house, mini) == mini


@pytest.mark.rule("B8", "B10")
def test_a_copy_of_a_finished_mini_has_the_contract_as_it_is_today(house: House, mini: Mini):
    house.wait(HOLD)
    house.tick()
    house.by_owner(lambda desk: desk.archive(mini.id))
    (old,) = mini.contracts
    newest = house.by_owner(lambda desk: a_contract(desk, text=f"{CONTRACT_TEXT} Thanks.", contract_id=old.id))

    copy = house.by_owner(lambda desk: desk.copy(mini.id, "Spring Minis"))

    assert copy.contracts == (newest.edition,)
    assert now(house, mini).contracts == (old,)


@pytest.mark.rule("A6", "B2", "B8")
def test_a_copy_keeps_to_the_limits_and_to_its_studio(house: House, mini: Mini, shared: tuple[Store, str]):
    with pytest.raises(TitleOutOfRange):
        house.by_owner(lambda desk: desk.copy(mini.id, "x" * 65))
    with pytest.raises(MiniChanged):
        House(*shared).by_owner(lambda desk: desk.copy(mini.id, "Ours"))


@pytest.mark.rule("A5", "B10")
def test_tax_is_switched_per_mini_and_for_new_bookings_only(shared: tuple[Store, str]):
    house = House(*shared, {"tax": SALES_TAX})
    mini = house.mini()
    first, second, third, _ = house.spots(mini)
    before = house.hold("ana", first)

    house.by_owner(lambda desk: desk.set_taxed(mini.id, taxed=False))
    without = house.hold("ben", second)
    house.by_owner(lambda desk: desk.set_taxed(mini.id, taxed=True))
    again = house.hold("cleo", third)

    assert [house.booking(one).price.tax for one in (before, without, again)] == [
        Money(1238, "USD"),
        Money(0, "USD"),
        Money(1238, "USD"),
    ]
    assert without.snapshot.tax is None
