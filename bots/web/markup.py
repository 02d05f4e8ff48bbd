"""HTML as calls: whatever is no markup of ours is text, and is escaped where it is put in. There is no other way in."""

from html import escape
from typing import Final

from core.values.texts import clean

#: Elements that have nothing in them, and no end.
_VOID: Final = frozenset({"img", "link", "meta"})
#: HTML knows no other controls than these (html.spec.whatwg.org, "Character references" forbids the rest).
_CONTROLS: Final = {code: None for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n"}


class Html(str):
    """Finished markup. Only this module makes it."""

    __slots__ = ()


def tag(element: str, /, *inside: str, **attributes: str | bool) -> Html:
    """An element with what is inside, texts escaped; an empty text or attribute that is False is left out.

    A name that Python has taken is written with `_` at its end, and `_` within one is `-`.
    """
    given = "".join(_attribute(each, value) for each, value in attributes.items() if value is not False)
    if element in _VOID:
        return Html(f"<{element}{given}>")
    return Html(f"<{element}{given}>{joined(*inside)}</{element}>")


def joined(*parts: str) -> Html:
    """One after the other."""
    return Html("".join(part if isinstance(part, Html) else text(part) for part in parts))


def text(words: str) -> Html:
    """The words as they are, without what is no text."""
    return Html(escape(clean(words).translate(_CONTROLS)))


def style(sheet: str) -> Html:
    """A style sheet of ours; it holds nobody's words."""
    return Html(f"<style>{sheet}</style>")


def document(language: str, direction: str, head: Html, body: Html) -> str:
    return f"<!doctype html>\n{tag('html', tag('head', head), tag('body', body), lang=language, dir=direction)}\n"


def _attribute(name: str, value: str | bool) -> str:
    name = name.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{text(str(value))}"'
