"""A mini's own pictures: sent by somebody of the studio, kept in the database, shown together (B2)."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from core.minis.mini import Mini
from core.minis.parts import changed_since
from core.minis.publish import MiniChanged, change_mini
from core.paperwork.files import FileKind, StoredFile
from core.ports import Records
from core.values.refusals import Refusal

MOST_PICTURES: Final = 6


class TooManyPictures(Refusal):
    """A mini has one picture, or 2 to 6 that become a collage (B2). Facts: most."""


class PictureGone(Refusal):
    """A picture that was sent and not used goes when its sender sends others, so it has to be sent again."""


def keep_picture(
    records: Records, studio_id: str, member_id: str, picture: bytes, beside: Collection[str] = ()
) -> StoredFile:
    """Keep a picture that a member sent, `beside` those that they are still choosing from; it must have been cleaned.

    What they sent before and no mini shows is forgotten. Raises TooManyPictures.
    """
    if len(beside) >= MOST_PICTURES:
        raise TooManyPictures(most=MOST_PICTURES)
    there = {one.id for one in records.files.pictures_by(studio_id, member_id)}
    _forget(records, studio_id, there - {*beside})
    stored = StoredFile(
        id=records.new_id(),
        studio_id=studio_id,
        booking_id=None,
        kind=FileKind.PICTURE,
        subject_id=member_id,
        media_type="image/jpeg",
        content=picture,
        made_at=records.now,
    )
    records.files.add(stored)
    return stored


def set_pictures(records: Records, mini: Mini, ids: Sequence[str], seen: int | None = None) -> Mini:
    """Let the mini show these, in their order, instead of what it showed; none takes its picture away.

    Raises:
        TooManyPictures, PictureGone: they cannot be shown.
        MiniChanged: somebody gave it other pictures since the version `seen`.
    """
    wanted = tuple(dict.fromkeys(ids))
    if len(wanted) > MOST_PICTURES:
        raise TooManyPictures(most=MOST_PICTURES)
    if any(picture(records, mini.studio_id, one) is None for one in wanted):
        raise PictureGone
    if changed_since(mini, "pictures", seen) or changed_since(mini, "picture", seen):
        raise MiniChanged
    changed = change_mini(records, mini, replace(mini, pictures=wanted, picture=""))
    _forget(records, mini.studio_id, {*mini.pictures} - {*wanted})
    return changed


def picture(records: Records, studio_id: str, file_id: str) -> StoredFile | None:
    """The picture of that id, with its content."""
    file = records.files.one(studio_id, file_id)
    return file if file and file.kind is FileKind.PICTURE else None


def _forget(records: Records, studio_id: str, ids: Collection[str]) -> None:
    """Delete those of them that no mini shows; a copy shows the same as the mini it was made of."""
    if ids:
        shown = {one for mini in records.minis.all(studio_id) for one in mini.pictures}
        for one in {*ids} - shown:
            records.files.remove(studio_id, one)
