"""The papers of the house: printed when they are asked for, and signed copies kept as they were given out."""

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from conversations.sample_papers import sample_of
from conversations.sheets import contract_sheet
from conversations.words import Words
from core.paperwork.contract import Agreement, Edition
from core.paperwork.files import FileKind, StoredFile
from core.ports import Records
from core.studio.studio import Studio
from storage.store import Store

if TYPE_CHECKING:
    from bots.printer.press import Press

PDF: Final = "application/pdf"


@dataclass(frozen=True, slots=True)
class _Known:
    """What a paper is made of, and the copy that was given out already."""

    agreement: Agreement
    studio: Studio
    copy: StoredFile | None


class PaperChanged(Exception):
    """What is kept of a paper is not what was written, so it is handed to nobody. Names the row, and no person."""


class Papers:
    """`bots.delivery.Papers` over one studio's store."""

    def __init__(self, store: Store, words: Words, studio_id: str, *, fonts: Path) -> None:
        """`fonts`: a folder of more fonts, which need not be there."""
        self._store = store
        self._words = words
        self._studio_id = studio_id
        self._fonts = fonts
        self._press: Press | None = None

    async def fetch(self, paper: str) -> bytes:
        """The document of that name.

        `contract:ID` of an agreement as it is put before the client, or `signed:ID`; of a contract's version
        `sample:ID.VERSION`, filled with sample data, or `text:ID.VERSION`, to be edited; `photo:ID` of a client.

        Raises LookupError for any other name, and PaperChanged.
        """
        kind, _, name = paper.partition(":")
        match kind:
            case "contract" | "signed":
                return await self._agreed(kind, name)
            case "sample" | "text":
                return await self._template(kind, name)
            case "photo":
                return await self._store.read(lambda records: self._photo(records, name))
            case _:
                raise LookupError(f"no paper {paper}")

    async def _agreed(self, kind: str, agreement_id: str) -> bytes:
        known = await self._store.read(lambda records: self._known(records, agreement_id))
        if known is None:
            raise LookupError(f"no agreement {agreement_id}")
        if kind == "contract":
            return await self._printed(known, replace(known.agreement, signing=None))
        if known.copy:
            return known.copy.content
        if known.agreement.signing is None:
            raise LookupError(f"nobody signed {agreement_id}")
        return await self._kept(known, await self._printed(known, known.agreement))

    async def _template(self, kind: str, name: str) -> bytes:
        """A contract that nobody signed: as a client would read it, or as the studio wrote it."""
        contract_id, _, version = name.partition(".")
        if not version.isdecimal():
            raise LookupError(f"no version of a contract: {name}")
        edition = Edition(contract_id, int(version))
        contract = await self._store.read(lambda records: records.papers.contract(self._studio_id, edition))
        studio = await self._store.read(lambda records: records.studios.one(self._studio_id))
        if contract is None or studio is None:
            raise LookupError(f"no contract {name}")
        if kind == "text":
            return contract.text.encode()
        sample = sample_of(self._words, studio, contract)
        return await self._printed(_Known(sample, studio, None), sample)

    def _photo(self, records: Records, file_id: str) -> bytes:
        file = records.files.one(self._studio_id, file_id)
        if file is None or file.kind is not FileKind.PHOTO or file.booking_id is None:
            raise LookupError(f"no photo {file_id}")
        for row in records.seals.of_booking(self._studio_id, file.booking_id):
            if row.id == file_id and not row.intact:
                raise PaperChanged(f"{row.kind}: {row.id}")
        return file.content

    def _known(self, records: Records, agreement_id: str) -> _Known | None:
        for row in records.seals.of_agreement(self._studio_id, agreement_id):
            if not row.intact:
                raise PaperChanged(f"{row.kind}: {row.id}")
        studio = records.studios.one(self._studio_id)
        agreement = records.papers.agreement(self._studio_id, agreement_id)
        if studio is None or agreement is None:
            return None
        copy = records.files.of_subject(self._studio_id, FileKind.SIGNED_COPY, agreement_id)
        return _Known(agreement, studio, copy)

    async def _printed(self, known: _Known, agreement: Agreement) -> bytes:
        sheet = contract_sheet(self._words, known.studio, agreement, agreement.booking_code)
        return await asyncio.to_thread(lambda: self._the_press().pdf(sheet))

    async def _kept(self, known: _Known, content: bytes) -> bytes:
        """The copy, once it is written down; whoever was faster has printed the same."""

        def keep(records: Records) -> bytes:
            copy = StoredFile(
                id=records.new_id(),
                studio_id=known.agreement.studio_id,
                booking_id=known.agreement.booking_id,
                kind=FileKind.SIGNED_COPY,
                subject_id=known.agreement.id,
                media_type=PDF,
                content=content,
                made_at=records.now,
            )
            if records.files.add(copy):
                return content
            kept = records.files.of_subject(copy.studio_id, copy.kind, copy.subject_id)
            return kept.content if kept else content

        return await self._store.run(keep)

    def _the_press(self) -> "Press":
        """Loaded with the first paper: most of what runs never prints one."""
        if self._press is None:
            from bots.printer.press import Press

            self._press = Press(self._fonts)
        return self._press
