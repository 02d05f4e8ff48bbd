"""What Luna sees of bookings: each card as it is read from the product's own database, and what is none of hers."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import time, timedelta

import pytest
from PIL import Image

from bots.demo import clerk
from bots.demo.cards import Card, Consent, Mark, Mood, Reply
from bots.demo.clerk import Clerk
from bots.demo.inside import Inside
from bots.demo.samples import SAMPLES
from core.booking.booking import Booking
from core.booking.contact import Contact
from core.booking.hold import Wish
from core.client_desk import ClientDesk
from core.minis.mini import Package, PaidBy
from core.minis.plan import DayPlan
from core.paperwork import contract as papers
from core.paperwork.contract import Origin
from core.paperwork.files import FileKind, StoredFile
from core.paperwork.questionnaire import read_questions
from core.ports import Client, Identity, Records
from core.studio.studio import Studio
from core.studio_desk import StudioDesk, found_studio
from core.values.money import Money
from storage.store import Store

LUNA = Studio(id="luna", name="Luna Photo", zone_name="America/Chicago", currency="USD", country="US", code_prefix="LP")
ANA, STRANGER = 700_000_001, 700_000_009
ASKED = "Who is coming? [[Adults | Dog]] *\nHow many? (number)\nWhen do you move? (date)\nPictures you love (photo)"


@pytest.fixture
def store(migrated_sqlite_url: str) -> Iterator[Store]:
    store = Store.open(migrated_sqlite_url, link_key=b"a key of the test")
    store.do(make_the_studio)
    yield store
    store.close()


@pytest.fixture
def luna(migrated_sqlite_url: str) -> Iterator["Seen"]:
    seen = Seen(migrated_sqlite_url)
    yield seen
    seen.inside.close()


@dataclass
class Seen:
    """A look over Luna's shoulder at the bookings of Ana alone."""

    url: str
    strip: Clerk = field(default_factory=Clerk)
    #: Whether a file that came said where it was taken.
    place_came: bool = False

    def __post_init__(self) -> None:
        people = {ANA: "Ana Torres", STRANGER: "Mia Rossi"}
        self.inside = Inside(
            self.url, self.strip, people, clients=lambda: [ANA], place_came=lambda _person: self.place_came
        )

    async def card(self) -> Card:
        await self.inside.look()
        (card,) = self.inside.cards
        return card

    @property
    def told(self) -> list[str]:
        return [line.text for line in self.strip.lines]


def make_the_studio(records: Records) -> None:
    desk = StudioDesk(records, LUNA, found_studio(records, LUNA, "Luna"))
    mini = desk.new_mini("Fall Minis")
    desk.set_packages(mini.id, [Package(id="mini", title="Mini", fee=Money(15_000, "USD"), paid_by=PaidBy.OUTSIDE)])
    day = (records.now + timedelta(days=6)).astimezone(LUNA.zone).date()
    desk.add_day(mini.id, DayPlan(date=day, start=time(9), spots=3, duration=timedelta(minutes=20)))
    consent = papers.Consent(id="website", question="May we show them?", label="Website")
    contract = desk.save_contract("Session agreement", "Between us and {client_name}.", consents=[consent])
    asked = desk.save_questionnaire("Before we meet", read_questions(ASKED))
    desk.set_papers(mini.id, contracts=[contract.id], questionnaire=asked.id)
    desk.publish(mini.id)


@dataclass
class Booker:
    """A client at their desk, one deed a unit of work."""

    store: Store
    person: int = ANA
    booking: Booking = field(init=False)

    def desk(self, records: Records) -> ClientDesk:
        identity = Identity("telegram", str(self.person))
        client = records.clients.by_identity(LUNA.id, identity)
        if client is None:
            client = Client(id=records.new_id(), studio_id=LUNA.id)
            records.clients.add(client, identity, str(self.person))
        return ClientDesk(records, LUNA, client)

    def holds(self) -> None:
        def hold(records: Records) -> Booking:
            mini = records.minis.all(LUNA.id)[0]
            spot = next(row.spot for row in records.spots.list(LUNA.id, mini.id, records.now) if not row.taken)
            desk = self.desk(records)
            held = desk.hold(Wish(mini_id=mini.id, spot_id=spot.id, package_id="mini"))
            return desk.keep_contact(held.id, Contact(name="Ana Torres", email="ana@example.com"))

        self.booking = self.store.do(hold)

    def is_called(self, name: str) -> None:
        contact = Contact(name=name, email="ana@example.com")
        self.store.do(lambda records: self.desk(records).keep_contact(self.booking.id, contact))

    def reads(self) -> str:
        """Has the contract before them; gives the agreement's id."""

        def read(records: Records) -> str:
            desk, edition = self.desk(records), self.booking.snapshot.contracts[0]
            desk.present(self.booking.id, edition, {papers.Field.CLIENT_NAME: "Ana Torres"})
            return desk.agreements(self.booking)[-1].id

        return self.store.do(read)

    def signs(self) -> str:
        agreement = self.reads()
        self.store.do(
            lambda records: self.desk(records).sign(
                self.booking.id,
                agreement,
                typed_name="A. Torres",
                name="A. Torres",
                consent_words="I agree.",
                consents=[("website", True)],
                origin=Origin("telegram", "1", str(self.person)),
            )
        )
        return agreement

    def sends(self, photo: bytes) -> str:
        edition = self.booking.snapshot.questionnaire
        assert edition
        return self.store.do(lambda records: self.desk(records).keep_photo(self.booking.id, edition, "q4", photo))

    def answers(self, **values: str) -> None:
        edition = self.booking.snapshot.questionnaire
        assert edition
        self.store.do(lambda records: self.desk(records).answer(self.booking.id, edition, values))


@pytest.fixture
def ana(store: Store) -> Booker:
    ana = Booker(store)
    ana.holds()
    return ana


def a_photo() -> bytes:
    """As the product keeps one: with nothing but the picture in it."""
    file = io.BytesIO()
    Image.new("RGB", (4, 3)).save(file, "JPEG")
    return file.getvalue()


def keep_copy(store: Store, booking: Booking, agreement: str) -> None:
    def keep(records: Records) -> None:
        records.files.add(
            StoredFile(
                id=records.new_id(),
                studio_id=LUNA.id,
                booking_id=booking.id,
                kind=FileKind.SIGNED_COPY,
                subject_id=agreement,
                media_type="application/pdf",
                content=b"%PDF-1.7 signed",
                made_at=records.now,
            )
        )

    store.do(keep)


async def test_a_booking_that_is_being_made_is_a_card(luna: Seen, ana: Booker) -> None:
    card = await luna.card()

    assert (card.client, card.reach, card.what, card.code) == (
        "Ana Torres",
        "ana@example.com",
        "Fall Minis · Mini",
        ana.booking.code,
    )
    assert card.state.words.startswith("being booked, held until ")
    assert card.money == Mark("$150.00, paid to you directly", Mood.WAITING)
    assert [(paper.title, paper.state.words) for paper in card.papers] == [
        ("Session agreement, version 1", "not shown yet")
    ]


async def test_a_contract_is_shown_then_signed_then_there_as_its_copy(luna: Seen, ana: Booker, store: Store) -> None:
    ana.reads()
    (paper,) = (await luna.card()).papers
    assert (paper.state, paper.copy) == (Mark("not signed yet", Mood.WAITING), None)

    agreement = ana.signs()
    (paper,) = (await luna.card()).papers
    assert (paper.state, paper.copy) == (Mark("signed", Mood.GOOD), None)
    assert paper.signed.startswith("“A. Torres”, ")
    assert paper.consents == (Consent("Website", allowed=True),)

    keep_copy(store, ana.booking, agreement)
    (paper,) = (await luna.card()).papers
    assert paper.copy == agreement
    assert await luna.inside.signed_copy(agreement) == b"%PDF-1.7 signed"


async def test_what_is_signed_counts_only_while_it_fits(luna: Seen, ana: Booker) -> None:
    """Who goes on under another name has not signed; who goes back to their own has, whatever was shown since."""
    ana.signs()

    ana.is_called("Boris Karloff")
    (paper,) = (await luna.card()).papers
    assert paper.state == Mark("not signed yet", Mood.WAITING)

    ana.reads()
    ana.is_called("Ana Torres")
    (paper,) = (await luna.card()).papers
    assert paper.state == Mark("signed", Mood.GOOD)


async def test_answers_stand_question_by_question_and_skipped_ones_too(luna: Seen, ana: Booker) -> None:
    ana.signs()
    photo = ana.sends(a_photo())
    ana.answers(q1="Adults\nDog", q2="1234.5", q4=photo)

    (asked,) = (await luna.card()).asked

    assert (asked.title, asked.replies) == (
        "Before we meet",
        (
            Reply("Who is coming?", "Adults, Dog"),
            Reply("How many?", "1,234.5"),
            Reply("When do you move?"),
            Reply("Pictures you love", photos=(photo,)),
        ),
    )
    assert await luna.inside.photo(photo) == a_photo()


async def test_papers_and_photos_of_other_people_are_not_given_out(luna: Seen, ana: Booker, store: Store) -> None:
    mia = Booker(store, STRANGER)
    mia.holds()
    agreement = mia.signs()
    keep_copy(store, mia.booking, agreement)
    photo = mia.sends(a_photo())

    card = await luna.card()

    assert card.code == ana.booking.code
    assert await luna.inside.signed_copy(agreement) is None
    assert await luna.inside.photo(photo) is None
    assert await luna.inside.photo(agreement) is None
    assert await luna.inside.photo("no-such") is None


async def test_a_card_that_did_not_change_is_no_news(luna: Seen, ana: Booker) -> None:
    assert await luna.inside.look()
    assert not await luna.inside.look()

    ana.signs()

    assert await luna.inside.look()


async def test_the_strip_tells_of_the_papers_in_the_order_in_which_they_were_stored(luna: Seen, ana: Booker) -> None:
    agreement = ana.signs()
    photo = ana.sends(a_photo())
    ana.answers(q1="Dog", q4=photo)
    sha = ana.store.look(lambda records: records.papers.agreement(LUNA.id, agreement).sha256)  # pyright: ignore[reportOptionalMemberAccess]

    await luna.inside.look()

    stored = f"Its exact text was stored with its SHA-256 ({sha[:8]}…), and only then shown."
    shown = f"“Session agreement” was filled in for Ana. {stored}"
    assert luna.told[-4:] == [
        shown,
        "Ana’s signature was stored and sealed: the name as typed, what sending it meant, each consent, chat, time.",
        "Ana’s photo was drawn anew and kept: nothing is hidden in it.",
        "Ana’s answers to “Before we meet” were stored and sealed: a change by other hands would show.",
    ]


@pytest.mark.parametrize(
    ("came", "kept", "sentence"),
    [
        (False, a_photo(), clerk.PHOTO_KEPT),
        (True, a_photo(), clerk.PLACE_GONE),
        (True, SAMPLES[0].data, clerk.PLACE_KEPT),
    ],
)
async def test_what_is_said_of_a_photos_place_is_what_the_database_keeps(
    luna: Seen, ana: Booker, came: bool, kept: bytes, sentence: clerk.Sentence
) -> None:
    luna.place_came = came
    ana.signs()

    for _ in range(2):
        ana.sends(kept)
    await luna.inside.look()

    words = {"whose": "Ana’s", "photos": "2 photos were", "it": "them"}
    assert luna.told[-1] == sentence.text.format_map(words)
    await luna.inside.look()
    assert luna.told[-1] == sentence.text.format_map(words)
    assert luna.told.count(luna.told[-1]) == 1
