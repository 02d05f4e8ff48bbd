from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from bots.demo.till import KEY
from bots.example import links_of_example
from bots.settings import Settings
from tests.crash.nursery import Nursery
from tests.crash.story import Stage, staged
from tests.postgres import Server

Stages = Callable[[Path], AbstractContextManager[Stage]]


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    nursery = Nursery()
    yield nursery
    nursery.close()


@pytest.fixture(scope="session")
def sqlite_stages(tmp_path_factory: pytest.TempPathFactory) -> Stages:
    """A stage of one's own for each story: the example studio, which takes no cards."""
    return on_sqlite(tmp_path_factory.mktemp("example"))


@pytest.fixture(scope="session")
def postgres_stages(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stages]:
    with on_postgres(postgres, tmp_path_factory.mktemp("example")) as stages:
        yield stages


@pytest.fixture(scope="session")
def sqlite_tills(tmp_path_factory: pytest.TempPathFactory) -> Stages:
    """The same where cards are taken: the example's main mini is paid online."""
    return on_sqlite(tmp_path_factory.mktemp("example"), KEY)


@pytest.fixture(scope="session")
def postgres_tills(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stages]:
    with on_postgres(postgres, tmp_path_factory.mktemp("example"), KEY) as stages:
        yield stages


def on_sqlite(home: Path, stripe_key: str = "") -> Stages:
    example = make_example(home, "", stripe_key)

    @contextmanager
    def lend(home: Path) -> Generator[Stage]:
        yield staged(example, home)

    return lend


@contextmanager
def on_postgres(postgres: Server, home: Path, stripe_key: str = "") -> Generator[Stages]:
    with postgres.database() as template:
        example = make_example(home, template, stripe_key)

        @contextmanager
        def lend(home: Path) -> Generator[Stage]:
            with postgres.database(template=template.rpartition("/")[2]) as url:
                copy = staged(example, home)
                yield Stage(home=copy.home, payload=copy.payload, database_url=url)

        yield lend


def make_example(home: Path, database_url: str, stripe_key: str) -> Stage:
    # No address is asked: the links carry the example's own name of the bot.
    settings = Settings.model_validate(
        {
            "home": home,
            "clients_bot_token": "",
            "database_url": database_url,
            "secret_key": "key",
            "stripe_secret_key": stripe_key,
        }
    )
    links = links_of_example(settings).links
    payload = next(link.url for link in links if link.kind == "mini").partition("?start=")[2]
    return Stage(home=home, payload=payload, database_url=database_url)
