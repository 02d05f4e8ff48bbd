"""The example studio "Luna Photo": a mini of every kind there is, to try everything with (DECISIONS 42)."""

import json
import shutil
import urllib.request
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import Final

from bots.database import open_store
from bots.settings import Settings, SettingsWrong
from conversations.starter_kit import starter_kit
from core.booking.reserve import Terms
from core.minis.mini import Mini, Package, PaidBy, Share, Spot
from core.minis.plan import Break, DayPlan
from core.ports import Records
from core.studio.studio import Member, Role, Studio
from core.studio_desk import StudioDesk
from core.values.moments import local
from core.values.money import Money

STUDIO: Final = Studio(
    id="luna-photo",
    name="Luna Photo",
    zone_name="America/Chicago",
    currency="USD",
    country="US",
    code_prefix="LP",
    phone="+1 312 555 0100",
    email="hello@luna-photo.example",
)
OWNER: Final = Member(id="luna", studio_id=STUDIO.id, name="Luna", role=Role.OWNER)

UNKNOWN_BOT: Final = "LunaPhotoBot"  # in the links as long as Telegram does not say the bot's name
ASK_FOR: Final = 5.0  # seconds that Telegram may take to say it
AHEAD: Final = timedelta(days=4)  # the shoots are not sooner
SATURDAY: Final = 5

PICTURE: Final = "pictures/fall-minis.jpg"
_PICTURE_HERE: Final = Path(__file__).parent / "pictures" / "fall-minis.jpg"
_PLACE: Final = "Riverside Park, north gate"
_TWENTY: Final = timedelta(minutes=20)

FALL: Final = "Fall Minis"
FREE: Final = "Try-out portraits"
FULL: Final = "Pumpkin patch"
DRAFT: Final = "Winter lights"
RESERVED: Final = "Grandma Liu"


@dataclass(frozen=True, slots=True)
class Link:
    """`kind`: mini, reservation, full, draft or preview."""

    kind: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Example:
    studio: str
    links: tuple[Link, ...]

    def as_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    def as_text(self) -> str:
        width = max(len(link.title) for link in self.links)
        lines = [f"{link.title:{width}}  {link.url}" for link in self.links]
        return "\n".join((f"The example studio is {self.studio}. Its links, to be opened in Telegram:", "", *lines))


def links_of_example(settings: Settings) -> Example:
    """Make the example if it is not there yet, and give its links. Raises SettingsWrong where another studio lives."""
    address = f"https://t.me/{_username(settings)}?start="
    store = open_store(settings)
    try:
        takes_cards = bool(settings.stripe_secret_key.get_secret_value())
        payloads = store.do(lambda records: _example(records, takes_cards=takes_cards))
    finally:
        store.close()
    _lay_down_picture(settings.folder)
    return Example(STUDIO.name, tuple(Link(kind, title, address + payload) for kind, title, payload in payloads))


def _username(settings: Settings) -> str:
    """The clients' bot's name; without a token, or while Telegram is silent, the example's own."""
    if not settings.clients_bot_token.get_secret_value():
        return UNKNOWN_BOT
    asked = f"{settings.telegram}/bot{settings.clients_bot}/getMe"
    try:
        with urllib.request.urlopen(asked, timeout=ASK_FOR) as answer:  # noqa: S310 - `telegram` is http or https
            return str(json.load(answer)["result"]["username"])
    except (OSError, ValueError, KeyError):
        return UNKNOWN_BOT


def _lay_down_picture(home: Path) -> None:
    if not (home / PICTURE).exists():
        (home / PICTURE).parent.mkdir(exist_ok=True)
        shutil.copyfile(_PICTURE_HERE, home / PICTURE)


# -- in one unit of work --


def _example(records: Records, *, takes_cards: bool) -> list[tuple[str, str, str]]:
    """Kind, title and payload of each link. Where no cards are taken, everything is paid directly or free."""
    studios = records.studios.all()
    if not studios:
        _make(records, takes_cards=takes_cards)
    elif all(studio.id != STUDIO.id for studio in studios):
        other = studios[0].name
        raise SettingsWrong(
            [f"This database is {other}'s. Give the example its own: MINIS_HOME=./example minis example"]
        )
    return _payloads(records)


def _payloads(records: Records) -> list[tuple[str, str, str]]:
    desk = StudioDesk(records, STUDIO, OWNER)
    minis = {mini.title: mini for mini in records.minis.all(STUDIO.id)}
    found: list[tuple[str, str, str]] = []
    for kind, title in (("mini", FALL), ("mini", FREE), ("full", FULL), ("draft", DRAFT)):
        if title in minis:
            found.append((kind, title, f"m_{desk.mini_link(minis[title])}"))
    if FALL in minis:
        kept = [one for one in records.reservations.of_mini(STUDIO.id, minis[FALL].id) if one.note == RESERVED]
        found += [("reservation", f"{FALL}, kept for {RESERVED}", f"r_{desk.reservation_link(one)}") for one in kept]
    if DRAFT in minis:
        found.append(("preview", f"{DRAFT}, as its photographer", f"v_{desk.preview_link(minis[DRAFT])}"))
    return found


def _make(records: Records, *, takes_cards: bool) -> None:
    records.studios.add(STUDIO)
    records.studios.add_member(OWNER)
    desk = StudioDesk(records, STUDIO, OWNER)
    saturday = _saturday(local(records.now, STUDIO.zone).date() + AHEAD)
    _make_fall(desk, saturday, takes_cards=takes_cards)
    _make_free(desk, saturday + timedelta(days=3))
    _make_full(desk, saturday + timedelta(days=7))
    _make_draft(desk, saturday + timedelta(days=14))


def _make_fall(desk: StudioDesk, saturday: date, *, takes_cards: bool) -> None:
    mini = desk.new_mini(
        FALL,
        description="20-minute portraits among the autumn trees of Riverside Park.",
        place=_PLACE,
        picture=PICTURE,
    )
    packages = (
        _package("mini", "Mini", 15_000, "10 edited photos"),
        _package("plus", "Mini Plus", 21_000, "20 edited photos and a print credit"),
    )
    if takes_cards:
        packages = _paid_online(*packages)
    _give_papers(desk, mini)
    spots = _open(desk, mini, packages, [_day(saturday), _day(saturday + timedelta(days=1))])
    at_20_to_11 = next(spot for spot in spots if local(spot.starts, STUDIO.zone).time() == time(10, 40))
    desk.reserve(at_20_to_11.id, Terms(note=RESERVED, discount=Share(percent_hundredths=2000), outside=True))


def _give_papers(desk: StudioDesk, mini: Mini) -> None:
    """The starter kit's contract and questionnaires (B12)."""
    kit = starter_kit(STUDIO.locale)
    contract = desk.save_contract(
        kit.contract.title, kit.contract.text, summary=kit.contract.summary, consents=kit.contract.consents
    )
    before, after = (desk.save_questionnaire(asked.title, asked.questions) for asked in (kit.questionnaire, kit.after))
    desk.set_papers(mini.id, contracts=[contract.id], questionnaire=before.id, questionnaire_after=after.id)


def _make_free(desk: StudioDesk, tuesday: date) -> None:
    mini = desk.new_mini(
        FREE, description="Ten minutes to see whether we get along.", place="The studio, 5 Lake Street"
    )
    day = DayPlan(date=tuesday, start=time(16, 0), spots=6, duration=timedelta(minutes=10), gap=timedelta(minutes=5))
    _open(desk, mini, (_package("tryout", "Try-out", 0, "10 min, 1 edited photo"),), [day])


def _make_full(desk: StudioDesk, saturday: date) -> None:
    """Whoever asked by telephone has all of it."""
    mini = desk.new_mini(FULL, description="Portraits between the pumpkins, once a year.", place="Green's farm")
    day = DayPlan(date=saturday, start=time(15, 0), spots=2, duration=_TWENTY)
    spots = _open(desk, mini, (_package("pumpkin", "Pumpkin", 12_000, "8 edited photos"),), [day])
    for spot in spots:
        desk.reserve(spot.id, Terms(note="by telephone", outside=True))


def _make_draft(desk: StudioDesk, saturday: date) -> None:
    mini = desk.new_mini(DRAFT, description="Portraits under the city's first lights.", place="Millennium Park")
    desk.set_packages(mini.id, (_package("lights", "Lights", 18_000, "12 edited photos"),))
    desk.add_day(mini.id, DayPlan(date=saturday, start=time(16, 30), spots=6, duration=_TWENTY))


def _open(desk: StudioDesk, mini: Mini, packages: Sequence[Package], days: Sequence[DayPlan]) -> list[Spot]:
    """Publish the mini with these packages and days; gives its spots."""
    desk.set_packages(mini.id, packages)
    spots = [spot for day in days for spot in desk.add_day(mini.id, day)[1]]
    desk.publish(mini.id)
    return spots


def _day(day: date) -> DayPlan:
    """The storyboard's: 10 spots from 9, the last one over at 14:10."""
    lunch = Break(time(12, 0), timedelta(hours=1))
    return DayPlan(
        date=day, start=time(9, 0), spots=10, duration=_TWENTY, gap=timedelta(minutes=5), breaks=(lunch,), place=_PLACE
    )


def _package(name: str, title: str, cents: int, includes: str) -> Package:
    paid_by = PaidBy.OUTSIDE if cents else PaidBy.FREE
    return Package(id=name, title=title, fee=Money(cents, STUDIO.currency), paid_by=paid_by, includes=includes)


def _paid_online(mini: Package, plus: Package) -> tuple[Package, Package]:
    """One in full, the other by a retainer."""
    retainer = Share(amount=Money(5_000, STUDIO.currency))
    return replace(mini, paid_by=PaidBy.FULL), replace(plus, paid_by=PaidBy.RETAINER, retainer=retainer)


def _saturday(day: date) -> date:
    """The next Saturday from that day on."""
    return day + timedelta(days=(SATURDAY - day.weekday()) % 7)
