"""E4: a mini publishes itself at the moment that was set, or the studio hears what kept it from that."""

from collections.abc import Callable
from contextlib import closing
from datetime import timedelta

import pytest
from sqlalchemy import select

from core.back_office import BackOffice
from core.minis.mini import Mini, MiniState, PaidBy
from core.minis.publish import UNDO, MiniChanged, OpeningPast
from core.payments.till_key import Installation
from core.studio_desk import StudioDesk
from storage.documents import FACTS
from storage.message_tables import outbox
from storage.store import Store
from tests.builders import SATURDAY, a_day, a_package
from tests.core.conftest import LINK_KEY
from tests.core.house import House, present
from tests.core.test_team import claim
from tests.storage import raw

DAY = timedelta(days=1)


def set_for(house: House, mini: Mini, ahead: timedelta = DAY) -> Mini:
    return house.by_owner(lambda desk: desk.open_at(mini.id, desk.now + ahead))


def now(house: House, mini: Mini) -> Mini:
    return house.by_owner(lambda desk: desk.mini(mini.id))


def alerts(house: House) -> list[tuple[str, object]]:
    """What the studio hears of openings: the kind, and what was missing."""
    rows = raw.rows(house.url, select(outbox).where(outbox.c.studio_id == house.studio.id).order_by(outbox.c.id))
    return [(row.kind, FACTS.read(row.facts).get("missing")) for row in rows if "opened" in row.kind]


@pytest.mark.rule("E4")
@pytest.mark.parametrize("before", [MiniState.DRAFT, MiniState.UNPUBLISHED])
def test_a_mini_publishes_itself_when_its_moment_comes_and_not_before(house: House, before: MiniState):
    claim(house)
    mini = house.mini(published=before is MiniState.UNPUBLISHED)
    if before is MiniState.UNPUBLISHED:
        house.by_owner(lambda desk: desk.unpublish(mini.id))
    set_for(house, mini)
    house.wait(DAY - timedelta(minutes=1))
    house.tick()
    assert now(house, mini).state is before
    house.wait(timedelta(minutes=1))

    house.tick()
    house.tick()

    opened = now(house, mini)
    assert (opened.state, opened.opens_at) == (MiniState.PUBLISHED, None)
    assert ("mini_opened", mini.id) in house.notes()
    assert alerts(house) == [("alert_mini_opened", None)]


@pytest.mark.rule("E4")
def test_the_clock_knows_of_the_moment(database_url: str):
    with closing(Store.open(database_url, link_key=LINK_KEY)) as store:  # in a store of its own: nothing else is due
        house = House(store, database_url)
        mini = set_for(house, house.mini(published=False))

        assert house.look(lambda records: records.clock.next_deadline()) == mini.opens_at


@pytest.mark.rule("E4", "B9")
def test_where_something_is_missing_it_stays_shut_and_the_studio_hears_what_once(house: House):
    claim(house)
    mini = house.by_owner(lambda desk: desk.new_mini("Fall Minis"))
    set_for(house, mini)
    house.wait(DAY)

    house.tick()
    house.tick()

    left = now(house, mini)
    assert (left.state, left.opens_at) == (MiniState.DRAFT, None)
    assert alerts(house) == [("alert_mini_not_opened", "spot package")]


@pytest.mark.rule("E4", "B9")
def test_what_was_missing_may_come_until_then(house: House):
    mini = house.by_owner(lambda desk: desk.new_mini("Fall Minis"))
    set_for(house, mini)
    house.by_owner(lambda desk: [desk.set_packages(mini.id, [a_package()], []), desk.add_day(mini.id, a_day())])
    house.wait(DAY)

    house.tick()

    assert now(house, mini).state is MiniState.PUBLISHED


@pytest.mark.rule("E4", "A3")
def test_without_a_till_a_mini_that_only_tills_can_sell_stays_shut(house: House):
    mini = house.mini(published=False, packages=[a_package(paid_by=PaidBy.FULL)])
    set_for(house, mini)
    house.wait(DAY)

    house.store.do(lambda records: BackOffice(records, Installation()).open_minis())

    assert now(house, mini).state is MiniState.DRAFT
    assert ("mini_not_opened", mini.id) in house.notes()


@pytest.mark.rule("E4", "B9")
def test_a_moment_after_the_last_spot_has_none_ahead(house: House):
    mini = house.mini(published=False, days=[a_day(SATURDAY)])

    def lacks(desk: StudioDesk) -> tuple[str, ...]:
        return desk.missing(mini.id, by=desk.now + 7 * DAY)

    assert (house.by_owner(lambda desk: desk.missing(mini.id)), house.by_owner(lacks)) == ((), ("spot",))


@pytest.mark.rule("E4")
def test_it_can_be_set_otherwise_and_taken_back(house: House):
    mini = set_for(house, house.mini(published=False))
    later = set_for(house, mini, 2 * DAY)
    assert present(later.opens_at) - present(mini.opens_at) >= DAY

    house.by_owner(lambda desk: desk.open_at(mini.id, None))

    house.wait(3 * DAY)
    house.tick()
    assert now(house, mini).state is MiniState.DRAFT


@pytest.mark.rule("E4", "C2")
@pytest.mark.parametrize("ahead", [timedelta(0), -DAY])
def test_the_past_is_refused(house: House, ahead: timedelta):
    mini = house.mini(published=False)

    with pytest.raises(OpeningPast):
        set_for(house, mini, ahead)


@pytest.mark.rule("E4")
@pytest.mark.parametrize("ending", [StudioDesk.archive, StudioDesk.cancel_mini, StudioDesk.publish])
def test_what_is_published_or_over_does_not_open_by_itself(house: House, ending: Callable[[StudioDesk, str], Mini]):
    mini = set_for(house, house.mini(published=False))
    ended = house.by_owner(lambda desk: ending(desk, mini.id))
    assert ended.opens_at is None

    with pytest.raises(MiniChanged):
        set_for(house, mini)

    house.wait(2 * DAY)
    house.tick()
    assert now(house, mini).state is ended.state


@pytest.mark.rule("E4", "E3")
def test_taking_back_a_publication_sets_the_moment_again_while_it_is_ahead(house: House):
    mini = set_for(house, house.mini(published=False))
    house.by_owner(lambda desk: desk.publish(mini.id))

    undone = house.by_owner(lambda desk: desk.undo(mini.id))

    assert (undone.state, undone.opens_at) == (MiniState.DRAFT, mini.opens_at)


@pytest.mark.rule("E4", "E3")
def test_what_opened_by_itself_is_taken_back_for_a_minute_and_stays_shut(house: House):
    mini = set_for(house, house.mini(published=False))
    house.wait(DAY)
    house.tick()

    undone = house.by_owner(lambda desk: desk.undo(mini.id))

    house.wait(UNDO)
    house.tick()
    assert (undone.state, now(house, mini).state, undone.opens_at) == (MiniState.DRAFT, MiniState.DRAFT, None)


@pytest.mark.rule("B8", "E4")
def test_a_copy_does_not_open_with_its_original(house: House):
    mini = set_for(house, house.mini(published=False))

    assert house.by_owner(lambda desk: desk.copy(mini.id, "Winter Minis")).opens_at is None
