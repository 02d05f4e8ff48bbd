"""`minis up` for the first time, at a terminal: it asks for the tokens, and says how to become the owner."""

import re
from pathlib import Path

import pytest

from bots.env_file import keep
from tests.bots.house import BOT, STUDIO_BOT, STUDIO_TOKEN, TOKEN, House
from tests.bots.terminal import Terminal, terminal
from tests.bots.test_cli import MINIS, environment, minis

CLIENTS, STUDIO = "Token of the clients' bot: ", "Token of the studio's bot: "


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "new"
    folder.mkdir()
    return folder


def of_machine(house: House) -> dict[str, str]:
    return {"MINIS_TELEGRAM_API_URL": house.telegram.address, "MINIS_HTTP_PORT": "0"}


async def asked(terminal: Terminal, question: str, *answers: str) -> None:
    for answer in answers:
        await terminal.shows(question)
        await terminal.types(answer)


@pytest.mark.rule("A1")
async def test_up_without_settings_asks_for_the_tokens_and_prints_the_claim_link_with_its_code(
    house: House, folder: Path
):
    (folder / ".env").write_text("MINIS_MAIL_FROM=luna@mail.com\nMINIS_CLIENTS_BOT_TOKEN=\n")
    (folder / ".env").chmod(0o644)

    async with terminal([*MINIS, "up"], folder, environment(folder, **of_machine(house))) as at:
        await asked(at, CLIENTS, "hello", "99:AAHunknownUnknownUnknownUnknown", TOKEN)
        await at.shows(f"That is @{BOT}, Luna Photo.")
        await asked(at, STUDIO, TOKEN, STUDIO_TOKEN)
        await at.shows(f"That is @{STUDIO_BOT}, Luna Photo Studio.")
        link = re.search(rf"https://t\.me/{STUDIO_BOT}\?start=(claim_\S+)\n", await at.shows("█"))
        assert link
        luna = house.newcomer("Luna")
        house.telegram.open_link(luna, STUDIO_BOT, link[1])
        await house.reads(luna, "Luna Photo", bot=STUDIO_BOT, timeout=30)

    assert "That is no token." in at.seen
    assert "Telegram does not know that token" in at.seen
    assert "That is the other bot's token." in at.seen
    assert TOKEN.partition(":")[2] not in at.seen
    assert STUDIO_TOKEN.partition(":")[2] not in at.seen
    assert (folder / ".env").read_text().splitlines() == [
        "MINIS_MAIL_FROM=luna@mail.com",
        f"MINIS_CLIENTS_BOT_TOKEN={TOKEN}",
        f"MINIS_STUDIO_BOT_TOKEN={STUDIO_TOKEN}",
    ]
    assert (folder / ".env").stat().st_mode & 0o777 == 0o600


@pytest.mark.rule("A1")
async def test_claim_prints_a_new_link_at_any_time(house: House, folder: Path):
    tokens = {"MINIS_CLIENTS_BOT_TOKEN": TOKEN, "MINIS_STUDIO_BOT_TOKEN": STUDIO_TOKEN}
    env = environment(folder, **of_machine(house), **tokens)

    async with terminal([*MINIS, "claim"], folder, env) as before:
        assert await before.ends() == 2
    async with terminal([*MINIS, "up"], folder, env) as up:
        await up.shows("?start=claim_")
        async with terminal([*MINIS, "claim"], folder, env) as claim:
            assert await claim.ends() == 0
        link = re.search(r"\?start=(claim_\S+)", claim.seen)
        assert link
        luna = house.newcomer("Luna")
        house.telegram.open_link(luna, STUDIO_BOT, link[1])
        await house.reads(luna, "Luna Photo", bot=STUDIO_BOT, timeout=30)
        assert link[1] not in up.seen

    assert "There is no database" in before.seen
    assert STUDIO_TOKEN not in up.seen + claim.seen


def test_claim_without_a_bot_for_the_studio_says_where_to_get_one(tmp_path: Path):
    said = minis("claim", home=tmp_path, MINIS_CLIENTS_BOT_TOKEN=TOKEN)

    assert said.returncode == 2
    assert "MINIS_STUDIO_BOT_TOKEN is missing." in said.stderr


def test_one_bot_cannot_be_both(tmp_path: Path):
    again = f"{TOKEN.partition(':')[0]}:AAHanotherTokenOfTheSameBot"

    said = minis("up", home=tmp_path, MINIS_CLIENTS_BOT_TOKEN=TOKEN, MINIS_STUDIO_BOT_TOKEN=again)

    assert said.returncode == 2
    assert "MINIS_STUDIO_BOT_TOKEN is the clients' bot's." in said.stderr
    assert again not in said.stderr


async def test_the_bot_whose_token_is_refused_is_named(house: House, folder: Path):
    env = environment(folder, **of_machine(house), MINIS_CLIENTS_BOT_TOKEN=TOKEN)
    env |= {"MINIS_STUDIO_BOT_TOKEN": "99:AAHunknownUnknownUnknownUnknown"}

    async with terminal([*MINIS, "up"], folder, env) as up:
        assert await up.ends() == 2

    assert "MINIS_STUDIO_BOT_TOKEN is not known to Telegram" in up.seen
    assert "unknownUnknown" not in up.seen


def test_what_is_kept_replaces_its_own_line_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("# mine\nMINIS_A=1\nexport MINIS_B=2\nMINIS_AB=3")

    keep({"MINIS_A": "one", "MINIS_B": "two"})

    assert (tmp_path / ".env").read_text() == "# mine\nMINIS_AB=3\nMINIS_A=one\nMINIS_B=two\n"
