"""The methods that send: what a bot may write, and what becomes of it."""

import asyncio
from dataclasses import replace
from typing import Final

from bots.demo.telegram.entities import Formatted
from bots.demo.telegram.files import StoredFile
from bots.demo.telegram.formatting import caption, message_text
from bots.demo.telegram.keyboards import checked_markup
from bots.demo.telegram.methods import Params, Upload
from bots.demo.telegram.refusals import bad_request
from bots.demo.telegram.shapes import Json, as_object
from bots.demo.telegram.world import Bot, Chat, Message, World

TYPING_LASTS: Final = 5  # seconds; core.telegram.org/bots/api#sendchataction

# The effects that need no subscription: fire, thumbs up, thumbs down, heart, party, heap.
_EFFECTS: Final = frozenset(
    {
        "5104841245755180586",
        "5107584321108051014",
        "5104858069142078462",
        "5159385139981059251",
        "5046509860389126442",
        "5046589136895476101",
    }
)
_ACTIONS: Final = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
_PREVIEW_FIELDS: Final = frozenset(
    {"is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text"}
)


def send_message(world: World, bot: Bot, params: Params) -> object:
    chat = _chat(world, bot, params)
    content = message_text(params.string("text"), params.string("parse_mode"), params.json("entities"))
    message = replace(_draft(world, bot, chat, params), content=content, link_preview=link_preview(params))
    return _deliver(world, bot, chat, message)


def send_photo(world: World, bot: Bot, params: Params) -> object:
    chat = _chat(world, bot, params)
    message = replace(
        _draft(world, bot, chat, params),
        content=caption_of(params),
        photo=photo_of(world, bot, params.file("photo")),
        is_caption_above=params.flag("show_caption_above_media"),
        has_spoiler=params.flag("has_spoiler"),
    )
    return _deliver(world, bot, chat, message)


def send_document(world: World, bot: Bot, params: Params) -> object:
    chat = _chat(world, bot, params)
    message = replace(
        _draft(world, bot, chat, params),
        content=caption_of(params),
        document=document_of(world, bot, params.file("document")),
    )
    return _deliver(world, bot, chat, message)


def send_location(world: World, bot: Bot, params: Params) -> object:
    chat = _chat(world, bot, params)
    latitude, longitude = params.number("latitude"), params.number("longitude")
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise bad_request("wrong latitude or longitude specified")  # ours: td only says that the location is invalid
    message = replace(_draft(world, bot, chat, params), location={"latitude": latitude, "longitude": longitude})
    return _deliver(world, bot, chat, message)


def send_chat_action(world: World, bot: Bot, params: Params) -> object:
    chat = _chat(world, bot, params)
    if params.string("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    _end_typing(chat)
    chat.typing = asyncio.get_running_loop().call_later(TYPING_LASTS, _typing_over, world, bot, chat)
    world.changed(bot, chat.id)
    return True


def link_preview(params: Params) -> Json | None:
    given = params.json("link_preview_options")
    if given is None:
        return None
    fields = as_object(given)
    if not fields or fields.keys() - _PREVIEW_FIELDS:
        raise bad_request("can't parse link preview options")
    return fields


def caption_of(params: Params) -> Formatted:
    return caption(params.string("caption"), params.string("parse_mode"), params.json("caption_entities"))


def photo_of(world: World, bot: Bot, given: Upload | str) -> StoredFile:
    if isinstance(given, Upload):
        return world.files.keep_photo(given)
    file = _sent_before(world, bot, given)
    if not file.is_photo:
        raise bad_request("can't use file of type Document as Photo")
    return file


def document_of(world: World, bot: Bot, given: Upload | str) -> StoredFile:
    if isinstance(given, Upload):
        return world.files.keep_document(given)
    file = _sent_before(world, bot, given)
    if file.is_photo:
        raise bad_request("can't use file of type Photo as Document")
    return file


def _sent_before(world: World, bot: Bot, given: str) -> StoredFile:
    if given.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")  # the stand-in has no network
    file, _ = world.files.by_id(given, bot.account.id)
    return file


def _chat(world: World, bot: Bot, params: Params) -> Chat:
    return world.chat_to_write_in(bot, params.integer("chat_id"))


def _draft(world: World, bot: Bot, chat: Chat, params: Params) -> Message:
    """What all sent messages have in common. It has no number until it is delivered."""
    effect = params.string("message_effect_id")
    if effect and effect not in _EFFECTS:
        raise bad_request("EFFECT_ID_INVALID")
    markup = params.json("reply_markup")
    return Message(
        id=0,
        date=world.unix_now(),
        sender=bot.account.id,
        markup=checked_markup(markup) if markup is not None else None,
        effect=effect,
        reply_to=_replied(chat, params.json("reply_parameters")),
        is_protected=params.flag("protect_content"),
    )


def _replied(chat: Chat, given: object) -> int:
    if given is None:
        return 0
    fields = as_object(given)
    message_id = fields.get("message_id")
    if not isinstance(message_id, int):
        raise bad_request("can't parse reply parameters: message_id is not specified")
    if message_id in chat.messages:
        return message_id
    if fields.get("allow_sending_without_reply"):
        return 0
    raise bad_request("message to be replied not found")


def _deliver(world: World, bot: Bot, chat: Chat, draft: Message) -> object:
    message = replace(draft, id=bot.next_message_id())
    chat.messages[message.id] = message
    _end_typing(chat)
    if message.markup and "inline_keyboard" not in message.markup:
        chat.reply_keyboard = None if "remove_keyboard" in message.markup else message.markup
    world.changed(bot, chat.id)
    return world.message_json(bot, chat, message)


def _typing_over(world: World, bot: Bot, chat: Chat) -> None:
    _end_typing(chat)
    world.changed(bot, chat.id)


def _end_typing(chat: Chat) -> None:
    if chat.typing:
        chat.typing.cancel()
        chat.typing = None
