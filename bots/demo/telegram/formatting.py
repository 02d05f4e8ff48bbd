"""From what a bot sends as a text to what Telegram stores of it."""

from typing import Final, cast

from bots.demo.telegram.entities import (
    Entity,
    Formatted,
    ParseError,
    found_in,
    in_order,
    trimmed,
    units,
    without_nesting_in_code,
)
from bots.demo.telegram.links import LinkRefused, checked_link
from bots.demo.telegram.markup_html import parse_html
from bots.demo.telegram.markup_v2 import parse_markdown_v2
from bots.demo.telegram.refusals import bad_request
from bots.demo.telegram.shapes import as_array, as_object

TEXT_LIMIT: Final = 4096  # characters after entities parsing; core.telegram.org/bots/api#sendmessage
CAPTION_LIMIT: Final = 1024  # characters after entities parsing; core.telegram.org/bots/api#sendphoto

_PARSERS: Final = {"html": parse_html, "markdownv2": parse_markdown_v2}

# The type of an entity that a bot may give itself, and the further field it needs.
_GIVEN: Final = {
    "bold": "",
    "italic": "",
    "underline": "",
    "strikethrough": "",
    "spoiler": "",
    "blockquote": "",
    "expandable_blockquote": "",
    "code": "",
    "pre": "",
    "text_link": "url",
    "text_mention": "user",
    "custom_emoji": "custom_emoji_id",
    "date_time": "unix_time",
    # Telegram finds these by itself and ignores them here.
    "mention": "",
    "hashtag": "",
    "cashtag": "",
    "bot_command": "",
    "url": "",
    "email": "",
    "phone_number": "",
}
_FOUND_BY_TELEGRAM: Final = frozenset({"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"})


def message_text(text: str, parse_mode: str, entities: object) -> Formatted:
    """Raises ApiError: empty, too long, wrong markup."""
    if not text:
        raise bad_request("message text is empty")
    formatted = _formatted(text, parse_mode, entities)
    if not formatted.text:
        raise bad_request("text must be non-empty")
    if units(formatted.text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return formatted


def caption(text: str, parse_mode: str, entities: object) -> Formatted:
    """Raises ApiError: too long, wrong markup. Empty is no caption."""
    formatted = _formatted(text, parse_mode, entities)
    if units(formatted.text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return formatted


def _formatted(text: str, parse_mode: str, entities: object) -> Formatted:
    if parse_mode.lower() in _PARSERS:
        try:
            formatted = _PARSERS[parse_mode.lower()](text)
        except ParseError as error:
            raise bad_request(f"can't parse entities: {error}") from None
    elif not parse_mode:
        formatted = Formatted(text, _given_entities(entities, units(text)))
    else:
        raise bad_request("unsupported parse_mode")
    formatted = trimmed(formatted)
    return found_in(Formatted(formatted.text, without_nesting_in_code(formatted.entities)))


def _given_entities(given: object, length: int) -> tuple[Entity, ...]:
    if given is None:
        return ()
    array = as_array(given)
    if array is None:
        raise bad_request("can't parse entities: expected an Array of MessageEntity")
    entities = [_given_entity(item, length) for item in array]
    return in_order(e for e in entities if e.type not in _FOUND_BY_TELEGRAM)


def _given_entity(given: object, length: int) -> Entity:
    fields = as_object(given)
    kind, offset, size = fields.get("type"), fields.get("offset"), fields.get("length")
    if not isinstance(kind, str) or kind not in _GIVEN:
        raise bad_request("can't parse MessageEntity: Unsupported type specified")
    if not isinstance(offset, int) or not isinstance(size, int):
        raise bad_request('can\'t parse MessageEntity: Can\'t find field "offset" or "length"')
    if offset < 0 or size <= 0 or offset + size > length:
        raise bad_request("entity is outside of the text")
    if _GIVEN[kind] and _GIVEN[kind] not in fields:
        raise bad_request(f"can't parse MessageEntity: Can't find field \"{_GIVEN[kind]}\"")
    return Entity(
        type=kind,
        offset=offset,
        length=size,
        url=_given_link(str(fields.get("url", ""))) if kind == "text_link" else "",
        language=str(fields.get("language", "")),
        custom_emoji_id=str(fields.get("custom_emoji_id", "")),
        user_id=cast("int", as_object(fields["user"]).get("id", 0)) if kind == "text_mention" else 0,
        unix_time=cast("int", fields.get("unix_time", 0)),
        date_time_format=str(fields.get("date_time_format", "")),
    )


def _given_link(url: str) -> str:
    try:
        return checked_link(url)
    except LinkRefused as refused:
        raise bad_request(f"can't parse MessageEntity: URL '{url}' is invalid: {refused}") from None
