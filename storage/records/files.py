"""Files in the database: signed copies, and the photos among a client's answers."""

import hashlib

from sqlalchemy import Integer, and_, bindparam, delete, or_, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from core.booking.booking import State
from core.paperwork.files import ABANDONED_KEPT, FileKind, StoredFile
from storage.columns import length_micros, micros, moment_of
from storage.execution import AnyRow, Execution
from storage.paper_tables import PHOTO, files
from storage.records.area import Area
from storage.records.sealing import Seals
from storage.statement import Statement, word
from storage.tables import bookings, studios

#: Everything about a file but its content.
FILE_COLUMNS = tuple(column for column in files.c if column.name != "content")

_ADD = Statement(insert(files).on_conflict_do_nothing())
_OF_STUDIO = files.c.studio_id == bindparam("studio_id")
_ONE = Statement(select(files).where(_OF_STUDIO, files.c.id == bindparam("file_id")))
_OF_SUBJECT = Statement(
    select(files).where(_OF_STUDIO, files.c.kind == bindparam("kind"), files.c.subject_id == bindparam("subject_id"))
)
_OF_BOOKING = Statement(
    select(*FILE_COLUMNS)
    .where(_OF_STUDIO, files.c.booking_id == bindparam("booking_id"), files.c.kind == bindparam("kind"))
    .order_by(files.c.id)
)
_PICTURES_BY = Statement(
    select(*FILE_COLUMNS)
    .where(_OF_STUDIO, files.c.kind == word(FileKind.PICTURE), files.c.subject_id == bindparam("member_id"))
    .order_by(files.c.id)
)
_REMOVE = Statement(delete(files).where(_OF_STUDIO, files.c.id == bindparam("file_id")))
#: Worked out when it is asked: a booking may be moved, and a studio may keep photos for another time than it did.
#: Booked once and cancelled is no booking that came to nothing: its photos are kept as long as those of a shoot.
_OVER = (
    select(files.c.studio_id, files.c.id)
    .join_from(files, bookings, (bookings.c.studio_id == files.c.studio_id) & (bookings.c.id == files.c.booking_id))
    .join(studios, studios.c.id == files.c.studio_id)
    .where(
        PHOTO,
        or_(
            bookings.c.ends + studios.c.photos_kept <= bindparam("now"),
            and_(bookings.c.state == word(State.EXPIRED), bookings.c.ended_at <= bindparam("abandoned")),
        ),
    )
    .limit(bindparam("most", type_=Integer))
)
_FORGET = Statement(
    delete(files)
    .where(tuple_(files.c.studio_id, files.c.id).in_(_OVER))
    .returning(files.c.studio_id, files.c.booking_id)
)


class FileTable(Area):
    """core.paperwork.records.FileRecords."""

    __slots__ = ("_seals",)

    def __init__(self, execution: Execution, seals: Seals) -> None:
        super().__init__(execution)
        self._seals = seals

    def add(self, file: StoredFile) -> bool:
        row = {
            "studio_id": file.studio_id,
            "id": file.id,
            "booking_id": file.booking_id,
            "kind": file.kind.value,
            "subject_id": file.subject_id,
            "media_type": file.media_type,
            "content": file.content,
            "sha256": hashlib.sha256(file.content).hexdigest(),
            "made_at": micros(file.made_at),
        }
        return bool(self._execution.write(_ADD, **row, seal=self._seals.of(files, row)))

    def one(self, studio_id: str, file_id: str) -> StoredFile | None:
        row = self._execution.first(_ONE, studio_id=studio_id, file_id=file_id)
        return _file_of(row, row.content) if row else None

    def of_subject(self, studio_id: str, kind: FileKind, subject_id: str) -> StoredFile | None:
        row = self._execution.first(_OF_SUBJECT, studio_id=studio_id, kind=kind.value, subject_id=subject_id)
        return _file_of(row, row.content) if row else None

    def of_booking(self, studio_id: str, booking_id: str, kind: FileKind) -> list[StoredFile]:
        rows = self._execution.all(_OF_BOOKING, studio_id=studio_id, booking_id=booking_id, kind=kind.value)
        return [_file_of(row, b"") for row in rows]

    def pictures_by(self, studio_id: str, member_id: str) -> list[StoredFile]:
        rows = self._execution.all(_PICTURES_BY, studio_id=studio_id, member_id=member_id)
        return [_file_of(row, b"") for row in rows]

    def remove(self, studio_id: str, file_id: str) -> None:
        self._execution.write(_REMOVE, studio_id=studio_id, file_id=file_id)

    def forget(self, limit: int) -> list[tuple[str, str]]:
        now = self._execution.now_micros
        gone = self._execution.all(_FORGET, now=now, abandoned=now - length_micros(ABANDONED_KEPT), most=limit)
        return [(row.studio_id, row.booking_id) for row in gone]


def _file_of(row: AnyRow, content: bytes) -> StoredFile:
    return StoredFile(
        id=row.id,
        studio_id=row.studio_id,
        booking_id=row.booking_id,
        kind=FileKind(row.kind),
        subject_id=row.subject_id,
        media_type=row.media_type,
        content=bytes(content),
        made_at=moment_of(row.made_at),
    )
