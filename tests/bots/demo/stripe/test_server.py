"""The edge: keys, accounts, addresses, headers, the log of calls."""

import base64

import aiohttp
import pytest
from stripe import AuthenticationError, InvalidRequestError, PermissionError, StripeClient

from bots.demo.stripe import StripeStandIn
from tests.bots.demo.stripe.till import ACCOUNT, CONNECTED, KEY, OTHER_ACCOUNT, RESTRICTED_KEY, a_session, library


async def test_a_key_tells_its_account(stripe: StripeClient) -> None:
    account = await stripe.v1.accounts.retrieve_current_async()

    assert (account.id, account.charges_enabled, account.country) == (ACCOUNT.id, True, "US")
    assert account.business_profile
    assert account.business_profile.name == "Luna Photo"


async def test_a_wrong_key_is_refused_and_not_repeated_in_full(standin: StripeStandIn) -> None:
    async with library(standin.address, "sk_test_wrongwrongwrong1234") as stripe:
        with pytest.raises(AuthenticationError, match=r"sk_test_\*+1234") as refused:
            await stripe.v1.accounts.retrieve_current_async()

    assert refused.value.http_status == 401
    assert "wrongwrong" not in str(refused.value)
    assert [(call.account, call.status) for call in standin.calls] == [("", 401)]


async def test_a_revoked_key_has_expired(standin: StripeStandIn, stripe: StripeClient) -> None:
    standin.revoke(KEY)

    with pytest.raises(AuthenticationError) as refused:
        await stripe.v1.accounts.retrieve_current_async()
    assert "api_key_expired" in str(refused.value.http_body)


async def test_a_restricted_key_may_not_do_everything(standin: StripeStandIn) -> None:
    standin.forbid(RESTRICTED_KEY, "/refunds")
    async with library(standin.address, RESTRICTED_KEY) as stripe:
        await stripe.v1.checkout.sessions.list_async()
        with pytest.raises(PermissionError) as refused:
            await stripe.v1.refunds.list_async()

    assert refused.value.http_status == 403


async def test_only_accounts_that_are_connected_can_be_acted_for(stripe: StripeClient) -> None:
    found = await stripe.v1.accounts.retrieve_current_async(options={"stripe_account": CONNECTED.id})
    assert found.id == CONNECTED.id

    with pytest.raises(PermissionError) as refused:
        await stripe.v1.accounts.retrieve_current_async(options={"stripe_account": OTHER_ACCOUNT.id})
    assert refused.value.http_status == 403
    assert "account_invalid" in str(refused.value.http_body)


async def test_the_key_may_be_the_user_of_basic(standin: StripeStandIn, web: aiohttp.ClientSession) -> None:
    headers = {"Authorization": aiohttp.encode_basic_auth(KEY, "")}
    async with web.get(f"{standin.address}/v1/account", headers=headers) as answer:
        assert (await answer.json())["id"] == ACCOUNT.id


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Basic !!", "Basic " + base64.b64encode(b"\xff").decode(), f"Token {KEY}"]
)
async def test_a_call_without_a_key_is_refused(standin: StripeStandIn, web: aiohttp.ClientSession, header: str) -> None:
    async with web.get(f"{standin.address}/v1/account", headers={"Authorization": header}) as answer:
        body = await answer.json()

    assert answer.status == 401
    assert body["error"]["type"] == "invalid_request_error"
    assert "did not provide an API key" in body["error"]["message"]


async def test_an_error_says_which_parameter_and_in_which_call(
    standin: StripeStandIn, web: aiohttp.ClientSession
) -> None:
    url = f"{standin.address}/v1/refunds"
    async with web.post(url, data={"colour": "red"}, headers={"Authorization": f"Bearer {KEY}"}) as answer:
        body = await answer.json()

    assert answer.status == 400
    assert body == {
        "error": {
            "message": "Received unknown parameter: colour",
            "type": "invalid_request_error",
            "code": "parameter_unknown",
            "doc_url": "https://stripe.com/docs/error-codes/parameter-unknown",
            "param": "colour",
        }
    }
    assert answer.headers["Request-Id"] == standin.calls[-1].request


@pytest.mark.parametrize(("method", "path"), [("GET", "/v1/colours"), ("DELETE", "/v1/account"), ("GET", "/v2/x")])
async def test_other_addresses_are_not_found(
    standin: StripeStandIn, web: aiohttp.ClientSession, method: str, path: str
) -> None:
    headers = {"Authorization": f"Bearer {KEY}"}
    async with web.request(method, standin.address + path, headers=headers) as answer:
        body = await answer.json()

    assert answer.status == 404
    assert body["error"]["message"] == f"Unrecognized request URL ({method}: {path})."


async def test_a_body_is_a_form(standin: StripeStandIn, web: aiohttp.ClientSession) -> None:
    url = f"{standin.address}/v1/refunds"
    async with web.post(url, json={"amount": 1}, headers={"Authorization": f"Bearer {KEY}"}) as answer:
        assert answer.status == 400
        assert "application/x-www-form-urlencoded" in await answer.text()


async def test_the_log_tells_what_was_called_and_what_came_of_it(standin: StripeStandIn, stripe: StripeClient) -> None:
    await stripe.v1.checkout.sessions.create_async(params=a_session(), options={"idempotency_key": "k1"})
    with pytest.raises(InvalidRequestError):
        await stripe.v1.charges.retrieve_async("ch_none")

    first, second = standin.calls
    assert (first.account, first.method, first.path, first.key) == (ACCOUNT.id, "POST", "/v1/checkout/sessions", "k1")
    assert (first.status, first.outcome, first.params["mode"]) == (200, "ok", "payment")
    assert (second.status, second.outcome, second.key) == (404, "No such charge: 'ch_none'", "")
