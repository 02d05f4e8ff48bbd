"""Every transcript, played against the real reception, doors and store on both databases."""

from pathlib import Path

import pytest

from tests.conversations.player import Player
from tests.conversations.scene import Scene
from tests.conversations.script import FOLDER, entries_of, rules_of

#: On PostgreSQL each third is played in the small size: a talk knows of no database, and what does is tested on both.
THIRD = 3

TRANSCRIPTS = [
    pytest.param(
        path, engine, id=f"{engine}-{path.stem}", marks=(pytest.mark.rule(*rules_of(path.read_text("utf-8"))), *size)
    )
    for number, path in enumerate(sorted(FOLDER.glob("*.txt")))
    for engine, size in (("sqlite", ()), ("postgres", (pytest.mark.full,) if number % THIRD else ()))
]


@pytest.mark.parametrize(("path", "engine"), TRANSCRIPTS)
def test_the_talk_goes_as_written(path: Path, engine: str, request: pytest.FixtureRequest) -> None:
    scene = Scene(request.getfixturevalue(f"migrated_{engine}_url"))
    try:
        Player(scene).play(entries_of(path.read_text("utf-8")))
    finally:
        scene.close()
