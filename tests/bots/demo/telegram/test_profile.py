"""What a bot says about itself, and who sees which of it."""

import pytest

from bots.demo.telegram.standin import TelegramStandIn
from tests.bots.demo.telegram.api import BOT, Api, Refused


def commands(*names: str) -> list[dict[str, str]]:
    return [{"command": name, "description": f"{name}!"} for name in names]


def menu(standin: TelegramStandIn, person: int) -> list[str]:
    return [command.command for command in standin.chat(person, BOT).commands]


async def test_the_narrowest_menu_is_seen_and_in_it_the_persons_language(
    standin: TelegramStandIn, api: Api, ann: int, maya: int
) -> None:
    await api("setMyCommands", commands=commands("start"))
    assert menu(standin, ann) == menu(standin, maya) == ["start"]

    await api("setMyCommands", commands=commands("empezar"), language_code="es")
    assert (menu(standin, ann), menu(standin, maya)) == (["start"], ["empezar"])

    await api("setMyCommands", commands=commands("my"), scope={"type": "all_private_chats"})
    assert (menu(standin, ann), menu(standin, maya)) == (["my"], ["my"])

    await api("setMyCommands", commands=commands("studio"), scope={"type": "chat", "chat_id": ann})
    assert (menu(standin, ann), menu(standin, maya)) == (["studio"], ["my"])

    await api("deleteMyCommands", scope={"type": "chat", "chat_id": ann})
    assert menu(standin, ann) == ["my"]


async def test_commands_are_read_back_by_scope_and_language(api: Api) -> None:
    await api("setMyCommands", commands=commands("start", "help"), language_code="es")

    assert await api("getMyCommands", language_code="es") == commands("start", "help")
    assert await api("getMyCommands") == []


@pytest.mark.parametrize(
    ("params", "description"),
    [
        ({"commands": "start"}, 'can\'t parse parameter "commands" as json'),
        ({"commands": {"start": "Start"}}, "can't parse commands: expected an Array of BotCommand"),
        (
            {"commands": [{"command": "start"}]},
            "can't parse BotCommand: expected an Object with command and description",
        ),
        ({"commands": commands("Start")}, "BOT_COMMAND_INVALID"),
        ({"commands": commands("/start")}, "BOT_COMMAND_INVALID"),
        ({"commands": commands("a" * 33)}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "a", "description": " "}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [{"command": "a", "description": "b" * 257}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": commands(*[f"c{n}" for n in range(101)])}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": [], "language_code": "english"}, "invalid language code specified"),
        ({"commands": [], "scope": {"type": "world"}}, "can't parse BotCommandScope: Unsupported type specified"),
        ({"commands": [], "scope": {"type": "chat"}}, "can't parse BotCommandScope: wrong fields"),
        ({"commands": [], "scope": {"type": "chat", "chat_id": 1}}, "chat not found"),
        ({"commands": [], "scope": {"type": "chat", "chat_id": "@ann"}}, "chat not found"),
    ],
)
async def test_a_wrong_menu_is_refused(api: Api, params: dict[str, object], description: str) -> None:
    with pytest.raises(Refused) as refused:
        await api("setMyCommands", **params)

    assert refused.value.description == f"Bad Request: {description}"


async def test_an_empty_chat_shows_the_description_in_the_persons_language(
    standin: TelegramStandIn, api: Api, maya: int
) -> None:
    await api("setMyDescription", description="I book photo sessions.")
    await api("setMyName", name="Luna", language_code="es")
    assert standin.chat(maya, BOT).description == "I book photo sessions."

    await api("setMyDescription", description="Reservo sesiones.", language_code="es")

    view = standin.chat(maya, BOT)
    assert (view.description, view.bot_name, view.messages) == ("Reservo sesiones.", "Luna", ())


@pytest.mark.parametrize(
    ("which", "field", "limit"),
    [("Description", "description", 512), ("ShortDescription", "short_description", 120), ("Name", "name", 64)],
)
async def test_texts_about_the_bot_are_kept_up_to_their_limit(api: Api, which: str, field: str, limit: int) -> None:
    await api(f"setMy{which}", **{field: "a" * limit})

    assert await api(f"getMy{which}") == {field: "a" * limit}
    with pytest.raises(Refused):
        await api(f"setMy{which}", **{field: "a" * (limit + 1)})


async def test_a_menu_button_is_kept_for_a_chat_or_for_all(api: Api, ann: int) -> None:
    await api("setChatMenuButton", chat_id=ann, menu_button={"type": "default"})

    assert await api("getChatMenuButton", chat_id=ann) == {"type": "default"}
    assert await api("getChatMenuButton") == {"type": "commands"}
    with pytest.raises(Refused, match="chat not found"):
        await api("setChatMenuButton", chat_id=1)
    with pytest.raises(Refused, match="can't parse menu button"):
        await api("setChatMenuButton", menu_button={"type": "web_app"})
