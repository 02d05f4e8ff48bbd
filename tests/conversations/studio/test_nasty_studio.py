"""Whatever people write is text and nothing else on every screen and in every message of the studio's bot.

Everything that can be named gets the same name, through the deeds; then every screen and all that is due to be sent is
held against both messengers' own rules and readers.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from conversations.cards import Card
from conversations.screens import Screen
from conversations.studio.house import HOUSE
from conversations.studio.reception import CHANNEL as STUDIO_CHANNEL
from conversations.studio.reception import StudioReception
from conversations.talk import Talk
from core.booking.contact import Contact, read_name
from core.booking.day_view import SpotLook
from core.booking.hold import Wish
from core.booking.reserve import Terms
from core.minis.describe import LONGEST_DESCRIPTION, LONGEST_PLACE, LONGEST_TITLE
from core.minis.packages import LONGEST_INCLUDES
from core.paperwork.contract import LONGEST_LABEL, LONGEST_POINT
from core.paperwork.questionnaire import read_questions
from core.paperwork.wording import LONGEST_SUBJECT, LONGEST_TEXT
from core.ports import Identity, Records
from core.studio.wording import Occasion, OwnWording
from core.values.refusals import Refusal
from storage.unit import Unit
from tests.bots.render_checks import check_slack, check_telegram
from tests.builders import a_contract
from tests.conversations.backstage import Backstage
from tests.conversations.scene import WORDS, Scene
from tests.conversations.studio.furnished import Furnished, furnish
from tests.conversations.test_nasty_papers import taken_of
from tests.nasty import EVERY

SMALL = EVERY[::9]
OWNER = "1101"
#: As much of a text as a field of its kind takes.
_NAME, _REMARK = 80, 1000


class Undone(Exception):
    pass


@pytest.fixture(scope="module")
def furnished_house(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Scene, Furnished]]:
    path = tmp_path_factory.mktemp("nasty") / "minis.db"
    path.write_bytes(sqlite_template.read_bytes())
    scene = Scene(f"sqlite:///{path}", checked=False)
    yield scene, furnish(scene)
    scene.close()


def abouts(own: dict[str, str], written: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """What each screen of the house is about where it shows what somebody wrote."""
    mini, day, booking = own["mini"], own["day"], written["booking"]
    held, contract, asked = own["booking held 1"], written["contract"], written["questionnaire"]
    spots = tuple(own[name] for name in own if name.startswith("spot"))
    return {
        "booking": (booking, held),
        "booking_answers": (booking, own["booking"]),
        "booking_papers": (booking, own["booking"]),
        "bookings": ("", mini),
        "calloff": (mini,),
        "contract": (f"{contract}.", f"{contract}.{mini}"),
        "contract_fields": ("",),
        "contract_kit": ("", mini),
        "contracts": ("", mini),
        "day": (day, written["day"]),
        "day_affected": (written["day"],),
        "day_picture": (written["day"],),
        "day_remove": (written["day"],),
        "decide": (f"honour.{own['problem']}",),
        "end_hold": (held,),
        "found": ("Ana", written["text"]),
        "help": ("",),
        "history": (booking,),
        "hold_end_ask": (held,),
        "leaving_member": (own["member"],),
        "ledger": (own["booking"],),
        "messages": ("", mini),
        "mini": (mini,),
        "minis": ("", "all"),
        "money": ("", mini),
        "more": (mini,),
        "packages": (mini,),
        "payments": ("",),
        "connect": ("", "hook"),
        "disconnect": ("",),
        "picture": (mini,),
        "preview": (mini,),
        "problem": (own["problem"],),
        "problems": ("",),
        "questionnaire": (f"{asked}.", f"{asked}.{mini}"),
        "questionnaires": ("", mini),
        "questions_kit": ("", mini),
        "reservation": (written["reservation"],),
        "reservation_remove": (written["reservation"],),
        "reservations": ("", mini, "text"),
        "settings": ("",),
        "share": (mini,),
        "spot_card": spots,
        "spot_remove": spots,
        "team": ("",),
        "thread": (f"{written['client']}.{booking}", f"{written['client']}."),
        "unsell": (f"{mini}.{own['package']}",),
        "which_block": (f"{day}.close", f"{day}.open"),
        "which_day": ("2026-11-28", "2026-11-28,2026-11-29"),
        "wording": tuple(f"{occasion}.{of}" for occasion in Occasion for of in ("", mini)),
        "wording_fields": ("moved.", f"cancelled.{mini}"),
    }


def write(stage: Backstage, own: dict[str, str], text: str) -> dict[str, str]:
    """Give everything that has a name this one, as far as its deed takes it; gives the ids of what is new."""
    desk, records = stage.desk, stage.records
    mini = stage.mini()
    package = replace(mini.packages[0], title=text[:LONGEST_TITLE], includes=text[:LONGEST_INCLUDES])
    taken: dict[str, Any] = {
        "title": text[:LONGEST_TITLE],
        "description": text[:LONGEST_DESCRIPTION],
        "place": text[:LONGEST_PLACE],
    }
    for field, value in taken.items():
        with suppress(Refusal), records.deed():
            desk.describe(mini.id, **{field: value})
    with suppress(Refusal), records.deed():
        desk.set_packages(mini.id, [package, *mini.packages[1:]], mini.add_ons)
    with suppress(Refusal), records.deed():
        desk.settle(replace(desk.studio, name=text[:LONGEST_TITLE]))
    with suppress(Refusal), records.deed():
        desk.settle(replace(desk.studio, privacy_notice=text[:_REMARK]))
    for occasion in Occasion:
        with suppress(Refusal), records.deed():
            wanted = OwnWording(occasion=occasion, subject=text[:LONGEST_SUBJECT], text=text[:LONGEST_TEXT])
            desk.word(wanted)
    member = stage.member("assistant")
    records.studios.change_member(replace(member, name=text[:_NAME] or "…"))
    return _papers(stage, text) | _people(stage, text) | {"text": text[:LONGEST_TITLE]}


def _papers(stage: Backstage, text: str) -> dict[str, str]:
    desk, contract, asked = stage.desk, stage.desk.contracts()[0].id, stage.desk.questionnaires()[0].id
    consent = replace(a_consent(stage), label=text[:LONGEST_LABEL], question=text[:LONGEST_POINT])
    every: tuple[dict[str, Any], ...] = (
        {"title": text[:_NAME]},
        {"text": text},
        {"summary": (text[:LONGEST_POINT],)},
        {"consents": (consent,)},
    )
    for facts in every:
        with suppress(Refusal), stage.records.deed():
            contract = a_contract(desk, **facts).id
    one_line = " ".join(text.split())[:LONGEST_POINT]
    for title, lines in ((text[:_NAME], "Who?"), ("Plain", f"{one_line}\nWhich? [{one_line} | Other]")):
        with suppress(Refusal), stage.records.deed():
            asked = desk.save_questionnaire(title, read_questions(lines)).id
    return {"contract": contract, "questionnaire": asked}


def a_consent(stage: Backstage) -> Any:
    return next(one for one in stage.desk.contracts() if one.consents).consents[0]


def _people(stage: Backstage, text: str) -> dict[str, str]:
    """A client of that name, who books a spot of the mini and asks; and a reservation with that note."""
    desk, mini = stage.desk, stage.mini("Holiday Minis")
    free = [one.spot for one in desk.day_states(mini.id) if one.look is SpotLook.FREE]
    hers = stage.stranger()
    first = desk.mini(mini.id).packages[0].id
    held = hers.hold(Wish(mini_id=mini.id, spot_id=free[0].id, package_id=first))
    hers.keep_contact(held.id, Contact("Ana Torres", "ana@mail.com"))
    with suppress(Refusal), stage.records.deed():
        hers.keep_contact(held.id, Contact(read_name(text[:_NAME]), "ana@mail.com"))
    with suppress(Refusal), stage.records.deed():
        hers.ask(text[:_REMARK], held.id)
    with suppress(Refusal), stage.records.deed():
        desk.answer(hers.client.id, text[:_REMARK], held.id)
    reservation = desk.reserve(free[1].id, Terms(note=text[:LONGEST_PLACE]))
    return {
        "booking": held.id,
        "client": hers.client.id,
        "day": free[0].day_id,
        "reservation": reservation.id,
    }


def check(card: Card) -> None:
    check_telegram(card)
    check_slack(card)


def screens(unit: Unit, reception: StudioReception, own: dict[str, str], written: dict[str, str]) -> Iterator[Screen]:
    """Every screen of the house that is none of a wizard's, for the owner."""
    owner = unit.studios.member_by_identity("luna", Identity(STUDIO_CHANNEL, OWNER))
    studio = unit.studios.one("luna")
    assert owner
    assert studio
    for aside, every in abouts(own, written).items():
        for about in every:
            with suppress(Refusal):
                yield HOUSE.asides[aside].what(reception._turn(unit, studio, owner, Talk()), about)


def look_over(scene: Scene, house: Furnished, text: str) -> list[str]:
    """What is wrong with the text, wherever it stands."""
    wrong: list[str] = []

    def work(unit: Unit) -> None:
        studio = unit.studios.one("luna")
        assert studio
        written = write(scene.backstage_of(unit, studio), house.own, text)
        reception = scene.receptions[STUDIO_CHANNEL]
        assert isinstance(reception, StudioReception)
        try:
            for screen in screens(unit, reception, house.own, written):
                check(WORDS.speak(screen, "en"))
            for card in messages(scene, unit):
                check(card)
        except (AssertionError, ValueError, LookupError) as flaw:
            wrong.append(f"{text[:40]!r}: {type(flaw).__name__} {str(flaw)[:300]}")
        raise Undone

    with suppress(Undone):
        scene.store.do(work)
    return wrong


def messages(scene: Scene, records: Records) -> Iterator[Card]:
    """All that is due to be sent, to the studio's people and to clients."""
    for row in records.outbox.lease("nasty", 50, timedelta(minutes=2)):
        shown = scene.receptions[row.channel].tell(records, row) if row.channel else None
        if shown:
            yield shown.card


def test_every_screen_of_the_house_is_looked_at(furnished_house: tuple[Scene, Furnished]) -> None:
    _, house = furnished_house
    written = house.own | {"text": ""}

    assert abouts(house.own, written).keys() == HOUSE.asides.keys()


@pytest.mark.rule("B7", "B10", "F13", "K1")
def test_whatever_is_written_is_text_everywhere(furnished_house: tuple[Scene, Furnished]) -> None:
    assert all_wrong(*furnished_house, SMALL) == []


@pytest.mark.full
@pytest.mark.rule("B7", "B10", "F13", "K1")
def test_whatever_was_ever_written_is_text_everywhere(furnished_house: tuple[Scene, Furnished]) -> None:
    assert all_wrong(*furnished_house, EVERY) == []


def all_wrong(scene: Scene, house: Furnished, texts: list[str]) -> list[str]:
    taken = [one for one in map(taken_of, texts) if one is not None]
    assert len(taken) > len(texts) // 2

    return [flaw for text in taken for flaw in look_over(scene, house, text)]
