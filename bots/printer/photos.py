"""A client's photo, made fit to be kept: upright, no larger than needed, and telling nothing but the picture."""

import threading
import warnings
from collections.abc import Mapping
from enum import StrEnum
from io import BytesIO
from types import MappingProxyType
from typing import Any, Final, cast

from PIL import Image, ImageChops, ImageCms

from bots.printer.headers import Kind, is_held_whole, is_overloaded, kind_of

#: Bytes of what is sent; Telegram gives bots files up to this.
LARGEST: Final = 20_000_000
LONGER_SIDE: Final = 2048  # pixels of what is kept
QUALITY: Final = 85

#: Pixels of what is sent, by what decoding takes of the memory: for none more than 200 MB beside the file itself. Most
#: JPEGs are made smaller while they are read; some are held whole (the second number).
#: Pillow holds a WebP four times.
MOST_PIXELS: Final = MappingProxyType(
    {Kind.JPEG: 50_000_000, Kind.PNG: 25_000_000, Kind.GIF: 25_000_000, Kind.WEBP: 12_500_000}
)
MOST_PIXELS_HELD: Final = 20_000_000
_LARGEST_PROFILE: Final = 4_000_000  # bytes; those of printing presses have two million

_ORIENTATION: Final = 0x0112  # Exif 2.3, 4.6.4 A
_TURNS: Final[Mapping[object, Image.Transpose]] = MappingProxyType(
    {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }
)
_SPACES: Final = MappingProxyType({"RGB": "RGB ", "L": "GRAY", "CMYK": "CMYK"})  # as profiles call them

# Pillow's own guard, behind ours. It warns before it raises.
Image.MAX_IMAGE_PIXELS = max(MOST_PIXELS.values())
warnings.simplefilter("error", Image.DecompressionBombWarning)
# What it thinks of a photo's Exif would fill the log with strangers' words.
warnings.filterwarnings("ignore", category=UserWarning, module="PIL")

_cms: Final = cast(Any, ImageCms)  # half of its types are missing

#: However many are sent at once, they take the memory of one.
_one_at_a_time: Final = threading.Lock()


class Flaw(StrEnum):
    TOO_LARGE = "too-large"
    TOO_MANY_PIXELS = "too-many-pixels"
    NOT_A_PICTURE = "not-a-picture"
    BROKEN = "broken"


class PhotoRefused(Exception):
    """What was sent cannot be kept as a photo."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


def clean(data: bytes) -> bytes:
    """The photo as a JPEG in sRGB, upright, at most 2048 pixels on its longer side, without any metadata.

    Takes JPEG, PNG, WebP and GIF (its first picture). What is transparent becomes white. Raises PhotoRefused, and
    nothing else whatever the data are.
    """
    if len(data) > LARGEST:
        raise PhotoRefused(Flaw.TOO_LARGE)
    kind = kind_of(data)
    if kind is None:
        raise PhotoRefused(Flaw.NOT_A_PICTURE)
    if is_overloaded(data, kind):
        raise PhotoRefused(Flaw.BROKEN)
    try:
        with _one_at_a_time, Image.open(BytesIO(data), formats=(kind,)) as image:
            _look_at_size(image, _most_pixels(data, kind))
            return _kept(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise PhotoRefused(Flaw.TOO_MANY_PIXELS) from bomb
    except Exception as error:  # a broken file has made Pillow raise nearly every class there is
        raise PhotoRefused(Flaw.BROKEN) from error


def _look_at_size(image: Image.Image, most_pixels: int) -> None:
    """As the header tells it: nothing is decoded yet."""
    if image.width * image.height > most_pixels:
        raise Image.DecompressionBombError(f"{image.width} x {image.height} pixels")


def _most_pixels(data: bytes, kind: Kind) -> int:
    return MOST_PIXELS_HELD if kind is Kind.JPEG and is_held_whole(data) else MOST_PIXELS[kind]


def _kept(image: Image.Image) -> bytes:
    profile, turn = image.info.get("icc_profile"), _turn_of(image)
    image = _in_srgb(_smaller(image), profile)
    if turn is not None:
        image = image.transpose(turn)
    image.info.clear()
    kept = BytesIO()
    image.save(kept, "JPEG", quality=QUALITY, optimize=True)
    return kept.getvalue()


def _turn_of(image: Image.Image) -> Image.Transpose | None:
    try:
        return _TURNS.get(image.getexif().get(_ORIENTATION))
    except Exception:  # it is only the note beside the picture that is broken
        return None


def _smaller(image: Image.Image) -> Image.Image:
    """As large as it is kept, on white, in RGB, CMYK or L."""
    longer = max(image.size)
    size = cast(tuple[int, int], tuple(max(1, round(side * min(1, LONGER_SIDE / longer))) for side in image.size))
    image.draft(None, size)
    image.load()
    if image.mode.startswith("I"):  # 16 bits of grey
        return _in_eight_bits(resized(image, size).convert("I"))
    image = _in_bands(image)
    if "A" in image.getbands():
        image.paste("white", mask=ImageChops.invert(image.getchannel("A")))
    # Band by band, as Pillow would copy all of a picture that has transparency.
    bands = [resized(image.getchannel(band), size) for band in image.getbands() if band != "A"]
    return Image.merge({1: "L", 3: "RGB", 4: "CMYK"}[len(bands)], bands)


def _in_bands(image: Image.Image) -> Image.Image:
    """In a mode that can be mixed: no palette, no single bits."""
    if "transparency" in image.info:
        return image.convert("RGBA")
    modes = {"1": "L", "P": "RGB", "PA": "RGBA", "YCbCr": "RGB"}
    return image.convert(modes[image.mode]) if image.mode in modes else image


def _in_eight_bits(image: Image.Image) -> Image.Image:
    def scaled(value: Any) -> Any:
        return value * (1 / 257)

    return cast(Image.Image, cast(Any, image).point(scaled)).convert("L")


def resized(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    return cast(Image.Image, cast(Any, image).resize(size, Image.Resampling.LANCZOS))  # its types name numpy's


def _in_srgb(image: Image.Image, profile: Any) -> Image.Image:
    """By its profile, if it has one that can be read and is of its kind."""
    if isinstance(profile, bytes) and len(profile) <= _LARGEST_PROFILE:
        try:
            given = _cms.ImageCmsProfile(BytesIO(profile))
            if given.profile.xcolor_space == _SPACES[image.mode]:
                return _cms.profileToProfile(image, given, _cms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):  # as cameras without a profile: it is sRGB
            pass
    return image.convert("RGB")
