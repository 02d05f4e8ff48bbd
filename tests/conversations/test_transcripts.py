"""Every transcript, played against the real reception, doors and store on both databases."""

from pathlib import Path

import pytest

from tests.conversations.player import Player
from tests.conversations.scene import Scene
from tests.conversations.script import FOLDER, entries_of, rules_of

TRANSCRIPTS = [
    pytest.param(path, id=path.stem, marks=pytest.mark.rule(*rules_of(path.read_text(encoding="utf-8"))))
    for path in sorted(FOLDER.glob("*.txt"))
]


@pytest.mark.parametrize("path", TRANSCRIPTS)
def test_the_talk_goes_as_written(path: Path, database_url: str) -> None:
    scene = Scene(database_url)
    try:
        Player(scene).play(entries_of(path.read_text(encoding="utf-8")))
    finally:
        scene.close()
