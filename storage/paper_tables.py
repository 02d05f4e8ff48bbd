"""The tables of papers: contracts and questionnaires by version, what was signed and answered, and files.

What must be provable years later has a seal beside it (`storage.records.seals`): all of it.
"""

from sqlalchemy import Index, Table, UniqueConstraint

from core.paperwork.files import FileKind
from storage.schema import check, content, integer, key, metadata, moment, points_to, text
from storage.statement import word

contracts = Table(
    "contracts",
    metadata,
    text("studio_id"),
    text("id"),
    integer("version"),
    text("title"),
    text("body"),
    text("seal"),
    key("contracts", "studio_id", "id", "version"),
)

questionnaires = Table(
    "questionnaires",
    metadata,
    text("studio_id"),
    text("id"),
    integer("version"),
    text("title"),
    text("body"),
    text("seal"),
    key("questionnaires", "studio_id", "id", "version"),
)

agreements = Table(
    "agreements",
    metadata,
    text("studio_id"),
    text("id"),
    text("booking_id"),
    text("body"),
    # How it was signed; none while it was only shown.
    text("signing", optional=True),
    text("seal"),
    key("agreements", "studio_id", "id"),
    points_to("bookings", "agreements_booking", "studio_id", "booking_id"),
)
Index("agreements_of_booking", agreements.c.studio_id, agreements.c.booking_id, agreements.c.id)

answers = Table(
    "answers",
    metadata,
    text("studio_id"),
    text("id"),
    text("booking_id"),
    text("questionnaire_id"),
    text("body"),
    text("seal"),
    key("answers", "studio_id", "id"),
    UniqueConstraint("studio_id", "booking_id", "questionnaire_id", name="answers_once"),
    points_to("bookings", "answers_booking", "studio_id", "booking_id"),
)

files = Table(
    "files",
    metadata,
    text("studio_id"),
    text("id"),
    # None of a mini's picture.
    text("booking_id", optional=True),
    text("kind"),
    text("subject_id"),
    text("media_type"),
    content("content"),
    # Of the content, in hexadecimal: whoever holds a copy finds it here.
    text("sha256"),
    moment("made_at"),
    text("seal"),
    key("files", "studio_id", "id"),
    points_to("bookings", "files_booking", "studio_id", "booking_id"),
    check("kind", FileKind, "files_kind"),
)
Index("files_of_booking", files.c.studio_id, files.c.booking_id, files.c.id)
Index("files_by_content", files.c.sha256)
#: A signed copy is printed once.
_COPY = files.c.kind == word(FileKind.SIGNED_COPY)
Index(
    "one_signed_copy",
    files.c.studio_id,
    files.c.subject_id,
    unique=True,
    sqlite_where=_COPY,
    postgresql_where=_COPY,
)
#: Files that are gone some day; copies pile up for ever beside them.
PHOTO = files.c.kind == word(FileKind.PHOTO)
Index(
    "photos_of_booking",
    files.c.studio_id,
    files.c.booking_id,
    files.c.id,
    sqlite_where=PHOTO,
    postgresql_where=PHOTO,
)
_PICTURE = files.c.kind == word(FileKind.PICTURE)
Index(
    "pictures_of_member",
    files.c.studio_id,
    files.c.subject_id,
    files.c.id,
    sqlite_where=_PICTURE,
    postgresql_where=_PICTURE,
)
