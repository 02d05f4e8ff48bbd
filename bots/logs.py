"""Logs: one line an event on standard error, with nothing in it that could harm somebody who reads it later."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, Final, TextIO

import structlog

from bots.keys import HOOK_SHAPE, KEY_SHAPE

# Told by their shape, wherever they turn up: in our own events, in a library's, in a traceback.
_REDACTED: Final = tuple(
    (re.compile(shape), instead)
    for shape, instead in (
        (r"(?<=://)[^/@\s:]*:[^/@\s]+(?=@)", "[password]"),
        (r"(?<!\d)\d{5,}:[A-Za-z0-9_-]{16,}", "[bot token]"),
        (KEY_SHAPE, "[stripe key]"),
        (HOOK_SHAPE, "[stripe secret]"),
        (r"\bx(?:ox[a-z]|app)-[A-Za-z0-9-]+", "[slack token]"),
        (r"\b(?:[mrvbpw]|claim|team)_[A-Za-z0-9_-]{22}(?![A-Za-z0-9_])", "[link]"),
        (r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", "[e-mail]"),
        (r"(?<![\w.:-])\+\d[\d ().-]{5,}\d", "[phone]"),
        (r"(?<![\w.:-])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?![\w-])", "[phone]"),
        (r"(?<![\w.:-])\d(?:[ -]?\d){12,18}(?![\w:])", "[number]"),
    )
)
# Libraries that log whole addresses, a token among them, or every request.
_TALKATIVE: Final = ("httpx", "httpcore", "telegram", "aiogram", "aiohttp.access", "alembic", "stripe")


def redacted(text: str) -> str:
    """The text without tokens, keys, links, e-mail addresses and phone numbers."""
    for shape, instead in _REDACTED:
        text = shape.sub(instead, text)
    return text


def set_up_logs(stream: TextIO = sys.stderr) -> None:
    """Send everything that is logged, by whomever, through the redaction and to the stream. May be called twice."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.ExtraAdder(),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0, pad_level=False),
                _redact_line,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    # It warns of each beat that comes while a tick still lasts, which is as it shall be.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)


def _redact_line(_logger: Any, _method: str, line: MutableMapping[str, Any] | str) -> str:
    return redacted(str(line))
