"""Stripe as it is set up at this moment: with each studio's own key, or else with the installation's (A3).

Keys come out of the vault here and go to nobody but Stripe. Its library takes a while to import: only once there is a
key.
"""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import structlog

from bots.settings import Settings
from bots.till import NoTill, Till
from bots.vault import LockedOut, OtherSecret, Vault
from conversations.inbound import CheckedKey, FlawedKey, KeyFlaw, LockedHook, SecretKind
from core.back_office import BackOffice
from core.payments.till import TillShut
from core.payments.till_key import Installation, LockedKey, Proof, TillKey
from storage.store import Store

if TYPE_CHECKING:
    from bots.stripe.api import Api

#: What is locked for what.
KEY: Final = "stripe key"
HOOK: Final = "stripe webhook"
ENDING: Final = 4  # characters of a key by which its owner knows it

_log = structlog.stdlib.get_logger(__name__)


class Stripe:
    """Asked anew at each errand and event which key it is: a change needs no restart."""

    def __init__(self, settings: Settings, store: Store, vault: Vault, studio_id: str) -> None:
        """`studio_id`: whose events come to our address. Raises SettingsWrong."""
        self._store = store
        self._vault = vault
        self._studio_id = studio_id
        self._address = settings.stripe
        self._key = settings.stripe_key
        self._hook = settings.stripe_hook
        self._is_reached = bool(settings.public)
        self._apis: dict[str, Api] = {}
        self.installation: Final = Installation(
            takes_cards=bool(self._key), is_live=bool(self._key) and _is_live(self._key), opens=self.opens
        )

    # -- the till --

    async def till_of(self, studio_id: str) -> Till:
        """The studio's till as it is now; one that is shut where there is no key, or none that opens."""
        try:
            api = await self._api_of(studio_id)
        except LockedOut as out:
            return NoTill(f"the studio's key cannot be opened: {out}")
        if api is None:
            return NoTill()
        from bots.stripe.till import StripeTill

        return StripeTill(api)

    async def state(self) -> str:
        """Why no cards are taken, in plain words; empty where they are."""
        own = await self._own(self._studio_id)
        if own is None:
            return "" if self._key else "none"
        return self.why_locked_out(own)

    def opens(self, own: TillKey) -> bool:
        return not self.why_locked_out(own)

    def why_locked_out(self, own: TillKey) -> str:
        """What keeps the studio's key from being used, in plain words; empty where nothing does."""
        try:
            self._unlocked(own)
        except OtherSecret:
            return (
                "the studio's Stripe key was locked with another secret key than the present one: put the old one back "
                "(MINIS_SECRET_KEY, or secret.key in the home), or connect Stripe again with /payments"
            )
        except LockedOut as out:
            return f"the studio's Stripe key cannot be opened ({out}): connect Stripe again with /payments"
        return ""

    async def close(self) -> None:
        for api in self._apis.values():
            await api.close()

    # -- what Stripe tells --

    async def hear(self, body: bytes, signature: str) -> bool:
        """Take one event; False if it is not believed. Raises what the store raises."""
        own = await self._own(self._studio_id)
        secrets = [self._hook] if self._hook else []
        if own and own.hook:
            try:
                secrets.insert(0, self._vault.unlock(own.hook, studio_id=own.studio_id, purpose=HOOK))
            except LockedOut as out:
                _log.error("the webhook's secret cannot be opened", why=str(out))
        if not secrets:
            return False
        from bots.stripe.listener import Listener

        listener = Listener(
            self._store,
            secrets,
            is_live=own.key.is_live if own else self.installation.is_live,
            office=BackOffice,
            # A signature is young or old by the machine's clock, not by the product's.
            clock=lambda: datetime.now(UTC),  # noqa: TID251
        )
        return await listener.hear(body, signature)

    # -- what is confided --

    async def check(self, kind: SecretKind, secret: str) -> CheckedKey | LockedHook | FlawedKey:
        """Whether what an owner confided is good; it comes back locked. Raises Trouble where Stripe does not answer."""
        match kind:
            case SecretKind.PUBLIC:
                return FlawedKey(KeyFlaw.PUBLIC)
            case SecretKind.HOOK:
                return await self._checked_hook(secret)
            case SecretKind.KEY:
                return await self._checked_key(secret)

    async def _checked_hook(self, secret: str) -> LockedHook | FlawedKey:
        if not self._is_reached:
            return FlawedKey(KeyFlaw.NOT_NEEDED)
        if await self._own(self._studio_id) is None:
            return FlawedKey(KeyFlaw.NO_TILL)
        return LockedHook(self._vault.lock(secret, studio_id=self._studio_id, purpose=HOOK))

    async def _checked_key(self, secret: str) -> CheckedKey | FlawedKey:
        from bots.stripe.api import Api
        from bots.stripe.vetting import lacking

        if not Settings.is_stripe_key(secret):
            return FlawedKey(KeyFlaw.NO_KEY)
        api = Api(secret, self._address)
        try:
            if lacks := await lacking(api):
                return FlawedKey(KeyFlaw.FORBIDDEN, lacks)
            proof = await self._proof_of(api)
        except TillShut:
            return FlawedKey(KeyFlaw.WRONG)
        finally:
            await api.close()
        key = LockedKey(
            locked=self._vault.lock(secret, studio_id=self._studio_id, purpose=KEY),
            ending=secret[-ENDING:],
            is_live=api.is_live,
            is_restricted=secret.startswith("rk_"),
        )
        return CheckedKey(key, proof)

    async def _proof_of(self, api: "Api") -> Proof:
        """What the new key has to do with what was made so far."""
        from bots.stripe.vetting import is_dead, reads

        newest = await self._store.read(lambda records: records.till_keys.newest_page(self._studio_id))
        if newest and await reads(api, newest):
            return Proof.SAME
        try:
            present = await self._api_of(self._studio_id)
        except LockedOut:
            return Proof.DEAD
        return Proof.DEAD if present is None or await is_dead(present) else Proof.NONE

    # -- keys --

    async def _own(self, studio_id: str) -> TillKey | None:
        return await self._store.read(lambda records: records.till_keys.one(studio_id))

    async def _api_of(self, studio_id: str) -> "Api | None":
        """Stripe for the studio; None where nobody set it up. Raises LockedOut."""
        own = await self._own(studio_id)
        key = self._unlocked(own) if own else self._key
        if not key:
            return None
        if key not in self._apis:
            from bots.stripe.api import Api

            # The one before is let be: somebody may be asking it something. It is closed with all others.
            self._apis[key] = Api(key, self._address)
        return self._apis[key]

    def _unlocked(self, own: TillKey) -> str:
        return self._vault.unlock(own.key.locked, studio_id=own.studio_id, purpose=KEY)


def _is_live(key: str) -> bool:
    from bots.stripe.api import is_live

    return is_live(key)
