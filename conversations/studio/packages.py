"""What a mini sells: its packages and add-ons, each to be changed or removed, and new ones (B3, B4)."""

from collections.abc import Iterator
from typing import Final

from conversations.screens import Button, Do, Line, Look, Say, Screen, Style, lines, say
from conversations.studio import add_on_wizard, package_wizard
from conversations.studio.add_on_wizard import ADD_ON, add_on_command
from conversations.studio.package_wizard import PACKAGE, package_command
from conversations.studio.package_words import add_on_words, package_facts
from conversations.studio.turn import Act, For, Room, StudioTurn
from conversations.studio.which import about
from core.minis.mini import OVER, AddOn, Mini, Package
from core.minis.packages import MOST_ADD_ONS, MOST_PACKAGES
from core.minis.publish import MiniChanged
from core.studio_desk.rights import PHOTOGRAPHERS


def packages(turn: StudioTurn, mini_id: str) -> Screen:
    """Each with its fee, what of it is due now and later, and what it is."""
    one = turn.desk.mini(mini_id)
    changes = one.state not in OVER
    return Screen(
        lines=(
            Line(say("packages-of", title=one.title), Look.TITLE),
            *(line for package in one.packages for line in _package_lines(package)),
            *(lines(*(add_on_words(add_on) for add_on in one.add_ons), gap=True) if one.add_ons else ()),
        ),
        rows=(*(_rows(one) if changes else ()), (Button(say("button-to-mini", title=one.title), Do("mini", one.id)),)),
    )


def _package_lines(package: Package) -> tuple[Line, ...]:
    title = Line(say("package-title", title=package.title), gap=True)
    return (title, *lines(*package_facts(package)))


def _rows(one: Mini) -> Iterator[tuple[Button, ...]]:
    for sold in (*one.packages, *one.add_ons):
        reference = f"{one.id}.{sold.id}"
        yield (
            Button(say("button-change-one", title=sold.title), Do("sold", reference)),
            Button(say("button-remove-one", title=sold.title), Do("unsell", reference)),
        )
    if len(one.packages) < MOST_PACKAGES:
        yield (Button(say("button-add-package"), Do("package", one.id)),)
    if len(one.add_ons) < MOST_ADD_ONS:
        yield (Button(say("button-add-addon"), Do("addon", one.id)),)


def _show_packages(turn: StudioTurn, mini_id: str) -> Say | None:
    """Where there is none yet, the first is asked for."""
    one = turn.desk.mini(mini_id)
    if one.packages or one.add_ons or one.state in OVER:
        turn.talk.cover("packages", one.id)
    else:
        package_wizard.begin(turn, one)
    return None


def _open(turn: StudioTurn, mini_id: str) -> Mini:
    """Raises MiniChanged for a mini that is over."""
    one = turn.desk.mini(mini_id)
    if one.state in OVER:
        raise MiniChanged
    return one


def _new_package(turn: StudioTurn, mini_id: str) -> Say | None:
    package_wizard.begin(turn, _open(turn, mini_id))
    return None


def _new_add_on(turn: StudioTurn, mini_id: str) -> Say | None:
    add_on_wizard.begin(turn, _open(turn, mini_id))
    return None


# -- one of them --


def _sold(turn: StudioTurn, reference: str) -> tuple[Mini, Package | AddOn]:
    """The mini and the package or add-on that a button is about. Raises MiniChanged where it is not there any more."""
    mini_id, _, sold_id = reference.partition(".")
    one = _open(turn, mini_id)
    sold = one.package(sold_id) or one.add_on(sold_id)
    if sold is None:
        raise MiniChanged
    return one, sold


def _change(turn: StudioTurn, reference: str) -> Say | None:
    one, sold = _sold(turn, reference)
    if isinstance(sold, Package):
        package_wizard.begin(turn, one, package=sold)
    else:
        add_on_wizard.begin(turn, one, add_on=sold)
    return None


def removing(turn: StudioTurn, reference: str) -> Screen:
    """The first of two steps; once it is gone, back to what is left."""
    mini_id, _, sold_id = reference.partition(".")
    one = turn.desk.mini(mini_id)
    sold = one.package(sold_id) or one.add_on(sold_id)
    if sold is None:
        return packages(turn, mini_id)
    return Screen(
        lines=lines(say("unsell-ask", title=sold.title, mini=one.title), say("unsell-bookings")),
        rows=(
            (Button(say("button-remove-one", title=sold.title), Do("unsell_yes", reference), Style.DANGER),),
            (Button(say("button-keep-mini"), Do("packages", one.id)),),
        ),
    )


def _ask_removal(turn: StudioTurn, reference: str) -> Say | None:
    _sold(turn, reference)
    turn.talk.cover("unsell", reference)
    return None


def _remove(turn: StudioTurn, reference: str) -> Say | None:
    one, sold = _sold(turn, reference)
    if isinstance(sold, Package):
        turn.desk.remove_package(one.id, sold.id)
    else:
        turn.desk.remove_add_on(one.id, sold.id)
    turn.talk.cover("packages", one.id)
    turn.talk.notice = say("unsold", title=sold.title)
    return None


def _told_or(command: Act, bare: Act) -> Act:
    """With a line it is read, bare all are listed."""
    return lambda turn, line: command(turn, line) if line.strip() else bare(turn, line)


ROOM: Final = Room(
    commands={
        "packages": For(PHOTOGRAPHERS, about("packages")),
        "package": For(PHOTOGRAPHERS, _told_or(package_command, about("packages"))),
        "addon": For(PHOTOGRAPHERS, _told_or(add_on_command, about("addon"))),
    },
    presses={
        "packages": For(PHOTOGRAPHERS, _show_packages),
        "package": For(PHOTOGRAPHERS, _new_package),
        "addon": For(PHOTOGRAPHERS, _new_add_on),
        "sold": For(PHOTOGRAPHERS, _change),
        "unsell": For(PHOTOGRAPHERS, _ask_removal),
        "unsell_yes": For(PHOTOGRAPHERS, _remove),
    },
    asides={"packages": For(PHOTOGRAPHERS, packages), "unsell": For(PHOTOGRAPHERS, removing)},
    flows={PACKAGE.name: For(PHOTOGRAPHERS, PACKAGE), ADD_ON.name: For(PHOTOGRAPHERS, ADD_ON)},
)
