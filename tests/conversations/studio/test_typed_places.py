"""Places and currencies as people type them."""

import pytest

from conversations.studio.typed_places import country_of, currencies_of, read_country, read_currency, zones_meant

ZONES = (
    ("Chicago", "en", "America/Chicago"),
    ("chicago, IL", "en", "America/Chicago"),
    ("Europe/Berlin", "en", "Europe/Berlin"),
    ("São Paulo", "en", "America/Sao_Paulo"),
    ("sao paulo", "en", "America/Sao_Paulo"),
    ("Rom", "de", "Europe/Rome"),
    ("Calcutta", "en", "Asia/Kolkata"),
    ("Germany", "en", "Europe/Berlin"),
    ("Deutschland", "de", "Europe/Berlin"),
    ("UK", "en", "Europe/London"),
    ("Pacific time", "en", "America/Vancouver America/Los_Angeles"),
    ("Spain", "en", "Europe/Madrid Atlantic/Canary"),
    ("Mars", "en", ""),
    ("UTC", "en", ""),
    ("EST", "en", ""),
    ("a/../b", "en", ""),
    ("", "en", ""),
    ("x" * 5_000, "en", ""),
)


@pytest.mark.rule("A2")
@pytest.mark.parametrize(("text", "language", "zones"), ZONES)
def test_a_place_is_its_zones_or_none(text: str, language: str, zones: str):
    assert " ".join(zones_meant(text, language)) == zones


@pytest.mark.rule("A2")
def test_a_wide_country_is_a_zone_for_each_of_its_clocks():
    assert {"America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles"} <= {
        *zones_meant("USA", "en")
    }
    assert len(zones_meant("United States", "en")) < 12
    assert {"Australia/Sydney", "Australia/Perth"} <= {*zones_meant("Australia", "en")}


@pytest.mark.rule("A2")
@pytest.mark.parametrize(
    ("text", "country", "currency"),
    [
        ("usd", "US", "USD"),
        ("$", "CA", "CAD"),
        ("$", "US", "USD"),
        ("€", "US", "EUR"),
        ("euros", "DE", "EUR"),
        ("British pounds", "GB", "GBP"),
        ("yen", "JP", "JPY"),
        ("dollars", "US", None),
        ("francs", "CH", None),
        ("pebbles", "US", None),
    ],
)
def test_a_currency_is_one_or_none(text: str, country: str, currency: str | None):
    assert read_currency(text, country, "en") == currency


@pytest.mark.rule("A2")
def test_a_zone_names_its_country_and_that_its_currency():
    assert country_of("Europe/Berlin") == "DE"
    assert currencies_of("DE") == ("EUR",)
    assert read_country("Vereinigte Staaten", "de") == "US"
    assert read_country("Nowhere", "en") is None
