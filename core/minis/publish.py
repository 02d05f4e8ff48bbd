"""Publishing: when a mini may be offered, at once or by itself later, and what its states mean (B8, B9, E3, E4)."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from core.minis.mini import ONLINE, OVER, UNLISTED, Mini, MiniState, Stood
from core.minis.parts import stamped
from core.ports import Records
from core.values.news import News, What
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


class OpeningPast(Refusal):
    """A mini opens by itself at a moment that is still ahead (E4)."""


def missing_to_publish(
    records: Records, mini: Mini, *, takes_cards: bool = True, by: datetime | None = None
) -> tuple[str, ...]:
    """What the mini still lacks, as NotPublishable says it; empty if it is publishable.

    `by` is when it is to be published, if not now: spots are over by then that are ahead today.
    """
    has = {
        "title": bool(mini.title.strip()),
        "spot": bool(records.spots.list(mini.studio_id, mini.id, by or records.now)),
        "package": bool(mini.packages),
        "till": takes_cards or not mini.packages or any(one.paid_by not in ONLINE for one in mini.packages),
    }
    return tuple(name for name, there in has.items() if not there)


def publish(records: Records, mini: Mini, *, takes_cards: bool = True) -> Mini:
    """Put it on the lists. Raises NotPublishable, and MiniChanged for an archived or cancelled one."""
    if mini.state in OVER:
        raise MiniChanged
    missing = missing_to_publish(records, mini, takes_cards=takes_cards)
    if missing:
        raise NotPublishable(missing=missing)
    return _turn(records, mini, state=MiniState.PUBLISHED)


def open_at(records: Records, mini: Mini, at: datetime | None) -> Mini:
    """Have the mini publish itself at that moment, or with None not by itself any more (E4).

    What is missing may still come until then. Raises OpeningPast, and MiniChanged for one that is published or over.
    """
    if mini.state not in UNLISTED:
        raise MiniChanged
    if at is not None and at <= records.now:
        raise OpeningPast
    return mini if at == mini.opens_at else change_mini(records, mini, replace(mini, opens_at=at))


def open_now(records: Records, mini: Mini, *, takes_cards: bool = True) -> tuple[Mini, News]:
    """The moment has come: publish the mini. Where something is missing it stays as it is, and the news says what.

    Either way it does not open by itself again.
    """
    missing = missing_to_publish(records, mini, takes_cards=takes_cards)
    if missing:
        left = change_mini(records, mini, replace(mini, opens_at=None))
        return left, News(what=What.MINI_NOT_OPENED, subject_id=mini.id, facts={"missing": " ".join(missing)})
    opened = publish(records, mini, takes_cards=takes_cards)
    return opened, News(what=What.MINI_OPENED, subject_id=mini.id, facts={"paused": opened.paused})


def unpublish(records: Records, mini: Mini) -> Mini:
    """Take it off the lists; its direct link still books."""
    if mini.state is not MiniState.PUBLISHED:
        raise MiniChanged
    return _turn(records, mini, state=MiniState.UNPUBLISHED)


def pause(records: Records, mini: Mini, *, paused: bool) -> Mini:
    """Stop or allow new bookings; those that are there go on."""
    return _turn(records, mini, paused=paused)


def archive(records: Records, mini: Mini) -> Mini:
    """Hide a mini; its data stays. Whether it is finished is for whoever calls this to see."""
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
    opens_at = mini.before.opens_at
    again = opens_at if opens_at and opens_at > records.now and state in UNLISTED else None
    stood = replace(mini, state=state, paused=mini.before.paused, opens_at=again, before=None)
    return change_mini(records, mini, stood)


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
    if turned.state not in UNLISTED:
        turned = replace(turned, opens_at=None)
    before = Stood(mini.state, mini.paused, records.now + UNDO, mini.opens_at)
    return change_mini(records, mini, replace(turned, before=before if turned != mini else mini.before))
