"""The installation's database: brought to this release, and opened."""

from bots.settings import Settings
from storage.migrations import upgrade
from storage.store import Store


def open_store(settings: Settings) -> Store:
    """The database at the present release. Opening it migrates it. Raises SettingsWrong."""
    upgrade(settings.database)
    return Store.open(settings.database, link_key=settings.link_key)
