"""Bringing a database to the present release, from any earlier one or from nothing."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import make_url

from storage import postgres, sqlite

#: PostgreSQL's advisory lock of ours: two upgrades at once would both create the tables.
_LOCK = 7_202_611_240


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
