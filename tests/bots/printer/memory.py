"""A process of its own, whose memory at its largest tells what looking at files takes.

`python -m tests.bots.printer.memory guarded|unguarded FILE…` prints by how many megabytes it grew, and
`… drawing` by how many for a day's picture, from the fonts on.
"""

import contextlib
import resource
import sys
import warnings
from io import BytesIO
from pathlib import Path

from PIL import Image

from bots.printer.easel import Easel
from bots.printer.photos import PhotoRefused, clean
from conversations.day_pictures import day_picture
from conversations.words import Words
from tests.builders import a_studio
from tests.days import FALL, a_date, many_states


def guarded(data: bytes) -> None:
    with contextlib.suppress(PhotoRefused):
        clean(data)


def unguarded(data: bytes) -> None:
    Image.MAX_IMAGE_PIXELS = None
    Image.open(BytesIO(data)).load()


def largest_so_far() -> int:
    """Megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def drawing() -> int:
    rows = many_states(24, names=["Ana Torres", "שרה", "فاطمة"])
    picture = day_picture(Words.load(), "en", a_studio(), FALL, a_date(), rows)
    before = largest_so_far()
    Easel().drawn(picture)
    return largest_so_far() - before


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    if sys.argv[1] == "drawing":
        print(drawing())
        sys.exit()
    look = {"guarded": guarded, "unguarded": unguarded}[sys.argv[1]]
    before = largest_so_far()
    for file in sys.argv[2:]:
        look(Path(file).read_bytes())
    print(largest_so_far() - before)
