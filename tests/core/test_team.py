"""Claiming a studio, inviting to it and leaving it (A1, A4), its settings (A2), and who hears what waited."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.messages.alerts import OVERVIEW
from core.messages.records import LeasedMessage, NewMessage, Sending
from core.minis.mini import Mini
from core.ports import Identity, TalkRow
from core.studio.settings import DaysSet, NotSetUp, PricesSet, SettingWrong, StudioInUse, code_prefix
from core.studio.studio import Member, Role, Tax
from core.studio.team import Newcomer, NoSuchMember, OwnerStays, Ticket, TicketOver, claim_ticket
from core.studio_desk import NotAllowed, StudioDesk, join_team
from storage.store import Store
from tests.core.house import House

CHANNEL = "telegram-studio"
DAY = timedelta(days=1)


def join(house: House, ticket: Ticket, secret: str, who: str) -> Member:
    newcomer = Newcomer(
        identity=Identity(CHANNEL, f"{house.studio.id} {who}"), address=f"chat of {who}", name=who, language="en"
    )
    return house.store.do(lambda records: join_team(records, house.studio, ticket, secret, newcomer))


def claim(house: House, who: str = "luna") -> Member:
    return join(house, Ticket.CLAIM, house.store.do(lambda records: claim_ticket(records, house.studio.id)), who)


def invited(house: House, who: str, role: Role) -> Member:
    return join(house, Ticket.TEAM, house.by_owner(lambda desk: desk.invite(role)), who)


def known(house: House, who: str) -> Member | None:
    identity = Identity(CHANNEL, f"{house.studio.id} {who}")
    return house.look(lambda records: records.studios.member_by_identity(house.studio.id, identity))


def by(house: House, member: Member, deed: Callable[[StudioDesk], Any]) -> Any:
    return house.store.do(lambda records: deed(StudioDesk(records, house.studio, member)))


def leased(house: House) -> list[LeasedMessage]:
    """What is due for this house; that of others in the database waits for the next worker."""
    rows = house.store.do(lambda records: records.outbox.lease("w", 1000, timedelta(0)))
    return [row for row in rows if row.studio_id == house.studio.id]


def sent(house: House) -> list[LeasedMessage]:
    """All that is due for this house, one after the other."""
    rows: list[LeasedMessage] = []
    while due := leased(house):
        rows += due
        for row in due:
            house.store.do(lambda records, row=row: records.outbox.settle("w", row.id, Sending.SENT))
    return rows


@pytest.mark.rule("A1")
def test_whoever_opens_the_claim_link_is_the_owner(house: House):
    assert known(house, "luna") is None

    member = claim(house)

    assert member.role is Role.OWNER
    assert known(house, "luna") == member


@pytest.mark.rule("A1")
def test_a_claim_link_opens_once(house: House):
    secret = house.store.do(lambda records: claim_ticket(records, house.studio.id))
    join(house, Ticket.CLAIM, secret, "luna")

    with pytest.raises(TicketOver):
        join(house, Ticket.CLAIM, secret, "eve")

    assert known(house, "eve") is None


@pytest.mark.rule("A1")
def test_a_newer_claim_link_makes_the_older_worthless(house: House):
    older = house.store.do(lambda records: claim_ticket(records, house.studio.id))
    claim(house)

    with pytest.raises(TicketOver):
        join(house, Ticket.CLAIM, older, "eve")


@pytest.mark.rule("A1")
def test_claiming_again_puts_the_lost_account_out(house: House):
    owner = claim(house, "old phone")

    again = claim(house, "new phone")

    assert again.id == owner.id
    assert (known(house, "old phone"), known(house, "new phone")) == (None, again)


@pytest.mark.rule("A4")
@pytest.mark.parametrize("role", [Role.PHOTOGRAPHER, Role.ASSISTANT, Role.HOST])
def test_an_invitation_gives_its_role_for_48_hours(house: House, role: Role):
    assert invited(house, "ben", role).role is role
    late = house.by_owner(lambda desk: desk.invite(role))
    house.wait(timedelta(hours=48))

    with pytest.raises(TicketOver):
        join(house, Ticket.TEAM, late, "eve")


@pytest.mark.rule("A4")
def test_a_claim_is_no_invitation(house: House):
    secret = house.by_owner(lambda desk: desk.invite(Role.HOST))

    with pytest.raises(TicketOver):
        join(house, Ticket.CLAIM, secret, "eve")


@pytest.mark.rule("A4")
def test_a_second_invitation_changes_the_role_of_the_same_member(house: House):
    host = invited(house, "ben", Role.HOST)

    promoted = invited(house, "ben", Role.PHOTOGRAPHER)

    assert promoted == replace(host, role=Role.PHOTOGRAPHER)


@pytest.mark.rule("A4")
def test_removing_a_member_takes_effect_at_once(house: House):
    ben = invited(house, "ben", Role.PHOTOGRAPHER)

    house.by_owner(lambda desk: desk.remove_member(ben.id))

    assert known(house, "ben") is None
    with pytest.raises(NoSuchMember):
        house.by_owner(lambda desk: desk.remove_member(ben.id))


@pytest.mark.rule("A4")
def test_the_last_owner_stays(house: House):
    owner = claim(house)

    with pytest.raises(OwnerStays):
        house.by_owner(lambda desk: desk.remove_member(owner.id))
    with pytest.raises(OwnerStays):
        invited(house, "luna", Role.HOST)

    assert known(house, "luna") == owner


@pytest.mark.rule("A4")
@pytest.mark.parametrize("role", [Role.PHOTOGRAPHER, Role.ASSISTANT, Role.HOST])
def test_only_an_owner_settles_team_and_studio(house: House, role: Role):
    member = invited(house, "ben", role)

    for deed in (
        lambda desk: desk.team(),
        lambda desk: desk.invite(Role.HOST),
        lambda desk: desk.remove_member(member.id),
        lambda desk: desk.settle(replace(desk.studio, name="Ben's")),
    ):
        with pytest.raises(NotAllowed):
            by(house, member, deed)


# -- what the studio hears --


def alert(key: str) -> NewMessage:
    return NewMessage(key=key, kind="alert", client_id=None)


def add(house: House, *messages: NewMessage) -> None:
    house.store.do(lambda records: records.outbox.add(house.studio.id, messages))


@pytest.mark.rule("A1", "J7")
def test_what_waited_for_somebody_to_claim_the_studio_comes_to_them(house: House):
    add(house, alert("a"))
    assert leased(house) == []

    owner = claim(house)

    assert [(row.key, row.member_id, row.channel, row.address) for row in leased(house)] == [
        ("a", owner.id, CHANNEL, "chat of luna")
    ]


@pytest.mark.rule("J7")
def test_what_waited_for_more_than_a_day_comes_as_one_summary(house: House):
    add(house, alert("a"), alert("b"))
    house.wait(2 * DAY)
    add(house, alert("c"))

    claim(house)

    assert [(row.kind, row.values.get("count")) for row in sent(house)] == [("alert", None), ("alert_summary", 2)]


@pytest.mark.rule("J5")
def test_everybody_who_runs_the_studio_hears_and_nobody_else(house: House):
    owner, ben = claim(house), invited(house, "ben", Role.PHOTOGRAPHER)
    invited(house, "assistant", Role.ASSISTANT)
    invited(house, "host", Role.HOST)
    gone = invited(house, "gone", Role.PHOTOGRAPHER)
    house.by_owner(lambda desk: desk.remove_member(gone.id))

    add(house, alert("a"))

    assert sorted(row.member_id or "" for row in leased(house)) == sorted([owner.id, ben.id])


@pytest.mark.rule("A4", "J5")
def test_what_was_meant_for_a_member_who_was_removed_reaches_nobody(house: House):
    owner, ben = claim(house), invited(house, "ben", Role.PHOTOGRAPHER)
    add(house, alert("a"))
    house.by_owner(lambda desk: desk.remove_member(ben.id))

    assert [row.member_id for row in leased(house)] == [owner.id]


# -- settings --


@pytest.mark.rule("A2")
@pytest.mark.parametrize(
    ("changes", "hint"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 65}, "name"),
        ({"zone_name": "Mars/Olympus"}, "zone"),
        ({"currency": "usd"}, "currency"),
        ({"currency": "XXX"}, "currency"),
        ({"country": "ZZ"}, "country"),
        ({"privacy_notice": "x" * 2001}, "text"),
        ({"tax": Tax(name="VAT", rate_hundredths=0, inclusive=True)}, "tax"),
        ({"tax": Tax(name=" ", rate_hundredths=1900, inclusive=True)}, "tax"),
        ({"balance_due": timedelta(days=91)}, "due"),
        ({"cancel_until": timedelta(hours=-1)}, "cancel"),
        ({"photos_kept": timedelta(0)}, "photos"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(house: House, changes: dict[str, Any], hint: str):
    with pytest.raises(SettingWrong) as refused:
        house.by_owner(lambda desk: desk.settle(replace(desk.studio, **changes)))

    assert refused.value.facts["hint"] == hint


@pytest.mark.rule("A2")
def test_settings_hold_from_then_on(house: House):
    house.by_owner(lambda desk: desk.settle(replace(desk.studio, name="Sol Photo", zone_name="Europe/Madrid")))

    kept = house.look(lambda records: records.studios.one(house.studio.id))
    assert kept is not None
    assert (kept.name, kept.zone_name, kept.version) == ("Sol Photo", "Europe/Madrid", house.studio.version + 1)


@pytest.mark.rule("A2")
@pytest.mark.parametrize("changes", [{"zone_name": "Europe/Madrid"}, {"currency": "EUR"}])
def test_zone_and_currency_stay_once_somebody_began_to_book(house: House, changes: dict[str, str]):
    house.hold("ana", house.spots(house.mini())[0])

    with pytest.raises(StudioInUse):
        house.by_owner(lambda desk: desk.settle(replace(desk.studio, **changes)))


@pytest.mark.rule("A2")
def test_the_currency_stays_while_something_has_a_price_in_it(house: House):
    mini = house.mini()

    with pytest.raises(PricesSet):
        house.by_owner(lambda desk: desk.settle(replace(desk.studio, currency="EUR")))

    house.by_owner(lambda desk: desk.set_packages(mini.id, [], []))
    assert house.by_owner(lambda desk: desk.settle(replace(desk.studio, currency="EUR"))).currency == "EUR"


@pytest.mark.rule("A1")
def test_a_studio_is_unclaimed_until_its_owner_has_a_chat(house: House):
    def has_owner() -> bool:
        return house.look(lambda records: records.studios.has_owner(house.studio.id))

    invited(house, "noa", Role.ASSISTANT)
    before = has_owner()
    claim(house)

    assert (before, has_owner()) == (False, True)


@pytest.mark.rule("A2")
@pytest.mark.parametrize(
    ("name", "prefix"),
    [
        ("Luna Photo", "LP"),
        ("luna", "LU"),
        ("Éclair & Sons", "ES"),
        ("4 Seasons Photo", "SP"),
        ("光", "MB"),
        ("", "MB"),
    ],
)
def test_numbers_of_bookings_begin_as_the_studio_is_called(name: str, prefix: str):
    assert code_prefix(name) == prefix


@pytest.mark.rule("J5")
def test_an_overview_that_is_shown_anew_keeps_no_alert_waiting(house: House):
    """Not while it is being sent, nor while it waits for its next try."""
    luna = claim(house)
    mini = house.mini()
    look_at(house, luna, mini)
    house.hold("ana", house.spots(mini)[0])
    house.wait(timedelta(seconds=4))
    (overview,) = [one for one in leased_for(house, timedelta(minutes=2)) if one.kind == OVERVIEW]

    add(house, alert("first"))
    (first,) = leased_for(house, timedelta(minutes=2))
    house.store.do(lambda records: records.outbox.settle("w", first.id, Sending.SENT))
    not_before = house.look(lambda records: records.now) + timedelta(minutes=5)
    house.store.do(lambda records: records.outbox.settle("w", overview.id, Sending.RETRY, not_before=not_before))
    add(house, alert("second"))

    assert [one.key for one in leased_for(house, timedelta(minutes=2))] == [f"second:{luna.id}"]


@pytest.mark.rule("K2")
def test_the_overview_of_a_mini_that_a_booking_left_is_shown_anew(house: House):
    luna = claim(house)
    fall, spring = house.mini(), house.mini("Spring Minis")
    booking = house.confirmed("ana", house.spots(fall)[0])
    look_at(house, luna, fall)

    house.by_owner(lambda desk: desk.move(booking.id, house.spots(spring)[0].id))
    house.wait(timedelta(seconds=4))

    overviews = [row for row in leased_for(house, timedelta(minutes=2)) if row.kind == OVERVIEW]
    assert [row.values for row in overviews] == [{"mini": fall.id}]


def look_at(house: House, member: Member, mini: Mini) -> None:
    """The member's chat shows the mini's overview."""
    row = TalkRow(
        channel=CHANNEL,
        chat=f"chat of {member.id}",
        client_id=None,
        member_id=member.id,
        watches=mini.id,
        body="{}",
        revision=1,
        shown_revision=1,
        card="7",
    )
    house.store.do(lambda records: records.talks.save(house.studio.id, row, read_revision=None))


def leased_for(house: House, length: timedelta) -> list[LeasedMessage]:
    rows = house.store.do(lambda records: records.outbox.lease("w", 1000, length))
    return [row for row in rows if row.studio_id == house.studio.id]


@pytest.mark.rule("A2")
def test_the_zone_stays_while_a_mini_has_a_day_ahead(house: House):
    """Its spots would be at other hours, those among them that somebody was told of."""
    mini = house.mini()

    with pytest.raises(DaysSet):
        house.by_owner(lambda desk: desk.settle(replace(desk.studio, zone_name="Europe/Madrid")))

    for day in house.look(lambda records: records.minis.days(house.studio.id, mini.id)):
        house.by_owner(lambda desk, day=day: desk.remove_day(mini.id, day.id))
    settled = house.by_owner(lambda desk: desk.settle(replace(desk.studio, zone_name="Europe/Madrid")))
    assert settled.zone_name == "Europe/Madrid"


@pytest.mark.rule("A2")
def test_no_mini_is_made_before_the_studio_is_set_up(shared: tuple[Store, str]):
    """Its times would be of no zone that anybody named, its prices in no currency."""
    house = House(*shared, facts={"set_up": False})

    with pytest.raises(NotSetUp):
        house.by_owner(lambda desk: desk.new_mini("Fall Minis"))
