"""Units of work: all or nothing, answered when durable, and nobody in anybody's way (DECISIONS 18-20)."""

import asyncio
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import replace
from threading import Event, Thread

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from core.booking.booking import Owner
from core.booking.hold import Wish, hold_spot
from core.booking.refusals import HoldElsewhere, SpotTaken
from core.values.news import News, What
from storage.line import Closed
from storage.store import Store
from storage.troubles import Busy, OutcomeUnknown, TookTooLong
from storage.unit import Unit
from tests.storage import raw
from tests.storage.builders import FALL, LUNA, a_message, a_mini, a_spot
from tests.storage.conftest import LINK_KEY

ANA = Owner.booking("ana's")


def note(subject: str) -> Callable[[Unit], None]:
    """A unit that writes one line of history."""
    return lambda records: records.history.add(LUNA, None, [News(what=What.MINI_CHANGED, subject_id=subject)])


def notes(store: Store) -> list[str | None]:
    return [row.subject_id for row in store.look(lambda records: records.history.since(0, 10_000))]


def taken(store: Store) -> int:
    return len(store.look(lambda records: records.claims.live(LUNA, ANA)))


def take(records: Unit) -> int:
    return records.claims.take(a_spot(), ANA, 1, exclusive=True)


@contextmanager
def a_busy_writer(store: Store) -> Generator[None]:
    """Keep SQLite's one writer inside a unit: whoever comes meanwhile waits, and is then one group."""
    begun, go_on = Event(), Event()

    def wait(_records: Unit) -> None:
        begun.set()
        assert go_on.wait(10)

    thread = Thread(target=lambda: store.do(wait))
    thread.start()
    assert begun.wait(10)
    try:
        yield
    finally:
        go_on.set()
        thread.join()


def refuse(records: Unit) -> None:
    note("undone")(records)
    raise SpotTaken


# -- one unit ----------------------------------------------------------------------------------------------------------


def test_a_refusal_rolls_the_unit_back_and_is_raised(store: Store):
    def work(records: Unit) -> None:
        take(records)
        raise SpotTaken(minutes=3)

    with pytest.raises(SpotTaken) as refused:
        store.do(work)

    assert refused.value.facts == {"minutes": 3}
    assert taken(store) == 0


def test_a_refused_deed_is_undone_and_the_rest_of_the_unit_is_kept(store: Store):
    """What came in counts as received even if the deed was refused, so that it is not delivered for ever."""

    def work(records: Unit) -> str:
        records.inbox.take("telegram", "7:1")
        try:
            with records.deed():
                take(records)
                note("deed")(records)
                refuse(records)
        except SpotTaken:
            note("refused")(records)
        return "answered"

    assert store.do(work) == "answered"
    assert store.do(lambda records: records.inbox.take("telegram", "7:1")) is False
    assert notes(store) == ["refused"]
    assert taken(store) == 0


def test_a_deed_that_the_database_refuses_leaves_the_unit_usable(store: Store):
    """On PostgreSQL an error spoils the transaction until the savepoint is rolled back to."""
    hold = Wish(mini_id=FALL, spot_id="spot1", package_id="mini", preview=True)
    store.do(lambda records: hold_spot(records, LUNA, "ana", hold))
    (booking,) = store.look(lambda records: records.bookings.of_mini(LUNA, FALL))

    def work(records: Unit) -> str:
        try:
            with records.deed():
                records.bookings.add(replace(booking, id="second", code="LP-7"))
        except HoldElsewhere:
            note("elsewhere")(records)
        return "answered"

    assert store.do(work) == "answered"
    assert notes(store) == ["elsewhere"]


def test_a_deed_that_succeeds_is_kept(store: Store):
    def work(records: Unit) -> None:
        with records.deed(), records.deed():
            take(records)

    store.do(work)

    assert taken(store) == 1


def test_an_error_rolls_the_unit_back_and_the_store_goes_on(store: Store):
    def work(records: Unit) -> None:
        take(records)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.do(work)

    assert taken(store) == 0
    assert store.do(take) == 1


def test_a_read_cannot_write(store: Store):
    with pytest.raises(DBAPIError):
        store.look(take)

    assert store.do(take) == 1


def test_a_read_sees_one_moment(store: Store):
    """Whatever is committed while it goes on."""

    def work(records: Unit) -> tuple[int, int]:
        before = len(records.history.since(0, 9))
        store.do(note("meanwhile"))
        return before, len(records.history.since(0, 9))

    assert store.look(work) == (0, 0)
    assert notes(store) == ["meanwhile"]


def test_a_read_does_not_wait_for_the_writer(sqlite_store: Store):
    with a_busy_writer(sqlite_store):
        assert taken(sqlite_store) == 0


@pytest.mark.full
def test_a_unit_that_takes_too_long_is_stopped(store: Store):
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"

    with pytest.raises(TookTooLong):
        store.do(lambda records: records._execution.mark(endless))
    with pytest.raises(TookTooLong):
        store.look(lambda records: records._execution.mark(endless))
    assert store.do(take) == 1


def test_a_hold_is_at_most_eight_statements(store: Store):
    wish = Wish(mini_id=FALL, spot_id="spot0", package_id="mini")

    def work(records: Unit) -> int:
        with records.deed():
            told = hold_spot(records, LUNA, "ana", wish)
            records.history.add(LUNA, "ana", told.news)
            records.outbox.add(LUNA, [a_message("one"), a_message("two")])
        return records.statements

    assert store.do(work) <= 8


# -- from the rim ------------------------------------------------------------------------------------------------------


async def test_many_units_at_once_all_come_back(store: Store):
    results = await asyncio.gather(*(store.run(note(str(number))) for number in range(300)))
    rows = await store.read(lambda records: records.history.since(0, 1000))

    assert len(results) == 300
    assert {row.subject_id for row in rows} == {str(number) for number in range(300)}


async def test_a_refusal_reaches_the_one_who_awaits(store: Store):
    def work(_records: Unit) -> None:
        raise SpotTaken

    with pytest.raises(SpotTaken):
        await store.run(work)


async def test_a_bug_that_no_future_takes_reaches_the_one_who_awaits_too(store: Store):
    def work(_records: Unit) -> None:
        next(iter(()))

    async with asyncio.timeout(10):
        with pytest.raises(RuntimeError, match="StopIteration"):
            await store.run(work)


async def test_a_unit_is_done_though_nobody_awaits_it_any_more(store: Store):
    begun, go_on = Event(), Event()

    def work(records: Unit) -> None:
        begun.set()
        assert go_on.wait(10)
        take(records)

    waiting = asyncio.ensure_future(store.run(work))
    await asyncio.to_thread(begun.wait)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    go_on.set()
    store.close()

    again = Store.open(store_url(store), link_key=LINK_KEY)
    assert taken(again) == 1
    again.close()


def store_url(store: Store) -> str:
    return store._keeper._engine.url.render_as_string(hide_password=False)


def test_commits_are_called_out_even_if_a_listener_fails(store: Store, caplog: pytest.LogCaptureFixture):
    heard: list[str] = []
    called = Event()

    def fail() -> None:
        raise RuntimeError("deaf")

    store.on_commit(fail)
    store.on_commit(lambda: heard.append("commit"))
    store.on_commit(called.set)
    store.do(take)

    assert called.wait(10)
    assert heard == ["commit"]
    assert "deaf" in caplog.text


def test_a_closed_store_takes_nobody_in(store: Store):
    store.close()

    with pytest.raises(Closed):
        store.do(take)


# -- group commit ------------------------------------------------------------------------------------------------------


async def group(store: Store, *units: Callable[[Unit], object]) -> list[object]:
    """Run the units in one group."""
    with a_busy_writer(store):
        waiting = [asyncio.ensure_future(store.run(unit)) for unit in units]
        await asyncio.sleep(0)  # each has joined the line when it first waits
    return await asyncio.gather(*waiting, return_exceptions=True)


async def test_units_that_wait_share_a_commit(sqlite_store: Store):
    commits: list[int] = []
    sqlite_store.on_commit(lambda: commits.append(1))

    await group(sqlite_store, *(note(str(number)) for number in range(100)))

    assert len(notes(sqlite_store)) == 100
    sqlite_store.close()
    assert len(commits) == 2  # the busy writer's, and one for all


async def test_in_a_group_only_the_one_that_fails_is_undone(sqlite_store: Store):
    def fail(records: Unit) -> None:
        note("undone")(records)
        raise ZeroDivisionError

    results = await group(sqlite_store, note("a"), fail, note("b"), refuse, note("c"))

    assert [type(result) for result in results] == [type(None), ZeroDivisionError, type(None), SpotTaken, type(None)]
    assert notes(sqlite_store) == ["a", "b", "c"]


async def test_when_the_common_commit_fails_only_the_culprit_does(sqlite_store: Store):
    """A foreign key that is checked at COMMIT stands for a disk that is full then."""
    calls: list[str] = []

    def spoil(records: Unit) -> None:
        calls.append("spoil")
        records._execution.mark("PRAGMA defer_foreign_keys=on")
        records.minis.add(a_mini(studio_id="nowhere"))

    results = await group(sqlite_store, note("a"), spoil, note("b"))

    assert results[0] is results[2] is None
    assert isinstance(results[1], IntegrityError)
    assert calls == ["spoil", "spoil"]
    assert notes(sqlite_store) == ["a", "b"]


async def test_on_a_full_disk_only_what_does_not_fit_fails(sqlite_store: Store):
    def fill(records: Unit) -> None:
        records.inbox.quarantine("telegram", "big", "x" * 3_000_000, "")

    pages = raw.rows(store_url(sqlite_store), text("PRAGMA page_count"))[0][0]
    sqlite_store.do(lambda records: records._execution.mark(f"PRAGMA max_page_count={pages + 200}"))

    results = await group(sqlite_store, note("a"), fill, note("b"))

    assert results[0] is results[2] is None
    assert "full" in str(results[1])
    assert notes(sqlite_store) == ["a", "b"]
    sqlite_store.do(note("c"))


async def test_the_urgent_go_first(sqlite_store: Store):
    order: list[str] = []
    with a_busy_writer(sqlite_store):
        waiting = [asyncio.ensure_future(sqlite_store.run(lambda _records: order.append("normal")))]
        waiting.append(asyncio.ensure_future(sqlite_store.run(lambda _records: order.append("urgent"), urgent=True)))
        await asyncio.sleep(0)
    await asyncio.gather(*waiting)

    assert order == ["urgent", "normal"]


# -- PostgreSQL's troubles ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["40001", "40P01"])
def test_a_serialization_failure_or_deadlock_is_tried_again(postgres_store: Store, state: str):
    calls: list[int] = []

    def work(records: Unit) -> None:
        note(f"call {len(calls)}")(records)
        calls.append(1)
        if len(calls) < 3:
            records._execution.mark(f"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{state}'; END $$")

    postgres_store.do(work)

    assert notes(postgres_store) == ["call 2"]


def test_one_that_never_ends_is_given_up(postgres_store: Store):
    calls: list[int] = []

    def work(records: Unit) -> None:
        calls.append(1)
        records._execution.mark("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001'; END $$")

    with pytest.raises(Busy):
        postgres_store.do(work)
    assert len(calls) == 5


def test_a_connection_lost_before_the_commit_is_made_again(postgres_store: Store):
    calls: list[int] = []

    def work(records: Unit) -> None:
        note(f"call {len(calls)}")(records)
        calls.append(1)
        if len(calls) == 1:
            records._execution.mark("SELECT pg_terminate_backend(pg_backend_pid())")

    postgres_store.do(work)

    assert notes(postgres_store) == ["call 1"]


def test_a_connection_lost_during_the_commit_leaves_the_outcome_unknown(
    postgres_store: Store, migrated_postgres_url: str
):
    raw.execute(
        migrated_postgres_url,
        """CREATE FUNCTION hang_up() RETURNS trigger LANGUAGE plpgsql AS
           $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$""",
        """CREATE CONSTRAINT TRIGGER hang_up AFTER INSERT ON history
           DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION hang_up()""",
    )

    with pytest.raises(OutcomeUnknown):
        postgres_store.do(note("perhaps"))
    assert postgres_store.do(take) == 1


def test_a_store_that_is_opened_to_read_refuses_to_write(store: Store, database_url: str):
    store.do(note("before"))
    reader = Store.open_to_read(database_url, link_key=LINK_KEY)
    try:
        with pytest.raises(DBAPIError):
            reader.do(note("written"))
        assert notes(reader) == ["before"]
    finally:
        reader.close()


def test_rows_of_one_unit_sort_as_they_were_made(store: Store):
    ids = store.do(lambda records: [records.new_id() for _ in range(50)])

    assert ids == sorted(set(ids))
