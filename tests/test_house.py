"""What the project's frame promises: pinned dependencies, real databases for tests, nobody called outside."""

import ast
import os
import re
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser
from sqlalchemy import create_engine, inspect, text

from tests.network import BeyondLoopbackError
from tests.outside import ROOT
from tests.postgres import running_server, wheel_programs

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKS = ("requirements.lock", "requirements-dev.lock")
ASKED: list[str] = PYPROJECT["project"]["dependencies"]
ASKED_TO_DEVELOP: list[str] = [line for group in PYPROJECT["dependency-groups"].values() for line in group]
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)", re.MULTILINE)


def pins(lines: str) -> dict[str, str]:
    """Name and version of every `name==version` line, names as packaging compares them."""
    return {re.sub(r"[-_.]+", "-", name).lower(): version.rstrip(";") for name, version in PIN.findall(lines)}


@pytest.fixture(params=LOCKS)
def lock(request: pytest.FixtureRequest) -> str:
    return (ROOT / request.param).read_text()


def test_a_lock_names_no_address(lock: str):
    assert "://" not in lock
    assert "--index-url" not in lock
    assert "--find-links" not in lock


def test_everything_locked_is_pinned_and_hashed(lock: str):
    requirements = re.split(r"\n(?=[a-z0-9])", lock, flags=re.IGNORECASE)[1:]

    assert len(requirements) > 30
    assert [line for line in requirements if not PIN.match(line) or "--hash=sha256:" not in line] == []


def test_what_the_project_asks_for_is_what_is_locked():
    wanted = pins("\n".join([*ASKED, *PYPROJECT["build-system"]["requires"]]))
    wanted_to_develop = pins("\n".join(ASKED_TO_DEVELOP))

    run, dev = (pins((ROOT / name).read_text()) for name in LOCKS)

    assert wanted.items() <= run.items()
    assert wanted_to_develop.items() <= dev.items()
    assert run.items() <= dev.items()


def test_every_dependency_is_pinned_exactly():
    assert [line for line in [*ASKED, *ASKED_TO_DEVELOP] if not PIN.match(line)] == []


@pytest.mark.parametrize("address", [("192.0.2.1", 9), ("2001:db8::1", 9)])
def test_a_test_cannot_reach_another_machine(address: tuple[str, int]):
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.socket(family) as outgoing, pytest.raises(BeyondLoopbackError):
        outgoing.connect(address)


def test_a_test_cannot_look_another_machine_up():
    with pytest.raises(BeyondLoopbackError):
        socket.getaddrinfo("api.telegram.org", 443)


def test_a_test_can_reach_its_own_machine():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as outgoing:
        assert outgoing.getpeername() == server.getsockname()


def table_names(url: str) -> list[str]:
    engine = create_engine(url)
    try:
        return sorted(inspect(engine).get_table_names())
    finally:
        engine.dispose()


def mark(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE mark (id INTEGER)"))
    engine.dispose()


def test_an_empty_database_is_empty_and_can_be_written(empty_database_url: str):
    tables = table_names(empty_database_url)
    mark(empty_database_url)

    assert tables == []
    assert table_names(empty_database_url) == ["mark"]


@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_database_has_the_tables_and_nobody_elses_marks(turn: str, database_url: str):
    """Each turn would meet the other's mark if the two shared a database."""
    tables = table_names(database_url)
    mark(database_url)

    assert tables
    assert table_names(database_url) == sorted([*tables, "mark"])


@pytest.mark.full
def test_the_server_in_the_wheel_serves_where_the_machine_has_none():
    programs = wheel_programs()
    assert programs is not None

    with running_server(programs) as server, server.database() as url:
        assert table_names(url) == []


async def test_the_browser_opens_a_page(chromium: Browser):
    page = await chromium.new_page()
    await page.set_content("<h1>Minis</h1>")

    assert await page.inner_text("h1") == "Minis"


@pytest.mark.parametrize(("ci", "outcome"), [("false", "1 skipped"), ("true", "in CI nothing may be left out")])
def test_a_test_without_its_browser_skips_and_in_ci_fails(ci: str, outcome: str):
    command = ["-m", "pytest", "-p", "no:cacheprovider", f"{__file__}::{test_the_browser_opens_a_page.__name__}"]
    surroundings = {**os.environ, "CI": ci, "MINIS_TEST_CHROMIUM": "/there/is/none"}

    run = subprocess.run([sys.executable, *command], env=surroundings, capture_output=True, text=True, check=False)

    assert outcome in run.stdout
    assert (run.returncode == 0) == (ci == "false")


def files() -> Iterator[Path]:
    """Everything that is committed, as far as `.gitignore` tells."""
    ignored = {".git", *(line.strip("/") for line in (ROOT / ".gitignore").read_text().splitlines())}
    for folder, subfolders, names in os.walk(ROOT):
        subfolders[:] = [name for name in subfolders if name not in ignored]
        yield from (Path(folder, name) for name in names if name not in ignored and not name.endswith(".pyc"))


def test_no_file_names_a_place_of_one_machine_or_a_package_index():
    places = re.compile(r"/[w]ork/|/[r]oot/|\.[l]ibrary/|[p]ypi\.org|[p]ythonhosted")  # so spelt, it is not one itself

    assert [str(path) for path in files() if places.search(path.read_text(errors="replace"))] == []


def test_every_proof_that_the_guarantees_name_selects_a_test():
    """A word after -k that no test's name has would prove nothing."""
    page = (ROOT / "docs" / "guarantees.md").read_text(encoding="utf-8")
    folders: list[Path] = []
    for row in page.splitlines():
        folders = [ROOT / one for one in re.findall(r"\btests/[\w/]+(?:\.py)?", row)] or folders
        files = [file for folder in folders for file in ([folder] if folder.is_file() else folder.rglob("test_*.py"))]
        names = " ".join(name for file in files for name in re.findall(r"def (test_\w+)", file.read_text()))
        places = " ".join(str(file) for file in files)
        for words in re.findall(r'-k (?:"([^"]+)"|(\w+))', row):
            for word in "".join(words).split(" or "):
                assert word in names or word in places, f"-k {word} selects nothing in {folders}"


@pytest.mark.parametrize("package", ["core", "conversations"])
def test_nothing_below_the_rim_is_asynchronous(package: str):
    asynchronous = (ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith)
    modules = sorted((ROOT / package).rglob("*.py"))

    assert modules
    assert [
        str(path)
        for path in modules
        if any(isinstance(node, asynchronous) for node in ast.walk(ast.parse(path.read_text())))
    ] == []
