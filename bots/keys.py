"""Keys and secrets of Stripe's that people paste into a chat: found by how they begin, and never kept as they are."""

import re
from typing import Final

from conversations.inbound import SecretKind

#: How secrets look, wherever they stand.
KEY_SHAPE: Final = r"(?<![A-Za-z0-9])[sr]k_(?:live|test|org)_[A-Za-z0-9_]+"
HOOK_SHAPE: Final = r"(?<![A-Za-z0-9])whsec_[A-Za-z0-9_+/=-]+"
_SHAPES: Final = re.compile(
    rf"(?P<key>{KEY_SHAPE})|(?P<hook>{HOOK_SHAPE})|(?P<public>(?<![A-Za-z0-9])pk_(?:live|test)_[A-Za-z0-9_]+)"
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
