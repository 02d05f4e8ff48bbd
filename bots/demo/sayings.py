"""What Luna may say to her bot: commands, whose words are her own before she sends them, and a key of her Stripe.

Imported late, like the backstage: it loads the product.
"""

from typing import Final

from bots.demo.till import OWN_KEY
from conversations.studio.house import HOUSE

SAYINGS: Final = (
    "/minis",
    "/newmini Fall Minis",
    "/addday next Saturday 9am 10 spots 20min gap 5 break 12:00-13:00",
    "/package Mini $150 20min 10 photos retainer $50",
    "/reserve 10:40 for Grandma Liu -20%",
    "/share",
    "/today",
    "/payments",
    f"My Stripe key is {OWN_KEY}",
    "/help",
)


def sayings() -> tuple[str, ...]:
    """Words without a command, and those whose command the studio's bot has."""
    return tuple(one for one in SAYINGS if one[0] != "/" or one.split()[0].removeprefix("/") in HOUSE.commands)
