"""The `.env` file: what is put into it stays beside whatever is there already, readable for its owner alone."""

import os
from collections.abc import Mapping
from pathlib import Path

from bots.settings import ENV_FILE, SettingsWrong


def keep(values: Mapping[str, str]) -> Path:
    """Write the variables into this folder's `.env`, all or none. Raises SettingsWrong where that cannot be."""
    path = Path(ENV_FILE).absolute()
    try:
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        _replace(path, "\n".join((*_others(lines, values), *(f"{name}={one}" for name, one in values.items()), "")))
    except OSError as error:
        raise SettingsWrong([f"{path} cannot be written ({error.strerror})."]) from error
    return path


def _others(lines: list[str], values: Mapping[str, str]) -> list[str]:
    names = {name.upper() for name in values}
    return [line for line in lines if line.removeprefix("export ").partition("=")[0].strip().upper() not in names]


def _replace(path: Path, text: str) -> None:
    """In one move: whoever reads meanwhile finds the old file or the new one."""
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    new.replace(path)
