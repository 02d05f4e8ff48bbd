"""A mini's card in words, as it is shared with the world."""

from collections.abc import Sequence
from datetime import date, datetime, time
from urllib.parse import urlsplit

from conversations.pictures import Form, ShareCard
from conversations.screens import Clock, Say, When, say
from conversations.words import Words
from core.minis.mini import Day, Mini
from core.studio.studio import Studio


def share_card(
    words: Words, language: str, studio: Studio, mini: Mini, days: Sequence[Day], *, link: str, form: Form
) -> ShareCard:
    """The mini's card. `days` are those that are still ahead; `link` is what the code leads to."""
    fees = [package.fee for package in mini.packages]
    cheapest = min(fees, key=lambda fee: fee.minor, default=None)
    price = None if cheapest is None else say("offer-from", price=cheapest) if cheapest.minor else say("offer-free")
    dates = _dates(studio, sorted({day.date for day in days}))
    places = {day.place or mini.place for day in days} or {mini.place}
    return ShareCard(
        form=form,
        title=mini.title,
        dates=words.phrase(dates, language) if dates else "",
        place=places.pop() if len(places) == 1 else "",
        price=words.phrase(price, language) if price else "",
        studio=studio.name,
        call=words.phrase(say("share-call"), language),
        link=link,
        address=_address(link),
    )


def _dates(studio: Studio, dates: Sequence[date]) -> Say | None:
    if not dates:
        return None
    if len(dates) == 1:
        return say("a-day", day=_said(dates[0], studio, Clock.DAY_YEAR))
    first, last = (_said(one, studio, Clock.DAY) for one in (dates[0], dates[-1]))
    if len(dates) == 2:
        return say("share-two-days", first=first, second=last)
    return say("share-days", first=first, last=last, count=len(dates))


def _address(link: str) -> str:
    parts = urlsplit(link)
    return f"{parts.netloc}{parts.path}".rstrip("/") or link


def _said(day: date, studio: Studio, clock: Clock) -> When:
    return When(datetime.combine(day, time(12), studio.zone), studio.zone, clock)
