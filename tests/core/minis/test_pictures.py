"""B2: a mini's own pictures: one, or several in their order; what is used nowhere is forgotten."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from core.minis.mini import Mini
from core.minis.pictures import MOST_PICTURES, PictureGone, TooManyPictures
from core.minis.publish import MiniChanged
from core.studio_desk import StudioDesk
from tests.core.house import House, present


def sent(house: House, *pictures: bytes, beside: Sequence[str] = ()) -> list[str]:
    """The ids of pictures that the owner sends one after the other."""
    ids = [*beside]
    for one in pictures:
        ids.append(house.by_owner(lambda desk, one=one: desk.keep_picture(one, ids)))
    return ids[len(beside) :]


def kept(house: House) -> list[str]:
    return [one.id for one in house.look(lambda records: records.files.pictures_by(house.studio.id, house.owner.id))]


def shown(house: House, mini: Mini) -> tuple[str, ...]:
    return present(house.look(lambda records: records.minis.one(house.studio.id, mini.id))).pictures


@pytest.mark.rule("B2")
def test_a_mini_shows_the_pictures_it_is_given_in_their_order_instead_of_its_old_one(house: House):
    mini = house.mini()
    house.by_owner(lambda desk: desk.describe(mini.id, picture="pictures/fall.jpg"))
    one, two, three = sent(house, b"one", b"two", b"three")

    house.by_owner(lambda desk: desk.set_pictures(mini.id, [three, one]))

    said = present(house.look(lambda records: records.minis.one(house.studio.id, mini.id)))
    assert (said.pictures, said.picture, said.is_pictured) == ((three, one), "", True)
    content = house.look(lambda records: present(records.files.one(house.studio.id, three)).content)
    assert content == b"three"
    assert two in kept(house)


@pytest.mark.rule("B2")
def test_what_a_member_sent_and_did_not_use_goes_when_they_send_others(house: House):
    mini = house.mini()
    used, _unused = sent(house, b"one", b"two")
    house.by_owner(lambda desk: desk.set_pictures(mini.id, [used]))

    (third,) = sent(house, b"three")

    assert kept(house) == [used, third]


@pytest.mark.rule("B2")
def test_a_picture_that_is_replaced_goes_unless_another_mini_shows_it(house: House):
    first, second = house.mini(), house.mini("Spring Minis")
    one, two = sent(house, b"one", b"two")
    house.by_owner(lambda desk: [desk.set_pictures(mini.id, [one, two]) for mini in (first, second)])

    house.by_owner(lambda desk: desk.set_pictures(first.id, [two]))
    assert sorted(kept(house)) == sorted([one, two])

    house.by_owner(lambda desk: desk.set_pictures(second.id, []))
    assert (kept(house), shown(house, second)) == ([two], ())


@pytest.mark.rule("B2")
def test_a_picture_that_is_gone_or_was_never_one_is_refused(house: House):
    mini = house.mini()
    (gone,) = sent(house, b"one")
    sent(house, b"two")

    for ids in ([gone], ["nothing"]):
        with pytest.raises(PictureGone):
            house.by_owner(lambda desk, ids=ids: desk.set_pictures(mini.id, ids))


@pytest.mark.rule("B2")
def test_six_pictures_are_the_most(house: House):
    mini = house.mini()
    six = sent(house, *(b"%d" % number for number in range(MOST_PICTURES)))

    with pytest.raises(TooManyPictures):
        sent(house, b"seven", beside=six)

    assert house.by_owner(lambda desk: desk.set_pictures(mini.id, six)).pictures == tuple(six)


@pytest.mark.rule("B2")
def test_of_two_who_give_a_mini_pictures_the_second_has_to_look_first(house: House):
    seen = house.mini()
    sol = replace(house.owner, id="sol")
    theirs = house.store.do(lambda records: StudioDesk(records, house.studio, sol).keep_picture(b"theirs"))
    (mine,) = sent(house, b"mine")
    house.by_owner(lambda desk: desk.set_pictures(seen.id, [mine], seen=seen.version))

    def late(desk_seen: int | None) -> Mini:
        return house.store.do(
            lambda records: StudioDesk(records, house.studio, sol).set_pictures(seen.id, [theirs], seen=desk_seen)
        )

    with pytest.raises(MiniChanged):
        late(seen.version)
    assert shown(house, seen) == (mine,)
    assert late(None).pictures == (theirs,)


@pytest.mark.rule("A6")
def test_another_studios_picture_is_no_picture(house: House):
    other = House(house.store, house.url)
    (theirs,) = sent(other, b"theirs")
    mini = house.mini()

    with pytest.raises(PictureGone):
        house.by_owner(lambda desk: desk.set_pictures(mini.id, [theirs]))
