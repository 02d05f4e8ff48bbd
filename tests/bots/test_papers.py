"""The house's papers: printed when asked for, kept as they were given out, and proved years later (I2, I4)."""

import asyncio
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from pypdf import PdfReader
from sqlalchemy import select, text, update

from bots.cli import main
from bots.demo.guest import Guest, Persona, Wish
from bots.example import OWNER, STUDIO
from bots.papers import PaperChanged, Papers
from bots.settings import Settings, SettingsWrong
from bots.verify import verify_all, verify_file
from core.paperwork.files import FileKind, StoredFile
from core.ports import Records
from core.studio_desk import StudioDesk
from storage.paper_tables import agreements, files
from storage.store import Store
from storage.tables import bookings
from tests.bots.house import BOT, house_in, pays_nothing
from tests.conversations.languages import english
from tests.storage import raw


@dataclass(frozen=True, slots=True)
class Signed:
    """A booking of the example that a robot signed and confirmed in the chat."""

    settings: Settings
    store: Store
    agreement_id: str
    #: The copy as the chat has it.
    in_chat: bytes

    def papers(self) -> Papers:
        """As the program has them after a restart."""
        return Papers(self.store, english(), STUDIO.id, fonts=self.settings.folder / "fonts")

    async def fetch(self, kind: str) -> bytes:
        return await self.papers().fetch(f"{kind}:{self.agreement_id}")


async def _book(home: Path) -> tuple[Settings, bytes]:
    """A robot books the example's main mini; gives the program's settings and the signed copy that the chat has."""
    async with house_in(home) as house:
        guest = Guest(house.telegram, BOT, Persona.called("Ana Torres"), pay=pays_nothing)
        async with house.awake():
            await guest.open(house.payload("mini"))
            await guest.hold(Wish())
            view = await guest.finish()
        document = [message.document for message in view.messages if message.document][-1]
        return house.settings, house.telegram.data_at(document.url)


@pytest.fixture(scope="module")
def booked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, bytes]:
    return asyncio.run(_book(tmp_path_factory.mktemp("booked") / "home"))


@pytest.fixture
def signed(booked: tuple[Settings, bytes], tmp_path: Path) -> Iterator[Signed]:
    """Each test has a copy of it all."""
    settings, in_chat = booked
    home = shutil.copytree(settings.folder, tmp_path / "home")
    own = Settings.model_validate({**dict(settings), "home": home})
    (row,) = raw.rows(own.database, select(agreements.c.id))
    store = Store.open(own.database, link_key=own.link_key)
    yield Signed(own, store, row.id, in_chat)
    store.close()


def words_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


@pytest.mark.rule("F4", "I1", "I2")
async def test_the_copy_in_the_chat_says_what_was_agreed_and_how(signed: Signed):
    kept = signed.store.look(lambda records: records.papers.agreement(STUDIO.id, signed.agreement_id))
    assert kept
    assert kept.signing

    said = words_of(signed.in_chat)

    for words in (
        "Session agreement",
        "This agreement is between Luna Photo (the photographer) and Ana Torres (the client).",
        "Certificate of signature",
        "It takes effect when the booking is confirmed.",
        kept.sha256,
        kept.signing.origin.person,
        f"{kept.signing.signed_at:%Y-%m-%d %H:%M:%S} UTC",
        "May Luna Photo show your photos on its website? You can say no. No",
    ):
        assert words in said


@pytest.mark.rule("I2")
async def test_the_copy_is_the_same_for_ever(signed: Signed):
    """Whatever is edited since: it is kept as it was given out."""

    def edit(desk: StudioDesk) -> None:
        (contract,) = desk.contracts()
        desk.save_contract("Another title", "Another text.", contract_id=contract.id)

    signed.store.do(lambda records: edit(StudioDesk(records, STUDIO, OWNER)))
    signed.store.do(lambda records: records.studios.change(STUDIO, replace(STUDIO, name="Another name", country="DE")))

    copies = await asyncio.gather(*(signed.fetch("signed") for _ in range(4)))

    assert set(copies) == {signed.in_chat}


@pytest.mark.rule("I2")
async def test_printed_by_several_at_once_it_is_the_same_and_kept_once(signed: Signed):
    """As if the program had died between signing and printing."""
    raw.execute(signed.settings.database, "DELETE FROM files")

    copies = await asyncio.gather(*(signed.fetch("signed") for _ in range(6)))

    assert set(copies) == {signed.in_chat}
    assert len(raw.rows(signed.settings.database, select(files.c.id))) == 1


@pytest.mark.rule("F4")
async def test_the_contract_to_read_has_no_certificate(signed: Signed):
    said = words_of(await signed.fetch("contract"))

    assert "This agreement is between Luna Photo" in said
    assert "Certificate of signature" not in said


@pytest.mark.rule("B5")
async def test_a_sample_is_printed_as_a_client_would_read_it_and_says_that_it_is_none(signed: Signed):
    (contract,) = signed.store.look(lambda records: records.papers.contracts(STUDIO.id))

    sample = words_of(await signed.papers().fetch(f"sample:{contract.id}.{contract.version}"))
    text = await signed.papers().fetch(f"text:{contract.id}.{contract.version}")

    assert "PREVIEW · not an agreement" in sample
    assert "between Luna Photo (the photographer) and Ana Torres (the client)" in sample
    assert "Certificate of signature" not in sample
    assert "{" not in sample
    assert text.decode() == contract.text


@pytest.mark.rule("K1")
async def test_a_photo_that_a_client_sent_is_handed_out_as_it_was_kept_or_not_at_all(signed: Signed):
    agreement = signed.store.look(lambda records: records.papers.agreement(STUDIO.id, signed.agreement_id))
    assert agreement

    def keep(records: Records) -> str:
        photo = StoredFile(
            id=records.new_id(),
            studio_id=STUDIO.id,
            booking_id=agreement.booking_id,
            kind=FileKind.PHOTO,
            subject_id="q1",
            media_type="image/jpeg",
            content=b"a clean picture",
            made_at=records.now,
        )
        records.files.add(photo)
        return photo.id

    photo_id = signed.store.do(keep)

    assert await signed.papers().fetch(f"photo:{photo_id}") == b"a clean picture"
    raw.execute(signed.settings.database, "UPDATE files SET content = X'00' WHERE kind = 'photo'")
    with pytest.raises(PaperChanged):
        await signed.papers().fetch(f"photo:{photo_id}")


@pytest.mark.parametrize(
    "paper", ["signed:nobody", "contract:", "invoice:1", "", "sample:nobody.1", "text:nobody", "photo:nobody"]
)
async def test_there_is_no_other_paper(signed: Signed, paper: str):
    with pytest.raises(LookupError):
        await signed.papers().fetch(paper)


# -- verify --


@pytest.fixture
def copy(signed: Signed, tmp_path: Path) -> Path:
    path = tmp_path / "copy.pdf"
    path.write_bytes(signed.in_chat)
    return path


@pytest.mark.rule("I4")
def test_a_copy_is_known_again(signed: Signed, copy: Path):
    verdict = verify_file(signed.settings, copy)

    assert verdict.holds
    assert "copy.pdf is the signed copy as it was given out" in verdict.lines[0]
    assert any("Ana Torres" in line for line in verdict.lines)
    assert any("the booking was confirmed on " in line for line in verdict.lines)
    assert verify_all(signed.settings).lines == (
        "No row that is there was changed: 1 contracts, 2 questionnaires, 1 agreements, 1 answers, 1 files.",
        "None is missing that the history, a signed copy or an answer names.",
    )


@pytest.mark.rule("I4")
def test_one_bit_of_a_copy_makes_it_no_copy(signed: Signed, copy: Path):
    chance = random.Random(9)
    changed = bytearray(signed.in_chat)
    changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    copy.write_bytes(changed)

    verdict = verify_file(signed.settings, copy)

    assert not verdict.holds
    assert "is no signed copy that is kept here, or it was changed since" in verdict.lines[0]


@pytest.mark.rule("I4")
def test_a_record_that_was_changed_is_found_and_named(signed: Signed, copy: Path):
    body = raw.rows(signed.settings.database, select(agreements.c.body))[0].body
    raw.execute(signed.settings.database, update(agreements).values(body=body.replace("$150.00", "$950.00")))

    for verdict in (verify_file(signed.settings, copy), verify_all(signed.settings)):
        assert not verdict.holds
        assert any(
            line.startswith(f"Changed: the agreement {signed.agreement_id} of booking") for line in verdict.lines
        )


@pytest.mark.rule("I4")
def test_what_is_gone_is_named(signed: Signed, copy: Path):
    raw.execute(signed.settings.database, "DELETE FROM agreements", "DELETE FROM answers")

    of_copy, of_all = verify_file(signed.settings, copy), verify_all(signed.settings)

    assert not of_copy.holds
    assert not of_all.holds
    assert of_copy.lines[1].startswith(f"Gone: the agreement {signed.agreement_id} of booking")
    assert [line.partition(" of ")[0].rpartition(" ")[0] for line in of_all.lines[:2]] == [
        "Gone: the agreement",
        "Gone: the answers",
    ]


@pytest.mark.rule("I4")
def test_the_code_of_the_booking_is_told_as_it_was_signed(signed: Signed, copy: Path):
    (row,) = raw.rows(signed.settings.database, select(bookings.c.code))
    raw.execute(signed.settings.database, "UPDATE bookings SET code = 'LP-0000'")

    assert f"  Booking   {row.code}" in verify_file(signed.settings, copy).lines


@pytest.mark.rule("I4")
def test_a_copy_of_what_was_signed_again_and_one_of_a_preview_are_called_so(signed: Signed, copy: Path):
    first = signed.store.look(lambda records: records.papers.agreement(STUDIO.id, signed.agreement_id))
    assert first
    assert first.signing
    later = replace(first.signing, signed_at=first.signing.signed_at + timedelta(minutes=1))
    again = replace(first, id="z", signing=None, preview=True)
    signed.store.do(lambda records: records.papers.add_agreement(again))
    signed.store.do(lambda records: records.papers.sign(again, later))

    tried = asyncio.run(signed.papers().fetch("signed:z"))
    old = verify_file(signed.settings, copy)
    copy.write_bytes(tried)
    preview = verify_file(signed.settings, copy)

    assert not old.holds
    assert any(line.startswith("The same contract was signed for the booking again on ") for line in old.lines)
    assert not preview.holds
    assert any(line.startswith("It is a preview's: ") for line in preview.lines)


@pytest.mark.rule("I2", "I4")
@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE files SET content = 'forged'",
        "UPDATE agreements SET signing = replace(signing, 'Ana Torres', 'Eve')",
    ],
)
async def test_a_paper_that_was_changed_is_handed_to_nobody(signed: Signed, forgery: str):
    (kept,) = raw.rows(signed.settings.database, select(files.c.id))
    raw.execute(signed.settings.database, forgery)

    with pytest.raises(PaperChanged) as refused:
        await signed.fetch("signed")

    assert f"{refused.value}" in {f"agreements: {signed.agreement_id}", f"files: {kept.id}"}


@pytest.mark.rule("I4")
def test_the_key_of_another_house_accuses_no_row(signed: Signed, copy: Path):
    other = Settings.model_validate({**dict(signed.settings), "secret_key": "another"})

    for verify in (lambda: verify_all(other), lambda: verify_file(other, copy)):
        with pytest.raises(SettingsWrong, match="not the key that these papers were sealed with"):
            verify()


@pytest.mark.rule("I4")
def test_verifying_writes_nothing(signed: Signed):
    signed.store.close()
    before = {path.name: path.read_bytes() for path in signed.settings.folder.iterdir() if path.is_file()}

    verify_all(signed.settings)

    after = {path.name: path.read_bytes() for path in signed.settings.folder.iterdir() if path.is_file()}
    assert {name: after[name] for name in before} == before
    # SQLite's own, in which readers and writers meet; the log is empty.
    assert after.keys() - before.keys() <= {"minis.db-shm", "minis.db-wal"}
    assert after.get("minis.db-wal", b"") == b""


@pytest.mark.rule("I4")
def test_where_nothing_is_there_nothing_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    home = tmp_path / "home"
    monkeypatch.setenv("MINIS_HOME", str(home))

    said = CliRunner().invoke(main, ["verify"])

    assert said.exit_code == 2
    assert "There is no database in " in said.output
    assert "There is no secret.key in " in said.output
    assert not home.exists()


@pytest.mark.rule("I4")
def test_an_older_database_is_called_so_and_left(signed: Signed):
    raw.execute(signed.settings.database, "UPDATE alembic_version SET version_num = '0001'")

    with pytest.raises(SettingsWrong, match="an older release's"):
        verify_all(signed.settings)

    assert raw.rows(signed.settings.database, text("SELECT version_num FROM alembic_version"))[0][0] == "0001"


@pytest.mark.rule("I4")
def test_the_command_tells_by_its_exit_code(signed: Signed, copy: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MINIS_HOME", str(signed.settings.folder))
    monkeypatch.setenv("MINIS_SECRET_KEY", "key")

    good, every = CliRunner().invoke(main, ["verify", str(copy)]), CliRunner().invoke(main, ["verify"])
    copy.write_bytes(b"%PDF-1.7")
    bad = CliRunner().invoke(main, ["verify", str(copy)])

    assert (good.exit_code, every.exit_code, bad.exit_code) == (0, 0, 1)
    assert "Ana Torres" in good.output
