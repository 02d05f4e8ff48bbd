"""Stripe as it is set up at this moment: with each studio's own keys, and else with the installation's (A3).

Keys come out of the vault here and go to nobody but Stripe. Its library takes a while to import: only once there is a
key.
"""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import structlog

from bots.settings import Settings
from bots.till import FormerTill, NoTill, Till
from bots.vault import LockedOut, OtherSecret, Vault
from conversations.inbound import CheckedKey, FlawedKey, KeyFlaw, LockedHook, SecretKind
from core.back_office import BackOffice
from core.payments.till import TillShut
from core.payments.till_key import INSTALLATIONS, Installation, LockedKey, TillKey
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

    async def till_of(self, studio_id: str, till: str) -> Till:
        """One of the studio's tills as it is now; one that is shut where there is no key, or none that opens."""
        owns = await self._owns(studio_id)
        own = next((one for one in owns if one.id == till), None)
        present = next((one.id for one in owns if one.is_present), INSTALLATIONS)
        asked = self._till_with(own) if own or till == INSTALLATIONS else NoTill()
        return asked if till == present else FormerTill(asked)

    def _till_with(self, own: TillKey | None) -> Till:
        try:
            key = self._unlocked(own) if own else self._key
        except LockedOut as out:
            return NoTill(f"the studio's key cannot be opened: {out}")
        if not key:
            return NoTill()
        from bots.stripe.till import StripeTill

        return StripeTill(self._api_of(key))

    async def present(self) -> str:
        """The name of the studio's present till."""
        own = await self._present()
        return own.id if own else INSTALLATIONS

    async def state(self) -> str:
        """Why no cards are taken, in plain words; empty where they are."""
        own = await self._present()
        if own is None:
            return "" if self._key else "no key"
        return self.why_locked_out(own)

    async def locked_out(self) -> str:
        """Why the studio's own key cannot be used, in plain words; empty where it can, or where there is none."""
        own = await self._present()
        return self.why_locked_out(own) if own else ""

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
        secrets = self._hooks(await self._owns(self._studio_id))
        if not secrets:
            return False
        from bots.stripe.listener import Listener

        listener = Listener(
            self._store,
            secrets,
            office=BackOffice,
            # A signature is young or old by the machine's clock, not by the product's.
            clock=lambda: datetime.now(UTC),  # noqa: TID251
        )
        return await listener.hear(body, signature)

    def _hooks(self, owns: list[TillKey]) -> list[tuple[str, bool]]:
        """What signs, with its mode: of former accounts as well, which may tell of what they took."""
        hooks: list[tuple[str, bool]] = []
        for own in owns:
            try:
                if own.hook:
                    secret = self._vault.unlock(own.hook, studio_id=own.studio_id, purpose=HOOK)
                    hooks.append((secret, own.key.is_live))
            except LockedOut as out:
                _log.error("the webhook's secret cannot be opened", why=str(out))
        if self._hook:
            hooks.append((self._hook, self.installation.is_live))
        return hooks

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
        if await self._present() is None:
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
            till = await self._known(api)
        except TillShut:
            return FlawedKey(KeyFlaw.WRONG)
        finally:
            await api.close()
        key = LockedKey(
            locked=self._vault.lock(secret, studio_id=self._studio_id, purpose=KEY),
            ending=secret[-ENDING:],
            is_live=api.is_live,
        )
        return CheckedKey(key, is_restricted=secret.startswith("rk_"), till=till)

    async def _known(self, api: "Api") -> str | None:
        """Which of the studio's tills the new key is another key of."""
        from bots.stripe.vetting import reads

        pages = await self._store.read(lambda records: records.till_keys.newest_pages(self._studio_id))
        present = await self.present()
        # Several may be of one account: the present one stays what it is, and the installation's has no key to replace.
        for till in sorted(pages, key=lambda till: (till == present, till), reverse=True):
            if await reads(api, pages[till]):
                return till
        return None

    # -- keys --

    async def _present(self) -> TillKey | None:
        return await self._store.read(lambda records: records.till_keys.present(self._studio_id))

    async def _owns(self, studio_id: str) -> list[TillKey]:
        return await self._store.read(lambda records: records.till_keys.all(studio_id))

    def _api_of(self, key: str) -> "Api":
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
