"""The migrations and the tables say the same, on both engines, however many upgrade at once."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, make_url, text

from storage.migrations import Age, age, upgrade
from storage.overlap import CLAIMS_OVERLAP
from storage.schema import metadata
from storage.store import Store
from tests.storage import raw
from tests.storage.builders import furnish

SQLITE_SCHEMA = text("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
POSTGRES_SCHEMA = text(
    """
    SELECT 'column', table_name, column_name, data_type || ' ' || is_nullable || ' ' || is_identity
      FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT 'index', tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid)
      FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid)
      FROM pg_trigger WHERE NOT tgisinternal
    """
)


def schema(url: str) -> set[tuple[str, ...]]:
    """Everything that the database knows of its tables, Alembic's own apart."""
    on_sqlite = make_url(url).get_backend_name() == "sqlite"
    rows = raw.rows(url, SQLITE_SCHEMA if on_sqlite else POSTGRES_SCHEMA)
    written = {tuple(_in_order(" ".join(str(part).split())) for part in row) for row in rows}
    return {row for row in written if not any("alembic_version" in part for part in row)}


def _in_order(ddl: str) -> str:
    """A table's constraints have no order of their own, but SQLite remembers one."""
    columns, *constraints = re.split(r", (?=CONSTRAINT )", ddl.removesuffix(" )"))
    return ", ".join([columns, *sorted(constraints)])


def create_all(url: str) -> None:
    with raw.connected(url) as connection:
        metadata.create_all(connection)


def drop_all(url: str) -> None:
    with raw.connected(url) as connection:
        connection.execute(text("DROP TABLE alembic_version"))
        metadata.drop_all(connection)


def test_the_migrations_make_the_tables(empty_database_url: str):
    upgrade(empty_database_url)
    migrated = schema(empty_database_url)
    drop_all(empty_database_url)
    create_all(empty_database_url)

    assert len(migrated) > 40
    assert any(CLAIMS_OVERLAP in part for row in migrated for part in row)
    assert migrated == schema(empty_database_url)


def test_upgrading_again_changes_nothing(database_url: str):
    store = Store.open(database_url)
    store.do(furnish)
    before = schema(database_url)
    upgrade(database_url)

    assert schema(database_url) == before
    assert len(store.look(lambda records: records.studios.all())) == 1
    store.close()


def test_several_may_upgrade_at_once(empty_database_url: str):
    with ThreadPoolExecutor(4) as threads:
        done = list(threads.map(upgrade, [empty_database_url] * 4))

    assert done == [None] * 4
    assert raw.rows(empty_database_url, text("SELECT count(*) FROM clock"))[0][0] == 1


def test_the_age_of_a_database_is_told(empty_database_url: str):
    nothing = age(empty_database_url)
    upgrade(empty_database_url)
    present = age(empty_database_url)
    raw.execute(empty_database_url, "UPDATE alembic_version SET version_num = '0001'")
    older = age(empty_database_url)
    raw.execute(empty_database_url, "UPDATE alembic_version SET version_num = 'from the future'")

    assert (nothing, present, older) == (Age.NONE, Age.PRESENT, Age.OLDER)
    assert age(empty_database_url) is Age.NEWER


def test_a_look_for_a_database_that_is_not_there_makes_none(tmp_path: Path):
    (tmp_path / "text.db").write_text("no database, but a text that is longer than the header of one" * 10)

    assert age(f"sqlite:///{tmp_path / 'minis.db'}") is Age.NONE
    assert age(f"sqlite:///{tmp_path / 'text.db'}") is Age.NONE
    assert age("postgresql+psycopg://nobody@127.0.0.1:9/nothing") is Age.NONE
    assert [path.name for path in tmp_path.iterdir()] == ["text.db"]


def test_an_upgrade_that_fails_leaves_nothing_behind(empty_database_url: str):
    raw.execute(empty_database_url, "CREATE TABLE talks (id INTEGER)")

    with pytest.raises(Exception, match="talks"):
        upgrade(empty_database_url)
    assert tables(empty_database_url) == ["talks"]


def tables(url: str) -> list[str]:
    def names(connection: Connection) -> list[str]:
        return inspect(connection).get_table_names()

    with raw.connected(url) as connection:
        return names(connection)


@pytest.mark.parametrize("name", ["one_live_claim", "one_live_hold", "one_live_preview"])
def test_the_promises_are_unique_indexes(database_url: str, name: str):
    with raw.connected(database_url) as connection:
        found = [
            index
            for table in ("claims", "bookings")
            for index in inspect(connection).get_indexes(table)
            if index["name"] == name
        ]

    assert [bool(index["unique"]) for index in found] == [True]


def test_every_constraint_and_index_has_a_name():
    nameless = [
        str(constraint)
        for table in metadata.tables.values()
        for constraint in [*table.constraints, *table.indexes]
        if not constraint.name
    ]

    assert nameless == []
