"""A Chromium for the tests that look at a page."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict

ARGUMENTS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


class LaunchOptions(TypedDict):
    """What Playwright's `chromium.launch` is called with."""

    executable_path: str
    args: list[str]


def find_chromium() -> Path | None:
    """The browser that `MINIS_TEST_CHROMIUM` names, else the machine's own, else one that Playwright installed."""
    return next(filter(Path.is_file, _candidates()), None)


def launch_options(chromium: Path) -> LaunchOptions:
    arguments = [*ARGUMENTS, "--no-sandbox"] if os.geteuid() == 0 else [*ARGUMENTS]  # its sandbox refuses root
    return {"executable_path": str(chromium), "args": arguments}


def _candidates() -> Iterator[Path]:
    if named := os.environ.get("MINIS_TEST_CHROMIUM"):
        yield Path(named)
        return
    for command in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(command):
            yield Path(found)
    playwright = os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright"
    yield from sorted(Path(playwright).glob("chromium-*/chrome-linux*/chrome"), reverse=True)
