"""What the demo takes from the machine around it: an environment for its child, and whether anybody sits before it."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import bots

# The demo runs beside whatever the person has set up for real, so it needs the environment to keep it out.
_ENVIRONMENT: Mapping[str, str] = os.environ  # noqa: TID251


def child_environment(settings: Mapping[str, str]) -> dict[str, str]:
    """The environment of the real program: everybody's variables, none of the person's own `MINIS_…`, then `settings`.

    A token or database that is meant in earnest can so never be reached by the demo.
    """
    kept = {name: value for name, value in _ENVIRONMENT.items() if not name.startswith("MINIS_")}
    # The child runs in the demo's own folder, where no `.env` lies, and must find the packages from there.
    return kept | {"PYTHONPATH": str(Path(bots.__file__).parents[1]), "PYTHONUNBUFFERED": "1"} | dict(settings)


def somebody_can_see() -> bool:
    """Whether opening a browser makes sense: not in CI, and not on a machine without a screen."""
    if _ENVIRONMENT.get("CI"):
        return False
    return sys.platform in {"darwin", "win32"} or bool(
        _ENVIRONMENT.get("DISPLAY") or _ENVIRONMENT.get("WAYLAND_DISPLAY")
    )
