"""What papers and files need of storage."""

from dataclasses import dataclass
from typing import Protocol

from core.paperwork.contract import Agreement, Contract, Edition, Signing
from core.paperwork.files import FileKind, StoredFile
from core.paperwork.questionnaire import Answers, Questionnaire


class PaperRecords(Protocol):
    """Contracts and questionnaires by version, what was signed and what was answered.

    All of them are sealed with the installation's key, so that `SealRecords` can tell whether one is as it was written.
    """

    def add_contract(self, contract: Contract) -> None:
        """Write a version. Raises Overtaken where somebody else has written it meanwhile."""
        ...

    def contract(self, studio_id: str, edition: Edition) -> Contract | None: ...
    def contracts(self, studio_id: str) -> list[Contract]:
        """The newest version of each, by title."""
        ...

    def add_questionnaire(self, questionnaire: Questionnaire) -> None:
        """As with a contract."""
        ...

    def questionnaire(self, studio_id: str, edition: Edition) -> Questionnaire | None: ...
    def questionnaires(self, studio_id: str) -> list[Questionnaire]:
        """The newest version of each, by title."""
        ...

    def add_agreement(self, agreement: Agreement) -> None: ...
    def agreement(self, studio_id: str, agreement_id: str) -> Agreement | None: ...
    def agreements(self, studio_id: str, booking_id: str) -> list[Agreement]:
        """In the order they were shown."""
        ...

    def sign(self, agreement: Agreement, signing: Signing) -> bool:
        """Write how it was signed; False where it is signed already."""
        ...

    def keep_answers(self, given: Answers) -> None:
        """Write the answers, in place of earlier ones to the same questionnaire."""
        ...

    def answers(self, studio_id: str, booking_id: str) -> list[Answers]: ...


class FileRecords(Protocol):
    def add(self, file: StoredFile) -> bool:
        """Insert; False where the agreement has its signed copy already."""
        ...

    def one(self, studio_id: str, file_id: str) -> StoredFile | None: ...
    def of_booking(self, studio_id: str, booking_id: str, kind: FileKind) -> list[StoredFile]:
        """In the order they came, without their contents."""
        ...

    def of_subject(self, studio_id: str, kind: FileKind, subject_id: str) -> StoredFile | None: ...
    def pictures_by(self, studio_id: str, member_id: str) -> list[StoredFile]:
        """The pictures that the member sent, in the order they came, without their contents."""
        ...

    def remove(self, studio_id: str, file_id: str) -> None: ...
    def forget(self, limit: int) -> list[tuple[str, str]]:
        """Delete photos whose time is over, by their booking's end and what its studio keeps now.

        Gives studio and booking of each.

        Those of bookings that came to nothing go sooner (`ABANDONED_KEPT`). Signed copies stay.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """One sealed row, and whether it is as it was written."""

    #: Its table's name.
    kind: str
    id: str
    studio_id: str
    #: Empty where it belongs to no booking.
    booking_id: str
    intact: bool
    #: Its seal was made with another key, if it was not changed.
    other_key: bool = False
    #: The agreement that this file is the signed copy of.
    copy_of: str | None = None


#: Where a row lies, for as long as nobody writes it; unlike an id it cannot be broken.
Place = str | int


class SealRecords(Protocol):
    """What proves that a row is what was written (I4). Rows are read as bytes: a broken one may be no text any more."""

    @property
    def kinds(self) -> tuple[str, ...]: ...
    def places(self, kind: str) -> list[Place]:
        """Where each row of the kind lies."""
        ...

    def at(self, kind: str, place: Place) -> Sealed | None:
        """The row that lies there; None where somebody wrote or deleted it since `places`."""
        ...

    def bookings(self) -> list[tuple[str, str]]:
        """Studio and id of each booking that has papers, or that had them by the history."""
        ...

    def of_booking(self, studio_id: str, booking_id: str) -> list[Sealed]: ...
    def of_agreement(self, studio_id: str, agreement_id: str) -> list[Sealed]:
        """The agreement, and its signed copy if it has one."""
        ...

    def copies(self, sha256: str) -> list[Sealed]:
        """The signed copies that are kept with this SHA-256 (hexadecimal), of any studio."""
        ...
