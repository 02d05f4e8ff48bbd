"""A process of its own, whose memory at its largest tells what looking at files takes.

`python -m tests.bots.printer.memory guarded|unguarded FILE…` prints by how many megabytes it grew.
"""

import contextlib
import resource
import sys
import warnings
from io import BytesIO
from pathlib import Path

from PIL import Image

from bots.printer.photos import PhotoRefused, clean


def guarded(data: bytes) -> None:
    with contextlib.suppress(PhotoRefused):
        clean(data)


def unguarded(data: bytes) -> None:
    Image.MAX_IMAGE_PIXELS = None
    Image.open(BytesIO(data)).load()


def largest_so_far() -> int:
    """Megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    look = {"guarded": guarded, "unguarded": unguarded}[sys.argv[1]]
    before = largest_so_far()
    for file in sys.argv[2:]:
        look(Path(file).read_bytes())
    print(largest_so_far() - before)
