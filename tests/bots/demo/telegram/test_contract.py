"""The stand-in against the official specification: its methods take what Telegram's take, its objects hold no more."""

import json
from pathlib import Path
from typing import Any

import pytest

from bots.demo.telegram import Upload
from bots.demo.telegram.editing import REACTIONS
from bots.demo.telegram.methods import METHODS
from bots.demo.telegram.server import DEEDS
from bots.demo.telegram.standin import TelegramStandIn
from tests.bots.demo.telegram.api import BOT, Api

KINDS = {
    "integer": {("Integer",)},
    "float": {("Float",)},
    "boolean": {("Boolean",)},
    "string": {("String",)},
    "chat": {("Integer", "String")},
    "file": {("InputFile", "String"), ("InputFile",)},
}


@pytest.fixture(scope="session")
def spec(specs: Path) -> dict[str, Any]:
    return json.loads((specs / "telegram-bot-api.json").read_text())


def test_every_method_takes_just_the_parameters_of_the_specification(spec: dict[str, Any]) -> None:
    ours = {method: {p.name: p.is_required for p in parameters.values()} for method, parameters in METHODS.items()}
    theirs = {
        method: {field["name"]: field["required"] for field in spec["methods"][method].get("fields", [])}
        for method in METHODS
    }

    assert ours == theirs


def test_every_parameter_is_of_the_type_of_the_specification(spec: dict[str, Any]) -> None:
    types = {
        (method, field["name"]): tuple(field["types"])
        for method in METHODS
        for field in spec["methods"][method].get("fields", [])
    }
    simple = set().union(*KINDS.values())

    wrong = [
        (method, p.name)
        for method, parameters in METHODS.items()
        for p in parameters.values()
        if (types[method, p.name] in simple if p.kind == "json" else types[method, p.name] not in KINDS[p.kind])
    ]

    assert wrong == []


def test_every_method_is_carried_out() -> None:
    assert DEEDS.keys() | {"getUpdates"} == METHODS.keys()


def test_the_reactions_are_those_of_the_specification(spec: dict[str, Any]) -> None:
    description = next(f for f in spec["types"]["ReactionTypeEmoji"]["fields"] if f["name"] == "emoji")["description"]

    assert all(f'"{emoji}"' in description for emoji in REACTIONS)
    assert description.count('"') == 2 * len(REACTIONS)


def surplus(spec: dict[str, Any], kind: str, value: Any, path: str = "") -> list[str]:
    """The fields of an object that its type does not have, and required ones that it lacks."""
    if kind.startswith("Array of "):
        return [p for i, item in enumerate(value) for p in surplus(spec, kind[9:], item, f"{path}[{i}]")]
    if kind not in spec["types"]:
        return []
    subtypes = spec["types"][kind].get("subtypes")
    if subtypes:
        return min((surplus(spec, subtype, value, path) for subtype in subtypes), key=len)
    fields = {field["name"]: field for field in spec["types"][kind].get("fields", [])}
    found = [f"{path}.{name}: missing" for name, field in fields.items() if field["required"] and name not in value]
    for name, inner in value.items():
        if name not in fields:
            found.append(f"{path}.{name}: not in {kind}")
        else:
            readings = [surplus(spec, t, inner, f"{path}.{name}") for t in fields[name]["types"]]
            found += min(readings, key=len)
    return found


async def test_every_object_holds_the_fields_of_the_specification(
    spec: dict[str, Any], standin: TelegramStandIn, api: Api, ann: int, picture: bytes
) -> None:
    sent = await api(
        "sendMessage",
        chat_id=ann,
        text=f'<a href="tg://user?id={ann}">A</a> <pre><code class="language-py">x</code></pre> '
        '<tg-time unix="1" format="r">then</tg-time> <a href="example.com">b</a>',
        parse_mode="HTML",
        link_preview_options={"is_disabled": True},
        message_effect_id="5046509860389126442",
        protect_content=True,
        reply_parameters={"message_id": 1},
        reply_markup={
            "inline_keyboard": [[{"text": "A", "callback_data": "a"}], [{"text": "B", "url": "example.com"}]]
        },
    )
    photo = await api.with_files("sendPhoto", {"photo": ("a.jpg", picture)}, chat_id=ann, caption="c", has_spoiler=True)
    document = await api.with_files("sendDocument", {"document": ("a.pdf", b"%PDF")}, chat_id=ann)
    location = await api("sendLocation", chat_id=ann, latitude=41.9, longitude=-87.6)
    file = await api("getFile", file_id=photo["photo"][-1]["file_id"])
    text = standin.type_text(ann, BOT, "Hello ann@example.com")
    standin.edit_text(ann, BOT, text, "Hello")
    standin.press(ann, BOT, sent["message_id"], 0, 0)
    standin.press_data(ann, BOT, 999, "gone")
    standin.share_contact(ann, BOT)
    standin.send_files(ann, BOT, [Upload("a.jpg", "image/jpeg", picture)] * 2, caption="Both")
    standin.send_document(ann, BOT, Upload("a.jpg", "image/jpeg", picture))
    standin.type_text(ann, BOT, "Yes", reply_to=sent["message_id"])
    standin.forward(ann, BOT, sent["message_id"])
    standin.share_place(ann, BOT, 41.9, -87.6, title="Riverside Park", address="North gate")
    standin.group_message(ann, BOT, "hi")
    standin.channel_post(BOT, "news")
    standin.block(ann, BOT)
    standin.unblock(ann, BOT)

    messages = [sent, photo, document, location]
    updates = await api("getUpdates")

    assert surplus(spec, "Array of Message", messages) == []
    assert surplus(spec, "Array of Update", updates) == []
    assert surplus(spec, "File", file) == []
    assert surplus(spec, "User", await api("getMe")) == []
    assert surplus(spec, "WebhookInfo", await api("getWebhookInfo")) == []
    assert surplus(spec, "MenuButton", await api("getChatMenuButton")) == []
    assert len(updates) == 16


def test_a_field_that_is_not_in_the_specification_is_found(spec: dict[str, Any]) -> None:
    user = {"id": 1, "is_bot": False, "first_name": "A", "age": 30}

    assert surplus(spec, "User", user) == [".age: not in User"]
    assert surplus(spec, "User", {"id": 1, "is_bot": False}) == [".first_name: missing"]
