"""Clients, and the identities that point to them (DECISIONS 32)."""

from sqlalchemy import and_, bindparam, insert, select, update

from core.ports import Client, Identity
from storage.documents import CONTACT
from storage.execution import AnyRow
from storage.records.area import Area
from storage.statement import Statement
from storage.tables import clients, identities

_BY_IDENTITY = Statement(
    select(clients)
    .join(identities, and_(identities.c.studio_id == clients.c.studio_id, identities.c.client_id == clients.c.id))
    .where(
        identities.c.studio_id == bindparam("studio_id"),
        identities.c.channel == bindparam("channel"),
        identities.c.external_id == bindparam("external_id"),
    )
)
_ADD = Statement(insert(clients))
_ADD_IDENTITY = Statement(insert(identities))
_ONE = Statement(
    select(clients).where(clients.c.studio_id == bindparam("studio_id"), clients.c.id == bindparam("client_id"))
)
_CHANGE = Statement(
    update(clients)
    .where(clients.c.studio_id == bindparam("in_studio"), clients.c.id == bindparam("client_id"))
    .values({name: bindparam(name) for name in ("language", "contact")})
)


class ClientTable(Area):
    """core.ports.ClientRecords."""

    __slots__ = ()

    def by_identity(self, studio_id: str, identity: Identity) -> Client | None:
        row = self._execution.first(
            _BY_IDENTITY, studio_id=studio_id, channel=identity.channel, external_id=identity.external_id
        )
        return _client_of(row) if row else None

    def add(self, client: Client, identity: Identity, address: str) -> None:
        contact = CONTACT.maybe_write(client.contact)
        self._execution.write(_ADD, studio_id=client.studio_id, id=client.id, language=client.language, contact=contact)
        self._execution.write(
            _ADD_IDENTITY,
            studio_id=client.studio_id,
            channel=identity.channel,
            external_id=identity.external_id,
            client_id=client.id,
            address=address,
            seen_at=self._execution.now_micros,
        )

    def one(self, studio_id: str, client_id: str) -> Client | None:
        row = self._execution.first(_ONE, studio_id=studio_id, client_id=client_id)
        return _client_of(row) if row else None

    def change(self, client: Client) -> None:
        self._execution.write(
            _CHANGE,
            in_studio=client.studio_id,
            client_id=client.id,
            language=client.language,
            contact=CONTACT.maybe_write(client.contact),
        )


def _client_of(row: AnyRow) -> Client:
    return Client(
        id=row.id,
        studio_id=row.studio_id,
        language=row.language,
        contact=CONTACT.maybe_read(row.contact),
    )
