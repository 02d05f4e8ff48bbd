"""The hosted pay page: what a client sees at a session's url, and what comes of what they press."""

from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template
from typing import Final

from aiohttp import web

from bots.demo.stripe import payments
from bots.demo.stripe.currencies import money
from bots.demo.stripe.payments import WRONG_NUMBER, Attempt, Outcome
from bots.demo.stripe.records import Books, Card, Line, Session
from bots.demo.stripe.sessions import return_address
from bots.demo.stripe.world import World

_FILES: Final = Path(__file__).with_name("page")
_STYLE: Final = (_FILES / "page.css").read_text(encoding="utf-8")
_FRAME, _FORM, _BANK, _NOTICE, _LEAVE = (
    Template((_FILES / f"{name}.html").read_text(encoding="utf-8"))
    for name in ("frame", "form", "bank", "notice", "leave")
)

TEST_CARDS: Final = (
    (Card.WORKS, "Works"),
    (Card.ASKS_BANK, "Asks your bank"),
    (Card.DECLINED, "Declined"),
    (Card.NO_FUNDS, "No funds"),
)
VERBS: Final = {"book": "Book", "donate": "Donate"}
TICK: Final = '<svg viewBox="0 0 24 24"><path d="M5 12.5l4.5 4.5L19 7.5"/></svg>'
CLOCK: Final = '<svg viewBox="0 0 24 24"><circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3 2"/></svg>'


@dataclass(frozen=True, slots=True)
class Ways:
    """Where the pages lead.

    `in_app`: they stand in a frame, in a page that plays an app. Apps catch the addresses that are meant for them; what
    shows a frame cannot, so whatever leads away goes to a page here, which tells the page around it where to.
    """

    in_app: bool = False

    def on(self, session: Session) -> str:
        """For whoever has paid."""
        return f"/c/pay/{session.id}/on" if self.in_app else return_address(session)

    def back(self, session: Session) -> str:
        """For whoever goes back without; empty where there is no way."""
        address = session.params.string("cancel_url")
        return f"/c/pay/{session.id}/back" if address and self.in_app else address


class PayPages:
    """Pages by session; every number on them comes from the session as it is at that moment."""

    def __init__(self, world: World, ways: Ways) -> None:
        self._world: Final = world
        self._ways: Final = ways

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get("/c/pay/{session}", self._show)
        app.router.add_post("/c/pay/{session}", self._pay)
        app.router.add_post("/c/pay/{session}/bank", self._bank)
        if self._ways.in_app:
            app.router.add_get("/c/pay/{session}/{way:on|back}", self._leave)

    async def _show(self, request: web.Request) -> web.Response:
        self._world.lapse()
        books, session = self._found(request)
        if session.status != "open":
            return _over(books, session, self._ways)
        if session.intent and session.intent.status == "requires_action":
            return _bank_page(books, session)
        return _form_page(books, session, self._ways)

    async def _pay(self, request: web.Request) -> web.Response:
        books, session = self._found(request)
        form = await request.post()
        number, email, name = (str(form.get(field, "")).strip() for field in ("number", "email", "name"))
        try:
            card = Card(number.replace(" ", ""))
        except ValueError:
            attempt = Attempt(Outcome.DECLINED, WRONG_NUMBER)
        else:
            attempt = payments.pay(self._world, books, session, card, email=email, name=name)
        return self._after(books, session, attempt)

    async def _bank(self, request: web.Request) -> web.Response:
        books, session = self._found(request)
        succeeds = (await request.post()).get("answer") == "complete"
        return self._after(books, session, payments.authenticate(self._world, books, session, succeeds=succeeds))

    def _after(self, books: Books, session: Session, attempt: Attempt) -> web.Response:
        self._world.lapse()
        if attempt.outcome is Outcome.PAID:
            raise web.HTTPSeeOther(self._ways.on(session))
        if session.status != "open":
            return _over(books, session, self._ways)
        if attempt.outcome is Outcome.ASKED:
            return _bank_page(books, session)
        return _form_page(books, session, self._ways, attempt.message)

    async def _leave(self, request: web.Request) -> web.Response:
        books, session = self._found(request)
        is_paid = session.status == "complete" and request.match_info["way"] == "on"
        address = return_address(session) if is_paid else session.params.string("cancel_url")
        if not address:
            raise web.HTTPNotFound
        page = _LEAVE.substitute(address=escape(address), business=escape(books.account.name))
        return _response(_framed(books.account.name, page))

    def _found(self, request: web.Request) -> tuple[Books, Session]:
        try:
            return self._world.books_with_session(request.match_info["session"])
        except LookupError:
            page = _notice(
                "Something went wrong", "This page could not be found. Check the link, or ask for a new one."
            )
            raise web.HTTPNotFound(text=_framed("Not found", page), content_type="text/html") from None


def _form_page(books: Books, session: Session, ways: Ways, error: str = "") -> web.Response:
    total = money(session.total, session.currency)
    verb = VERBS.get(session.params.string("submit_type"), "Pay")
    submit = session.params.group("custom_text").group("submit").string("message")
    known = session.params.string("customer_email")
    page = _FORM.substitute(
        action=f"/c/pay/{session.id}",
        business=escape(books.account.name),
        initial=escape(books.account.name[:1].upper()),
        back=_back(ways.back(session)),
        heading=escape(session.lines[0].name if len(session.lines) == 1 else f"Pay {books.account.name}"),
        total=escape(total),
        lines="".join(map(_line, session.lines)),
        email=escape(known or session.email or "guest@example.com"),
        email_state="readonly" if known else "",
        name=escape(session.name or "Test Client"),
        cards="".join(_card_button(card, what) for card, what in TEST_CARDS),
        number=_spaced(session.intent.card if session.intent and session.intent.card else Card.WORKS),
        error=f'<p class="error" role="alert">{escape(error)}</p>' if error else "",
        message=f'<p class="message">{escape(submit)}</p>' if submit else "",
        button=escape(f"{verb} {total}" if verb == "Pay" else f"{verb} · {total}"),
    )
    return _response(_framed(books.account.name, page))


def _bank_page(books: Books, session: Session) -> web.Response:
    page = _BANK.substitute(
        business=escape(books.account.name),
        total=escape(money(session.total, session.currency)),
        action=f"/c/pay/{session.id}/bank",
    )
    return _response(_framed("Your bank asks", page))


def _over(books: Books, session: Session, ways: Ways) -> web.Response:
    """What is seen where nothing can be paid any more."""
    business = books.account.name
    if session.status == "complete":
        link = (f"Return to {business}", ways.on(session))
        text = f"You have paid {money(session.total, session.currency)} to {business}."
        return _response(_framed(business, _notice("Payment successful", text, link=link, icon=TICK, mood="good")))
    cancel = ways.back(session)
    link = (f"Back to {business}", cancel) if cancel else None
    text = "You were not charged."
    return _response(_framed(business, _notice("This page has expired.", text, link=link, icon=CLOCK)))


def _notice(
    heading: str, text: str, *, link: tuple[str, str] | None = None, icon: str = CLOCK, mood: str = "calm"
) -> str:
    button = f'<a class="button" href="{escape(link[1])}">{escape(link[0])}</a>' if link else ""
    return _NOTICE.substitute(heading=escape(heading), text=escape(text), link=button, icon=icon, mood=mood)


def _back(cancel: str) -> str:
    if not cancel:
        return ""
    arrow = '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M19 12H5m6-6-6 6 6 6"/></svg>'
    return f'<a class="back" href="{escape(cancel)}" aria-label="Back">{arrow}</a>'


def _line(line: Line) -> str:
    each = f"{money(line.unit_amount, line.currency)} each" if line.quantity > 1 else ""
    count = f' <span class="count">× {line.quantity}</span>' if line.quantity > 1 else ""
    details = "".join(f"<small>{escape(text)}</small>" for text in (line.description, each) if text)
    amount = escape(money(line.amount, line.currency))
    return f"<li><div><b>{escape(line.name)}{count}</b>{details}</div><span>{amount}</span></li>"


def _card_button(card: Card, what: str) -> str:
    shown = f"<b>{escape(what)}</b><span>•••• {card[-4:]}</span>"
    return f'<button type="button" data-number="{_spaced(card)}">{shown}</button>'


def _spaced(card: Card) -> str:
    return " ".join(card[place : place + 4] for place in range(0, 16, 4))


def _framed(title: str, page: str) -> str:
    return _FRAME.substitute(title=escape(title), style=_STYLE, page=page)


def _response(text: str) -> web.Response:
    """May be shown inside another page: the demo does. Nothing of it is kept by the browser."""
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return web.Response(text=text, content_type="text/html", headers=headers)
