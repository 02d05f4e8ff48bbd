"""What a page shows, read by Python's own HTML parser, which knows nothing of how we write it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"img", "link", "meta", "br"}
#: What has no place in a text, by Unicode's and HTML's rules, and not by the code's own table.
_NO_TEXT = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@dataclass(slots=True)
class Element:
    name: str
    attributes: dict[str, str]
    words: str = ""
    inside: "list[Element]" = field(default_factory=list["Element"])

    def all(self, name: str = "") -> "Iterator[Element]":
        """The element itself and all below it, in order."""
        if not name or self.name == name:
            yield self
        for one in self.inside:
            yield from one.all(name)

    def one(self, name: str, **attributes: str) -> "Element":
        (found,) = self.with_(name, **attributes)
        return found

    def with_(self, name: str, **attributes: str) -> "list[Element]":
        wanted = {each.rstrip("_"): value for each, value in attributes.items()}
        return [one for one in self.all(name) if wanted.items() <= one.attributes.items()]

    @property
    def text(self) -> str:
        """All words within, as a reader sees them."""
        return squeezed(self.words)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"{tag} has an attribute twice"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().name == tag, f"</{tag}> ends what it did not begin"

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.words += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration: {data}")


def read(page: str) -> Element:
    """The page's elements. One that is not well formed fails the test."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert [one.name for one in reader.open] == [""], "something is not closed"
    return reader.root


def shape(page: str) -> list[tuple[str, tuple[str, ...]]]:
    """Every element with the names of its attributes: what must not change, whatever people write."""
    return [(one.name, tuple(sorted(one.attributes))) for one in read(page).all()]


def squeezed(text: str) -> str:
    """The text without what cannot be in one, blanks as a browser shows them."""
    kept = (char for char in text if char not in _NO_TEXT and not 0xD800 <= ord(char) <= 0xDFFF)
    return " ".join("".join(char for char in kept if char in "\t\n" or not _is_control(char)).split())


def _is_control(char: str) -> bool:
    return ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0
