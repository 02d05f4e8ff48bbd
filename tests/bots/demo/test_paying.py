"""Money in the demo, without a browser: the real program against the stand-ins, one robot for each story."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio

from bots.demo.accounts import BOT
from bots.demo.curtain import running_scene
from bots.demo.guest import Guest, Persona, Wish
from bots.demo.scene import Scene, Waking
from bots.demo.stripe import Card, Outcome
from bots.demo.telegram import ChatView

pytestmark = pytest.mark.asyncio(loop_scope="module")
FEE = 15_000
MANY = 1_000  # questions to Stripe, more than are asked in a test
PATIENCE = 60.0  # seconds for one answer, on a machine that is busy with other tests


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def scene() -> AsyncIterator[Scene]:
    """One demo for all stories: to start the program takes longer than they do."""
    async with running_scene() as scene:
        await scene.until(lambda: scene.waking is Waking.AWAKE)
        yield scene


class AtThePage(Exception):
    """The robot is where it would pay."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


class Client:
    """Somebody at a phone and, sooner or later, at the payment page."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.url = ""
        self.guest = Guest(
            scene.telegram, BOT.username, Persona.called("Ana Torres"), pay=self._stop, patience=PATIENCE
        )
        self.told = len(scene.strip.lines) and scene.strip.lines[-1].id

    def _stop(self, url: str) -> None:
        raise AtThePage(url)

    async def hold(self) -> None:
        link = self.scene.link("mini")
        assert link
        await self.guest.open(link.payload)
        await self.guest.hold(Wish())

    async def go_to_the_page(self) -> None:
        """Everything up to the payment page, which is open then."""
        with pytest.raises(AtThePage) as at:
            await self.guest.finish()
        self.url = at.value.url

    def pay(self, card: Card = Card.WORKS) -> Outcome:
        return self.scene.till.pay(self.url, card).outcome

    def press(self, words: str) -> None:
        """Press the newest button with these words."""
        row, column, message = next(
            (y, x, message.id)
            for message in reversed(self.guest.view.messages)
            for y, buttons in enumerate(message.buttons)
            for x, button in enumerate(buttons)
            if button.text == words
        )
        self.scene.telegram.press(self.guest.person, BOT.username, message, row, column)

    @property
    def captured(self) -> int:
        return self.scene.stripe.ledger(self.scene.till.session_at(self.url) or "").captured

    async def reads(self, words: str) -> ChatView:
        """Wait until the chat says so."""
        return await self.scene.telegram.wait_for(
            self.guest.person,
            BOT.username,
            lambda view: any(re.search(words, message.text) for message in view.messages if not message.mine),
            timeout=PATIENCE,
        )

    async def sees_in_the_strip(self, words: str) -> None:
        """Wait until the strip says so of this story."""
        await self.scene.until(
            lambda: any(words in line.text for line in self.scene.strip.lines if line.id > self.told)
        )


@pytest_asyncio.fixture(loop_scope="module")
async def client(scene: Scene) -> Client:
    client = Client(scene)
    await client.hold()
    return client


async def test_what_is_paid_is_booked_and_a_webhook_said_so(client: Client) -> None:
    await client.go_to_the_page()

    assert client.pay() is Outcome.PAID

    await client.reads(r"You're booked(.|\n)*Paid: \$150\.00")
    assert client.captured == FEE
    await client.sees_in_the_strip("paid $150.00 on Stripe’s page")
    await client.sees_in_the_strip("Stripe’s webhook came, and the bot looked. Stripe said: paid.")


async def test_a_declined_card_changes_nothing_and_the_next_one_pays(client: Client, scene: Scene) -> None:
    await client.go_to_the_page()
    scene.till.decline()

    assert client.pay() is Outcome.DECLINED

    await client.sees_in_the_strip("card was declined. Nothing was charged")
    assert client.captured == 0
    assert client.pay() is Outcome.PAID
    await client.reads("You're booked")


async def test_without_its_webhook_a_payment_is_found_within_a_minute(client: Client, scene: Scene) -> None:
    await client.go_to_the_page()
    scene.till.lose_hook()

    assert client.pay() is Outcome.PAID
    await client.sees_in_the_strip("webhook about it was lost")
    await scene.move_clock(timedelta(minutes=1))

    await client.reads("You're booked")
    await client.sees_in_the_strip("No webhook came, so the bot asked by itself. Stripe said: paid.")
    assert not any(scene.till.meant.values())


async def test_an_answer_that_is_lost_makes_no_second_page(client: Client, scene: Scene) -> None:
    before = len(scene.stripe.sessions)
    scene.till.lose_answer()

    await client.go_to_the_page()

    assert len(scene.stripe.sessions) == before + 1
    await client.sees_in_the_strip("answer did not come")
    assert client.pay() is Outcome.PAID
    await client.reads("You're booked")
    assert client.captured == FEE


async def test_who_pays_while_stripe_is_down_is_booked_when_it_is_back(client: Client, scene: Scene) -> None:
    await client.go_to_the_page()
    scene.till.go_down(2)

    assert client.pay() is Outcome.PAID

    await client.reads("You're booked")
    assert scene.till.seconds_down() == 0
    assert client.captured == FEE


async def test_the_hold_ends_with_the_page_open_and_both_say_that_nothing_was_charged(
    client: Client, scene: Scene
) -> None:
    await client.go_to_the_page()
    before = scene.till.captured()

    await scene.move_clock(timedelta(minutes=15))

    await client.reads(r"is free again, as the time ran out\.\sNothing was charged")
    await client.sees_in_the_strip("Stripe closed the page")
    assert client.pay() is Outcome.GONE
    assert scene.till.captured() == before


async def test_who_paid_before_the_hold_ended_keeps_the_time_although_nobody_knew(client: Client, scene: Scene) -> None:
    await client.go_to_the_page()
    scene.till.lose_hook()
    assert client.pay() is Outcome.PAID

    await scene.move_clock(timedelta(minutes=15))

    await client.reads("You're booked")
    assert client.captured == FEE


async def test_money_that_came_when_the_time_was_somebody_elses_goes_back_if_the_client_wants_it(
    client: Client, scene: Scene
) -> None:
    await client.go_to_the_page()
    scene.stripe.lose_answers(MANY)
    scene.till.lose_hook()
    assert client.pay() is Outcome.PAID
    await scene.move_clock(timedelta(minutes=15))
    await client.sees_in_the_strip("The hold ends, so Stripe closes the page first")
    # From the first question in vain it takes two minutes more; whoever asks again has written that one down.
    await scene.until(lambda: scene.stripe.answers_to_lose < MANY - 1)
    await scene.move_clock(timedelta(minutes=45))  # the page's own end and then some: nobody can be paying there
    await client.sees_in_the_strip("nobody can pay there any more")
    await Client(scene).hold()  # the first time that is free, which is the client's

    scene.stripe.lose_answers(0)
    await scene.move_clock(timedelta(minutes=1))

    await client.reads("arrived after the hold had ended")
    await client.sees_in_the_strip("came when")
    client.press("Full refund")
    await client.reads("Stripe has sent your .150.00 back")
    await client.sees_in_the_strip("Stripe sent $150.00 back")
    assert scene.stripe.ledger(scene.till.session_at(client.url) or "").kept == 0


async def test_another_address_is_no_payment_page(scene: Scene) -> None:
    assert scene.till.session_at("https://t.me/LunaPhotoBot") is None
    assert scene.till.session_at(f"{scene.till.address}/c/pay/") is None
    with pytest.raises(LookupError):
        scene.till.pay(f"{scene.till.address}/c/pay/cs_test_none")
