"""The phones of the clients and of Luna: what their people do, and what the bots then do in their chats."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import takewhile

from bots.demo import clerk
from bots.demo.accounts import BOT, STUDIO_BOT
from bots.demo.clerk import Clerk, Sentence, counting, naming
from bots.demo.telegram import BotAccount, Call, ChatView, TelegramStandIn, Upload, tells_place

CLIENTS = ("Ana Torres", "Ben Okafor")
PHOTOGRAPHER = "Luna"
SHOWN_LETTERS = 40  # of what a person typed, in the strip


class Role(StrEnum):
    CLIENT = "client"
    PHOTOGRAPHER = "photographer"


@dataclass(slots=True, kw_only=True)
class Phone:
    """Somebody's phone; it has one chat."""

    id: int
    name: str
    role: Role
    person: int
    #: Whom its chat is with.
    bot: BotAccount
    #: The last link that was opened on it.
    payload: str = ""
    #: When its person last did something.
    acted_at: datetime | None = None


class Phones:
    """All phones of the scene: clients chat with the clients' bot, Luna with the studio's. The strip tells of all."""

    def __init__(self, telegram: TelegramStandIn, strip: Clerk, now: Callable[[], datetime]) -> None:
        self.clients: list[Phone] = []
        self._telegram = telegram
        self._strip = strip
        self._now = now
        self._told: Call | None = None
        self._waiting: list[Call] = []
        self._placed: set[int] = set()
        self.luna = self._phone(len(CLIENTS) + 1, PHOTOGRAPHER, Role.PHOTOGRAPHER, STUDIO_BOT)

    @property
    def all(self) -> list[Phone]:
        return [*self.clients, self.luna]

    def add(self) -> Phone | None:
        """A phone for the next client; None where everybody has one."""
        number = len(self.clients)
        if number == len(CLIENTS):
            return None
        phone = self._phone(number + 1, CLIENTS[number], Role.CLIENT, BOT)
        self.clients.append(phone)
        return phone

    def _phone(self, phone_id: int, name: str, role: Role, bot: BotAccount) -> Phone:
        first, _, last = name.partition(" ")
        person = self._telegram.add_person(first_name=first, last_name=last)
        return Phone(id=phone_id, name=name, role=role, person=person, bot=bot)

    def one(self, phone_id: int) -> Phone | None:
        return next((phone for phone in self.all if phone.id == phone_id), None)

    def chat(self, phone: Phone) -> ChatView:
        return self._telegram.chat(phone.person, phone.bot.username)

    # What people do

    def start(self, phone: Phone, payload: str) -> None:
        phone.payload = payload or phone.payload
        self._tell(phone, clerk.STARTED)
        self._telegram.open_link(phone.person, phone.bot.username, payload)

    def press(self, phone: Phone, message: int, row: int, column: int) -> None:
        """Press an inline button; one that is not there any more cannot be pressed, as on a phone."""
        card = next((one for one in self.chat(phone).messages if one.id == message), None)
        if card is None or not (0 <= row < len(card.buttons) and 0 <= column < len(card.buttons[row])):
            return
        self._tell(phone, clerk.TAPPED, label=card.buttons[row][column].text)
        self._telegram.press(phone.person, phone.bot.username, message, row, column)

    def type_text(self, phone: Phone, text: str, *, reply_to: int = 0) -> None:
        """Send a text. `reply_to`: the message that it answers; one that is gone cannot be answered, as on a phone."""
        if reply_to and all(one.id != reply_to for one in self.chat(phone).messages):
            return
        self._tell(phone, clerk.WROTE, label=text if len(text) <= SHOWN_LETTERS else f"{text[: SHOWN_LETTERS - 1]}…")
        self._telegram.type_text(phone.person, phone.bot.username, text, reply_to=reply_to)

    def share_contact(self, phone: Phone) -> None:
        self._tell(phone, clerk.SHARED)
        self._telegram.share_contact(phone.person, phone.bot.username)

    def send_files(self, phone: Phone, uploads: Sequence[Upload], *, as_files: bool) -> None:
        """Send pictures, one or several together; files stay as they are. Raises ValueError: no app sends these."""
        self._telegram.send_files(phone.person, phone.bot.username, uploads, as_documents=as_files)
        if not as_files:
            self._tell(phone, clerk.SENT_PICTURES, **counting("picture", len(uploads)))
        else:
            sentence = clerk.SENT_PLACE if any(tells_place(one.data) for one in uploads) else clerk.SENT_FILES
            self._tell(phone, sentence, **counting("file", len(uploads)))

    def open_file(self, phone: Phone, message: int) -> None:
        """Look into a document; nobody else sees that."""
        sent = next((one.document for one in self.chat(phone).messages if one.id == message), None)
        if sent:
            self._tell(phone, clerk.OPENED_FILE, file=sent.name)

    def open_page(self, phone: Phone) -> None:
        """Its browser opens the payment page; nobody else sees that."""
        self._tell(phone, clerk.PAGE_OPENED)

    def leave_page(self, phone: Phone) -> None:
        self._tell(phone, clerk.PAGE_LEFT)

    def _tell(self, phone: Phone, sentence: Sentence, **facts: str) -> None:
        phone.acted_at = self._now()
        self._strip.write(sentence, phone.acted_at, **naming(phone.name), **facts)

    # What the bot does

    def tell_answers(self) -> bool:
        """Tell what the bot did since the last look; True where there was something."""
        calls, self._waiting = self._untold(), []
        self._tell_calls(calls)
        return bool(calls)

    def place_came(self, person: int) -> bool:
        """Whether a file that the bot fetched from the person, since this was last asked, said where it was taken.

        What the bot did up to there is told: whoever asks goes on to tell what became of the file.
        """
        calls = self._untold()
        fetched = max((number for number, call in enumerate(calls, 1) if call.method == "getFile"), default=0)
        self._waiting = calls[fetched:]
        self._tell_calls(calls[:fetched])
        came = person in self._placed
        self._placed.discard(person)
        return came

    def _tell_calls(self, calls: Sequence[Call]) -> None:
        for call in calls:
            phone = self._phone_of(call)
            if phone is None or call.outcome != "ok":
                continue
            if call.method == "getFile" and self._telegram.tells_place(call.bot, str(call.params.get("file_id"))):
                self._placed.add(phone.person)
            seconds = None if phone.acted_at is None else (call.at - phone.acted_at).total_seconds()
            self._strip.answered(call.method, call.at, seconds, **naming(phone.name), file=self._file_of(call))

    def _phone_of(self, call: Call) -> Phone | None:
        """In whose chat it was, or whose file it was about."""
        file_id = str(call.params.get("file_id", ""))
        person = self._telegram.sender_of(call.bot, file_id) if file_id else call.params.get("chat_id")
        return next((one for one in self.all if str(one.person) == str(person)), None)

    def _file_of(self, call: Call) -> str:
        """The name of the document that was sent, if one was."""
        if name := next((value.name for value in call.params.values() if isinstance(value, Upload)), ""):
            return name
        return self._telegram.file_name(call.bot, str(call.params.get("document", "")))

    def _untold(self) -> list[Call]:
        return [*self._waiting, *self._new_calls()]

    def _new_calls(self) -> list[Call]:
        """The log is bounded, so its end is found by the last call that was told."""
        new = list(takewhile(lambda call: call is not self._told, reversed(self._telegram.calls)))
        self._told = new[0] if new else self._told
        return new[::-1]
