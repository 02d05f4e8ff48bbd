"""The house's drawings: fetched by their names, of what is true when they are drawn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bots.drawings import Drawings, cards_drawn, codes_drawn, days_drawn, minis_drawn
from conversations.cards import Drawing
from conversations.pictures import Form, drawn_card, drawn_code, drawn_day, picture_of
from conversations.screens import Drawn
from core.booking.day_view import SpotLook, SpotState
from core.minis import pictures
from core.minis.mini import Day, Mini
from core.ports import Records
from core.studio.studio import Studio
from storage.store import Store
from tests.bots.printer.bad_files import encoded
from tests.builders import SATURDAY, SUNDAY, a_day, a_mini, found
from tests.conversations.languages import english

WORDS = english()


def link_of(payload: str) -> str:
    return f"https://t.me/LunaPhotoBot?start={payload}"


def looks(records: Records, studio: Studio, mini: Mini, day: Day) -> Sequence[SpotState]:
    """Every spot that is still ahead is free."""
    rows = records.spots.list(studio.id, mini.id, records.now)
    return [SpotState(spot=row.spot, look=SpotLook.FREE) for row in rows if row.spot.day_id == day.id]


@dataclass
class House:
    """Fall Minis on two days, and who draws them."""

    store: Store
    mini: Mini
    days: list[Day]
    drawings: Drawings
    home: Path

    async def drawn(self, picture: Drawn, language: str = "en") -> bytes:
        return await self.drawings.fetch(Drawing(picture.name, language))

    def later(self, by: timedelta) -> None:
        self.store.do(lambda records: records.clock.shift(by))


@pytest.fixture
def house(migrated_sqlite_url: str, tmp_path: Path) -> Iterator[House]:
    store = Store.open(migrated_sqlite_url, link_key=b"key")

    def begin(records: Records) -> tuple[str, Mini, list[Day]]:
        desk = found(records)
        mini = a_mini(desk, days=[a_day(SATURDAY), a_day(SUNDAY)])
        return desk.studio.id, mini, records.minis.days(desk.studio.id, mini.id)

    studio_id, mini, days = store.do(begin)
    reads = {
        "day": days_drawn(WORDS, studio_id, looks),
        "card": cards_drawn(WORDS, studio_id, link_of),
        "code": codes_drawn(link_of),
        "mini": minis_drawn(studio_id),
    }
    yield House(store, mini, days, Drawings(store, reads, home=tmp_path), tmp_path)
    store.close()


def size_of(data: bytes) -> tuple[int, int]:
    with Image.open(BytesIO(data)) as image:
        return image.size


@pytest.mark.rule("C9")
async def test_a_day_is_drawn_as_it_is(house: House):
    morning = await house.drawn(drawn_day(house.mini.id, house.days[0].id))
    sunday = await house.drawn(drawn_day(house.mini.id, house.days[1].id))

    assert size_of(morning) == (1080, 1350)
    assert morning == await house.drawn(drawn_day(house.mini.id, house.days[0].id))
    assert morning != sunday


@pytest.mark.rule("C9")
async def test_a_day_that_changed_is_drawn_anew(house: House):
    before = await house.drawn(drawn_day(house.mini.id, house.days[0].id))
    house.later(timedelta(days=6))

    assert await house.drawn(drawn_day(house.mini.id, house.days[0].id)) != before


@pytest.mark.rule("E2")
@pytest.mark.parametrize(("form", "size"), [(Form.STORY, (1080, 1920)), (Form.PREVIEW, (1200, 630))])
async def test_a_card_is_drawn_for_what_it_is_shared_in(house: House, form: Form, size: tuple[int, int]):
    assert size_of(await house.drawn(drawn_card(house.mini.id, form))) == size


@pytest.mark.rule("E2")
async def test_a_card_names_only_days_ahead(house: House):
    before = await house.drawn(drawn_card(house.mini.id, Form.POST))
    house.later(timedelta(days=7))

    assert await house.drawn(drawn_card(house.mini.id, Form.POST)) != before


@pytest.mark.rule("E2")
async def test_a_card_stands_on_the_minis_own_picture_if_it_is_there(house: House):
    plain = await house.drawn(drawn_card(house.mini.id, Form.POST))
    house.store.do(lambda records: _picture(records, house.mini, "pictures/fall.jpg"))
    missing = await house.drawn(drawn_card(house.mini.id, Form.POST))
    (house.home / "pictures").mkdir()
    (house.home / "pictures" / "fall.jpg").write_bytes(encoded("JPEG", Image.new("RGB", (300, 200), "green")))

    assert missing == plain
    assert await house.drawn(drawn_card(house.mini.id, Form.POST)) != plain


def _picture(records: Records, mini: Mini, picture: str) -> None:
    known = records.minis.one(mini.studio_id, mini.id)
    assert known
    assert records.minis.change(known, replace(known, picture=picture, version=known.version + 1))


def _own(records: Records, mini: Mini, colours: Sequence[str]) -> Mini:
    """Give the mini photos of the studio's own."""
    kept: list[str] = []
    for colour in colours:
        kept.append(pictures.keep_picture(records, mini.studio_id, "luna", photo_of(colour), kept).id)
    known = records.minis.one(mini.studio_id, mini.id)
    assert known
    changed = replace(known, pictures=tuple(kept), version=known.version + 1)
    assert records.minis.change(known, changed)
    return changed


def photo_of(colour: str) -> bytes:
    return encoded("JPEG", Image.new("RGB", (300, 200), colour))


async def shown(house: House) -> bytes:
    mini = house.store.look(lambda records: records.minis.one(house.mini.studio_id, house.mini.id))
    assert mini
    picture = picture_of(mini)
    assert isinstance(picture, Drawn)
    return await house.drawn(picture)


@pytest.mark.rule("B2")
async def test_one_photo_of_the_studios_own_is_shown_as_it_is(house: House):
    house.store.do(lambda records: _own(records, house.mini, ["green"]))

    assert await shown(house) == photo_of("green")


@pytest.mark.rule("B2")
async def test_several_photos_become_one_picture_in_their_order(house: House):
    house.store.do(lambda records: _own(records, house.mini, ["green", "red"]))
    together = await shown(house)
    house.store.do(lambda records: _own(records, house.mini, ["red", "green"]))

    assert together.startswith(b"\xff\xd8")
    assert size_of(together)[0] > 300
    assert await shown(house) != together


@pytest.mark.rule("B2", "E2")
async def test_a_card_stands_on_the_studios_own_photo(house: House):
    plain = await house.drawn(drawn_card(house.mini.id, Form.POST))

    house.store.do(lambda records: _own(records, house.mini, ["green", "red"]))

    assert await house.drawn(drawn_card(house.mini.id, Form.POST)) != plain


@pytest.mark.rule("E2")
async def test_a_code_leads_where_its_name_says(house: House):
    assert await house.drawn(drawn_code("m_1")) != await house.drawn(drawn_code("m_2"))


@pytest.mark.parametrize(
    "name",
    [
        "",
        "day",
        "day/gone/gone/1",
        "day/{mini}/gone/1",
        "day/{mini}/{day}/x",
        "day/{mini}/{day}",
        "card/{mini}",
        "card/{mini}/poster",
        "card/gone/post",
        "code/",
        "code/a/b",
        "mini",
        "mini/gone",
        "mini/{mini}",
        "../../etc/passwd",
    ],
)
async def test_a_name_that_means_nothing_is_refused(house: House, name: str):
    named = name.format(mini=house.mini.id, day=house.days[0].id)

    with pytest.raises(LookupError):
        await house.drawings.fetch(Drawing(named, "en"))


async def test_a_page_that_is_not_there_is_the_nearest(house: House):
    first, beyond = (drawn_day(house.mini.id, house.days[0].id, page) for page in (1, 99))

    assert await house.drawn(beyond) == await house.drawn(first)
