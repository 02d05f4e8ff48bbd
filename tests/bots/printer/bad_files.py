"""Files that nobody should have sent as a photo: broken, oversized, hostile, or something else altogether."""

import gzip
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from bots.printer.photos import LARGEST, Flaw

#: What comes of a file that is no worse than it looks.
CLEANED = None

PNG = b"\x89PNG\r\n\x1a\n"
GIF = b"GIF89a"
JUNK = bytes(range(256)) * 8


def picture(size: tuple[int, int] = (64, 48), mode: str = "RGB") -> Image.Image:
    image = Image.new("RGB", size, "steelblue")
    ImageDraw.Draw(image).ellipse((0, 0, size[0] - 1, size[1] - 1), fill="gold")
    return image.convert(mode)


def encoded(kind: str, image: Image.Image | None = None, **options: Any) -> bytes:
    file = BytesIO()
    (image or picture()).save(file, kind, **options)
    return file.getvalue()


JPEG_FILE = encoded("JPEG")
PNG_FILE = encoded("PNG")
GIF_FILE = encoded("GIF", picture(mode="P"))
WEBP_FILE = encoded("WEBP")


def chunk(kind: bytes, body: bytes, *, crc: int | None = None) -> bytes:
    return (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body) if crc is None else crc)
    )


def header(width: int, height: int, depth: int = 8, colour: int = 2, interlace: int = 0) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace))


def with_chunks(*chunks: bytes) -> bytes:
    """The little PNG with chunks after its header."""
    return PNG_FILE[:33] + b"".join(chunks) + PNG_FILE[33:]


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def with_segments(*segments: bytes, jpeg: bytes = JPEG_FILE) -> bytes:
    return jpeg[:2] + b"".join(segments) + jpeg[2:]


def with_dimensions(width: int, height: int, jpeg: bytes = JPEG_FILE, marker: bytes = b"\xff\xc0") -> bytes:
    """The JPEG with other dimensions in its frame header."""
    at = jpeg.index(marker) + 5
    return jpeg[:at] + struct.pack(">HH", height, width) + jpeg[at + 4 :]


def riff(*chunks: tuple[bytes, bytes]) -> bytes:
    body = b"WEBP" + b"".join(
        kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2) for kind, data in chunks
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


def extended_webp(width: int, height: int) -> bytes:
    flags = b"\0\0\0\0" + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return riff((b"VP8X", flags), (b"VP8 ", WEBP_FILE[20:]))


def gif_of(width: int, height: int, rest: bytes = b"") -> bytes:
    return GIF + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff" + rest


def gif_frame(width: int, height: int) -> bytes:
    return b"," + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\x02\x02\x4c\x01\x00;"


def animated(kind: str, frames: int) -> bytes:
    images = [Image.new("P" if kind == "GIF" else "RGB", (40, 40), number % 256) for number in range(frames)]
    return encoded(kind, images[0], save_all=True, append_images=images[1:])


def png_bomb(side: int) -> bytes:
    """All black: hundreds of times smaller than what it decodes to."""
    rows = zlib.compressobj(1)
    row = b"\0" * (1 + side * 3)
    data = b"".join(rows.compress(row) for _ in range(side)) + rows.flush()
    return PNG + header(side, side) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def one_scan_of_many() -> bytes:
    """A progressive JPEG that ends after its first scan."""
    jpeg = with_dimensions(7000, 7000, encoded("JPEG", progressive=True), b"\xff\xc2")
    return jpeg[: jpeg.index(b"\xff\xc4", jpeg.index(b"\xff\xda"))] + b"\xff\xd9"


def one_colour_of_three() -> bytes:
    """A JPEG whose only scan has the first of its colours."""
    jpeg = with_dimensions(7000, 7000)
    at = jpeg.index(b"\xff\xda")
    return jpeg[:at] + b"\xff\xda\0\x08\x01\x01\0\0\x3f\0" + jpeg[at + 14 :]


def many_scans(count: int) -> bytes:
    """A progressive JPEG whose last scan comes again and again."""
    jpeg = encoded("JPEG", progressive=True)
    last = jpeg.rindex(b"\xff\xda")
    return jpeg[:-2] + jpeg[last:-2] * count + jpeg[-2:]


def zipped(kind: str = "html") -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"index.{kind}", "<script>alert(1)</script>" * 100)
    return file.getvalue()


def tarred() -> bytes:
    file = BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("photo.jpg"))
    return file.getvalue()


def exif(body: bytes) -> bytes:
    return segment(0xE1, b"Exif\0\0" + body)


#: An image file directory that is its own next one, with a tag whose value lies outside.
LOOPING_EXIF = b"II*\0\x08\0\0\0" + struct.pack("<HHHII", 1, 0x8769, 4, 1, 8) + struct.pack("<I", 8)
#: Orientation as text, and a count of four thousand million.
WRONG_EXIF = b"II*\0\x08\0\0\0" + struct.pack("<HHHII", 1, 0x0112, 2, 0xFFFFFFFF, 0xFFFFFFF0) + struct.pack("<I", 0)
BAD_PROFILE = b"ICC_PROFILE\0\x01\x01" + JUNK
TEXT_BOMB = zlib.compress(b"\0" * 30_000_000, 9)

#: Name, how it is made, and what comes of it.
BAD_FILES: dict[str, tuple[Callable[[], bytes], Flaw | None]] = {
    # no pictures at all
    "nothing": (lambda: b"", Flaw.NOT_A_PICTURE),
    "one byte": (lambda: b"\xff", Flaw.NOT_A_PICTURE),
    "a jpeg's first two bytes": (lambda: b"\xff\xd8", Flaw.NOT_A_PICTURE),
    "zeros": (lambda: b"\0" * 10_000, Flaw.NOT_A_PICTURE),
    "junk": (lambda: JUNK, Flaw.NOT_A_PICTURE),
    "words": (lambda: b"my cat, on the sofa", Flaw.NOT_A_PICTURE),
    "html": (lambda: b"<!doctype html><script>alert(1)</script>", Flaw.NOT_A_PICTURE),
    "svg": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', Flaw.NOT_A_PICTURE),
    "svg in gzip": (lambda: gzip.compress(b"<svg/>"), Flaw.NOT_A_PICTURE),
    "xml with entities": (lambda: b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', Flaw.NOT_A_PICTURE),
    "pdf": (lambda: b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n%%EOF", Flaw.NOT_A_PICTURE),
    "postscript": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(%pipe%id)(w)file\n", Flaw.NOT_A_PICTURE),
    "zip": (zipped, Flaw.NOT_A_PICTURE),
    "tar": (tarred, Flaw.NOT_A_PICTURE),
    "program": (lambda: b"\x7fELF" + JUNK, Flaw.NOT_A_PICTURE),
    "windows program": (lambda: b"MZ" + JUNK, Flaw.NOT_A_PICTURE),
    "wav": (lambda: b"RIFF\x24\0\0\0WAVEfmt " + JUNK, Flaw.NOT_A_PICTURE),
    "heic": (lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + JUNK, Flaw.NOT_A_PICTURE),
    "mp4": (lambda: b"\0\0\0\x18ftypisom\0\0\0\0isommp42" + JUNK, Flaw.NOT_A_PICTURE),
    "bmp": (lambda: encoded("BMP"), Flaw.NOT_A_PICTURE),
    "tiff": (lambda: encoded("TIFF"), Flaw.NOT_A_PICTURE),
    "ico": (lambda: encoded("ICO"), Flaw.NOT_A_PICTURE),
    "tga": (lambda: encoded("TGA"), Flaw.NOT_A_PICTURE),
    "psd": (lambda: b"8BPS\0\x01" + JUNK, Flaw.NOT_A_PICTURE),
    "a space before a jpeg": (lambda: b" " + JPEG_FILE, Flaw.NOT_A_PICTURE),
    # too much
    "one byte too many": (lambda: JPEG_FILE + b"\0" * (LARGEST + 1 - len(JPEG_FILE)), Flaw.TOO_LARGE),
    "twenty million zeros and one": (lambda: b"\0" * (LARGEST + 1), Flaw.TOO_LARGE),
    "a png of 121 megapixels": (lambda: png_bomb(11_000), Flaw.TOO_MANY_PIXELS),
    "a png's header of 2^31": (lambda: PNG + header(2**31 - 1, 2**31 - 1) + chunk(b"IDAT", b""), Flaw.TOO_MANY_PIXELS),
    "a long thin png": (lambda: PNG + header(2**31 - 1, 1) + chunk(b"IDAT", b""), Flaw.TOO_MANY_PIXELS),
    "a jpeg's header of 65500": (lambda: with_dimensions(65_500, 65_500), Flaw.TOO_MANY_PIXELS),
    "a jpeg just over": (lambda: with_dimensions(7072, 7072), Flaw.TOO_MANY_PIXELS),
    "a progressive jpeg's header": (
        lambda: with_dimensions(7000, 7000, encoded("JPEG", progressive=True), b"\xff\xc2"),
        Flaw.TOO_MANY_PIXELS,
    ),
    "a large progressive jpeg of one scan": (one_scan_of_many, Flaw.TOO_MANY_PIXELS),
    "a large jpeg of one colour of three": (one_colour_of_three, Flaw.TOO_MANY_PIXELS),
    "a gif's screen of 65535": (lambda: gif_of(65_535, 65_535, gif_frame(1, 1)), Flaw.TOO_MANY_PIXELS),
    "a gif's frame beyond its screen": (lambda: gif_of(1, 1, gif_frame(65_535, 65_535)), Flaw.TOO_MANY_PIXELS),
    "a webp of 16383": (lambda: extended_webp(16_383, 16_383), Flaw.TOO_MANY_PIXELS),
    "a webp of 2^24": (lambda: extended_webp(2**24, 200), Flaw.TOO_MANY_PIXELS),
    # broken
    "half a jpeg": (lambda: JPEG_FILE[: len(JPEG_FILE) // 2], Flaw.BROKEN),
    "half a png": (lambda: PNG_FILE[: len(PNG_FILE) // 2], Flaw.BROKEN),
    "half a gif": (lambda: GIF_FILE[: len(GIF_FILE) - 40], Flaw.BROKEN),
    "half a webp": (lambda: WEBP_FILE[: len(WEBP_FILE) // 2], Flaw.BROKEN),
    "three bytes of a jpeg": (lambda: JPEG_FILE[:3], Flaw.BROKEN),
    "a png's signature": (lambda: PNG, Flaw.BROKEN),
    "a gif's signature": (lambda: GIF, Flaw.BROKEN),
    "a webp's signature": (lambda: b"RIFF\0\0\0\0WEBP", Flaw.BROKEN),
    "a jpeg and junk": (lambda: b"\xff\xd8\xff\xe0" + JUNK, Flaw.BROKEN),
    "a png and junk": (lambda: PNG + JUNK, Flaw.BROKEN),
    "a gif and junk": (lambda: GIF + JUNK, Flaw.BROKEN),
    "a webp and junk": (lambda: b"RIFF\0\x08\0\0WEBP" + JUNK, Flaw.BROKEN),
    "a jpeg of no height": (lambda: with_dimensions(64, 0), Flaw.BROKEN),
    "a jpeg of no width": (lambda: with_dimensions(0, 48), Flaw.BROKEN),
    "a png of no size": (
        lambda: PNG + header(0, 0) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b""),
        Flaw.BROKEN,
    ),
    "a gif of no size": (lambda: gif_of(0, 0, gif_frame(0, 0)), Flaw.BROKEN),
    "a gif without a picture": (lambda: gif_of(40, 40, b";"), Flaw.BROKEN),
    "a png without a picture": (lambda: PNG + header(40, 40) + chunk(b"IEND", b""), Flaw.BROKEN),
    "a png whose sum is wrong": (lambda: PNG + header(40, 40)[:-4] + b"\0\0\0\0" + PNG_FILE[33:], Flaw.BROKEN),
    "a png of an unknown depth": (lambda: PNG + header(40, 40, depth=7) + PNG_FILE[33:], Flaw.BROKEN),
    "a jpeg without tables": (lambda: JPEG_FILE.replace(b"\xff\xdb", b"\xff\xec"), Flaw.BROKEN),
    # heavy with what is no picture
    "a png with a zTXt bomb": (lambda: with_chunks(chunk(b"zTXt", b"a\0\0" + TEXT_BOMB)), Flaw.BROKEN),
    "a png with an iTXt bomb": (lambda: with_chunks(chunk(b"iTXt", b"a\0\x01\0\0\0" + TEXT_BOMB)), Flaw.BROKEN),
    "a png with an iCCP bomb": (lambda: with_chunks(chunk(b"iCCP", b"a\0\0" + TEXT_BOMB)), Flaw.BROKEN),
    "a png with texts of 100 MB": (
        lambda: with_chunks(*[chunk(b"zTXt", b"a\0\0" + zlib.compress(b"a" * 1_000_000, 9))] * 100),
        Flaw.BROKEN,
    ),
    "a png of a million chunks": (lambda: with_chunks(chunk(b"prVt", b"") * 1_000_000), Flaw.BROKEN),
    "a jpeg of a million comments": (lambda: with_segments(segment(0xFE, b"hi") * 1_000_000), Flaw.BROKEN),
    "a jpeg of a thousand scans": (lambda: many_scans(1000), Flaw.BROKEN),
    # odd, and cleaned all the same
    "an animation of 500 frames": (lambda: animated("GIF", 500), CLEANED),
    "an animated webp": (lambda: animated("WEBP", 200), CLEANED),
    "an animated png": (lambda: animated("PNG", 200), CLEANED),
    "a gif of comments": (
        lambda: GIF_FILE[: GIF_FILE.index(b",")] + b"!\xfe\x02hi\0" * 500_000 + GIF_FILE[GIF_FILE.index(b",") :],
        CLEANED,
    ),
    "a gif with a wild second frame": (lambda: GIF_FILE[:-1] + gif_frame(65_535, 65_535), CLEANED),
    "a jpeg that is a zip too": (lambda: JPEG_FILE + zipped(), CLEANED),
    "a jpeg with a script in it": (lambda: with_segments(segment(0xFE, b"<?php system($_GET[0]);?>")), CLEANED),
    "a png that is html too": (lambda: PNG_FILE + b"<script>alert(1)</script>", CLEANED),
    "a gif that is a script too": (lambda: GIF_FILE + b"*/=1;alert(1)//", CLEANED),
    "a jpeg with a broken profile": (lambda: with_segments(segment(0xE2, BAD_PROFILE)), CLEANED),
    "a png with a broken profile": (lambda: with_chunks(chunk(b"iCCP", b"a\0\0" + zlib.compress(JUNK))), CLEANED),
    "a jpeg with a looping exif": (lambda: with_segments(exif(LOOPING_EXIF)), CLEANED),
    "a jpeg with a wrong exif": (lambda: with_segments(exif(WRONG_EXIF)), CLEANED),
    "a jpeg with junk for exif": (lambda: with_segments(exif(JUNK)), CLEANED),
    "a jpeg with junk for photoshop": (lambda: with_segments(segment(0xED, b"Photoshop 3.0\0" + JUNK)), CLEANED),
    "a jpeg with junk for more pictures": (lambda: with_segments(segment(0xE2, b"MPF\0" + JUNK)), CLEANED),
    "a png with a chunk of 2 GB": (lambda: PNG_FILE[:33] + b"\x7f\xff\xff\xffIDAT" + PNG_FILE[41:], CLEANED),
    "a jpeg that is read as another kind": (lambda: JPEG_FILE.replace(b"\xff\xc0", b"\xff\xc9"), CLEANED),
    "one pixel": (lambda: encoded("PNG", Image.new("1", (1, 1))), CLEANED),
    "a line of pixels": (lambda: encoded("PNG", Image.new("L", (60_000, 1))), CLEANED),
    "the largest png that is taken": (lambda: png_bomb(5000), CLEANED),
    "the largest jpeg that is taken": (lambda: with_dimensions(7071, 7071), CLEANED),
}
