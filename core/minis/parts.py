"""What of a mini was changed in which version, so that nobody overwrites what somebody else wrote meanwhile.

Two who edit different parts of a mini both get their way: each change is made to the newest row. Of two who edit the
same part, the second has to look first.
"""

from collections.abc import Iterator
from dataclasses import fields, replace

from core.minis.mini import Mini

_NO_PART = {"id", "studio_id", "link_generation", "opens_at", "before", "edited", "version"}
#: Each of these is a part of its own.
_LISTS = {"packages", "add_ons"}


def part_of(kind: str, one_id: str) -> str:
    """The name of one package or add-on as a part: of `packages` or `add_ons`, the one with this id."""
    return f"{kind}.{one_id}"


def stamped(old: Mini, new: Mini) -> Mini:
    """`new` with what it changes of `old` noted as changed in the version that it will be."""
    before, after = dict(_parts(old)), dict(_parts(new))
    changed = [name for name in before | after if before.get(name) != after.get(name)]
    edited = dict(old.edited) | dict.fromkeys(changed, old.version + 1)
    return replace(new, edited=tuple(edited.items()))


def changed_since(mini: Mini, part: str, seen: int | None) -> bool:
    """Whether the part was changed after that version of the mini; None is the newest."""
    return seen is not None and dict(mini.edited).get(part, 0) > seen


def _parts(mini: Mini) -> Iterator[tuple[str, object]]:
    for name in (field.name for field in fields(mini) if field.name not in _NO_PART):
        if name in _LISTS:
            yield from ((part_of(name, one.id), one) for one in getattr(mini, name))
        else:
            yield name, getattr(mini, name)
