"""H2: the price in full, against an oracle of its own in fractions."""

import random
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.booking.price import AddOnGone, LineKind, Price, PriceList, Selection, TooManyAddOns, price_of
from core.minis.mini import AddOn, Package, PaidBy, Share
from core.studio.studio import Tax
from core.values.money import CURRENCIES, CurrencyMismatch, Money

PRINT = AddOn(id="print", title="Print", price=Money(2_500, "USD"), most=3)
TEXAS = Tax(name="Sales tax", rate_hundredths=825, inclusive=False)
GERMANY = Tax(name="USt", rate_hundredths=1900, inclusive=True)


def usd(minor: int) -> Money:
    return Money(minor, "USD")


def a_package(fee: int = 15_000, paid_by: PaidBy = PaidBy.FULL, retainer: Share | None = None) -> Package:
    return Package(id="mini", title="Mini", fee=usd(fee), paid_by=paid_by, retainer=retainer)


def a_list(package: Package | None = None, **others: Any) -> PriceList:
    facts: dict[str, Any] = {"package": package or a_package(), "add_ons": (PRINT,), "currency": "USD"} | others
    return PriceList(**facts)


# ── The order of H2 ──────────────────────────────────────────────────────────


@pytest.mark.rule("H2")
def test_a_package_alone_costs_its_fee_and_all_of_it_now() -> None:
    price = price_of(a_list(), Selection())

    assert [(line.kind, line.title, line.count, line.net) for line in price.lines] == [
        (LineKind.PACKAGE, "Mini", 1, usd(15_000))
    ]
    assert (price.subtotal, price.discount, price.tax, price.tip) == (usd(15_000), usd(0), usd(0), usd(0))
    assert (price.total, price.due_now, price.later) == (usd(15_000), usd(15_000), usd(0))


@pytest.mark.rule("H2")
def test_package_premium_and_add_ons_count_for_each_place() -> None:
    price = price_of(a_list(premium_minor=2_000), Selection(3, (("print", 2),)))

    assert [(line.kind, line.count, line.unit, line.gross) for line in price.lines] == [
        (LineKind.PACKAGE, 3, usd(15_000), usd(45_000)),
        (LineKind.PREMIUM, 3, usd(2_000), usd(6_000)),
        (LineKind.ADD_ON, 6, usd(2_500), usd(15_000)),
    ]
    assert price.total == usd(66_000)


@pytest.mark.rule("H2")
def test_everything_at_once_in_the_order_of_the_rule() -> None:
    prices = a_list(premium_minor=1_000, tax=TEXAS, discount=Share(percent_hundredths=1_000))
    price = price_of(prices, Selection(2, (("print", 1),), tip_minor=500))

    assert price.subtotal == usd(37_000)
    assert price.discount == usd(3_700)
    assert price.tax == usd(2_747)  # 8.25 % of 333.00 is 27.4725
    assert price.total == usd(33_300 + 2_747 + 500)
    assert [line.net.minor for line in price.lines] == [27_000, 1_800, 4_500]


@pytest.mark.rule("H2")
def test_a_discount_is_spread_over_the_lines_by_largest_remainder() -> None:
    pins = AddOn(id="pin", title="Pin", price=usd(100))
    prices = a_list(a_package(100), premium_minor=100, add_ons=(pins,), discount=Share(amount=usd(100)))

    price = price_of(prices, Selection(add_ons=(("pin", 1),)))

    assert [line.net.minor for line in price.lines] == [66, 67, 67]


@pytest.mark.rule("H2")
@pytest.mark.parametrize("discount", [Share(amount=usd(99_999)), Share(percent_hundredths=15_000)])
def test_a_discount_never_takes_the_price_below_zero(discount: Share) -> None:
    price = price_of(a_list(discount=discount, tax=TEXAS), Selection(tip_minor=300))

    assert (price.discount, price.tax, price.total) == (usd(15_000), usd(0), usd(300))


@pytest.mark.rule("H2")
def test_an_inclusive_tax_is_taken_out_and_not_added() -> None:
    price = price_of(a_list(a_package(11_900), tax=GERMANY), Selection())

    assert (price.tax, price.total, price.tax_rule) == (usd(1_900), usd(11_900), GERMANY)


@pytest.mark.rule("H2")
def test_tax_is_rounded_half_up_once_for_all_lines() -> None:
    half = Tax(name="Tax", rate_hundredths=1_000, inclusive=False)
    pins = AddOn(id="pin", title="Pin", price=usd(5))

    price = price_of(a_list(a_package(10), add_ons=(pins,), tax=half), Selection(add_ons=(("pin", 1),)))

    assert price.tax == usd(2)  # 1.5; line by line it would be 1 + 1, or 0 with halves down


@pytest.mark.rule("H2")
def test_a_tip_is_not_taxed_nor_discounted() -> None:
    prices = a_list(tax=TEXAS, discount=Share(percent_hundredths=5_000))

    without, with_tip = price_of(prices, Selection()), price_of(prices, Selection(tip_minor=1_000))

    assert with_tip.tax == without.tax
    assert with_tip.discount == without.discount
    assert with_tip.total == without.total + usd(1_000)


# ── What is due now ──────────────────────────────────────────────────────────


@pytest.mark.rule("H2")
@pytest.mark.parametrize(
    ("retainer", "due_now"),
    [
        (Share(amount=usd(5_000)), 5_000),
        (Share(amount=usd(50_000)), 16_238),
        (Share(percent_hundredths=2_500), 4_060),  # a quarter of 162.38 is 40.595
        (Share(percent_hundredths=10_000), 16_238),
    ],
)
def test_a_retainer_is_of_the_total_without_tip_and_never_more(retainer: Share, due_now: int) -> None:
    prices = a_list(a_package(paid_by=PaidBy.RETAINER, retainer=retainer), tax=TEXAS)

    price = price_of(prices, Selection(tip_minor=1_000))

    assert price.total == usd(17_238)
    assert (price.due_now, price.later) == (usd(due_now), usd(17_238 - due_now))


@pytest.mark.rule("H2")
def test_a_tip_without_a_retainer_is_due_at_once() -> None:
    assert price_of(a_list(), Selection(tip_minor=1_000)).due_now == usd(16_000)


@pytest.mark.rule("H2")
@pytest.mark.parametrize(("fee", "due_now"), [(0, 0), (1, 0), (49, 0), (50, 50), (51, 51)])
def test_an_amount_due_now_below_the_minimum_goes_on_the_balance(fee: int, due_now: int) -> None:
    price = price_of(a_list(a_package(fee)), Selection(), minimum_minor=50)

    assert (price.due_now, price.later) == (usd(due_now), usd(fee - due_now))


@pytest.mark.rule("H2")
def test_a_retainer_below_the_minimum_goes_on_the_balance() -> None:
    package = a_package(paid_by=PaidBy.RETAINER, retainer=Share(amount=usd(49)))

    price = price_of(a_list(package), Selection(), minimum_minor=50)

    assert (price.due_now, price.later) == (usd(0), usd(15_000))


@pytest.mark.rule("H2", "B3")
def test_what_is_paid_outside_is_never_due_now() -> None:
    price = price_of(a_list(a_package(paid_by=PaidBy.OUTSIDE)), Selection(tip_minor=100))

    assert (price.due_now, price.later, price.paid_by) == (usd(0), usd(15_100), PaidBy.OUTSIDE)


@pytest.mark.rule("H2", "B3")
def test_a_free_package_costs_nothing() -> None:
    price = price_of(a_list(a_package(0, PaidBy.FREE), tax=TEXAS), Selection(places=4))

    assert (price.total, price.due_now, price.later, price.paid_by) == (usd(0), usd(0), usd(0), PaidBy.FREE)


@pytest.mark.rule("H2", "B3")
def test_a_free_package_with_an_add_on_that_costs_is_paid_in_full() -> None:
    price = price_of(a_list(a_package(0, PaidBy.FREE)), Selection(add_ons=(("print", 1),)))

    assert (price.due_now, price.later, price.paid_by) == (usd(2_500), usd(0), PaidBy.FULL)


# ── What cannot be ───────────────────────────────────────────────────────────


@pytest.mark.rule("B4")
def test_of_an_add_on_no_more_are_taken_than_allowed() -> None:
    with pytest.raises(TooManyAddOns) as refused:
        price_of(a_list(), Selection(add_ons=(("print", 4),)))

    assert refused.value.facts == {"title": "Print", "most": 3}
    assert price_of(a_list(), Selection(add_ons=(("print", 3),))).total == usd(22_500)


@pytest.mark.rule("B4")
def test_an_add_on_that_is_not_on_the_list_is_refused() -> None:
    with pytest.raises(AddOnGone):
        price_of(a_list(add_ons=()), Selection(add_ons=(("print", 1),)))


@pytest.mark.rule("B4")
def test_an_add_on_taken_no_times_has_no_line() -> None:
    assert len(price_of(a_list(), Selection(add_ons=(("print", 0),))).lines) == 1


@pytest.mark.parametrize(
    "facts",
    [
        {"premium_minor": -1},
        {"discount": Share(amount=usd(-1))},
        {"discount": Share(percent_hundredths=-1)},
        {"package": a_package(-1)},
        {"package": a_package(100, PaidBy.FREE)},
        {"package": a_package(100, PaidBy.RETAINER)},
    ],
)
def test_a_list_that_contradicts_itself_is_a_bug(facts: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"negative|free|retainer"):
        a_list(**facts)


@pytest.mark.parametrize(
    "facts",
    [
        {"currency": "EUR"},
        {"discount": Share(amount=Money(1, "EUR"))},
        {"add_ons": (AddOn(id="pin", title="Pin", price=Money(1, "EUR")),)},
    ],
)
def test_a_list_is_in_one_currency(facts: dict[str, Any]) -> None:
    with pytest.raises(CurrencyMismatch):
        a_list(**facts)


@pytest.mark.parametrize(
    ("places", "add_ons", "tip"),
    [(0, (), 0), (1, (), -1), (1, (("print", -1),), 0), (1, (("print", 1), ("print", 1)), 0)],
)
def test_a_selection_of_nothing_or_less_is_a_bug(places: int, add_ons: tuple[tuple[str, int], ...], tip: int) -> None:
    with pytest.raises(ValueError, match="selection"):
        Selection(places, add_ons, tip)


# ── Every currency, against the oracle ───────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One price to be worked out."""

    prices: PriceList
    selection: Selection
    minimum_minor: int


def a_random_case(rng: random.Random, currency: str) -> Case:
    def amount() -> Money:
        return Money(rng.choice([0, 1, rng.randrange(100), rng.randrange(10**5), rng.randrange(10**9)]), currency)

    def share() -> Share:
        return Share(amount=amount()) if rng.random() < 0.5 else Share(percent_hundredths=rng.randrange(10_001))

    paid_by = rng.choice(list(PaidBy))
    fee = Money.zero(currency) if paid_by is PaidBy.FREE else amount()
    retainer = share() if paid_by is PaidBy.RETAINER else None
    add_ons = tuple(AddOn(id=str(i), title=f"Add-on {i}", price=amount(), most=9) for i in range(rng.randrange(5)))
    tax = Tax(name="Tax", rate_hundredths=rng.randrange(3_001), inclusive=rng.random() < 0.5)
    prices = PriceList(
        package=Package(id="mini", title="Mini", fee=fee, paid_by=paid_by, retainer=retainer),
        premium_minor=rng.choice([0, rng.randrange(10**4)]),
        add_ons=add_ons,
        tax=tax if rng.random() < 0.8 else None,
        currency=currency,
        discount=share() if rng.random() < 0.6 else None,
    )
    chosen = tuple((add_on.id, rng.randrange(10)) for add_on in add_ons if rng.random() < 0.8)
    selection = Selection(rng.randint(1, 4), chosen, rng.choice([0, rng.randrange(10**4)]))
    return Case(prices=prices, selection=selection, minimum_minor=rng.choice([0, 50]))


def half_up(amount: Fraction) -> int:
    return floor(amount + Fraction(1, 2))


def part_of(whole: int, share: Share | None) -> int:
    if share is None:
        return 0
    if share.amount is not None:
        return min(share.amount.minor, whole)
    return min(half_up(Fraction(whole) * Fraction(share.percent_hundredths or 0, 10_000)), whole)


def check(case: Case) -> None:
    """The price is what H2 says in fractions, and its parts sum to the unit."""
    prices, selection = case.prices, case.selection
    price = price_of(prices, selection, minimum_minor=case.minimum_minor)
    fees = {add_on.id: add_on.price.minor for add_on in prices.add_ons}
    a_place = prices.package.fee.minor + prices.premium_minor + sum(fees[key] * n for key, n in selection.add_ons)
    subtotal = a_place * selection.places
    discount = part_of(subtotal, prices.discount)
    net = subtotal - discount
    rate = Fraction(prices.tax.rate_hundredths if prices.tax else 0, 10_000)
    inclusive = prices.tax is not None and prices.tax.inclusive
    tax = half_up(net - net / (1 + rate)) if inclusive else half_up(net * rate)
    taxed = net if inclusive else net + tax
    total = taxed + selection.tip_minor

    amounts = (price.subtotal, price.discount, price.tax, price.tip, price.total)
    assert [amount.minor for amount in amounts] == [subtotal, discount, tax, selection.tip_minor, total]
    assert {amount.currency for amount in (*amounts, price.due_now, price.later)} == {prices.currency}
    assert price.due_now.minor == due_now(prices, taxed, total, case.minimum_minor)
    assert price.due_now + price.later == price.total
    check_lines(price)


def due_now(prices: PriceList, taxed: int, total: int, minimum: int) -> int:
    due = {
        PaidBy.FREE: total,
        PaidBy.FULL: total,
        PaidBy.RETAINER: part_of(taxed, prices.package.retainer),
        PaidBy.OUTSIDE: 0,
    }[prices.package.paid_by]
    chargeable = due - due % (10 if CURRENCIES[prices.currency] == 3 else 1)
    return chargeable if chargeable >= minimum else 0


def check_lines(price: Price) -> None:
    """Lines sum to the subtotal and to the net; each bears its part of the discount to less than a unit."""
    assert sum(line.gross.minor for line in price.lines) == price.subtotal.minor
    assert sum(line.net.minor for line in price.lines) == price.subtotal.minor - price.discount.minor
    for line in price.lines:
        assert line.gross == line.unit * line.count
        assert 0 <= line.net.minor <= line.gross.minor
        if price.subtotal:
            fair = Fraction(line.gross.minor * price.discount.minor, price.subtotal.minor)
            assert abs(line.gross.minor - line.net.minor - fair) < 1


@pytest.mark.rule("H1", "H2")
@pytest.mark.parametrize("currency", sorted(CURRENCIES))
def test_a_price_is_exact_in_every_currency(currency: str) -> None:
    rng = random.Random(currency)
    for _ in range(15):
        check(a_random_case(rng, currency))


@pytest.mark.full
@pytest.mark.rule("H1", "H2")
@pytest.mark.parametrize("currency", sorted(CURRENCIES))
def test_a_thousand_prices_are_exact_in_every_currency(currency: str) -> None:
    rng = random.Random(f"{currency}, in full")
    for _ in range(1_000):
        check(a_random_case(rng, currency))


@pytest.mark.rule("H2")
@settings(deadline=None)
@given(rng=st.randoms(use_true_random=False), currency=st.sampled_from(sorted(CURRENCIES)))
def test_a_price_is_exact_whatever_is_chosen(rng: random.Random, currency: str) -> None:
    check(a_random_case(rng, currency))
