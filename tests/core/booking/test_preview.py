"""A member walks the client's steps: a real hold for others, and nothing for the books."""

from dataclasses import replace

import pytest

from core.booking.booking import Booking, Reason
from core.booking.refusals import BookingChanged, MiniNotOpen, PreviewOnly, SpotTaken
from core.minis.mini import Mini
from core.studio.studio import Role
from tests.builders import SUNDAY, a_day
from tests.core.house import ANA, House, present
from tests.core.test_team import by, invited


def open_preview(house: House, mini: Mini, name: str = "luna") -> str | None:
    """Open the owner's preview link with a client's own identity."""
    link = house.by_owner(lambda desk: desk.preview_link(mini))
    return house.by(name, lambda desk: desk.preview_behind(link))


def preview(house: House, mini: Mini, number: int = 0) -> Booking:
    open_preview(house, mini)
    return house.hold("luna", house.spots(mini)[number], preview=True)


@pytest.mark.rule("E1")
def test_a_preview_of_a_draft_takes_a_real_hold(house: House):
    mini = house.mini(published=False)

    booking = preview(house, mini)

    assert booking.preview
    assert house.row(house.spot(booking.spot_id)).taken == 1
    house.by_owner(lambda desk: desk.publish(mini.id))
    with pytest.raises(SpotTaken):
        house.hold("ana", house.spot(booking.spot_id))


@pytest.mark.rule("E1")
def test_a_preview_cannot_be_confirmed_and_leaves_no_contact(house: House):
    booking = preview(house, house.mini())
    house.by("luna", lambda desk: desk.keep_contact(booking.id, ANA))

    with pytest.raises(PreviewOnly):
        house.by("luna", lambda desk: desk.confirm(booking.id))

    client = house.look(lambda records: records.clients.one(house.studio.id, house.client("luna").id))
    assert client is not None
    assert client.contact is None
    assert house.by("luna", lambda desk: desk.my_bookings()) == []


@pytest.mark.rule("E1")
def test_a_preview_goes_when_it_ends_however_it_ends_and_nobody_is_told(house: House):
    mini = house.mini()
    ends = [
        lambda one: house.by("luna", lambda desk: desk.end_preview(one.id)),
        lambda one: house.by("luna", lambda desk: desk.give_up(one.id)),
        lambda one: house.by_owner(lambda desk: desk.end_hold(one.id)),
        house.let_lapse,
        lambda one: house.by_owner(lambda desk: desk.cancel_mini(mini.id)),
    ]

    for end in ends:
        booking = preview(house, mini)
        end(booking)
        kept = house.booking(booking)
        assert (kept.state, kept.reason, house.seats(booking)) == ("expired", Reason.PREVIEW_OVER, [])
    assert house.outbox() == []


@pytest.mark.rule("E1")
def test_a_preview_that_ended_is_neither_taken_up_nor_moved(house: House):
    mini = house.mini()
    booking = preview(house, mini)
    other = house.spots(mini)[1]
    with pytest.raises(BookingChanged):
        house.by_owner(lambda desk: desk.move(booking.id, other.id))
    house.by("luna", lambda desk: desk.end_preview(booking.id))

    with pytest.raises(BookingChanged):
        house.by("luna", lambda desk: desk.take_up(booking.id, booking.spot_id))


@pytest.mark.rule("E1", "F10")
def test_a_preview_is_no_hold_of_the_members_own_and_never_counts_against_them(house: House):
    mini = house.mini()
    for _ in range(3):
        house.let_lapse(preview(house, mini))

    booking = house.hold("luna", house.spots(mini)[1])
    walked = preview(house, mini)

    assert (booking.preview, walked.preview) == (False, True)
    assert house.seats(booking) != house.seats(walked)


@pytest.mark.rule("E1")
def test_only_a_client_previews_who_is_a_member(house: House):
    mini = house.mini(published=False)
    assert open_preview(house, mini) == mini.id

    assert open_preview(house, mini, "ana") is None
    with pytest.raises(MiniNotOpen):
        house.hold("ana", house.spots(mini)[0], preview=True)


@pytest.mark.rule("A4", "E1")
@pytest.mark.parametrize("changed", [{"removed": True}, {"role": Role.ASSISTANT}, {"role": Role.HOST}])
def test_whoever_may_change_nothing_any_more_previews_nothing(house: House, changed: dict[str, object]):
    mini = house.mini(published=False)
    open_preview(house, mini)
    owner = replace(house.owner, client_id=house.client("luna").id, **changed)  # pyright: ignore[reportArgumentType]
    house.store.do(lambda records: records.studios.change_member(owner))

    assert open_preview(house, mini) is None
    with pytest.raises(MiniNotOpen):
        house.hold("luna", house.spots(mini)[0], preview=True)


@pytest.mark.rule("E1")
def test_a_clients_own_hold_does_not_end_as_a_preview(house: House):
    booking = house.hold("ana", house.spots(house.mini(days=[a_day()]))[0])

    with pytest.raises(BookingChanged):
        house.by("ana", lambda desk: desk.end_preview(booking.id))


@pytest.mark.rule("E1")
def test_a_member_ends_their_own_previews_from_the_studio_and_nobody_elses(house: House):
    fall, winter = house.mini(), house.mini("Winter Minis", days=[a_day(SUNDAY)])
    mine = [preview(house, fall), preview(house, winter)]
    ana = house.hold("ana", house.spots(fall)[1])
    me = house.look(lambda records: records.studios.member(house.studio.id, house.owner.id))
    house.owner = present(me)
    assert [one.id for one in house.by_owner(lambda desk: desk.previews())] == [one.id for one in mine]

    house.by_owner(lambda desk: desk.end_previews())

    ended = [house.booking(one) for one in mine]
    assert [(one.state, one.reason) for one in ended] == [("expired", Reason.PREVIEW_OVER)] * 2
    assert house.booking(ana).state == "held"
    assert house.by_owner(lambda desk: desk.end_previews()) == []
    assert house.waiting() == ["hold_warning"]


@pytest.mark.rule("E1", "A4")
def test_a_preview_ends_when_its_member_is_removed(house: House):
    mini = house.mini()
    ben = invited(house, "ben", Role.PHOTOGRAPHER)
    link = by(house, ben, lambda desk: desk.preview_link(mini))
    house.by("ben", lambda desk: desk.preview_behind(link))
    walked = house.hold("ben", house.spots(mini)[0], preview=True)
    assert walked.preview

    house.by_owner(lambda desk: desk.remove_member(ben.id))

    ended = house.booking(walked)
    assert (ended.state, ended.reason, house.seats(ended)) == ("expired", Reason.PREVIEW_OVER, [])
    assert house.row(house.spots(mini)[0]).taken == 0


@pytest.mark.rule("E1", "C9")
def test_the_studio_sees_whose_preview_a_hold_is(house: House):
    mini = house.mini()
    booking = preview(house, mini)
    house.hold("ana", house.spots(mini)[1])

    states = house.by_owner(lambda desk: desk.day_states(mini.id))

    assert [one.previewed_by for one in states[:2]] == [booking.client_id, None]
