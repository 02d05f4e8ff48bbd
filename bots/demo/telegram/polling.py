"""The methods by which updates reach a bot."""

from typing import Final, cast

from bots.demo.telegram.methods import Params
from bots.demo.telegram.refusals import bad_request, conflict
from bots.demo.telegram.shapes import as_array
from bots.demo.telegram.updates import BATCH_LIMIT
from bots.demo.telegram.world import Bot, World

CONNECTIONS: Final = 40  # core.telegram.org/bots/api#setwebhook, unless the bot says otherwise


async def get_updates(bot: Bot, params: Params) -> object:
    if bot.webhook:
        raise conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        )
    _take_allowed_updates(bot, params)
    return await bot.updates.wait(
        offset=params.integer("offset"),
        limit=params.integer("limit") or BATCH_LIMIT,
        timeout=params.integer("timeout"),
    )


def set_webhook(_: World, bot: Bot, params: Params) -> object:
    """Kept, but never called: nothing outside can reach a stand-in on loopback, and it reaches nobody."""
    url = params.string("url")
    if not url.startswith("https://"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    _take_allowed_updates(bot, params)
    _drop_pending(bot, params)
    bot.webhook = {"url": url, "max_connections": params.integer("max_connections") or CONNECTIONS}
    return True


def delete_webhook(_: World, bot: Bot, params: Params) -> object:
    _drop_pending(bot, params)
    bot.webhook = {}
    return True


def get_webhook_info(_: World, bot: Bot, __: Params) -> object:
    return {"url": "", "has_custom_certificate": False, "pending_update_count": len(bot.updates), **bot.webhook}


def _take_allowed_updates(bot: Bot, params: Params) -> None:
    """Once told, Telegram keeps them until it is told others."""
    if "allowed_updates" not in params.values:
        return
    given = as_array(params.json("allowed_updates"))
    if given is None or not all(isinstance(kind, str) for kind in given):
        raise bad_request("can't parse allowed_updates: expected an Array of String")
    bot.updates.allowed = cast("list[str]", given)


def _drop_pending(bot: Bot, params: Params) -> None:
    if params.flag("drop_pending_updates"):
        bot.updates.clear()
