"""The HTTP of the pretended api.stripe.com: calls come in, are checked, carried out once, logged and answered."""

import base64
import binascii
from collections import deque
from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast
from urllib.parse import parse_qsl

from aiohttp import hdrs, web

from bots.demo.stripe import reading
from bots.demo.stripe.deeds import deeds
from bots.demo.stripe.fields import Params, checked
from bots.demo.stripe.forms import Tree, read_form
from bots.demo.stripe.idempotency import Answer, IdempotencyKeys
from bots.demo.stripe.operations import API_VERSION, OPERATIONS, Operation
from bots.demo.stripe.records import Books, Json
from bots.demo.stripe.refusals import StripeRefusal, bad_request, forbidden, masked, unauthorized
from bots.demo.stripe.weather import ConnectionDropped, Weather
from bots.demo.stripe.webhooks import Webhooks
from bots.demo.stripe.world import World

CALLS_KEPT: Final = 10_000
_FORM: Final = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of a program and what came of it."""

    #: The account's id; empty for a wrong key.
    account: str
    method: str
    path: str
    params: Json
    #: The idempotency key; empty where none was given.
    key: str
    at: datetime
    status: int
    #: "ok", or the message of the error.
    outcome: str
    #: Whether an earlier answer was given again.
    is_replayed: bool
    request: str


class Server:
    """The routes of the API over a world and its weather."""

    def __init__(self, world: World, weather: Weather, webhooks: Webhooks) -> None:
        self.calls: Final[deque[Call]] = deque(maxlen=CALLS_KEPT)
        self.revoked: Final[set[str]] = set()
        #: Parts of paths that a key has no right to, by key.
        self.forbidden: Final[dict[str, tuple[str, ...]]] = {}
        self._world: Final = world
        self._weather: Final = weather
        self._keys: Final = IdempotencyKeys(world.now)
        self._deeds: Final = deeds(world, webhooks)

    def add_routes(self, app: web.Application) -> None:
        for method, path in OPERATIONS:
            app.router.add_route(method, path, self._call)
        app.router.add_route("*", "/{path:v[12]/.*}", self._call)

    async def _call(self, request: web.Request) -> web.StreamResponse:
        call = _Call(request, self._world.new_id("req", 14))
        try:
            self._weather.check()
            await self._answer(call)
        except ConnectionDropped:
            return self._dropped(call)
        except StripeRefusal as refusal:
            call.refuse(refusal)
        self._log(call)
        if self._weather.loses_answer(call.method, call.path):
            return self._dropped(call)
        return call.response()

    async def _answer(self, call: "_Call") -> None:
        """Raises StripeRefusal for what never comes to its endpoint, and is therefore kept under no key."""
        books = call.books = self._authorized(call)
        if call.operation is None:
            raise StripeRefusal(404, f"Unrecognized request URL ({call.method}: {call.path}).")
        call.given = read_form(await _pairs(call.request))
        if call.method != hdrs.METH_POST or not call.key:
            params = Params(checked(OPERATIONS[call.operation], call.given))
            call.answer = await self._carried_out(call, call.operation, params)
            return
        account = books.account.id
        if before := self._keys.begin(account, call.key, call.path, call.given):
            call.answer, call.is_replayed = before, True
            return
        try:
            params = Params(checked(OPERATIONS[call.operation], call.given))
            call.answer = await self._carried_out(call, call.operation, params)
        finally:
            if call.answer:
                self._keys.finish(account, call.key, call.answer)
            else:
                self._keys.give_up(account, call.key)

    async def _carried_out(self, call: "_Call", operation: Operation, params: Params) -> Answer:
        """What the endpoint answers, be it an error."""
        try:
            await self._weather.hinder(call.method, call.path)
            self._world.lapse()
            with self._world.caused_by(call.id, call.key):
                shape = self._deeds[operation](call.the_books, params, call.identity)
            return Answer(200, reading.expanded(call.the_books, shape, params.strings("expand")), call.id)
        except StripeRefusal as refusal:
            return Answer(refusal.status, refusal.as_json(), call.id)

    def _authorized(self, call: "_Call") -> Books:
        """The books of the account that the call is for. Raises StripeRefusal."""
        key = _secret_key(call.request)
        account = self._world.keys.get(key)
        if key in self.revoked:
            raise unauthorized(f"Expired API Key provided: {masked(key)}", "api_key_expired")
        if account is None:
            raise unauthorized(f"Invalid API Key provided: {masked(key)}")
        if any(part in call.path for part in self.forbidden.get(key, ())):
            raise forbidden(
                f"The provided key '{masked(key)}' does not have the required permissions for this endpoint on account "
                f"'{account.id}'."
            )
        wanted = call.request.headers.get("Stripe-Account", account.id)
        if wanted not in {account.id, *(connected.id for connected in account.connected)}:
            raise forbidden(
                f"The provided key '{masked(key)}' does not have access to account '{wanted}' (or that account does "
                "not exist). Application access may have been revoked.",
                "account_invalid",
            )
        return self._world.books[wanted]

    def _dropped(self, call: "_Call") -> web.StreamResponse:
        if call.request.transport:
            call.request.transport.abort()
        return web.Response(status=503)

    def _log(self, call: "_Call") -> None:
        answer = call.answer or Answer(500, {}, call.id)
        self.calls.append(
            Call(
                account=call.books.account.id if call.books else "",
                method=call.method,
                path=call.path,
                params=call.given,
                key=call.key,
                at=self._world.now(),
                status=answer.status,
                outcome=_outcome(answer.body),
                is_replayed=call.is_replayed,
                request=call.id,
            )
        )


class _Call:
    """A call while it is being answered."""

    def __init__(self, request: web.Request, identity: str) -> None:
        self.request: Final = request
        self.id: Final = identity
        self.method: Final = request.method
        self.path: Final = request.path
        self.key: Final = request.headers.get("Idempotency-Key", "") if request.method == hdrs.METH_POST else ""
        self.operation: Final = _operation(request)
        #: The id in the path; empty where it has none.
        self.identity: Final = next(iter(request.match_info.values()), "")
        self.books: Books | None = None
        self.given: Tree = {}
        self.answer: Answer | None = None
        self.is_replayed = False
        self._retry_after = 0

    @property
    def the_books(self) -> Books:
        if self.books is None:
            raise LookupError("nobody was authorized yet")
        return self.books

    def refuse(self, refusal: StripeRefusal) -> None:
        self.answer = Answer(refusal.status, refusal.as_json(), self.id)
        self._retry_after = refusal.retry_after

    def response(self) -> web.Response:
        answer = self.answer or Answer(500, {}, self.id)
        headers = {"Request-Id": self.id, "Stripe-Version": API_VERSION}
        if self.key:
            headers["Idempotency-Key"] = self.key
        if self.is_replayed:
            headers |= {"Idempotent-Replayed": "true", "Original-Request": answer.request}
        if self._retry_after:
            headers["Retry-After"] = str(self._retry_after)
        return web.json_response(answer.body, status=answer.status, headers=headers)


def _operation(request: web.Request) -> Operation | None:
    resource = request.match_info.route.resource
    operation = (request.method, resource.canonical if resource else "")
    return operation if operation in OPERATIONS else None


async def _pairs(request: web.Request) -> list[tuple[str, str]]:
    """Names and values of the query, or of a body that must be a form."""
    query = parse_qsl(request.query_string, keep_blank_values=True)
    body = await request.text()
    if not body:
        return query
    if request.content_type != _FORM:
        raise bad_request(
            f"Invalid request (check that your POST content type is {_FORM}). If you have questions, we can help at "
            "https://support.stripe.com/."
        )
    return query + parse_qsl(body, keep_blank_values=True)


def _secret_key(request: web.Request) -> str:
    """From Bearer, or from Basic with the key as its user. Raises StripeRefusal where there is none."""
    scheme, _, given = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")
    if scheme == "Bearer" and given:
        return given
    if scheme == "Basic" and given:
        try:
            return base64.b64decode(given, validate=True).decode().partition(":")[0]
        except (binascii.Error, UnicodeDecodeError):
            pass
    raise unauthorized(
        "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer "
        "auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY')."
    )


def _outcome(body: Json) -> str:
    error = cast("Json | None", body.get("error"))
    return str(error.get("message")) if error else "ok"
