"""What the demo's people have on their phones: pictures, drawn for this, one of which tells its place; and a text."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Sample:
    #: The file's, and what the phone shows of it.
    name: str
    title: str
    note: str = ""
    media_type: str = "image/jpeg"

    @property
    def data(self) -> bytes:
        return (FOLDER / self.name).read_bytes()


SAMPLES: Final = (
    Sample("autumn-walk.jpg", "Autumn walk", "with its place in it"),
    Sample("good-dog.jpg", "A good dog"),
    Sample("by-the-lake.jpg", "By the lake"),
)
#: On Luna's phone only.
AGREEMENT: Final = Sample("agreement.txt", "An agreement", "a text for /contract", "text/plain")


def sample(name: str) -> Sample | None:
    return next((one for one in (*SAMPLES, AGREEMENT) if one.name == name), None)
