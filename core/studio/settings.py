"""What an owner settles for the whole studio (A2), and the limits of each setting."""

from dataclasses import replace
from zoneinfo import available_timezones

from phonenumbers import SUPPORTED_REGIONS

from core.ports import Records
from core.studio.studio import Studio
from core.values.money import CURRENCIES
from core.values.refusals import Overtaken, Refusal
from core.values.texts import shows_something

NAME_LONGEST = 64  # characters, of a studio's name
TEXT_LONGEST = 2_000  # characters, of the privacy notice


class SettingWrong(Refusal):
    """A setting that cannot be. The hint is which one: `name`, `zone`, `currency`, `country` or `text`."""


class StudioInUse(Refusal):
    """Zone and currency stay as they are once a mini has bookings (DECISIONS 17)."""


def settle(records: Records, studio: Studio, wanted: Studio) -> Studio:
    """Write the settings as they are wanted; gives the studio as it is now.

    Raises SettingWrong and StudioInUse, and Overtaken where somebody else settled something meanwhile.
    """
    _check(wanted)
    if (wanted.zone_name, wanted.currency) != (studio.zone_name, studio.currency) and records.bookings.any(studio.id):
        raise StudioInUse
    if not records.studios.change(studio, wanted):
        raise Overtaken
    return replace(wanted, version=studio.version + 1)


def _check(studio: Studio) -> None:
    if not shows_something(studio.name) or len(studio.name) > NAME_LONGEST:
        raise SettingWrong(hint="name", most=NAME_LONGEST)
    if studio.zone_name not in available_timezones():
        raise SettingWrong(hint="zone")
    if studio.currency not in CURRENCIES:
        raise SettingWrong(hint="currency")
    if studio.country not in SUPPORTED_REGIONS:
        raise SettingWrong(hint="country")
    if len(studio.privacy_notice or "") > TEXT_LONGEST:
        raise SettingWrong(hint="text", most=TEXT_LONGEST)
