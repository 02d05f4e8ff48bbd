"""Links as QR codes, which a phone's camera reads off paper and screens."""

from functools import lru_cache
from typing import Final

import segno
from PIL import Image

QUIET_ZONE: Final = 4  # modules around the code that stay white; ISO/IEC 18004, 9.1
ACROSS: Final = 1024  # pixels of a code alone, at most


@lru_cache(maxsize=16)
def modules(link: str) -> tuple[bytes, ...]:
    """The code's rows, 1 for each dark module. A seventh of it may be covered or dirty (level M)."""
    return tuple(bytes(row) for row in segno.make_qr(link, error="m").matrix)


def code_of(link: str, across: int = ACROSS) -> Image.Image:
    """The code with its quiet zone, in whole pixels: so many across, or a little less."""
    rows = modules(link)
    count = len(rows) + 2 * QUIET_ZONE
    small = Image.new("L", (count, count), 255)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                small.putpixel((x + QUIET_ZONE, y + QUIET_ZONE), 0)
    each = max(1, across // count)
    return small.transform((count * each, count * each), Image.Transform.EXTENT, (0, 0, count, count))
