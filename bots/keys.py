"""Keys and secrets of Stripe's that people paste into a chat: found by how they begin, and never kept as they are."""

import re
from typing import Final

from conversations.inbound import SecretKind

_SHAPES: Final = re.compile(
    r"(?<![A-Za-z0-9])(?:"
    r"(?P<key>[sr]k_(?:live|test|org)_\w+)"
    r"|(?P<hook>whsec_[\w+/=-]+)"
    r"|(?P<public>pk_(?:live|test)_\w+)"
    r")",
    re.ASCII,
)
#: A publishable key is none.
_SECRET: Final = frozenset({SecretKind.KEY, SecretKind.HOOK})


def secret_in(text: str) -> tuple[SecretKind, str] | None:
    """What of Stripe's stands in the text: a secret before a publishable key, else the first."""
    found = [(SecretKind(match.lastgroup), match.group()) for match in _SHAPES.finditer(text) if match.lastgroup]
    return next((one for one in found if one[0] in _SECRET), found[0] if found else None)


def without_secrets(text: str) -> str:
    """The text with each secret cut down to how it begins and its last four characters."""
    return _SHAPES.sub(_cut, text)


def _cut(match: re.Match[str]) -> str:
    said = match.group()
    if match.lastgroup == SecretKind.PUBLIC:
        return said
    return f"{said[: said.index('_')]}_••••{said[-4:]}"
