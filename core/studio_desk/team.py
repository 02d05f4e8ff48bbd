"""The desk's deeds with the studio itself: its team and its settings."""

from core.ports import Records
from core.studio import settings, team
from core.studio.studio import Member, Role, Studio
from core.studio.team import Newcomer, Ticket
from core.studio_desk.desk import Desk
from core.studio_desk.rights import owners
from core.telling import tell_newcomer
from core.values.news import News, What


def found_studio(records: Records, studio: Studio, owner_name: str) -> Member:
    """Open a studio with its owner. The first deed of an installation: nobody's rights are there to check."""
    records.studios.add(studio)
    owner = Member(id=records.new_id(), studio_id=studio.id, name=owner_name, role=Role.OWNER)
    records.studios.add_member(owner)
    return owner


def join_team(records: Records, studio: Studio, ticket: Ticket, secret: str, newcomer: Newcomer) -> Member:
    """Make whoever opened a one-time link a member; whoever claims hears what waited. Raises TicketOver, OwnerStays."""
    member = team.join(records, studio, ticket, secret, newcomer)
    tell_newcomer(records, studio, member, claimed=ticket is Ticket.CLAIM)
    return member


class TeamDeeds(Desk):
    @owners
    def team(self) -> list[Member]:
        """Everybody who belongs to the studio."""
        return self._records.studios.team(self.studio.id)

    @owners
    def invite(self, role: Role) -> str:
        """The payload's secret of a link that makes one person a member: `team_` and this. It lasts 48 hours (A4)."""
        self._note(News(what=What.INVITED, facts={"role": role}))
        return team.invite(self._records, self.studio.id, role)

    @owners
    def remove_member(self, member_id: str) -> Member:
        """Take somebody out, at once; their preview ends with it. Raises NoSuchMember, OwnerStays."""
        removed = team.remove(self._records, self.studio.id, member_id)
        self._end_previews(removed)
        self._note(News(what=What.MEMBER_REMOVED, subject_id=removed.id))
        return removed

    @owners
    def settle(self, wanted: Studio) -> Studio:
        """Change what holds for the whole studio. Raises what `settings.settle` raises."""
        self.studio = settings.settle(self._records, self.studio, wanted)
        self._note(News(what=What.SETTLED))
        return self.studio
