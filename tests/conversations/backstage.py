"""What happens around a transcript's people: the words of its `given` and `event` lines, each a deed at a real door."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from conversations.studio.reception import CHANNEL as STUDIO_CHANNEL
from conversations.words import time_text
from core.back_office import BackOffice
from core.booking.booking import LIVE_HOLD, Booking, Reservation
from core.booking.contact import Contact
from core.booking.hold import Wish
from core.booking.reserve import Terms
from core.client_desk import ClientDesk
from core.minis.mini import Mini, Package, PaidBy, Share, Spot
from core.paperwork.questionnaire import read_questions
from core.payments.payment import How
from core.payments.problems import Problem
from core.ports import Client, Identity, Records
from core.studio.studio import Member, Role, Studio, Tax
from core.studio.team import Newcomer, Ticket, claim_ticket
from core.studio_desk import StudioDesk, join_team
from core.values.money import Money
from tests.builders import (
    CHICAGO,
    CONTRACT_TEXT,
    SATURDAY,
    SUNDAY,
    a_class,
    a_contract,
    a_day,
    a_mini,
    a_package,
    an_add_on,
    dollars,
)
from tests.conversations.phone import CHANNEL, TEAM


def _fall_minis(desk: StudioDesk, **terms: Any) -> Mini:
    return a_mini(
        desk,
        packages=[a_package(**terms), a_package("Mini Plus", 210, includes="20 photos and a print credit", **terms)],
        days=[a_day(), a_day(SUNDAY, "13:00", 3)],
        description="20-minute portraits among the autumn trees of Riverside Park.",
    )


def _abroad(fee: Money) -> Callable[[StudioDesk], Mini]:
    package = Package(id="mini", title="Mini", fee=fee, paid_by=PaidBy.FULL)
    return lambda desk: a_mini(desk, "Abroad Minis", packages=[package])


#: What clients are asked while booking, one question of each kind but photos, which have a mini of their own.
QUESTIONS = """Who is coming? [[Adults | Children | Dog]] *
How many kids? (number)
Which style? [Natural | Studio] *
Been here before? (yes/no)
A day that suits you as well? (date)
Anything else? (long)"""
AFTERWARDS = "Is there a picture that you must have? (long)\nInstagram name?"


def _with_papers(desk: StudioDesk, *, long: bool = False, **terms: Any) -> Mini:
    """A contract with a consent, a model release that names nobody's time, questions before and after."""
    text = CONTRACT_TEXT + "".join(f"\n{number}. {'Words and more words. ' * 12}" for number in range(3, 23)) * long
    contract = a_contract(desk, text=text)
    release = a_contract(desk, "Model release", "{studio} may show photos of {mini}.", summary=(), consents=())
    return a_mini(
        desk,
        packages=[a_package(**terms), a_package("Mini Plus", 210, includes="20 photos", **terms)],
        contracts=[contract] if long else [contract, release],
        questions="" if long else QUESTIONS,
        questions_after="" if long else AFTERWARDS,
    )


def _with_contract(desk: StudioDesk, **terms: Any) -> Mini:
    packages = [a_package(**terms), a_package("Mini Plus", 210, includes="20 photos", **terms)]
    return a_mini(desk, packages=packages, contracts=[a_contract(desk)], days=[a_day(), a_day(SUNDAY, "13:00", 3)])


ONLINE: dict[str, Any] = {"paid_by": PaidBy.FULL}
EXTRAS = [an_add_on("Extra print", 25, 3), an_add_on("Your dog", 10)]
#: By title; what follows a comma is how it is paid.
MINIS: dict[str, Callable[[StudioDesk], Mini]] = {
    "Fall Minis": _fall_minis,
    "Fall Minis, paid online": lambda desk: _fall_minis(desk, **ONLINE),
    "Fall Minis, by retainer": lambda desk: _fall_minis(desk, retainer=dollars(50)),
    "Fall Minis, by a retainer of 40 cents": lambda desk: _fall_minis(desk, retainer=Money(40, "USD")),
    "Fall Minis, with papers": _with_papers,
    "Fall Minis, with a contract": _with_contract,
    "Fall Minis, with a contract, paid online": lambda desk: _with_contract(desk, **ONLINE),
    "Fall Minis, with a long contract": lambda desk: _with_papers(desk, long=True),
    "Fall Minis, with questions": lambda desk: a_mini(desk, questions=QUESTIONS),
    "Fall Minis, with photos": lambda desk: a_mini(desk, questions="Pictures you love (photo)\nYour dog (photo) *"),
    "Fall Minis, with photos before and after": lambda desk: a_mini(
        desk, questions="Pictures you love (photo)", questions_after="Your outfits (photo) *\nAnything else?"
    ),
    "Fall Minis, with questions afterwards": lambda desk: a_mini(desk, questions_after=AFTERWARDS),
    "Newborn Minis": lambda desk: a_mini(desk, "Newborn Minis", days=[a_day(SUNDAY, "09:00", 2)]),
    "Sunset Minis": lambda desk: a_mini(desk, "Sunset Minis", days=[a_day(SUNDAY, "13:10", 1)]),
    "Open House": lambda desk: a_mini(desk, "Open House", packages=[a_package("Visit", 0, includes="")]),
    "Holiday Minis": lambda desk: a_mini(desk, "Holiday Minis", add_ons=EXTRAS),
    "Holiday Minis, paid online": lambda desk: a_mini(
        desk, "Holiday Minis", packages=[a_package(**ONLINE)], add_ons=EXTRAS
    ),
    "Long Minis": lambda desk: a_mini(desk, "Long Minis", packages=[a_package(), a_package("Family", 290, minutes=40)]),
    "Dance Class": lambda desk: a_mini(desk, "Dance Class", packages=[a_package("Class", 20)], days=[a_class()]),
    "Dance Class, paid online": lambda desk: a_mini(
        desk, "Dance Class", packages=[a_package("Class", 20, **ONLINE)], days=[a_class()]
    ),
    "Newborn Minis, paid online": lambda desk: a_mini(
        desk, "Newborn Minis", packages=[a_package(**ONLINE)], days=[a_day(SUNDAY, "09:00", 2)]
    ),
    "Abroad Minis, ¥15,000": _abroad(Money(15_000, "JPY")),
    "Abroad Minis, KWD 45.125": _abroad(Money(45_125, "KWD")),
    "Marathon Minis": lambda desk: a_mini(desk, "Marathon Minis", days=[a_day(start="08:00", spots=30)]),
    "Season Minis": lambda desk: a_mini(
        desk, "Season Minis", days=[a_day(SATURDAY + timedelta(days=day), spots=2) for day in range(12)]
    ),
    "Spring Minis": lambda desk: a_mini(desk, "Spring Minis", published=False),
}
STUDIO: dict[str, dict[str, Any]] = {
    "the phone is required": {"phone_required": True},
    "holds may be ended by hand": {"hold_override": True},
    "several people shoot at once": {"several_shooters": True},
    "sales tax of 8.25 % on top": {"tax": Tax(name="Sales tax", rate_hundredths=825, inclusive=False)},
    "VAT of 20 % included": {"tax": Tax(name="VAT", rate_hundredths=2000, inclusive=True)},
    "nobody can be called": {"phone": None, "email": None},
    "amounts are in yen": {"currency": "JPY"},
    "amounts are in Kuwaiti dinars": {"currency": "KWD"},
    "the studio is renamed": {"name": "Luna & Sons"},
    "the studio is new": {"name": "Luna's bot", "zone_name": "UTC", "set_up": False, "phone": None, "email": None},
    "a privacy notice": {"privacy_notice": "Photos are kept for two years."},
}


@dataclass(frozen=True, slots=True)
class Known:
    """What a transcript may name: minis by title, reservations by whom they are for."""

    member_id: str
    minis: dict[str, str] = field(default_factory=dict[str, str])
    reservations: dict[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Backstage:
    """One unit of work behind the scene."""

    records: Records
    studio: Studio
    known: Known

    @property
    def desk(self) -> StudioDesk:
        member = self.records.studios.member(self.studio.id, self.known.member_id)
        assert member
        return StudioDesk(self.records, self.studio, member)

    def let_in(self, who: str) -> None:
        """One of those who write to the studio's bot is of the team from now on; the photographer is its owner."""
        number, name = TEAM[who]
        role = Role(who.partition(" ")[0])
        ticket = Ticket.CLAIM if who == "photographer" else Ticket.TEAM
        secret = claim_ticket(self.records, self.studio.id) if ticket is Ticket.CLAIM else self.desk.invite(role)
        chat = str(1000 + number)
        newcomer = Newcomer(identity=Identity(STUDIO_CHANNEL, chat), address=chat, name=name, language="en")
        join_team(self.records, self.studio, ticket, secret, newcomer)

    def member(self, who: str) -> Member:
        identity = Identity(STUDIO_CHANNEL, str(1000 + TEAM[who][0]))
        member = self.records.studios.member_by_identity(self.studio.id, identity)
        assert member
        return member

    # -- what is named --

    def mini(self, title: str | None = None) -> Mini:
        """The mini of that title; the first one of the scene where none is said."""
        mini_id = self.known.minis[title] if title else next(iter(self.known.minis.values()))
        mini = self.records.minis.one(self.studio.id, mini_id)
        assert mini
        return mini

    def spot(self, words: str) -> Spot:
        """ "10:15 AM", "Sun 1:00 PM" or "9:00 AM of Newborn Minis"."""
        when, _, title = words.partition(" of ")
        for row in self.records.spots.list(self.studio.id, self.mini(title).id, self.records.now):
            at = row.spot.starts.astimezone(CHICAGO)
            if when in {time_text(at, "en"), f"{at:%a} {time_text(at, 'en')}"}:
                return row.spot
        raise AssertionError(f"no spot {words}")

    def booking(self, chat: str = "1001") -> Booking:
        """The newest booking of the person in the chat; the first client's, unless told."""
        return max(self.bookings_of(chat), key=lambda one: (one.state in LIVE_HOLD, one.began_at))

    def bookings_of(self, chat: str) -> list[Booking]:
        whose = self.records.clients.by_identity(self.studio.id, Identity(CHANNEL, chat))
        return [
            one
            for mini_id in self.known.minis.values()
            for one in self.records.bookings.of_mini(self.studio.id, mini_id)
            if whose and one.client_id == whose.id
        ]

    def client(self, chat: str) -> Client:
        client = self.records.clients.by_identity(self.studio.id, Identity(CHANNEL, chat))
        assert client
        return client

    def reservation(self, whose: str) -> Reservation:
        reservation = self.records.reservations.one(self.studio.id, self.known.reservations[whose])
        assert reservation
        return reservation

    def _ticket(self, name: str) -> str:
        """The payload of a one-time link to the studio's bot; empty where the name is another link's."""
        if name == "the claim link":
            return f"claim_{claim_ticket(self.records, self.studio.id)}"
        if match := re.fullmatch(r"an invitation as (\w+)", name):
            return f"team_{self.desk.invite(Role(match[1]))}"
        if name == "a broken claim link":
            return "claim_0000000000000000000000"
        return ""

    def speaks(self, who: str, language: str) -> None:
        """Their app is in that language."""
        self.records.studios.change_member(replace(self.member(who), language=language))

    def link(self, name: str) -> str:
        """The payload of a link: a mini's, a preview's, a reservation's, a booking's."""
        if match := re.fullmatch(r"the preview of (.+)", name):
            return f"v_{self.desk.preview_link(self.mini(match[1]))}"
        if match := re.fullmatch(r"(.+)'s reservation", name):
            return f"r_{self.desk.reservation_link(self.reservation(match[1]))}"
        if match := re.fullmatch(r"the reservation of (.+)", name):
            return f"r_{self.desk.reservation_link(self.reserved(match[1]))}"
        if name == "the booking":
            return f"b_{self.booking().id}"
        if name == "the way back from paying":
            return f"p_{self.booking().id}"
        if ticket := self._ticket(name):
            return ticket
        if name == "a broken link":
            return "m_0000000000000000000000"
        title, _, source = name.partition(" from ")
        return f"m_{self.desk.mini_link(self.mini(title))}" + (f"-{source.lower()}" if source else "")

    def forged(self, words: str) -> str:
        """A forged button's data names what it is after in braces: {10:15 AM}, {the booking}."""
        return re.sub(
            r"\{(.+?)\}",
            lambda match: self._named(match[1]),
            words,
        )

    def _named(self, what: str) -> str:
        """The id of a mini by its title, of the booking, or of a spot by its time."""
        if what in self.known.minis:
            return self.known.minis[what]
        if what == "the client":
            return self.client("1001").id
        return self.booking().id if what == "the booking" else self.spot(what).id

    # -- what others do --

    def stranger(self) -> ClientDesk:
        """Somebody new, whose phone nobody looks at."""
        client = Client(id=self.records.new_id(), studio_id=self.studio.id)
        self.records.clients.add(client, Identity(CHANNEL, client.id), client.id)
        return ClientDesk(self.records, self.studio, client)

    def begin_to_book(self, words: str) -> tuple[ClientDesk, Booking]:
        desk, spot = self.stranger(), self.spot(words)
        mini = self.records.minis.one(self.studio.id, spot.mini_id)
        assert mini
        wish = Wish(mini_id=mini.id, spot_id=spot.id, package_id=mini.packages[0].id)
        return desk, desk.hold(wish)

    def book(self, words: str) -> None:
        for one in re.split(r", | and ", words):
            desk, held = self.begin_to_book(one)
            desk.keep_contact(held.id, Contact("Some Body", "body@mail.com"))
            desk.confirm(held.id)

    def reserve(self, words: str, whose: str, terms: str | None) -> None:
        spot = self.spot(words)
        self.known.reservations[whose] = self.desk.reserve(spot.id, self._terms(terms or "")).id

    def reserved(self, words: str) -> Reservation:
        """The last reservation of that spot."""
        spot = self.spot(words)
        of_mini = self.records.reservations.of_mini(self.studio.id, spot.mini_id)
        return [one for one in of_mini if one.spot_id == spot.id][-1]

    def _terms(self, words: str) -> Terms:
        percent = re.search(r"(\d+) % off", words)
        amount = re.search(r"\$(\d+) off", words)
        hours = re.search(r"for (\d+) hours", words)
        share = Share(percent_hundredths=int(percent[1]) * 100) if percent else None
        return Terms(
            discount=Share(amount=dollars(int(amount[1]))) if amount else share,
            lapses_at=self.records.now + timedelta(hours=int(hours[1])) if hours else None,
        )

    def open_mini(self, title: str) -> None:
        self.known.minis[title.partition(",")[0]] = MINIS[title](self.desk).id

    def problem(self) -> Problem:
        """The first that a person has to look at."""
        return self.desk.problems()[0]

    def settle(self, how: str) -> None:
        assert self.records.studios.change(self.studio, replace(self.studio, **STUDIO[how]))

    def raise_prices(self, amount: str) -> None:
        mini = self.mini()
        dearer = [replace(one, fee=one.fee + dollars(int(amount))) for one in mini.packages]
        self.desk.set_packages(mini.id, dearer, mini.add_ons)

    def drop_package(self, title: str) -> None:
        mini = self.mini()
        self.desk.set_packages(mini.id, [one for one in mini.packages if one.title != title], mini.add_ons)

    def drop_add_on(self, title: str) -> None:
        mini = self.mini()
        self.desk.set_packages(mini.id, mini.packages, [one for one in mini.add_ons if one.title != title])

    def edit_contract(self) -> None:
        contract = next(one for one in self.desk.contracts() if one.title == "Session contract")
        self.desk.save_contract(
            contract.title, contract.text + "\n3. Please be on time.", summary=contract.summary, contract_id=contract.id
        )

    def edit_questions(self) -> None:
        (asked,) = self.desk.questionnaires()
        anew = read_questions("Something quite different? *")
        self.desk.save_questionnaire(asked.title, anew, questionnaire_id=asked.id)

    def close(self, words: str) -> None:
        for one in re.split(r", | and ", words):
            self.desk.change_spot(self.spot(one).id, closed=True)

    def make_dearer(self, words: str, amount: str) -> None:
        self.desk.change_spot(self.spot(words).id, premium_minor=int(amount) * 100)


Deed = Callable[..., object]

#: What a transcript may say, and the deed that it means; the groups are the deed's words.
DEEDS: tuple[tuple[str, Deed], ...] = (
    (r"(" + "|".join(MINIS) + r")", Backstage.open_mini),
    (r"(" + "|".join(re.escape(how) for how in STUDIO) + r")", Backstage.settle),
    (r"the (photographer|photographer 2|assistant|host) is in", Backstage.let_in),
    (r"the (photographer 2|assistant|host) is out", lambda stage, who: stage.desk.remove_member(stage.member(who).id)),
    (r"the (photographer)'s app speaks (\w+)", Backstage.speaks),
    (r"somebody books (.+)", Backstage.book),
    (r"somebody begins to book (.+)", lambda stage, words: stage.begin_to_book(words)),
    (r"Luna Photo pauses (.+)", lambda stage, title: stage.desk.pause(stage.mini(title).id)),
    (r"Luna Photo resumes (.+)", lambda stage, title: stage.desk.resume(stage.mini(title).id)),
    (r"Luna Photo publishes (.+)", lambda stage, title: stage.desk.publish(stage.mini(title).id)),
    (r"Luna Photo unpublishes (.+)", lambda stage, title: stage.desk.unpublish(stage.mini(title).id)),
    (r"Luna Photo archives (.+)", lambda stage, title: stage.desk.archive(stage.mini(title).id)),
    (r"Luna Photo calls off (.+)", lambda stage, title: stage.desk.cancel_mini(stage.mini(title).id)),
    (r"Luna Photo moves the booking to (.+)", lambda stage, to: stage.desk.move(stage.booking().id, stage.spot(to).id)),
    (r"Luna Photo cancels the booking", lambda stage: stage.desk.cancel(stage.booking().id)),
    (
        r"Luna Photo cancels the booking and gives back \$(\d+)",
        lambda stage, back: stage.desk.cancel(stage.booking().id, dollars(int(back))),
    ),
    (
        r"Luna Photo gives back \$(\d+)",
        lambda stage, back: stage.desk.refund(stage.booking().id, dollars(int(back))),
    ),
    (
        r"Luna Photo marks \$(\d+) as paid by (cash|transfer)",
        lambda stage, paid, how: stage.desk.mark_paid(stage.booking().id, dollars(int(paid)), How(how)),
    ),
    (r"Luna Photo ends the hold", lambda stage: stage.desk.end_hold(stage.booking().id)),
    (r"Luna Photo reserves (.+?) for ([\w ]+?)(?:, (.+))?", Backstage.reserve),
    (
        r"Luna Photo removes (.+)'s reservation",
        lambda stage, whose: stage.desk.remove_reservation(stage.reservation(whose).id),
    ),
    (r"Luna Photo honours the payment", lambda stage: stage.desk.honour(stage.problem().id)),
    (r"Luna Photo sends the payment back", lambda stage: stage.desk.send_back(stage.problem().id)),
    (r"Luna Photo tries the refund again", lambda stage: stage.desk.refund_again(stage.problem().id)),
    (r"Luna Photo pays it back another way", lambda stage: stage.desk.refunded_elsewhere(stage.problem().id)),
    (r"Luna Photo raises prices by \$(\d+)", Backstage.raise_prices),
    (r"Luna Photo drops the package (.+)", Backstage.drop_package),
    (r"Luna Photo drops the extra (.+)", Backstage.drop_add_on),
    (r"Luna Photo edits the contract", Backstage.edit_contract),
    (r"Luna Photo edits the questions", Backstage.edit_questions),
    (r"photos whose time is over are deleted", lambda stage: BackOffice(stage.records).forget_files()),
    (r"Luna Photo closes (.+)", Backstage.close),
    (r"Luna Photo removes the spot at (.+)", lambda stage, words: stage.desk.remove_spot(stage.spot(words).id)),
    (r"(.+) costs \$(\d+) more", Backstage.make_dearer),
)


def happens(stage: Backstage, what: str) -> bool:
    """Let it happen; False where nobody knows what that means."""
    for pattern, deed in DEEDS:
        if match := re.fullmatch(pattern, what):
            deed(stage, *match.groups())
            return True
    return False
