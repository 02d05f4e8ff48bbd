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
    for name in [name for name in os.environ if name.upper().startswith("MINIS_")]:
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


@pytest.mark.parametrize("key", ["sk_test_51abcDEF", "sk_live_51abcDEF", "rk_test_51abcDEF", "rk_live_51abcDEF", ""])
def test_a_secret_key_of_stripes_is_taken(key: str):
    assert Settings(stripe_secret_key=SecretStr(key)).stripe_key == key


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("pk_test_51abcDEF", "MINIS_STRIPE_SECRET_KEY is the publishable key"),
        ("sk_51abcDEF", "MINIS_STRIPE_SECRET_KEY is no secret key"),
        ("sk_test_51-abc", "MINIS_STRIPE_SECRET_KEY is no secret key"),
        ("whsec_abc", "MINIS_STRIPE_SECRET_KEY is no secret key"),
        (" sk_test_51abcDEF", "MINIS_STRIPE_SECRET_KEY is no secret key"),
    ],
)
def test_anything_else_is_refused_with_where_to_get_a_key(key: str, said: str):
    with pytest.raises(SettingsWrong, match=f"{said}.*In Stripe's dashboard, under Developers, API keys") as wrong:
        _ = Settings(stripe_secret_key=SecretStr(key)).stripe_key

    assert key not in str(wrong.value)


def test_a_signing_secret_is_told_from_a_key():
    settings = Settings(stripe_secret_key=SecretStr("sk_test_1"), stripe_webhook_secret=SecretStr("sk_test_1"))
    with pytest.raises(SettingsWrong, match="MINIS_STRIPE_WEBHOOK_SECRET is no signing secret"):
        _ = settings.stripe_hook

    assert Settings(
        stripe_secret_key=SecretStr("sk_test_1"), stripe_webhook_secret=SecretStr("whsec_a/b+c=")
    ).stripe_hook


def test_a_signing_secret_without_a_key_is_pointed_out():
    with pytest.raises(SettingsWrong, match="MINIS_STRIPE_SECRET_KEY is missing"):
        _ = Settings(stripe_webhook_secret=SecretStr("whsec_abc")).stripe_hook


@pytest.mark.parametrize(
    ("given", "meant"),
    [("", ""), ("https://minis.example.com/", "https://minis.example.com"), ("http://x:1", "http://x:1")],
)
def test_a_public_address_is_kept_without_its_last_slash(given: str, meant: str):
    assert Settings(public_url=given).public == meant


@pytest.mark.parametrize("given", ["minis.example.com", "ftp://minis.example.com", "https://", "https:///"])
def test_what_is_no_address_is_named(given: str):
    with pytest.raises(SettingsWrong, match="MINIS_PUBLIC_URL is no address"):
        _ = Settings(public_url=given).public
    with pytest.raises(SettingsWrong, match="MINIS_STRIPE_API_URL is no address"):
        _ = Settings(stripe_api_url=given).stripe


def test_what_is_wrong_with_money_is_said_before_anything_starts(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MINIS_CLIENTS_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("MINIS_STRIPE_SECRET_KEY", "pk_live_1")
    monkeypatch.setenv("MINIS_STRIPE_WEBHOOK_SECRET", "secret")
    monkeypatch.setenv("MINIS_STRIPE_API_URL", "api.stripe.com")
    monkeypatch.setenv("MINIS_PUBLIC_URL", "minis.example.com")

    with pytest.raises(SettingsWrong) as wrong:
        check_for_up(load_settings())

    assert [problem.partition(" ")[0] for problem in wrong.value.problems] == [
        "MINIS_STRIPE_SECRET_KEY",
        "MINIS_STRIPE_WEBHOOK_SECRET",
        "MINIS_STRIPE_API_URL",
        "MINIS_PUBLIC_URL",
    ]


@pytest.mark.parametrize("port", ["-1", "65536"])
def test_a_port_that_cannot_be_is_named(port: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MINIS_HTTP_PORT", port)

    with pytest.raises(SettingsWrong, match="MINIS_HTTP_PORT cannot be read"):
        load_settings()


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
