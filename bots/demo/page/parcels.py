"""What a page sends to the bot as files: samples by their names, and files of the person before it as uploads."""

from dataclasses import dataclass
from typing import Final

from aiohttp import web

from bots.demo.samples import sample
from bots.demo.telegram import Upload

PARCEL_LIMIT: Final = 20 * 1024 * 1024  # bytes, all files together; a bot can fetch no larger file
ENVELOPE_LIMIT: Final = 64 * 1024  # bytes, for names and lines between the files
TOO_LARGE: Final = "That is more than 20 MB, and a bot cannot fetch as much."


class NotOfThisPage(Exception):
    """A message that the page does not send: it is from an older one, or forged. It is passed over."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """Files in the order in which they were chosen."""

    phone: int
    uploads: tuple[Upload, ...]
    #: As files, which stay as they are; else as pictures.
    as_files: bool


async def parcel(request: web.Request) -> Parcel:
    """What a page posted. Raises NotOfThisPage, and HTTPRequestEntityTooLarge before it has read all of it."""
    if request.content_type != "multipart/form-data":
        raise NotOfThisPage
    try:
        fields = await request.post()
    except ValueError:
        raise NotOfThisPage from None
    phone, how = fields.get("phone"), fields.get("as")
    if not isinstance(phone, str) or not phone.isdecimal() or how not in {"pictures", "files"}:
        raise NotOfThisPage
    uploads = [_upload(name, value) for name, value in fields.items() if name in {"sample", "file"}]
    return Parcel(int(phone), tuple(uploads), as_files=how == "files")


def _upload(name: str, value: object) -> Upload:
    if name == "file" and isinstance(value, web.FileField):
        return Upload(value.filename, value.content_type, value.file.read())
    known = sample(value) if isinstance(value, str) else None
    if known is None:
        raise NotOfThisPage
    return Upload(known.name, known.media_type, known.data)
