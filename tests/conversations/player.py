"""Plays a transcript: lets its people do what it says, and holds what reaches them against what it says.

    rule: F2
    given: Fall Minis
    client opens: Fall Minis
    bot: …
    client: [Book a spot]
    bot edits:
      Step 1 of 4 · Package
      …

`given` and `event` are in `backstage`, with time and the program's own mishaps here. Everything that reaches anybody
must stand in the transcript; only what a `so far` line leads through (actions with ` > ` between) goes unsaid.
Of what `copies` taps no bot hears: it shows the text that the button copies.
"""

import difflib
import re
from collections.abc import Callable, Iterator

from conversations.inbound import (
    Illegible,
    Inbound,
    Pressed,
    Said,
    SentPhoto,
    SentText,
    SharedPhone,
    Typed,
    Unreadable,
    Unusable,
    UnusablePhoto,
    UnusableText,
)
from core.ports import Records
from tests.conversations.backstage import happens
from tests.conversations.phone import TEAM, Heard, Phone
from tests.conversations.scene import PEOPLE, Scene
from tests.conversations.script import Entry, matches

_CLIENT = re.compile(r"client(?: \d)?")
_ACTION = re.compile(rf"({'|'.join(sorted([*PEOPLE, *TEAM], reverse=True))})(?:,? (.+))?")


class Player:
    """One scene and the transcript that is played in it."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def play(self, entries: Iterator[Entry]) -> None:
        """Play to the end. Raises AssertionError, with the line's number, where it goes another way."""
        for entry in entries:
            try:
                if entry.expects:
                    self._expect(entry, *entry.expects)
                else:
                    self._nothing_unsaid()
                    self.act(entry)
            except (AssertionError, LookupError, ValueError) as wrong:
                raise AssertionError(f"line {entry.number}, {entry.verb}: {wrong}") from wrong
        self._nothing_unsaid()

    def act(self, entry: Entry) -> None:
        """Do what the entry says."""
        match entry.verb:
            case "rule":
                pass
            case "given" | "event":
                self._happens(entry.text)
            case "so far":
                for one in entry.text.split(" > "):
                    self._send("client", *_opening_or_saying(one))
                    self.heard()
            case "money":
                assert entry.text == self._money(), f"the money is: {self._money()}"
            case "history":
                assert entry.text in self._history(), f"the history is {self._history()}"
            case verb if who := _ACTION.fullmatch(verb):
                self._send(who[1], who[2] or "", entry.text)
            case verb:
                raise ValueError(f"nobody knows what “{verb}” means")

    def heard(self) -> list[tuple[str, Heard]]:
        """All that reached anybody since the last look, as (who, what)."""
        every: list[tuple[str, Heard]] = []
        for who, phone in self._scene.phones.items():
            every += [(who, one) for one in phone.heard]
            phone.heard.clear()
        return every

    # -- private --

    def _send(self, who: str, how: str, text: str) -> None:
        phone = self._scene.phones[who]
        if how == "copies":
            phone.copies(text)
            return
        self._scene.hear(phone, self._update(phone, how, text))

    def _update(self, phone: Phone, how: str, text: str) -> Inbound:
        actions: dict[str, Callable[[], Inbound]] = {
            "": lambda: phone.says(text),
            "types": lambda: phone.says(text.replace(" / ", "\n")),
            "late": lambda: phone.says_late(text),
            "opens": lambda: phone.says(f"/start {self._scene.backstage(lambda stage: stage.link(text))}"),
            "shares": lambda: phone.update(SharedPhone(text, own=True)),
            "shares somebody else's": lambda: phone.update(SharedPhone(text, own=False)),
            "sends": lambda: phone.update(self._sent(phone, text.removeprefix("a "))),
            "sends the text": lambda: phone.update(SentText(text.replace(" / ", "\n"), "contract.md")),
            "confides": lambda: phone.update(self._scene.confided(phone, text)),
            "edits": lambda: phone.update(Unreadable("edited")),
            "forges": lambda: phone.update(Pressed(self._forged(phone, text))),
        }
        if part := how.partition("replies to ")[2]:
            said = Unreadable(text.removeprefix("(a ").strip(")")) if text.startswith("(a ") else Typed(text)
            return phone.replies(part, said)
        if how not in actions:
            raise ValueError(f"nobody knows how a client {how}")
        return actions[how]()

    def _sent(self, phone: Phone, what: str) -> Said:
        """A photo where one is wanted, or what is wrong with it; anything else nobody reads."""
        wanted = self._scene.wants_photo(phone)
        match what.partition(" that is "):
            case "photo", "", _ if wanted:
                return SentPhoto(b"a clean picture")
            case "photo", _, wrong if wanted and wrong:
                return UnusablePhoto(Unusable(wrong.replace(" ", "-")))
            case "text", _, wrong if wrong:
                return UnusableText(Illegible(wrong.replace(" ", "-")))
            case kind, _, _:
                return Unreadable(kind)

    def _forged(self, phone: Phone, text: str) -> str:
        """A button's data, which names the present screen by "now" and what it is after in braces."""
        named = self._scene.backstage(lambda stage: stage.forged(text))
        newest = list(phone.standing.values())[-1:]
        return named.replace("now:", f"{newest[0].revision}:") if newest else named

    def _happens(self, what: str) -> None:
        scene = self._scene
        match what:
            case "restart":
                scene.restart()
            case "cards are taken" | "cards are no longer taken":
                scene.take_cards(taken=what == "cards are taken")
            case "the Stripe key cannot be opened" | "the Stripe key can be opened again":
                scene.lock_out(locked="cannot" in what)
            case "there is a public address":
                scene.go_public()
            case "the next screen is lost":
                scene.loses_next = True
            case "the last update comes again" | "the photographer's last update comes again":
                phone = scene.phones["photographer" if "photographer" in what else "client"]
                assert phone.last
                scene.hear(phone, phone.last)
            case "the client blocks the bot":
                scene.phones["client"].blocked = True
            case _ if scene.pass_time(what) or scene.at_the_till(what, self._whom(what)):
                pass
            case _:
                if not scene.backstage(lambda stage: happens(stage, what)):
                    raise ValueError(f"nobody knows how “{what}” happens")
                scene.settle()

    def _whom(self, what: str) -> Phone:
        """Whose payment it is about: the first client's, unless another is named first."""
        named = _CLIENT.match(what)
        return self._scene.phones[named[0] if named else "client"]

    def _money(self) -> str:
        """What of the first client's money moved at the till."""
        moved = self._scene.counter.money(self._scene.pages_of(self._scene.phones["client"]))
        return ", ".join(moved) or "none"

    def _history(self) -> list[str]:
        def read(records: Records) -> list[str]:
            return [row.what for row in records.history.since(0, 500)]

        return self._scene.store.look(read)

    def _expect(self, entry: Entry, how: str, who: str) -> None:
        heard = self._scene.phones[who].heard
        assert heard, "nothing came"
        one = heard.popleft()
        if one.how != how or not matches(entry.lines, one.lines):
            expected = [f"{entry.expects and how}:", *entry.lines]
            raise AssertionError("\n" + "\n".join(difflib.ndiff(expected, [f"{one.how}:", *one.lines])))

    def _nothing_unsaid(self) -> None:
        unsaid = [f"{one.how} to {who}: {' / '.join(one.lines)}" for who, one in self.heard()]
        assert not unsaid, f"before this line also came {unsaid}"


def _opening_or_saying(text: str) -> tuple[str, str]:
    """An action of a `so far` line: a link is opened where the text begins with `opens`."""
    return ("opens", text.removeprefix("opens ")) if text.startswith("opens ") else ("", text)
