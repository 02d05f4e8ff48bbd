"""Long lists in pages: which one is shown, and the row of buttons that turns them."""

from conversations.booking.facts import BookingTurn
from conversations.screens import Button, Choose, say


def page_of(turn: BookingTurn, step: str, count: int, size: int) -> tuple[int, int]:
    """The page that is shown, and how many there are."""
    pages = max(1, -(-count // size))
    asked = turn.course.view.get(f"page.{step}", "0")
    return min(int(asked), pages - 1), pages


def pager(page: int, pages: int) -> tuple[tuple[Button, ...], ...]:
    if pages == 1:
        return ()
    before, after = max(page - 1, 0), min(page + 1, pages - 1)
    return (
        (
            Button(say("button-page-before"), Choose(f"page.{before}")),
            Button(say("button-page", page=page + 1, pages=pages), Choose(f"page.{page}")),
            Button(say("button-page-after"), Choose(f"page.{after}")),
        ),
    )


def turn_page(turn: BookingTurn, step: str, choice: str) -> bool:
    asked = choice.removeprefix("page.")
    if not choice.startswith("page.") or not asked.isdecimal():
        return False
    turn.course.view[f"page.{step}"] = str(min(int(asked), 99))
    return True
