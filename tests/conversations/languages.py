"""Two made-up languages: `xl` is English with 40 % more letters, `he` is English in Hebrew letters, right to left.

They stand for the languages to come: what fits and reads well in both will in Spanish and German.
"""

from functools import cache

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import FluentParser, FluentSerializer, ast
from fluent.syntax.visitor import Transformer

from conversations.cards import Card
from conversations.screens import Say, Screen
from conversations.words import FALLBACK, LOCALES, Words
from tests.bots.render_checks import check_slack, check_telegram

LONG = "xl"
RIGHT_TO_LEFT = "he"
#: Not shown to anybody: patterns of the date library, and words to be recognised.
_NOT_SHOWN = ("pattern-", "typed-")
_HEBREW = str.maketrans({letter: chr(0x5D0 + number) for number, letter in enumerate("abcdefghijklmnopqrstuvwxyz")})


class _Rewriting(Transformer):
    def __init__(self, language: str) -> None:
        self._language = language

    def visit_Message(self, node: ast.Message) -> ast.Message:  # noqa: N802 - the visitor's own naming
        if node.id.name.startswith(_NOT_SHOWN):
            return node
        self.generic_visit(node)
        return node

    def visit_TextElement(self, node: ast.TextElement) -> ast.TextElement:  # noqa: N802
        return ast.TextElement(_rewritten(node.value, self._language))


class EveryLanguage(Words):
    """The real words, which also speak each new kind of screen in the made-up languages, for every messenger."""

    def speak(self, screen: Screen, language: str) -> Card:
        if (kind := _kind_of(screen)) not in _SEEN:
            _SEEN.add(kind)
            for made_up in (LONG, RIGHT_TO_LEFT):
                card = super().speak(screen, made_up)
                check_telegram(card)
                check_slack(card)
        return super().speak(screen, language)


_SEEN: set[tuple[str, ...]] = set()


@cache
def english() -> Words:
    """The catalogue that ships, read once for all tests of a process: nothing changes it."""
    return Words.load()


@cache
def every_language() -> EveryLanguage:
    """The same with the made-up languages."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((LOCALES / FALLBACK).glob("*.ftl"))]
    return EveryLanguage(
        {
            FALLBACK: _bundle(FALLBACK, texts),
            LONG: _bundle(FALLBACK, [_rewrite(text, LONG) for text in texts]),
            RIGHT_TO_LEFT: _bundle(RIGHT_TO_LEFT, [_rewrite(text, RIGHT_TO_LEFT) for text in texts]),
        }
    )


def _bundle(language: str, texts: list[str]) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    for text in texts:
        bundle.add_resource(FluentResource(text))
    return bundle


def _rewrite(text: str, language: str) -> str:
    resource = FluentParser().parse(text)
    _Rewriting(language).visit(resource)
    return FluentSerializer().serialize(resource)


def _rewritten(text: str, language: str) -> str:
    if language == RIGHT_TO_LEFT:
        return text.lower().translate(_HEBREW)
    more = -(-sum(map(str.isalpha, text)) * 4 // 10)
    return text + "ö" * more if text.strip() else text


def _kind_of(screen: Screen) -> tuple[str, ...]:
    """The keys of all that the screen says: another time or title makes no other kind."""
    said = [line.say for line in screen.lines] + [button.label for row in screen.rows for button in row]
    heads = [one for one in (screen.notice, screen.placeholder, screen.form_title) if one]
    return tuple(key for one in (*heads, *said) for key in _keys(one))


def _keys(one: Say) -> list[str]:
    return [one.key, *(key for value in one.values.values() if isinstance(value, Say) for key in _keys(value))]
