"""Packages and add-ons of a mini, one by one, and what each must keep to before it is saved (B3, B4)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from core.minis.describe import read_title
from core.minis.mini import ONLINE, AddOn, Mini, MiniState, Package, PaidBy
from core.minis.parts import changed_since, part_of
from core.minis.plan import DURATION_LIMITS, DurationOutOfRange, check_length
from core.minis.publish import MiniChanged, change_mini
from core.ports import Records
from core.studio.studio import Studio
from core.values.charges import least_online, most_of_one
from core.values.money import CurrencyMismatch, Money
from core.values.refusals import Refusal
from core.values.texts import clean

MOST_PACKAGES = 8
MOST_ADD_ONS = 12
#: Of one add-on in a booking.
MOST_OF_ONE = 100
LONGEST_INCLUDES = 300

T = TypeVar("T", Package, AddOn)


class NoTill(Refusal):
    """Until payments are connected, a package that is paid online is not saved; "outside" is possible (A3)."""


class PackagesFull(Refusal):
    """A mini has up to 8 packages (B3). Facts: most."""


class AddOnsFull(Refusal):
    """A mini has up to 12 add-ons (B4). Facts: most."""


class IncludesTooLong(Refusal):
    """What a package includes is said in up to 300 characters (B3). Facts: most, and length, what it has."""


class FeeTooSmall(Refusal):
    """What is paid online is no less than the till takes (B3). Facts: least."""


class AmountTooLarge(Refusal):
    """No fee, price or premium is more than can be charged at once (B3, B4). Facts: most."""


class RetainerTooSmall(Refusal):
    """A retainer is no less than the till takes online (B3). Facts: least."""


class RetainerTooLarge(Refusal):
    """A retainer is less than the fee: it is a part of it (B3). Facts: fee."""


class MostOutOfRange(Refusal):
    """Of an add-on 1 to 100 can be taken (B4). Facts: least, most."""


class LastPackage(Refusal):
    """A mini that can be booked keeps a package (B9)."""


def save_package(
    records: Records, studio: Studio, mini: Mini, package: Package, *, takes_cards: bool, seen: int | None = None
) -> Mini:
    """Save a package in the place of the one with its id, else as the last; one without an id is given one.

    Raises:
        TitleOutOfRange, IncludesTooLong, DurationOutOfRange, AmountTooLarge: a limit.
        NoTill, FeeTooSmall, RetainerTooSmall, RetainerTooLarge: it cannot be paid so.
        PackagesFull: there are as many as can be.
        MiniChanged: somebody has changed or removed it since the version `seen`.
    """
    package = _checked_package(studio, package, takes_cards=takes_cards)
    package = package if package.id else replace(package, id=records.new_id())
    _check_seen(mini, "packages", package.id, seen)
    packages = _with(mini.packages, package)
    if len(packages) > max(MOST_PACKAGES, len(mini.packages)):
        raise PackagesFull(most=MOST_PACKAGES)
    return change_mini(records, mini, replace(mini, packages=packages))


def remove_package(records: Records, mini: Mini, package_id: str) -> Mini:
    """Offer the package no more, to new bookings (B10). Raises MiniChanged where it is not there, and LastPackage."""
    packages = _without(mini.packages, package_id)
    if not packages and mini.state in {MiniState.PUBLISHED, MiniState.UNPUBLISHED}:
        raise LastPackage
    return change_mini(records, mini, replace(mini, packages=packages))


def save_add_on(records: Records, studio: Studio, mini: Mini, add_on: AddOn, *, seen: int | None = None) -> Mini:
    """Save an add-on as `save_package` does a package.

    Raises TitleOutOfRange, AmountTooLarge, MostOutOfRange, AddOnsFull and MiniChanged.
    """
    check_amount(studio, add_on.price)
    if not 1 <= add_on.most <= MOST_OF_ONE:
        raise MostOutOfRange(least=1, most=MOST_OF_ONE)
    add_on = replace(add_on, id=add_on.id or records.new_id(), title=read_title(add_on.title))
    _check_seen(mini, "add_ons", add_on.id, seen)
    add_ons = _with(mini.add_ons, add_on)
    if len(add_ons) > max(MOST_ADD_ONS, len(mini.add_ons)):
        raise AddOnsFull(most=MOST_ADD_ONS)
    return change_mini(records, mini, replace(mini, add_ons=add_ons))


def remove_add_on(records: Records, mini: Mini, add_on_id: str) -> Mini:
    """Offer the add-on no more, to new bookings (B10). Raises MiniChanged where it is not there."""
    return change_mini(records, mini, replace(mini, add_ons=_without(mini.add_ons, add_on_id)))


def check_amount(studio: Studio, amount: Money) -> None:
    """Raise AmountTooLarge; an amount that is negative or of another currency is a bug."""
    if amount.currency != studio.currency:
        raise CurrencyMismatch(f"{amount.currency} in a studio of {studio.currency}")
    if amount.minor < 0:
        raise ValueError("nothing costs less than nothing")
    most = most_of_one(studio.currency)
    if most < amount:
        raise AmountTooLarge(most=most)


def _checked_package(studio: Studio, package: Package, *, takes_cards: bool) -> Package:
    includes = clean(package.includes).strip()
    if len(includes) > LONGEST_INCLUDES:
        raise IncludesTooLong(most=LONGEST_INCLUDES, length=len(includes))
    if package.length is not None:
        check_length(package.length, DURATION_LIMITS, DurationOutOfRange)
    check_amount(studio, package.fee)
    if package.paid_by is PaidBy.FREE and package.fee:
        raise ValueError("a free package has no fee")
    if package.paid_by in ONLINE:
        _check_online(package, takes_cards=takes_cards)
    retainer = package.retainer if package.paid_by is PaidBy.RETAINER else None
    return replace(package, title=read_title(package.title), includes=includes, retainer=retainer)


def _check_online(package: Package, *, takes_cards: bool) -> None:
    if not takes_cards:
        raise NoTill
    least = max(least_online(package.fee.currency), Money(1, package.fee.currency))
    if package.fee < least:
        raise FeeTooSmall(least=least)
    if package.paid_by is PaidBy.RETAINER:
        now = _retainer_of(package)
        if now < least:
            raise RetainerTooSmall(least=least)
        if package.fee <= now:
            raise RetainerTooLarge(fee=package.fee)


def _retainer_of(package: Package) -> Money:
    """The retainer of the fee alone; a booking's own is of all that is booked."""
    if package.retainer is None:
        raise ValueError("a package paid by retainer names the retainer")
    return package.retainer.amount or package.fee.share(package.retainer.percent_hundredths or 0)


def _check_seen(mini: Mini, kind: str, one_id: str, seen: int | None) -> None:
    if changed_since(mini, part_of(kind, one_id), seen):
        raise MiniChanged


def _with(all_there: Sequence[T], wanted: T) -> tuple[T, ...]:
    if any(one.id == wanted.id for one in all_there):
        return tuple(wanted if one.id == wanted.id else one for one in all_there)
    return (*all_there, wanted)


def _without(all_there: Sequence[T], one_id: str) -> tuple[T, ...]:
    left = tuple(one for one in all_there if one.id != one_id)
    if len(left) == len(all_there):
        raise MiniChanged
    return left
