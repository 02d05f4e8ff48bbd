"""What Luna may say to her bot: examples of its commands, whose words are her own before she sends them.

Imported late, like the backstage: it loads the product.
"""

from typing import Final

from conversations.studio.house import HOUSE

SAYINGS: Final = (
    "/minis",
    "/newmini Fall Minis",
    "/addday next Saturday 9am 10 spots 20min gap 5 break 12:00-13:00",
    "/package Mini $150 20min 10 photos retainer $50",
    "/reserve 10:40 for Grandma Liu -20%",
    "/share",
    "/today",
    "/help",
)


def sayings() -> tuple[str, ...]:
    """Those whose command the studio's bot has."""
    return tuple(one for one in SAYINGS if one.split()[0].removeprefix("/") in HOUSE.commands)
