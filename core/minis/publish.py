"""Publishing: when a mini may be offered, and what its states mean (B8, B9, E3)."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from core.minis.mini import ONLINE, Mini, MiniState, Stood
from core.minis.parts import stamped
from core.ports import Records
from core.values.refusals import Overtaken, Refusal

LINK = "mini"
PREVIEW_LINK = "preview"
#: How long a turn of a mini can be taken back (DECISIONS 11).
UNDO: Final = timedelta(seconds=60)


class NotPublishable(Refusal):
    """A mini is published with a title, a spot in the future and a package that can be paid (B9).

    Facts: missing, of "title", "spot", "package" and "till", which all of its packages need and nobody connected.
    """


class MiniChanged(Refusal):
    """The mini is not in a state that allows the deed, or somebody has changed the same of it meanwhile."""


class TooLateToUndo(Refusal):
    """What was done to a mini is taken back within a minute, and only what was done last (DECISIONS 11)."""


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
    return _turn(records, mini, state=MiniState.PUBLISHED)


def unpublish(records: Records, mini: Mini) -> Mini:
    """Take it off the lists; its direct link still books."""
    if mini.state is not MiniState.PUBLISHED:
        raise MiniChanged
    return _turn(records, mini, state=MiniState.UNPUBLISHED)


def pause(records: Records, mini: Mini, *, paused: bool) -> Mini:
    """Stop or allow new bookings; those that are there go on."""
    return _turn(records, mini, paused=paused)


def archive(records: Records, mini: Mini) -> Mini:
    """Hide a finished mini; its data stays."""
    if mini.state is MiniState.CANCELLED:
        raise MiniChanged
    return _turn(records, mini, state=MiniState.ARCHIVED)


def can_undo(records: Records, mini: Mini) -> bool:
    """Whether the mini's last turn can still be taken back."""
    return mini.before is not None and records.now <= mini.before.until


def undo(records: Records, mini: Mini) -> Mini:
    """Let the mini stand as it did before its last turn. Raises TooLateToUndo.

    One that clients were booking or have booked meanwhile is no draft again: they keep its link.
    """
    if mini.before is None or records.now > mini.before.until:
        raise TooLateToUndo
    state = mini.before.state
    if state is MiniState.DRAFT and any(not one.preview for one in records.bookings.of_mini(mini.studio_id, mini.id)):
        state = MiniState.UNPUBLISHED
    return change_mini(records, mini, replace(mini, state=state, paused=mini.before.paused, before=None))


def change_mini(records: Records, old: Mini, new: Mini) -> Mini:
    """Write the mini, if it is still as it was read. Raises Overtaken: run again, the unit sees the newest."""
    new = stamped(old, new)
    if not records.minis.change(old, new):
        raise Overtaken
    return replace(new, version=old.version + 1)


def _turn(records: Records, mini: Mini, *, state: MiniState | None = None, paused: bool | None = None) -> Mini:
    """The mini in another state, from which it can be taken back for a while."""
    turned = replace(
        mini, state=mini.state if state is None else state, paused=mini.paused if paused is None else paused
    )
    before = Stood(mini.state, mini.paused, records.now + UNDO)
    return change_mini(records, mini, replace(turned, before=before if turned != mini else mini.before))
