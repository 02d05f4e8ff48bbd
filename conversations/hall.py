"""What a screen outside the steps sees, and the ways from it: on with what is under way, to the minis, to a person."""

from collections.abc import Callable
from dataclasses import dataclass

from conversations.screens import Button, Clock, Do, Say, Screen, Style, When, say
from conversations.talk import Talk
from core.booking.booking import Booking
from core.booking.contact import Contact
from core.client_desk import ClientDesk
from core.studio.studio import Studio


@dataclass(frozen=True, slots=True)
class Hall:
    """What a screen outside the steps sees."""

    desk: ClientDesk
    talk: Talk

    @property
    def studio(self) -> Studio:
        return self.desk.studio


Aside = Callable[[Hall, str], Screen]


def go_on(hall: Hall) -> tuple[tuple[Button, ...], ...]:
    """Back to the booking that is under way."""
    return ((Button(say("button-go-on"), Do("go_on", ""), Style.PRIMARY),),) if hall.talk.course else ()


def go_on_if_begun(hall: Hall) -> tuple[tuple[Button, ...], ...]:
    """The same, unless that would only lead to a mini that was looked at: the list of minis does so, too."""
    return go_on(hall) if hall.talk.course and hall.talk.course.is_begun else ()


def see_minis() -> tuple[tuple[Button, ...], ...]:
    return ((Button(say("button-see-minis"), Do("minis", "")),),)


def ask(hall: Hall, booking_id: str = "") -> tuple[Button, ...]:
    """The way to a person; about a booking, where it stands beneath one."""
    return (Button(say("button-ask", studio=hall.studio.name), Do("ask", booking_id)),)


def commands() -> tuple[Button, ...]:
    return (Button(say("button-see-minis"), Do("minis", "")), Button(say("button-my-bookings"), Do("my", "")))


def ways_to_reach(whom: Studio | Contact) -> tuple[Say, ...]:
    """Their phone and e-mail, as far as they are known."""
    phone = (say("reach-phone", phone=whom.phone),) if whom.phone else ()
    email = (say("reach-email", email=whom.email),) if whom.email else ()
    return (*phone, *email)


def when_of(hall: Hall, one: Booking) -> When:
    return When(one.snapshot.starts, hall.studio.zone, Clock.DAY_TIME)
