"""The small worlds that are explored: a handful of each kind for every run, larger ones for the full run."""

from tests.model.world import Config, Link

HOLDING = frozenset({"hold", "swap", "extend", "quarter", "lapse", "give_up", "confirm", "take_up"})
STANDING = frozenset({"cancel", "move"})
LINKS = frozenset({"reserve", "hold_link", "link_end", "lapse_link", "remove_link"})
OFFERS = frozenset({"reserve", "hold_link", "link_end", "lapse_link", "pass_offer"})
MINI = frozenset({"cancel_mini", "pause", "resume"})
PAYING = frozenset(
    {
        "hold",
        "quarter",
        "lapse",
        "give_up",
        "pay",
        "create",
        "client_pays",
        "close_page",
        "stripe_says_expired",
        "settle",
    }
    | {"refund", "refund_succeeds", "choosing_ends", "page_complete"}
)
REFUNDS = frozenset({"refund_fails", "refunded_elsewhere"})
LOSING = frozenset({"create_lost", "create_refused", "hard_cap"})
ODD = frozenset({"client_pays_oddly", "honour", "send_back"})
DISPUTES = frozenset({"dispute", "dispute_won", "dispute_lost"})

RESERVATION = Link("reservation", 0)


def offer(spot: int, client: int) -> Link:
    return Link("offer", spot, client)


SMOKE: tuple[Config, ...] = (
    Config(name="two clients, two spots", events=HOLDING | STANDING),
    Config(
        name="places in a class",
        events=(HOLDING | {"set_places", "cancel"}) - {"extend"},
        seats=(3, 1),
        most_places=2,
    ),
    Config(
        name="a reservation",
        events=(HOLDING | STANDING | LINKS | {"unbind"}) - {"extend"},
        links=(RESERVATION,),
        most_attempts=1,
    ),
    Config(
        name="a reservation in a class",
        events=(HOLDING | LINKS | {"set_places"}) - {"extend", "confirm"},
        seats=(2, 1),
        links=(RESERVATION,),
        most_places=2,
        most_attempts=1,
    ),
    Config(
        name="an offer, and a mini that is paused or cancelled",
        events=(HOLDING | OFFERS | MINI) - {"extend"},
        links=(offer(0, 0),),
    ),
    Config(
        name="a preview beside a hold of the same person",
        events=(HOLDING | LINKS | {"move", "hold_override", "pause", "resume"}) - {"extend"},
        clients=(0, 0),
        previews=frozenset({1}),
        links=(RESERVATION,),
        most_attempts=1,
    ),
    Config(
        name="two minis, moves between them",
        events=HOLDING | STANDING | {"cancel_mini"},
        clients=(0, 0),
        minis=(0, 1),
    ),
    Config(
        name="spots that exclude each other",
        events=(HOLDING | STANDING | LINKS) - {"extend", "cancel"},
        seats=(1, 1),
        minis=(0, 1),
        links=(RESERVATION,),
        overlaps=frozenset({(0, 1), (1, 0)}),
    ),
    Config(
        name="holds that run out again and again",
        events=frozenset({"hold", "quarter", "lapse", "give_up", "take_up", "an_hour", "confirm", "extend"}),
        clients=(0, 0),
        most_attempts=9,
    ),
    Config(
        name="the day comes",
        events=HOLDING | {"day", "session_over", "no_show", "cancel"},
        clients=(0, 1),
    ),
    Config(name="two identities become one", events=HOLDING | {"join"}),
    Config(
        name="paying for one spot",
        events=PAYING | {"change", "extend", "pay_late", "take_up", "hard_cap"},
        seats=(1,),
        minis=(0,),
        clients=(0,),
        most_attempts=5,
    ),
    Config(
        name="Stripe loses answers",
        events=PAYING | LOSING | {"change", "take_up"},
        seats=(1,),
        minis=(0,),
        clients=(0,),
        most_attempts=4,
    ),
    Config(
        name="late money, and another in the seat",
        events=PAYING | {"hard_cap", "pick", "confirm"},
    ),
    Config(
        name="late money, and another hold of the same person",
        events=PAYING | {"hard_cap", "pick", "confirm"},
        clients=(0, 0),
    ),
    Config(
        name="Stripe cannot be reached",
        events=frozenset(
            {"hold", "quarter", "lapse", "give_up", "pay", "create", "create_lost", "change", "close_page", "hard_cap"}
        ),
        clients=(0,),
        most_attempts=4,
    ),
    Config(
        name="a page open while the mini is cancelled or the booking moved",
        events=PAYING
        | {"cancel_mini", "hard_cap", "pick", "take_up", "move_paying", "move", "change", "hold_override"},
        clients=(0,),
        most_attempts=3,
    ),
    Config(
        name="a reservation that is paid for",
        events=(PAYING | LINKS | {"swap", "hard_cap", "pick", "change"}),
        clients=(0,),
        links=(RESERVATION,),
    ),
    Config(
        name="money that does not fit",
        events=PAYING | ODD | {"take_up", "change", "hard_cap", "cancel_mini"},
        seats=(1,),
        minis=(0,),
        clients=(0,),
        most_attempts=4,
    ),
    Config(
        name="balances, refunds, disputes",
        events=PAYING | REFUNDS | DISPUTES | {"pay_balance", "cancel"},
        seats=(1,),
        minis=(0,),
        clients=(0,),
    ),
)

FULL: tuple[Config, ...] = (
    Config(name="a reservation, taken up again", events=HOLDING | STANDING | LINKS | {"unbind"}, links=(RESERVATION,)),
    Config(
        name="a reservation in a class, taken up again",
        events=HOLDING | LINKS | {"set_places"},
        seats=(2, 1),
        links=(RESERVATION,),
        most_places=2,
    ),
    Config(name="three clients at once", events=HOLDING | STANDING, clients=(0, 1, 2), most_attempts=1),
    Config(
        name="three clients, places in a class",
        events=HOLDING | {"set_places", "cancel"},
        seats=(3, 1),
        clients=(0, 1, 2),
        most_places=2,
        most_attempts=1,
    ),
    Config(
        name="two reservations, all that may happen to them",
        events=HOLDING | STANDING | LINKS | {"unbind", "set_places"},
        seats=(2, 1),
        links=(RESERVATION, Link("reservation", 1)),
        most_places=2,
        most_attempts=1,
    ),
    Config(
        name="a reservation and an offer for the same person",
        events=HOLDING | STANDING | LINKS | OFFERS | MINI,
        links=(RESERVATION, offer(1, 0)),
        most_attempts=1,
    ),
    Config(
        name="two bookings of one client in two minis, previews beside",
        events=HOLDING | STANDING | MINI,
        minis=(0, 1),
        clients=(0, 0, 0),
        previews=frozenset({2}),
    ),
    Config(name="everybody pays", events=PAYING | {"hard_cap", "pick", "change"}, most_attempts=3),
    Config(
        name="two clients pay, swap and take up",
        events=PAYING | {"hard_cap", "pick", "swap", "take_up"},
        most_attempts=3,
    ),
    Config(
        name="two clients, moved and cancelled while paying",
        events=PAYING | STANDING | {"hard_cap", "move_paying", "cancel_mini", "change"},
    ),
    Config(
        name="a reservation, paid for against another client",
        events=PAYING | LINKS | {"swap", "hard_cap", "pick", "take_up"},
        links=(RESERVATION,),
    ),
    Config(
        name="places, paid for against another client",
        events=PAYING | {"set_places", "hard_cap", "pick"},
        seats=(2, 1),
        most_places=2,
    ),
    Config(
        name="money that does not fit, against another client",
        events=PAYING | ODD | {"hard_cap", "pick", "take_up", "confirm"},
    ),
    Config(
        name="one booking, everything about money",
        events=PAYING | ODD | LOSING | REFUNDS | {"pay_balance", "cancel", "change", "take_up"},
        seats=(1,),
        minis=(0,),
        clients=(0,),
        most_attempts=3,
    ),
    Config(name="two identities become one while they pay", events=PAYING | {"join", "hard_cap", "pick", "confirm"}),
    Config(
        name="overlapping spots, paid for",
        events=PAYING | LINKS | {"swap", "hard_cap", "pick"},
        minis=(0, 1),
        links=(RESERVATION,),
        overlaps=frozenset({(0, 1), (1, 0)}),
    ),
)
