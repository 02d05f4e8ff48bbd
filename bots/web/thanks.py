"""The page after paying. It changes nothing and knows nothing: the chat is where a booking is confirmed (H4)."""

import base64
import hashlib
from html import escape
from pathlib import Path
from string import Template
from typing import Final

from conversations.thanks import Thanks

_PAGE: Final = Template(Path(__file__).with_name("thanks.html").read_text(encoding="utf-8"))
_STYLE: Final = Path(__file__).with_name("thanks.css").read_text(encoding="utf-8")
_DIGEST: Final = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
#: The page loads nothing, runs nothing, and stands in no frame.
POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{_DIGEST}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def thanks_page(words: Thanks, *, back: str) -> str:
    """The page in the words' language; `back` is the address of the chat, or empty where nobody knows it yet."""
    link = f'<a href="{escape(back)}">{escape(words.back)}</a>\n' if back else ""
    return _PAGE.substitute(
        language=escape(words.language),
        title=escape(words.title),
        text=escape(words.text),
        style=_STYLE,
        link=link,
    )
