"""What Telegram shows of the bot itself: its menu of commands and the words in a chat that is still empty."""

from collections.abc import Mapping
from typing import Final, Protocol

import structlog

from bots.telegram.api import Api
from bots.telegram.errors import CallFailed
from bots.telegram.render import Call

DESCRIPTION_LIMIT: Final = 512  # characters; core.telegram.org/bots/api#setmydescription
SHORT_LIMIT: Final = 120  # characters; core.telegram.org/bots/api#setmyshortdescription
#: The language of whoever reads none of ours.
FALLBACK: Final = "en"

_log = structlog.stdlib.get_logger(__name__)


class Profile(Protocol):
    """What the reception says of itself."""

    @property
    def languages(self) -> tuple[str, ...]: ...
    def menu(self, language: str) -> tuple[tuple[str, str], ...]: ...
    def strangers_menu(self, language: str) -> tuple[tuple[str, str], ...]: ...
    def about(self, language: str, studio_name: str) -> str: ...


async def set_up_profile(api: Api, profile: Profile, studio_name: str) -> None:
    """Set the menus and descriptions that are not as they shall be; without them the bot works all the same."""
    try:
        for language in profile.languages:
            code = {} if language == FALLBACK else {"language_code": language}
            about = profile.about(language, studio_name)
            # The menu is for people who talk with the bot: everywhere else it has no more to offer than to begin.
            here = code | {"scope": {"type": "all_private_chats"}}
            await _set(api, "MyCommands", here, "commands", _commands(profile.menu(language)))
            await _set(api, "MyCommands", code, "commands", _commands(profile.strangers_menu(language)))
            await _set(api, "MyDescription", code, "description", about[:DESCRIPTION_LIMIT])
            await _set(api, "MyShortDescription", code, "short_description", about[:SHORT_LIMIT])
    except CallFailed as failed:
        _log.warning("the bot's menu and description stay as they were", error=str(failed))


def menu_of_chat(chat: str, menu: tuple[tuple[str, str], ...]) -> Call:
    """What gives one private chat a menu of its own; an empty one takes it away, and the chat has everybody's."""
    scope: dict[str, object] = {"scope": {"type": "chat", "chat_id": int(chat)}}
    if not menu:
        return Call("deleteMyCommands", scope)
    return Call("setMyCommands", {**scope, "commands": _commands(menu)})


def _commands(menu: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    return [{"command": name, "description": words} for name, words in menu]


async def _set(api: Api, what: str, where: Mapping[str, object], name: str, value: object) -> None:
    """Setting is rationed by Telegram far more than asking."""
    present = await api.call(f"get{what}", where)
    if (present if isinstance(present, list) else present.get(name)) != value:
        await api.call(f"set{what}", {**where, name: value})
