"""Papers in the database: what was written is proved, and whatever was changed since is found (I4)."""

import random
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Table, Text, insert, select, text
from sqlalchemy.exc import IntegrityError

from core.back_office import BackOffice
from core.booking.booking import Booking
from core.paperwork.contract import Edition, Origin
from core.paperwork.files import FileKind, StoredFile
from core.paperwork.proof import missed_of, prove
from core.paperwork.records import Sealed
from core.ports import Records
from storage.paper_tables import agreements, answers, contracts, files, questionnaires
from storage.records.sealing import Seals
from storage.store import Store
from tests.builders import a_contract
from tests.core.house import ANA, House, present
from tests.storage import raw
from tests.storage.conftest import LINK_KEY

COPY = b"%PDF-1.7 the signed copy " + bytes(range(256))
FLIPS = 1_000
SEALED = (contracts, questionnaires, agreements, answers, files)


@pytest.fixture
def signed(database_url: str) -> Iterator[tuple[House, str]]:
    with signed_in(database_url) as signed:
        yield signed


@pytest.fixture
def signed_on_sqlite(migrated_sqlite_url: str) -> Iterator[tuple[House, str]]:
    with signed_in(migrated_sqlite_url) as signed:
        yield signed


@contextmanager
def signed_in(url: str) -> Generator[tuple[House, str]]:
    """A booking with a signed contract, answers, a photo and the printed copy; gives its agreement's id."""
    store = Store.open(url, link_key=LINK_KEY)
    house = House(store, url)
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


def sealed(records: Records) -> list[Sealed]:
    seals = records.seals
    found = (seals.at(kind, place) for kind in seals.kinds for place in seals.places(kind))
    return [one for one in found if one]


def faults(house: House) -> list[str]:
    return [one.kind for one in house.look(sealed) if not one.intact]


def missed(house: House) -> list[tuple[str, bool]]:
    """Kind, and whether it was put back."""
    return house.look(
        lambda records: [(one.kind, one.put_back) for of in records.seals.bookings() for one in missed_of(records, *of)]
    )


@pytest.mark.rule("I4")
def test_what_nobody_touched_is_proved(signed: tuple[House, str]):
    house, agreement_id = signed

    proof = house.look(lambda records: prove(records, COPY))

    assert proof.is_proved
    assert present(proof.agreement).id == agreement_id
    assert present(proof.agreement).booking_code.startswith("LP-")
    assert proof.stands
    assert (faults(house), missed(house)) == ([], [])


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
    cells = [cell for table in SEALED for cell in cells_of(house.url, table)]
    weights = [len(f"{cell.value}") for cell in cells]
    of_copy = {agreement_id, *(cell.row_id.decode() for cell in cells if cell.value == COPY)}

    for number in range(flips):
        # Ids are short beside texts and photos, and break more: one flip in two is of a column, however short.
        cell = chance.choice(cells) if number % 2 else chance.choices(cells, weights)[0]
        broken = replace(cell, value=flipped(cell.value, chance))
        if not put(house.url, cell.row_id, broken):
            continue  # PostgreSQL keeps no text that is none, and no id of a booking that there is none of
        assert faults(house) == [cell.table.name], (number, cell.column)
        proof = house.look(lambda records: prove(records, COPY))
        assert proof.is_proved is (cell.row_id.decode() not in of_copy)
        missed(house)
        put(house.url, broken.value if cell.column == "id" else cell.row_id, cell)

    assert (faults(house), missed(house)) == ([], [])


@pytest.mark.rule("I4")
def test_with_another_key_nothing_is_proved(signed: tuple[House, str]):
    """The control: it is the key that makes the seals, so whoever has only the database cannot make them."""
    house, _ = signed
    other = Store.open(house.url, link_key=b"the key of somebody else's house..")
    try:
        rows = other.look(sealed)
        proof = other.look(lambda records: prove(records, COPY))
    finally:
        other.close()
    kinds = {one.kind for one in rows if not one.intact}

    assert kinds == {table.name for table in SEALED}
    assert all(one.other_key for one in rows)
    assert proof.is_known
    assert not proof.is_proved


@pytest.mark.rule("I4")
def test_a_mark_that_was_changed_is_no_other_key(signed: tuple[House, str]):
    house, _ = signed
    raw.execute(house.url, "UPDATE answers SET seal = '00000000' || substr(seal, 9)")

    (broken,) = [one for one in house.look(sealed) if not one.intact]

    assert not broken.other_key


# -- rows that are gone, or as they once were --


@pytest.mark.rule("I4")
@pytest.mark.parametrize(
    ("gone", "kinds"),
    [
        (("agreements",), ["agreements"]),
        (("agreements", "history"), ["agreements"]),  # the copy names it
        (("answers",), ["answers"]),
        (("files",), ["files"]),  # the answer names its photo
        (("files", "agreements", "answers"), ["agreements", "answers"]),
    ],
)
def test_what_is_gone_is_missed(signed: tuple[House, str], gone: tuple[str, ...], kinds: list[str]):
    house, _ = signed
    raw.execute(house.url, *(f"DELETE FROM {table}" for table in gone))

    assert missed(house) == [(kind, False) for kind in kinds]
    assert house.look(lambda records: prove(records, COPY)).is_proved is (gone == ("answers",))


@pytest.mark.rule("I4")
@pytest.mark.parametrize("traces", ["files", "history"])
def test_a_signed_agreement_that_is_only_shown_again_is_missed(signed: tuple[House, str], traces: str):
    """With the seal that it had then. The history tells, and so does its copy: either may be gone."""
    house, agreement_id = signed
    agreement = house.look(lambda records: records.papers.agreement(house.studio.id, agreement_id))
    shown = replace(present(agreement), signing=None)
    raw.execute(house.url, f"DELETE FROM {traces}", "DELETE FROM agreements")
    house.store.do(lambda records: records.papers.add_agreement(shown))

    assert faults(house) == []
    assert ("agreements", True) in missed(house)
    assert not house.look(lambda records: prove(records, COPY)).is_proved


@pytest.mark.rule("I4")
def test_older_answers_that_are_put_back_are_missed(signed: tuple[House, str]):
    house, _ = signed
    (older,) = raw.rows(house.url, select(answers))
    house.wait(timedelta(minutes=1))
    answer_anew(house, "Nobody")
    assert missed(house) == []
    raw.execute(house.url, "DELETE FROM answers", insert(answers).values(older._asdict()))

    assert faults(house) == []
    assert missed(house) == [("answers", True), ("files", False)]  # nor is the photo that they name there any more


@pytest.mark.rule("I4", "F5")
@pytest.mark.parametrize("end", [timedelta(days=8), timedelta(days=800)])
def test_a_photo_whose_time_is_over_is_not_missed(signed: tuple[House, str], end: timedelta):
    """Days after a booking that came to nothing, and a year after a shoot."""
    house, _ = signed
    if end > timedelta(days=365):
        house.by("ana", lambda desk: desk.confirm(own_booking(house).id))
    else:
        house.by("ana", lambda desk: desk.give_up(own_booking(house).id))
    house.wait(end)
    house.store.do(lambda records: BackOffice(records).forget_files())

    assert [one.kind for one in house.look(sealed) if one.kind == "files"] == ["files"]  # the signed copy
    assert missed(house) == []


@pytest.mark.rule("I4")
def test_an_answers_photo_stays_until_there_is_another_answer(signed: tuple[House, str]):
    house, _ = signed
    booking = own_booking(house)
    (given,) = house.look(lambda records: records.papers.answers(house.studio.id, booking.id))
    (photo,) = given.photos

    house.by("ana", lambda desk: desk.drop_photo(booking.id, photo))
    assert missed(house) == []
    answer_anew(house, "Nobody")

    assert missed(house) == []
    assert house.by_owner(lambda desk: desk.photo(photo)) is None


def own_booking(house: House) -> Booking:
    (row,) = raw.rows(house.url, select(agreements.c.booking_id))
    return present(house.look(lambda records: records.bookings.one(house.studio.id, row.booking_id)))


def answer_anew(house: House, who: str) -> None:
    booking = own_booking(house)
    edition = present(booking.snapshot.questionnaire)
    house.by("ana", lambda desk: desk.answer(booking.id, edition, {"q1": who}))


# -- which signing it is --


@pytest.mark.rule("I4")
def test_a_copy_is_told_from_a_later_signing_and_from_a_preview(signed: tuple[House, str]):
    house, agreement_id = signed
    first = present(house.look(lambda records: records.papers.agreement(house.studio.id, agreement_id)))
    at = present(first.signing).signed_at + timedelta(minutes=1)

    def sign_more(records: Records) -> None:
        again = replace(first, id="z1", signing=None)
        preview = replace(first, id="z2", contract=Edition("another", 1), preview=True, signing=None)
        for one in (again, preview):
            records.papers.add_agreement(one)
            records.papers.sign(one, replace(present(first.signing), signed_at=at))
            copy = a_copy(records, house, first.booking_id, one.id)
            records.files.add(replace(copy, content=one.id.encode()))

    house.store.do(sign_more)
    old, new, tried = (house.look(lambda records, one=one: prove(records, one)) for one in (COPY, b"z1", b"z2"))

    assert all(one.is_proved for one in (old, new, tried))
    assert (old.stands, new.stands, tried.stands) == (False, True, False)
    assert present(old.signed_again).id == "z1"
    assert present(tried.agreement).preview


@pytest.mark.rule("I4")
def test_of_a_copy_it_is_told_whether_the_booking_was_confirmed(signed: tuple[House, str]):
    house, _ = signed
    held = house.look(lambda records: prove(records, COPY))
    house.by("ana", lambda desk: desk.confirm(own_booking(house).id))
    confirmed = house.look(lambda records: prove(records, COPY))

    assert held.confirmed_at is None
    assert confirmed.confirmed_at is not None
    assert confirmed.cancelled_at is None


# -- values of another kind, which SQLite keeps --


@pytest.mark.rule("I4")
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE files SET content = CAST(content AS TEXT)",
        "UPDATE files SET id = CAST(id AS BLOB)",
        "UPDATE files SET made_at = made_at + 0.5",
    ],
)
def test_a_value_of_another_kind_is_a_change(signed_on_sqlite: tuple[House, str], change: str):
    house, _ = signed_on_sqlite
    raw.execute(house.url, change)

    assert faults(house) == ["files", "files"]
    assert not house.look(lambda records: prove(records, COPY)).is_proved


@pytest.mark.rule("I2")
def test_a_copy_is_kept_once(signed: tuple[House, str]):
    house, agreement_id = signed
    (kept,) = house.by_owner(lambda desk: [present(desk.signed_copy(agreement_id))])

    assert kept.content == COPY
    again = house.store.do(
        lambda records: records.files.add(a_copy(records, house, present(kept.booking_id), agreement_id))
    )

    assert again is False


def test_without_a_key_nothing_is_sealed():
    with pytest.raises(ValueError, match="without a key for seals"):
        Seals(b"").over(files, [b"content"])


@dataclass(frozen=True, slots=True)
class Cell:
    table: Table
    row_id: bytes
    column: str
    value: Any


def flipped(value: Any, chance: random.Random) -> Any:
    if isinstance(value, int):
        return value ^ 1 << chance.randrange(30)
    at = chance.randrange(8 * len(value))
    changed = bytearray(value)
    changed[at // 8] ^= 1 << at % 8
    return bytes(changed)


def cells_of(url: str, table: Table) -> list[Cell]:
    """Every cell of the table; text as bytes."""
    return [
        Cell(table, row.id.encode(), column.name, value.encode() if isinstance(value, str) else value)
        for row in raw.rows(url, select(table))
        for column in table.c
        if (value := getattr(row, column.name)) is not None
    ]


def put(url: str, row_id: bytes, cell: Cell) -> bool:
    """Write the cell as a fault of the disk would; False where the database takes no such value."""
    on_sqlite = url.startswith("sqlite")
    is_text = isinstance(cell.table.c[cell.column].type, Text)
    value, where = cell.value, row_id
    if not on_sqlite:
        try:
            value, where = value.decode() if is_text else value, row_id.decode()
        except UnicodeDecodeError:
            return False
        if is_text and "\0" in value:
            return False
    what = "CAST(:value AS TEXT)" if is_text else ":value"
    statement = text(f"UPDATE {cell.table.name} SET {cell.column} = {what} WHERE id = CAST(:id AS TEXT)")
    unguarded = ("PRAGMA foreign_keys=off", "PRAGMA ignore_check_constraints=on") if on_sqlite else ()
    try:
        raw.execute(url, *unguarded, statement.bindparams(value=value, id=where))
    except IntegrityError:
        return False
    return True
