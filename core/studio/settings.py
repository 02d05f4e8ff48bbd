"""What an owner settles for the whole studio (A2), and the limits of each setting."""

import unicodedata
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from phonenumbers import SUPPORTED_REGIONS

from core.ports import Records
from core.studio.studio import PREFIX, Studio
from core.values.moments import local
from core.values.money import CURRENCIES
from core.values.refusals import Overtaken, Refusal
from core.values.texts import shows_something

NAME_LONGEST = 64  # characters, of a studio's name
TEXT_LONGEST = 2_000  # characters, of the privacy notice
DUE_LONGEST = timedelta(days=90)
CANCEL_LONGEST = timedelta(days=90)
PHOTOS_LONGEST = timedelta(days=3650)
_WHOLE = 10_000  # hundredths of a percent


class SettingWrong(Refusal):
    """A setting that cannot be.

    The hint is which one: `name`, `zone`, `currency`, `country`, `text`, `tax`, `due`, `cancel` or `photos`.
    """


class StudioInUse(Refusal):
    """Zone and currency stay as they are once a mini has bookings (DECISIONS 17)."""


class NotSetUp(Refusal):
    """A mini is made once the studio is set up: its times are of the studio's zone, its prices in its currency (A2)."""


class DaysSet(Refusal):
    """The zone stays as it is while a mini has a day ahead: its spots are instants, and would be at other hours."""


class PricesSet(Refusal):
    """The currency stays as it is while something has a price in it: nobody knows what that would be in another."""


def settle(records: Records, studio: Studio, wanted: Studio) -> Studio:
    """Write the settings as they are wanted; gives the studio as it is now.

    Raises SettingWrong, StudioInUse, DaysSet, PricesSet, and Overtaken where somebody else settled something meanwhile.
    """
    _check(wanted)
    if (wanted.zone_name, wanted.currency) != (studio.zone_name, studio.currency) and records.bookings.any(studio.id):
        raise StudioInUse
    if wanted.zone_name != studio.zone_name and _has_days_ahead(records, studio):
        raise DaysSet
    if wanted.currency != studio.currency and _has_prices(records, studio):
        raise PricesSet
    if not records.studios.change(studio, wanted):
        raise Overtaken
    return replace(wanted, version=studio.version + 1)


def code_prefix(name: str) -> str:
    """What the numbers of bookings begin with, LP of Luna Photo; the usual letters where the name has none for it."""
    plain = unicodedata.normalize("NFKD", name).upper()
    words = ["".join(char for char in word if "A" <= char <= "Z") for word in plain.split()]
    first, *others = [word for word in words if word] or [""]
    letters = (first[:1] + others[0][:1]) if others else first[:2]
    return letters if len(letters) == 2 else PREFIX


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):  # unknown, no name at all, a folder of zones
        return False
    return True


def _has_prices(records: Records, studio: Studio) -> bool:
    return any(mini.packages or mini.add_ons for mini in records.minis.all(studio.id))


def _has_days_ahead(records: Records, studio: Studio) -> bool:
    today = local(records.now, studio.zone).date()
    minis = records.minis.all(studio.id)
    return any(day.date >= today for mini in minis for day in records.minis.days(studio.id, mini.id))


def _check(studio: Studio) -> None:
    if not shows_something(studio.name) or len(studio.name) > NAME_LONGEST:
        raise SettingWrong(hint="name", most=NAME_LONGEST)
    if not _is_zone(studio.zone_name):
        raise SettingWrong(hint="zone")
    if studio.currency not in CURRENCIES:
        raise SettingWrong(hint="currency")
    if studio.country not in SUPPORTED_REGIONS:
        raise SettingWrong(hint="country")
    if len(studio.privacy_notice or "") > TEXT_LONGEST:
        raise SettingWrong(hint="text", most=TEXT_LONGEST)
    if studio.tax and not (shows_something(studio.tax.name) and 0 < studio.tax.rate_hundredths < _WHOLE):
        raise SettingWrong(hint="tax")
    if not timedelta(0) <= studio.balance_due <= DUE_LONGEST:
        raise SettingWrong(hint="due", most=DUE_LONGEST.days)
    if not timedelta(0) <= studio.cancel_until <= CANCEL_LONGEST:
        raise SettingWrong(hint="cancel", most=int(CANCEL_LONGEST.total_seconds() // 3600))
    if not timedelta(days=1) <= studio.photos_kept <= PHOTOS_LONGEST:
        raise SettingWrong(hint="photos", most=PHOTOS_LONGEST.days)
