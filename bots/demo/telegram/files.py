"""Files that were sent: what Telegram keeps of them, and under which names bots and people find them."""

import mimetypes
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from bots.demo.telegram.methods import Upload
from bots.demo.telegram.pictures import picture_size
from bots.demo.telegram.refusals import bad_request

PHOTO_LIMIT: Final = 10 * 1024 * 1024  # bytes; core.telegram.org/bots/api#sendphoto
FILE_LIMIT: Final = 50 * 1024 * 1024  # bytes; core.telegram.org/bots/api#senddocument
DOWNLOAD_LIMIT: Final = 20 * 1024 * 1024  # bytes; core.telegram.org/bots/api#getfile
_SIDES_LIMIT: Final = 10_000  # pixels, width and height together
_RATIO_LIMIT: Final = 20
#: Telegram's own smaller sizes: their letter, and the longer side at most in pixels; core.telegram.org/api/files
_SIZES: Final = {"s": 90, "m": 320, "x": 800, "y": 1280}
# Of names, in characters, and what becomes a space in them: as td's clean_filename has it.
_CLEANED: Final = frozenset("<>:\"/\\|?*&`'")
_STEM_LIMIT: Final = 64
_EXTENSION_LIMIT: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """One file, known to every bot under an id of its own: a file_id belongs to one bot.

    The smaller sizes of a picture have ids, paths and measures of their own, but the bytes of the whole.
    """

    number: int
    name: str
    mime_type: str
    data: bytes = field(repr=False)
    #: Whether it was sent as a photo; a picture that was sent as a file is a document.
    is_photo: bool = False
    #: Both zero: not a picture.
    width: int = 0
    height: int = 0

    @property
    def unique_id(self) -> str:
        return f"{'AQAD' if self.is_photo else 'AgAD'}standin{self.number}"

    def path(self, size: str = "") -> str:
        """The file_path that getFile gives."""
        extension = self.name.rpartition(".")[2] or "bin"
        return f"{'photos' if self.is_photo else 'documents'}/file_{self.number}{size}.{extension}"

    def id_for(self, bot: int) -> str:
        return f"{'AgAC' if self.is_photo else 'BQAC'}standin-{bot}-{self.number}"

    @property
    def sizes(self) -> Sequence[str]:
        """The letters of the smaller ones that Telegram makes of it, smallest first; the whole has none."""
        longer = max(self.width, self.height)
        return [letter for letter, side in _SIZES.items() if side < longer]

    def as_document(self, bot: int) -> dict[str, object]:
        thumbnail = {"thumbnail": self._size(bot, "m")} if "m" in self.sizes else {}
        return {
            "file_id": self.id_for(bot),
            "file_unique_id": self.unique_id,
            "file_name": self.name,
            "mime_type": self.mime_type,
            "file_size": len(self.data),
            **thumbnail,
        }

    def as_photo(self, bot: int) -> list[dict[str, object]]:
        """The sizes of a photo, smallest first, as Telegram lists them; the last is the one to take."""
        return [self._size(bot, letter) for letter in (*self.sizes, "")]

    def _size(self, bot: int, letter: str) -> dict[str, object]:
        scale = _SIZES[letter] / max(self.width, self.height) if letter else 1
        return {
            "file_id": self.id_for(bot) + letter,
            "file_unique_id": self.unique_id + letter,
            "width": max(1, round(self.width * scale)),
            "height": max(1, round(self.height * scale)),
            "file_size": len(self.data),
        }


class Files:
    """All files of the pretended Telegram."""

    def __init__(self) -> None:
        self._files: list[StoredFile] = []

    def keep_photo(self, upload: Upload) -> StoredFile:
        """Raises ApiError: too large, no picture, or of a shape that Telegram refuses."""
        if not upload.data:
            raise bad_request("file must be non-empty")
        if len(upload.data) > PHOTO_LIMIT:
            raise bad_request(
                f"file of size {len(upload.data)} bytes is too big for a photo; the maximum size is {PHOTO_LIMIT} bytes"
            )
        size = picture_size(upload.data)
        if size is None:
            raise bad_request("IMAGE_PROCESS_FAILED")
        if sum(size) > _SIDES_LIMIT or max(size) > _RATIO_LIMIT * min(size):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        return self._keep(upload, size, is_photo=True)

    def keep_document(self, upload: Upload) -> StoredFile:
        """Raises ApiError: empty, too large, or of a name that would not stay as it is."""
        if not upload.data:
            raise bad_request("file must be non-empty")
        if len(upload.data) > FILE_LIMIT:
            raise bad_request(f"file is too big; the maximum size is {FILE_LIMIT} bytes")
        _check_name(upload.name)
        return self._keep(upload, picture_size(upload.data) or (0, 0), is_photo=False)

    def by_id(self, file_id: str, bot: int) -> tuple[StoredFile, str]:
        """The file, and which of its sizes. Raises ApiError: another bot's id is no better than an invented one."""
        for file in self._files:
            for letter in ("", *file.sizes):
                if file_id == file.id_for(bot) + letter:
                    return file, letter
        raise bad_request("wrong file identifier/HTTP URL specified")

    def by_path(self, path: str) -> StoredFile | None:
        return next((file for file in self._files if path in {file.path(one) for one in ("", *file.sizes)}), None)

    def _keep(self, upload: Upload, size: tuple[int, int], *, is_photo: bool) -> StoredFile:
        width, height = size
        file = StoredFile(
            number=len(self._files) + 1,
            name=upload.name,
            mime_type=_mime_type(upload),
            data=upload.data,
            is_photo=is_photo,
            width=width,
            height=height,
        )
        self._files.append(file)
        return file


def clean_name(name: str) -> str:
    """The name that Telegram makes of a file's name: what may trouble a disk becomes a space, and it is cut."""
    stem, dot, extension = name.rpartition("/")[2].rpartition(".")
    parts = (stem, extension) if dot else (extension, "")
    cleaned = _clean(parts[0], _STEM_LIMIT), _clean(parts[1], _EXTENSION_LIMIT)
    return ".".join(part for part in cleaned if part)


def _clean(part: str, limit: int) -> str:
    kept = "".join(letter if _stays(letter) else " " for letter in part)
    return kept.lstrip(" .")[:limit].rstrip(" .")


def _stays(letter: str) -> bool:
    if letter.isascii():
        return letter.isprintable() and letter not in _CLEANED
    return unicodedata.category(letter)[0] in "LN"


def _check_name(name: str) -> None:
    """Ours: Telegram changes such a name without a word, and without an extension no app knows what to open it with."""
    if clean_name(name) != name or "." not in name:
        raise bad_request(f"the stand-in refuses the file name {name!r}: Telegram would change it, or no app open it")


def _mime_type(upload: Upload) -> str:
    """What the file's name says, as Telegram goes by it; else what the bot said."""
    return mimetypes.guess_type(upload.name)[0] or upload.mime_type
