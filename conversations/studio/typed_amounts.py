"""An amount typed alone: "$20", "20", "+20 €"."""

import re
from typing import Final

from conversations.studio.typed_money import Foreign, Till, amount, bare, read_amount
from conversations.typed_text import Slate
from core.values.money import Money

LONGEST: Final = 30  # characters


def read_one_amount(text: str, till: Till) -> Money | None:
    """The amount; None where it is none, can be read in two ways, or is of another currency."""
    slate = Slate(text[:LONGEST].strip().removeprefix("+"))
    match = re.fullmatch(rf"{amount('a')}|{bare('a')}", slate.left.strip())
    found = read_amount(match, "a", slate, till) if match else None
    return None if isinstance(found, Foreign) else found
