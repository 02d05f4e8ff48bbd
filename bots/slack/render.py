"""A card as Slack takes it: a message of blocks, or a modal view.

Whatever people or studios wrote stands in `rich_text` and `plain_text` only, where nothing is markup: no mentions, no
links, no formatting, no emoji by name. A card that breaks a limit of Slack's is a bug of ours: rendering it raises
ValueError.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from html import escape
from itertools import groupby
from typing import Final, NamedTuple

from conversations.cards import Card, CardButton, CardField, CardOption, Span, plain
from conversations.screens import Choose, Copy, Do, FieldKind, Look, Open, ShareContact, Style

Json = dict[str, object]

# Limits: docs.slack.dev/reference/block-kit and slack_sdk.models.
MESSAGE_BLOCKS_LIMIT: Final = 50
VIEW_BLOCKS_LIMIT: Final = 100
TEXT_LIMIT: Final = 3000  # characters of a section; rich text states none, and is held to the same
FALLBACK_LIMIT: Final = 4000  # characters, before escaping; docs.slack.dev/reference/methods/chat.postMessage
ALT_LIMIT: Final = 2000  # characters
BUTTON_LIMIT: Final = 75  # characters
ROW_LIMIT: Final = 25  # elements of an actions block
VALUE_LIMIT: Final = 2000  # characters of a button's value
URL_LIMIT: Final = 3000  # characters
TITLE_LIMIT: Final = 24  # characters; the same for a view's submit and close
LABEL_LIMIT: Final = 2000  # characters; the same for a hint
INPUT_LIMIT: Final = 3000  # characters
OPTIONS_LIMIT: Final = 10  # radio buttons or checkboxes
SELECT_LIMIT: Final = 100  # options of a select
OPTION_LIMIT: Final = 75  # characters of an option's text
OPTION_VALUE_LIMIT: Final = 150  # characters
EXTERNAL_ID_LIMIT: Final = 255  # characters

#: Names of what Slack sends back.
CALLBACK: Final = "talk"
ANSWER: Final = "answer"

# A deed begins with a letter and a revision is digits, so the two kinds of presses cannot be taken for each other.
_DEED: Final = re.compile(r"[a-z][a-z_]*")
# As much as fits, up to a space if there is one.
_PIECE: Final = re.compile(rf".{{1,{TEXT_LIMIT - 1}}}(?:\s|\Z)|.{{1,{TEXT_LIMIT}}}", re.DOTALL)
_STYLES: Final = {Style.PRIMARY: "primary", Style.SUCCESS: "primary", Style.DANGER: "danger"}
_INPUTS: Final[Mapping[FieldKind, Json]] = {
    FieldKind.LINE: {"type": "plain_text_input"},
    FieldKind.TEXT: {"type": "plain_text_input", "multiline": True},
    FieldKind.EMAIL: {"type": "email_text_input"},
    FieldKind.PHONE: {"type": "plain_text_input"},  # Slack has no input of its own for it
    FieldKind.NUMBER: {"type": "number_input", "is_decimal_allowed": True},
    FieldKind.DATE: {"type": "datepicker"},
    FieldKind.PHOTOS: {"type": "file_input"},
}
#: Inputs that show all there is to choose, and those that open a list, for more of it.
_CHOICES: Final = {
    FieldKind.CHOICE: ("radio_buttons", "static_select"),
    FieldKind.YES_NO: ("radio_buttons", "static_select"),
    FieldKind.CHOICES: ("checkboxes", "multi_static_select"),
}


def render_message(card: Card, pictures: Mapping[str, str] | None = None) -> Json:
    """`text` and `blocks` of a message. `pictures` gives a public address by a picture's name; others are left out.

    Raises ValueError if the card says nothing, is too long for one message, or a button of it breaks a limit.
    """
    blocks = _counted([*_picture(card, pictures or {}), *_texts(card), *_buttons(card)], MESSAGE_BLOCKS_LIMIT)
    return {"text": _escaped(_shortened(_words(card), FALLBACK_LIMIT)), "blocks": blocks}


def render_view(card: Card, *, external_id: str, pictures: Mapping[str, str] | None = None) -> Json:
    """A modal: the card's text and form, or its buttons. Its `private_metadata` is the revision.

    Closing it is not cancelling, so Slack tells of it. Raises ValueError as `render_message` does.
    """
    if not 1 <= len(external_id) <= EXTERNAL_ID_LIMIT:
        raise ValueError(f"not a view's external id: {external_id}")
    blocks = [*_picture(card, pictures or {}), *_texts(card), *map(_input, card.form), *_buttons(card)]
    view: Json = {
        "type": "modal",
        "callback_id": CALLBACK,
        "external_id": external_id,
        "private_metadata": f"{card.revision}",
        "notify_on_close": True,
        "title": _plain_text(_title(card), TITLE_LIMIT),
        "blocks": _counted(blocks, VIEW_BLOCKS_LIMIT),
    }
    if card.form:
        view["submit"] = _plain_text(card.form_submit, TITLE_LIMIT)
    if card.form_close:
        view["close"] = _plain_text(card.form_close, TITLE_LIMIT)
    return view


def field_errors(card: Card) -> dict[str, str]:
    """What `response_action: errors` takes: why which field was refused."""
    return {field.id: field.error for field in card.form if field.error}


def _counted(blocks: list[Json], limit: int) -> list[Json]:
    if len(blocks) > limit:
        raise ValueError(f"{len(blocks)} blocks, where Slack shows {limit}")
    return blocks


# -- texts --


class _Part(NamedTuple):
    """A run of rich text."""

    span: Span
    is_quote: bool = False
    is_code: bool = False


def _texts(card: Card) -> Iterator[Json]:
    """The lines as rich text, in blocks that Slack takes."""
    for parts in _blocks_of(_parts(card)):
        elements = [
            {"type": "rich_text_quote" if is_quote else "rich_text_section", "elements": list(map(_element, group))}
            for is_quote, group in groupby(parts, lambda part: part.is_quote)
        ]
        yield {"type": "rich_text", "elements": elements}


def _blocks_of(parts: Iterable[_Part]) -> Iterator[list[_Part]]:
    block: list[_Part] = []
    used = 0
    for part in parts:
        length = len(part.span.text)
        if used + length > TEXT_LIMIT:
            yield block
            block, used = [], 0
        block.append(part)
        used += length
    if block:
        yield block


def _parts(card: Card) -> Iterator[_Part]:
    was_quote: bool | None = None
    for line in card.lines:
        is_quote = line.look is Look.QUOTE
        # A quote stands apart by itself, and the empty line before or after it is not its own.
        ends = line.gap + (was_quote is is_quote) if was_quote is not None else 0
        if ends:
            yield _Part(Span("\n" * ends), is_quote and bool(was_quote))
        for span in line.text:
            yield from _fitting(_Part(replace(span, bold=span.bold or line.look is Look.TITLE), is_quote))
        was_quote = is_quote
    yield from _copied(card)


def _copied(card: Card) -> Iterator[_Part]:
    """Slack has no button that copies: what it would copy stands under the text, to be selected."""
    for row in card.rows:
        for button in row:
            if isinstance(button.press, Copy):
                yield _Part(Span(f"\n{button.label} "))
                yield from _fitting(_Part(Span(button.press.text), is_code=True))


def _fitting(part: _Part) -> Iterator[_Part]:
    if len(part.span.text) <= TEXT_LIMIT:
        if part.span.text:
            yield part
        return
    for piece in _PIECE.findall(part.span.text):
        yield part._replace(span=replace(part.span, text=piece))


def _element(part: _Part) -> Json:
    span = part.span
    style = {name: True for name, is_on in (("bold", span.bold), ("code", part.is_code)) if is_on}
    styled: Json = {"style": style} if style else {}
    if span.unix is None or span.countdown:  # Slack cannot count down: the words stay as they are
        return {"type": "text", "text": span.text, **styled}
    return {"type": "date", "timestamp": span.unix, "format": "{time}", "fallback": span.text, **styled}


def _words(card: Card) -> str:
    """The text alone, for notifications, screen readers and the picture's description."""
    words = "\n".join(plain(line.text) for line in card.lines)
    if not words.strip():
        raise ValueError("the card says nothing")
    return words


def _title(card: Card) -> str:
    """A modal must have one: the form's, else the card's first title, else its first line."""
    titles = [plain(line.text) for line in card.lines if line.look is Look.TITLE]
    return card.form_title or next(filter(str.strip, titles), _words(card).strip().splitlines()[0])


def _escaped(words: str) -> str:
    """The three characters that Slack reads as markup everywhere; docs.slack.dev/messaging/formatting-message-text."""
    return escape(words, quote=False)


def _plain_text(text: str, limit: int) -> Json:
    """Without `emoji`, so that a name like :x: stays what it is."""
    if not text.strip():
        raise ValueError("Slack takes no empty text here")
    return {"type": "plain_text", "text": _shortened(text, limit), "emoji": False}


def _shortened(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


# -- pictures, fields, buttons --


def _picture(card: Card, pictures: Mapping[str, str]) -> Iterator[Json]:
    if url := pictures.get(card.picture_name or ""):
        yield {"type": "image", "image_url": _checked_url(url), "alt_text": _shortened(_words(card), ALT_LIMIT)}


def _input(field: CardField) -> Json:
    block: Json = {
        "type": "input",
        "block_id": field.id,
        "label": _plain_text(field.label, LABEL_LIMIT),
        "element": _element_of(field) | {"action_id": ANSWER},
        "optional": not field.required,
    }
    return block | ({"hint": _plain_text(field.hint, LABEL_LIMIT)} if field.hint else {})


def _element_of(field: CardField) -> Json:
    """The input, with what stands in it already. Pictures stand in none: those that were sent stay as they are."""
    if field.kind in _CHOICES:
        return _choice(field)
    element = dict(_INPUTS[field.kind])
    if field.kind is FieldKind.PHOTOS:
        element["max_files"] = field.most_photos
    if field.kind is FieldKind.PHOTOS or not field.value:
        return element
    if field.kind is FieldKind.DATE:
        return element | {"initial_date": field.value}
    if len(field.value) <= INPUT_LIMIT:
        return element | {"initial_value": field.value}
    if field.kind is FieldKind.TEXT:  # from a messenger with more room; cut, it would be sent back as an answer
        return element
    raise ValueError(f"too long for a field: {field.id}")


def _choice(field: CardField) -> Json:
    few, many = _CHOICES[field.kind]
    if not 1 <= len(field.options) <= SELECT_LIMIT:
        raise ValueError(f"so many options can not be shown: {field.id}")
    kind = few if len(field.options) <= OPTIONS_LIMIT else many
    element: Json = {"type": kind, "options": list(map(_option, field.options))}
    chosen = [_option(one) for one in field.options if one.id in field.value.split("\n")]
    if not chosen:
        return element
    return element | ({"initial_options": chosen} if field.kind is FieldKind.CHOICES else {"initial_option": chosen[0]})


def _option(option: CardOption) -> Json:
    if not 1 <= len(option.id) <= OPTION_VALUE_LIMIT:
        raise ValueError(f"no id of an option for Slack: {option.id}")
    return {"text": _plain_text(option.label, OPTION_LIMIT), "value": option.id}


def _buttons(card: Card) -> Iterator[Json]:
    for number, row in enumerate(card.rows):
        elements = [_button(b, f"{number}.{place}", card.revision) for place, b in enumerate(row) if _is_shown(b)]
        if len(elements) > ROW_LIMIT:
            raise ValueError("too many buttons in a row")
        if elements:
            yield {"type": "actions", "elements": elements}


def _is_shown(button: CardButton) -> bool:
    """Slack has no button for sharing a phone number, nor for copying."""
    return not isinstance(button.press, ShareContact | Copy)


def _button(button: CardButton, place: str, revision: int) -> Json:
    element: Json = {"type": "button", "action_id": f"press.{place}", "text": _plain_text(button.label, BUTTON_LIMIT)}
    if button.style in _STYLES:
        element["style"] = _STYLES[button.style]
    match button.press:
        case Choose(choice):
            return element | {"value": _value(f"{revision}", choice)}
        case Do(deed, reference):
            if not _DEED.fullmatch(deed):
                raise ValueError(f"no name of a deed: {deed}")
            return element | {"value": _value(deed, reference)}
        case Open(url):
            return element | {"url": _checked_url(url)}
        case Copy() | ShareContact():
            raise ValueError("no button of Slack's")


def _value(first: str, second: str) -> str:
    value = f"{first}:{second}"
    if len(value) > VALUE_LIMIT:
        raise ValueError(f"not to be carried by a button: {value}")
    return value


def _checked_url(url: str) -> str:
    if not 1 <= len(url) <= URL_LIMIT:
        raise ValueError(f"no address for Slack: {url}")
    return url
