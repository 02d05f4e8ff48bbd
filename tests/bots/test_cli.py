import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from bots.cli import main
from tests.bots.house import TOKEN
from tests.outside import ROOT

HEAVY = ("PIL", "aiogram", "aiohttp", "apscheduler", "babel", "pydantic", "sqlalchemy", "storage", "structlog", "typst")
MINIS = (sys.executable, "-m", "bots.cli")


def minis(*words: str, home: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*MINIS, *words],
        cwd=home,
        env=environment(home, **settings),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def environment(home: Path, **settings: str) -> dict[str, str]:
    mine = {name: value for name, value in os.environ.items() if not name.startswith("MINIS_")}
    return {**mine, "PYTHONPATH": str(ROOT), "MINIS_HOME": str(home), **settings}


def test_help_waits_for_no_library():
    asked = f"import sys, bots.cli; print([name for name in {HEAVY!r} if name in sys.modules])"

    said = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)

    assert said.stdout.strip() == "[]"


@pytest.mark.parametrize("command", ["claim", "example", "verify"])
def test_what_runs_no_bot_does_not_wait_for_the_largest_library(command: str, tmp_path: Path):
    """To its end, wherever that is: `claim` has no bot to ask, and `verify` no database."""
    asked = f"""
import atexit, sys
from bots.cli import main
atexit.register(lambda: print("aiogram" in sys.modules))
main(["{command}"])
"""

    said = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, env=environment(tmp_path), capture_output=True, text=True, check=False
    )

    assert said.stdout.endswith("False\n")


def test_help_names_the_commands():
    said = CliRunner().invoke(main, ["--help"]).output

    assert [word for word in ("up", "example", "demo") if f"\n  {word} " not in said] == []


def test_up_without_a_token_says_where_to_get_one(tmp_path: Path):
    said = minis("up", home=tmp_path)

    assert said.returncode == 2
    assert "MINIS_CLIENTS_BOT_TOKEN is missing" in said.stderr
    assert "Traceback" not in said.stderr


def test_up_without_a_studio_names_the_example(tmp_path: Path):
    said = minis("up", home=tmp_path, MINIS_CLIENTS_BOT_TOKEN=TOKEN)

    assert said.returncode == 1
    assert "There is no studio yet." in said.stderr
    assert "`minis example` makes one" in said.stderr


def test_a_second_example_changes_nothing_and_prints_the_same(tmp_path: Path):
    first, second = (minis("example", "--json", home=tmp_path) for _ in range(2))

    assert first.stdout == second.stdout
    kinds = [link["kind"] for link in json.loads(first.stdout)["links"]]
    assert kinds == ["mini", "mini", "full", "draft", "reservation", "preview"]
    assert all(len(link["url"]) < 100 for link in json.loads(first.stdout)["links"])


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_up_ends_when_it_is_told_to_although_telegram_is_silent(ending: signal.Signals, tmp_path: Path):
    minis("example", home=tmp_path)
    nowhere = {"MINIS_CLIENTS_BOT_TOKEN": TOKEN, "MINIS_TELEGRAM_API_URL": "http://127.0.0.1:9", "MINIS_HTTP_PORT": "0"}
    child = subprocess.Popen(
        [*MINIS, "up"], cwd=tmp_path, env=environment(tmp_path, **nowhere), stderr=subprocess.PIPE, text=True
    )
    assert child.stderr
    for line in child.stderr:
        if "Minis is up" in line:
            break
    told = time.monotonic()

    child.send_signal(ending)
    _, rest = child.communicate(timeout=10)

    assert "Minis is down" in rest
    assert child.returncode == 0
    assert time.monotonic() - told < 5
