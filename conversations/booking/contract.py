"""Reading and signing a contract: its summary and text, the consents, then the typed name (F4, I1-I3).

The steps are about one contract as the booking fills it now. Were it to read otherwise they would be other steps, so
that what was said to one is never taken for the other.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from conversations.booking.facts import BookingTurn
from conversations.engine import AnyStep, Step
from conversations.fields import Field
from conversations.forms import Form
from conversations.screens import Button, Choose, Do, FieldKind, Line, Look, Say, Screen, Style, lines, say
from conversations.sheets import file_name, plain_lines, signed_line, spoken_terms
from conversations.talk import Answer
from core.booking.contact import read_name
from core.booking.papers import Paper
from core.booking.refusals import ContractChanged, HoldOver, NameDiffers
from core.paperwork.contract import Agreement, Consent
from core.paperwork.names import Likeness, likeness

SECTION = "contract"
SHORT_TEXT = 2_500  # characters that leave room for the rest of the card in one message


def contract_steps(turn: BookingTurn) -> Iterator[AnyStep[BookingTurn]]:
    """The steps of every contract that is still to be signed; of one that is signed nothing is asked."""
    for paper in turn.facts.papers:
        if not paper.is_signed:
            yield from _Contract.of(paper).steps(turn)


def sign_again(turn: BookingTurn) -> None:
    """Put each signed contract that has consents before the client once more, to answer them otherwise (F6)."""
    live = turn.facts.live
    if live is None:
        raise HoldOver
    words = spoken_terms(turn.words, turn.studio, turn.desk.terms(live))
    for paper in turn.facts.papers:
        if paper.is_signed and paper.contract.consents:
            turn.facts.forget(turn.desk.present(live.id, paper.contract.edition, words, anew=True))


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


@dataclass(frozen=True, slots=True)
class _Contract:
    """One contract in the talk; `mark` tells apart what it may be filled with, and how often it is signed anew."""

    contract_id: str
    mark: str

    @classmethod
    def of(cls, paper: Paper) -> "_Contract":
        about = repr((paper.contract.version, paper.facts, paper.rounds))
        return cls(paper.contract.id, hashlib.sha256(about.encode()).hexdigest()[:8])

    def steps(self, turn: BookingTurn) -> Iterator[AnyStep[BookingTurn]]:
        if turn.text(self.part) and self._likeness(turn) is not Likeness.NEAR:
            # The name was typed when the booking was another's, or what it signed is void: it is typed again.
            for key in (self.sign, self.part, self.which):
                turn.answers.pop(key, None)
        yield Step(
            id=self.read,
            section=SECTION,
            words="contract",
            enter=self.put_before,
            show=self.show,
            adjust=self.set_consent,
            accept=self.go_on,
        )
        signature = Field(
            id="name",
            kind=FieldKind.LINE,
            label=say("field-signature"),
            ask=self.ask_name,
            read=_read_signature,
            placeholder=say("signature-example"),
            words="signature",
        )
        yield Form(id=self.sign, section=SECTION, title="form-sign", fields=(signature,), accept=self.sign_or_ask)
        yield Step(id=self.which, section=SECTION, words="which-name", show=self.show_names, accept=self.take_name)

    @property
    def read(self) -> str:
        return f"contract.{self.contract_id}.{self.mark}"

    @property
    def sign(self) -> str:
        return f"sign.{self.contract_id}.{self.mark}"

    @property
    def part(self) -> str:
        return f"{self.sign}.name"

    @property
    def which(self) -> str:
        return f"which-name.{self.contract_id}.{self.mark}"

    # -- reading --

    def put_before(self, turn: BookingTurn) -> None:
        """Show it for the first time, or as it reads now: with its PDF, and the text where the card has no room."""
        live, paper = turn.facts.live, self._paper(turn)
        if live is None:
            raise HoldOver
        if paper.agreement is None:
            words = spoken_terms(turn.words, turn.studio, turn.desk.terms(live))
            turn.facts.forget(turn.desk.present(live.id, paper.contract.edition, words))
        agreement = self._agreement(turn)
        name = file_name(agreement.title, agreement.contract.version)
        key = "contract-caption-preview" if agreement.preview else "contract-caption"
        caption = say(key, title=agreement.title, version=agreement.contract.version)
        turn.talk.enclose(f"contract:{agreement.id}", name, caption)

    def show(self, turn: BookingTurn) -> Screen:
        agreement = self._paper(turn).agreement
        if agreement is None:  # it reads otherwise since the last turn, and nobody told the talk
            show = Button(say("button-show-contract"), Choose("text"), Style.PRIMARY)
            return Screen(lines=lines(say("contract-anew")), rows=((show,),))
        allowed = self._allowed(turn)
        anew = (Line(say("contract-anew"), gap=True),) if self._signed_before(turn) and not agreement.anew else ()
        return Screen(
            lines=(
                *anew,
                *self._long_text(turn, agreement),
                *in_short(agreement),
                *(() if is_long(agreement) else quoted(agreement)),
                *(Line(said, gap=True) for one in agreement.consents for said in plain_lines(one.question)),
            ),
            rows=(
                *((consent_button(one, allowed=one.id in allowed),) for one in agreement.consents),
                (Button(say("button-sign"), Choose("sign"), Style.PRIMARY),),
                *(((Button(say("button-read-contract"), Choose("text")),),) if is_long(agreement) else ()),
                (Button(say("button-ask-question"), Do("ask", "")),),
            ),
        )

    def _long_text(self, turn: BookingTurn, agreement: Agreement) -> tuple[Line, ...]:
        """A text that has no room on the card, in messages of its own; only where it comes with its PDF."""
        is_enclosed = any(one.paper == f"contract:{agreement.id}" for one in turn.talk.enclosed)
        return quoted(agreement) if is_long(agreement) and is_enclosed else ()

    def set_consent(self, turn: BookingTurn, choice: str) -> bool:
        """Allow or refuse what is asked beside the contract; whatever is not allowed is refused."""
        deed, _, consent_id = choice.partition(".")
        agreement = self._paper(turn).agreement
        known = {one.id for one in agreement.consents} if agreement else set[str]()
        if deed not in {"yes", "no"} or consent_id not in known:
            return False
        allowed = self._allowed(turn) - {consent_id}
        if deed == "yes":
            allowed.add(consent_id)
        turn.course.view[self.read] = " ".join(sorted(allowed))
        return True

    def _allowed(self, turn: BookingTurn) -> set[str]:
        """What was tapped; before that, what was answered here, or to the very same question when it was signed."""
        kept = turn.answers.get(self.read)
        allowed = kept if isinstance(kept, list) else self._allowed_before(turn)
        return set(turn.course.view.get(self.read, " ".join(allowed)).split())

    def _allowed_before(self, turn: BookingTurn) -> list[str]:
        before, now = self._signed_before(turn), self._paper(turn).agreement
        if before is None or before.signing is None or now is None:
            return []
        given = dict(before.signing.consents)
        return [one.id for one in now.consents if one in before.consents and given.get(one.id)]

    def _signed_before(self, turn: BookingTurn) -> Agreement | None:
        """The contract as the client signed it last: as it read earlier, or before they asked to sign it once more."""
        every = turn.desk.agreements(turn.facts.live) if turn.facts.live else []
        signed = [one for one in every if one.contract.id == self.contract_id and one.signing]
        return signed[-1] if signed else None

    def go_on(self, turn: BookingTurn, choice: str) -> Answer:
        """To the signature; or the whole text, once more or as it reads now."""
        reads_otherwise = self._paper(turn).agreement is None
        if choice == "text" or reads_otherwise:
            self.put_before(turn)
            turn.talk.notice = say("refusal-contract-changed") if reads_otherwise else None
            return None
        return sorted(self._allowed(turn)) if choice == "sign" else None

    # -- signing --

    def ask_name(self, turn: BookingTurn) -> Say:
        contract = self._paper(turn).contract
        return say("sign-ask", title=contract.title, version=contract.version)

    def sign_or_ask(self, turn: BookingTurn, values: dict[str, str]) -> Answer:
        """Sign by the name that was typed; a near one is asked about (DECISIONS 37)."""
        if likeness(values["name"], _known_name(turn)) is Likeness.SAME:
            self._sign(turn, values["name"])
        return True

    def _likeness(self, turn: BookingTurn) -> Likeness:
        live = turn.facts.live
        known = live.contact.name if live and live.contact else ""
        return likeness(turn.text(self.part), known)

    def show_names(self, turn: BookingTurn) -> Screen:
        typed, known = turn.text(self.part), _known_name(turn)
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
        self._sign(turn, turn.text(self.part) if choice == "typed" else _known_name(turn))
        return choice

    def _sign(self, turn: BookingTurn, name: str) -> None:
        live, agreement = turn.facts.live, self._agreement(turn)
        if live is None or turn.origin is None:
            raise HoldOver
        allowed = self._allowed(turn)
        means = say("sign-means", title=agreement.title, version=agreement.contract.version)
        signed = turn.desk.sign(
            live.id,
            agreement.id,
            typed_name=turn.text(self.part),
            name=name,
            consent_words=turn.words.phrase(means, turn.language),
            consents=[(one.id, one.id in allowed) for one in agreement.consents],
            origin=turn.origin,
        )
        turn.facts.forget(signed)
        enclose_signed(turn, next(one for one in turn.desk.agreements(live) if one.id == agreement.id))

    # -- what it is about --

    def _paper(self, turn: BookingTurn) -> Paper:
        """Raises ContractChanged where the booking names no such contract any more."""
        for paper in turn.facts.papers:
            if _Contract.of(paper) == self:
                return paper
        raise ContractChanged

    def _agreement(self, turn: BookingTurn) -> Agreement:
        agreement = self._paper(turn).agreement
        if agreement is None:
            raise ContractChanged
        return agreement


def _read_signature(turn: BookingTurn, text: str) -> str:
    """A name that can be the client's own (I3). Raises NameDiffers, and what `read_name` raises."""
    typed, known = read_name(text), _known_name(turn)
    if likeness(typed, known) is Likeness.OTHER:
        raise NameDiffers(typed=typed, known=known)
    return typed


def _known_name(turn: BookingTurn) -> str:
    live = turn.facts.live
    if live is None or live.contact is None:
        raise HoldOver
    return live.contact.name


# -- how it looks --


def is_long(agreement: Agreement) -> bool:
    return len(agreement.text) > SHORT_TEXT


def in_short(agreement: Agreement) -> tuple[Line, ...]:
    """Title and summary. In a text of several messages, they stand in the last one, with the buttons."""
    named = say("contract-title", title=agreement.title, version=agreement.contract.version)
    points = [one for point in agreement.summary for one in plain_lines(point)]
    short = Line(say("contract-in-short" if points else "contract-to-read"))
    return (
        Line(named, Look.TITLE, gap=True, apart=True),
        short,
        *(Line(say("contract-point", number=number, text=point)) for number, point in enumerate(points, 1)),
    )


def quoted(agreement: Agreement) -> tuple[Line, ...]:
    """The full text, folded where the messenger can fold."""
    return tuple(Line(one, Look.QUOTE, gap=not number) for number, one in enumerate(plain_lines(agreement.text)))


def consent_button(consent: Consent, *, allowed: bool) -> Button:
    key = "button-consent-yes" if allowed else "button-consent-no"
    return Button(say(key, label=consent.label), Choose(f"{'no' if allowed else 'yes'}.{consent.id}"))
