"""Files that are kept in the database: one backup has them all, and they live and die with what they belong to."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

#: How long the photos of a booking that came to nothing are kept: whoever asks what they sent can still be answered.
ABANDONED_KEPT = timedelta(days=7)


class FileKind(StrEnum):
    SIGNED_COPY = "signed_copy"
    PHOTO = "photo"
    #: A studio's own, of a mini.
    PICTURE = "picture"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    id: str
    studio_id: str
    #: None for a picture, which belongs to no booking.
    booking_id: str | None
    kind: FileKind
    #: What it belongs to: the agreement, the question of an edition that the photo answers, or who sent the picture.
    subject_id: str
    media_type: str
    content: bytes = field(repr=False)
    made_at: datetime
