"""Who may do what: each deed of the studio's desk names the roles it needs, and is refused to everybody else (A4)."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, Final, ParamSpec, Protocol, TypeVar

from core.studio.studio import Member, Role
from core.values.refusals import Refusal


class NotAllowed(Refusal):
    """A member does only what their role allows; the refusal tells nothing else (A4)."""


class HasMember(Protocol):
    @property
    def member(self) -> Member: ...


D = TypeVar("D", bound=HasMember)
P = ParamSpec("P")
R = TypeVar("R")
Deed = Callable[Concatenate[D, P], R]

_ROLES: Final = "roles"


def needs(*roles: Role) -> Callable[[Deed[D, P, R]], Deed[D, P, R]]:
    """A deed for members of these roles; for others, and for whoever was removed, it raises NotAllowed."""
    allowed = frozenset(roles)

    def guard(deed: Deed[D, P, R]) -> Deed[D, P, R]:
        @wraps(deed)
        def guarded(desk: D, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if desk.member.removed or desk.member.role not in allowed:
                raise NotAllowed
            return deed(desk, *args, **kwargs)

        setattr(guarded, _ROLES, allowed)
        return guarded

    return guard


def roles_of(deed: object) -> frozenset[Role] | None:
    """The roles that a deed names; None of what is no deed."""
    return getattr(deed, _ROLES, None)


#: Settle the studio, its money and its team.
OWNERS: Final = frozenset({Role.OWNER})
#: Make and run minis.
PHOTOGRAPHERS: Final = OWNERS | {Role.PHOTOGRAPHER}
#: See who comes, and how to reach them.
ASSISTANTS: Final = PHOTOGRAPHERS | {Role.ASSISTANT}
#: See minis and their numbers, and nobody's name.
EVERYBODY: Final = frozenset(Role)

owners = needs(*OWNERS)
photographers = needs(*PHOTOGRAPHERS)
assistants = needs(*ASSISTANTS)
everybody = needs(*EVERYBODY)
