"""Files that were sent: what Telegram keeps of them, and under which names bots and people find them."""

import mimetypes
import struct
from dataclasses import dataclass, field
from typing import Final

from bots.demo.telegram.methods import Upload
from bots.demo.telegram.refusals import bad_request

PHOTO_LIMIT: Final = 10 * 1024 * 1024  # bytes; core.telegram.org/bots/api#sendphoto
FILE_LIMIT: Final = 50 * 1024 * 1024  # bytes; core.telegram.org/bots/api#senddocument
DOWNLOAD_LIMIT: Final = 20 * 1024 * 1024  # bytes; core.telegram.org/bots/api#getfile
_SIDES_LIMIT: Final = 10_000  # pixels, width and height together
_RATIO_LIMIT: Final = 20
_PREVIEW_SIDE: Final = 320  # pixels; Telegram's own smaller size "m"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """One file, known to every bot under an id of its own: a file_id belongs to one bot."""

    number: int
    name: str
    mime_type: str
    data: bytes = field(repr=False)
    #: Both zero: not a photo.
    width: int = 0
    height: int = 0

    @property
    def is_photo(self) -> bool:
        return self.width > 0

    @property
    def unique_id(self) -> str:
        return f"AQADstandin{self.number}"

    @property
    def path(self) -> str:
        """The file_path that getFile gives."""
        extension = self.name.rpartition(".")[2] or "bin"
        return f"{'photos' if self.is_photo else 'documents'}/file_{self.number}.{extension}"

    def id_for(self, bot: int) -> str:
        return f"AgACstandin-{bot}-{self.number}"

    def as_document(self, bot: int) -> dict[str, object]:
        return {
            "file_id": self.id_for(bot),
            "file_unique_id": self.unique_id,
            "file_name": self.name,
            "mime_type": self.mime_type,
            "file_size": len(self.data),
        }

    def as_photo(self, bot: int) -> list[dict[str, object]]:
        """The sizes of a photo, smallest first, as Telegram lists them; the last is the one to take."""
        scale = min(1.0, _PREVIEW_SIDE / max(self.width, self.height))
        sizes = [(self.width, self.height, "")]
        if scale < 1:
            sizes.insert(0, (max(1, round(self.width * scale)), max(1, round(self.height * scale)), "m"))
        return [
            {
                "file_id": self.id_for(bot) + suffix,
                "file_unique_id": self.unique_id + suffix,
                "width": width,
                "height": height,
                "file_size": len(self.data),
            }
            for width, height, suffix in sizes
        ]


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
        width, height = size
        if width + height > _SIDES_LIMIT or max(size) > _RATIO_LIMIT * min(size):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        return self._keep(upload, width, height)

    def keep_document(self, upload: Upload) -> StoredFile:
        """Raises ApiError: empty or too large."""
        if not upload.data:
            raise bad_request("file must be non-empty")
        if len(upload.data) > FILE_LIMIT:
            raise bad_request(f"file is too big; the maximum size is {FILE_LIMIT} bytes")
        return self._keep(upload, 0, 0)

    def by_id(self, file_id: str, bot: int) -> StoredFile:
        """Raises ApiError: another bot's id is no better than an invented one."""
        for file in self._files:
            if file_id.removesuffix("m") == file.id_for(bot):
                return file
        raise bad_request("wrong file identifier/HTTP URL specified")

    def by_path(self, path: str) -> StoredFile | None:
        return next((file for file in self._files if file.path == path), None)

    def _keep(self, upload: Upload, width: int, height: int) -> StoredFile:
        file = StoredFile(
            number=len(self._files) + 1,
            name=upload.name,
            mime_type=_mime_type(upload),
            data=upload.data,
            width=width,
            height=height,
        )
        self._files.append(file)
        return file


def _mime_type(upload: Upload) -> str:
    """What the file's name says, as Telegram goes by it; else what the bot said."""
    return mimetypes.guess_type(upload.name)[0] or upload.mime_type


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG or JPEG; None for anything else, for broken ones and for empty pictures."""
    try:
        if data.startswith(b"\x89PNG\r\n\x1a\n"):
            width, height = struct.unpack(">II", data[16:24])
        elif data.startswith(b"\xff\xd8"):
            width, height = _jpeg_size(data)
        else:
            return None
    except (struct.error, IndexError):
        return None
    return (width, height) if width > 0 and height > 0 else None


def _jpeg_size(data: bytes) -> tuple[int, int]:
    at = 2
    while True:
        marker, length = struct.unpack(">xBH", data[at : at + 4])
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:  # a start of frame
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
