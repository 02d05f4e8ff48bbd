"""A card as Telegram takes it: HTML texts, a keyboard and the call that brings them into a chat.

The calls are plain parameters of the Bot API, so that aiogram and python-telegram-bot send the same. A card that breaks
a limit of Telegram's is a bug of ours: rendering it raises ValueError, in a test rather than in somebody's chat.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby
from typing import Final

from conversations.cards import Card, CardButton, CardLine, Enclosure, Span, Text, plain
from conversations.screens import Choose, Copy, Do, Look, Open, ShareContact, Style

Json = dict[str, object]

TEXT_LIMIT: Final = 4096  # UTF-16 units after entities parsing; core.telegram.org/bots/api#sendmessage
CAPTION_LIMIT: Final = 1024  # likewise; core.telegram.org/bots/api#sendphoto
CALLBACK_LIMIT: Final = 64  # bytes; core.telegram.org/bots/api#inlinekeyboardbutton
COPY_LIMIT: Final = 256  # characters; core.telegram.org/bots/api#copytextbutton
PLACEHOLDER_LIMIT: Final = 64  # characters; core.telegram.org/bots/api#replykeyboardmarkup
BUTTONS_LIMIT: Final = 100  # in one keyboard; beyond, Telegram answers "reply markup is too long"
ROW_LIMIT: Final = 8  # buttons side by side; apps cannot show more

#: 🎉, one of the six effects that every bot may use.
CELEBRATION: Final = "5046509860389126442"

# A deed begins with a letter and a revision is digits, so the two kinds of presses cannot be taken for each other.
_DEED: Final = re.compile(r"[a-z][a-z_]*")
_NO_PREVIEW: Final = {"is_disabled": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A card ready to be sent: one message, or several if the text is too long for one."""

    #: HTML of each message. Under a picture the first is its caption, and may be empty.
    texts: tuple[str, ...]
    #: Name of the picture: below the program's home, or of what is drawn.
    picture: str | None
    #: Stands under the last message.
    markup: Json | None
    celebrate: bool
    quiet: bool = False

    @property
    def has_keyboard(self) -> bool:
        """The buttons stand beside the typing line; they stay there until they are taken away."""
        return self.markup is not None and "keyboard" in self.markup

    @property
    def is_editable(self) -> bool:
        """An older message can take this: it is one message, and without a reply keyboard, which no edit brings."""
        return len(self.texts) == 1 and not self.has_keyboard


@dataclass(frozen=True, slots=True)
class Call:
    """One method of the Bot API and its parameters."""

    method: str
    params: Json


def render(card: Card) -> Rendered:
    """Raises ValueError if the card says nothing or a button of it breaks a limit."""
    texts = tuple(_texts(card))
    if not texts:
        raise ValueError("the card says nothing")
    return Rendered(
        texts=texts,
        picture=card.picture_name,
        markup=_markup(card),
        celebrate=card.celebrate,
        quiet=card.quiet,
    )


# -- calls --


def as_send(rendered: Rendered, chat_id: int, photo: object = None) -> tuple[Call, ...]:
    """What sends the card as new messages, in order. The buttons, the sound and the effect come with the last.

    `photo` stands where the picture goes: a file_id or the library's upload; without it, the picture's name.
    """
    calls: list[Call] = []
    last = len(rendered.texts) - 1
    for number, text in enumerate(rendered.texts):
        params: Json = {"chat_id": chat_id}
        if rendered.picture and number == 0:
            params |= {"photo": rendered.picture if photo is None else photo, **_captioned(text)}
        else:
            params |= {"text": text, "parse_mode": "HTML", "link_preview_options": _NO_PREVIEW}
        if number < last or rendered.quiet:
            params["disable_notification"] = True
        if number == last and rendered.markup is not None:
            params["reply_markup"] = rendered.markup
        if number == last and rendered.celebrate:
            params["message_effect_id"] = CELEBRATION
        calls.append(Call("sendPhoto" if "photo" in params else "sendMessage", params))
    return tuple(calls)


def as_edit(rendered: Rendered, chat_id: int, message_id: int, photo: object = None) -> Call | None:
    """What puts the card into an older message; None if only new messages can show it.

    A picture card may take the place of a text. The other way round Telegram refuses ("there is no text in the message
    to edit"): then the card is sent anew and the old message goes. Without buttons the old ones are taken away.
    """
    if not rendered.is_editable:
        return None
    params: Json = {"chat_id": chat_id, "message_id": message_id}
    if rendered.picture:
        media = rendered.picture if photo is None else photo
        params["media"] = {"type": "photo", "media": media, **_captioned(rendered.texts[0])}
    else:
        params |= {"text": rendered.texts[0], "parse_mode": "HTML", "link_preview_options": _NO_PREVIEW}
    if rendered.markup is not None:
        params["reply_markup"] = rendered.markup
    return Call("editMessageMedia" if rendered.picture else "editMessageText", params)


def as_document(enclosure: Enclosure, chat_id: int, document: object = None) -> Call:
    """What sends a document before its card; the sound comes with that. `document`: the library's upload."""
    params: Json = {"chat_id": chat_id, "document": enclosure.name if document is None else document}
    return Call("sendDocument", params | _captioned(_caption(enclosure.caption)) | {"disable_notification": True})


def without_buttons(chat_id: int, message_id: int) -> Call:
    """What takes the inline buttons from an older message. Telegram refuses if there are none."""
    return Call("editMessageReplyMarkup", {"chat_id": chat_id, "message_id": message_id})


def without_keyboard(chat_id: int, text: str) -> Call:
    """What takes the reply keyboard away. It needs a message of its own: one with inline buttons cannot do it."""
    params: Json = {"chat_id": chat_id, "text": escape(text, quote=False), "parse_mode": "HTML"}
    return Call("sendMessage", params | {"disable_notification": True, "reply_markup": {"remove_keyboard": True}})


def _captioned(text: str) -> Json:
    return {"caption": text, "parse_mode": "HTML"} if text else {}


def _caption(text: Text) -> str:
    """As much of the text as a caption holds."""
    if _units(plain(text)) > CAPTION_LIMIT:
        text = (*_cut(text, 0, len(_fitting(plain(text), CAPTION_LIMIT - 1))), Span("…"))
    line = CardLine(text)
    return _html_line(line) if _says_something([line]) else ""


# -- texts --


def _texts(card: Card) -> Iterator[str]:
    """The HTML of each message. A message that would show nothing is left out, an empty caption is not."""
    for number, page in enumerate(_pages(card)):
        if _says_something(page):
            yield _html(page)
        elif card.picture and number == 0:
            yield ""


def _pages(card: Card) -> list[list[CardLine]]:
    """The lines of each message: as many as it has room for."""
    pages: list[list[CardLine]] = [[]]
    room, used = CAPTION_LIMIT if card.picture else TEXT_LIMIT, 0
    is_short = sum(1 + line.gap + _units(plain(line.text)) for line in card.lines) <= room
    for line in card.lines:
        if line.apart and not is_short and pages[-1]:
            pages.append([])
            room, used = TEXT_LIMIT, 0
        for piece in _pieces(line):
            length = 1 + piece.gap + _units(plain(piece.text))  # with the line end before it
            if used + length > room + 1:
                pages.append([])
                room, used = TEXT_LIMIT, 0
            pages[-1].append(piece)
            used += length
    return pages


def _says_something(page: Iterable[CardLine]) -> bool:
    """Telegram takes no message of blanks; invisible characters are no better."""
    return any(char.isprintable() and not char.isspace() for line in page for span in line.text for char in span.text)


def _pieces(line: CardLine) -> Iterator[CardLine]:
    """The line, cut where it is too long for a message of its own."""
    words = plain(line.text)
    while _units(words) > TEXT_LIMIT:
        at = _place_to_cut(words)
        yield replace(line, text=tuple(_cut(line.text, 0, at)))
        line = replace(line, text=tuple(_cut(line.text, at, len(words))))
        words = words[at:]
    yield line


def _place_to_cut(words: str) -> int:
    """After the last line end that fits, else after the last space, else in the middle of a word."""
    fitting = _fitting(words, TEXT_LIMIT)
    return fitting.rfind("\n") + 1 or fitting.rfind(" ") + 1 or len(fitting)


def _fitting(words: str, limit: int) -> str:
    """The beginning that has so many units at most, without half a character."""
    return words.encode("utf-16-le", "surrogatepass")[: 2 * limit].decode("utf-16-le", "ignore")


def _cut(text: Text, start: int, end: int) -> Iterator[Span]:
    for span in text:
        if kept := span.text[max(start, 0) : max(end, 0)]:
            yield replace(span, text=kept)
        start, end = start - len(span.text), end - len(span.text)


def _units(text: str) -> int:
    """The length as Telegram counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _html(page: list[CardLine]) -> str:
    blocks: list[str] = []
    for is_quote, lines in groupby(page, lambda line: line.look is Look.QUOTE):
        first, *others = lines
        text = _html_line(first) + "".join(("\n\n" if line.gap else "\n") + _html_line(line) for line in others)
        gap = "\n" if first.gap and blocks else ""
        blocks.append(f"{gap}<blockquote expandable>{text}</blockquote>" if is_quote else gap + text)
    return "\n".join(blocks)


def _html_line(line: CardLine) -> str:
    is_title = line.look is Look.TITLE
    text = "".join(_html_span(span, bold=span.bold and not is_title) for span in line.text)
    return f"<b>{text}</b>" if is_title else text


def _html_span(span: Span, *, bold: bool) -> str:
    text = escape(span.text, quote=False)
    if span.unix is not None:
        text = f'<tg-time unix="{span.unix}" format="{"r" if span.countdown else "t"}">{text}</tg-time>'
    return f"<b>{text}</b>" if bold else text


# -- keyboards --


def _markup(card: Card) -> Json | None:
    rows = [row for row in card.rows if row]
    if not rows:
        return None
    if max(map(len, rows)) > ROW_LIMIT or sum(map(len, rows)) > BUTTONS_LIMIT:
        raise ValueError("too many buttons")
    if card.placeholder or any(isinstance(button.press, ShareContact) for row in rows for button in row):
        return _reply_keyboard(rows, card.placeholder)
    return {"inline_keyboard": [[_inline_button(button, card.revision) for button in row] for row in rows]}


def _reply_keyboard(rows: list[tuple[CardButton, ...]], placeholder: str) -> Json:
    """The buttons beside the typing line: pressing one sends its label as a text."""
    if len(placeholder) > PLACEHOLDER_LIMIT:
        raise ValueError(f"the placeholder is too long: {placeholder}")
    keyboard: Json = {
        "keyboard": [[_reply_button(button) for button in row] for row in rows],
        "resize_keyboard": True,
        "is_persistent": True,
    }
    return keyboard | ({"input_field_placeholder": placeholder} if placeholder else {})


def _reply_button(button: CardButton) -> Json:
    match button.press:
        case ShareContact():
            return _labelled(button) | {"request_contact": True}
        case Choose() | Do():
            return _labelled(button)
        case Open() | Copy():
            raise ValueError(f"beside the keyboard a button can open or copy nothing: {button.label}")


def _inline_button(button: CardButton, revision: int) -> Json:
    match button.press:
        case Choose(choice):
            return _labelled(button) | {"callback_data": _callback_data(f"{revision}", choice)}
        case Do(deed, reference):
            if not _DEED.fullmatch(deed):
                raise ValueError(f"no name of a deed: {deed}")
            return _labelled(button) | {"callback_data": _callback_data(deed, reference)}
        case Open(url):
            return _labelled(button) | {"url": url}
        case Copy(text):
            if not 1 <= _units(text) <= COPY_LIMIT:
                raise ValueError(f"not to be copied by a button: {text}")
            return _labelled(button) | {"copy_text": {"text": text}}
        case ShareContact():
            raise ValueError("a phone number is shared beside the keyboard only")


def _labelled(button: CardButton) -> Json:
    if not button.label.strip():
        raise ValueError("a button without a label")
    style: Json = {} if button.style is Style.PLAIN else {"style": button.style.value}
    return {"text": button.label, **style}


def _callback_data(first: str, second: str) -> str:
    data = f"{first}:{second}"
    if len(data.encode()) > CALLBACK_LIMIT:
        raise ValueError(f"not to be carried by a button: {data}")
    return data
