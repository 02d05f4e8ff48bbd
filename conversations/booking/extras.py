"""Add-ons, and how many places of a class."""

from conversations.booking.facts import BookingTurn
from conversations.engine import Step
from conversations.screens import Button, Choose, Screen, Style, lines, say
from conversations.talk import Answer
from core.booking.price import AddOnGone
from core.booking.refusals import TooManyPlaces
from core.minis.mini import AddOn


def _show_add_ons(turn: BookingTurn) -> Screen:
    ticked = ticked_add_ons(turn)
    rows = [(_add_on_button(one, ticked.get(one.id, 0)),) for one in turn.facts.add_ons]
    total = sum(ticked.values())
    done = Button(say("button-add-ons-done", count=total), Choose("done"), Style.PRIMARY)
    return Screen(lines=lines(say("add-ons-ask")), rows=(*rows, (done,)))


def _add_on_button(add_on: AddOn, count: int) -> Button:
    """One more of it; after the most, none again. It carries the count that it sets, so a double tap sets it once."""
    label = say("button-add-on", title=add_on.title, price=add_on.price, count=count)
    return Button(label, Choose(f"{(count + 1) % (add_on.most + 1)}.{add_on.id}"))


def ticked_add_ons(turn: BookingTurn) -> dict[str, int]:
    """The add-ons as ticked on the present screen; before the first tick, as answered."""
    view = turn.course.view.get("add_ons")
    if view is None:
        return dict(chosen_add_ons(turn))
    return {name: int(count) for name, _, count in (one.partition("=") for one in view.split(",") if one)}


def _tick(turn: BookingTurn, choice: str) -> bool:
    """Set how many of an add-on are wanted."""
    count, _, wanted = choice.partition(".")
    add_on = next((one for one in turn.facts.add_ons if one.id == wanted), None)
    if add_on is None or not count.isdecimal() or int(count) > add_on.most:
        return False
    ticked = ticked_add_ons(turn) | {add_on.id: int(count)}
    turn.course.view["add_ons"] = ",".join(f"{name}={number}" for name, number in ticked.items())
    return True


def chosen_add_ons(turn: BookingTurn) -> tuple[tuple[str, int], ...]:
    """The answered add-ons as the desk takes them, as far as they are still offered."""
    kept = turn.answers.get("add_ons")
    most = {one.id: one.most for one in turn.facts.add_ons}
    if not isinstance(kept, dict):
        return ()
    return tuple((name, count) for name, count in kept.items() if isinstance(count, int) and count <= most.get(name, 0))


def _accept_add_ons(turn: BookingTurn, choice: str) -> Answer:
    if choice != "done":
        raise AddOnGone
    ticked = {name: count for name, count in ticked_add_ons(turn).items() if count}
    live = turn.facts.live
    if live:
        turn.facts.forget(turn.desk.choose(live.id, live.package_id, tuple(ticked.items())))
    return dict(ticked)


ADD_ONS = Step(id="add_ons", section="extras", show=_show_add_ons, accept=_accept_add_ons, adjust=_tick)


def _show_places(turn: BookingTurn) -> Screen:
    most = turn.facts.mini.places_limit
    now = places_of(turn)
    buttons = tuple(
        Button(
            say("button-places-now" if turn.answers.get("places") and number == now else "button-places", count=number),
            Choose(str(number)),
        )
        for number in range(1, most + 1)
    )
    rows = tuple(buttons[start : start + 4] for start in range(0, len(buttons), 4))
    return Screen(lines=lines(say("places-ask", most=most)), rows=rows)


def places_of(turn: BookingTurn) -> int:
    """How many places are wanted; one where nothing was asked."""
    live = turn.facts.live
    if live:
        return live.places
    answer = turn.text("places")
    return int(answer) if answer.isdecimal() else 1


def _accept_places(turn: BookingTurn, choice: str) -> Answer:
    if not choice.isdecimal() or not 1 <= int(choice) <= turn.facts.mini.places_limit:
        raise TooManyPlaces(most=turn.facts.mini.places_limit)
    live = turn.facts.live
    if live:
        turn.facts.forget(turn.desk.set_places(live.id, int(choice)))
    return choice


PLACES = Step(
    id="places",
    section="time",
    show=_show_places,
    accept=_accept_places,
    typed=lambda _turn, text: text.strip() if text.strip().isdecimal() else None,
)
