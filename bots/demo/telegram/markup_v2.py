"""The parse mode "MarkdownV2", read as Telegram reads it: the same text, the same entities, the same errors.

Behaviour after td's `parse_markdown_v2`; the cases that Telegram tests its own parser with are our test.
"""

from dataclasses import dataclass, replace

from bots.demo.telegram.entities import Entity, Formatted, ParseError, byte_offset, in_order, units
from bots.demo.telegram.links import SPACE, LinkRefused, custom_emoji, shown_time
from bots.demo.telegram.markup_html import linked

_RESERVED = "_*[]()~`>#+-=|{}.!\n"

# Telegram's names of the marks in its errors, the type of the entity, and what ends it.
_NAMES = {
    "bold": "Bold",
    "italic": "Italic",
    "underline": "Underline",
    "strikethrough": "Strikethrough",
    "spoiler": "Spoiler",
    "code": "Code",
    "pre": "Pre",
    "text_link": "TextUrl",
    "custom_emoji": "CustomEmoji",
    "blockquote": "BlockQuote",
}
_ENDS = {
    "bold": "*",
    "italic": "_",
    "underline": "__",
    "strikethrough": "~",
    "spoiler": "||",
    "code": "`",
    "pre": "```",
    "text_link": "]",
    "custom_emoji": "]",
}
# Longer marks first.
_STARTS = (
    ("__", "underline"),
    ("_", "italic"),
    ("*", "bold"),
    ("~", "strikethrough"),
    ("||", "spoiler"),
    ("![", "custom_emoji"),
    ("[", "text_link"),
    ("```", "pre"),
    ("`", "code"),
)


def parse_markdown_v2(source: str) -> Formatted:
    """Raises ParseError with Telegram's words."""
    return _Reader(source).read()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Open:
    type: str
    #: Where its mark stands in the source, and where its content begins in the result.
    at: int
    offset: int
    piece: int
    language: str = ""

    @property
    def name(self) -> str:
        return "PreCode" if self.language else _NAMES[self.type]


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._text = source + "\0\0\0"  # sentinels: looking ahead never falls off the end
        self._at = 0
        self._pieces: list[str] = []
        self._units = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []
        self._in_quote = False
        self._may_quote = True

    def read(self) -> Formatted:
        while self._at < len(self._source):
            if self._is_escape():
                self._put(self._text[self._at + 1])
                self._at += 2
            elif self._text[self._at] not in ("`" if self._in_code() else _RESERVED):
                self._put(self._text[self._at])
                self._at += 1
            elif self._ends_here():
                self._end()
            else:
                self._begin()
        self._end_last_quote()
        if self._open:
            raise self._no_end()
        return Formatted("".join(self._pieces), in_order(self._entities))

    def _put(self, char: str) -> None:
        self._pieces.append(char)
        self._units += units(char)
        if char != "\r":
            self._may_quote = char == "\n"

    def _is_escape(self) -> bool:
        return self._text[self._at] == "\\" and "\0" < self._text[self._at + 1] <= "~"

    def _in_code(self) -> bool:
        return bool(self._open) and self._open[-1].type in {"code", "pre"}

    def _no_end(self) -> ParseError:
        last = self._open[-1]
        return ParseError(f"Can't find end of {last.name} entity at byte offset {byte_offset(self._source, last.at)}")

    # Beginning

    def _begin(self) -> None:
        at, char = self._at, self._text[self._at]
        if char == "\n":
            self._put(char)
            self._at += 1
            return
        if char == ">" and self._may_quote:
            self._at += 1
            if not self._in_quote:
                self._in_quote = True
                self._push("blockquote", at)
            return
        for mark, kind in _STARTS:
            if self._text.startswith(mark, at):
                self._at += len(mark)
                self._push(kind, at, language=self._code_language() if kind == "pre" else "")
                return
        raise ParseError(f"Character '{char}' is reserved and must be escaped with the preceding '\\'")

    def _push(self, kind: str, at: int, *, language: str = "") -> None:
        self._open.append(_Open(type=kind, at=at, offset=self._units, piece=len(self._pieces), language=language))

    def _code_language(self) -> str:
        """The word right after the three backticks is a language; one line break after it is not part of the code."""
        end = self._at
        while self._text[end] not in SPACE + "`":
            end += 1
        language = ""
        if end < len(self._source) and self._text[end] != "`":
            language, self._at = self._text[self._at : end], end
        if self._text[self._at] in "\r\n":
            pair = self._text[self._at : self._at + 2]
            self._at += 2 if pair in {"\r\n", "\n\r"} else 1
        return language

    # Ending

    def _ends_here(self) -> bool:
        if not self._open:
            return False
        if self._in_quote and self._text[self._at] == "\n" and self._text[self._at + 1] != ">":
            return True
        kind = self._open[-1].type
        if kind == "blockquote":
            return False
        if kind == "italic":
            return self._text[self._at] == "_" != self._text[self._at + 1]
        return self._text.startswith(_ENDS[kind], self._at)

    def _end(self) -> None:
        if self._text[self._at] == "\n":
            self._end_quote()
            return
        last = self._open.pop()
        self._at += len(_ENDS[last.type])
        entity = Entity(type=last.type, offset=last.offset, length=self._units - last.offset, language=last.language)
        ended = [entity]
        if last.type == "text_link":
            is_given = self._text[self._at] == "("
            ended = linked(entity, self._url() if is_given else "".join(self._pieces[last.piece :]))
        elif last.type == "custom_emoji":
            ended = [self._emoji_or_time(entity)]
        self._entities += [e for e in ended if e.length]

    def _url(self) -> str:
        """The address in parentheses, where we stand at the first."""
        self._at += 1
        begin, url = self._at, ""
        while self._at < len(self._source) and self._text[self._at] != ")":
            self._at += self._is_escape()
            url += self._text[self._at]
            self._at += 1
        if self._text[self._at] != ")":
            raise ParseError(f"Can't find end of a URL at byte offset {byte_offset(self._source, begin)}")
        self._at += 1
        return url

    def _emoji_or_time(self, entity: Entity) -> Entity:
        if self._text[self._at] != "(":
            raise ParseError("The entity must contain a tg://emoji or tg://time URL")
        url = self._url()
        if emoji := custom_emoji(url):
            return replace(entity, custom_emoji_id=str(emoji))
        try:
            time, shown = shown_time(url)
        except LinkRefused as refused:
            raise ParseError(str(refused)) from None
        if time:
            return replace(entity, type="date_time", unix_time=time, date_time_format=shown)
        raise ParseError("Invalid tg://emoji or tg://time URL specified")

    # Quotes end with their last line, and fold if that line ends with an empty spoiler.

    def _end_quote(self) -> None:
        kind = self._quote_type(self._at)
        if self._open[-1].type != "blockquote":
            raise self._no_end()
        self._put("\n")
        self._at += 1
        self._close_quote(kind)

    def _end_last_quote(self) -> None:
        if not self._in_quote:
            return
        kind = self._quote_type(len(self._source))
        if self._open[-1].type == "blockquote":
            self._close_quote(kind)

    def _quote_type(self, end: int) -> str:
        last = self._open[-1]
        written = end - 1 if self._text[end - 1] == "\r" and end < len(self._source) else end
        if last.type == "spoiler" and last.at == written - len("||"):
            self._open.pop()
            return "expandable_blockquote"
        return "blockquote"

    def _close_quote(self, kind: str) -> None:
        quote = self._open.pop()
        self._in_quote = False
        if self._units > quote.offset:
            self._entities.append(Entity(type=kind, offset=quote.offset, length=self._units - quote.offset))
