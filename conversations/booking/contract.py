"""Reading and signing a contract: its summary and text, the consents, then the typed name (F4, I1-I3).

The steps are about one contract as the booking fills it now. Were it to read otherwise they would be other steps, so
that what was said to one is never taken for the other.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from conversations.booking.facts import BookingFacts, BookingTurn
from conversations.engine import AnyStep, Step
from conversations.fields import Field
from conversations.forms import Form
from conversations.screens import Button, Choose, FieldKind, Line, Look, Say, Screen, Style, say
from conversations.sheets import file_name, plain_lines, signed_line, spoken_terms
from conversations.talk import Answer
from core.booking.contact import read_name
from core.booking.papers import ToSign
from core.booking.refusals import ContractChanged, HoldOver, NameDiffers
from core.paperwork.contract import Agreement, Consent, Signing
from core.paperwork.names import Likeness, likeness

SECTION = "contract"
SHORT_TEXT = 2_500  # characters that leave room for the rest of the card in one message


def contract_steps(turn: BookingTurn) -> Iterator[AnyStep[BookingFacts]]:
    """The steps of every contract that is still to be signed; of one that is signed nothing is asked."""
    for number, open_one in enumerate(turn.facts.to_sign):
        paper = _Paper.of(open_one, number)
        yield Step(
            id=paper.read,
            section=SECTION,
            words="contract",
            enter=paper.put_before,
            show=paper.show,
            adjust=paper.set_consent,
            accept=paper.go_on,
        )
        yield Form(
            id=paper.sign,
            section=SECTION,
            title="form-sign",
            fields=(
                Field(
                    id="name",
                    kind=FieldKind.LINE,
                    label=say("field-signature"),
                    ask=paper.ask_name,
                    read=_read_signature,
                    placeholder=say("signature-example"),
                    words="signature",
                ),
            ),
            accept=paper.sign_or_ask,
        )
        yield Step(
            id=paper.which,
            section=SECTION,
            words="which-name",
            show=paper.show_names,
            accept=paper.take_name,
        )


def _read_signature(turn: BookingTurn, text: str) -> str:
    """A name that can be the client's own (I3). Raises NameDiffers, and what `read_name` raises."""
    typed = read_name(text)
    known = _known_name(turn)
    if likeness(typed, known) is Likeness.OTHER:
        raise NameDiffers(typed=typed, known=known)
    return typed


def _known_name(turn: BookingTurn) -> str:
    live = turn.facts.live
    if live is None or live.contact is None:
        raise HoldOver
    return live.contact.name


@dataclass(frozen=True, slots=True)
class _Paper:
    """One contract in the talk; `mark` tells apart what it may be filled with."""

    contract_id: str
    mark: str
    number: int

    @classmethod
    def of(cls, open_one: ToSign, number: int) -> "_Paper":
        edition = open_one.contract.edition
        mark = hashlib.sha256(repr((edition.version, open_one.facts)).encode()).hexdigest()[:8]
        return cls(edition.id, mark, number)

    @property
    def read(self) -> str:
        return f"contract.{self.contract_id}.{self.mark}"

    @property
    def sign(self) -> str:
        return f"sign.{self.contract_id}.{self.mark}"

    @property
    def which(self) -> str:
        return f"which-name.{self.contract_id}.{self.mark}"

    def put_before(self, turn: BookingTurn) -> None:
        """Show it for the first time, or as it reads now: with its PDF, and the text where the card has no room."""
        live, open_one = turn.facts.live, self._open(turn)
        if live is None:
            raise HoldOver
        if open_one.shown is None:
            words = spoken_terms(turn.words, turn.studio, turn.desk.terms(live))
            turn.facts.forget(turn.desk.present(live.id, open_one.contract.edition, words))
        agreement = self._agreement(turn)
        name = file_name(agreement.title, agreement.contract.version)
        caption = say("contract-caption", title=agreement.title, version=agreement.contract.version)
        turn.talk.enclose(f"contract:{agreement.id}", name, caption)

    def show(self, turn: BookingTurn) -> Screen:
        agreement = self._open(turn).shown
        if agreement is None:  # it changed since the talk came here, and is put before the client with the next turn
            return Screen(lines=(Line(say("refusal-contract-changed")),), rows=((_sign_button(),),))
        allowed = self._allowed(turn)
        anew = () if self._signed_before(turn) is None else (Line(say("contract-anew"), gap=True),)
        return Screen(
            lines=(
                *anew,
                *self._long_text(turn, agreement),
                *_in_short(agreement),
                *(() if _is_long(agreement) else _quoted(agreement)),
                *(Line(said, gap=True) for one in agreement.consents for said in plain_lines(one.question)),
            ),
            rows=(
                *((_consent_button(one, allowed=one.id in allowed),) for one in agreement.consents),
                (_sign_button(),),
                *(((Button(say("button-read-contract"), Choose("text")),),) if _is_long(agreement) else ()),
            ),
        )

    def _long_text(self, turn: BookingTurn, agreement: Agreement) -> tuple[Line, ...]:
        """A text that has no room on the card, in messages of its own; only where it comes with its PDF."""
        is_to_come = _is_long(agreement) and self._is_enclosed(turn, agreement)
        return _quoted(agreement) if is_to_come else ()

    def _is_enclosed(self, turn: BookingTurn, agreement: Agreement) -> bool:
        return any(one.paper == f"contract:{agreement.id}" for one in turn.talk.enclosed)

    def set_consent(self, turn: BookingTurn, choice: str) -> bool:
        """Allow or refuse what is asked beside the contract; whatever is not allowed is refused."""
        deed, _, consent_id = choice.partition(".")
        known = {one.id for one in self._agreement(turn).consents}
        if deed not in {"yes", "no"} or consent_id not in known:
            return False
        allowed = self._allowed(turn) - {consent_id}
        if deed == "yes":
            allowed.add(consent_id)
        turn.course.view[self.read] = " ".join(sorted(allowed))
        return True

    def _allowed(self, turn: BookingTurn) -> set[str]:
        """What was tapped; before that, what was answered here, or when the contract was signed as it read earlier."""
        kept = turn.answers.get(self.read)
        before = self._signed_before(turn)
        if isinstance(kept, list):
            allowed = kept
        else:
            allowed = [one for one, is_allowed in before.consents if is_allowed] if before else []
        return set(turn.course.view.get(self.read, " ".join(allowed)).split())

    def _signed_before(self, turn: BookingTurn) -> Signing | None:
        """How the client signed this contract when it read otherwise."""
        every = turn.desk.agreements(turn.facts.live) if turn.facts.live else []
        signed = [one.signing for one in every if one.contract.id == self.contract_id and one.signing]
        return signed[-1] if signed else None

    def go_on(self, turn: BookingTurn, choice: str) -> Answer:
        """To the signature; or the whole text once more."""
        if choice == "text":
            self.put_before(turn)
            return None
        return sorted(self._allowed(turn)) if choice == "sign" else None

    def ask_name(self, turn: BookingTurn) -> Say:
        agreement = self._agreement(turn)
        return say("sign-ask", title=agreement.title, version=agreement.contract.version)

    def sign_or_ask(self, turn: BookingTurn, values: dict[str, str]) -> Answer:
        """Sign by the name that was typed; a near one is asked about (DECISIONS 37)."""
        if likeness(values["name"], _known_name(turn)) is Likeness.SAME:
            self._sign(turn, values["name"])
        return True

    def show_names(self, turn: BookingTurn) -> Screen:
        typed, known = turn.text(f"{self.sign}.name"), _known_name(turn)
        return Screen(
            lines=(Line(say("which-name-ask", known=known, typed=typed)),),
            rows=(
                (Button(say("button-keep-name", name=typed), Choose("typed")),),
                (Button(say("button-use", text=known), Choose("known")),),
            ),
        )

    def take_name(self, turn: BookingTurn, choice: str) -> Answer:
        if choice not in {"typed", "known"}:
            return None
        self._sign(turn, turn.text(f"{self.sign}.name") if choice == "typed" else _known_name(turn))
        return choice

    def _sign(self, turn: BookingTurn, name: str) -> None:
        live, agreement = turn.facts.live, self._agreement(turn)
        if live is None or turn.origin is None:
            raise HoldOver
        allowed = self._allowed(turn)
        signed = turn.desk.sign(
            live.id,
            agreement.id,
            typed_name=name,
            consent_words=turn.words.phrase(
                say("sign-means", title=agreement.title, version=agreement.contract.version), turn.language
            ),
            consents=[(one.id, one.id in allowed) for one in agreement.consents],
            origin=turn.origin,
        )
        turn.facts.forget(signed)
        kept = next(one for one in turn.desk.agreements(live) if one.id == agreement.id)
        enclose_signed(turn, kept)

    def _open(self, turn: BookingTurn) -> ToSign:
        """The contract, if it is still the one that this is about. Raises ContractChanged."""
        for number, one in enumerate(turn.facts.to_sign):
            if _Paper.of(one, number) == self:
                return one
        raise ContractChanged

    def _agreement(self, turn: BookingTurn) -> Agreement:
        shown = self._open(turn).shown
        if shown is None:
            raise ContractChanged
        return shown


def enclose_signed(turn: BookingTurn, agreement: Agreement) -> None:
    """The signed copy goes with the next screen, at once or once more later (I2)."""
    if agreement.signing is None:
        raise ContractChanged
    signed, live = signed_line(turn.studio, agreement.signing), turn.facts.live
    at_once = live is not None and live.id == agreement.booking_id
    key = "signed-caption-preview" if agreement.preview else "signed-caption"
    caption = say(key, signed=signed) if at_once else signed
    name = file_name(agreement.title, agreement.contract.version, signed=True)
    turn.talk.enclose(f"signed:{agreement.id}", name, caption)


def _is_long(agreement: Agreement) -> bool:
    return len(agreement.text) > SHORT_TEXT


def _in_short(agreement: Agreement) -> tuple[Line, ...]:
    """Title and summary. In a text of several messages, they stand in the last one, with the buttons."""
    title = Line(
        say("contract-title", title=agreement.title, version=agreement.contract.version),
        Look.TITLE,
        gap=True,
        apart=True,
    )
    points = [one for point in agreement.summary for one in plain_lines(point)]
    short = Line(say("contract-in-short" if points else "contract-to-read"))
    return (
        title,
        short,
        *(Line(say("contract-point", number=number, text=point)) for number, point in enumerate(points, 1)),
    )


def _quoted(agreement: Agreement) -> tuple[Line, ...]:
    """The full text, folded where the messenger can fold."""
    return tuple(Line(one, Look.QUOTE, gap=not number) for number, one in enumerate(plain_lines(agreement.text)))


def _consent_button(consent: Consent, *, allowed: bool) -> Button:
    key = "button-consent-yes" if allowed else "button-consent-no"
    return Button(say(key, label=consent.label), Choose(f"{'no' if allowed else 'yes'}.{consent.id}"))


def _sign_button() -> Button:
    return Button(say("button-sign"), Choose("sign"), Style.PRIMARY)
