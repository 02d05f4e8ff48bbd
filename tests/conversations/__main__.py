"""Writes into transcripts what the bot says now: `python -m tests.conversations new_one.txt …`, to be read and judged.

What people do and what happens is kept as it stands; every line of what was heard is written anew.
"""

import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from storage.migrations import upgrade
from tests.conversations.phone import Heard
from tests.conversations.player import Player
from tests.conversations.scene import Scene
from tests.conversations.script import ANYTHING, Entry, entries_of

_WRONG = "#!"
_CODE = re.compile(r"\bLP-\d+")
_TOKEN = re.compile(r"(\?start=[a-z]+_|picture code/m_|/m/)[\w-]{22}")
_CARD = re.compile(r"(picture card/)[\w-]+")


def main(paths: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.db"
        upgrade(f"sqlite:///{empty}")
        for number, path in enumerate(map(Path, paths)):
            shutil.copy(empty, Path(folder) / f"{number}.db")
            scene = Scene(f"sqlite:///{folder}/{number}.db")
            try:
                text = path.read_text(encoding="utf-8")
                path.write_text("\n".join(_written(Player(scene), text)) + "\n", encoding="utf-8")
            finally:
                scene.close()


def _written(player: Player, text: str) -> Iterator[str]:
    source = text.splitlines()
    entries = list(entries_of(text))
    for entry, following in zip(entries, [*entries[1:], None], strict=True):
        if entry.expects:
            continue
        if entry.verb not in {"rule", "given"}:
            yield ""
        yield from _kept(source, entry, following)
        try:
            player.act(entry)
        except (AssertionError, LookupError, ValueError) as wrong:
            yield f"{_WRONG} {wrong}"
        for who, heard in player.heard():
            yield from _spoken(who, heard)


def _kept(source: list[str], entry: Entry, following: Entry | None) -> Iterator[str]:
    end = following.number - 1 if following else len(source)
    return (line for line in source[entry.number - 1 : end] if line.strip() and not line.startswith(_WRONG))


def _spoken(who: str, heard: Heard) -> Iterator[str]:
    verb = heard.how if who == "client" else f"{heard.how} to {who}"
    lines = [_without_chance(line) for line in heard.lines]
    if len(lines) == 1:
        yield f"{verb}: {lines[0]}"
        return
    yield f"{verb}:"
    yield from (f"  {line}".rstrip() for line in lines)


def _without_chance(line: str) -> str:
    """The line with what is another at each playing left open."""
    line = _CODE.sub(f"LP-{ANYTHING}", line)
    return _CARD.sub(rf"\1{ANYTHING}", _TOKEN.sub(rf"\1{ANYTHING}", line))


if __name__ == "__main__":
    main(sys.argv[1:])
