"""Connecting a studio's own till, and taking it away again. Money that was begun is never left behind (A3).

What is open at the till is known by the account that it was begun with. Another account is taken only once nothing is
outstanding there; another key of the same account, which is how keys are renewed, always.
"""

from dataclasses import replace

from core.payments.till_key import Cards, Installation, LockedKey, Outstanding, Proof, TillKey
from core.ports import Records
from core.studio.studio import Studio
from core.values.news import News, What
from core.values.refusals import Refusal


class TillInUse(Refusal):
    """The account stays while pages can be paid there, or money of it is on its way or undecided (DECISIONS 17)."""


class NoTillOfTheirOwn(Refusal):
    """What signs the till's events belongs to a key; a studio that has none of its own cannot have one."""


def cards_of(records: Records, studio_id: str, installation: Installation) -> Cards:
    """How cards stand: the studio's own key counts, even where it cannot be opened; without one, the installation's."""
    own = records.till_keys.one(studio_id)
    if own is None:
        return Cards(taken=installation.takes_cards, is_live=installation.takes_cards and installation.is_live)
    return Cards(taken=installation.opens(own), is_live=own.key.is_live, own=own)


def connect(records: Records, studio: Studio, key: LockedKey, proof: Proof) -> tuple[TillKey, News]:
    """From now on the till is asked with this key. Raises TillInUse."""
    before = _before(records, studio, proof)
    hook = before.hook if before and proof is Proof.SAME else ""
    own = TillKey(studio_id=studio.id, key=key, connected_at=records.now, hook=hook)
    records.till_keys.keep(own)
    facts = {"ending": key.ending, "live": key.is_live, "again": before is not None}
    return own, News(what=What.TILL_CONNECTED, facts=facts)


def keep_hook(records: Records, studio: Studio, hook: str) -> News:
    """Its events are believed by this, locked. Raises NoTillOfTheirOwn."""
    own = records.till_keys.one(studio.id)
    if own is None:
        raise NoTillOfTheirOwn
    records.till_keys.keep(replace(own, hook=hook))
    return News(what=What.TILL_HOOKED)


def disconnect(records: Records, studio: Studio) -> News:
    """The studio's own key is forgotten. Raises TillInUse, NoTillOfTheirOwn."""
    before = _before(records, studio, Proof.NONE)
    if before is None:
        raise NoTillOfTheirOwn
    records.till_keys.drop(studio.id)
    return News(what=What.TILL_DISCONNECTED, facts={"ending": before.key.ending})


def outstanding(records: Records, studio: Studio) -> Outstanding:
    """What is open at the till at this moment."""
    return records.till_keys.outstanding(studio.id)


def _before(records: Records, studio: Studio, proof: Proof) -> TillKey | None:
    """The key as it is, once no page can be begun beside us. Raises TillInUse."""
    records.till_keys.hold_still()
    if outstanding(records, studio).keeps(proof):
        raise TillInUse
    return records.till_keys.one(studio.id)
