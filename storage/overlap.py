"""Rule C7 in the database: exclusive live claims of one studio on different spots never share any time.

PostgreSQL has an exclusion constraint for it, with btree_gist, an extension that the owner of a database may install.
Where the server has no such extension, a trigger does it under a lock of the studio: without the lock two transactions
would not see each other's rows. SQLite has one writer at a time, so a trigger is enough.
"""

from typing import Any

from sqlalchemy import Connection, Table, event, text

from storage.tables import LONGEST_SPOT, claims

#: What a violation is called on every engine.
CLAIMS_OVERLAP = "claims_never_overlap"

SQLITE = [
    f"""
    CREATE TRIGGER {CLAIMS_OVERLAP}_{name} BEFORE {what} ON claims
    WHEN NEW.exclusive AND NEW.released_at IS NULL AND EXISTS (
        SELECT 1 FROM claims AS other
        WHERE other.studio_id = NEW.studio_id AND other.exclusive = 1 AND other.released_at IS NULL
        AND other.ends > NEW.starts AND other.ends < NEW.ends + {LONGEST_SPOT}
        AND other.starts < NEW.ends AND other.spot_id <> NEW.spot_id
    )
    BEGIN SELECT RAISE(ABORT, '{CLAIMS_OVERLAP}'); END
    """  # noqa: S608 - made of constants of ours
    for name, what in (
        ("new", "INSERT"),
        ("changed", "UPDATE OF studio_id, spot_id, starts, ends, exclusive, released_at"),
    )
]

POSTGRES = [
    "CREATE EXTENSION IF NOT EXISTS btree_gist",
    f"""
    ALTER TABLE claims ADD CONSTRAINT {CLAIMS_OVERLAP}
    EXCLUDE USING gist (studio_id WITH =, int8range(starts, ends) WITH &&, spot_id WITH <>)
    WHERE (released_at IS NULL AND exclusive)
    """,
]

POSTGRES_WITHOUT_GIST = [
    f"""
    CREATE FUNCTION {CLAIMS_OVERLAP}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM pg_advisory_xact_lock(hashtextextended('{CLAIMS_OVERLAP}:' || NEW.studio_id, 0));
        IF EXISTS (
            SELECT 1 FROM claims AS other
            WHERE other.studio_id = NEW.studio_id AND other.exclusive AND other.released_at IS NULL
            AND other.ends > NEW.starts AND other.ends < NEW.ends + {LONGEST_SPOT}
            AND other.starts < NEW.ends AND other.spot_id <> NEW.spot_id
        ) THEN
            RAISE EXCEPTION USING ERRCODE = 'exclusion_violation', CONSTRAINT = '{CLAIMS_OVERLAP}';
        END IF;
        RETURN NEW;
    END $$
    """,  # noqa: S608 - made of constants of ours
    f"""
    CREATE TRIGGER {CLAIMS_OVERLAP} BEFORE INSERT OR UPDATE OF studio_id, spot_id, starts, ends, exclusive, released_at
    ON claims FOR EACH ROW WHEN (NEW.exclusive AND NEW.released_at IS NULL) EXECUTE FUNCTION {CLAIMS_OVERLAP}()
    """,
]

_MAY_USE_GIST = text(
    "SELECT bool_or(installed OR trusted AND has_database_privilege(current_database(), 'CREATE'))"
    " FROM pg_available_extension_versions WHERE name = 'btree_gist'"
)


def enforce(connection: Connection) -> None:
    """Put the rule into a database that has the table."""
    if connection.dialect.name == "sqlite":
        statements = SQLITE
    elif connection.scalar(_MAY_USE_GIST):
        statements = POSTGRES
    else:
        statements = POSTGRES_WITHOUT_GIST
    for statement in statements:
        connection.exec_driver_sql(statement)


@event.listens_for(claims, "after_create")
def _with_the_table(_claims: Table, connection: Connection, **_options: Any) -> None:  # pyright: ignore[reportUnusedFunction]
    enforce(connection)
