"""The parse mode "HTML", read as Telegram reads it: the same text, the same entities, the same errors.

Behaviour after td's `parse_html`; the cases that Telegram tests its own parser with are our test.
"""

import re
from dataclasses import dataclass, replace

from bots.demo.telegram.entities import Entity, Formatted, ParseError, byte_offset, in_order, units
from bots.demo.telegram.links import (
    SPACE,
    LinkRefused,
    checked_link,
    date_time_format,
    mentioned_user,
    positive_number,
)

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_PLAIN = re.compile(r"[^<&]+")
_REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9A-Fa-f]*)|#(?P<decimal>[0-9]*)|(?P<name>[A-Za-z]*))")
_REFERENCE_LIMIT = 10  # characters; td reads no longer ones
_SURROGATE = re.compile("[\ud800-\udfff]")
_NAME_END = re.compile(r"""[\s\x00=>/"']""")
_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")


def parse_html(source: str) -> Formatted:
    """Raises ParseError with Telegram's words."""
    return _Reader(source).read()


@dataclass(frozen=True, slots=True, kw_only=True)
class _OpenTag:
    name: str
    attributes: dict[str, str]
    #: Where its content begins: in UTF-16 units, and as a count of pieces of the output.
    offset: int
    piece: int


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._text = source + "\0"  # a sentinel: looking one ahead never falls off the end
        self._at = 0
        self._pieces: list[str] = []
        self._units = 0
        self._open: list[_OpenTag] = []
        self._entities: list[Entity] = []

    def read(self) -> Formatted:
        while self._at < len(self._source):
            if self._text[self._at] != "<":
                self._put(self._plain() or self._symbol())
            elif self._text[self._at + 1] == "/":
                self._close_tag()
            else:
                self._open_tag()
        if self._open:
            raise ParseError(f'Can\'t find end tag corresponding to start tag "{self._open[-1].name}"')
        text = "".join(self._pieces)
        if _SURROGATE.search(text):
            raise ParseError(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        # A language is kept with code only until a `pre` around it claims it.
        return Formatted(text, in_order(replace(e, language="") if e.type == "code" else e for e in self._entities))

    def _put(self, piece: str) -> None:
        self._pieces.append(piece)
        self._units += units(piece)

    def _plain(self) -> str:
        """All that comes before the next tag or reference."""
        match = _PLAIN.match(self._source, self._at)
        if match is None:
            return ""
        self._at = match.end()
        return match.group()

    def _symbol(self) -> str:
        """The next character, or the one that a reference stands for."""
        char = self._text[self._at]
        match = _REFERENCE.match(self._text, self._at) if char == "&" else None
        referred = _referred(match) if match else ""
        if match is None or not referred:
            self._at += 1
            return char
        self._at = match.end() + (self._text[match.end()] == ";")
        return referred

    def _skip_space(self) -> None:
        while self._at < len(self._source) and self._text[self._at] in SPACE:
            self._at += 1

    def _skip_name(self) -> None:
        while self._text[self._at] not in SPACE + ">":
            self._at += 1

    # Opening

    def _open_tag(self) -> None:
        begin = self._at
        self._at += 1
        self._skip_name()
        where = f"at byte offset {byte_offset(self._source, begin)}"
        if self._text[self._at] == "\0":
            raise ParseError(f"Unclosed start tag {where}")
        name = self._text[begin + 1 : self._at].lower()
        if name not in _TYPES:
            raise ParseError(f'Unsupported start tag "{name}" {where}')
        attributes = self._attributes(name, where)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise ParseError(f'Tag "span" must have class "tg-spoiler" {where}')
        self._open.append(_OpenTag(name=name, attributes=attributes, offset=self._units, piece=len(self._pieces)))

    def _attributes(self, tag: str, where: str) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while self._text[self._at] != ">":
            self._skip_space()
            if self._text[self._at] == ">":
                break
            name = self._attribute_name()
            if not name:
                raise ParseError(f'Empty attribute name in the tag "{tag}" {where}')
            self._skip_space()
            value = ""
            if self._text[self._at] == "=":
                self._at += 1
                self._skip_space()
                if self._text[self._at] != "\0":
                    value = self._attribute_value()
                    if self._text[self._at] == "\0":
                        raise ParseError(f"Unclosed start tag {where}")
            if self._text[self._at] == "\0":
                raise ParseError(f'Unclosed start tag "{tag}" {where}')
            attributes[name] = value
        self._at += 1
        return attributes

    def _attribute_name(self) -> str:
        match = _NAME_END.search(self._text, self._at)
        begin, self._at = self._at, match.start() if match else len(self._source)
        return self._text[begin : self._at]

    def _attribute_value(self) -> str:
        """A quoted text with references, or a bare name, which is not case sensitive."""
        quote = self._text[self._at]
        if quote in "\"'":
            self._at += 1
            value: list[str] = []
            while self._text[self._at] not in quote + "\0":
                value.append(self._symbol())
            self._at += self._text[self._at] == quote
            return "".join(value)
        token = _TOKEN.match(self._text, self._at)
        begin, self._at = self._at, token.end() if token else self._at
        if self._text[self._at] not in SPACE + ">":
            raise ParseError(f"Unexpected end of name token at byte offset {byte_offset(self._source, begin)}")
        return self._text[begin : self._at].lower()

    # Closing

    def _close_tag(self) -> None:
        begin = self._at
        where = f"at byte offset {byte_offset(self._source, begin)}"
        if not self._open:
            raise ParseError(f"Unexpected end tag {where}")
        self._skip_name()
        name = self._text[begin + 2 : self._at].lower()
        self._skip_space()
        if self._text[self._at] != ">":
            raise ParseError(f"Unclosed end tag {where}")
        tag = self._open.pop()
        if name not in {"", tag.name}:
            raise ParseError(f'Unmatched end tag {where}, expected "</{tag.name}>", found "</{name}>"')
        self._at += 1
        if self._units > tag.offset:
            self._add_entity(tag)

    def _add_entity(self, tag: _OpenTag) -> None:
        entity = Entity(type=_TYPES[tag.name], offset=tag.offset, length=self._units - tag.offset)
        match tag.name:
            case "a":
                inside = "".join(self._pieces[tag.piece :])
                self._entities += linked(entity, tag.attributes.get("href") or inside)
            case "pre" | "code":
                self._add_code(entity, tag.attributes.get("class", ""))
            case "tg-emoji":
                emoji = positive_number(tag.attributes.get("emoji-id", ""))
                if not emoji:
                    raise ParseError("Invalid custom emoji identifier specified")
                self._entities.append(replace(entity, custom_emoji_id=str(emoji)))
            case "tg-time":
                self._add_time(entity, tag.attributes)
            case "blockquote" if "expandable" in tag.attributes:
                self._entities.append(replace(entity, type="expandable_blockquote"))
            case _:
                self._entities.append(entity)

    def _add_code(self, entity: Entity, css_class: str) -> None:
        """`pre` and `code` around the same text are one block of code in a language, whichever is outside."""
        language = css_class.removeprefix("language-") if css_class.startswith("language-") else ""
        inner = self._entities[-1] if self._entities else None
        if inner and (inner.offset, inner.length) == (entity.offset, entity.length):
            if entity.type == "pre" and inner.type == "code" and inner.language:
                self._entities[-1] = replace(inner, type="pre")
                return
            if entity.type == "code" and inner.type == "pre" and not inner.language and language:
                self._entities[-1] = replace(inner, language=language)
                return
        self._entities.append(replace(entity, language=language if entity.type == "code" else ""))

    def _add_time(self, entity: Entity, attributes: dict[str, str]) -> None:
        try:
            shown = date_time_format(attributes.get("format", ""))
        except LinkRefused as refused:
            raise ParseError(str(refused)) from None
        digits = re.match(r"[0-9]+", attributes.get("unix", ""))
        if digits and int(digits.group()):
            self._entities.append(replace(entity, unix_time=int(digits.group()), date_time_format=shown))


def linked(entity: Entity, url: str) -> list[Entity]:
    """The link or mention that an address makes of a text; none where Telegram does not take the address."""
    if user := mentioned_user(url):
        return [replace(entity, type="text_mention", user_id=user)]
    try:
        return [replace(entity, type="text_link", url=checked_link(url))]
    except LinkRefused:
        return []


def _referred(match: re.Match[str]) -> str:
    """What a reference stands for; nothing where Telegram leaves it as it is."""
    if match["name"] is not None:
        return _NAMED.get(match["name"], "")
    code = int(match["hex"] or "0", 16) if match["hex"] is not None else int(match["decimal"] or "0")
    if not 0 < code < 0x10FFFF or len(match.group()) >= _REFERENCE_LIMIT:
        return ""
    return chr(code)
