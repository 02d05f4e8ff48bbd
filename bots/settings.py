"""The settings of an installation: `MINIS_…` variables, or a `.env` file in the folder where `minis` is started.

Whatever is wrong or missing is said in plain words, with where to get it.
"""

import difflib
import os
import re
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from pydantic import SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings.sources import DotEnvSettingsSource

PREFIX: Final = "MINIS_"
ENV_FILE: Final = ".env"
KEY_FILE: Final = "secret.key"
TELEGRAM: Final = "https://api.telegram.org"

_BOT_TOKEN: Final = re.compile(r"\d+:[A-Za-z0-9_-]{16,}")
_NEAR: Final = 0.6  # how alike two names must be for one to be taken for the other

# Where to get what only the person can get; the others have defaults.
_WHERE: Final[Mapping[str, str]] = {
    "clients_bot_token": (
        "Talk to @BotFather in Telegram, send /newbot, and put the token it gives you into .env: "
        "MINIS_CLIENTS_BOT_TOKEN=123456789:AA…"
    ),
    "home": "It is the folder for the database and pictures, such as /var/lib/minis.",
    "database_url": "It looks like sqlite:////var/lib/minis/minis.db or postgresql://user:password@host/name.",
    "telegram_api_url": f"It begins with http:// or https://; leave it out for Telegram itself ({TELEGRAM}).",
    "http_port": "It is a number from 1 to 65535, such as 8080.",
}


class SettingsWrong(Exception):
    """Something is missing or cannot be right; the message is for the person, one problem a line."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class Settings(BaseSettings):
    """All that can be set. What an issue to come needs is accepted already."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    #: Database, pictures and key of the installation.
    home: Path = Path("~/.minis")
    #: Empty: a SQLite file in the home.
    database_url: str = ""
    #: Empty: made once and kept in the home (DECISIONS 41).
    secret_key: SecretStr = SecretStr("")
    clients_bot_token: SecretStr = SecretStr("")
    studio_bot_token: SecretStr = SecretStr("")
    telegram_api_url: str = TELEGRAM
    stripe_secret_key: SecretStr = SecretStr("")
    stripe_webhook_secret: SecretStr = SecretStr("")
    stripe_api_url: str = ""
    slack_bot_token: SecretStr = SecretStr("")
    slack_app_token: SecretStr = SecretStr("")
    slack_signing_secret: SecretStr = SecretStr("")
    slack_api_url: str = ""
    smtp_url: SecretStr = SecretStr("")
    mail_from: str = ""
    public_url: str = ""
    http_host: str = "127.0.0.1"
    http_port: int = 8080

    @property
    def folder(self) -> Path:
        """The home, made if it is not there. Raises SettingsWrong where that cannot be."""
        folder = self.home.expanduser().absolute()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SettingsWrong([_problem("home", f"cannot be made ({error.strerror}): {folder}.")]) from error
        return folder

    @property
    def database(self) -> str:
        """The database as SQLAlchemy names it."""
        if not self.database_url:
            return f"sqlite:///{self.folder / 'minis.db'}"
        scheme, found, rest = self.database_url.partition("://")
        if not found or scheme.partition("+")[0] not in {"sqlite", "postgresql", "postgres"}:
            raise SettingsWrong([_problem("database_url", "is no address of a database.")])
        return self.database_url if scheme.startswith("sqlite") else f"postgresql+psycopg://{rest}"

    @property
    def link_key(self) -> bytes:
        """The key that lasting links are made with; losing it makes every printed link a dead one."""
        given = self.secret_key.get_secret_value() or _kept_key(self.folder / KEY_FILE)
        return given.encode()

    @property
    def clients_bot(self) -> str:
        """The token of the clients' bot. Raises SettingsWrong where there is none, or something else."""
        token = self.clients_bot_token.get_secret_value()
        if not token:
            raise SettingsWrong([_problem("clients_bot_token", "is missing.")])
        if not _BOT_TOKEN.fullmatch(token):
            raise SettingsWrong([_problem("clients_bot_token", "is no bot token.")])
        return token

    @property
    def telegram(self) -> str:
        """Where the Bot API is, without a slash at its end."""
        if not self.telegram_api_url.startswith(("http://", "https://")):
            raise SettingsWrong([_problem("telegram_api_url", "is no address.")])
        return self.telegram_api_url.rstrip("/")


def check_for_up(settings: Settings) -> None:
    """Raise SettingsWrong with everything that `minis up` would stumble over, before the slow imports."""
    problems: list[str] = []
    for needed in ("clients_bot", "telegram", "database", "link_key"):
        try:
            getattr(settings, needed)
        except SettingsWrong as wrong:
            problems += wrong.problems
    if problems:
        raise SettingsWrong(problems)


def load_settings() -> Settings:
    """Read the environment and `.env`. Raises SettingsWrong with everything that cannot be right."""
    try:
        return Settings()
    except ValidationError as error:
        names = [str(one["loc"][0]) for one in error.errors()]
        raise SettingsWrong(_problem(name, "cannot be read.") for name in names) from error


def misspelt() -> list[str]:
    """A sentence for each `MINIS_…` variable that means nothing, with the nearest name that does."""
    known = [_variable(field) for field in Settings.model_fields]
    found = (name.upper() for name in (*os.environ, *_names_in_file()))
    return [_is_unknown(name, known) for name in dict.fromkeys(found) if name.startswith(PREFIX) and name not in known]


def refused_token() -> SettingsWrong:
    """What to say when Telegram does not know the clients' bot's token."""
    return SettingsWrong([_problem("clients_bot_token", "is not known to Telegram: it is mistyped or was revoked.")])


def _names_in_file() -> Iterable[str]:
    """The variables of the `.env` file, read as the settings read them."""
    return DotEnvSettingsSource(Settings, env_file=ENV_FILE, env_file_encoding="utf-8").env_vars


def _is_unknown(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=_NEAR)
    return f"{name} means nothing to Minis." + (f" Did you mean {near[0]}?" if near else "")


def _problem(field: str, what: str) -> str:
    return " ".join(filter(None, (_variable(field), what, _WHERE.get(field, ""))))


def _variable(field: str) -> str:
    return f"{PREFIX}{field.upper()}"


def _kept_key(path: Path) -> str:
    """The key in the file; a new one if there is no file, readable for its owner alone."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    key = secrets.token_urlsafe(32)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key)
    return key
