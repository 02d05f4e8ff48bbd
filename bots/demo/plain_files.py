"""Documents and pictures in a terminal: what the bot sends is saved, what lies on the phone is sent by a word."""

import re
from pathlib import Path
from typing import Final

import click

from bots.demo.phones import Phone
from bots.demo.samples import SAMPLES
from bots.demo.scene import Scene
from bots.demo.telegram import MessageView, Upload
from bots.demo.telegram.views import DocumentView

HELP: Final = "Pictures: photo 1 to 3; photo 1 2 sends two together, file 1 sends it as a file."
SENDING: Final = re.compile(r"(photo|file)((?: [1-9])*)")
MEGABYTE: Final = 1_000_000  # bytes


class PlainFiles:
    """What lies on a phone, and what its chat brings."""

    def __init__(self, scene: Scene, phone: Phone) -> None:
        self._scene = scene
        self._phone = phone
        self._folder = scene.folder / "files"

    def takes(self, word: str) -> bool:
        """Whether the word sends a picture."""
        return SENDING.fullmatch(word) is not None

    def do(self, word: str) -> bool:
        """Send what the word says; True where the bot may have something to say about it."""
        how, *numbers = word.split()
        chosen = [SAMPLES[int(number) - 1] for number in numbers or ["1"] if int(number) <= len(SAMPLES)]
        if not chosen:
            click.echo(f"There are {len(SAMPLES)} pictures.")
            return False
        uploads = [Upload(one.name, "image/jpeg", one.data) for one in chosen]
        self._scene.phones.send_files(self._phone, uploads, as_files=how == "file")
        titles = ", ".join(f"{one.title} ({one.note})" if one.note else one.title for one in chosen)
        click.echo(f"Sent: {titles}.")
        return True

    def attached(self, message: MessageView) -> str:
        """What hangs on a message, as the words before its text."""
        if message.document:
            return f"{self._saved(message.document)}\n"
        return "(picture) " if message.photo_url else ""

    def _saved(self, document: DocumentView) -> str:
        path = self.save(document.name, self._scene.telegram.data_at(document.url))
        return f"[document] {document.name}, {_size(document.size)}, saved as {path} until the demo ends"

    def save(self, name: str, data: bytes) -> Path:
        """Save it under its name; another file of the same name gets a number."""
        self._folder.mkdir(exist_ok=True)
        first = path = self._folder / name
        number = 1
        while path.exists() and path.read_bytes() != data:
            number += 1
            path = first.with_stem(f"{first.stem}-{number}")
        path.write_bytes(data)
        return path


def _size(size: int) -> str:
    return f"{size / MEGABYTE:.1f} MB" if size >= MEGABYTE // 10 else f"{max(1, round(size / 1000))} KB"
