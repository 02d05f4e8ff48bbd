"""The methods about the bot itself: who it is, its menu of commands, its descriptions, its files."""

import json
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Final, cast

from bots.demo.telegram.files import DOWNLOAD_LIMIT
from bots.demo.telegram.methods import Params
from bots.demo.telegram.refusals import bad_request
from bots.demo.telegram.shapes import Json, as_array, as_object
from bots.demo.telegram.world import Bot, Person, World

COMMANDS_LIMIT: Final = 100  # core.telegram.org/bots/api#setmycommands
COMMAND_DESCRIPTION_LIMIT: Final = 256  # characters; core.telegram.org/bots/api#botcommand
DOWNLOAD_LASTS: Final = timedelta(hours=1)  # core.telegram.org/bots/api#getfile
_COMMAND: Final = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE: Final = re.compile(r"[a-z]{2}|")

# Which scopes there are, and the fields each needs: core.telegram.org/bots/api#botcommandscope
_SCOPES: Final[Mapping[str, frozenset[str]]] = {
    "default": frozenset(),
    "all_private_chats": frozenset(),
    "all_group_chats": frozenset(),
    "all_chat_administrators": frozenset(),
    "chat": frozenset({"chat_id"}),
    "chat_administrators": frozenset({"chat_id"}),
    "chat_member": frozenset({"chat_id", "user_id"}),
}
# Characters, and what Telegram says beyond them: core.telegram.org/bots/api#setmydescription and its neighbours
_TEXT_LIMITS: Final = {
    "description": (512, "DESCRIPTION_TOO_LONG"),
    "short_description": (120, "ABOUT_TOO_LONG"),
    "name": (64, "BOT_NAME_TOO_LONG"),
}
_MENU_BUTTONS: Final = frozenset({"commands", "default"})


def get_me(_: World, bot: Bot, __: Params) -> object:
    return {
        **bot.account.as_user(),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_commands(world: World, bot: Bot, params: Params) -> object:
    given = as_array(params.json("commands"))
    if given is None:
        raise bad_request("can't parse commands: expected an Array of BotCommand")
    commands = [_command(item) for item in given]
    if len(commands) > COMMANDS_LIMIT:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    bot.commands[_scope(bot, params), _language(params)] = commands
    _all_changed(world, bot)
    return True


def get_commands(_: World, bot: Bot, params: Params) -> object:
    return bot.commands.get((_scope(bot, params), _language(params)), [])


def delete_commands(world: World, bot: Bot, params: Params) -> object:
    bot.commands.pop((_scope(bot, params), _language(params)), None)
    _all_changed(world, bot)
    return True


def commands_for(bot: Bot, person: Person) -> list[Json]:
    """The menu of a person in their private chat: the narrowest scope wins, and in it their own language."""
    for scope in (_scope_key("chat", chat_id=person.id), _scope_key("all_private_chats"), _scope_key("default")):
        for language in (person.language_code[:2], ""):
            if commands := bot.commands.get((scope, language)):
                return commands
    return []


def set_description(world: World, bot: Bot, params: Params) -> object:
    return _set_text(world, bot, params, "description")


def get_description(_: World, bot: Bot, params: Params) -> object:
    return {"description": text_for(bot, "description", _language(params))}


def set_short_description(world: World, bot: Bot, params: Params) -> object:
    return _set_text(world, bot, params, "short_description")


def get_short_description(_: World, bot: Bot, params: Params) -> object:
    return {"short_description": text_for(bot, "short_description", _language(params))}


def set_name(world: World, bot: Bot, params: Params) -> object:
    return _set_text(world, bot, params, "name")


def get_name(_: World, bot: Bot, params: Params) -> object:
    return {"name": text_for(bot, "name", _language(params)) or bot.account.name}


def text_for(bot: Bot, which: str, language: str) -> str:
    return bot.texts.get((which, language)) or bot.texts.get((which, ""), "")


def set_menu_button(_: World, bot: Bot, params: Params) -> object:
    button = as_object(params.json("menu_button") or {"type": "default"})
    if button.get("type") not in _MENU_BUTTONS:
        raise bad_request("can't parse menu button: the stand-in plays the types commands and default")
    if chat_id := params.integer("chat_id"):
        _check_chat(bot, chat_id)
    bot.menu_buttons[chat_id] = button
    return True


def get_menu_button(_: World, bot: Bot, params: Params) -> object:
    return bot.menu_buttons.get(params.integer("chat_id")) or bot.menu_buttons.get(0, {"type": "commands"})


def get_file(world: World, bot: Bot, params: Params) -> object:
    """Its path can be downloaded by this bot for an hour; Telegram promises no more."""
    file, size = world.files.by_id(params.string("file_id"), bot.account.id)
    if len(file.data) > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    bot.downloads[file.path(size)] = world.now() + DOWNLOAD_LASTS
    return {
        "file_id": params.string("file_id"),
        "file_unique_id": file.unique_id + size,
        "file_size": len(file.data),
        "file_path": file.path(size),
    }


def _command(given: object) -> Json:
    fields = as_object(given)
    command, description = fields.get("command"), fields.get("description")
    if not isinstance(command, str) or not isinstance(description, str) or len(fields) != 2:
        raise bad_request("can't parse BotCommand: expected an Object with command and description")
    if not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description.strip()) <= COMMAND_DESCRIPTION_LIMIT:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": description.strip()}


def _scope(bot: Bot, params: Params) -> str:
    """The scope as a key. Raises ApiError for an unknown one, and for a chat that the bot does not know."""
    fields = as_object(params.json("scope") or {"type": "default"})
    kind = fields.get("type")
    if not isinstance(kind, str) or kind not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    if set(fields) != {"type", *_SCOPES[kind]}:
        raise bad_request("can't parse BotCommandScope: wrong fields")
    ids = {name: _id(fields[name]) for name in _SCOPES[kind]}
    if "chat_id" in ids:
        _check_chat(bot, ids["chat_id"])
    return _scope_key(kind, **ids)


def _check_chat(bot: Bot, chat_id: int) -> None:
    if chat_id not in bot.chats:
        raise bad_request("chat not found")


def _scope_key(kind: str, **ids: int) -> str:
    return json.dumps({"type": kind, **ids}, sort_keys=True)


def _id(given: object) -> int:
    try:
        return int(cast("int | str", given))
    except (TypeError, ValueError):
        raise bad_request("chat not found") from None


def _language(params: Params) -> str:
    code = params.string("language_code")
    if not _LANGUAGE.fullmatch(code):
        raise bad_request("invalid language code specified")
    return code


def _set_text(world: World, bot: Bot, params: Params, which: str) -> object:
    text, language = params.string(which), _language(params)
    limit, refusal = _TEXT_LIMITS[which]
    if len(text) > limit:
        raise bad_request(refusal)
    bot.texts[which, language] = text
    _all_changed(world, bot)
    return True


def _all_changed(world: World, bot: Bot) -> None:
    for person in world.people:
        world.changed(bot, person)
