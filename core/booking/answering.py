"""The questions that a booking asks, answered: while its spot is held, or once it is made (B6, F5)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from core.booking.booking import Booking, State
from core.booking.hold import check_live
from core.booking.refusals import BookingChanged
from core.booking.told import Told, told
from core.paperwork.contract import ContractGone, Edition
from core.paperwork.files import FileKind, StoredFile
from core.paperwork.questionnaire import (
    MOST_PHOTOS,
    Answers,
    AnswersMissing,
    AnswerUnreadable,
    Kind,
    Questionnaire,
    TooManyPhotos,
    check_answers,
)
from core.ports import Records
from core.values.news import What

#: Bookings that are made: what is asked after booking can be answered.
_MADE = frozenset({State.CONFIRMED, State.DONE})


def check_answered(records: Records, booking: Booking) -> None:
    """Raise AnswersMissing unless the questions that must be answered before booking are."""
    edition = booking.snapshot.questionnaire
    if edition is None or answers_of(records, booking, edition) is not None:
        return
    questionnaire = records.papers.questionnaire(booking.studio_id, edition)
    if questionnaire and any(question.required for question in questionnaire.questions):
        raise AnswersMissing


def answers_of(records: Records, booking: Booking, edition: Edition | None) -> Answers | None:
    """What was answered to this version of a questionnaire."""
    if edition is None:
        return None
    every = records.papers.answers(booking.studio_id, booking.id)
    return next((one for one in every if one.questionnaire == edition), None)


def known_answers(records: Records, booking: Booking, edition: Edition) -> Answers | None:
    """What was answered, as far as it is still there: photos are forgotten before the rest."""
    given = answers_of(records, booking, edition)
    questionnaire = records.papers.questionnaire(booking.studio_id, edition)
    if given is None or questionnaire is None:
        return None
    asking = [one for one in questionnaire.questions if one.kind is Kind.PHOTO and one.id in given.values]
    if not asking:
        return given
    kept, values = photos_kept(records, booking), dict(given.values)
    for question in asking:
        left = "\n".join(name for name in values.pop(question.id).split("\n") if name in kept)
        if left:
            values[question.id] = left
    return replace(given, values=values)


def answer(
    records: Records, booking: Booking, edition: Edition, values: Mapping[str, str], held: Collection[str] = ()
) -> Told:
    """Keep the answers to a questionnaire, in place of earlier ones: while the spot is held, or after booking.

    Photos that no answer names then are forgotten, but for those that the form still has: they are `held`. Raises what
    `check_live` raises, BookingChanged where nothing is asked any more, AnswersMissing, AnswerUnreadable.
    """
    questionnaire = _asked(records, booking, edition)
    given = check_answers(questionnaire, values)
    subjects = {one.id: one.subject_id for one in _photos(records, booking)}
    photos: list[str] = []
    for question in questionnaire.questions:
        if question.kind is Kind.PHOTO and question.id in given:
            subject = _subject(edition, question.id)
            names = given[question.id].split("\n")
            if any(subjects.get(name) != subject for name in names):
                raise AnswerUnreadable
            photos += names
    answers = Answers(
        studio_id=booking.studio_id,
        booking_id=booking.id,
        questionnaire=edition,
        values=given,
        answered_at=records.now,
        photos=tuple(photos),
    )
    records.papers.keep_answers(answers)
    clear_photos(records, booking, held)
    return told(booking, What.ANSWERED, questionnaire=edition.id, version=edition.version)


def keep_photo(
    records: Records, booking: Booking, edition: Edition, question_id: str, photo: bytes, beside: Collection[str] = ()
) -> StoredFile:
    """Keep a photo for an answer, `beside` those that it has already; it must have been cleaned.

    What else was sent to the question does not count: it may be an answer that this one replaces. Raises what `answer`
    raises, and TooManyPhotos.
    """
    questionnaire = _asked(records, booking, edition)
    asking = [question.id for question in questionnaire.questions if question.kind is Kind.PHOTO]
    if question_id not in asking:
        raise AnswerUnreadable
    subject = _subject(edition, question_id)
    if sum(one.subject_id == subject and one.id in beside for one in _photos(records, booking)) >= MOST_PHOTOS:
        raise TooManyPhotos(most=MOST_PHOTOS)
    stored = StoredFile(
        id=records.new_id(),
        studio_id=booking.studio_id,
        booking_id=booking.id,
        kind=FileKind.PHOTO,
        subject_id=subject,
        media_type="image/jpeg",
        content=photo,
        made_at=records.now,
    )
    records.files.add(stored)
    return stored


def drop_photo(records: Records, booking: Booking, file_id: str) -> None:
    """Forget a photo that the client took back.

    One of an answer that stands stays until there is another answer; one that is not the booking's is nobody's
    business.
    """
    if file_id in photos_kept(records, booking) - _named(records, booking):
        records.files.remove(booking.studio_id, file_id)


def clear_photos(records: Records, booking: Booking, held: Collection[str] = ()) -> None:
    """Forget the photos that no answer names, and no form that is being filled in: that one has what is `held`."""
    for name in photos_kept(records, booking) - _named(records, booking) - set(held):
        records.files.remove(booking.studio_id, name)


def photos_kept(records: Records, booking: Booking) -> set[str]:
    """The names of the booking's photos that are still there."""
    return {one.id for one in _photos(records, booking)}


def _photos(records: Records, booking: Booking) -> Sequence[StoredFile]:
    return records.files.of_booking(booking.studio_id, booking.id, FileKind.PHOTO)


def _named(records: Records, booking: Booking) -> set[str]:
    """Whatever the booking's answers say, photos by their names among it."""
    every = records.papers.answers(booking.studio_id, booking.id)
    return {line for one in every for value in one.values.values() for line in value.split("\n")}


def _subject(edition: Edition, question_id: str) -> str:
    """What a photo belongs to: every version of every questionnaire has a question q1 of its own."""
    return f"{edition.id}.{edition.version}.{question_id}"


def _asked(records: Records, booking: Booking, edition: Edition) -> Questionnaire:
    """The questionnaire, if the booking asks it now."""
    snapshot = booking.snapshot
    is_made = booking.state in _MADE
    if edition != (snapshot.questionnaire_after if is_made else snapshot.questionnaire):
        raise BookingChanged
    if not is_made:
        check_live(records, booking)
    questionnaire = records.papers.questionnaire(booking.studio_id, edition)
    if questionnaire is None:
        raise ContractGone
    return questionnaire
