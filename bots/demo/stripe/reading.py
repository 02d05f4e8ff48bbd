"""Looking things up: one object, pages of a list, and what `expand` puts in the place of an id."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeVar, cast

from bots.demo.stripe.account_shapes import event_json
from bots.demo.stripe.fields import Params
from bots.demo.stripe.payment_shapes import charge_json, dispute_json, intent_json, refund_json
from bots.demo.stripe.records import Books
from bots.demo.stripe.refusals import StripeRefusal, bad_request, no_such
from bots.demo.stripe.session_shapes import line_json, session_json

Thing = TypeVar("Thing")
Shape = dict[str, object]

PAGE: Final = 10  # docs.stripe.com/api/pagination
LONGEST_PAGE: Final = 100
DEEPEST_EXPANSION: Final = 4  # docs.stripe.com/api/expanding_objects


def one(things: Mapping[str, Thing], identity: str, kind: str, param: str) -> Thing:
    """Raises StripeRefusal."""
    if identity not in things:
        raise no_such(kind, identity, param)
    return things[identity]


def sessions(books: Books, params: Params) -> Shape:
    wanted, intent = params.string("status"), params.string("payment_intent")
    found = (
        session
        for session in books.sessions.values()
        if (not wanted or session.status == wanted) and (not intent or (session.intent and session.intent.id == intent))
    )
    return _page(map(session_json, found), params, "/v1/checkout/sessions")


def lines(books: Books, session: str, params: Params) -> Shape:
    """In the order of the session, unlike all other lists."""
    found = one(books.sessions, session, "checkout.session", "session").lines
    return _page(map(line_json, found), params, f"/v1/checkout/sessions/{session}/line_items", newest_first=False)


def intents(books: Books, params: Params) -> Shape:
    return _page(map(intent_json, books.intents.values()), params, "/v1/payment_intents")


def charges(books: Books, params: Params) -> Shape:
    found = (charge for charge in books.charges.values() if _is_of(params, charge.intent.id, charge.id))
    return _page(map(charge_json, found), params, "/v1/charges")


def refunds(books: Books, params: Params) -> Shape:
    found = (one for one in books.refunds.values() if _is_of(params, one.charge.intent.id, one.charge.id))
    return _page(map(refund_json, found), params, "/v1/refunds")


def disputes(books: Books, params: Params) -> Shape:
    found = (one for one in books.disputes.values() if _is_of(params, one.charge.intent.id, one.charge.id))
    return _page(map(dispute_json, found), params, "/v1/disputes")


def events(books: Books, params: Params, pending: Callable[[str], int]) -> Shape:
    """`pending`: how many endpoints have not taken the event with this id yet."""
    if "type" in params and "types" in params:
        raise bad_request("You may only specify one of these parameters: type, types.")
    wanted = {params.string("type")} if "type" in params else set(params.strings("types"))
    found = (event for event in books.events.values() if not wanted or event.type in wanted)
    return _page((event_json(event, pending=pending(event.id)) for event in found), params, "/v1/events")


def expanded(books: Books, shape: Shape, paths: Sequence[str]) -> Shape:
    """The object with what `expand` asks for. Raises StripeRefusal for what cannot be expanded."""
    for path in paths:
        steps = path.split(".")
        if len(steps) > DEEPEST_EXPANSION:
            raise bad_request(f"You cannot expand more than {DEEPEST_EXPANSION} levels of a property", param="expand")
        _expand(books, shape, steps, path)
    return shape


def _expand(books: Books, shape: Shape, steps: Sequence[str], path: str) -> None:
    name, *further = steps
    if name == "data" and shape["object"] == "list":
        for each in cast("list[Shape]", shape["data"]):
            _expand(books, each, further, path)
        return
    inner = shape.get(name)
    if inner is None or isinstance(inner, str):
        inner = shape[name] = _instead(books, shape, name, path)
    if not further:
        return
    if isinstance(inner, dict) and "object" in inner:
        _expand(books, cast("Shape", inner), further, path)
    elif inner is not None:
        raise _cannot_expand(path)


def _instead(books: Books, shape: Shape, name: str, path: str) -> object:
    """What stands in a field once it is expanded; null stays null."""
    identity = str(shape.get(name))
    match shape["object"], name:
        case "checkout.session", "line_items":
            return lines(books, str(shape["id"]), Params({}))
        case "charge", "refunds":
            return refunds(books, Params({"charge": shape["id"]}))
        case (("checkout.session" | "charge" | "refund" | "dispute"), "payment_intent"):
            return intent_json(books.intents[identity]) if identity in books.intents else None
        case "payment_intent", "latest_charge":
            return charge_json(books.charges[identity]) if identity in books.charges else None
        case (("refund" | "dispute"), "charge"):
            return charge_json(books.charges[identity])
        case "checkout.session", "customer":
            return None
        case _:
            raise _cannot_expand(path)


def _cannot_expand(path: str) -> StripeRefusal:
    return bad_request(f"This property cannot be expanded ({path}).", param="expand")


def _is_of(params: Params, intent: str, charge: str) -> bool:
    return params.string("payment_intent") in {"", intent} and params.string("charge") in {"", charge}


def _page(shapes: Iterable[Shape], params: Params, url: str, *, newest_first: bool = True) -> Shape:
    """A page as the cursors ask for it, newest first. Raises StripeRefusal for cursors that name nothing."""
    limit = params.integer("limit", PAGE)
    if not 1 <= limit <= LONGEST_PAGE:
        raise bad_request(f"Invalid limit: must be between 1 and {LONGEST_PAGE}", param="limit")
    if "starting_after" in params and "ending_before" in params:
        raise bad_request("You may only specify one of these parameters: starting_after, ending_before.")
    rows = [shape for shape in shapes if _is_within(shape, params)]
    if newest_first:
        rows.reverse()
    if "starting_after" in params:
        rows = rows[_place(rows, params, "starting_after") + 1 :]
    if "ending_before" in params:
        before = rows[: _place(rows, params, "ending_before")]
        data, has_more = before[-limit:], len(before) > limit
    else:
        data, has_more = rows[:limit], len(rows) > limit
    return {"object": "list", "data": data, "has_more": has_more, "url": url}


def _is_within(shape: Shape, params: Params) -> bool:
    if "created" not in params:
        return True
    created, wanted = cast("int", shape["created"]), params.values["created"]
    if isinstance(wanted, int):
        return created == wanted
    bounds = params.group("created")
    return bounds.integer("gt", created - 1) < created < bounds.integer("lt", created + 1) and bounds.integer(
        "gte", created
    ) <= created <= bounds.integer("lte", created)


def _place(rows: Sequence[Shape], params: Params, cursor: str) -> int:
    identity = params.string(cursor)
    for place, row in enumerate(rows):
        if row["id"] == identity:
            return place
    raise bad_request(f"No such object: '{identity}'", code="resource_missing", param=cursor)
