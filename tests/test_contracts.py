"""Each import contract is broken once on purpose, so that a contract that guards nothing cannot stand."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("bots", "core", "conversations", "storage")
CONTRACTS: list[str] = [
    contract["name"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
]

# For each contract, a module that would break it and the one line that does.
PLANTS = {
    "bots > conversations | storage > core": ("conversations/planted.py", "import storage"),
    "the areas of core import in one direction": ("core/values/planted.py", "import core.booking"),
    "the outside parties do not know each other": ("bots/slack/planted.py", "import bots.telegram"),
    "the stand-ins do not know each other": ("bots/demo/stripe/planted.py", "import bots.demo.telegram"),
    "the stand-ins know nothing of the product": ("bots/demo/stripe/planted.py", "import core.values"),
    "core knows no vendor": ("core/values/planted.py", "import requests"),
    "conversations know words and dates, and no vendor": ("conversations/planted.py", "import aiohttp"),
    "core and conversations touch no machine": ("conversations/planted.py", "import random"),
    "storage knows databases and JSON, and no other vendor": ("storage/planted.py", "import fluent.runtime"),
    "SQL lives in storage": ("bots/planted.py", "from sqlalchemy import select"),
    "Telegram's libraries live in bots.telegram": ("bots/demo/planted.py", "import aiogram.types"),
    "Slack's libraries live in bots.slack": ("bots/telegram/planted.py", "import slack_sdk.models"),
    "Stripe's library lives in bots.stripe": ("bots/planted.py", "import stripe"),
    "the clockwork lives in bots.jobs": ("bots/telegram/planted.py", "import apscheduler"),
    "what is confided is locked in bots.vault": ("bots/stripe/planted.py", "import cryptography"),
    "settings are read in bots.settings": ("bots/demo/planted.py", "import pydantic_settings"),
    "typed dates are read in conversations.typed_dates": ("conversations/planted.py", "import dateparser"),
    "documents and pictures are made in bots.printer": ("bots/slack/planted.py", "from PIL import Image"),
}


def lint_imports(tree: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    return subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of what the contracts are about."""
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__", "static"))
    (tmp_path / "tests").mkdir()
    for file in ("pyproject.toml", "tests/__init__.py", "tests/contracts.py"):
        shutil.copy(ROOT / file, tmp_path / file)
    return tmp_path


def test_every_contract_is_broken_once_here():
    assert sorted(PLANTS) == sorted(CONTRACTS)


def test_the_contracts_hold(tree: Path):
    run = lint_imports(tree)

    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("contract", PLANTS)
def test_a_forbidden_import_breaks_its_contract(contract: str, tree: Path):
    module, line = PLANTS[contract]
    (tree / module).write_text(f"{line}\n")

    run = lint_imports(tree)

    assert run.returncode == 1, run.stdout + run.stderr
    assert f"{contract} BROKEN" in run.stdout
    assert module.removesuffix(".py").replace("/", ".") in run.stdout


def test_every_party_of_bots_is_held_apart_from_the_others():
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    parties = sorted(f"bots.{init.parent.name}" for init in (ROOT / "bots").glob("*/__init__.py"))

    independent = next(contract for contract in config["contracts"] if contract["type"] == "independence")

    assert independent["modules"] == parties
