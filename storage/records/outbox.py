"""The outbox: what must go out, in order for each client, each row once at a time (STATES, "Messages out")."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Integer,
    Text,
    and_,
    bindparam,
    exists,
    false,
    func,
    literal_column,
    not_,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.sql.selectable import NamedFromClause

from core.messages.records import LeasedMessage, NewMessage, Sending, SentMessage
from core.studio.studio import NOTIFIED
from storage.columns import length_micros, maybe_micros, maybe_moment
from storage.documents import FACTS
from storage.execution import AnyRow
from storage.message_tables import OUTBOX_SENT, OUTBOX_UNSENT, OUTBOX_WAITING, UNSENT, outbox, talks
from storage.records.area import Area
from storage.statement import Statement, Value, one_of, word
from storage.tables import identities, member_identities, members

_ONE = literal_column("1", Integer)

_COLUMNS = (
    *("studio_id", "key", "kind", "client_id", "member_id", "lane", "booking_id", "facts"),
    *("state", "due_at", "drop_after", "attempts", "ambiguous"),
)
_SUPERSEDE = Statement(
    update(outbox)
    .where(
        outbox.c.studio_id == bindparam("in_studio"),
        outbox.c.booking_id == bindparam("of_booking"),
        outbox.c.kind == bindparam("of_kind"),
        OUTBOX_UNSENT,
        outbox.c.state != word(Sending.LEASED),
    )
    .values(state=word(Sending.SUPERSEDED))
)

_FAILED = (Sending.RETRY, Sending.AMBIGUOUS)
_now = bindparam("now", type_=BigInteger())


def _held_back(row: NamedFromClause) -> ColumnElement[bool]:
    """An older message about the same booking failed and waits for its next attempt."""
    failed = outbox.alias(f"failed_before_{row.name}")
    return exists().where(
        failed.c.studio_id == row.c.studio_id,
        failed.c.lane == row.c.lane,
        failed.c.id < row.c.id,
        failed.c.booking_id.is_not_distinct_from(row.c.booking_id),
        one_of(failed.c.state, UNSENT),
        one_of(failed.c.state, _FAILED),
        failed.c.due_at > _now,
    )


# One message to a person at a time, in order. Only what could be sent itself keeps a younger one waiting, so that a
# failing message holds back those of its own booking and no others.
_due = outbox.alias("due")
_older = outbox.alias("older")
_NEXT = (
    select(_due.c.id)
    .where(
        one_of(_due.c.state, UNSENT),
        _due.c.lane.is_not(None),
        _due.c.due_at <= _now,
        not_(_held_back(_due)),
        not_(
            exists().where(
                _older.c.studio_id == _due.c.studio_id,
                _older.c.lane == _due.c.lane,
                _older.c.id < _due.c.id,
                one_of(_older.c.state, UNSENT),
                or_(_older.c.state == word(Sending.LEASED), and_(_older.c.due_at <= _now, not_(_held_back(_older)))),
            )
        ),
    )
    .order_by(_due.c.due_at, _due.c.id)
    .limit(bindparam("most", type_=Integer))
    .with_for_update(skip_locked=True)
)
_clients_last = (
    select(identities)
    .where(identities.c.studio_id == outbox.c.studio_id, identities.c.client_id == outbox.c.client_id)
    .order_by(identities.c.seen_at.desc(), identities.c.channel)
    .limit(_ONE)
    .correlate(outbox)
)
_members_last = (
    select(member_identities)
    .where(
        member_identities.c.studio_id == outbox.c.studio_id,
        member_identities.c.member_id == outbox.c.member_id,
        exists().where(
            members.c.studio_id == member_identities.c.studio_id,
            members.c.id == member_identities.c.member_id,
            ~members.c.removed,
        ),
    )
    .order_by(member_identities.c.seen_at.desc(), member_identities.c.channel)
    .limit(_ONE)
    .correlate(outbox)
)


def _where_reached(name: str) -> ColumnElement[str]:
    """Where the person was last seen: a client on the clients' channels, a member on the studio's."""
    client = _clients_last.with_only_columns(identities.c[name]).scalar_subquery()
    member = _members_last.with_only_columns(member_identities.c[name]).scalar_subquery()
    return func.coalesce(client, member)


_LEASE = Statement(
    update(outbox)
    .where(outbox.c.id.in_(_NEXT))
    .values(
        state=word(Sending.LEASED),
        leased_by=bindparam("worker"),
        due_at=bindparam("until"),
        attempts=outbox.c.attempts + _ONE,
        channel=_where_reached("channel"),
        address=_where_reached("address"),
        # A lease that ran out was perhaps used: the row may have arrived.
        ambiguous=one_of(outbox.c.state, (Sending.AMBIGUOUS, Sending.LEASED)),
    )
    .returning(outbox)
)


def _given(name: str) -> BindParameter[Any]:
    return bindparam(name, type_=outbox.c[name].type)


_one_message = select(_ONE.label("one")).subquery("one_message")
# A message to the studio is a row for each who runs it and has a chat with its bot; while nobody has, one that waits.
_heard_by = and_(
    _given("client_id").is_(None),
    _given("member_id").is_(None),
    members.c.studio_id == _given("studio_id"),
    ~members.c.removed,
    one_of(members.c.role, sorted(NOTIFIED)),
    exists().where(member_identities.c.studio_id == members.c.studio_id, member_identities.c.member_id == members.c.id),
)
_ADD = Statement(
    insert(outbox)
    .from_select(
        list(_COLUMNS),
        select(
            _given("studio_id"),
            _given("key") + func.coalesce(literal_column("':'", Text) + members.c.id, literal_column("''", Text)),
            _given("kind"),
            _given("client_id"),
            func.coalesce(_given("member_id"), members.c.id),
            func.coalesce(_given("client_id"), _given("member_id"), members.c.id),
            *(_given(name) for name in ("booking_id", "facts", "state", "due_at", "drop_after")),
            literal_column("0", Integer),
            false(),
        )
        .select_from(_one_message.outerjoin(members, _heard_by))
        # SQLite would take ON CONFLICT for the join's ON.
        .where(_one_message.c.one == _ONE)
        .order_by(members.c.id),
    )
    .on_conflict_do_nothing(index_elements=["studio_id", "key"])
    .inline()
)

_watching = talks.alias("watching")
_text = bindparam("row_kind", type_=Text())
_REFRESH = Statement(
    insert(outbox)
    .from_select(
        list(_COLUMNS),
        select(
            _watching.c.studio_id,
            _text
            + literal_column("':'", Text)
            + _watching.c.member_id
            + literal_column("':'", Text)
            + bindparam("about", type_=Text()),
            _text,
            null(),
            _watching.c.member_id,
            # A lane beside the member's own: a picture of how things stand keeps no alert waiting.
            _text + literal_column("':'", Text) + _watching.c.member_id,
            null(),
            bindparam("row_facts", type_=Text()),
            word(Sending.READY),
            bindparam("due", type_=BigInteger()),
            null(),
            literal_column("0", Integer),
            false(),
        ).where(
            _watching.c.studio_id == bindparam("of_studio", type_=Text()),
            _watching.c.watches == bindparam("of_mini", type_=Text()),
            _watching.c.member_id.is_not(None),
        ),
    )
    .on_conflict_do_nothing(index_elements=["studio_id", "key"])
    .inline()
)
_WAITING = (outbox.c.studio_id == bindparam("in_studio"), OUTBOX_WAITING)
_OUTDATE = Statement(
    update(outbox)
    .where(*_WAITING, outbox.c.due_at < bindparam("before", type_=BigInteger()))
    .values(state=word(Sending.SUPERSEDED))
)
_ADDRESS = Statement(
    update(outbox).where(*_WAITING).values(member_id=bindparam("new_member"), lane=bindparam("new_lane"))
)
_WITHDRAW = Statement(
    update(outbox)
    .where(outbox.c.studio_id == bindparam("in_studio"), outbox.c.member_id == bindparam("of_member"), OUTBOX_UNSENT)
    .values(state=word(Sending.SUPERSEDED), leased_by=null())
)
_SETTLE = Statement(
    update(outbox)
    .where(
        outbox.c.id == bindparam("row_id"),
        outbox.c.state == word(Sending.LEASED),
        outbox.c.leased_by == bindparam("worker"),
    )
    .values(
        state=bindparam("new_state"),
        leased_by=null(),
        due_at=bindparam("not_before"),
        provider_id=func.coalesce(bindparam("new_provider_id", type_=outbox.c.provider_id.type), outbox.c.provider_id),
        error=bindparam("new_error"),
    )
)
_SENT = Statement(
    select(outbox.c.kind, outbox.c.booking_id, outbox.c.facts)
    .where(
        outbox.c.studio_id == bindparam("studio_id"),
        outbox.c.channel == bindparam("channel"),
        outbox.c.address == bindparam("address"),
        outbox.c.provider_id == bindparam("provider_id"),
        OUTBOX_SENT,
    )
    .order_by(outbox.c.id.desc())
    .limit(_ONE)
)


class OutboxTable(Area):
    """core.messages.records.OutboxRecords."""

    __slots__ = ()

    def add(self, studio_id: str, messages: Sequence[NewMessage]) -> None:
        self._execution.write_all(_ADD, [self._row(studio_id, one) for one in messages])

    def _row(self, studio_id: str, message: NewMessage) -> dict[str, Value]:
        return {
            "studio_id": studio_id,
            "key": message.key,
            "kind": message.kind,
            "client_id": message.client_id,
            "member_id": message.member_id,
            "booking_id": message.booking_id,
            "facts": FACTS.write(dict(message.values)),
            "state": Sending.READY.value,
            "due_at": maybe_micros(message.not_before) or self._execution.now_micros,
            "drop_after": maybe_micros(message.drop_after),
        }

    def refresh(self, studio_id: str, mini_id: str, kind: str, every: timedelta) -> None:
        step = length_micros(every)
        due = self._execution.now_micros // step * step + step
        self._execution.write(
            _REFRESH,
            row_kind=kind,
            about=f"{mini_id}:{due}",
            row_facts=FACTS.write({"mini": mini_id}),
            due=due,
            of_studio=studio_id,
            of_mini=mini_id,
        )

    def withdraw(self, studio_id: str, member_id: str) -> None:
        self._execution.write(_WITHDRAW, in_studio=studio_id, of_member=member_id)

    def address(self, studio_id: str, member_id: str, older: timedelta) -> int:
        before = self._execution.now_micros - length_micros(older)
        outdated = self._execution.write(_OUTDATE, in_studio=studio_id, before=before)
        self._execution.write(_ADDRESS, in_studio=studio_id, new_member=member_id, new_lane=member_id)
        return outdated

    def sent(self, studio_id: str, channel: str, address: str, provider_id: str) -> SentMessage | None:
        row = self._execution.first(
            _SENT, studio_id=studio_id, channel=channel, address=address, provider_id=provider_id
        )
        if row is None:
            return None
        return SentMessage(kind=row.kind, booking_id=row.booking_id, values=FACTS.read(row.facts))

    def supersede(self, studio_id: str, booking_id: str, kinds: Sequence[str]) -> None:
        self._execution.write_all(
            _SUPERSEDE, [{"in_studio": studio_id, "of_booking": booking_id, "of_kind": kind} for kind in kinds]
        )

    def lease(self, worker: str, limit: int, lease: timedelta) -> list[LeasedMessage]:
        now = self._execution.now_micros
        rows = self._execution.all(_LEASE, worker=worker, now=now, until=now + length_micros(lease), most=limit)
        return [_leased(row) for row in sorted(rows, key=lambda row: row.id)]

    def settle(
        self,
        worker: str,
        row_id: int,
        state: Sending,
        *,
        provider_id: str | None = None,
        error: str | None = None,
        not_before: datetime | None = None,
    ) -> bool:
        settled = self._execution.write(
            _SETTLE,
            worker=worker,
            row_id=row_id,
            new_state=state.value,
            new_provider_id=provider_id,
            new_error=error,
            not_before=maybe_micros(not_before) or self._execution.now_micros,
        )
        return settled == 1


def _leased(row: AnyRow) -> LeasedMessage:
    return LeasedMessage(
        id=row.id,
        studio_id=row.studio_id,
        key=row.key,
        kind=row.kind,
        client_id=row.client_id,
        member_id=row.member_id,
        booking_id=row.booking_id,
        values=FACTS.read(row.facts),
        channel=row.channel,
        address=row.address,
        attempts=row.attempts,
        ambiguous=bool(row.ambiguous),
        drop_after=maybe_moment(row.drop_after),
    )
