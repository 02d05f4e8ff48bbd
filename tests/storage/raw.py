"""The database without the store: what a careless program, or a person with a console, would do."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Executable, create_engine, event, make_url


@contextmanager
def connected(url: str) -> Generator[Connection]:
    """Lend a connection in a transaction, which is committed at the end."""
    engine = create_engine(url)
    if make_url(url).get_backend_name() == "sqlite":
        event.listen(engine, "connect", lambda driver, _record: driver.execute("PRAGMA foreign_keys=on"))
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def execute(url: str, *statements: Executable | str) -> None:
    with connected(url) as connection:
        for statement in statements:
            if isinstance(statement, str):
                connection.exec_driver_sql(statement)
            else:
                connection.execute(statement)


def rows(url: str, statement: Executable) -> Sequence[Any]:
    with connected(url) as connection:
        return connection.execute(statement).fetchall()
