"""Publishing: when a mini may be offered, and what its states mean (B8, B9, E3)."""

from dataclasses import replace

from core.minis.mini import ONLINE, Mini, MiniState
from core.minis.parts import stamped
from core.ports import Records
from core.values.refusals import Overtaken, Refusal

LINK = "mini"
PREVIEW_LINK = "preview"


class NotPublishable(Refusal):
    """A mini is published with a title, a spot in the future and a package that can be paid (B9).

    Facts: missing, of "title", "spot", "package" and "till", which all of its packages need and nobody connected.
    """


class MiniChanged(Refusal):
    """The mini is not in a state that allows the deed, or somebody has changed the same of it meanwhile."""


def missing_to_publish(records: Records, mini: Mini, *, takes_cards: bool = True) -> tuple[str, ...]:
    """What the mini still lacks, as NotPublishable says it; empty if it is publishable."""
    has = {
        "title": bool(mini.title.strip()),
        "spot": bool(records.spots.list(mini.studio_id, mini.id, records.now)),
        "package": bool(mini.packages),
        "till": takes_cards or not mini.packages or any(one.paid_by not in ONLINE for one in mini.packages),
    }
    return tuple(name for name, there in has.items() if not there)


def publish(records: Records, mini: Mini, *, takes_cards: bool = True) -> Mini:
    """Put it on the lists. Raises NotPublishable, and MiniChanged for an archived or cancelled one."""
    if mini.state in {MiniState.ARCHIVED, MiniState.CANCELLED}:
        raise MiniChanged
    missing = missing_to_publish(records, mini, takes_cards=takes_cards)
    if missing:
        raise NotPublishable(missing=missing)
    return change_mini(records, mini, replace(mini, state=MiniState.PUBLISHED))


def unpublish(records: Records, mini: Mini) -> Mini:
    """Take it off the lists; its direct link still books."""
    if mini.state is not MiniState.PUBLISHED:
        raise MiniChanged
    return change_mini(records, mini, replace(mini, state=MiniState.UNPUBLISHED))


def pause(records: Records, mini: Mini, *, paused: bool) -> Mini:
    """Stop or allow new bookings; those that are there go on."""
    return change_mini(records, mini, replace(mini, paused=paused))


def archive(records: Records, mini: Mini) -> Mini:
    """Hide a finished mini; its data stays."""
    if mini.state is MiniState.CANCELLED:
        raise MiniChanged
    return change_mini(records, mini, replace(mini, state=MiniState.ARCHIVED))


def change_mini(records: Records, old: Mini, new: Mini) -> Mini:
    """Write the mini, if it is still as it was read. Raises Overtaken: run again, the unit sees the newest."""
    new = stamped(old, new)
    if not records.minis.change(old, new):
        raise Overtaken
    return replace(new, version=old.version + 1)
