"""The methods that the stand-in plays and the parameters they take, and how a request's values become them.

Real Telegram ignores parameters that it does not know, and many that are of a wrong form. The stand-in refuses both,
so that a slip of ours is seen at once. A parameter that Telegram has and the stand-in does not play is refused too.
A contract test holds the table against the official specification.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, cast

from bots.demo.telegram.refusals import ApiError, bad_request


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the request."""

    name: str
    mime_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Params:
    """The parameters of one call, read and of the right types; what was not given is empty."""

    values: Mapping[str, object]

    def string(self, name: str) -> str:
        return cast("str", self.values.get(name, ""))

    def integer(self, name: str, default: int = 0) -> int:
        return cast("int", self.values.get(name, default))

    def number(self, name: str) -> float:
        return cast("float", self.values.get(name, 0.0))

    def flag(self, name: str) -> bool:
        return cast("bool", self.values.get(name, False))

    def json(self, name: str) -> object:
        return self.values.get(name)

    def file(self, name: str) -> Upload | str:
        """An upload, a file_id, or the upload that `attach://…` names. Raises ApiError."""
        given = cast("Upload | str", self.values.get(name, ""))
        return self.attached(given) if isinstance(given, str) else given

    def attached(self, given: str) -> Upload | str:
        """What a string stands for where a file is expected: an upload of this call, or a file_id. Raises ApiError."""
        if not given.startswith("attach://"):
            return given
        upload = self.values.get(given.removeprefix("attach://"))
        if not isinstance(upload, Upload):
            raise bad_request("wrong file identifier/HTTP URL specified")
        return upload


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    #: integer, float, boolean, string, chat (a number or @name), json, file (an upload or a string)
    kind: str
    is_required: bool
    is_played: bool


def _method(*declarations: str) -> dict[str, Parameter]:
    """Declarations like `chat_id:chat!`: `!` is required, `-` is known to Telegram but not played here."""
    parameters: dict[str, Parameter] = {}
    for declaration in declarations:
        name, _, kind = declaration.partition(":")
        parameters[name] = Parameter(name, kind.rstrip("!-"), kind.endswith("!"), not kind.endswith("-"))
    return parameters


_SENT = (
    "business_connection_id:string-",
    "chat_id:chat!",
    "message_thread_id:integer-",
    "direct_messages_topic_id:integer-",
    "disable_notification:boolean",
    "protect_content:boolean",
    "allow_paid_broadcast:boolean-",
    "message_effect_id:string",
    "suggested_post_parameters:json-",
    "reply_parameters:json",
    "reply_markup:json",
)
_EDITED = (
    "business_connection_id:string-",
    "chat_id:chat",
    "message_id:integer",
    "inline_message_id:string-",
    "reply_markup:json",
)
_TEXT = ("parse_mode:string", "entities:json", "link_preview_options:json")
_CAPTION = ("caption:string", "parse_mode:string", "caption_entities:json")
_COMMANDS = ("scope:json", "language_code:string")

METHODS: Final[Mapping[str, Mapping[str, Parameter]]] = {
    "getMe": _method(),
    "getUpdates": _method("offset:integer", "limit:integer", "timeout:integer", "allowed_updates:json"),
    "setWebhook": _method(
        "url:string!",
        "certificate:file-",
        "ip_address:string-",
        "max_connections:integer",
        "allowed_updates:json",
        "drop_pending_updates:boolean",
        "secret_token:string",
    ),
    "deleteWebhook": _method("drop_pending_updates:boolean"),
    "getWebhookInfo": _method(),
    "sendMessage": _method(*_SENT, "text:string!", *_TEXT),
    "sendPhoto": _method(*_SENT, "photo:file!", *_CAPTION, "show_caption_above_media:boolean", "has_spoiler:boolean"),
    "sendDocument": _method(
        *_SENT, "document:file!", "thumbnail:file-", *_CAPTION, "disable_content_type_detection:boolean"
    ),
    "sendLocation": _method(
        *_SENT,
        "latitude:float!",
        "longitude:float!",
        "horizontal_accuracy:float",
        "live_period:integer-",
        "heading:integer-",
        "proximity_alert_radius:integer-",
    ),
    "sendChatAction": _method(
        "business_connection_id:string-", "chat_id:chat!", "message_thread_id:integer-", "action:string!"
    ),
    "editMessageText": _method(*_EDITED, "text:string", *_TEXT, "rich_message:json-"),
    "editMessageCaption": _method(*_EDITED, *_CAPTION, "show_caption_above_media:boolean"),
    "editMessageMedia": _method(*_EDITED, "media:json!"),
    "editMessageReplyMarkup": _method(*_EDITED),
    "deleteMessage": _method("chat_id:chat!", "message_id:integer!"),
    "answerCallbackQuery": _method(
        "callback_query_id:string!", "text:string", "show_alert:boolean", "url:string", "cache_time:integer"
    ),
    "setMessageReaction": _method("chat_id:chat!", "message_id:integer!", "reaction:json", "is_big:boolean"),
    "setMyCommands": _method("commands:json!", *_COMMANDS),
    "getMyCommands": _method(*_COMMANDS),
    "deleteMyCommands": _method(*_COMMANDS),
    "setMyDescription": _method("description:string", "language_code:string"),
    "getMyDescription": _method("language_code:string"),
    "setMyShortDescription": _method("short_description:string", "language_code:string"),
    "getMyShortDescription": _method("language_code:string"),
    "setMyName": _method("name:string", "language_code:string"),
    "getMyName": _method("language_code:string"),
    "setChatMenuButton": _method("chat_id:integer", "menu_button:json"),
    "getChatMenuButton": _method("chat_id:integer"),
    "getFile": _method("file_id:string!"),
}

# What Telegram says when a required parameter is not there, where that is known; else a sentence of ours.
_MISSING: Final = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "message_id": "message identifier is not specified",
    "file_id": "file_id not specified",
    "action": "wrong parameter action in request",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
}


def read_params(method: str, given: Mapping[str, object]) -> Params:
    """The values of a request, each in the type of its parameter. Raises ApiError."""
    known = METHODS.get(method)
    if known is None:
        raise ApiError(404, "Not Found: method not found")
    params: dict[str, object] = {}
    for name, value in given.items():
        if value is None:
            continue
        if isinstance(value, Upload) and name not in known:
            params[name] = value  # a file that another parameter names by attach://
            continue
        if name not in known:
            raise bad_request(f'the stand-in refuses the unknown parameter "{name}" of {method}')
        if not known[name].is_played:
            raise bad_request(f'the stand-in does not play the parameter "{name}" of {method}')
        params[name] = _read(known[name], value)
    for name in params.keys() - known.keys():
        if not any(f"attach://{name}" in str(value) for value in params.values()):
            raise bad_request(f'the stand-in refuses the file "{name}", which no parameter of {method} names')
    for parameter in known.values():
        if parameter.is_required and params.get(parameter.name, "") == "":
            raise bad_request(_MISSING.get(parameter.name, f'parameter "{parameter.name}" is required'))
    return Params(params)


def _read(parameter: Parameter, value: object) -> object:
    try:
        match parameter.kind:
            case "integer":
                return _integer(value)
            case "float":
                return float(cast("str | float", value))
            case "boolean":
                return _boolean(value)
            case "string":
                return _string(value)
            case "chat":
                return _chat(value)
            case "json":
                return cast("object", json.loads(value)) if isinstance(value, str) else value
            case _:
                return value if isinstance(value, Upload) else _string(value)
    except (ValueError, TypeError):
        raise bad_request(f'can\'t parse parameter "{parameter.name}" as {parameter.kind}') from None


def _integer(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise TypeError
    return int(value)


def _boolean(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in {"true", "false", "1", "0"}:
        return value.lower() in {"true", "1"}
    raise ValueError


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    try:
        value.encode()
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    return value


def _chat(value: object) -> int | str:
    """A number, or the @name of a channel or group: the stand-in knows none by name, so those are not found."""
    if isinstance(value, str) and value.startswith("@"):
        raise bad_request("chat not found")
    return _integer(value)
