"""Words: every sentence of the house stands in a Fluent file per language, and is spoken here into spans.

`**` in a sentence makes what is between bold. Values are put in after that is read, so nothing in them is ever markup.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Self

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import NumberPattern, format_decimal, parse_pattern
from fluent.runtime import FluentBundle, FluentResource

from conversations.cards import (
    Card,
    CardButton,
    CardField,
    CardLine,
    CardOption,
    Drawing,
    Enclosure,
    Span,
    Text,
    file_name,
    plain,
)
from conversations.screens import (
    Button,
    Clock,
    Drawn,
    Enclosed,
    Exact,
    FormField,
    Line,
    Look,
    Progress,
    Say,
    Screen,
    Value,
    When,
    say,
)
from core.values.money import CURRENCIES, Money

LOCALES = Path(__file__).parent / "locales"
FALLBACK = "en"
#: A value's place in a formatted sentence: two characters of Unicode's private use around its number.
_PLACE = re.compile("\ue000(\\d+)\ue001")
_PATTERNS = {
    Clock.DAY: "pattern-day",
    Clock.DAY_YEAR: "pattern-day-year",
    Clock.DAY_FULL: "pattern-day-full",
    Clock.WEEKDAY: "pattern-weekday",
}
KEPT = 4096  # sentences, times, days and amounts, once they were put into words; all that is used of the catalogue fits


@dataclass(frozen=True, slots=True)
class _Value:
    """The place of a value in a sentence, by its number."""

    number: int
    bold: bool


Piece = Span | _Value


class WordsMissing(LookupError):
    """A wording key that a language lacks, or one whose values do not fit: a bug that a test catches."""


class Words:
    """The catalogue in every language that ships."""

    def __init__(self, bundles: Mapping[str, FluentBundle]) -> None:
        self._bundles = dict(bundles)
        # A sentence depends on its key and the numbers in it; who or what else it names is put in afterwards.
        self._read = lru_cache(maxsize=KEPT)(self._read_anew)

    @classmethod
    def load(cls, folder: Path = LOCALES) -> Self:
        """Read `folder/<language>/*.ftl`."""
        bundles: dict[str, FluentBundle] = {}
        for language in sorted(path.name for path in folder.iterdir() if path.is_dir()):
            bundle = FluentBundle([language], use_isolating=False)
            for path in sorted((folder / language).glob("*.ftl")):
                bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))
            bundles[language] = bundle
        return cls(bundles)

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self._bundles)

    def language_for(self, wanted: str) -> str:
        """The language that ships for a BCP 47 tag: itself, its base, or English."""
        base = wanted.replace("_", "-").split("-")[0].lower()
        return base if base in self._bundles else FALLBACK

    def has(self, key: str, language: str) -> bool:
        return self._bundles[language].has_message(key)

    def phrase(self, one: Say, language: str) -> str:
        """The sentence alone, without looks."""
        return plain(self.spans(one, language))

    def spans(self, one: Say, language: str) -> Text:
        """The sentence as spans, in the language that ships for the tag."""
        shown: list[Text] = []
        arguments: dict[str, int | str] = {}
        for name, value in one.values.items():
            if isinstance(value, int):
                arguments[name] = value
                continue
            arguments[name] = f"\ue000{len(shown)}\ue001"
            shown.append(self._value(value, language))
        pieces = self._read(one.key, tuple(arguments.items()), self.language_for(language))
        return tuple(_assemble(pieces, shown))

    def alternatives(self, key: str, language: str) -> tuple[str, ...]:
        """Words that people may type for one meaning; the catalogue has them with | between."""
        return tuple(word.strip() for word in self.phrase(say(key), language).split("|"))

    def speak(self, screen: Screen, language: str) -> Card:
        """The screen in one language: the PREVIEW mark, the notice and the progress first, then its lines."""
        lines: list[Line] = []
        if screen.preview:
            lines.append(Line(say("preview-mark"), Look.TITLE))
        if screen.notice:
            lines.append(Line(screen.notice))
        if screen.progress:
            lines.append(Line(_progress(screen.progress), Look.PLAIN, gap=bool(lines)))
        body = screen.lines
        if lines and body and not screen.progress:
            body = (Line(body[0].say, body[0].look, gap=True), *body[1:])
        lines.extend(body)
        return Card(
            lines=tuple(CardLine(self.spans(line.say, language), line.look, line.gap, line.apart) for line in lines),
            rows=tuple(tuple(self._button(button, language) for button in row) for row in screen.rows),
            revision=screen.revision,
            picture=_picture(screen.picture, language),
            enclosed=tuple(self._enclosure(one, language) for one in screen.enclosed),
            form=tuple(self._field(field, language) for field in screen.form),
            form_title=self.phrase(screen.form_title, language) if screen.form_title else "",
            form_submit=self.phrase(say("form-submit"), language) if screen.form else "",
            form_close=self.phrase(say("form-close"), language) if screen.form else "",
            placeholder=self.phrase(screen.placeholder, language) if screen.placeholder else "",
            quiet=screen.quiet,
            celebrate=screen.celebrate,
        )

    # -- private --

    def _button(self, button: Button, language: str) -> CardButton:
        return CardButton(self.phrase(button.label, language), button.press, button.style)

    def _field(self, field: FormField, language: str) -> CardField:
        return CardField(
            id=field.id,
            kind=field.kind,
            label=self.phrase(field.label, language),
            required=field.required,
            hint=self.phrase(field.hint, language) if field.hint else "",
            value=field.value,
            options=tuple(CardOption(one.id, self.phrase(one.label, language)) for one in field.options),
            most_photos=field.most_photos,
            error=self.phrase(field.error, language) if field.error else "",
        )

    def _enclosure(self, enclosed: Enclosed, language: str) -> Enclosure:
        name = file_name(self.phrase(enclosed.name, language))
        return Enclosure(
            paper=enclosed.paper,
            name=name,
            key=enclosed.key,
            caption=self.spans(enclosed.caption, language) if enclosed.caption else (),
            missing=self.spans(say("enclosure-missing", name=name), language),
        )

    def _read_anew(
        self, key: str, arguments: "tuple[tuple[str, int | str], ...]", language: str
    ) -> "tuple[Piece, ...]":
        return tuple(_pieces(self._format(key, dict(arguments), language)))

    def _format(self, key: str, arguments: Mapping[str, int | str], language: str) -> str:
        for candidate in dict.fromkeys((language, FALLBACK)):
            bundle = self._bundles[candidate]
            if bundle.has_message(key):
                pattern = bundle.get_message(key).value
                if pattern is None:
                    break
                text, errors = bundle.format_pattern(pattern, dict(arguments))
                if errors:
                    raise WordsMissing(f"{candidate} {key}: {errors}")
                return str(text)
        raise WordsMissing(f"{language} {key}")

    def _value(self, value: Value, language: str) -> Text:
        match value:
            case str() | int():
                return (Span(str(value)),)
            case Money():
                return (Span(money_text(value, language)),)
            case Exact(money):
                return (Span(money_text(money, language, exact=True)),)
            case When():
                return (self._moment(value, language),)
            case Say():
                return self.spans(value, language)
            case tuple():
                return (Span(format_list(list(value), locale=locale_of(language)) if value else ""),)

    def _moment(self, when: When, language: str) -> Span:
        at = when.moment.astimezone(when.zone)
        match when.clock:
            case Clock.TIME:
                return Span(time_text(at, language))
            case Clock.BARE:
                return Span(_bare_time_text(time(at.hour, at.minute), language))
            case Clock.DEADLINE:
                return Span(time_text(at, language), unix=int(when.moment.timestamp()))
            case Clock.COUNTDOWN:
                return Span(time_text(at, language), unix=int(when.moment.timestamp()), countdown=True)
            case Clock.DAY_TIME:
                return Span(f"{self._day(at, Clock.DAY, language)}, {time_text(at, language)}")
            case _:
                return Span(self._day(at, when.clock, language))

    def _day(self, at: datetime, clock: Clock, language: str) -> str:
        pattern = self.phrase(say(_PATTERNS[clock]), language)
        return _date_text(at.date(), pattern, language)


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """Babel's locale for a BCP 47 tag, or that of its base language, or English."""
    tag = language.replace("-", "_")
    for candidate in (tag, tag.split("_")[0], FALLBACK):
        try:
            return Locale.parse(candidate)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale(FALLBACK)


def time_text(at: datetime, language: str) -> str:
    """A time of day as the language writes it, such as 10:15 AM. Plain spaces, so that it can be typed back."""
    return _time_text(time(at.hour, at.minute), language)


@lru_cache(maxsize=KEPT)
def _time_text(at: time, language: str) -> str:
    return format_time(at, "short", locale=locale_of(language)).replace("\u202f", " ").replace("\xa0", " ")


@lru_cache(maxsize=KEPT)
def _bare_time_text(at: time, language: str) -> str:
    """The same without the half of the day."""
    locale = locale_of(language)
    pattern = locale.time_formats["short"].pattern
    return format_time(at, re.sub(r"\s*a+\s*", "", pattern), locale=locale)


@lru_cache(maxsize=KEPT)
def _date_text(day: date, pattern: str, language: str) -> str:
    return format_date(day, pattern, locale=locale_of(language))


def city(zone_name: str) -> str:
    """The zone's place, as people name it: Chicago."""
    return zone_name.rsplit("/", 1)[-1].replace("_", " ")


@lru_cache(maxsize=KEPT)
def money_text(money: Money, language: str, *, exact: bool = False) -> str:
    """An amount with its currency's sign, by locale; whole amounts without decimals unless `exact`.

    The decimals are ISO 4217's, as the house counts minor units by them; the locale data round some currencies away.
    """
    digits = CURRENCIES[money.currency]
    value = Decimal(money.minor).scaleb(-digits)
    if not exact and value == value.to_integral_value():
        digits = 0
    locale = locale_of(language)
    return _money_pattern(locale, digits).apply(value, locale, currency=money.currency, currency_digits=False)


def number_text(number: Decimal, language: str) -> str:
    """A number with all its decimals, as the language writes it."""
    return format_decimal(number, locale=locale_of(language), decimal_quantization=False)


@lru_cache(maxsize=256)
def _money_pattern(locale: Locale, digits: int) -> NumberPattern:
    pattern = parse_pattern(locale.currency_formats["standard"].pattern)
    pattern.frac_prec = (digits, digits)
    return pattern


def _picture(picture: str | Drawn | None, language: str) -> str | Drawing | None:
    return Drawing(picture.name, language) if isinstance(picture, Drawn) else picture


def _progress(progress: Progress) -> Say:
    values: dict[str, Value] = {"section": progress.section, "number": progress.number, "of": progress.of}
    if not progress.parts:
        return Say("progress", values)
    return Say("progress-part", {**values, "part": progress.part, "parts": progress.parts})


def _pieces(pattern: str) -> Iterator[Piece]:
    """Read the sentence's own bold marks and find the places of its values."""
    for number, run in enumerate(pattern.split("**")):
        bold = number % 2 == 1
        for index, piece in enumerate(_PLACE.split(run)):
            if index % 2:
                yield _Value(int(piece), bold)
            elif piece:
                yield Span(piece, bold=bold)


def _assemble(pieces: Iterable[Piece], shown: Sequence[Text]) -> Iterator[Span]:
    """Put the values in."""
    for piece in pieces:
        match piece:
            case Span():
                yield piece
            case _Value(number, bold):
                yield from (replace(span, bold=True) if bold else span for span in shown[number])
