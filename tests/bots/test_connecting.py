"""Connecting Stripe in the studio's bot: the whole program between the pretended Telegram and the pretended Stripe."""

import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

import aiohttp
import pytest
from sqlalchemy import insert, select, update

from bots.claim import payload_for_owner
from bots.compose import Running, running
from bots.demo.stripe import StripeAccount, StripeStandIn
from bots.stripe.tied import HOOK as HOOK_PURPOSE
from bots.stripe.tied import KEY as PURPOSE
from bots.till import FormerTill, NoTill, Till
from bots.vault import Vault
from core.booking.hold import Wish
from core.client_desk import ClientDesk
from core.minis.mini import MiniState
from core.payments.checkout import CheckoutState
from core.payments.till import RefundFailure, TillRefused, TillShut
from core.payments.till_key import INSTALLATIONS
from core.ports import Client, Identity, Records
from core.values.refusals import Trouble
from storage.money_tables import checkouts, till_keys
from storage.schema import metadata
from storage.tables import studios
from tests.bots.demo.stripe.till import a_session, library
from tests.bots.house import STUDIO_BOT, House, said_by_bot
from tests.bots.stripe.signing import signed
from tests.bots.tills import a_checkout, pay_back
from tests.storage import raw

ACCOUNT = StripeAccount(id="acct_1Luna", name="Luna Photo")
EARLIER_ACCOUNT = StripeAccount(id="acct_1LunaEarlier", name="Luna Photo")
DEFAULT, OWN, RENEWED = (f"rk_test_51Luna{name}" for name in ("Default0000", "OwnKey4242", "OwnKey5555"))
HOOK = "whsec_LunaPhotoOwnHook"
EARLIER = "rk_test_51LunaEarlier3333"
LIVE = "rk_live_51LunaEarlier7777"
EARLIER_HOOK, LIVE_HOOK, DEFAULT_HOOK = (f"whsec_LunaPhoto{name}Hook" for name in ("Earlier", "Live", "Default"))
PUBLIC = "https://minis.luna.example"


@dataclass
class Place:
    """Luna at her studio's bot."""

    house: House
    stripe: StripeStandIn
    luna: int
    parts: Running

    async def says(self, text: str, answer: str) -> str:
        """Say it; gives what stands in the chat once the bot has answered with these words."""
        before = len(said_by_bot(self.house.telegram.chat(self.luna, STUDIO_BOT)))
        self.house.telegram.type_text(self.luna, STUDIO_BOT, text)
        await self.reads(lambda said: answer in said[before:])
        return "\n".join(message.text for message in self.house.telegram.chat(self.luna, STUDIO_BOT).messages)

    async def reads(self, done: Callable[[str], bool]) -> None:
        await self.house.telegram.wait_for(self.luna, STUDIO_BOT, lambda view: done(said_by_bot(view)), timeout=20)

    async def present(self) -> str:
        """The present till's name."""
        own = await self.parts.store.read(lambda records: records.till_keys.present(self.parts.studio.id))
        return own.id if own else INSTALLATIONS

    async def till(self) -> Till:
        """The present one."""
        return await self.parts.till_of(self.parts.studio.id, await self.present())

    async def health(self) -> str:
        async with aiohttp.ClientSession() as web, web.get(f"{self.parts.web}/health") as response:
            return (await response.json())["till"]

    async def tells(self, secret: str, *, is_live: bool = False) -> int:
        """Stripe's webhook comes, signed with this; gives our answer."""
        event = {"id": "evt_1", "type": "charge.updated", "livemode": is_live, "data": {"object": {"object": "charge"}}}
        body, signature = signed(event, secret=secret)
        headers = {"Stripe-Signature": signature}
        address = f"{self.parts.web}/stripe"
        async with aiohttp.ClientSession() as web, web.post(address, data=body, headers=headers) as response:
            return response.status


@asynccontextmanager
async def awake(house: House, stripe: StripeStandIn, **settings: str) -> AsyncGenerator[Place]:
    all_settings = house.with_both_bots(stripe_api_url=stripe.address, public_url=PUBLIC, **settings)
    async with running(all_settings) as parts:
        await house.telegram.wait_for_poll(STUDIO_BOT)
        luna = house.newcomer("Luna")
        payload = await parts.store.run(payload_for_owner)
        house.telegram.open_link(luna, STUDIO_BOT, payload)
        place = Place(house, stripe, luna, parts)
        await place.reads(bool)
        yield place


@pytest.fixture
async def stripe() -> AsyncGenerator[StripeStandIn]:
    standin = StripeStandIn(keys={**dict.fromkeys((DEFAULT, OWN, RENEWED), ACCOUNT), EARLIER: EARLIER_ACCOUNT})
    await standin.start()
    yield standin
    await standin.stop()


async def connected(place: Place) -> None:
    await place.says("/payments", "Cards:")
    await place.says(OWN, "Stripe is connected")


def put_away(place: Place, key: str, hook: str) -> None:
    """The key is that of the former till `earlier`."""
    studio, vault = place.parts.studio.id, Vault(place.house.settings.link_key)
    earlier = {
        "studio_id": studio,
        "id": "earlier",
        "locked": vault.lock(key, studio_id=studio, purpose=PURPOSE),
        "ending": key[-4:],
        "live": "_live_" in key,
        "connected_at": 0,
        "hook": vault.lock(hook, studio_id=studio, purpose=HOOK_PURPOSE),
    }
    raw.execute(place.house.settings.database, insert(till_keys).values(earlier))


async def page_of(key: str, stripe: StripeStandIn) -> str:
    """A page that was made with the key."""
    async with library(stripe.address, key) as client:
        return (await client.v1.checkout.sessions.create_async(a_session())).id


async def made_at(place: Place, till: str, page: str, state: CheckoutState) -> None:
    """The page is a checkout of ours."""

    def hold(records: Records) -> str:
        studio = place.parts.studio
        client = Client(id=records.new_id(), studio_id=studio.id)
        records.clients.add(client, Identity("telegram", client.id), client.id)
        mini, spot = next(
            (mini, row.spot)
            for mini in records.minis.all(studio.id)
            if mini.state is MiniState.PUBLISHED
            for row in records.spots.list(studio.id, mini.id, records.now)
            if not row.taken
        )
        wish = Wish(mini_id=mini.id, spot_id=spot.id, package_id=mini.packages[0].id)
        return ClientDesk(records, studio, client).hold(wish).id

    facts = {
        "studio_id": place.parts.studio.id,
        "id": f"checkout at {till}",
        "booking_id": await place.parts.store.run(hold),
        "attempt": 1,
        "state": state.value,
        "body": "{}",
        "key": "key",
        "created_at": 0,
        "expires_at": int(time.time() + 600) * 1_000_000,
        "till": till,
        "session_id": page,
        "closing": False,
        "presumed": False,
        "version": 1,
    }
    raw.execute(place.house.settings.database, insert(checkouts).values(facts))


def everything(url: str) -> str:
    """All that the database holds."""
    return "\n".join(f"{row}" for table in metadata.sorted_tables for row in raw.rows(url, select(table)))


@pytest.mark.rule("A3")
async def test_a_key_that_is_pasted_is_checked_locked_used_at_once_and_nowhere_to_be_found(
    house: House, stripe: StripeStandIn, capsys: pytest.CaptureFixture[str]
):
    async with awake(house, stripe) as place:
        assert await place.health() == "no key"
        assert await place.tells(HOOK) == 400
        await place.says(f"it is {OWN}", "I did nothing with it")
        assert stripe.calls == []

        stripe.revoke(RENEWED)
        await place.says(RENEWED, "Stripe does not know that key.")
        stripe.forbid(OWN, "/refunds")
        await place.says(OWN, "allow: Charges and Refunds: Write.")
        stripe.forbid(OWN)
        stripe.go_down(None)
        await place.says(OWN, "Stripe does not answer just now")
        stripe.come_back()
        chat = await place.says(OWN, "with the key that ends in 4242, in test mode")
        assert await place.health() == "well"

        chat = await place.says(HOOK, "From now on I believe")
        assert (await place.tells(HOOK), await place.tells("whsec_other")) == (200, 400)

        database = place.house.settings.database
    logged = "".join(capsys.readouterr())
    assert "4242" in everything(database)
    for secret in (OWN, RENEWED, HOOK):
        assert secret not in chat
        assert secret not in everything(database)
        assert secret not in logged


@pytest.mark.rule("A3")
async def test_a_message_that_stays_is_said_so_and_one_that_went_before_is_gone(house: House, stripe: StripeStandIn):
    async with awake(house, stripe) as place:
        house.telegram.go_down(None)
        message = house.telegram.type_text(place.luna, STUDIO_BOT, OWN)
        messages = house.telegram._chat(place.luna, STUDIO_BOT).messages
        old = messages[message].date - int(timedelta(days=3).total_seconds())
        messages[message] = replace(messages[message], date=old)
        house.telegram.come_back()
        await place.reads(lambda said: "Please delete it yourself, now." in said)

        house.telegram.lose_answers(1, method="deleteMessage")
        chat = await place.says(RENEWED, "I have deleted your message with it.")
        assert RENEWED not in chat


@pytest.mark.rule("A3", "G5")
async def test_the_till_is_asked_with_the_present_key_and_the_installations_is_the_default(
    house: House, stripe: StripeStandIn
):
    async with awake(house, stripe, stripe_secret_key=DEFAULT) as place:
        assert await place.health() == "well"
        await connected(place)
        stripe.revoke(DEFAULT)
        till = await place.till()
        with pytest.raises(TillRefused):
            await till.look("cs_test_nothing")

        await place.says("/payments", "Cards:")
        await place.says(RENEWED, "ends in 5555")
        stripe.revoke(OWN)
        with pytest.raises(TillRefused):
            await (await place.till()).look("cs_test_nothing")


@pytest.mark.rule("A3")
async def test_with_another_secret_key_the_program_says_so_and_goes_on(
    house: House, stripe: StripeStandIn, capsys: pytest.CaptureFixture[str]
):
    async with awake(house, stripe, stripe_secret_key=DEFAULT) as place:
        await connected(place)

    async with awake(house, stripe, stripe_secret_key=DEFAULT, secret_key="another") as place:
        assert "was locked with another secret key" in await place.health()
        assert "was locked with another secret key" in capsys.readouterr().out
        await place.says("/payments", "I can't open the Stripe key that you connected")
        with pytest.raises(TillShut, match="cannot be opened"):
            await (await place.till()).look("cs_test_1")
        await place.says(OWN, "Stripe is connected")
        assert await place.health() == "well"


@pytest.mark.rule("A3", "A6")
async def test_a_key_of_another_studio_is_not_used(house: House, stripe: StripeStandIn):
    async with awake(house, stripe) as place:
        await connected(place)
        vault = Vault(place.house.settings.link_key)
        others = vault.lock(OWN, studio_id="otto", purpose=PURPOSE)
        raw.execute(place.house.settings.database, update(till_keys).values(locked=others))

        assert "belongs elsewhere" in await place.health()
        with pytest.raises(TillShut):
            await (await place.till()).look("cs_test_1")


@pytest.mark.rule("A3", "H7")
async def test_an_account_that_was_replaced_is_asked_with_its_own_key_and_refuses_once_that_is_dead(
    house: House, stripe: StripeStandIn
):
    async with awake(house, stripe) as place:
        await connected(place)
        put_away(place, EARLIER, EARLIER_HOOK)
        page = await page_of(EARLIER, stripe)

        former = await place.parts.till_of(place.parts.studio.id, "earlier")
        assert (await former.look(page)).session_id == page
        assert await place.tells(EARLIER_HOOK) == 200

        stripe.revoke(EARLIER)
        with pytest.raises(TillRefused, match=RefundFailure.KEY_GONE):
            await former.charge("pi_1")
        with pytest.raises(TillRefused, match="resource_missing"):
            await (await place.till()).look(page)


@pytest.mark.rule("A3")
async def test_what_a_secret_signs_is_believed_in_its_own_keys_mode_whichever_key_is_present(
    house: House, stripe: StripeStandIn
):
    async with awake(house, stripe, stripe_secret_key=DEFAULT, stripe_webhook_secret=DEFAULT_HOOK) as place:
        await connected(place)
        await place.says(HOOK, "From now on I believe")
        put_away(place, LIVE, LIVE_HOOK)
        raw.execute(house.settings.database, update(studios).values(till="earlier"))

        for secret, is_live in ((HOOK, False), (DEFAULT_HOOK, False), (LIVE_HOOK, True)):
            assert await place.tells(secret, is_live=is_live) == 200
            assert await place.tells(secret, is_live=not is_live) == 400


@pytest.mark.rule("A3", "G5")
async def test_another_key_of_the_same_account_is_taken_while_a_page_is_open(house: House, stripe: StripeStandIn):
    async with awake(house, stripe) as place:
        await connected(place)
        await place.says(HOOK, "From now on I believe")
        till = await place.present()
        await made_at(place, till, await page_of(OWN, stripe), CheckoutState.OPEN)

        await place.says(EARLIER, "Your Stripe account stays connected for now")
        await place.says(RENEWED, "Stripe is connected, with the key that ends in 5555")
        assert await place.present() == till
        assert await place.tells(HOOK) == 200


@pytest.mark.rule("A3", "G5")
async def test_of_two_tills_of_one_account_a_new_key_is_of_the_present_one(house: House, stripe: StripeStandIn):
    async with awake(house, stripe, stripe_secret_key=DEFAULT) as place:
        put_away(place, OWN, HOOK)
        await made_at(place, "earlier", await page_of(OWN, stripe), CheckoutState.COMPLETE)
        await made_at(place, INSTALLATIONS, await page_of(DEFAULT, stripe), CheckoutState.OPEN)

        await place.says("/payments", "Cards:")
        await place.says(RENEWED, "Stripe is connected, with the key that ends in 5555")


@pytest.mark.rule("G5")
async def test_a_former_till_that_is_shut_refuses_to_pay_back_and_says_nothing_of_pages():
    former, checkout = FormerTill(NoTill()), a_checkout()

    for asked in (former.refund(pay_back(look_first=False).order), former.charge("pi_1")):
        with pytest.raises(TillRefused, match=RefundFailure.KEY_GONE):
            await asked
    for asked in (former.look("cs_1"), former.close("cs_1")):
        with pytest.raises(Trouble) as said:
            await asked
        assert not isinstance(said.value, TillShut | TillRefused)
    with pytest.raises(TillShut):
        await former.open(checkout.order, checkout.key)
