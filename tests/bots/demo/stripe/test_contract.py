"""The stand-in against the official specification: its calls take what Stripe's take, its objects hold no less."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from stripe import StripeClient
from stripe import api_version as version_of_the_library

from bots.demo.clock import utc_now
from bots.demo.stripe import StripeStandIn
from bots.demo.stripe.deeds import deeds
from bots.demo.stripe.fields import Field
from bots.demo.stripe.operations import API_VERSION, OPERATIONS
from bots.demo.stripe.webhooks import Webhooks
from bots.demo.stripe.world import World
from tests.bots.demo.stripe.till import KEY, a_line, a_session

#: The cut of the specification has no disputes.
NOT_IN_THE_CUT = {("GET", "/v1/disputes"), ("GET", "/v1/disputes/{dispute}")}

#: Everything that our program gives.
GIVEN: Any = a_session(
    {**a_line(), "metadata": {"line": "package"}},
    adaptive_pricing={"enabled": False},
    allowed_payment_method_types=["card", "link"],
    client_reference_id="LP4821",
    custom_text={"submit": {"message": "Held until 10:02 AM"}},
    customer_email="maya@example.com",
    locale="es",
    payment_intent_data={
        "description": "Autumn mini",
        "metadata": {"booking": "LP4821"},
        "receipt_email": "maya@example.com",
        "statement_descriptor_suffix": "LP4821",
    },
    submit_type="book",
)


@pytest.fixture(scope="session")
def spec(specs: Path) -> dict[str, Any]:
    return json.loads((specs / "stripe-openapi-cut.json").read_text())


@pytest.fixture(scope="session")
def samples(specs: Path) -> dict[str, Any]:
    return json.loads((specs / "stripe-fixtures-cut.json").read_text())["resources"]


def theirs(spec: dict[str, Any], method: str, path: str) -> dict[str, Any]:
    """The parameters of a call, as a schema of an object."""
    operation = spec["paths"][path][method.lower()]
    if method == "POST":
        return operation["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]
    query = [one for one in operation.get("parameters", []) if one["in"] == "query"]
    return {
        "properties": {one["name"]: one["schema"] for one in query},
        "required": [one["name"] for one in query if one["required"]],
    }


def differences(fields: Mapping[str, Field], schema: dict[str, Any], at: str = "") -> Iterator[str]:
    """Where our fields are not those of the schema; ours may be fewer."""
    for name, one in fields.items():
        if name not in schema["properties"]:
            yield f"{at}{name}: unknown"
            continue
        if one.is_required != (name in schema.get("required", [])):
            yield f"{at}{name}: required"
        yield from different(one, schema["properties"][name], f"{at}{name}")


def different(one: Field, schema: dict[str, Any], at: str) -> Iterator[str]:
    if one.may_be_unset or one.kind == "range":
        other = schema["anyOf"][1]
        if other != ({"type": "integer"} if one.kind == "range" else {"type": "string", "enum": [""]}):
            yield f"{at}: {other}"
        schema = schema["anyOf"][0]
    kinds = {"range": "object", "map": "object"}
    if schema.get("type") != kinds.get(one.kind, one.kind):
        yield f"{at}: {schema}"
    elif one.kind == "map":
        if "additionalProperties" not in schema:
            yield f"{at}: no map"
    elif one.kind == "array" and one.item:
        yield from different(one.item, schema["items"], f"{at}[]")
    elif one.kind in {"object", "range"}:
        yield from differences(one.fields, schema, f"{at}.")
    elif sorted(one.choices) != schema.get("enum", []) or one.letters != schema.get("maxLength", 0):
        yield f"{at}: {one} is not {schema}"


def test_the_stand_in_the_library_and_the_specification_are_of_one_version(spec: dict[str, Any]) -> None:
    assert API_VERSION == version_of_the_library == spec["info"]["version"]


def test_every_call_takes_parameters_of_the_specification_in_their_types(spec: dict[str, Any]) -> None:
    wrong = [
        f"{method} {path}: {difference}"
        for (method, path), fields in OPERATIONS.items()
        if (method, path) not in NOT_IN_THE_CUT
        for difference in differences(fields, theirs(spec, method, path))
    ]

    assert wrong == []


def test_every_call_is_carried_out() -> None:
    world = World({}, utc_now, "")

    assert deeds(world, Webhooks()).keys() == OPERATIONS.keys()


def test_a_difference_is_found(spec: dict[str, Any]) -> None:
    schema = {"properties": {"a": {"type": "string", "enum": ["x"]}, "b": {"type": "integer"}}, "required": ["b"]}
    fields = {"a": Field(kind="string", choices=("x", "y")), "b": Field(kind="string"), "c": Field(kind="string")}

    assert [difference.partition(":")[0] for difference in differences(fields, schema)] == ["a", "b", "b", "c"]


async def test_everything_that_our_program_gives_is_taken(stripe: StripeClient) -> None:
    session = await stripe.v1.checkout.sessions.create_async(params=GIVEN)

    assert (session.status, session.submit_type, session.locale) == ("open", "book", "es")


def lacks(sample: Any, ours: Any, at: str) -> Iterator[str]:
    """Fields of the sample that ours has not, or has in another type. What either leaves empty says nothing."""
    if isinstance(sample, dict) and isinstance(ours, dict):
        for name, value in sample.items():
            if name not in ours:
                yield f"{at}.{name}: missing"
            else:
                yield from lacks(value, ours[name], f"{at}.{name}")
    elif sample is not None and ours is not None and type(sample) is not type(ours):
        yield f"{at}: {type(ours).__name__}, not {type(sample).__name__}"


#: The sample event is of something else, and the sample account also writes Japanese.
OTHER_KINDS = ("event.data", "account.settings")


async def test_every_object_has_the_fields_of_the_real_one(
    standin: StripeStandIn, stripe: StripeClient, web: aiohttp.ClientSession, samples: dict[str, Any]
) -> None:
    session = await stripe.v1.checkout.sessions.create_async(params=GIVEN)
    standin.pay(session.id)
    standin.refund_in_dashboard(session.id, 500)

    async def shape(path: str) -> Any:
        async with web.get(f"{standin.address}/v1/{path}", headers={"Authorization": f"Bearer {KEY}"}) as answer:
            body = await answer.json()
            return body["data"][0] if body["object"] == "list" else body

    ours = {
        "checkout.session": await shape("checkout/sessions"),
        "payment_intent": await shape("payment_intents"),
        "charge": await shape("charges?expand[]=data.refunds"),
        "refund": await shape("refunds"),
        "item": await shape(f"checkout/sessions/{session.id}/line_items"),
        "event": await shape("events"),
        "account": await shape("account"),
    }

    lacking = [line for kind, one in ours.items() for line in lacks(samples[kind], one, kind)]

    assert [line for line in lacking if not line.startswith(OTHER_KINDS)] == []


def test_a_field_that_is_missing_is_found() -> None:
    assert list(lacks({"a": 1, "b": {"c": "x"}}, {"b": {"c": 1}}, "o")) == ["o.a: missing", "o.b.c: int, not str"]
