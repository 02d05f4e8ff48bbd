"""Renders a card for every messenger and holds the result against the messengers: their limits, their markup, and the
models of their libraries. Cheap enough to be called for each screen of each transcript."""

from collections.abc import Mapping, Sequence
from typing import Any

import bots.slack.render as slack
import bots.telegram.render as telegram
from bots.demo.telegram.entities import Formatted
from bots.demo.telegram.formatting import caption, message_text
from bots.demo.telegram.keyboards import checked_markup
from bots.telegram.render import Call
from conversations.cards import Card, plain

ENTITIES_LIMIT = 100  # of one message; Telegram drops further ones
PICTURE = "https://pictures.example/collage.jpg"
MARKUP = {"mrkdwn", "markdown"}  # types of Slack's texts in which something can be markup


def check_telegram(card: Card) -> tuple[Call, ...]:
    """The calls that send the card. Fails if Telegram would refuse one or show other words than the card's."""
    rendered = telegram.render(card)
    calls = telegram.as_send(rendered, chat_id=1)
    edit = telegram.as_edit(rendered, chat_id=1, message_id=2)
    documents = [telegram.as_document(one, chat_id=1) for one in card.enclosed]
    shown = [_checked(call) for call in calls]

    assert _letters("".join(text.text for text in shown)) == _letters("".join(plain(line.text) for line in card.lines))
    assert all(len(text.entities) <= ENTITIES_LIMIT for text in shown)
    for call in (*documents, *([edit] if edit else [])):
        _checked(call)
    return calls


def check_slack(card: Card) -> tuple[dict[str, object], dict[str, object]]:
    """The card as a message and as a view. Fails if Slack would refuse one or show other words than the card's."""
    pictures = {card.picture_name: PICTURE} if card.picture_name else {}
    message = slack.render_message(card, pictures)
    view = slack.render_view(card, external_id="check", pictures=pictures)

    for rendered in (message, view):
        assert not MARKUP & set(_types(rendered))
        said = "".join(rich_texts(rendered["blocks"]))
        assert _letters(said).startswith(_letters("".join(plain(line.text) for line in card.lines)))
    _check_blocks(message["blocks"])
    _check_view(view)
    return message, view


def parsed(call: Call) -> Formatted:
    """What Telegram makes of the call's text. Raises ApiError where it would refuse it."""
    media = call.params.get("media")
    params = media if isinstance(media, Mapping) else call.params
    if call.method in {"sendPhoto", "sendDocument", "editMessageMedia"}:
        return caption(str(params.get("caption", "")), "HTML", None)
    return message_text(str(params["text"]), "HTML", None)


def rich_texts(node: Any) -> list[str]:
    """The texts of rich text elements, in reading order, wherever they are below a block."""
    if isinstance(node, Mapping):
        if node.get("type") in {"text", "date"}:
            return [str(node.get("text", node.get("fallback")))]
        node = list(node.values())
    if isinstance(node, list):
        return [text for child in node for text in rich_texts(child)]
    return []


def _checked(call: Call) -> Formatted:
    """What Telegram makes of the text of the call, which is as its libraries write it."""
    import aiogram.methods
    from telegram import InlineKeyboardMarkup, ReplyKeyboardMarkup

    method = getattr(aiogram.methods, call.method[0].upper() + call.method[1:])
    assert method.model_validate(call.params).model_dump(exclude_unset=True) == call.params
    markup: Any = call.params.get("reply_markup")
    if markup is not None:
        assert checked_markup(markup) == markup
        model = InlineKeyboardMarkup if "inline_keyboard" in markup else ReplyKeyboardMarkup
        assert model.de_json(markup, None).to_dict() == markup
    return parsed(call)


def _check_blocks(blocks: Any) -> None:
    from slack_sdk.models.blocks import Block

    assert 1 <= len(blocks) <= slack.MESSAGE_BLOCKS_LIMIT
    # What a model does not know it drops, so equality says that it knew everything; `to_dict` also checks the limits.
    assert [block.to_dict() for block in Block.parse_all(blocks)] == blocks
    _check_ids(blocks)


def _check_view(view: Any) -> None:
    from slack_sdk.models.views import View

    assert View(**view).to_dict() == view
    assert len(view["external_id"]) <= slack.EXTERNAL_ID_LIMIT
    assert all(len(view[text]["text"]) <= slack.TITLE_LIMIT for text in ("title", "submit", "close") if text in view)
    # Slack refuses an input in a view that cannot be sent.
    assert ("submit" in view) == any(block["type"] == "input" for block in view["blocks"])
    _check_ids(view["blocks"])


def _check_ids(blocks: Sequence[Mapping[str, Any]]) -> None:
    named = [block["block_id"] for block in blocks if "block_id" in block]
    pressed = [element["action_id"] for block in blocks if block["type"] == "actions" for element in block["elements"]]
    assert len(set(named)) == len(named)
    assert len(set(pressed)) == len(pressed)


def _types(node: Any) -> list[str]:
    if isinstance(node, Mapping):
        return [str(node.get("type", "")), *(name for child in node.values() for name in _types(child))]
    if isinstance(node, list):
        return [name for child in node for name in _types(child)]
    return []


def _letters(text: str) -> str:
    """What can be seen of a text: where lines end and messages begin is the messengers' own."""
    return "".join(filter(str.isprintable, "".join(text.split())))
