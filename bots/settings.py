"""The settings of an installation: `MINIS_…` variables, or a `.env` file in the folder where `minis` is started.

Whatever is wrong or missing is said in plain words, with where to get it.
"""

import difflib
import errno
import os
import re
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings.sources import DotEnvSettingsSource

PREFIX: Final = "MINIS_"
ENV_FILE: Final = ".env"
KEY_FILE: Final = "secret.key"
DATABASE_FILE: Final = "minis.db"
TELEGRAM: Final = "https://api.telegram.org"
STRIPE: Final = "https://api.stripe.com"

_BOT_TOKEN: Final = re.compile(r"\d+:[A-Za-z0-9_-]{16,}")
_STRIPE_KEY: Final = re.compile(r"[sr]k_(?:test|live)_[A-Za-z0-9]+")
_STRIPE_HOOK: Final = re.compile(r"whsec_[A-Za-z0-9+/=]+")
_HTTP: Final = ("http://", "https://")
_NEAR: Final = 0.6  # how alike two names must be for one to be taken for the other

#: What `minis up` makes of the settings, in the order in which a person meets it.
_NEEDED: Final = (
    *("clients_bot", "studio_bot", "telegram", "database", "link_key"),
    *("stripe_key", "stripe_hook", "stripe", "public"),
)

# Where to get what only the person can get; the others have defaults.
_WHERE: Final[Mapping[str, str]] = {
    "clients_bot_token": (
        "Talk to @BotFather in Telegram, send /newbot, and put the token it gives you into .env: "
        "MINIS_CLIENTS_BOT_TOKEN=123456789:AA…"
    ),
    "home": "It is the folder for the database and pictures, such as /var/lib/minis.",
    "studio_bot_token": (
        "The studio's own bot is a second one: send /newbot to @BotFather once more, and put that token into .env: "
        "MINIS_STUDIO_BOT_TOKEN=123456789:AA… Leave it out to run the clients' bot alone."
    ),
    "database_url": "It looks like sqlite:////var/lib/minis/minis.db or postgresql://user:password@host/name.",
    "telegram_api_url": f"It begins with http:// or https://; leave it out for Telegram itself ({TELEGRAM}).",
    "stripe_secret_key": (
        "In Stripe's dashboard, under Developers, API keys, copy the secret key: it begins with sk_test_ to try things "
        "out, with sk_live_ for real money (a restricted one with rk_). Leave it out if the studio connects its own, "
        "with /payments in its bot."
    ),
    "stripe_webhook_secret": (
        "In Stripe's dashboard, under Developers, Webhooks, open the endpoint for your address and /stripe, and copy "
        "its signing secret, which begins with whsec_. Without it, payments are noticed up to a minute later, and "
        "disputes and refunds made in the dashboard are not."
    ),
    "stripe_api_url": f"It begins with http:// or https://; leave it out for Stripe itself ({STRIPE}).",
    "public_url": "It is where the world reaches this server, such as https://minis.example.com.",
    "http_host": "It is an address of this machine: 127.0.0.1 for itself alone, 0.0.0.0 for everybody.",
    "http_port": "It is a number from 1 to 65535, such as 8080, or 0 for any that is free.",
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
    stripe_api_url: str = STRIPE
    slack_bot_token: SecretStr = SecretStr("")
    slack_app_token: SecretStr = SecretStr("")
    slack_signing_secret: SecretStr = SecretStr("")
    slack_api_url: str = ""
    smtp_url: SecretStr = SecretStr("")
    mail_from: str = ""
    public_url: str = ""
    http_host: str = "127.0.0.1"
    http_port: int = Field(default=8080, ge=0, le=65535)

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
            return f"sqlite:///{self.folder / DATABASE_FILE}"
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
    def found(self) -> tuple[str, bytes]:
        """The database and the key that are there; nothing is made. Raises SettingsWrong where one is missing."""
        home = self.home.expanduser().absolute()
        problems: list[str] = []
        if not self.database_url and not (home / DATABASE_FILE).is_file():
            problems.append(f"There is no database in {home}. MINIS_HOME or MINIS_DATABASE_URL says where it is.")
        if not self.secret_key.get_secret_value() and not (home / KEY_FILE).is_file():
            problems.append(f"There is no {KEY_FILE} in {home}, and MINIS_SECRET_KEY is not set.")
        if problems:
            raise SettingsWrong(problems)
        return self.database, self.link_key

    @property
    def clients_bot(self) -> str:
        """The token of the clients' bot. Raises SettingsWrong where there is none, or something else."""
        token = self._bot_token("clients_bot_token")
        if not token:
            raise SettingsWrong([_problem("clients_bot_token", "is missing.")])
        return token

    @property
    def studio_bot(self) -> str:
        """The token of the studio's bot; empty where it has none. Raises SettingsWrong where it is something else."""
        token = self._bot_token("studio_bot_token")
        if token and bot_of(token) == bot_of(self.clients_bot_token.get_secret_value()):
            raise SettingsWrong([_problem("studio_bot_token", "is the clients' bot's.")])
        return token

    def _bot_token(self, field: str) -> str:
        token: str = getattr(self, field).get_secret_value()
        if token and not is_bot_token(token):
            raise SettingsWrong([_problem(field, "is no bot token.")])
        return token

    @property
    def telegram(self) -> str:
        """Where the Bot API is, without a slash at its end."""
        return self._address("telegram_api_url")

    @property
    def stripe_key(self) -> str:
        """Stripe's secret key; empty where no cards are taken. Raises SettingsWrong where it is something else."""
        key = self.stripe_secret_key.get_secret_value()
        if key.startswith("pk_"):
            raise SettingsWrong([_problem("stripe_secret_key", "is the publishable key, which cannot take payments.")])
        if key and not self.is_stripe_key(key):
            raise SettingsWrong([_problem("stripe_secret_key", "is no secret key of Stripe's.")])
        return key

    @staticmethod
    def is_stripe_key(text: str) -> bool:
        """Whether it has the form of a secret or restricted key."""
        return bool(_STRIPE_KEY.fullmatch(text))

    @property
    def stripe_hook(self) -> str:
        """The secret that Stripe signs its events with; empty where it sends none. Raises SettingsWrong."""
        secret = self.stripe_webhook_secret.get_secret_value()
        if secret and not _STRIPE_HOOK.fullmatch(secret):
            raise SettingsWrong([_problem("stripe_webhook_secret", "is no signing secret of Stripe's.")])
        if secret and not self.stripe_secret_key.get_secret_value():
            raise SettingsWrong([_problem("stripe_secret_key", "is missing, and MINIS_STRIPE_WEBHOOK_SECRET is set.")])
        return secret

    @property
    def stripe(self) -> str:
        """Where Stripe's API is, without a slash at its end."""
        return self._address("stripe_api_url")

    @property
    def public(self) -> str:
        """Where the world reaches the web server, without a slash at its end; empty where it does not."""
        return self._address("public_url") if self.public_url else ""

    def _address(self, field: str) -> str:
        given: str = getattr(self, field)
        if not given.startswith(_HTTP) or not given.partition("://")[2].strip("/"):
            raise SettingsWrong([_problem(field, "is no address.")])
        return given.rstrip("/")


def check_for_up(settings: Settings) -> None:
    """Raise SettingsWrong with everything that `minis up` would stumble over, before the slow imports."""
    problems: list[str] = []
    for needed in _NEEDED:
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


def no_studio_bot() -> SettingsWrong:
    """What to say where something is asked of the studio's bot, and there is none."""
    return SettingsWrong([_problem("studio_bot_token", "is missing.")])


def is_bot_token(text: str) -> bool:
    """Whether it has the form of one."""
    return bool(_BOT_TOKEN.fullmatch(text))


def bot_of(token: str) -> str:
    """Whose token it is: a bot may be given another one."""
    return token.partition(":")[0]


def refused_token(field: str) -> SettingsWrong:
    """What to say when Telegram does not know the token of that setting."""
    return SettingsWrong([_problem(field, "is not known to Telegram: it is mistyped or was revoked.")])


def no_port(host: str, port: int, error: OSError) -> SettingsWrong:
    """What to say when the web server cannot listen where it shall."""
    match error.errno:
        case errno.EADDRINUSE:
            return SettingsWrong([_problem("http_port", f"is {port}, which another program uses already.")])
        case errno.EACCES:
            return SettingsWrong([_problem("http_port", f"is {port}, which this user may not listen on.")])
        case _:
            return SettingsWrong([_problem("http_host", f"is {host}, where this machine cannot listen.")])


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
