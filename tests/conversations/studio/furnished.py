"""A house with something in every drawer, and beside it another studio, for tests that press everything there is."""

from dataclasses import dataclass, replace

from conversations.studio.reception import CHANNEL as STUDIO_CHANNEL
from conversations.studio.reception import StudioReception
from conversations.turn import Front
from core.booking.contact import Contact
from core.booking.hold import Wish
from core.client_desk import ClientDesk
from core.minis.mini import Mini
from core.ports import Client, Identity, Records
from core.studio.studio import Member, Role, Studio
from core.studio.team import Newcomer, Ticket, claim_ticket
from core.studio_desk import StudioDesk, found_studio, join_team
from tests.builders import a_contract, a_mini, a_studio
from tests.conversations.backstage import Backstage
from tests.conversations.phone import CHANNEL
from tests.conversations.player import Player
from tests.conversations.scene import WORDS, Scene
from tests.conversations.script import entries_of

OTHER = "otto"
#: Chats without a phone: of whoever was of Luna's team, and of the other studio's owner.
REMOVED, RIVAL = "1201", "1301"
#: What only assistants and above may read of Luna's clients, and what is the other studio's alone.
NAMES = ("Ana Torres", "ana@mail.com", "Ben Osei", "ben@mail.com", "Some Body", "body@mail.com", "Uncle Bob")
OTHERS_WORDS = ("Otto", "Secret", "Zoe Quist", "zoe@mail.com", "Aunt Quist")

_STORY = """
given: cards are taken
given: several people shoot at once
given: holds may be ended by hand
given: the photographer is in
given: the photographer 2 is in
given: the assistant is in
given: the host is in
given: Fall Minis, with papers
given: Holiday Minis, paid online
given: Dance Class
given: Sunset Minis
given: Spring Minis
given: Newborn Minis
event: Luna Photo archives Newborn Minis
so far: opens Fall Minis > [Book a spot] > [Mini · $150] > [10:15 AM] > Ana Torres > ana@mail.com > [Skip] > [Sign]
so far: Ana Torres > [Sign] > Ana Torres > [☐ Adults] > [☐ Dog] > [Done, 2 chosen] > 2 > natural > [Yes]
so far: 5 December 2026 > [Skip] > [Confirm, pay Luna Photo directly]
event: Luna Photo marks $20 as paid by cash
client 2 opens: Holiday Minis
client 2: [Book a spot]
client 2: [No, thanks]
client 2: [10:40 AM]
client 2: Ben Osei
client 2: ben@mail.com
client 2: [Skip]
client 2: [Continue to pay $150.00]
event: client 2 pays $100 on Stripe's page
event: a webhook comes
client 3: do you have a big umbrella?
client 3: [Yes, pass it on]
event: Luna Photo reserves 11:30 AM of Fall Minis for Uncle Bob
event: somebody begins to book 10:40 AM of Fall Minis
event: somebody books 10:00 AM of Dance Class
event: somebody books 1:10 PM of Sunset Minis
"""


@dataclass(frozen=True, slots=True)
class Furnished:
    """What a button may name: ids by what they are of, Luna's and the other studio's."""

    own: dict[str, str]
    others: dict[str, str]
    #: The other studio's bot.
    rival: StudioReception

    def references(self) -> dict[str, str]:
        """By what each is: every id of the house, in every shape that a button has it; and what nobody ever made."""
        own = self.own
        found = {f"own {name}": id for name, id in own.items()}
        found |= {f"own {name}." + rest: f"{own[name]}.{rest}" for name, rest in _SHAPES}
        found |= {f"{first}.own {name}": f"{first}.{own[name]}" for first, name in _BEFORE}
        found |= {f"own {one}.{two}": f"{own[one]}.{own[two]}" for one, two in _PAIRS}
        found |= {f"other's {name}": id for name, id in self.others.items()}
        found |= {f"other's {one}.{two}": f"{self.others[one]}.{self.others[two]}" for one, two in _PAIRS}
        found |= {f"own {one}.other's {two}": f"{own[one]}.{self.others[two]}" for one, two in _PAIRS}
        return found | {f"garbage {text[:12]!r}": text for text in GARBAGE}


GARBAGE = ("", "x", ".", "..", "x.y", "x.y.z", ":", " ", "x y", "٣", "-1", "1.2.3.4", "x,y", "None", "a" * 5000)
_SHAPES = (
    *((name, rest) for name in ("mini", "day", "booking", "spot") for rest in ("", "0", "9", "x")),
    *(("day", rest) for rest in ("close", "open", "c", "o", "0.o", "1.cx", "2.", "-1", "٣", "0.c-1")),
    *(("booking", rest) for rest in ("0.q1", "9.x", "٣.x", "nobody")),
)
_BEFORE = tuple((one, "problem") for one in ("honour", "send_back", "send-back", "refund_again", "x")) + (
    ("name", "mini"),
    ("c", "day"),
)
_PAIRS = (
    *(("client", "booking"), ("mini", "contract"), ("mini", "questionnaire"), ("contract", "mini")),
    *(("questionnaire", "mini"), ("mini", "package"), ("booking", "contract"), ("booking", "questionnaire")),
)


def furnish(scene: Scene) -> Furnished:
    """Let everything happen once in the scene, and open the other studio."""
    player = Player(scene)
    for entry in entries_of(_STORY.strip()):
        player.act(entry)
    for phone in scene.phones.values():
        phone.heard.clear()
    own = scene.backstage(_own)
    scene.backstage(_send_away)
    others = scene.store.do(_open_other)
    rival = StudioReception(
        studio_id=OTHER,
        front=Front(WORDS, lambda payload: f"https://t.me/OttoBot?start={payload}", lambda payload, _: payload),
        door=lambda payload: f"https://t.me/OttoStudioBot?start={payload}",
    )
    return Furnished(own, others, rival)


def _own(stage: Backstage) -> dict[str, str]:
    desk = stage.desk
    booking = stage.booking()
    spots = {name: stage.spot(words) for name, words in _SPOTS.items()}
    desk.change_spot(spots["spot closed"].id, closed=True)
    states = [one for mini in stage.known.minis.values() for one in stage.records.bookings.of_mini("luna", mini)]
    return {
        "mini": stage.mini().id,
        **{f"mini {title}": id for title, id in stage.known.minis.items()},
        **{name: spot.id for name, spot in spots.items()},
        "day": spots["spot"].day_id,
        **{f"booking {one.state} {number}": one.id for number, one in enumerate(states)},
        "booking": booking.id,
        "client": booking.client_id,
        "client who asked": stage.client("1003").id,
        "reservation": next(iter(stage.known.reservations.values())),
        "payment": desk.payments(booking.id)[0].id,
        "problem": desk.problems()[0].id,
        "contract": desk.contracts()[0].id,
        "agreement": desk.agreements(booking.id)[0].id,
        "questionnaire": desk.questionnaires()[0].id,
        "package": stage.mini().packages[0].id,
        "member": stage.member("assistant").id,
    }


_SPOTS = {
    "spot": "10:00 AM of Dance Class",
    "spot free": "10:15 AM of Holiday Minis",
    "spot held": "10:40 AM of Fall Minis",
    "spot booked": "10:15 AM of Fall Minis",
    "spot reserved": "11:30 AM of Fall Minis",
    "spot closed": "11:30 AM of Holiday Minis",
}


def _send_away(stage: Backstage) -> None:
    identity = Identity(STUDIO_CHANNEL, REMOVED)
    newcomer = Newcomer(identity=identity, address=REMOVED, name="Kim", language="en")
    secret = stage.desk.invite(Role.PHOTOGRAPHER)
    joined = join_team(stage.records, stage.studio, Ticket.TEAM, secret, newcomer)
    stage.desk.remove_member(joined.id)


# -- the other studio --


def _open_other(records: Records) -> dict[str, str]:
    studio = a_studio(id=OTHER, name="Otto Photo", code_prefix="OP", phone=None, email=None)
    found_studio(records, studio, "Otto")
    newcomer = Newcomer(identity=Identity(STUDIO_CHANNEL, RIVAL), address=RIVAL, name="Otto", language="en")
    owner = join_team(records, studio, Ticket.CLAIM, claim_ticket(records, OTHER), newcomer)
    desk = StudioDesk(records, studio, owner)
    contract = a_contract(desk, "Secret contract")
    mini = a_mini(desk, "Secret Minis", contracts=[], questions="Secret question?")
    return _others_ids(records, desk, mini, owner) | {"contract": contract.id}


def _others_ids(records: Records, desk: StudioDesk, mini: Mini, owner: Member) -> dict[str, str]:
    booked, kept, *_ = [row.spot for row in records.spots.list(OTHER, mini.id, records.now)]
    client = Client(id=records.new_id(), studio_id=OTHER)
    records.clients.add(client, Identity(CHANNEL, "1399"), "1399")
    hers = ClientDesk(records, desk.studio, client)
    held = hers.hold(Wish(mini_id=mini.id, spot_id=booked.id, package_id=mini.packages[0].id))
    hers.keep_contact(held.id, Contact("Zoe Quist", "zoe@mail.com"))
    reservation = desk.reserve(kept.id)
    return {
        "mini": mini.id,
        "package": mini.packages[0].id,
        "spot": booked.id,
        "spot reserved": kept.id,
        "day": booked.day_id,
        "booking": held.id,
        "client": client.id,
        "reservation": reservation.id,
        "questionnaire": desk.questionnaires()[0].id,
        "member": owner.id,
    }


def with_role(records: Records, studio: Studio, chat: str, role: Role) -> None:
    """Whoever writes in the chat has that role from now on."""
    member = records.studios.member_by_identity(studio.id, Identity(STUDIO_CHANNEL, chat))
    assert member
    records.studios.change_member(replace(member, role=role))
