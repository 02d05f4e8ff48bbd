"""The pay page, as a browser without scripts gets it; how it looks is seen in Chromium."""

from datetime import timedelta

import aiohttp
import pytest
from playwright.async_api import Browser
from stripe import StripeClient

from bots.demo.stripe import Card, StripeStandIn
from tests.bots.demo.clocks import Clock
from tests.bots.demo.stripe.till import CANCEL, KEYS, SUCCESS, a_line, a_session, library


async def page(web: aiohttp.ClientSession, url: str) -> str:
    async with web.get(url) as answer:
        assert answer.status == 200
        assert "X-Frame-Options" not in answer.headers
        return await answer.text()


async def press(web: aiohttp.ClientSession, url: str, **form: str) -> tuple[int, str, str]:
    """The status, the text and the address to go on to."""
    async with web.post(url, data=form, allow_redirects=False) as answer:
        return answer.status, await answer.text(), answer.headers.get("Location", "")


@pytest.fixture
def url(standin: StripeStandIn, session: str) -> str:
    return f"{standin.address}/c/pay/{session}"


async def test_the_page_says_who_wants_how_much_for_what(
    standin: StripeStandIn, stripe: StripeClient, web: aiohttp.ClientSession
) -> None:
    session = await stripe.v1.checkout.sessions.create_async(
        params=a_session(
            a_line("Autumn <mini>", 18_500),
            a_line("Print", 1250, quantity=2),
            customer_email="maya@example.com",
            custom_text={"submit": {"message": "Held until 10:02 AM & not longer"}},
        )
    )
    text = await page(web, str(session.url))

    for part in (
        *("Test page: no real money", "Luna Photo", "Autumn &lt;mini&gt;", "$185.00", "× 2", "$12.50 each", "$25.00"),
        *("$210.00", "maya@example.com", "Held until 10:02 AM &amp; not longer", "Pay $210.00", f'href="{CANCEL}"'),
    ):
        assert part in text
    assert "<mini>" not in text


@pytest.mark.parametrize(("verb", "button"), [("book", "Book · $45.00"), ("pay", "Pay $45.00"), ("auto", "Pay $45.00")])
async def test_the_button_says_what_it_does(
    stripe: StripeClient, web: aiohttp.ClientSession, verb: str, button: str
) -> None:
    session = await stripe.v1.checkout.sessions.create_async(params=a_session(submit_type=verb))

    assert button in await page(web, str(session.url))


async def test_without_a_way_back_there_is_none(stripe: StripeClient, web: aiohttp.ClientSession) -> None:
    session = await stripe.v1.checkout.sessions.create_async(params=a_session(cancel_url=None))

    assert 'class="back"' not in await page(web, str(session.url))


async def test_who_paid_is_sent_back_and_cannot_pay_again(
    standin: StripeStandIn, web: aiohttp.ClientSession, session: str, url: str
) -> None:
    form = {"number": "4242 4242 4242 4242", "email": "maya@example.com", "name": "Maya"}

    status, _, location = await press(web, url, **form)

    assert (status, location) == (303, f"http://127.0.0.1:8080/paid?session={session}")
    assert standin.ledger(session).captured == 4500
    assert "Payment successful" in await page(web, url)
    assert "Payment successful" in (await press(web, url, **form))[1]
    assert standin.ledger(session).captured == 4500


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (Card.DECLINED, "Your card was declined."),
        (Card.NO_FUNDS, "Your card has insufficient funds."),
        ("4242", "Your card number is invalid."),
        ("", "Your card number is invalid."),
    ],
)
async def test_a_declined_card_says_why_and_another_can_be_tried(
    standin: StripeStandIn, web: aiohttp.ClientSession, session: str, url: str, number: str, message: str
) -> None:
    status, text, _ = await press(web, url, number=number)

    assert status == 200
    assert message in text
    assert standin.open_sessions() == [session]
    assert (await press(web, url, number=Card.WORKS))[0] == 303


async def test_a_bank_that_asks_has_a_screen_of_its_own(
    standin: StripeStandIn, web: aiohttp.ClientSession, session: str, url: str
) -> None:
    _, text, _ = await press(web, url, number=Card.ASKS_BANK)
    assert "Complete authentication" in text
    assert "Complete authentication" in await page(web, url)

    _, text, _ = await press(web, f"{url}/bank", answer="fail")
    assert "unable to authenticate" in text
    assert f'action="/c/pay/{session}"' in text  # another card goes to the page, not to the bank
    assert standin.open_sessions() == [session]

    await press(web, url, number=Card.ASKS_BANK)
    status, _, location = await press(web, f"{url}/bank", answer="complete")
    assert (status, location.endswith(session)) == (303, True)
    assert standin.ledger(session).captured == 4500


async def test_an_expired_page_says_so(
    standin: StripeStandIn, stripe: StripeClient, web: aiohttp.ClientSession, session: str, url: str
) -> None:
    await stripe.v1.checkout.sessions.expire_async(session)
    text = await page(web, url)

    assert "This page has expired." in text
    assert "You were not charged." in text
    assert f'href="{CANCEL}"' in text


@pytest.mark.parametrize("path", ["", "/bank"])
async def test_a_form_that_is_sent_as_the_page_expires_charges_nothing(
    standin: StripeStandIn, web: aiohttp.ClientSession, url: str, clock: Clock, path: str
) -> None:
    if path:
        await press(web, url, number=Card.ASKS_BANK)
    clock.move(timedelta(days=1))

    status, text, _ = await press(web, url + path, number=Card.WORKS, answer="complete")

    assert status == 200
    assert "You were not charged." in text
    assert sum(ledger.captured for ledger in standin.ledgers().values()) == 0


async def test_a_page_that_there_is_not_is_not_found(standin: StripeStandIn, web: aiohttp.ClientSession) -> None:
    async with web.get(f"{standin.address}/c/pay/cs_test_none") as answer:
        assert answer.status == 404
        assert "could not be found" in await answer.text()


async def test_a_phone_shows_the_page_whole_and_a_card_is_chosen_by_a_tap(
    standin: StripeStandIn, chromium: Browser, session: str, url: str
) -> None:
    phone = await chromium.new_page(viewport={"width": 360, "height": 700})
    errors: list[str] = []
    phone.on("pageerror", lambda error: errors.append(str(error)))
    await phone.goto(f"{standin.address}/c/pay/none")
    await phone.evaluate(
        """url => document.body.innerHTML =
            `<iframe src="${url}" style="position: fixed; inset: 0; width: 360px; height: 700px; border: 0">`""",
        url,
    )
    frame = phone.frame_locator("iframe")
    await frame.get_by_role("button", name="Declined").click()
    await frame.get_by_role("button", name="Pay $45.00").click()
    await frame.get_by_role("alert").wait_for()
    width = await frame.locator("body").evaluate("document.documentElement.scrollWidth")
    chosen = await frame.locator("[aria-pressed=true]").inner_text()
    await frame.get_by_role("button", name="Asks your bank").click()
    await frame.get_by_role("button", name="Pay $45.00").click()
    await frame.get_by_role("button", name="Fail authentication").wait_for()

    assert (width, errors) == (360, [])
    assert "0002" in chosen
    assert standin.open_sessions() == [session]


async def test_within_an_app_the_page_tells_it_where_it_leads_instead_of_leading_there(
    clock: Clock, web: aiohttp.ClientSession
) -> None:
    standin = StripeStandIn(keys=KEYS, now=clock, in_app=True)
    await standin.start()
    try:
        async with library(standin.address) as stripe:
            session = (await stripe.v1.checkout.sessions.create_async(params=a_session())).id
        url = f"{standin.address}/c/pay/{session}"

        assert f'href="/c/pay/{session}/back"' in await page(web, url)
        assert f'href="{CANCEL}"' in await page(web, f"{url}/back")
        assert f'href="{CANCEL}"' in await page(web, f"{url}/on")  # who has not paid is not sent on

        status, _, address = await press(web, url, number=Card.WORKS, email="maya@example.com", name="Maya Chen")
        assert (status, address) == (303, f"/c/pay/{session}/on")
        told = await page(web, f"{url}/on")
        assert f'href="{SUCCESS.replace("{CHECKOUT_SESSION_ID}", session)}"' in told
        assert "parent.postMessage" in told
    finally:
        await standin.stop()


async def test_elsewhere_there_is_no_such_page(url: str, web: aiohttp.ClientSession) -> None:
    async with web.get(f"{url}/on") as answer:
        assert answer.status == 404
