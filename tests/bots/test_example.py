from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bots.example import DRAFT, FALL, FREE, FULL, STUDIO, links_of_example
from bots.settings import Settings, SettingsWrong
from conversations.starter_kit import starter_kit
from core.minis.mini import Mini, MiniState, PaidBy
from core.minis.records import SpotRow
from core.values.moments import local
from storage.migrations import upgrade
from storage.store import Store


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.model_validate(
        {
            "home": tmp_path,
            "clients_bot_token": "",
            "telegram_api_url": "http://127.0.0.1:9",
            "database_url": "",
            "stripe_secret_key": "",
        }
    )


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    links_of_example(settings)
    store = Store.open(settings.database)
    yield store
    store.close()


def minis_of(store: Store) -> dict[str, Mini]:
    return {mini.title: mini for mini in store.look(lambda records: records.minis.all(STUDIO.id))}


def spots_of(store: Store, mini: Mini) -> list[SpotRow]:
    return store.look(lambda records: records.spots.list(STUDIO.id, mini.id, records.now))


@pytest.mark.rule("B12")
def test_fall_minis_have_the_starter_kits_papers(store: Store):
    mini, kit = minis_of(store)[FALL], starter_kit(STUDIO.locale)
    (contract,) = store.look(lambda records: records.papers.contracts(STUDIO.id))
    asked = {one.title: one for one in store.look(lambda records: records.papers.questionnaires(STUDIO.id))}

    assert (contract.title, contract.text) == (kit.contract.title, kit.contract.text)
    assert mini.contracts == (contract.edition,)
    assert mini.questionnaire == asked[kit.questionnaire.title].edition
    assert mini.questionnaire_after == asked[kit.after.title].edition


def test_fall_minis_are_those_of_the_storyboard(store: Store):
    mini = minis_of(store)[FALL]
    spots = spots_of(store, mini)

    saturday = [local(row.spot.starts, STUDIO.zone) for row in spots[:10]]
    assert [f"{start:%a %H:%M}" for start in saturday] == [
        *("Sat 09:00", "Sat 09:25", "Sat 09:50", "Sat 10:15", "Sat 10:40", "Sat 11:05", "Sat 11:30"),
        *("Sat 13:00", "Sat 13:25", "Sat 13:50"),
    ]
    assert len(spots) == 20
    assert {f"{local(row.spot.starts, STUDIO.zone):%a}" for row in spots[10:]} == {"Sun"}
    assert [(package.fee.minor, package.paid_by) for package in mini.packages] == [
        (15_000, PaidBy.OUTSIDE),
        (21_000, PaidBy.OUTSIDE),
    ]


def test_where_cards_are_taken_one_package_is_paid_in_full_and_one_by_a_retainer(settings: Settings):
    takes_cards = settings.model_copy(update={"stripe_secret_key": SecretStr("sk_test_51LunaPhoto")})
    links_of_example(takes_cards)
    store = Store.open(settings.database)
    minis = minis_of(store)
    store.close()

    full, retained = minis[FALL].packages
    assert (full.fee.minor, full.paid_by, full.retainer) == (15_000, PaidBy.FULL, None)
    assert (retained.fee.minor, retained.paid_by) == (21_000, PaidBy.RETAINER)
    assert retained.retainer
    assert retained.retainer.amount
    assert retained.retainer.amount.minor == 5_000
    assert minis[FREE].packages[0].paid_by is PaidBy.FREE


def test_the_shoots_are_days_ahead(store: Store):
    now = store.look(lambda records: records.now)

    assert all(
        row.spot.starts - now > timedelta(days=3) for mini in minis_of(store).values() for row in spots_of(store, mini)
    )


def test_one_spot_is_kept_for_grandma_at_a_discount(store: Store):
    mini = minis_of(store)[FALL]
    (reservation,) = store.look(lambda records: records.reservations.of_mini(STUDIO.id, mini.id))

    (kept,) = [row for row in spots_of(store, mini) if row.taken]
    assert kept.spot.id == reservation.spot_id
    assert f"{local(kept.spot.starts, STUDIO.zone):%a %H:%M}" == "Sat 10:40"
    assert reservation.discount
    assert reservation.discount.percent_hundredths == 2000


def test_there_is_a_free_one_a_full_one_and_a_draft(store: Store):
    minis = minis_of(store)

    assert minis[FREE].packages[0].paid_by is PaidBy.FREE
    assert all(row.taken for row in spots_of(store, minis[FULL]))
    assert minis[DRAFT].state is MiniState.DRAFT


def test_the_picture_lies_in_the_home(store: Store, settings: Settings):
    assert (settings.folder / minis_of(store)[FALL].picture).stat().st_size > 10_000


def test_it_leaves_another_studio_alone(settings: Settings):
    upgrade(settings.database)
    other = Store.open(settings.database)
    other.do(lambda records: records.studios.add(replace(STUDIO, id="sol", name="Sol Photo")))
    other.close()

    with pytest.raises(SettingsWrong, match="This database is Sol Photo's"):
        links_of_example(settings)
