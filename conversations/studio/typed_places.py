"""Where a studio is, as people type it: a city, a country, a time zone's name; and the currency that goes with it.

What could be several zones stays several, for buttons; what is none is none, and is never guessed.
"""

import unicodedata
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final, cast
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global
from babel.numbers import get_currency_symbol, get_territory_currencies

from conversations.words import locale_of
from core.values.money import CURRENCIES

LANGUAGES: Final = 8  # whose names are kept at hand
LONGEST: Final = 100  # characters; no place has a longer name
#: Days on which two zones that agree will agree for a studio: one of each season.
_SEASONS: Final = (datetime(2026, 1, 15, 12), datetime(2026, 7, 15, 12))  # noqa: DTZ001 - a wall's clock, in any zone
#: What people say beside the names of the locale data.
_ALSO: Final = {"usa": "US", "america": "US", "uk": "GB", "england": "GB", "scotland": "GB", "wales": "GB"}


# -- time zones --


def zones_meant(text: str, language: str) -> tuple[str, ...]:
    """The zones (IANA names) that the text may mean: of one name, of a city, of a country's every clock; or none."""
    said = _folded(text)
    if not said or len(text) > LONGEST:
        return ()
    by_name, by_city = _zones()
    for one in (said, _folded(text.partition(",")[0]), said.removesuffix(" time")):
        if found := by_name.get(one):
            return (found,)
        if cities := by_city.get(one) or _spoken_cities(language).get(one):
            return cities
    country = read_country(text, language)
    return _apart(_by_country().get(country, ())) if country else ()


def country_of(zone: str) -> str:
    """Where the zone's own city is, ISO 3166; empty where it is nowhere in particular."""
    return next((country for country, zones in _by_country().items() if zone in zones), "")


@cache
def _names() -> frozenset[str]:
    """Every zone that is called after a place. (`available_timezones` looks through the machine's files each time.)"""
    names = files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    return frozenset(name for name in names if "/" in name and not name.startswith("Etc/"))


@cache
def _zones() -> tuple[Mapping[str, str], Mapping[str, tuple[str, ...]]]:
    """Each zone by its whole name, and those that are called after a place by that place."""
    aliases: Mapping[str, str] = get_global("zone_aliases")
    by_name: dict[str, str] = {}
    by_city: dict[str, tuple[str, ...]] = {}
    for name in sorted(_names()):
        zone = aliases.get(name, name)
        zone = zone if zone in _names() else name
        by_name[_folded(name)] = zone
        city = _folded(name.rpartition("/")[2])
        by_city[city] = tuple(dict.fromkeys((*by_city.get(city, ()), zone)))
    return by_name, by_city


@lru_cache(maxsize=LANGUAGES)
def _spoken_cities(language: str) -> Mapping[str, tuple[str, ...]]:
    """Zones by their cities as the language calls them: Rom, Kiew."""
    spoken: dict[str, tuple[str, ...]] = {}
    for zone, names in _data(locale_of(language).time_zones).items():
        if zone in _names() and (city := names.get("city")):
            spoken[_folded(str(city))] = (zone,)
    return spoken


@cache
def _by_country() -> Mapping[str, tuple[str, ...]]:
    """The zones of each country, the most populous first, as the zone database lists them."""
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    found: dict[str, tuple[str, ...]] = {}
    for country, _point, zone, *_comment in rows:
        if zone in _names():
            found[country] = (*found.get(country, ()), zone)
    return found


def _apart(zones: tuple[str, ...]) -> tuple[str, ...]:
    """Those of a country that stand for others elsewhere, too, and one of each clock that is none of theirs."""
    known: Mapping[str, str] = get_global("windows_zone_mapping")
    chosen = [zone for zone in zones if zone in known.values()]
    clocks = {_clock(zone) for zone in chosen}
    for zone in zones:
        if _clock(zone) not in clocks:
            clocks.add(_clock(zone))
            chosen.append(zone)
    return tuple(chosen)


def _clock(zone: str) -> tuple[timedelta | None, ...]:
    return tuple(ZoneInfo(zone).utcoffset(day) for day in _SEASONS)


# -- countries and currencies --


def read_country(text: str, language: str) -> str | None:
    """The country of that name or code, ISO 3166."""
    said = _folded(text)
    if len(said) == 2 and said.upper() in _by_country():
        return said.upper()
    return _countries(language).get(said) or _countries("en").get(said) or _ALSO.get(said.replace(".", ""))


def country_name(country: str, language: str) -> str:
    return str(_data(locale_of(language).territories).get(country, country))


def currency_name(currency: str, language: str) -> str:
    return str(_data(locale_of(language).currencies).get(currency, currency))


def currencies_of(country: str) -> tuple[str, ...]:
    """What is paid with there, the usual first."""
    return tuple(one for one in get_territory_currencies(country) if one in CURRENCIES)


def read_currency(text: str, country: str, language: str) -> str | None:
    """The currency of that code or name, or of that sign in the country."""
    said = _folded(text)
    if said.upper() in CURRENCIES:
        return said.upper()
    for one in (*currencies_of(country), *(currency for currency in ("EUR", "GBP") if currency in CURRENCIES)):
        if text.strip() == get_currency_symbol(one, locale=_locale_in(country, language)):
            return one
    names = _currencies(language) | _currencies("en")
    for one in (said, said.removesuffix("s")):
        by_last_word = {code for name, code in names.items() if name.rpartition(" ")[2] == one}
        if found := names.get(one) or (by_last_word.pop() if len(by_last_word) == 1 else None):
            return found
    return None


@lru_cache(maxsize=LANGUAGES)
def _countries(language: str) -> Mapping[str, str]:
    names = _data(locale_of(language).territories)
    return {_folded(name): code for code, name in names.items() if code in _by_country()}


@lru_cache(maxsize=LANGUAGES)
def _currencies(language: str) -> dict[str, str]:
    names = _data(locale_of(language).currencies)
    return {_folded(name): code for code, name in names.items() if code in CURRENCIES}


def _data(of_locale: object) -> Mapping[str, Any]:
    """Babel's tables have no types."""
    return cast("Mapping[str, Any]", of_locale)


def _locale_in(country: str, language: str) -> Locale:
    return locale_of(f"{locale_of(language).language}-{country}")


def _folded(text: str) -> str:
    """Without accents, capitals and what joins the words of a zone's name."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(plain.casefold().replace("_", " ").split())
