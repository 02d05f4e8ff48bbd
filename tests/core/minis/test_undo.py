"""E3, B8: what was done to a mini as a whole can be taken back for a minute (DECISIONS 11)."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from core.minis.mini import Mini, MiniState
from core.minis.publish import UNDO, TooLateToUndo
from core.studio_desk import StudioDesk
from tests.core.house import House


@pytest.mark.rule("E3", "B8")
@pytest.mark.parametrize("published", [True, False])
@pytest.mark.parametrize(
    "deed", [StudioDesk.publish, StudioDesk.unpublish, StudioDesk.pause, StudioDesk.resume, StudioDesk.archive]
)
def test_a_mini_stands_again_as_it_did(house: House, deed: Callable[[StudioDesk, str], Mini], published: bool):
    mini = house.mini(published=published)
    house.by_owner(lambda desk: desk.pause(mini.id) if deed is StudioDesk.resume else desk.resume(mini.id))
    if deed is StudioDesk.unpublish and not published:
        house.by_owner(lambda desk: desk.publish(mini.id))
    before = house.by_owner(lambda desk: desk.mini(mini.id))
    done = house.by_owner(lambda desk: deed(desk, mini.id))
    assert house.by_owner(lambda desk: desk.can_undo(done)) is (done.before is not None)
    if (done.state, done.paused) == (before.state, before.paused):
        return

    undone = house.by_owner(lambda desk: desk.undo(mini.id))

    assert (undone.state, undone.paused, undone.before) == (before.state, before.paused, None)


@pytest.mark.rule("E3")
def test_after_a_minute_or_a_second_time_nothing_is_taken_back(house: House):
    mini = house.mini()
    house.by_owner(lambda desk: desk.pause(mini.id))
    house.wait(UNDO + timedelta(seconds=1))
    with pytest.raises(TooLateToUndo):
        house.by_owner(lambda desk: desk.undo(mini.id))
    assert not house.by_owner(lambda desk: desk.can_undo(desk.mini(mini.id)))

    house.by_owner(lambda desk: desk.archive(mini.id))
    house.by_owner(lambda desk: desk.undo(mini.id))
    with pytest.raises(TooLateToUndo):
        house.by_owner(lambda desk: desk.undo(mini.id))


@pytest.mark.rule("B1", "E3")
def test_a_mini_that_somebody_books_is_no_draft_again(house: House):
    mini = house.mini(published=False)
    house.by_owner(lambda desk: desk.publish(mini.id))
    house.hold("ana", house.spots(mini)[0])

    assert house.by_owner(lambda desk: desk.undo(mini.id)).state is MiniState.UNPUBLISHED


@pytest.mark.rule("B8")
def test_what_was_called_off_stays_so(house: House):
    mini = house.mini()
    house.by_owner(lambda desk: [desk.pause(mini.id), desk.cancel_mini(mini.id)])

    with pytest.raises(TooLateToUndo):
        house.by_owner(lambda desk: desk.undo(mini.id))
