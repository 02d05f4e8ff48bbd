"""`/team`: who belongs to the studio, one-time links for more, and taking somebody out at once (A4)."""

from typing import Final

from conversations.screens import Button, Copy, Do, Line, Look, Say, Screen, Style, lines, say
from conversations.studio.turn import For, Room, StudioTurn, covering
from core.studio.studio import Member, Role
from core.studio.team import INVITATION_LASTS, NoSuchMember, Ticket
from core.studio_desk.rights import OWNERS

INVITED: Final = (Role.PHOTOGRAPHER, Role.ASSISTANT, Role.HOST)


def team(turn: StudioTurn, _about: str) -> Screen:
    """Everybody with their role, and what each role may do."""
    members = sorted(turn.desk.team(), key=lambda one: list(Role).index(one.role))
    invite = tuple((Button(say(f"button-invite-{role}"), Do("invite", role)),) for role in INVITED)
    leave = tuple(
        (Button(say("button-remove-member", name=one.name), Do("remove_member", one.id)),)
        for one in members
        if one.id != turn.desk.member.id
    )
    return Screen(
        lines=(
            Line(say("team", studio=turn.studio.name), Look.TITLE),
            *(Line(say("team-member", name=one.name, role=say(f"role-{one.role}"))) for one in members),
            *lines(*(say(f"team-may-{role}") for role in INVITED), gap=True),
        ),
        rows=(*invite, *leave, (Button(say("button-minis"), Do("minis", "")),)),
    )


def _invite(turn: StudioTurn, role: str) -> Say | None:
    """The link is told once, in a message that can be passed on; nothing keeps it."""
    if role not in INVITED:
        return say("earlier-step")
    link = turn.door(f"{Ticket.TEAM}_{turn.desk.invite(Role(role))}")
    hours = int(INVITATION_LASTS.total_seconds() // 3600)
    turn.apart = Screen(
        lines=(Line(say(f"team-link-{role}", studio=turn.studio.name, hours=hours)), Line(say("a-link", link=link))),
        rows=((Button(say("button-copy-link"), Copy(link)),),),
    )
    turn.talk.cover("team")
    turn.talk.notice = say("team-invited")
    return None


def _team(turn: StudioTurn, argument: str) -> Say | None:
    """`/team add assistant`: the link at once."""
    wanted = argument.rsplit(maxsplit=1)[-1].casefold() if argument.strip() else ""
    if wanted in INVITED:
        return _invite(turn, wanted)
    turn.talk.cover("team")
    if wanted not in {"", "add"}:
        turn.talk.notice = say("team-unknown", what=argument)
    return None


def _member(turn: StudioTurn, member_id: str) -> Member | None:
    return next((one for one in turn.desk.team() if one.id == member_id), None)


def _ask(turn: StudioTurn, member_id: str) -> Say | None:
    if _member(turn, member_id) is None:
        raise NoSuchMember
    turn.talk.cover("leaving_member", member_id)
    return None


def leaving(turn: StudioTurn, member_id: str) -> Screen:
    """The second step: what removing somebody means. Who is gone meanwhile is no longer asked about."""
    member = _member(turn, member_id)
    if member is None:
        return team(turn, "")
    return Screen(
        lines=(Line(say("team-leaving", name=member.name)),),
        rows=(
            (Button(say("button-remove-member", name=member.name), Do("remove_member_now", member.id), Style.DANGER),),
            (Button(say("button-keep-member", name=member.name), Do("team", "")),),
        ),
    )


def _remove(turn: StudioTurn, member_id: str) -> Say | None:
    removed = turn.desk.remove_member(member_id)
    turn.talk.cover("team")
    turn.talk.notice = say("team-left", name=removed.name)
    return None


ROOM: Final = Room(
    commands={"team": For(OWNERS, _team)},
    presses={
        "team": For(OWNERS, covering("team")),
        "invite": For(OWNERS, _invite),
        "remove_member": For(OWNERS, _ask),
        "remove_member_now": For(OWNERS, _remove),
    },
    asides={"team": For(OWNERS, team), "leaving_member": For(OWNERS, leaving)},
)
