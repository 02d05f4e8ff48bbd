"""Which message is meant, of the studio or of one mini, and how it stands; and how the studio is shown it (B7)."""

from dataclasses import dataclass, replace

from conversations.sample_messages import sample_message
from conversations.sample_papers import sample_values
from conversations.screens import Line, Look, Say, say
from conversations.starter_kit import starter_kit
from conversations.studio.turn import StudioTurn
from conversations.studio.which import mini_meant, mini_of, pair
from core.minis.mini import Mini
from core.paperwork.fields import filled_plainly
from core.studio.wording import Occasion, OwnWording, Wording, own_of, worded
from core.values.refusals import Refusal


class NoSuchMessage(Refusal):
    """A button names one of the messages that there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """One message as it stands: for all minis, or for one."""

    occasion: Occasion
    mini: Mini | None
    own: OwnWording
    #: What would be said without its own: the studio's, or what came with the program.
    above: Wording

    @property
    def reference(self) -> str:
        """What its buttons carry."""
        return f"{self.occasion}.{self.mini.id if self.mini else ''}"

    @property
    def wording(self) -> Wording:
        return self.own.over(self.above)

    @property
    def title(self) -> Say:
        name = name_of(self.occasion)
        return say("wording-of", name=name, mini=self.mini.title) if self.mini else name

    @property
    def given_up(self) -> OwnWording:
        """What is left of its own where it says the same as above again; a studio's switch is no words."""
        return OwnWording(occasion=self.occasion, on=None if self.mini else self.own.on)

    def with_own(self, **said: str | bool) -> OwnWording:
        """Its own with these said otherwise; what reads as above is not its own."""
        return replace(
            self.own, **{part: None if value == getattr(self.above, part) else value for part, value in said.items()}
        )

    def save(self, turn: StudioTurn, own: OwnWording) -> None:
        """Raises what the desk's deeds with wordings raise."""
        if self.mini:
            turn.desk.word_for(self.mini.id, own)
        else:
            turn.studio = turn.desk.word(own)


def meant(turn: StudioTurn, reference: str, *, strict: bool = False) -> Meant:
    """The message that a button means. Raises NoSuchMessage.

    Where its mini is over or gone, it is the one for all minis; `strict` raises what `mini_of` raises.
    """
    name, mini_id = pair(reference)
    if name not in set(Occasion):
        raise NoSuchMessage
    occasion = Occasion(name)
    mini = (mini_of if strict else mini_meant)(turn, mini_id) if mini_id else None
    came = starter_kit(turn.studio.locale).messages[occasion]
    return Meant(
        occasion=occasion,
        mini=mini,
        own=own_of(mini.wordings if mini else turn.studio.wordings, occasion),
        above=worded(came, occasion, studio=turn.studio.wordings if mini else ()),
    )


def name_of(occasion: Occasion) -> Say:
    return say(key_of(occasion))


def key_of(occasion: Occasion) -> str:
    return f"occasion-{occasion.value.replace('_', '-')}"


def sample_lines(turn: StudioTurn, one: Meant, shown: Wording) -> tuple[Line, ...]:
    """The message as a client reads it if it says this, and its e-mail's subject."""
    values = sample_values(turn.words, turn.studio, one.mini)
    read = sample_message(turn.studio, values, one.occasion, shown)
    return (
        *((Line(say("sample-mark"), Look.TITLE, gap=True),) if read else ()),
        *read,
        Line(say("wording-subject", subject=filled_plainly(shown.subject, values)), gap=True),
    )
