"""Luna Photo in Chicago, as the storyboard has it: builders with only the facts that matter, made through the doors."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from core.minis.mini import AddOn, Mini, Package, PaidBy, Share
from core.minis.plan import DayPlan
from core.paperwork.contract import Consent, Contract
from core.paperwork.questionnaire import read_questions
from core.ports import Records
from core.studio.studio import Studio
from core.studio_desk import StudioDesk, found_studio
from core.values.money import Money

CHICAGO = ZoneInfo("America/Chicago")
#: When every scene begins; a second after the full minute, so that what comes before in the same unit is in it too.
TODAY = datetime(2026, 11, 22, 18, 17, 1, tzinfo=CHICAGO)
SATURDAY = date(2026, 11, 28)
SUNDAY = date(2026, 11, 29)


def a_studio(**facts: Any) -> Studio:
    known: dict[str, Any] = {
        "id": "luna",
        "name": "Luna Photo",
        "zone_name": CHICAGO.key,
        "currency": "USD",
        "country": "US",
        "code_prefix": "LP",
        "phone": "+1 312 555 0100",
        "email": "hello@luna.example",
    }
    return Studio(**(known | facts))


def dollars(amount: int) -> Money:
    return Money(amount * 100, "USD")


def a_package(
    title: str = "Mini",
    fee: int = 150,
    *,
    includes: str = "10 photos",
    minutes: int | None = None,
    paid_by: PaidBy = PaidBy.OUTSIDE,
    retainer: Money | None = None,
) -> Package:
    """A package in whole dollars, paid outside unless told; one without a fee is free."""
    return Package(
        id=title.lower().replace(" ", "-"),
        title=title,
        fee=dollars(fee),
        paid_by=(PaidBy.RETAINER if retainer else paid_by) if fee else PaidBy.FREE,
        retainer=Share(amount=retainer) if retainer else None,
        includes=includes,
        length=timedelta(minutes=minutes) if minutes else None,
    )


def an_add_on(title: str, price: int, most: int = 1) -> AddOn:
    return AddOn(id=title.lower().replace(" ", "-"), title=title, price=dollars(price), most=most)


def a_day(on: date = SATURDAY, start: str = "10:15", spots: int = 4) -> DayPlan:
    """Spots of 20 minutes, 5 between."""
    return DayPlan(
        date=on,
        start=time.fromisoformat(start),
        spots=spots,
        duration=timedelta(minutes=20),
        gap=timedelta(minutes=5),
    )


def a_class(on: date = SATURDAY, start: str = "10:00", seats: int = 10) -> DayPlan:
    """An hour in which everyone starts together."""
    return DayPlan(date=on, start=time.fromisoformat(start), spots=seats, duration=timedelta(hours=1), same_start=True)


def a_mini(
    desk: StudioDesk,
    title: str = "Fall Minis",
    *,
    packages: Sequence[Package] = (),
    add_ons: Sequence[AddOn] = (),
    days: Sequence[DayPlan] = (),
    description: str = "",
    place: str = "Riverside Park, north gate",
    published: bool = True,
    contracts: Sequence[Contract] = (),
    questions: str = "",
    questions_after: str = "",
) -> Mini:
    """A mini with what is given, else with one package and one day."""
    mini = desk.new_mini(title, description=description, place=place)
    mini = desk.set_packages(mini.id, packages or [a_package()], add_ons)
    for plan in days or [a_day()]:
        desk.add_day(mini.id, plan)
    if contracts or questions or questions_after:
        during, after = (
            desk.save_questionnaire(f"{title}, {when}", read_questions(lines)).id if lines else None
            for when, lines in (("before", questions), ("after", questions_after))
        )
        signed = [one.id for one in contracts]
        mini = desk.set_papers(mini.id, contracts=signed, questionnaire=during, questionnaire_after=after)
    return desk.publish(mini.id) if published else mini


CONTRACT_TEXT = """# What we agree on
{studio} photographs {client_name} on {spot_date}, {spot_time}, at {place}.

1. The fee for **{package}** is {fee}.
2. You get {included}."""


def a_contract(desk: StudioDesk, title: str = "Session contract", text: str = CONTRACT_TEXT, **facts: Any) -> Contract:
    """A contract with a summary of two points and one consent, unless told."""
    known: dict[str, Any] = {
        "summary": ("You get {included}.", "Moving your time is free until {cancel_until}."),
        "consents": (
            Consent(id="website", question="May Luna Photo show your photos on its website?", label="Website photos"),
        ),
    }
    return desk.save_contract(title, text, **(known | facts))


def found(records: Records, **facts: Any) -> StudioDesk:
    """Open the studio, with the product's clock at `TODAY`; gives its owner's desk."""
    records.clock.shift(TODAY - records.now)
    studio = a_studio(**facts)
    return StudioDesk(records, studio, found_studio(records, studio, "Luna"))
