"""Which keyboards Telegram takes under a message."""

from collections.abc import Callable

from bots.demo.telegram.links import LinkRefused, checked_link, mentioned_user
from bots.demo.telegram.refusals import bad_request
from bots.demo.telegram.shapes import Json, as_array, as_object

CALLBACK_DATA_LIMIT = 64  # bytes; core.telegram.org/bots/api#inlinekeyboardbutton
COPY_TEXT_LIMIT = 256  # characters; core.telegram.org/bots/api#copytextbutton
PLACEHOLDER_LIMIT = 64  # characters; core.telegram.org/bots/api#replykeyboardmarkup
BUTTONS_LIMIT = 100  # in one keyboard; td answers "reply markup is too long" beyond
STYLES = frozenset({"danger", "success", "primary"})

_INLINE_KINDS = frozenset({"url", "callback_data", "copy_text"})
_REPLY_KINDS = frozenset({"request_contact", "request_location"})
_FLAGS = frozenset({"is_persistent", "resize_keyboard", "one_time_keyboard", "selective"})


def checked_markup(markup: object, *, inline_only: bool = False) -> Json:
    """The reply markup as it is kept, with its addresses as Telegram writes them. Raises ApiError."""
    markup = as_object(markup)
    if "inline_keyboard" in markup:
        _only(markup, frozenset({"inline_keyboard"}))
        return {"inline_keyboard": _rows(markup["inline_keyboard"], "inline_keyboard", _inline_button)}
    if inline_only:
        raise bad_request("inline keyboard expected")
    if "keyboard" in markup:
        _only(markup, _FLAGS | {"keyboard", "input_field_placeholder"})
        _check_flags(markup)
        rows = _rows(markup["keyboard"], "keyboard", _reply_button)
        if not rows:
            raise bad_request("reply keyboard must contain at least one button")
        return {**markup, "keyboard": rows}
    if markup.get("remove_keyboard") is True:
        _only(markup, frozenset({"remove_keyboard", "selective"}))
        return markup
    if markup.get("force_reply") is True:
        _only(markup, frozenset({"force_reply", "input_field_placeholder", "selective"}))
        _check_flags(markup)
        return markup
    raise bad_request("object expected as reply markup")


def _only(given: Json, known: frozenset[str]) -> None:
    if unknown := sorted(given.keys() - known):
        raise bad_request(f'the stand-in refuses the unknown field "{unknown[0]}" of the reply markup')


def _check_flags(markup: Json) -> None:
    for name in _FLAGS & markup.keys():
        if not isinstance(markup[name], bool):
            raise bad_request(f'field "{name}" must be of type Boolean')
    placeholder = markup.get("input_field_placeholder", "-")
    if not isinstance(placeholder, str) or not 1 <= len(placeholder) <= PLACEHOLDER_LIMIT:
        raise bad_request("INPUT_FIELD_PLACEHOLDER_INVALID")


def _rows(given: object, field: str, checked: Callable[[object], Json]) -> list[list[Json]]:
    array = as_array(given)
    if array is None:
        raise bad_request(f'field "{field}" must be of type Array')
    rows: list[list[Json]] = []
    for row in map(as_array, array):
        if row is None:
            raise bad_request(f'field "{field}" must be an Array of Arrays')
        buttons = [checked(button) for button in row]
        rows += [buttons] if buttons else []  # Telegram leaves empty rows out
    if sum(len(row) for row in rows) > BUTTONS_LIMIT:
        raise bad_request("reply markup is too long")
    return rows


def _inline_button(given: object) -> Json:
    button = _button(given, "inline keyboard button", _INLINE_KINDS)
    kinds = _INLINE_KINDS & button.keys()
    if not kinds:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(kinds) > 1:
        raise bad_request("can't parse inline keyboard button: only one kind of button is allowed")
    if "callback_data" in button:
        data = button["callback_data"]
        if not isinstance(data, str) or not 1 <= len(data.encode()) <= CALLBACK_DATA_LIMIT:
            raise bad_request("BUTTON_DATA_INVALID")
    elif "url" in button:
        return {**button, "url": _checked_button_url(button["url"])}
    else:
        _check_copy_text(button["copy_text"])
    return button


def _checked_button_url(url: object) -> str:
    if not isinstance(url, str):
        raise bad_request('can\'t parse inline keyboard button: Field "url" must be of type String')
    if mentioned_user(url):
        return url
    try:
        return checked_link(url)
    except LinkRefused as refused:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {refused}") from None


def _check_copy_text(given: object) -> None:
    text = as_object(given).get("text")
    if not isinstance(text, str) or not 1 <= len(text) <= COPY_TEXT_LIMIT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _reply_button(given: object) -> Json:
    """A reply keyboard's button may be a bare text."""
    button = _button({"text": given} if isinstance(given, str) else given, "keyboard button", _REPLY_KINDS)
    for kind in _REPLY_KINDS & button.keys():
        if not isinstance(button[kind], bool):
            raise bad_request(f'can\'t parse keyboard button: Field "{kind}" must be of type Boolean')
    return button


def _button(given: object, what: str, kinds: frozenset[str]) -> Json:
    button = as_object(given)
    if unknown := sorted(button.keys() - kinds - {"text", "style"}):
        raise bad_request(f'can\'t parse {what}: the stand-in does not play the field "{unknown[0]}"')
    text = button.get("text")
    if not isinstance(text, str):
        raise bad_request(f"can't parse {what}: Can't find field \"text\"")
    if not text.strip():
        raise bad_request(f"can't parse {what}: Button text must be non-empty")
    if button.get("style", "primary") not in STYLES:
        raise bad_request(f"can't parse {what}: Invalid button style specified")
    return button
