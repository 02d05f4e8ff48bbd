"""Connecting a studio's own till, and taking it away again. Money that was begun is never left behind (A3).

Another account is taken once no page can be paid at the present one; another key of the same account, which is how keys
are renewed, always. The key of an account that took money is kept: what it took is given back through it.
"""

from dataclasses import dataclass, replace

from core.payments.till_key import INSTALLATIONS, Cards, Installation, LockedKey, Outstanding, TillKey
from core.ports import Records
from core.studio.studio import Studio
from core.values.news import News, What
from core.values.refusals import Refusal


class TillInUse(Refusal):
    """The account stays while pages can be paid there (DECISIONS 17)."""


class NoTillOfTheirOwn(Refusal):
    """What signs the till's events belongs to a key; a studio that has none of its own cannot have one."""


@dataclass(frozen=True, slots=True)
class Connected:
    own: TillKey
    #: The key that was the present one until now, where it is kept for what its account took.
    former: TillKey | None


def cards_of(records: Records, studio_id: str, installation: Installation) -> Cards:
    """How cards stand: the studio's own key counts, even where it cannot be opened; without one, the installation's."""
    own = records.till_keys.present(studio_id)
    if own is None:
        return Cards(taken=installation.takes_cards, is_live=installation.takes_cards and installation.is_live)
    return Cards(taken=installation.opens(own), is_live=own.key.is_live, own=own)


def connect(
    records: Records, studio: Studio, key: LockedKey, till: str | None, installation: Installation
) -> tuple[Connected, News]:
    """From now on pages are made with this key. Raises TillInUse.

    `till`: the studio's till that it is another key of, whose key it replaces; None for an account that is new. What
    signs the till's events goes on with it, except where nothing of that till can be opened any more.
    """
    records.till_keys.hold_still(studio.id)
    before = records.till_keys.present(studio.id)
    if till != (before.id if before else INSTALLATIONS):
        _check_unused(records, studio)
    known = next((one for one in records.till_keys.all(studio.id) if one.id == till), None)
    own = TillKey(
        studio_id=studio.id,
        id=known.id if known else records.new_id(),
        key=key,
        connected_at=records.now,
        hook=known.hook if known and installation.opens(known) else "",
    )
    records.till_keys.put_away(studio.id)
    records.till_keys.keep(own)
    former = next((one for one in records.till_keys.all(studio.id) if before and one.id == before.id != own.id), None)
    facts = {"ending": key.ending, "live": key.is_live, "again": before is not None}
    return Connected(own, former), News(what=What.TILL_CONNECTED, facts=facts)


def keep_hook(records: Records, studio: Studio, hook: str) -> News:
    """Its events are believed by this, locked. Raises NoTillOfTheirOwn."""
    records.till_keys.hold_still(studio.id)
    own = records.till_keys.present(studio.id)
    if own is None:
        raise NoTillOfTheirOwn
    records.till_keys.keep(replace(own, hook=hook))
    return News(what=What.TILL_HOOKED)


def disconnect(records: Records, studio: Studio) -> News:
    """Nothing is begun with the studio's own key any more. Raises TillInUse, NoTillOfTheirOwn."""
    records.till_keys.hold_still(studio.id)
    _check_unused(records, studio)
    before = records.till_keys.present(studio.id)
    if before is None:
        raise NoTillOfTheirOwn
    records.till_keys.put_away(studio.id)
    return News(what=What.TILL_DISCONNECTED, facts={"ending": before.key.ending})


def outstanding(records: Records, studio: Studio) -> Outstanding:
    """What can be paid at this moment."""
    return records.till_keys.outstanding(studio.id)


def _check_unused(records: Records, studio: Studio) -> None:
    if outstanding(records, studio).pages:
        raise TillInUse
