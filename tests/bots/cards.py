"""Cards for the renderers' tests: some as the storyboard has them, and texts that would like to be markup."""

from conversations.cards import Card, CardButton, CardField, CardLine, Span
from conversations.screens import Choose, Copy, Do, FieldKind, Look, Open, ShareContact, Style

DEADLINE = 1_795_393_920  # the end of the hold of T5: 6:32 PM in Chicago

BACK_AND_CANCEL = (CardButton("‹ Back", Choose("back")), CardButton("Cancel", Choose("cancel")))


def a_line(text: str, look: Look = Look.PLAIN, *, gap: bool = False) -> CardLine:
    return CardLine((Span(text),), look, gap)


def a_card(text: str = "Which day?", *buttons: CardButton, picture: str | None = None, placeholder: str = "") -> Card:
    """One line, and the buttons one under the other."""
    rows = tuple((button,) for button in buttons)
    return Card(lines=(a_line(text),), rows=rows, revision=3, picture=picture, placeholder=placeholder)


LISTING = Card(  # T1
    lines=(
        a_line("Hi! I'm Luna Photo's booking bot."),
        a_line("Fall Minis", Look.TITLE, gap=True),
        a_line("20-minute portraits among the autumn trees of Riverside Park."),
        CardLine((Span("From "), Span("$150", bold=True), Span(", with 10 edited photos"))),
    ),
    rows=(
        (CardButton("Book a spot", Choose("book"), Style.PRIMARY),),
        (CardButton("See photos", Choose("photos")), CardButton("Ask a question", Choose("ask"))),
    ),
    revision=1,
    picture="collage.jpg",
)

HELD = Card(  # T5
    lines=(
        a_line("Sat 28 Nov, 10:15 AM (Chicago) is held for you", Look.TITLE),
        CardLine(
            (
                Span("until "),
                Span("6:32 PM", unix=DEADLINE),
                Span(", "),
                Span("in 15 minutes", bold=True, unix=DEADLINE, countdown=True),
            )
        ),
        a_line("Step 3 of 6 · Your details (1 of 3)", Look.TITLE, gap=True),
        a_line("What's your full name?"),
    ),
    rows=((CardButton('Use "Ana Torres"', Choose("known")),), BACK_AND_CANCEL),
    revision=12,
)

PHONE = Card(  # T7
    lines=(
        a_line("Step 3 of 6 · Your details (3 of 3)", Look.TITLE),
        a_line("A phone number for the day itself, in case we can't find each other."),
    ),
    rows=(
        (CardButton("Share my number", ShareContact(), Style.PRIMARY),),
        (CardButton("Skip", Choose("skip")),),
        BACK_AND_CANCEL,
    ),
    revision=14,
    placeholder="+1 312 555 0188",
)

CONTRACT = Card(  # T8
    lines=(
        a_line("In short (the full text is what counts):"),
        a_line("1. You get 10 edited photos within 14 days."),
        a_line("Article 1", Look.QUOTE, gap=True),
        a_line("The photographer & the client agree.", Look.QUOTE),
        a_line("Article 2", Look.QUOTE, gap=True),
        a_line("May Luna Photo show your photos?", gap=True),
    ),
    rows=((CardButton("Sign", Choose("sign"), Style.SUCCESS),), BACK_AND_CANCEL),
    revision=20,
)

BOOKED = Card(  # T14
    lines=(a_line("You're booked, Ana!", Look.TITLE), a_line("Booking LP-4821, paid $150.00")),
    rows=(
        (
            CardButton("Map", Open("https://maps.example/?q=Riverside+Park")),
            CardButton("Copy number", Copy("LP-4821")),
        ),
        (CardButton("Cancel booking", Do("cancel_booking", "bk_4821"), Style.DANGER),),
    ),
    revision=30,
    celebrate=True,
)

DETAILS = Card(  # S2
    lines=(a_line("10:15 AM is held for you."),),
    rows=((CardButton("Back", Choose("back")),),),
    revision=5,
    form=(
        CardField(id="name", kind=FieldKind.LINE, label="Full name", value="Ana <Torres>"),
        CardField(id="email", kind=FieldKind.EMAIL, label="Email", error="That email looks cut off."),
        CardField(id="phone", kind=FieldKind.PHONE, label="Phone (optional)", required=False, hint="For the day"),
    ),
    form_title="Headshot Day · 2 of 5",
    form_submit="Next",
    form_close="Close",
)

STORYBOARD = (LISTING, HELD, PHONE, CONTRACT, BOOKED, DETAILS)

#: Names that somebody might type. Each is to be shown, and to be nothing else.
HOSTILE = (
    "<b>bold</b>",
    "</b></blockquote><script>alert(1)</script>",
    '<a href="https://evil.example">pay here</a>',
    "&lt;b&gt; &amp; &#60;i&#62; &nbsp;",
    "*bold* _italic_ ~gone~ `code` ```pre```",
    "<!channel> <!here> <@U024BE7LH> <#C024BE7LR> <https://evil.example|pay here>",
    "@channel @here @everyone :x:",
    "<!date^1392734382^{date}|never>",
    '<tg-time unix="1">now</tg-time>',
    "[link](tg://user?id=1) ||spoiler|| ![5](tg://emoji?id=5)",
    "{name} %s %(name)s {0.__class__}",
    "abc \u202egnp.exe\u202c \u2066x\u2069",
    "zero\u200bwidth\u200d\ufeff joined",
    "👩‍👩‍👧‍👦🏳️‍🌈 e\u0301\u0301\u0301 ﷽",
    "שלום עולם مرحبا",
)
