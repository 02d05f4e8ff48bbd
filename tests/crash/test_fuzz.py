"""Bodies of updates as nobody would send them, through the real reader to the real reception and renderer.

What a talk does with strange answers is tried in tests/conversations; here it is the rim: forged, stale and mutilated.
"""

import json
import random
import sqlite3
from collections import Counter as Counts
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, cast

import pytest

from bots.example import DRAFT, FALL, FREE, FULL, OWNER, STUDIO
from bots.telegram.read import CLIENTS, Elsewhere, query_id, read
from bots.telegram.render import Rendered, as_edit, as_send, render
from conversations.clients import ClientsReception
from conversations.inbound import Inbound
from core.booking.booking import CLAIMING, LIVE_HOLD, Holder, Owner, State
from core.minis.mini import PaidBy
from core.payments.till_key import Installation
from core.ports import Records
from core.studio_desk import StudioDesk
from storage.store import Store
from tests.conversations.counter import Counter
from tests.conversations.languages import english
from tests.crash.conftest import Stages

BOT: Final = "LunaPhotoBot"
BOT_ID: Final = 7_000_001
SMOKE: Final = 2_000
LARGE: Final = 100_000
SEEDS: Final = 10  # of the large size; a house is full of bookings before long
LOOK_OVER: Final = 100  # updates after which everything is looked over
PAYS: Final = 0.02  # of somebody at a payment page, after an update

TEXTS: Final = (
    *("10:15", "the last one", "Saturday", "noon", "25:00", "٣", " ", "\0", "\ud800", "\u202e", "x" * 5000, "😀" * 900),
    *("Ana Torres", "ana@mail.com", "ana@mail", "+1 312 555 0188", "4242 4242 4242 4242", "Skip", "‹ Back", "Cancel"),
    *("/my", "/help", "/book", "/cancel", "/back", "/privacy", "/start", "/start x", f"/my@{BOT}", "/my@otherbot", "/"),
    *("<b>&amp;</b>", "{ $x }", "'; DROP TABLE bookings; --", "**bold**", "t.me/x"),
)
DEEDS: Final = (
    "back",
    "cancel",
    "my",
    "mini",
    "booking",
    "cancel_booking",
    "cancel_yes",
    "extend",
    "let_go",
    "switch",
    "choose",
    "pick",
    "take_money",
    "",
)
CHOICES: Final = (
    "book",
    "done",
    "confirm",
    "pay",
    "change",
    "again",
    "time",
    "details",
    "keep",
    "skip",
    "use0",
    "other",
    "page.99",
    "page.-1",
    "",
)
ODD: Final = (None, True, 0, -1, 2**63, 2**200, 1.5, "", "x", "\ud800", [], {}, [[]], {"id": None}, [None, {}])
CONTENTS: Final = (
    "photo",
    "sticker",
    "voice",
    "document",
    "location",
    "poll",
    "dice",
    "pinned_message",
    "web_app_data",
)

Json = dict[str, Any]


class Rim:
    """The way of an update from its body to the screen that goes back, without the wire. Whatever raises, raises."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._reception = ClientsReception(
            studio_id=STUDIO.id,
            words=english(),
            link_of=lambda payload: f"t.me/{payload}",
            installation=Installation(takes_cards=True),
        )
        self.counter = Counter(store.do)
        self._messages = 0
        #: By chat, the buttons of what was sent there: the message and the data.
        self.buttons: dict[str, list[tuple[int, str]]] = {}

    def take(self, update: object) -> Inbound | None:
        query_id(update)
        inbound = read(update, channel=CLIENTS, bot_id=BOT_ID, username=BOT)
        match inbound:
            case Inbound():
                self.store.do(lambda records: self._reception.answer(records, inbound))
                self._show(inbound.chat)
                return inbound
            case Elsewhere(chat_id):
                as_send(render(self._reception.elsewhere("en")), chat_id)
            case _:
                pass
        return None

    def go_to_the_till(self, chance: random.Random) -> None:
        """Do the errands, and let somebody pay now and then."""
        self.counter.do_errands()
        sessions = self.counter.till.sessions
        if sessions and chance.random() < PAYS:
            self.counter.till.pay(chance.choice(sessions))
            self.counter.happens("a webhook comes", [])
            self.counter.do_errands()

    def _show(self, chat: str) -> None:
        shown = self.store.look(lambda records: self._reception.show(records, CLIENTS, chat))
        if shown is None or shown.revision is None:
            return
        revision, rendered = shown.revision, render(shown.card)
        if shown.edit is None or as_edit(rendered, int(chat), int(shown.edit), "file") is None:
            json.dumps([call.params for call in as_send(rendered, int(chat), "file")])
            self._messages += 1
            card = self._messages
        else:
            card = int(shown.edit)
        older = [button for button in self.buttons.get(chat, ()) if button[0] != card]
        self.buttons[chat] = [*older, *((card, data) for data in _data_of(rendered))][-40:]
        self.store.do(lambda records: records.talks.shown(STUDIO.id, CLIENTS, chat, revision, str(card)))


class Crowd:
    """People, groups and channels that send anything. The same seed does the same again."""

    def __init__(self, seed: int, rim: Rim, payloads: list[str], references: list[str]) -> None:
        self._chance = random.Random(seed)
        self._rim = rim
        self._payloads = payloads
        self._references = references
        self._people = [500_000_001 + number for number in range(8)]
        self._update_id = 0

    def update(self) -> object:
        chance = self._chance
        self._update_id += chance.random() < 0.95  # now and then one comes twice
        kind = chance.choices(("press", "answer", "forge", "text", "content", "elsewhere"), (45, 20, 10, 10, 9, 6))[0]
        update = {"update_id": 100_000_000 + self._update_id, **getattr(self, f"_{kind}")(chance.choice(self._people))}
        if chance.random() < 0.1:
            self._mutilate(update)
        return update

    def _press(self, person: int) -> Json:
        buttons = self._rim.buttons.get(str(person), [])
        if not buttons:
            return self._say(person, text=f"/start {self._chance.choice(self._payloads)}")
        newest = [button for button in buttons if button[0] == buttons[-1][0]]
        # Mostly the way on, which stands first; else anything, even what scrolled away long ago.
        among = self._chance.choices((newest[:1], newest, buttons), (60, 25, 15))[0]
        message, data = self._chance.choice(among)
        return self._query(person, message, data)

    def _forge(self, person: int) -> Json:
        chance = self._chance
        about = chance.choice((*self._references, *self._others_data(), *TEXTS))
        data = chance.choice((about, f"{chance.choice(DEEDS)}:{about}", f"{chance.randrange(30)}:{about}"))
        if chance.random() < 0.3:
            data = f"{chance.randrange(30)}:{chance.choice(CHOICES)}"
        return self._query(person, chance.randrange(50), data)

    def _others_data(self) -> list[str]:
        return [data for buttons in self._rim.buttons.values() for _, data in buttons[-2:]]

    def _answer(self, person: int) -> Json:
        return self._say(person, text=self._chance.choice(("Ana Torres", "ana@mail.com", "Skip")))

    def _text(self, person: int) -> Json:
        chance = self._chance
        text = chance.choice((*TEXTS, f"/start {chance.choice(self._payloads)}"))
        return self._say(person, text=text)

    def _content(self, person: int) -> Json:
        chance = self._chance
        match chance.choice(("contact", "edited", "member", "content")):
            case "contact":
                phone = chance.choice(("13125550188", "+1 312 555 0188", "1", "x" * 99, ""))
                contact = {"phone_number": phone, "first_name": "A", "user_id": chance.choice((person, 1, None))}
                return self._say(person, contact=contact)
            case "edited":
                return {"edited_message": self._say(person, text=chance.choice(TEXTS))["message"]}
            case "member":
                status = chance.choice(("member", "kicked", "left"))
                said = self._say(person)["message"]
                return {"my_chat_member": {**said, "new_chat_member": {"status": status, "user": {"id": BOT_ID}}}}
            case _:
                return self._say(person, **{chance.choice(CONTENTS): {"file_id": "x"}})

    def _elsewhere(self, person: int) -> Json:
        """Groups, channels, inline messages, and kinds of updates that nobody knows yet."""
        chance = self._chance
        group = {"id": -1_001_000_000_001, "type": chance.choice(("group", "supergroup", "channel")), "title": "Family"}
        message = {**self._say(person, text=chance.choice(TEXTS))["message"], "chat": group}
        query = self._query(person, 1, chance.choice(CHOICES))["callback_query"]
        return chance.choice(
            (
                {"message": message},
                {"message": {**message, "new_chat_members": [{"id": BOT_ID}]}},
                {"channel_post": message},
                {"callback_query": {**query, "message": message}},
                {"callback_query": {"id": "1", "from": query["from"], "inline_message_id": "x", "data": "1:book"}},
                {"from_the_future": {"from": query["from"], "chat": group}},
            )
        )

    def _say(self, person: int, **content: Any) -> Json:
        sender = {"id": person, "is_bot": False, "first_name": self._chance.choice(TEXTS), "language_code": "en"}
        message = {"message_id": 1, "date": 1, "from": sender, "chat": {"id": person, "type": "private"}, **content}
        if str(content.get("text", "")).startswith("/"):
            length = len(content["text"].split(maxsplit=1)[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return {"message": message}

    def _query(self, person: int, message_id: int, data: str) -> Json:
        message = {**self._say(person)["message"], "message_id": message_id}
        return {"callback_query": {"id": "1", "from": message["from"], "message": message, "data": data}}

    def _mutilate(self, update: Json) -> None:
        """Put something odd in the place of anything but the update's number, or leave it out."""
        place = update
        while True:
            key = self._chance.choice([name for name in place if name != "update_id"])
            inner = place[key]
            if not isinstance(inner, dict) or not inner or self._chance.random() < 0.3:
                break
            place = inner
        if self._chance.random() < 0.3:
            del place[key]
        else:
            place[key] = self._chance.choice(ODD)


def _data_of(rendered: Rendered) -> list[str]:
    keyboard = cast("list[list[Json]]", (rendered.markup or {}).get("inline_keyboard", []))
    return [button["callback_data"] for row in keyboard for button in row if "callback_data" in button]


class Watch:
    """What must be true at every moment, and after every update."""

    def __init__(self, rim: Rim, connection: sqlite3.Connection) -> None:
        self._rim = rim
        self._connection = connection
        self._kept = rim.store.look(_claims_of_reservations)
        self._seen = 0
        self._news()

    def after(self, inbound: Inbound | None) -> None:
        """Whatever an update has changed, it has changed for its sender alone."""
        happened = self._news()
        if not happened:
            return
        assert inbound, "nobody was read, and something happened"
        known = self._rim.store.look(lambda records: records.clients.by_identity(STUDIO.id, inbound.identity))
        assert known
        assert happened == {known.id}

    def look_away(self) -> None:
        """What happens now, nobody's update has done."""
        self._news()

    def look_over(self) -> Counts[str]:
        """Everything else; gives the bookings by state."""
        assert self._rim.store.look(_claims_of_reservations) == self._kept, "nobody has their link"
        return self._rim.store.look(_look_over)

    def _news(self) -> set[str]:
        """Whose history has gone on since this was asked last."""
        rows = self._connection.execute("SELECT id, client_id FROM history WHERE id > ?", (self._seen,)).fetchall()
        self._seen = max([self._seen, *(number for number, _ in rows)])
        return {client for _, client in rows}


def _claims_of_reservations(records: Records) -> list[str]:
    minis = records.minis.all(STUDIO.id)
    kept = [one for mini in minis for one in records.reservations.of_mini(STUDIO.id, mini.id)]
    assert kept
    live = [claim for one in kept for claim in records.claims.live(STUDIO.id, Owner(Holder.RESERVATION, one.id))]
    return [f"{claim.spot_id} {claim.seat}" for claim in live]


def _look_over(records: Records) -> Counts[str]:
    states: Counts[str] = Counts()
    for mini in records.minis.all(STUDIO.id):
        bookings = records.bookings.of_mini(STUDIO.id, mini.id)
        assert not bookings or mini.title not in {FULL, DRAFT}, "what is not offered cannot be taken"
        for one in bookings:
            states[one.state.value] += 1
            live = one.state in CLAIMING
            seats = records.claims.live(STUDIO.id, Owner.booking(one.id))
            assert [seat.spot_id for seat in seats] == [one.spot_id] * (one.places if live else 0)
            assert one.contact or one.state is not State.CONFIRMED, "no step before the confirmation is skipped"
        holds = Counts(one.client_id for one in bookings if one.state in LIVE_HOLD)
        assert max(holds.values(), default=0) <= 1
    return states


def play(stages: Stages, home: Path, updates: int, seed: int) -> Counts[str]:
    """Let a crowd send so many updates; gives the bookings by state at the end."""
    with (
        stages(home) as stage,
        closing(Store.open(stage.database, link_key=b"key")) as store,
        closing(sqlite3.connect(stage.home / "minis.db", isolation_level=None)) as connection,
    ):
        store.do(_take_cards)
        rim = Rim(store)
        chance = random.Random(seed)
        watch = Watch(rim, connection)
        links = store.look(_links)
        assert stage.payload in links
        crowd = Crowd(seed, rim, [*links, f"{stage.payload}x", "r_x", "v_x"], store.look(_references))
        for number in range(updates):
            watch.after(rim.take(crowd.update()))
            rim.go_to_the_till(chance)
            watch.look_away()
            if number % LOOK_OVER == 0:
                watch.look_over()
        return watch.look_over()


def _take_cards(records: Records) -> None:
    """What costs something is paid online."""
    for mini in records.minis.all(STUDIO.id):
        packages = tuple(replace(one, paid_by=PaidBy.FULL) if one.fee else one for one in mini.packages)
        assert records.minis.change(mini, replace(mini, packages=packages))


def _links(records: Records) -> list[str]:
    """The links of what can be booked: with papers and a price, and with neither, where chance gets further."""
    desk = StudioDesk(records, STUDIO, OWNER)
    return [f"m_{desk.mini_link(mini)}" for mini in records.minis.all(STUDIO.id) if mini.title in {FALL, FREE}]


def _references(records: Records) -> list[str]:
    """Ids that a forger might know: of every mini, spot and reservation."""
    minis = records.minis.all(STUDIO.id)
    spots = [row.spot.id for mini in minis for row in records.spots.list(STUDIO.id, mini.id, records.now)]
    kept = [one.id for mini in minis for one in records.reservations.of_mini(STUDIO.id, mini.id)]
    return [*(mini.id for mini in minis), *spots, *kept]


@pytest.mark.rule("F8", "G1")
def test_no_body_of_an_update_breaks_the_rim_or_takes_what_is_not_its_senders(sqlite_stages: Stages, tmp_path: Path):
    bookings = play(sqlite_stages, tmp_path / "home", SMOKE, seed=1)

    assert bookings["confirmed"] > 0, "who presses at random also books now and then"


@pytest.mark.full
@pytest.mark.rule("F8", "G1")
@pytest.mark.parametrize("seed", range(SEEDS))
def test_none_of_very_many_does(sqlite_stages: Stages, tmp_path: Path, seed: int):
    bookings = play(sqlite_stages, tmp_path / "home", LARGE // SEEDS, seed=100 + seed)

    assert bookings["confirmed"] > 0
