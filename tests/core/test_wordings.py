"""B7: what the studio says in its own words is kept, for all its minis and for one; and who may say it."""

import pytest

from core.minis.mini import Mini
from core.minis.publish import MiniChanged
from core.paperwork.wording import FieldUnfit, WordingEmpty
from core.studio.wording import Occasion, OwnWording, Wording, worded
from core.values.refusals import Overtaken
from tests.core.house import House, present

CAME = Wording(subject="It moved", text="As it came.")
MOVED = OwnWording(occasion=Occasion.MOVED, text=" Sorry, {client_name}! ")


def said(house: House, mini: Mini) -> Wording:
    """What clients of the mini read when they are moved."""
    studio = present(house.look(lambda records: records.studios.one(house.studio.id)))
    newest = present(house.look(lambda records: records.minis.one(house.studio.id, mini.id)))
    return worded(CAME, Occasion.MOVED, studio=studio.wordings, mini=newest.wordings)


@pytest.mark.rule("B7")
def test_a_minis_own_comes_before_the_studios_part_by_part(house: House):
    mini, other = house.mini(), house.mini("Newborn Minis")
    subject = OwnWording(occasion=Occasion.MOVED, subject="A new  time", on=False)
    cancelled = OwnWording(occasion=Occasion.CANCELLED, text="Goodbye.")

    house.studio = house.by_owner(lambda desk: desk.word(MOVED))
    house.studio = house.by_owner(lambda desk: desk.word(cancelled))
    house.by_owner(lambda desk: desk.word_for(mini.id, subject))

    assert said(house, mini) == Wording(subject="A new time", text="Sorry, {client_name}!", on=False)
    assert said(house, other) == Wording(subject="It moved", text="Sorry, {client_name}!")

    house.by_owner(lambda desk: desk.word_for(mini.id, OwnWording(occasion=Occasion.MOVED)))
    house.studio = house.by_owner(lambda desk: desk.word(OwnWording(occasion=Occasion.MOVED)))

    assert said(house, mini) == CAME
    assert house.studio.wordings == (cancelled,)


@pytest.mark.rule("B7")
def test_what_cannot_be_said_changes_nothing(house: House):
    mini = house.mini()
    house.studio = house.by_owner(lambda desk: desk.word(MOVED))
    before = said(house, mini)

    with pytest.raises(WordingEmpty):
        house.by_owner(lambda desk: desk.word(OwnWording(occasion=Occasion.MOVED, text=" ")))
    with pytest.raises(FieldUnfit):
        house.by_owner(lambda desk: desk.word_for(mini.id, OwnWording(occasion=Occasion.MOVED, subject="{due_now}")))

    assert said(house, mini) == before


@pytest.mark.rule("B7")
def test_of_two_at_once_neither_is_lost(house: House):
    """Whoever read the studio before somebody else changed it is stopped, and finds that when they are run again."""
    no_reminders = OwnWording(occasion=Occasion.REMINDER, on=False)
    newest = house.by_owner(lambda desk: desk.word(MOVED))

    with pytest.raises(Overtaken):
        house.by_owner(lambda desk: desk.word(no_reminders))
    house.studio = newest
    house.by_owner(lambda desk: desk.word(no_reminders))

    kept = present(house.look(lambda records: records.studios.one(newest.id))).wordings
    assert [one.occasion for one in kept] == [Occasion.MOVED, Occasion.REMINDER]


@pytest.mark.rule("B7", "B8")
def test_a_mini_that_is_over_says_no_more(house: House):
    mini = house.mini()
    house.by_owner(lambda desk: desk.archive(mini.id))

    with pytest.raises(MiniChanged):
        house.by_owner(lambda desk: desk.word_for(mini.id, MOVED))
