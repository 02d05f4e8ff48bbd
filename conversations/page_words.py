"""Speaks the studio's public pages, in one language that ships."""

import re
from decimal import Decimal
from typing import Final

from conversations.asides import privacy_lines
from conversations.booking.offer import fee_of
from conversations.hall import ways_to_reach
from conversations.pages import DayLine, Frame, MiniPage, Offered, Section, StudioPage, TextPage, Tile
from conversations.screens import Clock, Say, Value, When, say
from conversations.words import Words, city, locale_of, number_text
from core.booking.price import price_of_one
from core.minis.mini import AddOn, Mini, Package, PaidBy
from core.public_desk import OpenDay, PublicMini
from core.studio.studio import Studio
from core.values.moments import local

SUMMARY: Final = 200  # characters; what search engines and messengers show beside a link
_BLANK_LINE: Final = re.compile(r"\n[^\S\n]*\n")


class PageWords:
    """The pages of a studio as it is, in the language nearest to a BCP 47 tag; where that is empty, in its own."""

    def __init__(self, words: Words, studio: Studio, language: str) -> None:
        self._words = words
        self._studio = studio
        self._language = words.language_for(language or studio.locale)

    def studio_page(self, minis: list[PublicMini]) -> StudioPage:
        empty = (self._say("page-empty"), self._say("page-empty-more", studio=self._studio.name))
        return StudioPage(
            frame=self._frame(),
            tiles=tuple(self._tile(one) for one in minis),
            summary=_cut(", ".join(one.mini.title for one in minis) or empty[0]),
            empty=() if minis else empty,
        )

    def mini_page(self, one: PublicMini) -> MiniPage:
        mini = one.mini
        is_booked = bool(one.days) and not mini.paused
        return MiniPage(
            frame=self._frame(),
            token=one.token,
            title=mini.title,
            window=self._window(mini.title),
            summary=self._summary(one),
            has_picture=mini.is_pictured,
            description=paragraphs(mini.description),
            sections=tuple(self._sections(one)),
            price=self._price(one),
            left=self._left(one),
            book=self._say("page-book" if one.free else "page-book-full") if is_booked else "",
            silent=self._say("page-chat-silent") if is_booked else "",
            standing=self._standing(one),
            keeps=self._say("page-keeps", studio=self._studio.name),
            is_listed=one.is_listed,
        )

    def privacy_page(self) -> TextPage:
        said = [self._phrase(line.say) for line in privacy_lines(self._studio)]
        title = self._say("page-privacy")
        return self._text_page(title, tuple(each for text in said for each in paragraphs(text)))

    def gone_page(self) -> TextPage:
        """For every address that leads to nothing: one that once did, and one that never will."""
        return self._text_page(self._say("page-gone"), (self._say("page-gone-more"),))

    # -- private --

    def _say(self, key: str, **values: Value) -> str:
        return self._phrase(Say(key, values))

    def _phrase(self, one: Say) -> str:
        return self._words.phrase(one, self._language)

    def _window(self, title: str) -> str:
        return self._say("page-title", title=title, studio=self._studio.name)

    def _frame(self) -> Frame:
        return Frame(
            language=self._language,
            direction=locale_of(self._language).text_direction,
            studio=self._studio.name,
            reach=tuple(self._phrase(one) for one in ways_to_reach(self._studio)),
            privacy=self._say("page-privacy"),
        )

    def _text_page(self, title: str, text: tuple[str, ...]) -> TextPage:
        return TextPage(
            frame=self._frame(),
            title=title,
            window=self._window(title),
            paragraphs=text,
            home=self._say("page-see-all", studio=self._studio.name),
        )

    def _tile(self, one: PublicMini) -> Tile:
        return Tile(
            token=one.token,
            title=one.mini.title,
            has_picture=one.mini.is_pictured,
            days=self._days(one),
            price=self._price(one),
            left=self._left(one),
        )

    def _days(self, one: PublicMini) -> str:
        """Its dates, each once; two days of one date are one."""
        if not one.days:
            return self._say("page-no-days")
        first = {local(day.starts, self._studio.zone).date(): day for day in reversed(one.days)}
        dates = tuple(self._when(first[each], Clock.DAY) for each in sorted(first))
        return self._say("as-listed", items=dates)

    def _price(self, one: PublicMini) -> str:
        """What it costs at least; nothing where a photographer is just changing the packages."""
        if not one.mini.packages:
            return ""
        least = min((package.fee for package in one.mini.packages), key=lambda fee: fee.minor)
        return self._phrase(say("offer-from", price=least) if least else say("offer-free"))

    def _left(self, one: PublicMini) -> str:
        if not one.days:
            return ""
        if not one.free:
            return self._say("page-all-taken")
        in_places = any(day.is_class for day in one.days)
        return self._say("page-places-left" if in_places else "page-spots-left", count=one.free)

    def _summary(self, one: PublicMini) -> str:
        if one.mini.description.strip():
            return _cut(one.mini.description)
        return _cut(self._say("page-summary", price=self._price(one), days=self._days(one)))

    def _standing(self, one: PublicMini) -> str:
        if one.mini.paused:
            return self._say("page-paused", studio=self._studio.name)
        if not one.days:
            return self._say("page-no-dates")
        return self._say("page-book-how" if one.free else "page-full-now")

    def _sections(self, one: PublicMini) -> list[Section]:
        mini, made = one.mini, list[Section]()
        if one.days:
            notes = (self._say("page-local", city=city(self._studio.zone_name)),)
            made.append(
                Section(
                    heading=self._say("page-when"), days=tuple(self._day_line(day) for day in one.days), notes=notes
                )
            )
        if mini.place:
            made.append(Section(heading=self._say("page-where"), place=mini.place))
        if mini.packages:
            offers = tuple(self._package(package, one) for package in mini.packages)
            made.append(Section(heading=self._say("page-packages"), offers=offers, notes=tuple(self._price_notes(one))))
        if mini.add_ons:
            offers = tuple(self._add_on(add_on) for add_on in mini.add_ons)
            made.append(Section(heading=self._say("page-extras"), offers=offers))
        return made

    def _day_line(self, day: OpenDay) -> DayLine:
        starts, ends = self._when(day, Clock.TIME), When(day.ends, self._studio.zone, Clock.TIME)
        return DayLine(
            date=local(day.starts, self._studio.zone).date(),
            day=self._when(day, Clock.DAY_YEAR),
            hours=self._say("page-hours", starts=starts, ends=ends),
            left=self._day_left(day),
            is_full=not day.free,
            place=day.place,
        )

    def _day_left(self, day: OpenDay) -> str:
        if not day.free:
            return self._say("page-day-full")
        if day.is_class:
            return self._say("page-places-free", free=day.free, seats=day.seats)
        return self._say("page-day-left", count=day.free)

    def _when(self, day: OpenDay, clock: Clock) -> str:
        return self._say("a-day", day=When(day.starts, self._studio.zone, clock))

    def _package(self, package: Package, one: PublicMini) -> Offered:
        length = package.length or one.spot_length
        paid: Say = self._how_paid(package, one.mini)
        if length:
            paid = say("page-minutes-paid", minutes=int(length.total_seconds() // 60), paid=paid)
        included = (package.includes,) if package.includes.strip() else ()
        return Offered(
            title=package.title,
            price=self._phrase(say("as-written", text=fee_of(package))),
            details=(*included, self._phrase(paid)),
        )

    def _how_paid(self, package: Package, mini: Mini) -> Say:
        """As it would be for one place, without add-ons."""
        price = price_of_one(package, tax=mini.tax_of(self._studio))
        if not price.total:
            return say("page-pay-nothing")
        if price.paid_by is PaidBy.OUTSIDE:
            return say("page-pay-outside", studio=self._studio.name)
        if not price.later:
            return say("page-pay-full")
        if not price.due_now:
            return say("page-pay-later")
        return say("page-pay-retainer", now=price.due_now, later=price.later)

    def _add_on(self, add_on: AddOn) -> Offered:
        price = say("page-each", price=add_on.price, most=add_on.most) if add_on.most > 1 else add_on.price
        return Offered(title=add_on.title, price=self._say("as-written", text=price))

    def _price_notes(self, one: PublicMini) -> list[str]:
        tax = one.mini.tax_of(self._studio)
        notes = [self._say("page-premium")] if one.has_premium else []
        if tax and any(package.fee for package in one.mini.packages):
            percent = number_text(Decimal(tax.rate_hundredths) / 100, self._language)
            key = "page-tax-inclusive" if tax.inclusive else "page-tax"
            notes.append(self._say(key, name=tax.name, percent=percent))
        return notes


def paragraphs(text: str) -> tuple[str, ...]:
    """A text as it was written, parted where lines were left empty."""
    return tuple(part.strip() for part in _BLANK_LINE.split(text.replace("\r\n", "\n")) if part.strip())


def _cut(text: str) -> str:
    """The text on one line, no longer than what is shown beside a link, whole words where it has any."""
    line = " ".join(text.split())
    if len(line) <= SUMMARY:
        return line
    words, _, _ = line[:SUMMARY].rpartition(" ")
    return f"{words or line[: SUMMARY - 1]}…"
