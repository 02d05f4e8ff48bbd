"""Photos of clients: what is kept of one, and what nobody can do with one."""

import io
import re
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageOps

from bots.printer.photos import LARGEST, PhotoRefused, clean
from tests.bots.printer.bad_files import BAD_FILES, JPEG_FILE, chunk, encoded, picture, segment, with_segments

# As the module has it for the whole program, which pytest undoes.
pytestmark = [
    pytest.mark.rule("F5"),
    pytest.mark.filterwarnings("ignore::UserWarning:PIL"),
]

MEMORY = 200  # megabytes
ORIENTATION, GPS = 0x0112, 0x8825
BRAUNSCHWEIG = (52.0, 16.0, 7.77)


def opened(jpeg: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(jpeg))
    image.load()
    return image


def markers(jpeg: bytes) -> Iterator[int]:
    """The segments of a JPEG up to its picture, read without Pillow (ITU T.81, annex B)."""
    at = 2
    while jpeg[at] == 0xFF:
        yield jpeg[at + 1]
        if jpeg[at + 1] == 0xDA:
            return
        at += 2 + struct.unpack(">H", jpeg[at + 2 : at + 4])[0]


def a_telling_exif(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[0x010F] = "MarkOfTheMaker"
    exif[GPS] = {1: "N", 2: BRAUNSCHWEIG, 3: "E", 4: BRAUNSCHWEIG}
    return exif


def a_telling_photo(kind: str) -> bytes:
    """With everything that a file can carry beside the picture, each marked to be found again."""
    exif = a_telling_exif()
    if kind == "PNG":
        png = encoded("PNG", exif=exif)
        return (
            png[:33]
            + chunk(b"tEXt", b"Comment\0MarkOfAComment")
            + chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0MarkOfXmp")
            + png[33:]
        )
    if kind == "WEBP":
        return encoded("WEBP", exif=exif, xmp=b"<x:xmpmeta>MarkOfXmp</x:xmpmeta>")
    xmp = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>MarkOfXmp</x:xmpmeta>")
    iptc = segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x10\x1c\x02\x78\0\x0bMarkOfIptc!")
    return with_segments(xmp, iptc, jpeg=encoded("JPEG", exif=exif, comment="MarkOfAComment"))


# -- what is kept --


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_photo_is_kept_as_a_jpeg(kind: str):
    kept = opened(clean(encoded(kind, picture(mode="P" if kind == "GIF" else "RGB"))))

    assert (kept.format, kept.mode, kept.size) == ("JPEG", "RGB", (64, 48))


@pytest.mark.parametrize(
    ("size", "kept"),
    [((2048, 1000), (2048, 1000)), ((4096, 1024), (2048, 512)), ((1500, 3000), (1024, 2048)), ((5000, 2), (2048, 1))],
)
def test_a_photo_is_made_as_small_as_it_is_kept_and_never_larger(size: tuple[int, int], kept: tuple[int, int]):
    assert [opened(clean(encoded(kind, picture(size)))).size for kind in ("JPEG", "PNG")] == [kept, kept]


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_stands_upright(orientation: int, kind: str):
    image = Image.new("RGB", (60, 40), "white")
    image.paste("red", (0, 0, 30, 20))
    given_ = encoded(kind, image, exif=a_telling_exif(orientation))

    kept, upright = opened(clean(given_)), ImageOps.exif_transpose(opened(given_)).convert("RGB")

    assert kept.size == upright.size
    corners = [(5, 5), (kept.width - 6, 5), (5, kept.height - 6), (kept.width - 6, kept.height - 6)]
    assert [is_red(kept, corner) for corner in corners] == [is_red(upright, corner) for corner in corners]


def is_red(image: Image.Image, at: tuple[int, int]) -> bool:
    colour = image.getpixel(at)
    assert isinstance(colour, tuple)
    return colour[1] < 128


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_of_where_when_and_by_whom_is_left(kind: str):
    photo = a_telling_photo(kind)
    kept = clean(photo)

    assert len(re.findall(rb"MarkOf", photo)) >= 2
    assert not re.search(rb"MarkOf|Exif|http|xmp|Photoshop|ICC", kept)
    assert set(markers(kept)) <= {0xE0, 0xDB, 0xC0, 0xC4, 0xDA}  # JFIF, tables, frame, tables, scan
    assert opened(kept).getexif() == {}


def test_the_marks_would_be_found_by_the_reading():
    assert {0xE1, 0xED, 0xFE} <= set(markers(a_telling_photo("JPEG")))
    assert Image.open(io.BytesIO(a_telling_photo("JPEG"))).getexif().get_ifd(GPS)[2] == BRAUNSCHWEIG


def test_the_colours_of_another_space_are_those_of_srgb():
    """A profile that has red and blue the other way round."""
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = lab.replace(b"rXYZ", b"tmpX", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"tmpX", b"bXYZ", 1)
    image = Image.new("RGB", (32, 32), (200, 0, 0))

    colour = opened(clean(encoded("PNG", image, icc_profile=swapped))).getpixel((16, 16))

    assert isinstance(colour, tuple)
    assert colour[2] > 150 > colour[0]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_pixels_is_understood(mode: str):
    grey = Image.new("I;16", (32, 32), 128 * 257) if mode == "I;16" else Image.new("L", (32, 32), 128).convert(mode)

    kept = opened(clean(encoded("PNG", grey))).resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))

    assert isinstance(kept, tuple)
    assert all(120 <= colour <= 136 for colour in kept)


def test_what_is_printed_in_four_colours_is_understood():
    colour = opened(clean(encoded("JPEG", Image.new("CMYK", (32, 32), (0, 255, 255, 0))))).getpixel((16, 16))

    assert isinstance(colour, tuple)
    assert colour[0] > 200
    assert max(colour[1:]) < 60


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
def test_what_is_transparent_is_white(kind: str):
    image = Image.new("RGBA", (32, 32), (255, 0, 0, 0))

    assert opened(clean(encoded(kind, image))).getpixel((16, 16)) == (255, 255, 255)


def test_of_an_animation_the_first_picture_is_kept():
    first, second = (Image.new("RGB", (32, 32), colour) for colour in ("red", "blue"))

    colour = opened(clean(encoded("GIF", first, save_all=True, append_images=[second]))).getpixel((16, 16))

    assert isinstance(colour, tuple)
    assert colour[0] > 200
    assert colour[2] < 60


def test_a_phones_photo_with_a_second_picture_in_it_is_one_photo():
    """As phones write them: MPO, with a map of the light."""
    phones = encoded("MPO", picture((6000, 4000)), save_all=True, append_images=[picture()])

    assert opened(clean(phones)).size == (2048, 1365)


def test_the_same_photo_gives_the_same_bytes_and_cleaning_again_changes_no_size():
    once = clean(JPEG_FILE)

    assert once == clean(JPEG_FILE)
    assert opened(clean(once)).size == opened(once).size


# -- what is refused --


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_refused_for_what_it_is_or_cleaned(name: str):
    make, flaw = BAD_FILES[name]
    data = make()

    if flaw is None:
        kept = clean(data)
        assert opened(kept).mode == "RGB"
        assert not re.search(rb"script|alert|<\?php|PK\x03", kept)
    else:
        with pytest.raises(PhotoRefused) as refused:
            clean(data)
        assert refused.value.flaw is flaw


def test_a_file_of_the_largest_size_is_looked_at():
    assert opened(clean(JPEG_FILE + b"\0" * (LARGEST - len(JPEG_FILE)))).size == (64, 48)


@given(st.data())
def test_a_photo_with_bytes_changed_is_cleaned_or_refused_and_raises_nothing_else(data: st.DataObject):
    kind = data.draw(st.sampled_from(["JPEG", "PNG", "WEBP", "GIF"]))
    photo = bytearray(encoded(kind, picture((24, 24), mode="P" if kind == "GIF" else "RGB")))
    for _ in range(data.draw(st.integers(1, 6))):
        photo[data.draw(st.integers(0, len(photo) - 1))] = data.draw(st.integers(0, 255))

    try:
        kept = clean(bytes(photo))
    except PhotoRefused:
        return

    assert opened(kept).format == "JPEG"


# -- what it takes --


def grown(look: str, files: list[Path]) -> int:
    """Megabytes. Through a shell, as a process begins with the largest memory that whoever started it had then."""
    command = [sys.executable, "-m", "tests.bots.printer.memory", look, *map(str, files)]
    by_a_small_one = ["sh", "-c", '"$@"; exit $?', "sh", *command]
    run = subprocess.run(by_a_small_one, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3])
    return int(run.stdout)


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], Path]:
    def write(name: str) -> Path:
        file = tmp_path / str(len([*tmp_path.iterdir()]))
        file.write_bytes(BAD_FILES[name][0]())
        return file

    return write


def test_all_the_bad_files_together_take_little_memory(written: Callable[[str], Path]):
    assert grown("guarded", [written(name) for name in BAD_FILES]) < MEMORY


def test_without_the_guard_a_bomb_takes_much(written: Callable[[str], Path]):
    assert grown("unguarded", [written("a png of 121 megapixels")]) > 2 * MEMORY


SIZES: list[tuple[str, str, tuple[int, int], dict[str, Any]]] = [
    ("JPEG", "RGB", (8000, 6200), {}),
    ("JPEG", "CMYK", (4800, 4100), {"progressive": True, "subsampling": 0}),
    ("PNG", "RGBA", (5000, 4999), {}),
    ("PNG", "I;16", (5000, 4999), {}),
    ("PNG", "P", (5000, 4999), {"transparency": 0}),
    ("GIF", "P", (5000, 4999), {"transparency": 0}),
    ("WEBP", "RGBA", (4032, 3024), {"lossless": True}),
]


@pytest.mark.parametrize(("kind", "mode", "size", "options"), SIZES)
def test_the_largest_photo_of_each_kind_takes_no_more(
    kind: str, mode: str, size: tuple[int, int], options: dict[str, Any], tmp_path: Path
):
    file = tmp_path / "photo"
    file.write_bytes(encoded(kind, Image.new(mode, size), **options))

    assert grown("guarded", [file]) < MEMORY
    assert max(opened(clean(file.read_bytes())).size) == 2048
