"""Talks: one row a chat. What was said is the turn's, what was shown is the sender's; each writes only its own half."""

from datetime import timedelta

from sqlalchemy import Integer, Text, and_, bindparam, case, literal_column, select, update
from sqlalchemy.dialects.postgresql import insert

from core.ports import Client, Opening, TalkRow
from storage.columns import length_micros
from storage.documents import CONTACT, STUDIO
from storage.execution import NOW, AnyRow
from storage.message_tables import UNSHOWN, talks
from storage.records.area import Area
from storage.statement import Statement
from storage.tables import clients, studios

_OPEN = Statement(
    select(
        studios.c.body.label("studio_body"),
        clients.c.language,
        clients.c.contact,
        talks,
        NOW.label("now"),
    )
    .select_from(studios)
    .outerjoin(
        talks,
        and_(
            talks.c.studio_id == studios.c.id,
            talks.c.channel == bindparam("in_channel"),
            talks.c.chat == bindparam("in_chat"),
        ),
    )
    .outerjoin(clients, and_(clients.c.studio_id == talks.c.studio_id, clients.c.id == talks.c.client_id))
    .where(studios.c.id == bindparam("in_studio"))
)
_OF_CLIENT = Statement(
    select(talks)
    .where(talks.c.studio_id == bindparam("studio_id"), talks.c.client_id == bindparam("client_id"))
    .order_by(talks.c.used_at.desc(), talks.c.channel, talks.c.chat)
    .limit(literal_column("1", Integer))
)
_ADD = Statement(insert(talks).on_conflict_do_nothing())
_THIS = (
    talks.c.studio_id == bindparam("in_studio"),
    talks.c.channel == bindparam("in_channel"),
    talks.c.chat == bindparam("in_chat"),
)
#: As it was read, which is what the new body was made from.
_WAS_SHOWN = bindparam("read_shown", type_=Integer) >= bindparam("read_revision", type_=Integer)
_SAVE = Statement(
    update(talks)
    .where(*_THIS, talks.c.revision == bindparam("read_revision"))
    .values({name: bindparam(name) for name in ("client_id", "member_id", "watches", "body", "revision", "used_at")})
    .values(ahead=case((_WAS_SHOWN, literal_column("''", Text)), else_=talks.c.ahead))
)
_SHOWN = Statement(
    update(talks)
    .where(*_THIS, talks.c.shown_revision <= bindparam("shown_revision"))
    .values(shown_revision=bindparam("shown_revision"), card=bindparam("card"))
)
_SENT_AHEAD = Statement(update(talks).where(*_THIS).values(ahead=talks.c.ahead.concat(bindparam("key"))))
_UNSHOWN = Statement(
    select(talks)
    .where(UNSHOWN, talks.c.used_at <= bindparam("before"))
    .order_by(talks.c.used_at)
    .limit(bindparam("most", type_=Integer))
)


class TalkTable(Area):
    """core.ports.TalkRecords."""

    __slots__ = ()

    def open(self, studio_id: str, channel: str, chat: str) -> Opening | None:
        row = self._execution.first(_OPEN, in_studio=studio_id, in_channel=channel, in_chat=chat)
        if row is None:
            return None
        self._execution.saw_now(row.now)
        studio = STUDIO.read(row.studio_body)
        if row.chat is None:
            return Opening(studio)
        return Opening(studio, _client_of(studio_id, row), _talk_of(row))

    def of_client(self, studio_id: str, client_id: str) -> TalkRow | None:
        row = self._execution.first(_OF_CLIENT, studio_id=studio_id, client_id=client_id)
        return _talk_of(row) if row else None

    def save(self, studio_id: str, row: TalkRow, *, read_revision: int | None) -> bool:
        said = {
            "client_id": row.client_id,
            "member_id": row.member_id,
            "watches": row.watches,
            "body": row.body,
            "revision": row.revision,
        }
        now = self._execution.now_micros
        if read_revision is None:
            written = self._execution.write(
                _ADD,
                studio_id=studio_id,
                channel=row.channel,
                chat=row.chat,
                shown_revision=row.shown_revision,
                card=row.card,
                ahead="",
                used_at=now,
                **said,
            )
        else:
            written = self._execution.write(
                _SAVE,
                in_studio=studio_id,
                in_channel=row.channel,
                in_chat=row.chat,
                read_revision=read_revision,
                read_shown=row.shown_revision,
                used_at=now,
                **said,
            )
        return written == 1

    def shown(self, studio_id: str, channel: str, chat: str, revision: int, card: str | None) -> None:
        self._execution.write(
            _SHOWN, in_studio=studio_id, in_channel=channel, in_chat=chat, shown_revision=revision, card=card
        )

    def sent_ahead(self, studio_id: str, channel: str, chat: str, key: str) -> None:
        self._execution.write(
            _SENT_AHEAD,
            in_studio=studio_id,
            in_channel=channel,
            in_chat=chat,
            key=f"{key}\n",
        )

    def unshown(self, limit: int, *, idle: timedelta = timedelta(0)) -> list[tuple[str, TalkRow]]:
        before = self._execution.now_micros - length_micros(idle)
        rows = self._execution.all(_UNSHOWN, before=before, most=limit)
        return [(row.studio_id, _talk_of(row)) for row in rows]


def _client_of(studio_id: str, row: AnyRow) -> Client | None:
    """Whose talk it is, where it is a client's."""
    if row.client_id is None:
        return None
    return Client(id=row.client_id, studio_id=studio_id, language=row.language, contact=CONTACT.maybe_read(row.contact))


def _talk_of(row: AnyRow) -> TalkRow:
    return TalkRow(
        channel=row.channel,
        chat=row.chat,
        client_id=row.client_id,
        member_id=row.member_id,
        watches=row.watches,
        body=row.body,
        revision=row.revision,
        shown_revision=row.shown_revision,
        card=row.card,
        ahead=tuple(row.ahead.splitlines()),
    )
