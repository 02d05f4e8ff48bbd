"""The first card: what the mini is, when, where and from what price; or what a reservation offers."""

from dataclasses import replace

from conversations.booking.details import contact_line, take_filled_in
from conversations.booking.extras import places_of
from conversations.booking.facts import BookingTurn
from conversations.booking.held import held_notice
from conversations.engine import Step
from conversations.pictures import picture_of
from conversations.screens import Button, Choose, Clock, Do, Line, Look, Say, Screen, Style, lines, say
from conversations.talk import Answer
from core.booking.booking import Reservation
from core.booking.hold import Wish
from core.booking.price import price_of_one
from core.booking.refusals import PackageGone
from core.minis.mini import Package, Share
from core.minis.records import SpotRow
from core.values.money import Money

DECLINED = "declined"
#: The answer to the offer of a class, in which several places may be taken (C4).
A_CLASS = "class"
#: Looks once more whether something came free.
AGAIN = "again"


def _show_offer(turn: BookingTurn) -> Screen:
    facts, studio = turn.facts, turn.studio
    free = facts.free(_shortest(facts.packages), 1)
    if not free:
        return full_screen(turn)
    return Screen(
        lines=(
            Line(say("offer-hello", studio=studio.name)),
            Line(say("offer-title", title=facts.mini.title), Look.TITLE, gap=True),
            *_description(turn),
            *_place(turn),
            Line(say("offer-when", days=_days(turn, free))),
            Line(_from(facts.packages)),
            Line(say("offer-left", count=sum(row.spot.seats - row.taken for row in free))),
            *lines(say("privacy-line", studio=studio.name)),
        ),
        rows=(
            (Button(say("button-book"), Choose("book"), Style.PRIMARY),),
            (Button(say("button-ask-question"), Do("ask", "")),),
        ),
        picture=picture_of(facts.mini),
    )


def full_screen(turn: BookingTurn) -> Screen:
    """Nothing is free; where somebody is still booking, something may come free (H, I of the storyboard)."""
    held = sum(row.held for row in turn.facts.rows)
    body = _why_nothing_is_free(turn, held)
    again = ((Button(say("button-look-again"), Choose(AGAIN), Style.PRIMARY),),) if held else ()
    return Screen(
        lines=(Line(body),),
        rows=(*again, (Button(say("button-other-minis"), Do("minis", "")),)),
    )


def _why_nothing_is_free(turn: BookingTurn, held: int) -> Say:
    left = max((row.spot.seats - row.taken for row in turn.facts.rows if not row.shut_out), default=0)
    if left and left < places_of(turn):
        return say("too-few-left", count=left)
    if left:
        return say("none-long-enough", package=chosen_package(turn).title)
    return say("full-but-booking", count=held) if held else say("full", title=turn.facts.mini.title)


def _accept_offer(turn: BookingTurn, choice: str) -> Answer:
    free = turn.facts.free(_shortest(turn.facts.packages), 1)
    if choice != "book" or not free:
        return None
    return A_CLASS if turn.facts.mini.places_limit > 1 and any(row.spot.seats > 1 for row in free) else "book"


OFFER = Step(id="offer", show=_show_offer, accept=_accept_offer)


def _show_reserved(turn: BookingTurn) -> Screen:
    reservation = turn.facts.reservation
    row = next((one for one in turn.facts.rows if reservation and one.spot.id == reservation.spot_id), None)
    if reservation is None or row is None:
        return full_screen(turn)
    when = turn.when(row.spot.starts)
    return Screen(
        lines=(
            Line(say("reserved-hello", studio=turn.studio.name, when=when, title=turn.facts.mini.title)),
            *_description(turn),
            *_place(turn),
            *_reserved_prices(turn, row.spot.premium_minor),
            *_filled_in(turn, reservation),
            *lines(say("privacy-line", studio=turn.studio.name)),
        ),
        rows=(
            (Button(say("button-book-it"), Choose("book"), Style.PRIMARY),),
            (Button(say("button-no-thanks"), Choose("no")),),
        ),
        picture=picture_of(turn.facts.mini),
    )


def _reserved_prices(turn: BookingTurn, premium_minor: int) -> tuple[Line, ...]:
    """What the reservation makes of each package's price at its spot."""
    reservation, packages = turn.facts.reservation, turn.facts.packages
    share = reservation.discount if reservation else None
    chosen = next((one for one in packages if reservation and one.id == reservation.package_id), None)
    if share is None:
        return (
            lines(say("reserved-package", title=chosen.title, price=price_at(chosen, premium_minor))) if chosen else ()
        )
    key = "reserved-price" if len(packages) == 1 else "reserved-price-of"
    return lines(*(reduced(key, one, premium_minor, share) for one in ((chosen,) if chosen else packages)))


def _filled_in(turn: BookingTurn, reservation: Reservation) -> tuple[Line, ...]:
    """Whom it was filled in for. How to reach them is said only to whoever holds it, as anybody may have the link."""
    known = reservation.contact
    if known is None:
        return ()
    if known.name:
        return lines(say("reserved-for", name=known.name, studio=turn.studio.name))
    return lines(say("reserved-filled-in", studio=turn.studio.name))


def reduced(key: str, package: Package, premium_minor: int, share: Share) -> Say:
    """What the package costs at a spot of that premium with the discount taken off, and what it would cost."""
    price, fee = price_at(package, premium_minor, share), price_at(package, premium_minor)
    return say(key, title=package.title, off=off_words(share), price=price, fee=fee)


def price_at(package: Package, premium_minor: int, share: Share | None = None) -> Money | Say:
    """What the package costs at a spot of that premium; or that it is free."""
    price = price_of_one(package, premium_minor=premium_minor, discount=share)
    return price.subtotal - price.discount or say("free-of-charge")


def here_only(turn: BookingTurn) -> tuple[Say, ...]:
    """A warning before another time is chosen: the discount belongs to the reserved one."""
    live = turn.facts.live
    share = live.snapshot.discount if live and live.reservation_id else None
    if live is None or share is None:
        return ()
    return (say("reserved-here-only", when=turn.when(live.snapshot.starts), off=off_words(share)),)


def off_words(share: Share) -> Say:
    if share.percent_hundredths is not None:
        return say("off-percent", percent=_percent(share.percent_hundredths))
    return say("off-amount", amount=share.amount or "")


def _percent(hundredths: int) -> str:
    return f"{hundredths / 100:g}"


def _accept_reserved(turn: BookingTurn, choice: str) -> Answer:
    reservation, link = turn.facts.reservation, turn.course.subject["reservation"]
    if reservation is None or choice not in {"book", "no"}:
        return None
    if choice == "no":
        turn.desk.decline(link)
        return DECLINED
    wish = Wish(mini_id=reservation.mini_id, spot_id=reservation.spot_id, package_id=turn.facts.packages[0].id)
    held = turn.desk.hold_reserved(link, wish)
    turn.course.booking_id = held.id
    turn.facts.forget(held)
    turn.toast = say("toast-held", time=turn.when(held.snapshot.starts, Clock.TIME))
    turn.talk.notice = held_notice(turn, held)
    if held.package_id == reservation.package_id:
        turn.answers["package"] = held.package_id
    if reservation.contact:
        take_filled_in(turn, reservation.contact)
        turn.talk.notice = say(
            "reserved-notice",
            held=turn.talk.notice,
            studio=turn.studio.name,
            contact=contact_line(reservation.contact),
        )
    return "book"


RESERVED = Step(
    id="reserved",
    show=_show_reserved,
    accept=_accept_reserved,
    known=lambda turn: "book" if turn.facts.booking else None,
)


def _show_already(turn: BookingTurn) -> Screen:
    earlier = turn.facts.mine[0]
    return Screen(
        lines=(Line(say("already", when=turn.when(earlier.snapshot.starts), title=earlier.snapshot.title)),),
        rows=(
            (Button(say("button-another"), Choose("another"), Style.PRIMARY),),
            (Button(say("button-show-booking"), Do("booking", earlier.id)),),
        ),
    )


ALREADY = Step(id="already", show=_show_already, accept=lambda _turn, _choice: "another")


def _show_packages(turn: BookingTurn) -> Screen:
    # A reservation's hold names a package before one was chosen.
    now = turn.facts.live.package_id if turn.facts.live and "package" in turn.answers else turn.text("package")
    return Screen(
        lines=(
            *lines(say("package-ask")),
            *(
                replace(Line(_package_line(turn, one)), gap=number == 0)
                for number, one in enumerate(turn.facts.packages)
            ),
        ),
        rows=tuple(
            (Button(_package_label(turn, one, chosen=one.id == now), Choose(one.id)),) for one in turn.facts.packages
        ),
    )


def _package_line(turn: BookingTurn, package: Package) -> Say:
    minutes, price = _minutes(turn, package), _fee_here(turn, package)
    if not package.includes:
        return say("package-line-bare", title=package.title, minutes=minutes, price=price)
    return say("package-line", title=package.title, minutes=minutes, includes=package.includes, price=price)


def _minutes(turn: BookingTurn, package: Package) -> int:
    length = package.length or next((row.spot.length for row in turn.facts.rows), None)
    return int(length.total_seconds() // 60) if length else 0


def _package_label(turn: BookingTurn, package: Package, *, chosen: bool) -> Say:
    key = "button-package-now" if chosen else "button-package"
    return say(key, title=package.title, price=_fee_here(turn, package))


def _fee_here(turn: BookingTurn, package: Package) -> Money | Say:
    """The fee, or what it comes to at the reserved time, as long as that is the one held."""
    live = turn.facts.live
    reserved = live.snapshot if live and live.reservation_id else None
    return price_at(package, reserved.premium_minor, reserved.discount) if reserved else fee_of(package)


def fee_of(package: Package) -> Money | Say:
    """The fee, or that there is none."""
    return package.fee or say("free-of-charge")


def _accept_package(turn: BookingTurn, choice: str) -> Answer:
    live = turn.facts.live
    if live:
        turn.facts.forget(turn.desk.choose(live.id, choice, live.add_ons))
    if all(one.id != choice for one in turn.facts.packages):
        raise PackageGone
    return choice


def _typed_package(turn: BookingTurn, text: str) -> str | None:
    named = [one.id for one in turn.facts.packages if one.title.casefold() == text.strip().casefold()]
    return named[0] if len(named) == 1 else None


PACKAGE = Step(id="package", section="package", show=_show_packages, accept=_accept_package, typed=_typed_package)


def chosen_package(turn: BookingTurn) -> Package:
    """The package as it stands: the booking's, the answer's, or the only one."""
    live = turn.facts.live
    wanted = live.package_id if live else turn.text("package")
    packages = turn.facts.packages
    return next((one for one in packages if one.id == wanted), packages[0])


def _shortest(packages: tuple[Package, ...]) -> Package:
    return min(packages, key=lambda one: one.length.total_seconds() if one.length else 0.0)


def _description(turn: BookingTurn) -> tuple[Line, ...]:
    text = turn.facts.mini.description
    return (Line(say("as-written", text=text)),) if text else ()


def _place(turn: BookingTurn) -> tuple[Line, ...]:
    place = turn.facts.mini.place or next((day.place for day in turn.facts.days.values() if day.place), "")
    return (Line(say("offer-where", place=place)),) if place else ()


def _days(turn: BookingTurn, free: list[SpotRow]) -> tuple[str, ...]:
    first_of_day = {turn.facts.date_of(row): row for row in reversed(free)}
    return tuple(
        turn.words.phrase(say("a-day", day=turn.when(first_of_day[day].spot.starts, Clock.DAY)), turn.language)
        for day in sorted(first_of_day)
    )


def _from(packages: tuple[Package, ...]) -> Say:
    cheapest = min(packages, key=lambda one: one.fee.minor)
    if not cheapest.fee:
        return say("offer-free")
    if not cheapest.includes:
        return say("offer-from", price=cheapest.fee)
    return say("offer-from-with", price=cheapest.fee, includes=cheapest.includes)
