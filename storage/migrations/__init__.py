"""Bringing a database to the present release, from any earlier one or from nothing."""

from enum import Enum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from storage import postgres, sqlite

#: PostgreSQL's advisory lock of ours: two upgrades at once would both create the tables.
_LOCK = 7_202_611_240


class Age(Enum):
    """Of which release a database is."""

    PRESENT = "present"
    OLDER = "older"
    NEWER = "newer"
    #: There is none, it does not answer, or it is not ours.
    NONE = "none"


def age(url: str) -> Age:
    """Look of which release the database is; nothing is made and nothing written."""
    parsed = make_url(url)
    on_sqlite = parsed.get_backend_name() == "sqlite"
    if on_sqlite:
        engine = sqlite.open_engine(sqlite.only_reading(parsed))
    else:
        engine = postgres.open_engine(postgres.only_reading(parsed), connections=1)
    try:
        with engine.connect() as connection:
            heads = set(MigrationContext.configure(connection).get_current_heads())
            versions = ScriptDirectory.from_config(_config(connection))
    except DBAPIError:
        return Age.NONE
    finally:
        engine.dispose()
    if heads == set(versions.get_heads()):
        return Age.PRESENT
    known = {script.revision for script in versions.walk_revisions()}
    return (Age.OLDER if heads <= known else Age.NEWER) if heads else Age.NONE


def upgrade(url: str) -> None:
    """Create or alter the tables, all or nothing. May be called again, and by several processes at once."""
    parsed = make_url(url)
    on_sqlite = parsed.get_backend_name() == "sqlite"
    engine = sqlite.open_engine(parsed) if on_sqlite else postgres.open_engine(parsed, connections=1)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE" if on_sqlite else "BEGIN")
            if not on_sqlite:
                connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
            command.upgrade(_config(connection), "head")
            connection.exec_driver_sql("COMMIT")
    finally:
        engine.dispose()


def _config(connection: object) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
