"""What is found out of a key, by real calls that change nothing."""

from collections.abc import AsyncGenerator

import pytest

from bots.demo.stripe import StripeStandIn
from bots.stripe.api import Api
from bots.stripe.vetting import lacking, reads
from core.payments.till import TillShut
from core.values.refusals import Trouble
from tests.bots.demo.stripe.till import KEY, KEYS, OTHER_KEY, RESTRICTED_KEY, a_session, library


@pytest.fixture
async def stripe() -> AsyncGenerator[StripeStandIn]:
    standin = StripeStandIn(keys=KEYS)
    await standin.start()
    yield standin
    await standin.stop()


@pytest.fixture
async def api(stripe: StripeStandIn) -> AsyncGenerator[Api]:
    api = Api(RESTRICTED_KEY, stripe.address)
    yield api
    await api.close()


@pytest.mark.rule("A3")
@pytest.mark.parametrize(
    ("forbidden", "lacks"),
    [
        ((), ()),
        (("/checkout/sessions",), ("sessions",)),
        (("/refunds", "/disputes"), ("refunds", "disputes")),
    ],
)
async def test_what_a_key_may_not_do_is_found_out_without_doing_anything(
    stripe: StripeStandIn, api: Api, forbidden: tuple[str, ...], lacks: tuple[str, ...]
):
    stripe.forbid(RESTRICTED_KEY, *forbidden)

    assert await lacking(api) == lacks

    assert len(stripe.calls) == 3
    assert (stripe.events, list(stripe.sessions)) == ([], [])


@pytest.mark.rule("A3")
async def test_a_key_that_was_revoked_is_none(stripe: StripeStandIn, api: Api):
    stripe.revoke(RESTRICTED_KEY)
    with pytest.raises(TillShut):
        await lacking(api)


@pytest.mark.rule("A3")
async def test_silence_says_nothing_of_a_key(stripe: StripeStandIn, api: Api):
    stripe.go_down(None)

    for question in (lacking(api), reads(api, "cs_test_1")):
        with pytest.raises(Trouble) as trouble:
            await question
        assert not isinstance(trouble.value, TillShut)


@pytest.mark.rule("A3")
async def test_of_one_account_is_who_reads_what_the_other_made(stripe: StripeStandIn, api: Api):
    async with library(stripe.address, KEY) as client:
        ours = (await client.v1.checkout.sessions.create_async(a_session())).id
    async with library(stripe.address, OTHER_KEY) as client:
        theirs = (await client.v1.checkout.sessions.create_async(a_session())).id

    assert await reads(api, ours)
    assert not await reads(api, theirs)
