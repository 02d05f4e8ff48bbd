"""A client and the studio talk to each other: what each of them said, for good, and who must hear of it (F13)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from core.booking.booking import Booking
from core.booking.refusals import BookingChanged
from core.messages.alerts import Alert
from core.messages.messages import Kind
from core.messages.records import LeasedMessage, NewMessage
from core.messages.remark import Remark, Voice
from core.ports import Client, Records
from core.studio.studio import Member
from core.values.refusals import Refusal
from core.values.texts import shows_something

LONGEST: Final = 2000  # characters
MOST_UNANSWERED: Final = 20  # remarks of one client …
WITHIN: Final = timedelta(hours=1)  # … in this time


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """The latest of what a client and the studio said to each other."""

    client: Client
    #: In the order they were said.
    remarks: tuple[Remark, ...] = ()
    #: The names of the members who said something of it, by their ids.
    names: Mapping[str, str] = field(default_factory=dict[str, str])


class RemarkEmpty(Refusal):
    """A remark shows something."""


class RemarkTooLong(Refusal):
    """A remark has up to 2,000 characters. Facts: most, length, and what is over."""


class TooManyUnanswered(Refusal):
    """A client says up to 20 things in an hour that nobody has answered. Facts: most, studio."""


class NoSuchClient(Refusal):
    """The studio writes to its own clients."""


def ask(records: Records, client: Client, studio_name: str, text: str, booking: Booking | None) -> Remark:
    """The client says something to the studio. Raises RemarkEmpty, RemarkTooLong, TooManyUnanswered."""
    words = _fit(text)
    if records.threads.unanswered(client.studio_id, client.id, records.now - WITHIN) >= MOST_UNANSWERED:
        raise TooManyUnanswered(most=MOST_UNANSWERED, studio=studio_name)
    remark = Remark(
        studio_id=client.studio_id,
        client_id=client.id,
        voice=Voice.CLIENT,
        text=words,
        said_at=records.now,
        booking_id=booking.id if booking else None,
    )
    return records.threads.add(remark)


def write(records: Records, member: Member, client_id: str, text: str, booking_id: str | None) -> tuple[Remark, bool]:
    """A member says something to the client; gives whether that answers what nobody had answered.

    Raises RemarkEmpty, RemarkTooLong, NoSuchClient, and BookingChanged where the booking is not the client's.
    """
    words = _fit(text)
    client = correspondent(records, member.studio_id, client_id)
    booking = records.bookings.one(client.studio_id, booking_id) if booking_id else None
    if booking_id and (booking is None or booking.client_id != client.id):
        raise BookingChanged
    remark = Remark(
        studio_id=client.studio_id,
        client_id=client.id,
        voice=Voice.STUDIO,
        text=words,
        said_at=records.now,
        booking_id=booking_id,
        member_id=member.id,
    )
    answers = records.threads.unanswered(client.studio_id, client.id) > 0
    return records.threads.add(remark), answers


def thread_of(records: Records, studio_id: str, client_id: str, limit: int) -> Thread:
    """Raises NoSuchClient."""
    client = correspondent(records, studio_id, client_id)
    remarks = tuple(records.threads.latest(studio_id, client_id, limit))
    speakers = {one.member_id for one in remarks if one.member_id}
    members = (records.studios.member(studio_id, one) for one in sorted(speakers))
    return Thread(client=client, remarks=remarks, names={one.id: one.name for one in members if one})


def correspondent(records: Records, studio_id: str, client_id: str) -> Client:
    """Raises NoSuchClient."""
    client = records.clients.one(studio_id, client_id)
    if client is None:
        raise NoSuchClient
    return client


# -- who hears of it --


def messages_of_remark(remark: Remark, *, answers: bool = False) -> list[NewMessage]:
    """The rows that a remark writes; they are filled from it when they are sent.

    To the studio, what its client says; to the client, what the studio says; and to the others who run the studio, that
    somebody has answered.
    """
    if remark.voice is Voice.CLIENT:
        return [_row(Alert.ASKED, remark, None)]
    answered = [_row(Alert.ANSWERED, remark, None)] if answers else []
    return [_row(Kind.STUDIO_SAYS, remark, remark.client_id), *answered]


def _row(kind: Kind | Alert, remark: Remark, client_id: str | None) -> NewMessage:
    return NewMessage(
        key=f"{kind}:{remark.id}",
        kind=kind,
        client_id=client_id,
        booking_id=remark.booking_id,
        values={"remark": remark.id, "client": remark.client_id},
    )


def alert_of_unreachable(message: LeasedMessage) -> NewMessage:
    """A client takes no messages any more: the studio hears of it once, and of each thing that it said in vain (J5)."""
    said = message.values.get("remark") if message.kind == Kind.STUDIO_SAYS else None
    return NewMessage(
        key=f"{Alert.UNREACHABLE}:{message.client_id}" + (f":{said}" if said else ""),
        kind=Alert.UNREACHABLE,
        client_id=None,
        booking_id=message.booking_id,
        values={"client": message.client_id, "remark": said},
    )


def _fit(text: str) -> str:
    words = text.strip()
    if not shows_something(words):
        raise RemarkEmpty
    if len(words) > LONGEST:
        raise RemarkTooLong(most=LONGEST, length=len(words), over=len(words) - LONGEST)
    return words
