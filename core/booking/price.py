"""What a booking costs, line by line (H2, DECISIONS 12); the one place where a price is worked out."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from core.minis.mini import AddOn, Package, PaidBy, Share
from core.studio.studio import Tax
from core.values.charges import chargeable, least_online
from core.values.money import WHOLE, CurrencyMismatch, Money, half_up, spread
from core.values.refusals import Refusal


class AddOnGone(Refusal):
    """Only what the booking's own price list names can be added (B4)."""


class TooManyAddOns(Refusal):
    """Of an add-on no more can be taken than the photographer allows (B4). Facts: title, most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceList:
    """All that a price is made from, as it stood when the booking's hold began (B10, DECISIONS 2).

    Amounts of another currency, negative ones and a free package with a fee are bugs of whoever made the list.
    """

    package: Package
    #: Added to the fee for the chosen spot (B4).
    premium_minor: int = 0
    add_ons: tuple[AddOn, ...] = ()
    tax: Tax | None = None
    currency: str
    #: The larger of coupon and reservation (DECISIONS 4).
    discount: Share | None = None

    def __post_init__(self) -> None:
        shares = (self.discount, self.package.retainer)
        amounts = [self.package.fee, *(add_on.price for add_on in self.add_ons)]
        amounts += [share.amount for share in shares if share and share.amount]
        if any(amount.currency != self.currency for amount in amounts):
            raise CurrencyMismatch(f"a price list in {self.currency} with an amount of another currency")
        if self.premium_minor < 0 or any(amount.minor < 0 for amount in amounts):
            raise ValueError("a price list has no negative amounts")
        if any(share and share.percent_hundredths is not None and share.percent_hundredths < 0 for share in shares):
            raise ValueError("a price list has no negative percentages")
        if self.package.paid_by is PaidBy.FREE and self.package.fee:
            raise ValueError("a free package has no fee")
        if self.package.paid_by is PaidBy.RETAINER and self.package.retainer is None:
            raise ValueError("a package paid by retainer names the retainer")


@dataclass(frozen=True, slots=True)
class Selection:
    """What the client chose. Out of range is a bug here: what people type is refused where it is read."""

    places: int = 1
    #: Pairs of an add-on's id and how many of it for each place; an id stands once.
    add_ons: tuple[tuple[str, int], ...] = ()
    tip_minor: int = 0

    def __post_init__(self) -> None:
        if self.places < 1 or self.tip_minor < 0 or any(count < 0 for _, count in self.add_ons):
            raise ValueError("a selection has at least one place and nothing negative")
        if len(dict(self.add_ons)) < len(self.add_ons):
            raise ValueError("a selection names an add-on once")


class LineKind(StrEnum):
    """What a line of a price is for."""

    PACKAGE = "package"
    PREMIUM = "premium"
    ADD_ON = "add_on"


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceLine:
    """One line of the review card and of the invoice."""

    kind: LineKind
    #: As the photographer wrote it; a premium has none, its words are the catalogue's.
    title: str
    #: For all places together.
    count: int
    unit: Money
    #: `unit` times `count`.
    gross: Money
    #: `gross` less this line's part of the discount; with exclusive tax still to come, with inclusive tax in it.
    net: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What a booking costs and when it is due. Frozen in each checkout (DECISIONS 2); every amount is exact.

    `total` = sum of the lines' `net` + `tax` unless it is inclusive + `tip` = `due_now` + `later`.
    """

    lines: tuple[PriceLine, ...]
    #: Sum of the lines' `gross`.
    subtotal: Money
    #: What the discount takes off; never more than the subtotal.
    discount: Money
    #: Added by an exclusive tax, contained by an inclusive one.
    tax: Money
    #: The tax that `tax` is of, for its name and rate; None where the studio has none.
    tax_rule: Tax | None
    tip: Money
    total: Money
    #: To be paid online before the booking is confirmed.
    due_now: Money
    #: The balance, or all of what is paid outside.
    later: Money
    #: How, should there be anything to pay. A free package that costs something after all is paid in full.
    paid_by: PaidBy


def price_of_one(
    package: Package, *, premium_minor: int = 0, tax: Tax | None = None, discount: Share | None = None
) -> Price:
    """The price of one place of the package without add-ons, as it would be taken online."""
    currency = package.fee.currency
    prices = PriceList(package=package, premium_minor=premium_minor, tax=tax, currency=currency, discount=discount)
    return price_of(prices, Selection(), minimum_minor=least_online(currency).minor)


def price_of(prices: PriceList, selection: Selection, *, minimum_minor: int = 0) -> Price:
    """The price of a selection from a list, in the list's currency.

    In this order: package, premium and add-ons, times places; the discount, never below zero; tax on what is left;
    the tip, untaxed. A free package with add-ons, a premium or a tip is due in full. `minimum_minor` is the least that
    can be paid online (0: anything); a smaller amount due now goes on the balance, and so does what is too fine to be
    charged.
    Raises AddOnGone and TooManyAddOns.
    """
    gross = list(_gross_lines(prices, selection))
    subtotal = _sum((line.gross for line in gross), prices.currency)
    discount = _share_of(subtotal, prices.discount)
    lines = _discounted(gross, discount)
    net = subtotal - discount
    tax = _tax_on(net, prices.tax)
    taxed = net if prices.tax is None or prices.tax.inclusive else net + tax
    tip = Money(selection.tip_minor, prices.currency)
    total = taxed + tip
    paid_by = PaidBy.FULL if prices.package.paid_by is PaidBy.FREE and total else prices.package.paid_by
    due_now = chargeable(_due_now(paid_by, taxed, tip, prices.package.retainer))
    if due_now.minor < minimum_minor:
        due_now = Money.zero(prices.currency)
    return Price(
        lines=lines,
        subtotal=subtotal,
        discount=discount,
        tax=tax,
        tax_rule=prices.tax,
        tip=tip,
        total=total,
        due_now=due_now,
        later=total - due_now,
        paid_by=paid_by,
    )


def _gross_lines(prices: PriceList, selection: Selection) -> Iterable[PriceLine]:
    """The lines before any discount; what is not taken has no line."""
    yield _line(LineKind.PACKAGE, prices.package.title, selection.places, prices.package.fee)
    if prices.premium_minor:
        yield _line(LineKind.PREMIUM, "", selection.places, Money(prices.premium_minor, prices.currency))
    known = {add_on.id: add_on for add_on in prices.add_ons}
    for add_on_id, count in selection.add_ons:
        if add_on_id not in known:
            raise AddOnGone
        add_on = known[add_on_id]
        if count > add_on.most:
            raise TooManyAddOns(title=add_on.title, most=add_on.most)
        if count:
            yield _line(LineKind.ADD_ON, add_on.title, count * selection.places, add_on.price)


def _line(kind: LineKind, title: str, count: int, unit: Money) -> PriceLine:
    gross = unit * count
    return PriceLine(kind=kind, title=title, count=count, unit=unit, gross=gross, net=gross)


def _discounted(lines: list[PriceLine], discount: Money) -> tuple[PriceLine, ...]:
    parts = spread(discount.minor, [line.gross.minor for line in lines])
    return tuple(
        replace(line, net=line.gross - Money(part, discount.currency)) for line, part in zip(lines, parts, strict=True)
    )


def _share_of(whole: Money, share: Share | None) -> Money:
    """The share in money, rounded half up and never more than the whole; nothing where there is no share."""
    if share is None:
        return Money.zero(whole.currency)
    part = share.amount if share.amount is not None else whole.share(share.percent_hundredths or 0)
    return min(part, whole)


def _tax_on(net: Money, tax: Tax | None) -> Money:
    """Tax on the whole net at once, so rounded once: what an exclusive rate adds or an inclusive one contains."""
    if tax is None:
        return Money.zero(net.currency)
    if tax.inclusive:
        return Money(half_up(net.minor * tax.rate_hundredths, WHOLE + tax.rate_hundredths), net.currency)
    return net.share(tax.rate_hundredths)


def _due_now(paid_by: PaidBy, taxed: Money, tip: Money, retainer: Share | None) -> Money:
    match paid_by:
        case PaidBy.FULL:
            return taxed + tip
        case PaidBy.RETAINER:
            return _share_of(taxed, retainer)
        case PaidBy.FREE | PaidBy.OUTSIDE:
            return Money.zero(taxed.currency)


def _sum(amounts: Iterable[Money], currency: str) -> Money:
    return sum(amounts, start=Money.zero(currency))
