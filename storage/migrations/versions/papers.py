"""The tables of papers: contracts, questionnaires, what was signed and answered, files."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    for table in ("contracts", "questionnaires"):
        op.create_table(
            table,
            sa.Column("studio_id", sa.Text(), nullable=False),
            sa.Column("id", sa.Text(), nullable=False),
            sa.Column("version", sa.Integer(), nullable=False),
            sa.Column("title", sa.Text(), nullable=False),
            sa.Column("body", sa.Text(), nullable=False),
            sa.Column("seal", sa.Text(), nullable=False),
            sa.PrimaryKeyConstraint("studio_id", "id", "version", name=f"{table}_key"),
        )
    op.create_table(
        "agreements",
        sa.Column("studio_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("booking_id", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("signing", sa.Text(), nullable=True),
        sa.Column("seal", sa.Text(), nullable=False),
        _of_booking("agreements"),
        sa.PrimaryKeyConstraint("studio_id", "id", name="agreements_key"),
    )
    op.create_index("agreements_of_booking", "agreements", ["studio_id", "booking_id", "id"])
    op.create_table(
        "answers",
        sa.Column("studio_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("booking_id", sa.Text(), nullable=False),
        sa.Column("questionnaire_id", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        _of_booking("answers"),
        sa.PrimaryKeyConstraint("studio_id", "id", name="answers_key"),
        sa.UniqueConstraint("studio_id", "booking_id", "questionnaire_id", name="answers_once"),
    )
    op.create_table(
        "files",
        sa.Column("studio_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("booking_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('signed_copy', 'photo', 'picture')", name="files_kind"),
        _of_booking("files"),
        sa.PrimaryKeyConstraint("studio_id", "id", name="files_key"),
    )
    op.create_index("files_of_booking", "files", ["studio_id", "booking_id", "id"])
    op.create_index("files_by_content", "files", ["sha256"])
    op.create_index(
        "one_signed_copy",
        "files",
        ["studio_id", "subject_id"],
        unique=True,
        sqlite_where=sa.text("kind = 'signed_copy'"),
        postgresql_where=sa.text("kind = 'signed_copy'"),
    )
    op.create_index(
        "photos_of_booking",
        "files",
        ["studio_id", "booking_id", "id"],
        sqlite_where=sa.text("kind = 'photo'"),
        postgresql_where=sa.text("kind = 'photo'"),
    )
    op.create_index(
        "pictures_of_member",
        "files",
        ["studio_id", "subject_id", "id"],
        sqlite_where=sa.text("kind = 'picture'"),
        postgresql_where=sa.text("kind = 'picture'"),
    )


def _of_booking(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["studio_id", "booking_id"], ["bookings.studio_id", "bookings.id"], name=f"{table}_booking"
    )
