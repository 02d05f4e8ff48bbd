import os
import stat
from pathlib import Path

import pytest
from pydantic import SecretStr

from bots.settings import Settings, SettingsWrong, check_for_up, load_settings, misspelt

TOKEN = "123456789:AAF-abcdefghijklmnopqrstuvwxyz01234"
NAMES = [
    *("MINIS_HOME", "MINIS_DATABASE_URL", "MINIS_SECRET_KEY"),
    *("MINIS_CLIENTS_BOT_TOKEN", "MINIS_STUDIO_BOT_TOKEN", "MINIS_TELEGRAM_API_URL"),
    *("MINIS_STRIPE_SECRET_KEY", "MINIS_STRIPE_WEBHOOK_SECRET", "MINIS_STRIPE_API_URL"),
    *("MINIS_SLACK_BOT_TOKEN", "MINIS_SLACK_APP_TOKEN", "MINIS_SLACK_SIGNING_SECRET", "MINIS_SLACK_API_URL"),
    *("MINIS_SMTP_URL", "MINIS_MAIL_FROM", "MINIS_PUBLIC_URL", "MINIS_HTTP_HOST", "MINIS_HTTP_PORT"),
]


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No `.env` of anybody's, no variable of the machine's."""
    for name in [name for name in os.environ if name.startswith("MINIS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("MINIS_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_names_are_fixed():
    assert [f"MINIS_{field.upper()}" for field in Settings.model_fields] == NAMES


def test_a_missing_token_is_named_with_where_to_get_one():
    with pytest.raises(SettingsWrong) as wrong:
        check_for_up(load_settings())

    assert "MINIS_CLIENTS_BOT_TOKEN is missing. Talk to @BotFather in Telegram, send /newbot" in str(wrong.value)


def test_everything_wrong_is_said_at_once(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MINIS_CLIENTS_BOT_TOKEN", "my bot")
    monkeypatch.setenv("MINIS_TELEGRAM_API_URL", "api.telegram.org")
    monkeypatch.setenv("MINIS_DATABASE_URL", "mysql://root@localhost/minis")

    with pytest.raises(SettingsWrong) as wrong:
        check_for_up(load_settings())

    assert [problem.partition(" ")[0] for problem in wrong.value.problems] == [
        "MINIS_CLIENTS_BOT_TOKEN",
        "MINIS_TELEGRAM_API_URL",
        "MINIS_DATABASE_URL",
    ]


def test_a_port_that_is_no_number_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MINIS_HTTP_PORT", "eighty")

    with pytest.raises(SettingsWrong, match=r"MINIS_HTTP_PORT cannot be read\. It is a number"):
        load_settings()


@pytest.mark.parametrize(("written", "nearest"), [("MINIS_CLIENT_BOT_TOKEN", "MINIS_CLIENTS_BOT_TOKEN")])
def test_a_misspelt_variable_is_pointed_out_with_the_nearest_name(
    written: str, nearest: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv(written, TOKEN)

    assert misspelt() == [f"{written} means nothing to Minis. Did you mean {nearest}?"]


def test_a_misspelt_line_of_the_file_is_pointed_out_too(empty_folder: Path):
    (empty_folder / ".env").write_text("MINIS_DATABSE_URL=sqlite:///x.db\nPATH_TO_SOMETHING=else\n")

    assert misspelt() == ["MINIS_DATABSE_URL means nothing to Minis. Did you mean MINIS_DATABASE_URL?"]


def test_the_file_is_read_and_the_environment_goes_before_it(empty_folder: Path, monkeypatch: pytest.MonkeyPatch):
    (empty_folder / ".env").write_text(f"MINIS_CLIENTS_BOT_TOKEN={TOKEN}\nMINIS_HTTP_PORT=1\n")
    monkeypatch.setenv("MINIS_HTTP_PORT", "9000")

    settings = load_settings()

    assert (settings.clients_bot, settings.http_port) == (TOKEN, 9000)


def test_a_secret_is_never_shown():
    settings = Settings(clients_bot_token=SecretStr(TOKEN))

    assert TOKEN not in repr(settings)
    assert TOKEN not in str(settings.model_dump())


def test_the_key_is_made_once_and_is_its_owners_alone(empty_folder: Path):
    first, second = load_settings().link_key, load_settings().link_key

    assert first == second
    assert len(first) >= 32
    assert stat.S_IMODE((empty_folder / "home" / "secret.key").stat().st_mode) == 0o600


def test_a_given_key_is_taken(empty_folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MINIS_SECRET_KEY", "of my own")

    assert load_settings().link_key == b"of my own"
    assert not (empty_folder / "home" / "secret.key").exists()


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("postgresql://luna:pw@db/minis", "postgresql+psycopg://luna:pw@db/minis"),
        ("postgres://luna:pw@db/minis", "postgresql+psycopg://luna:pw@db/minis"),
        ("postgresql+psycopg://luna:pw@db/minis", "postgresql+psycopg://luna:pw@db/minis"),
        ("sqlite:////var/lib/minis.db", "sqlite:////var/lib/minis.db"),
    ],
)
def test_a_database_is_named_as_people_name_it(given: str, meant: str):
    assert Settings(database_url=given).database == meant


def test_without_a_database_there_is_a_file_in_the_home(empty_folder: Path):
    assert load_settings().database == f"sqlite:///{empty_folder}/home/minis.db"


def test_a_home_that_cannot_be_made_is_said(empty_folder: Path):
    (empty_folder / "file").write_text("")

    with pytest.raises(SettingsWrong, match="MINIS_HOME cannot be made"):
        _ = Settings(home=empty_folder / "file" / "home").database
