"""How packages and add-ons are told to the studio: what each costs, what of it is due when, and what it is."""

from collections.abc import Iterator
from datetime import timedelta

from conversations.screens import Say, say
from core.minis.mini import AddOn, Package, PaidBy
from core.values.money import Money

_MINUTE = timedelta(minutes=1)


def paid_words(package: Package) -> Say:
    """The fee, and what of it is due now and later."""
    match package.paid_by:
        case PaidBy.FREE:
            return say("package-free")
        case PaidBy.FULL:
            return say("package-full", fee=package.fee)
        case PaidBy.OUTSIDE:
            return say("package-outside", fee=package.fee)
        case PaidBy.RETAINER:
            now = retainer_of(package)
            return say("package-retainer", fee=package.fee, now=now, later=package.fee - now)


def retainer_of(package: Package) -> Money:
    """What of the fee alone is due when booking."""
    share = package.retainer
    if share is None:
        raise ValueError("a package paid by retainer names the retainer")
    return share.amount or package.fee.share(share.percent_hundredths or 0)


def package_facts(package: Package) -> Iterator[Say]:
    """Its money, its own length and what is included, a line each."""
    yield paid_words(package)
    if package.length:
        yield say("package-length", minutes=package.length // _MINUTE)
    if package.includes:
        yield say("package-includes", text=package.includes)


def add_on_words(add_on: AddOn) -> Say:
    if add_on.most > 1:
        return say("addon-line-most", title=add_on.title, price=add_on.price, most=add_on.most)
    return say("addon-line", title=add_on.title, price=add_on.price)
