"""Papers in the database: what was written is proved, and whatever was changed since is found (I4)."""

import random
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import LargeBinary, Table, select, text
from sqlalchemy.exc import IntegrityError

from core.paperwork.contract import Origin
from core.paperwork.files import FileKind, StoredFile
from core.paperwork.proof import prove
from core.ports import Records, Sealed
from storage.paper_tables import agreements, answers, files
from storage.records.sealing import Seals
from storage.store import Store
from tests.builders import a_contract
from tests.core.house import ANA, House, present
from tests.storage import raw
from tests.storage.conftest import LINK_KEY

COPY = b"%PDF-1.7 the signed copy " + bytes(range(256))
FLIPS = 1_000


@pytest.fixture
def signed(database_url: str) -> Iterator[tuple[House, str]]:
    """A booking with a signed contract, answers, a photo and the printed copy."""
    store = Store.open(database_url, link_key=LINK_KEY)
    house = House(store, database_url)
    contract = house.by_owner(lambda desk: a_contract(desk, text="Ünser Vertrag über {mini} 🎉, {client_name}."))
    mini = house.mini(contracts=[contract], questions="Who comes? *\nPictures (photo)")
    booking = house.hold("ana", house.spots(mini)[0])
    edition = present(booking.snapshot.questionnaire)

    def deed(desk: Any) -> str:
        desk.keep_contact(booking.id, ANA)
        own = desk.booking(booking.id)
        desk.present(own.id, contract.edition, {field: f"{term}" for field, term in desk.terms(own).items()})
        agreement = present(desk.papers(own)[0].agreement)
        desk.sign(
            own.id,
            agreement.id,
            typed_name=ANA.name,
            name=ANA.name,
            consent_words="I agree.",
            consents=[("website", False)],
            origin=Origin("telegram", "7", "7", "42"),
        )
        photo = desk.keep_photo(own.id, edition, "q2", b"\xff\xd8 a jpeg \xff\xd9")
        desk.answer(own.id, edition, {"q1": "Grüße aus Köln 🐕", "q2": photo})
        return agreement.id

    agreement_id = house.by("ana", deed)
    store.do(lambda records: records.files.add(a_copy(records, house, booking.id, agreement_id)))
    yield house, agreement_id
    store.close()


def a_copy(records: Records, house: House, booking_id: str, agreement_id: str) -> StoredFile:
    return StoredFile(
        id=records.new_id(),
        studio_id=house.studio.id,
        booking_id=booking_id,
        kind=FileKind.SIGNED_COPY,
        subject_id=agreement_id,
        media_type="application/pdf",
        content=COPY,
        made_at=records.now,
    )


def faults(house: House) -> list[str]:
    return [one.kind for one in house.look(sealed) if not one.intact]


def sealed(records: Records) -> list[Sealed]:
    return [one for kind in records.seals.kinds for one in records.seals.check(kind, "", 100)]


@pytest.mark.rule("I4")
def test_what_nobody_touched_is_proved(signed: tuple[House, str]):
    house, agreement_id = signed

    proof = house.look(lambda records: prove(records, COPY))

    assert proof.is_proved
    assert present(proof.agreement).id == agreement_id
    assert proof.booking_code.startswith("LP-")
    assert faults(house) == []


@pytest.mark.rule("I4")
def test_a_file_of_which_one_bit_is_other_is_no_copy(signed: tuple[House, str]):
    house, _ = signed
    chance = random.Random(4)

    for _ in range(FLIPS):
        proof = house.look(lambda records: prove(records, flipped(COPY, chance)))
        assert not proof.is_known


@pytest.mark.rule("I4")
def test_a_bit_that_is_flipped_in_what_is_kept_is_found(signed: tuple[House, str]):
    flip_and_find(*signed, flips=40, seed=1)


@pytest.mark.full
@pytest.mark.rule("I4")
@pytest.mark.parametrize("seed", range(4))
def test_every_bit_that_is_flipped_in_what_is_kept_is_found(signed: tuple[House, str], seed: int):
    flip_and_find(*signed, flips=FLIPS // 4, seed=seed)


def flip_and_find(house: House, agreement_id: str, *, flips: int, seed: int) -> None:
    """Each bit is set back before the next is flipped."""
    chance = random.Random(seed)
    cells = [cell for table in (agreements, answers, files) for cell in cells_of(house.url, table)]
    weights = [len(value) for _, _, _, value in cells]
    of_copy = {agreement_id, *(row_id for _, row_id, _, value in cells if value == COPY)}

    for number in range(flips):
        table, row_id, column, value = chance.choices(cells, weights)[0]
        wrong = flipped(value, chance)
        if not put(house.url, table, row_id, column, wrong):
            continue  # PostgreSQL keeps no text that is none
        assert faults(house) == [table.name], (number, column)
        proof = house.look(lambda records: prove(records, COPY))
        assert proof.is_proved is (row_id not in of_copy)
        put(house.url, table, row_id, column, value)

    assert faults(house) == []


@pytest.mark.rule("I4")
def test_with_another_key_nothing_is_proved(signed: tuple[House, str]):
    """The control: it is the key that makes the seals, so whoever has only the database cannot make them."""
    house, _ = signed
    other = Store.open(house.url, link_key=b"the key of somebody else's house..")
    try:
        kinds = {one.kind for one in other.look(sealed) if not one.intact}
        proof = other.look(lambda records: prove(records, COPY))
    finally:
        other.close()

    assert kinds == {"agreements", "answers", "files"}
    assert proof.is_known
    assert not proof.is_proved


@pytest.mark.rule("I4")
def test_a_row_that_is_gone_leaves_nothing_proved(signed: tuple[House, str]):
    house, _ = signed
    raw.execute(house.url, "DELETE FROM agreements")

    proof = house.look(lambda records: prove(records, COPY))

    assert not proof.is_proved


@pytest.mark.rule("I2")
def test_a_copy_is_kept_once(signed: tuple[House, str]):
    house, agreement_id = signed
    (kept,) = house.by_owner(lambda desk: [present(desk.signed_copy(agreement_id))])

    assert kept.content == COPY
    again = house.store.do(lambda records: records.files.add(a_copy(records, house, kept.booking_id, agreement_id)))

    assert again is False


def test_without_a_key_nothing_is_sealed():
    with pytest.raises(ValueError, match="without a key for seals"):
        Seals(b"").over(files, [b"content"])


def flipped(value: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(8 * len(value))
    changed = bytearray(value)
    changed[at // 8] ^= 1 << at % 8
    return bytes(changed)


def cells_of(url: str, table: Table) -> list[tuple[Table, str, str, bytes]]:
    """Every cell of the table that holds text or bytes, as bytes."""
    return [
        (table, row.id, column.name, value if isinstance(value, bytes) else value.encode())
        for row in raw.rows(url, select(table))
        for column in table.c
        if (value := getattr(row, column.name)) and not isinstance(value, int) and column.name != "id"
        if not column.foreign_keys
    ]


def put(url: str, table: Table, row_id: str, column: str, value: bytes) -> bool:
    """Write the cell as a fault of the disk would; False where the database takes no such value."""
    is_sqlite = url.startswith("sqlite")
    is_text = not isinstance(table.c[column].type, LargeBinary)
    if is_text and not is_sqlite:
        try:
            words = value.decode()
        except UnicodeDecodeError:
            return False
        if "\0" in words:
            return False
        what, parameter = ":value", words
    else:
        what, parameter = ("CAST(:value AS TEXT)" if is_text else ":value"), value
    statement = text(f"UPDATE {table.name} SET {column} = {what} WHERE id = :id")
    try:
        raw.execute(url, statement.bindparams(value=parameter, id=row_id))
    except IntegrityError:  # a kind of file that there is none of
        return False
    return True
