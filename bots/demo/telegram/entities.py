"""Text as Telegram counts it: in UTF-16 units, with entities beside it instead of markup inside."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One stretch of formatted text; offset and length are in UTF-16 units."""

    type: str
    offset: int
    length: int
    url: str = ""
    language: str = ""
    custom_emoji_id: str = ""
    #: Zero: none. A mention of somebody who has no username.
    user_id: int = 0
    unix_time: int = 0
    date_time_format: str = ""

    @property
    def end(self) -> int:
        return self.offset + self.length


@dataclass(frozen=True, slots=True)
class Formatted:
    text: str = ""
    entities: tuple[Entity, ...] = ()


NO_TEXT = Formatted()


class ParseError(ValueError):
    """The markup is wrong; the words are Telegram's own."""


# The order of entities that cover the same text, from td's MessageEntity.cpp; whatever is not named stands at 50.
_PRIORITIES = {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 11,
    "code": 20,
    "text_link": 49,
    "text_mention": 49,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
}


def units(text: str) -> int:
    """The length of a text in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def byte_offset(text: str, index: int) -> int:
    """Where a character stands in UTF-8: Telegram's errors count so."""
    return len(text[:index].encode("utf-8", "surrogatepass"))


def in_order(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Outer before inner, as Telegram lists them."""
    return tuple(sorted(entities, key=lambda e: (e.offset, -e.length, _PRIORITIES.get(e.type, 50))))


def trimmed(formatted: Formatted) -> Formatted:
    """Without space around the text and carriage returns in it; entities follow, and go when nothing is left of them.

    Telegram does so to every text before it is stored.
    """
    text = re.sub(r"[\x00-\x09\x0b-\x1f]", " ", formatted.text.replace("\r", ""))
    kept = text.strip()
    # Counted in the original, for that is what the entities were counted in.
    returns = [units(formatted.text[: one.start()]) for one in re.finditer("\r", formatted.text)]
    before = units(text) - units(text.lstrip())
    length = units(kept)

    def moved(unit: int) -> int:
        return min(max(unit - bisect_left(returns, unit) - before, 0), length)

    entities = (replace(e, offset=moved(e.offset), length=moved(e.end) - moved(e.offset)) for e in formatted.entities)
    return Formatted(kept, in_order(e for e in entities if e.length > 0))


def without_nesting_in_code(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Code holds no other formatting and quotes alone may hold code: Telegram drops the rest."""
    all_of_them = tuple(entities)
    codes = [e for e in all_of_them if e.type in {"code", "pre"}]
    return tuple(
        e
        for e in all_of_them
        if e.type in {"pre", "blockquote", "expandable_blockquote"}
        or not any(code is not e and code.offset <= e.offset and e.end <= code.end for code in codes)
    )


_FOUND = re.compile(
    r"(?P<email>(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<url>https?://[^\s<>\"]*[^\s<>\".,;:!?)]"
    r"|(?<![\w./@-])(?:[\w-]+\.)+(?:com|org|net|me|io|dog|app|dev|co|studio)\b(?:[/?][^\s<>\"]*[^\s<>\".,;:!?)])?)"
    r"|(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/]))"
    r"|(?P<mention>(?<![\w/])@[A-Za-z]\w{3,31}\b)"
    r"|(?P<hashtag>(?<![\w#/])#\w*[^\W\d]\w*)"
)


def found_in(formatted: Formatted) -> Formatted:
    """Add what Telegram finds by itself: commands, addresses, links, mentions, hashtags.

    A plain likeness of Telegram's own search, enough for what people type to a bot; phone numbers, cashtags and bank
    cards are not looked for.
    """
    taken = [e for e in formatted.entities if e.type in {"code", "pre", "text_link", "text_mention"}]
    found: list[Entity] = []
    for match in _FOUND.finditer(formatted.text):
        offset = units(formatted.text[: match.start()])
        entity = Entity(type=str(match.lastgroup), offset=offset, length=units(match.group()))
        if not any(e.offset < entity.end and entity.offset < e.end for e in taken):
            found.append(entity)
    return replace(formatted, entities=in_order((*formatted.entities, *found)))
