"""Talks, inbox, outbox and history: what was said, what came in, what must go out, and what happened."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from core.messages.records import LeasedMessage, NewMessage, Sending, SentMessage
from core.ports import Identity, Opening, TalkRow
from core.values.news import News, What
from storage.message_tables import inbox
from storage.store import Store
from storage.tables import identities
from storage.unit import Unit
from tests.storage import raw
from tests.storage.builders import LUNA, a_client, a_message, a_studio

MINUTE = timedelta(minutes=1)


# -- talks -------------------------------------------------------------------------------------------------------------


def a_talk(**facts: Any) -> TalkRow:
    known: dict[str, Any] = {
        "channel": "telegram",
        "chat": "chat-ana",
        "client_id": "ana",
        "body": '{"answers": []}',
        "revision": 1,
        "shown_revision": 0,
        "card": None,
    }
    return TalkRow(**(known | facts))


def save(store: Store, row: TalkRow, *, read_revision: int | None) -> bool:
    return store.do(lambda records: records.talks.save(LUNA, row, read_revision=read_revision))


def the_talk(store: Store) -> TalkRow | None:
    opening = store.look(lambda records: records.talks.open(LUNA, "telegram", "chat-ana"))
    return opening.talk if opening else None


def last_used(store: Store, client_id: str) -> str | None:
    talk = store.look(lambda records: records.talks.of_client(LUNA, client_id))
    return talk.channel if talk else None


def test_a_talk_is_begun_once(store: Store):
    assert the_talk(store) is None
    assert save(store, a_talk(), read_revision=None) is True
    assert save(store, a_talk(body="another"), read_revision=None) is False
    assert the_talk(store) == a_talk()


def test_a_turn_opens_with_studio_client_and_talk(store: Store):
    assert store.look(lambda records: records.talks.open("nowhere", "telegram", "chat-ana")) is None
    assert store.look(lambda records: records.talks.open(LUNA, "telegram", "chat-ana")) == Opening(a_studio())

    save(store, a_talk(), read_revision=None)

    assert store.look(lambda records: records.talks.open(LUNA, "telegram", "chat-ana")) == Opening(
        a_studio(), a_client("ana"), a_talk()
    )


def test_a_document_in_the_chat_is_known_until_a_screen_that_was_shown_is_answered(store: Store):
    """Two answers may overtake the screen; each of their own encloses what it did."""

    def answer(read: TalkRow | None) -> TalkRow:
        read_revision = read.revision if read else None
        revision, shown = (read.revision + 1, read.shown_revision) if read else (1, 0)
        assert save(store, a_talk(revision=revision, shown_revision=shown), read_revision=read_revision)
        now = the_talk(store)
        assert now
        return now

    def show(revision: int) -> TalkRow:
        store.do(lambda records: records.talks.shown(LUNA, "telegram", "chat-ana", revision, None))
        now = the_talk(store)
        assert now
        return now

    first = answer(None)
    store.do(lambda records: records.talks.sent_ahead(LUNA, "telegram", "chat-ana", "the contract"))
    answer(answer(first))
    overtaken = show(2)
    read_before_it_was_shown = overtaken
    show(3)
    after = answer(read_before_it_was_shown)
    last = answer(show(4))

    assert (first.ahead, overtaken.ahead, after.ahead, last.ahead) == ((), ("the contract",), ("the contract",), ())


def test_a_talk_goes_on_only_from_the_revision_that_was_read(store: Store):
    save(store, a_talk(), read_revision=None)

    assert save(store, a_talk(revision=2, body="two"), read_revision=1) is True
    assert save(store, a_talk(revision=2, body="too late"), read_revision=1) is False
    assert the_talk(store) == a_talk(revision=2, body="two")


def test_what_was_shown_survives_a_turn_that_had_read_the_talk_before(store: Store):
    """Turn two may have read the row before the sender of turn one wrote what it had shown."""
    save(store, a_talk(), read_revision=None)
    read_before = the_talk(store)
    assert read_before is not None
    store.do(lambda records: records.talks.shown(LUNA, "telegram", "chat-ana", 1, "message 7"))
    save(store, replace(read_before, revision=2), read_revision=1)

    assert the_talk(store) == a_talk(revision=2, shown_revision=1, card="message 7")


def test_an_older_screen_that_was_sent_late_is_not_the_last_one_shown(store: Store):
    save(store, a_talk(revision=5), read_revision=None)
    store.do(lambda records: records.talks.shown(LUNA, "telegram", "chat-ana", 5, "message 9"))
    store.do(lambda records: records.talks.shown(LUNA, "telegram", "chat-ana", 4, "message 8"))

    assert the_talk(store) == a_talk(revision=5, shown_revision=5, card="message 9")


def test_screens_that_were_never_sent_are_found(store: Store):
    save(store, a_talk(), read_revision=None)
    save(store, a_talk(chat="chat-ben", client_id="ben", shown_revision=1), read_revision=None)

    assert store.look(lambda records: records.talks.unshown(9)) == [(LUNA, a_talk())]
    assert store.look(lambda records: records.talks.unshown(9, idle=MINUTE)) == []
    store.do(lambda records: records.clock.shift(2 * MINUTE))
    assert store.look(lambda records: records.talks.unshown(9, idle=MINUTE)) == [(LUNA, a_talk())]

    store.do(lambda records: records.talks.shown(LUNA, "telegram", "chat-ana", 1, None))
    assert store.look(lambda records: records.talks.unshown(9)) == []


def test_a_clients_talk_is_that_of_the_chat_used_last(store: Store):
    save(store, a_talk(), read_revision=None)
    store.do(lambda records: records.clock.shift(MINUTE))
    save(store, a_talk(channel="slack", chat="D7"), read_revision=None)
    assert last_used(store, "ana") == "slack"

    store.do(lambda records: records.clock.shift(MINUTE))
    save(store, a_talk(revision=2), read_revision=1)
    assert last_used(store, "ana") == "telegram"
    assert last_used(store, "ben") is None


# -- inbox -------------------------------------------------------------------------------------------------------------


def test_an_event_is_dealt_with_once(store: Store):
    assert store.do(lambda records: records.inbox.take("telegram", "7:1")) is True
    assert store.do(lambda records: records.inbox.take("telegram", "7:1")) is False
    assert store.do(lambda records: records.inbox.take("slack", "7:1")) is True


def test_an_event_put_aside_counts_as_received_whether_it_was_taken_or_not(store: Store, database_url: str):
    store.do(lambda records: records.inbox.take("telegram", "7:1"))
    store.do(lambda records: records.inbox.quarantine("telegram", "7:1", "{}", "KeyError"))
    store.do(lambda records: records.inbox.quarantine("telegram", "7:2", "[]", "ValueError"))

    assert store.do(lambda records: records.inbox.take("telegram", "7:2")) is False
    kept = raw.rows(database_url, inbox.select().order_by(inbox.c.key))
    assert [(row.body, row.error) for row in kept] == [("{}", "KeyError"), ("[]", "ValueError")]


# -- outbox ------------------------------------------------------------------------------------------------------------


def write(store: Store, *messages: NewMessage) -> None:
    store.do(lambda records: records.outbox.add(LUNA, messages))


def lease(store: Store, worker: str = "w1", limit: int = 9, length: timedelta = MINUTE) -> list[LeasedMessage]:
    return store.do(lambda records: records.outbox.lease(worker, limit, length))


def settle(store: Store, message: LeasedMessage, state: Sending, worker: str = "w1", **facts: Any) -> bool:
    return store.do(lambda records: records.outbox.settle(worker, message.id, state, **facts))


def later(store: Store, by: timedelta) -> None:
    store.do(lambda records: records.clock.shift(by))


def keys(messages: Iterable[LeasedMessage]) -> list[str]:
    return [message.key for message in messages]


def test_a_leased_message_knows_its_values_and_where_its_client_is(store: Store):
    now = store.look(lambda records: records.now)
    write(store, a_message("k", booking_id="b", values={"minutes": 3, "again": True}, drop_after=now + MINUTE))

    (message,) = lease(store)

    assert message == LeasedMessage(
        id=message.id,
        studio_id=LUNA,
        key="k",
        kind="confirmed",
        client_id="ana",
        booking_id="b",
        values={"minutes": 3, "again": True},
        channel="telegram",
        address="chat-ana",
        attempts=1,
        ambiguous=False,
        drop_after=now + MINUTE,
    )


def test_the_address_is_of_the_identity_seen_last_or_none(store: Store, database_url: str):
    store.do(lambda records: records.clients.add(a_client("cleo"), Identity("slack", "U1"), "D1"))
    newer = {"channel": "telegram", "external_id": "5", "address": "chat-5", "seen_at": 2**60}
    raw.execute(database_url, insert(identities).values(studio_id=LUNA, client_id="cleo", **newer))
    write(store, a_message("cleo's", client_id="cleo"), a_message("nobody's", client_id="unknown"))

    assert [(message.channel, message.address) for message in lease(store)] == [("telegram", "chat-5"), (None, None)]


def test_a_message_of_a_key_is_written_once(store: Store):
    write(store, a_message("k"))
    write(store, a_message("k", kind="changed"), a_message("other", client_id="ben"))

    assert [(message.key, message.kind) for message in lease(store)] == [("k", "confirmed"), ("other", "confirmed")]


def test_a_leased_message_is_nobody_elses_until_the_lease_ends(store: Store):
    write(store, a_message("k"))
    (first,) = lease(store)

    assert lease(store, "w2") == []
    later(store, 2 * MINUTE)
    (again,) = lease(store, "w2")

    assert (again.attempts, again.ambiguous) == (2, True)
    assert settle(store, first, Sending.SENT, worker="w1") is False
    assert settle(store, again, Sending.SENT, worker="w2", provider_id="77") is True
    later(store, 2 * MINUTE)
    assert lease(store) == []


def test_a_message_waits_for_its_time(store: Store):
    now = store.look(lambda records: records.now)
    write(store, a_message("k", not_before=now + 5 * MINUTE))

    assert lease(store) == []
    later(store, 6 * MINUTE)
    assert keys(lease(store)) == ["k"]


def test_a_client_is_written_to_in_order_one_message_at_a_time(store: Store):
    write(store, a_message("one"), a_message("two", booking_id="b"), a_message("ben's", client_id="ben"))

    first = lease(store)
    assert keys(first) == ["one", "ben's"]
    assert lease(store) == []
    settle(store, first[0], Sending.SENT)
    assert keys(lease(store)) == ["two"]


def test_a_failing_message_holds_back_only_its_own_bookings(store: Store):
    write(store, a_message("one", booking_id="b"))
    (failing,) = lease(store)
    not_before = store.look(lambda records: records.now) + 5 * MINUTE
    settle(store, failing, Sending.RETRY, error="502", not_before=not_before)
    write(store, a_message("same", booking_id="b"), a_message("other", booking_id="c"))

    assert keys(lease(store)) == ["other"]
    later(store, 6 * MINUTE)
    retried, *_ = lease(store, "w2")
    assert (retried.key, retried.attempts, retried.ambiguous) == ("one", 2, False)


def test_a_message_for_next_week_holds_nobody_back(store: Store):
    now = store.look(lambda records: records.now)
    write(
        store,
        a_message("reminder", booking_id="b", not_before=now + timedelta(days=7)),
        a_message("now", booking_id="b"),
    )

    assert keys(lease(store)) == ["now"]


def test_an_answer_that_was_lost_is_known_at_the_next_attempt(store: Store):
    write(store, a_message("k"))
    (first,) = lease(store)
    settle(store, first, Sending.AMBIGUOUS)
    (second,) = lease(store)
    settle(store, second, Sending.RETRY)
    (third,) = lease(store)

    assert [message.ambiguous for message in (first, second, third)] == [False, True, False]


def test_no_more_than_the_limit_is_leased_the_oldest_first(store: Store):
    now = store.look(lambda records: records.now)
    for number in range(4):
        client = f"c{number}"
        store.do(
            lambda records, client=client: records.clients.add(a_client(client), Identity("telegram", client), client)
        )
        write(store, a_message(f"k{number}", client_id=client, not_before=now - number * MINUTE))

    assert sorted(keys(lease(store, limit=2))) == ["k2", "k3"]


@pytest.mark.parametrize("state", [Sending.SENT, Sending.DEAD, Sending.DROPPED, Sending.SUPERSEDED])
def test_what_is_settled_for_good_is_not_sent_again(store: Store, state: Sending):
    write(store, a_message("k"))
    (message,) = lease(store)

    assert settle(store, message, state, error="blocked") is True
    assert settle(store, message, Sending.SENT) is False
    later(store, 5 * MINUTE)
    assert lease(store) == []


@pytest.mark.rule("F13")
def test_a_row_is_found_by_what_the_platform_calls_its_message_in_that_chat(store: Store):
    write(store, a_message("k", booking_id="b", values={"remark": 7}), a_message("other", client_id="ben"))
    for message in lease(store):
        settle(store, message, Sending.SENT, provider_id="12")

    def sent(chat: str, name: str = "12", studio: str = LUNA, channel: str = "telegram") -> SentMessage | None:
        return store.look(lambda records: records.outbox.sent(studio, channel, chat, name))

    assert sent("chat-ana") == SentMessage(kind="confirmed", booking_id="b", values={"remark": 7})
    assert sent("chat-ben") == SentMessage(kind="confirmed", booking_id=None, values={})
    assert sent("chat-ana", "13") is None
    assert sent("chat-ana", studio="another") is None
    assert sent("chat-ana", channel="slack") is None


def test_a_row_that_was_not_sent_is_found_by_no_name(store: Store):
    write(store, a_message("k"))
    settle(store, lease(store)[0], Sending.RETRY)

    assert store.look(lambda records: records.outbox.sent(LUNA, "telegram", "chat-ana", "None")) is None


def test_unsent_messages_of_a_kind_are_superseded(store: Store):
    write(
        store,
        a_message("one", booking_id="b", kind="reminder"),
        a_message("two", booking_id="b", kind="warning"),
        a_message("three", booking_id="b", kind="confirmed"),
        a_message("four", booking_id="c", kind="reminder", client_id="ben"),
    )
    store.do(lambda records: records.outbox.supersede(LUNA, "b", ["reminder", "warning"]))

    assert keys(lease(store)) == ["three", "four"]


def test_many_workers_lease_each_message_once(store: Store):
    clients = [f"c{number}" for number in range(20)]
    write(store, *(a_message(f"{client}:{turn}", client_id=client) for turn in range(5) for client in clients))

    def work(worker: str) -> list[LeasedMessage]:
        sent: list[LeasedMessage] = []
        while leased := lease(store, worker, limit=3):
            for message in leased:
                sent.append(message)
                assert settle(store, message, Sending.SENT, worker=worker)
        return sent

    with ThreadPoolExecutor(8) as threads:
        rounds = list(threads.map(work, [f"w{number}" for number in range(8)]))
    sent = [message for one in [*rounds, work("last")] for message in one]

    assert sorted(keys(sent)) == sorted(f"{client}:{turn}" for turn in range(5) for client in clients)
    assert all(message.attempts == 1 for message in sent)


def test_many_messages_are_one_statement(store: Store):
    def add(records: Unit):
        before = records.now and records.statements
        records.outbox.add(LUNA, [a_message(f"k{number}") for number in range(20)])
        records.history.add(LUNA, "ana", [News(what=What.HELD)] * 20)
        return records.statements - before

    assert store.do(add) == 2


# -- history -----------------------------------------------------------------------------------------------------------


def test_history_is_read_in_order_and_by_booking(store: Store):
    held = News(what=What.HELD, booking_id="b", facts={"until": "15:00", "places": 2})
    reserved = News(what=What.RESERVED, subject_id="gran's")
    confirmed = News(what=What.CONFIRMED, booking_id="b")
    store.do(lambda records: records.history.add(LUNA, "ana", [held, reserved]))
    store.do(lambda records: records.history.add(LUNA, None, [confirmed]))

    rows = store.look(lambda records: records.history.since(0, 9))

    assert [(row.what, row.booking_id, row.subject_id, row.facts) for row in rows] == [
        ("held", "b", None, {"until": "15:00", "places": 2}),
        ("reserved", None, "gran's", {}),
        ("confirmed", "b", None, {}),
    ]
    assert store.look(lambda records: records.history.since(rows[0].id, 1)) == [rows[1]]
    assert store.look(lambda records: records.history.of_booking(LUNA, "b")) == [rows[0], rows[2]]
    assert rows[0].at == rows[1].at <= rows[2].at
