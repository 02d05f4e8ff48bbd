"""Who belongs to a studio: claiming it, inviting by one-time links, and leaving (A1, A4)."""

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from core.ports import Identity, Records
from core.studio.studio import Member, Role, Studio
from core.values.refusals import Refusal

CLAIM_LASTS = timedelta(days=7)
INVITATION_LASTS = timedelta(hours=48)  # A4


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Who opened a link, as the messenger knows them."""

    identity: Identity
    #: The chat that reaches them there.
    address: str
    name: str
    #: BCP 47, of their app.
    language: str


class Ticket(StrEnum):
    """The kinds of one-time links that open the studio's bot."""

    CLAIM = "claim"
    TEAM = "team"


class TicketOver(Refusal):
    """A one-time link opens once, and only until it expires (A1, A4)."""


class OwnerStays(Refusal):
    """A studio has an owner: the last one neither leaves nor takes another role."""


class NoSuchMember(Refusal):
    """Somebody who is not in the team, or no more."""


def claim_ticket(records: Records, studio_id: str) -> str:
    """The secret of a new claim link; earlier ones open nothing any more (A1)."""
    records.secrets.withdraw(studio_id, Ticket.CLAIM)
    return records.secrets.add(studio_id, Ticket.CLAIM, {}, records.now + CLAIM_LASTS)


def invite(records: Records, studio_id: str, role: Role) -> str:
    """The secret of a link that makes one person a member (A4)."""
    return records.secrets.add(studio_id, Ticket.TEAM, {"role": role}, records.now + INVITATION_LASTS)


def join(records: Records, studio: Studio, ticket: Ticket, secret: str, newcomer: Newcomer) -> Member:
    """Make whoever opened the link a member. Raises TicketOver.

    A claim makes them the owner: where there is one already, they have another account now, and the old one is out.
    Somebody who is a member already keeps their row, and takes the invitation's role unless theirs is the last owner's.
    """
    facts = records.secrets.use(studio.id, ticket, secret)
    if facts is None:
        raise TicketOver
    team = records.studios.team(studio.id)
    if ticket is Ticket.CLAIM:
        owner = next((one for one in team if one.role is Role.OWNER), None)
        member = owner or _added(records, studio, newcomer, Role.OWNER)
        records.studios.drop_identities(studio.id, member.id)
    else:
        known = records.studios.member_by_identity(studio.id, newcomer.identity)
        role = Role(str(facts["role"]))
        member = change_role(records, known, role) if known else _added(records, studio, newcomer, role)
    records.studios.add_identity(member, newcomer.identity, newcomer.address)
    return member


def change_role(records: Records, member: Member, role: Role) -> Member:
    """Raises OwnerStays."""
    if member.role is Role.OWNER and role is not Role.OWNER:
        _check_another_owner(records, member)
    changed = replace(member, role=role)
    records.studios.change_member(changed)
    return changed


def remove(records: Records, studio_id: str, member_id: str) -> Member:
    """Take somebody out of the team, at once; what waits for them is not sent. Raises NoSuchMember and OwnerStays."""
    member = records.studios.member(studio_id, member_id)
    if member is None or member.removed:
        raise NoSuchMember
    if member.role is Role.OWNER:
        _check_another_owner(records, member)
    removed = replace(member, removed=True)
    records.studios.change_member(removed)
    records.outbox.withdraw(studio_id, member_id)
    return removed


def _check_another_owner(records: Records, member: Member) -> None:
    team = records.studios.team(member.studio_id)
    if all(one.role is not Role.OWNER or one.id == member.id for one in team):
        raise OwnerStays


def _added(records: Records, studio: Studio, newcomer: Newcomer, role: Role) -> Member:
    member = Member(id=records.new_id(), studio_id=studio.id, name=newcomer.name, role=role, language=newcomer.language)
    records.studios.add_member(member)
    return member
