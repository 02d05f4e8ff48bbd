"""The methods that change what was sent, and the answers to presses."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from bots.demo.telegram.formatting import caption, message_text
from bots.demo.telegram.keyboards import checked_markup
from bots.demo.telegram.links import LinkRefused, checked_link
from bots.demo.telegram.methods import Params
from bots.demo.telegram.refusals import bad_request
from bots.demo.telegram.sending import caption_of, document_of, link_preview, photo_of
from bots.demo.telegram.shapes import as_array, as_object
from bots.demo.telegram.world import Bot, Chat, Message, World

ANSWER_LIMIT: Final = 200  # characters; core.telegram.org/bots/api#answercallbackquery
#: Telegram names no figure; apps stop waiting after some ten seconds.
QUERY_LASTS: Final = timedelta(seconds=30)
DELETABLE: Final = timedelta(hours=48)  # core.telegram.org/bots/api#deletemessage
TOASTS_KEPT: Final = 20

_MEDIA_FIELDS: Final = frozenset(
    {"type", "media", "caption", "parse_mode", "caption_entities", "show_caption_above_media", "has_spoiler"}
)

# core.telegram.org/bots/api#reactiontypeemoji
_REACTIONS: Final = (
    "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 "
    "🐳 ❤\u200d🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 "
    "👻 👨\u200d💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 "
    "🦄 😘 💊 🙊 😎 👾 🤷\u200d♂ 🤷 🤷\u200d♀ 😡"
)
REACTIONS: Final = frozenset(_REACTIONS.split())


def edit_text(world: World, bot: Bot, params: Params) -> object:
    chat, message = _editable(world, bot, params)
    content = message_text(params.string("text"), params.string("parse_mode"), params.json("entities"))
    if not message.content.text or message.has_media:
        raise bad_request("there is no text in the message to edit")
    return _edit(world, bot, chat, replace(message, content=content, link_preview=link_preview(params)), params)


def edit_caption(world: World, bot: Bot, params: Params) -> object:
    chat, message = _editable(world, bot, params)
    if not message.has_media:
        raise bad_request("there is no caption in the message to edit")
    changed = replace(message, content=caption_of(params), is_caption_above=params.flag("show_caption_above_media"))
    return _edit(world, bot, chat, changed, params)


def edit_media(world: World, bot: Bot, params: Params) -> object:
    chat, message = _editable(world, bot, params)
    if message.location or message.contact:
        raise bad_request("message can't be edited")
    media = params.json("media")
    fields = as_object(media)
    kind, given = fields.get("type"), fields.get("media")
    if kind not in {"photo", "document"} or not isinstance(given, str) or fields.keys() - _MEDIA_FIELDS:
        raise bad_request("can't parse InputMedia: the stand-in plays photos and documents")
    file = params.attached(given)
    content = caption(str(fields.get("caption", "")), str(fields.get("parse_mode", "")), fields.get("caption_entities"))
    changed = replace(
        message,
        content=content,
        link_preview=None,
        photo=photo_of(world, bot, file) if kind == "photo" else None,
        document=document_of(world, bot, file) if kind == "document" else None,
        is_caption_above=bool(fields.get("show_caption_above_media")),
        has_spoiler=bool(fields.get("has_spoiler")),
    )
    return _edit(world, bot, chat, changed, params)


def edit_markup(world: World, bot: Bot, params: Params) -> object:
    chat, message = _editable(world, bot, params)
    return _edit(world, bot, chat, message, params)


def delete_message(world: World, bot: Bot, params: Params) -> object:
    chat = world.chat_of(bot, params.integer("chat_id"))
    message = chat.messages.get(params.integer("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    if world.unix_now() - message.date > DELETABLE.total_seconds():
        raise bad_request("message can't be deleted for everyone")
    del chat.messages[message.id]
    world.changed(bot, chat.id)
    return True


def answer_callback_query(world: World, bot: Bot, params: Params) -> object:
    """Answers once and in time; a text is shown to whoever pressed."""
    query_id, text = params.string("callback_query_id"), params.string("text")
    query = bot.queries.get(query_id)
    if query is None or world.now() - query.at > QUERY_LASTS:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if len(text) > ANSWER_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    _check_answer_url(bot, params.string("url"))
    del bot.queries[query_id]
    chat = bot.chats[query.person]
    if text:
        chat.toasts.append((int(query_id), text, params.flag("show_alert")))
        del chat.toasts[:-TOASTS_KEPT]
    world.changed(bot, chat.id)
    return True


def set_reaction(world: World, bot: Bot, params: Params) -> object:
    chat = world.chat_to_write_in(bot, params.integer("chat_id"))
    message = chat.messages.get(params.integer("message_id"))
    if message is None:
        raise bad_request("message to react not found")
    given = params.json("reaction")
    reactions = [_emoji(item) for item in as_array(given) or []]
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    chat.messages[message.id] = replace(message, reaction=reactions[0] if reactions else "")
    world.changed(bot, chat.id)
    return True


def _editable(world: World, bot: Bot, params: Params) -> tuple[Chat, Message]:
    if "chat_id" not in params.values:
        raise bad_request("chat_id is empty")
    if "message_id" not in params.values:
        raise bad_request("message identifier is not specified")
    chat = world.chat_of(bot, params.integer("chat_id"))
    message = chat.messages.get(params.integer("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    # Only messages without reply_markup or with an inline keyboard: core.telegram.org/bots/api#updating-messages
    if message.sender != bot.account.id or (message.markup and "inline_keyboard" not in message.markup):
        raise bad_request("message can't be edited")
    return chat, message


def _edit(world: World, bot: Bot, chat: Chat, changed: Message, params: Params) -> object:
    """An edit without a keyboard takes the keyboard away."""
    markup = params.json("reply_markup")
    changed = replace(changed, markup=checked_markup(markup, inline_only=True) if markup is not None else None)
    if _looks(changed) == _looks(chat.messages[changed.id]):
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same "
            "as a current content and reply markup of the message"
        )
    changed = replace(changed, edited_at=world.unix_now())
    chat.messages[changed.id] = changed
    world.changed(bot, chat.id)
    return world.message_json(bot, chat, changed)


def _looks(message: Message) -> Message:
    """What counts when Telegram asks whether an edit changes anything: an empty keyboard is none."""
    return replace(message, edited_at=0, markup=message.keyboard)


def _check_answer_url(bot: Bot, url: str) -> None:
    """Without games only a link that opens the bot itself."""
    if not url:
        return
    try:
        link = checked_link(url)
    except LinkRefused:
        link = ""
    if not link.partition("://")[2].lower().startswith(f"t.me/{bot.account.username.lower()}?start="):
        raise bad_request("URL_INVALID")


def _emoji(given: object) -> str:
    fields = as_object(given)
    emoji = fields.get("emoji")
    if fields.get("type") != "emoji" or not isinstance(emoji, str) or emoji not in REACTIONS:
        raise bad_request("REACTION_INVALID")
    return emoji
