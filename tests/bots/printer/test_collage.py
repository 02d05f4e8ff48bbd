"""Several photos in one picture: in their order, side by side, cleaned, and little cut."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageColor

from bots.printer.collage import FEWEST, GUTTER, MOST, SHAPES, WIDE, collage, layout
from bots.printer.lettering import Room
from bots.printer.photos import PhotoRefused
from tests.bots.printer.bad_files import encoded

COLOURS = ("red", "lime", "blue", "yellow", "cyan", "magenta")

pytestmark = pytest.mark.rule("B2")


def photo(number: int, size: tuple[int, int] = (300, 200), kind: str = "JPEG") -> bytes:
    return encoded(kind, Image.new("RGB", size, COLOURS[number]))


def area(room: Room) -> int:
    return (room[2] - room[0]) * (room[3] - room[1])


@pytest.mark.parametrize("count", range(FEWEST, MOST + 1))
@pytest.mark.parametrize("size", [(300, 200), (200, 300), (900, 90), (90, 900)])
def test_each_photo_is_in_it_once_in_its_order_between_white_gutters(count: int, size: tuple[int, int]):
    with Image.open(BytesIO(collage([photo(number, size) for number in range(count)]))) as made:
        image = made.convert("RGB")
    rooms, high = layout([size[0] / size[1]] * count)

    assert image.size == (WIDE, high)
    for (left, top, right, bottom), colour in zip(rooms, COLOURS, strict=False):
        pixel = image.getpixel(((left + right) // 2, (top + bottom) // 2))
        assert isinstance(pixel, tuple)
        assert all(abs(a - b) < 8 for a, b in zip(pixel, ImageColor.getrgb(colour), strict=True))
        if right < WIDE:
            gutter = image.getpixel((right + GUTTER // 2, (top + bottom) // 2))
            assert isinstance(gutter, tuple)
            assert min(gutter) > 235


@given(st.lists(st.floats(0.05, 20), min_size=FEWEST, max_size=MOST))
def test_photos_of_any_shape_fill_the_picture_and_do_not_meet(shapes: list[float]):
    rooms, high = layout(shapes)

    assert SHAPES[0] - 0.01 <= high / WIDE <= SHAPES[1] + 0.01
    assert min(room[0] for room in rooms) == min(room[1] for room in rooms) == 0
    assert max(room[2] for room in rooms) == WIDE
    assert max(room[3] for room in rooms) == high
    for number, one in enumerate(rooms):
        for other in rooms[number + 1 :]:
            apart = other[0] >= one[2] + GUTTER or other[1] >= one[3] + GUTTER
            assert apart
    assert sum(map(area, rooms)) > 0.96 * WIDE * high


@pytest.mark.parametrize("shape", [2 / 3, 3 / 4, 1, 4 / 3, 3 / 2])
@pytest.mark.parametrize("count", range(FEWEST, MOST + 1))
def test_photos_as_cameras_take_them_lose_three_tenths_at_most(shape: float, count: int):
    rooms, _ = layout([shape] * count)

    for left, top, right, bottom in rooms:
        shown = (right - left) / (bottom - top)
        assert min(shown / shape, shape / shown) > 0.7


def test_a_collage_has_the_same_bytes_twice_and_no_metadata():
    photos = [photo(0), photo(1, kind="PNG"), photo(2, kind="WEBP")]
    made = collage(photos)

    assert made == collage(photos)
    with Image.open(BytesIO(made)) as image:
        assert image.format == "JPEG"
        assert not image.getexif()
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("count", [0, 1, 7])
def test_a_collage_is_made_of_two_to_six(count: int):
    with pytest.raises(ValueError, match="collage"):
        collage([photo(0)] * count)


def test_what_is_no_photo_is_refused():
    with pytest.raises(PhotoRefused):
        collage([photo(0), b"%PDF-1.7"])
