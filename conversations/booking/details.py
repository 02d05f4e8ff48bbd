"""Who the booking is for: name, e-mail and phone, or what a returning client told before (F3)."""

from conversations.booking.facts import BookingTurn
from conversations.engine import Step, reopen
from conversations.fields import Field
from conversations.forms import Form
from conversations.screens import Button, Choose, FieldKind, Line, Say, Screen, Style, say
from conversations.talk import Answer
from core.booking.contact import Contact, read_email, read_name, read_phone, spoken_phone
from core.booking.refusals import HoldOver
from core.values.refusals import Refusal


def _show_same(turn: BookingTurn) -> Screen:
    contact = turn.facts.known_contact
    shown = contact_line(contact) if contact else say("same-ask")
    return Screen(
        lines=(Line(say("same-ask")), Line(shown)),
        rows=(
            (Button(say("button-same"), Choose("yes"), Style.PRIMARY),),
            (Button(say("button-other-details"), Choose("no")),),
        ),
    )


def _accept_same(turn: BookingTurn, choice: str) -> Answer:
    contact = turn.facts.known_contact
    if contact is None or choice not in {"yes", "no"}:
        return None
    if choice == "yes":
        _keep(turn, contact)
        turn.answers["details"] = True
        turn.course.reopened = [one for one in turn.course.reopened if one not in DETAILS.parts]
    else:
        _remember(turn, contact)
        reopen(turn, *DETAILS.parts)
    return choice


def _typed_same(turn: BookingTurn, text: str) -> str | None:
    said = text.strip(" .!").casefold()
    return next((one for one in ("yes", "no") if said in turn.words.alternatives(f"typed-{one}", turn.language)), None)


#: "Same as before?"
SAME = Step(id="same", section="details", show=_show_same, accept=_accept_same, typed=_typed_same)


def _keep(turn: BookingTurn, contact: Contact) -> None:
    live = turn.facts.live
    if live is None:
        raise HoldOver
    turn.facts.forget(turn.desk.keep_contact(live.id, contact))
    _remember(turn, contact)


def _remember(turn: BookingTurn, contact: Contact) -> None:
    """Have the details as answers, to be kept or changed one by one."""
    turn.answers.update(
        {"details.name": contact.name, "details.email": contact.email, "details.phone": contact.phone or ""}
    )


def take_filled_in(turn: BookingTurn, contact: Contact) -> None:
    """Have what the studio filled in as answers; what is missing is asked where it must be known (D5)."""
    said = {"name": contact.name, "email": contact.email, "phone": contact.phone}
    turn.answers.update({f"details.{part}": answer for part, answer in said.items() if answer})


def _accept_details(turn: BookingTurn, values: dict[str, str]) -> Answer:
    _keep(turn, Contact(values["name"], values["email"], values["phone"] or None))
    return True


def _ask_email(turn: BookingTurn) -> Say:
    first = turn.text("details.name").split(" ")[0]
    return say("email-ask", name=first) if first else say("email-ask-bare")


def _name_of_account(turn: BookingTurn) -> tuple[str, ...]:
    """The messenger's name of the person, if it would do as a name here."""
    try:
        return (read_name(turn.name),) if turn.name else ()
    except Refusal:
        return ()


DETAILS = Form(
    id="details",
    section="details",
    title="form-details",
    fields=(
        Field(
            id="name",
            kind=FieldKind.LINE,
            label=say("field-name"),
            ask=lambda _: say("name-ask"),
            read=lambda _, text: read_name(text),
            suggestions=_name_of_account,
            words="name",
        ),
        Field(
            id="email",
            kind=FieldKind.EMAIL,
            label=say("field-email"),
            ask=_ask_email,
            read=lambda _, text: read_email(text),
        ),
        Field(
            id="phone",
            kind=FieldKind.PHONE,
            label=say("field-phone"),
            ask=lambda _: say("phone-ask"),
            read=lambda turn, text: read_phone(text, turn.studio.country),
            required=lambda turn: turn.studio.phone_required,
            spoken=lambda _turn, phone: say("as-written", text=spoken_phone(phone)),
            placeholder=say("phone-example"),
        ),
    ),
    accept=_accept_details,
    known=lambda turn: True if turn.facts.live and turn.facts.live.contact else None,
)


def contact_line(contact: Contact) -> Say:
    """Name, e-mail and phone in a line, as far as they are known."""
    parts = (contact.name, contact.email, spoken_phone(contact.phone) if contact.phone else "")
    return say("as-written", text=" · ".join(part for part in parts if part))
