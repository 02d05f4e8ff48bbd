"""The command `minis`. Nothing but click is imported before a command is chosen: help must not wait for aiogram."""

import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from bots.settings import Settings


WRONG: Final = 2  # the exit code where a person has to set something right
_NO_STUDIO: Final = (
    "There is no studio yet. `minis up` founds one where MINIS_STUDIO_BOT_TOKEN is set; `minis example` makes one to "
    "try everything with."
)
_SILENT: Final = "Telegram does not answer. Try again in a minute."


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="minis", prog_name="minis", message="%(prog)s %(version)s")
def main() -> None:
    """Photographers' mini sessions, booked in chat."""


@main.command()
def up() -> None:
    """Run the bots until Ctrl-C.

    Settings are MINIS_… variables, or a file .env in this folder. Without any, it asks for what it needs. As long as
    nobody has claimed the studio, it prints a link that makes whoever opens it the owner.
    """
    with _plain_words(), _settings() as settings:
        from bots.settings import check_for_up

        complete = _asked_for(settings)
        check_for_up(complete)
        from bots.claim import NoStudio
        from bots.telegram.me import TelegramSilent
        from bots.up import run

        try:
            run(complete, click.echo)
        except NoStudio:
            raise click.ClickException(_NO_STUDIO) from None
        except TelegramSilent:
            raise click.ClickException(_SILENT) from None


@main.command()
def claim() -> None:
    """Print a new link that makes whoever opens it the owner.

    For a studio that nobody owns yet, or whose owner lost their Telegram account. Earlier links open nothing any more.
    """
    with _plain_words(), _settings() as settings:
        from bots.claim import NoStudio, new_claim
        from bots.telegram.me import TelegramSilent

        try:
            click.echo(new_claim(settings))
        except NoStudio:
            raise click.ClickException(_NO_STUDIO) from None
        except TelegramSilent:
            raise click.ClickException(_SILENT) from None


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print for programs.")
def example(*, as_json: bool) -> None:
    """Make the example studio and print its links.

    A second time it changes nothing and prints the same.
    """
    with _plain_words(), _settings() as settings:
        from bots.example import links_of_example

        found = links_of_example(settings)
        click.echo(found.as_json() if as_json else found.as_text())


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
def verify(*, file: Path | None) -> None:
    """Check that what is kept is what was signed.

    With FILE, a signed copy: whose it is, whether it was signed again, and that not a bit of it or of its record was
    changed. Without, everything. It only reads.
    """
    with _plain_words(), _settings() as settings:
        from bots.verify import verify_all, verify_file

        verdict = verify_file(settings, file) if file else verify_all(settings)
        for line in verdict.lines:
            click.echo(line)
        sys.exit(0 if verdict.holds else 1)


@main.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Where the page is served; 8787, or the next that is free.")
@click.option("--no-open", is_flag=True, help="Do not open the browser.")
@click.option("--plain", is_flag=True, help="Here in the terminal instead of in the browser.")
@click.option("--smoke", is_flag=True, help="Play a paid and a free booking without anybody, and end.")
def demo(*, port: int | None, no_open: bool, plain: bool, smoke: bool) -> None:
    """Try it all without any account: the real bots against a pretended Telegram and Stripe."""
    if smoke:
        from bots.demo import smoke as robot

        sys.exit(robot.run())
    if plain:
        from bots.demo import plain as terminal

        sys.exit(terminal.run())
    from bots.demo import stage

    sys.exit(stage.run(port, open_browser=not no_open))


def _asked_for(settings: "Settings") -> "Settings":
    """The settings, with the tokens that whoever sits before the terminal gave where there are none."""
    if settings.clients_bot_token.get_secret_value() or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return settings
    from bots.asking import ask_for_tokens
    from bots.settings import load_settings

    ask_for_tokens(settings)
    return load_settings()


@contextmanager
def _settings() -> Generator["Settings"]:
    from bots.logs import set_up_logs
    from bots.settings import load_settings, misspelt

    set_up_logs()
    for sentence in misspelt():
        click.echo(sentence, err=True)
    yield load_settings()


@contextmanager
def _plain_words() -> Generator[None]:
    """What a person has to set right is said without a traceback."""
    from bots.settings import SettingsWrong

    try:
        yield
    except SettingsWrong as wrong:
        click.echo(str(wrong), err=True)
        sys.exit(WRONG)


if __name__ == "__main__":
    main()
