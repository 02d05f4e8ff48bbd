"""The clerk writes the strip: one plain sentence for each thing that just happened inside.

The strip is the demo's own and speaks English only; all its words stand here.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

KEPT_LINES = 80  # a booking with its papers has about sixty
AT_ONCE_SECONDS = 5.0  # whatever the bot does later than that is no answer to the deed before it


class Tone(StrEnum):
    #: What people and bots do all the time.
    QUIET = "quiet"
    PLAIN = "plain"
    GOOD = "good"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the strip. `at` is the product's time."""

    id: int
    at: datetime
    text: str
    tone: Tone

    def as_json(self) -> dict[str, object]:
        return {"id": self.id, "at": self.at.isoformat(), "text": self.text, "tone": self.tone.value}


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words with blanks, and how the news feels."""

    text: str
    tone: Tone = Tone.PLAIN


#: What the history calls it, where it matters with the fact behind a colon → what the strip says. {time} is the spot's
#: time, {until} the end of its hold, {amount} the money, {paper} a title. What is not named here is not told.
HISTORY: Mapping[str, Sentence] = {
    "held": Sentence(
        "{whose} tap was stored, then {time} was claimed: nobody else can take it until {until}.", Tone.GOOD
    ),
    "swapped": Sentence("In one step {who} got {time} and the time held before went back to the others.", Tone.GOOD),
    "extended": Sentence("The hold was made longer, for this once: {time} is {whose} until {until}.", Tone.GOOD),
    "lapsed": Sentence("The hold ended by itself: {time} is free again. {whose} answers are kept.", Tone.BAD),
    "given_up": Sentence("{who} stopped, and {time} was free again at once."),
    "contact_kept": Sentence("{whose} name, e-mail and phone were checked and stored with the booking."),
    "contract_shown": Sentence(
        "“{paper}” was filled in for {who}. Its exact text was stored with its SHA-256 ({sha}…), and only then shown."
    ),
    "contract_signed": Sentence(
        "{whose} signature was stored and sealed: the name as typed, what sending it meant, each consent, chat, time.",
        Tone.GOOD,
    ),
    "answered": Sentence("{whose} answers to “{paper}” were stored and sealed: a change by other hands would show."),
    "confirmed": Sentence(
        "Booking {code} was confirmed: {time} is {whose}. The message about it was stored in the same step.", Tone.GOOD
    ),
    "cancelled": Sentence("Booking {code} was cancelled: {time} is free again.", Tone.BAD),
    "moved": Sentence("Booking {code} was moved to {time}."),
    "reservation_taken": Sentence("The reserved time passed from the reservation to {whose} booking."),
    "reservation_returned": Sentence("The time went back to its reservation; the others never saw it free."),
    "taken_up": Sentence("{who} took {time} up again, with all the answers given before.", Tone.GOOD),
    "payment_begun": Sentence("What {who} has to pay ({amount}) was stored first; then Stripe is asked for a page."),
    "page_made": Sentence("Stripe made the page. Until {until} it can be paid, and {time} stays {whose}.", Tone.GOOD),
    "page_refused": Sentence("Stripe refused to make the page: nothing can be charged.", Tone.BAD),
    "till_silent": Sentence(
        "Stripe’s answer did not come. The bot asks again with the same key, so nothing is made or paid twice.",
        Tone.BAD,
    ),
    "releasing": Sentence("The hold ends, so Stripe closes the page first. If {who} paid before, {time} stays."),
    "releasing:held": Sentence("Before anything changes, the page is closed: nobody shall pay for what is not so."),
    "page_closed": Sentence("Stripe closed the page: nobody can pay there any more, and nothing was charged."),
    "page_presumed_closed": Sentence(
        "Stripe never answered, but the page’s own end is long past: nobody can pay there any more.", Tone.BAD
    ),
    "paid": Sentence("{how}Stripe said: paid. {amount} from {who} is in the books, once.", Tone.GOOD),
    "paid_too_late": Sentence(
        "{how}{whose} {amount} came when {time} was somebody else’s. {who} chooses: another time, or the money back.",
        Tone.BAD,
    ),
    "payment_unclear": Sentence("{amount} came, another amount was asked for: the photographer decides.", Tone.BAD),
    "refund_owed": Sentence("{amount} goes back to {who}: that was stored first, and nobody has to ask for it."),
    "refund_owed:second": Sentence("{who} paid twice: the second {amount} goes back by itself.", Tone.BAD),
    "money_kept": Sentence("The photographer decided to keep {amount} of what {who} paid."),
    "refund_left": Sentence("The photographer left the {amount} that could not go back to {who} at that."),
    "refund_sent": Sentence("Stripe has the refund of {amount}; the bank not yet."),
    "refunded": Sentence("Stripe sent {amount} back to {who}.", Tone.GOOD),
    "refund_failed": Sentence("The refund of {amount} failed: the photographer hears of it.", Tone.BAD),
    "refunded_by_hand": Sentence("Somebody sent money back in Stripe’s dashboard: the books know it now."),
    "disputed": Sentence("{whose} bank asks for {amount} back: the photographer hears of it.", Tone.BAD),
    "dispute_won": Sentence("The dispute is won: {amount} stays.", Tone.GOOD),
    "dispute_lost": Sentence("The dispute is lost: {amount} is gone.", Tone.BAD),
    "move_dropped": Sentence("The other time was gone meanwhile: it stays {time}."),
}

#: The methods of the Bot API that a person notices.
ANSWERS: Mapping[str, str] = {
    "sendMessage": "The bot sent {who} a message{after}.",
    "sendPhoto": "The bot sent {who} a picture card{after}.",
    "sendDocument": "The bot sent {who} the document {file}{after}.",
    "getFile": "The bot fetched what {who} had sent{after}.",
    "editMessageText": "The bot changed {whose} card in place{after}.",
    "editMessageCaption": "The bot changed {whose} card in place{after}.",
    "editMessageMedia": "The bot changed {whose} card in place{after}.",
}

TAPPED = Sentence("{who} tapped “{label}”.", Tone.QUIET)
WROTE = Sentence("{who} wrote “{label}”.", Tone.QUIET)
STARTED = Sentence("{who} tapped START. Telegram hands the bot what stood in the link.", Tone.QUIET)
SHARED = Sentence("{who} agreed to share a phone number.", Tone.QUIET)
SENT_PICTURES = Sentence("{who} sent {what}. The app left out what is hidden in {it}.", Tone.QUIET)
SENT_FILES = Sentence("{who} sent {what}, and nothing was changed in {it}.", Tone.QUIET)
SENT_PLACE = Sentence("{who} sent {what}, and nothing was changed in {it}: {place} was taken is still in it.")
PHOTO_KEPT = Sentence("{whose} {photos} drawn anew and kept: nothing is hidden in {it}.")
PLACE_GONE = Sentence(
    "{whose} {photos} drawn anew and kept: the place is gone, nothing else is hidden in {it}.", Tone.GOOD
)
PLACE_KEPT = Sentence("{whose} {photos} kept with a place in {it}: that should never be.", Tone.BAD)
OPENED_FILE = Sentence("{who} opened {file}.", Tone.QUIET)
DOWN = Sentence("Telegram is down. What people tap waits there, and the bot keeps trying.", Tone.BAD)
BACK = Sentence("Telegram is back: what waited is delivered now.", Tone.GOOD)
CLOCK = Sentence("The product’s clock was moved on to {time}; the bot notices within a second.")
GUEST = Sentence("{who} opened the same link on another phone and goes for {label}.")
GUEST_LOST = Sentence("{who} did not get {label}: {reason}", Tone.BAD)
PAGE_OPENED = Sentence("{who} opened the payment page. It is Stripe’s: the bot never sees a card.", Tone.QUIET)
PAGE_LEFT = Sentence("{who} closed the tab. The page stays open at Stripe as long as the time is held.", Tone.QUIET)
CARD_DECLINED = Sentence("{whose} card was declined. Nothing was charged, and the page stays open.", Tone.BAD)
BANK_ASKS = Sentence("{whose} bank asks first whether it is {who}.", Tone.QUIET)
CARD_CHARGED = Sentence("{who} paid {amount} on Stripe’s page. The bot does not know yet.")
WEBHOOK_LOST = Sentence("Stripe’s webhook about it was lost. The bot asks by itself within a minute.", Tone.BAD)
BY_WEBHOOK = "Stripe’s webhook came, and the bot looked. "
BY_ASKING = "No webhook came, so the bot asked by itself. "
STRIPE_DOWN = Sentence("Stripe’s API is down. Its pay page still works, and the bot keeps asking.", Tone.BAD)
STRIPE_BACK = Sentence("Stripe’s API is back: the bot asks what happened meanwhile.", Tone.GOOD)
AWAKE = Sentence("The bots are awake and ask Telegram for news.", Tone.GOOD)
LEFT = Sentence("The bots have stopped. What they had stored is safe.", Tone.BAD)


class Clerk:
    """Keeps the newest lines. Sentences are filled by the facts given; times are said in `zone`."""

    def __init__(self) -> None:
        self._lines: deque[Line] = deque(maxlen=KEPT_LINES)
        self._written = 0

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(self._lines)

    def write(self, sentence: Sentence, at: datetime, **facts: str) -> None:
        """Add a line; the same words twice in a row are said once."""
        text = sentence.text.format_map(facts)
        text = text[0].upper() + text[1:]
        if self._lines and self._lines[-1].text == text:
            return
        self._written += 1
        self._lines.append(Line(self._written, at, text, sentence.tone))

    def happened(self, what: str, at: datetime, *, detail: str = "", **facts: str) -> None:
        """Tell a row of the history, if it is one that is told; `detail` is the fact that may matter to the words."""
        if sentence := HISTORY.get(f"{what}:{detail}") or HISTORY.get(what):
            self.write(sentence, at, **facts)

    def answered(self, method: str, at: datetime, seconds: float | None, **facts: str) -> None:
        """Tell what the bot did in a chat; `seconds` since the person's last deed there, if that is known."""
        if words := ANSWERS.get(method):
            after = "" if seconds is None or seconds > AT_ONCE_SECONDS else f", {seconds:.2f} s later"
            self.write(Sentence(words, Tone.QUIET), at, after=after, **facts)


def spoken(moment: datetime | None, zone: ZoneInfo) -> str:
    """A time of day as the studio's people say it: 10:15 AM."""
    return "" if moment is None else moment.astimezone(zone).strftime("%I:%M %p").lstrip("0")


def counting(what: str, count: int) -> dict[str, str]:
    """The words for one or several that go together: a picture, 2 pictures together."""
    if count == 1:
        return {"what": f"a {what}", "it": "it", "place": "the place where it"}
    return {"what": f"{count} {what}s together", "it": "them", "place": "a place where one"}


def photos(count: int) -> dict[str, str]:
    """The words for photos that were kept: Ana’s photo was, Ana’s 2 photos were."""
    return {"photos": "photo was", "it": "it"} if count == 1 else {"photos": f"{count} photos were", "it": "them"}


def naming(name: str) -> dict[str, str]:
    """The words for a person: who (Ana) and whose (Ana’s)."""
    first = name.split(maxsplit=1)[0]
    return {"who": first, "whose": f"{first}’s"}
