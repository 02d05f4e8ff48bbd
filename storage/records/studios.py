"""Studios and their teams."""

from dataclasses import replace

from sqlalchemy import Integer, and_, bindparam, delete, insert, literal_column, select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert

from core.payments.till_key import INSTALLATIONS
from core.ports import Identity
from core.studio.studio import Member, Role, Studio
from storage.columns import length_micros
from storage.documents import STUDIO
from storage.execution import AnyRow
from storage.records.area import Area
from storage.statement import Statement, word
from storage.tables import member_identities, members, studios

_ADD = Statement(insert(studios))
_ONE = Statement(select(studios.c.body).where(studios.c.id == bindparam("studio_id")))
_ALL = Statement(select(studios.c.body).order_by(studios.c.id))
_CHANGE = Statement(
    update(studios)
    .where(studios.c.id == bindparam("studio_id"), studios.c.version == bindparam("old_version"))
    .values({name: bindparam(name) for name in ("several_shooters", "photos_kept", "body", "version")})
)
_ADD_MEMBER = Statement(insert(members))
_MEMBERS = select(members).where(members.c.studio_id == bindparam("studio_id"))
_MEMBER = Statement(_MEMBERS.where(members.c.id == bindparam("member_id")))
_MEMBER_OF_CLIENT = Statement(
    _MEMBERS.where(members.c.client_id == bindparam("client_id"), ~members.c.removed).order_by(members.c.id)
)
_CHANGE_MEMBER = Statement(
    update(members)
    .where(members.c.studio_id == bindparam("in_studio"), members.c.id == bindparam("member_id"))
    .values({name: bindparam(name) for name in ("name", "role", "language", "client_id", "removed")})
)
_TEAM = Statement(_MEMBERS.where(~members.c.removed).order_by(members.c.id))
_MEMBER_BY_IDENTITY = Statement(
    _MEMBERS.join(
        member_identities,
        and_(
            member_identities.c.studio_id == members.c.studio_id,
            member_identities.c.member_id == members.c.id,
        ),
    ).where(
        member_identities.c.channel == bindparam("channel"),
        member_identities.c.external_id == bindparam("external_id"),
        ~members.c.removed,
    )
)
_OWNER = Statement(
    select(member_identities.c.member_id)
    .join(
        members,
        and_(members.c.studio_id == member_identities.c.studio_id, members.c.id == member_identities.c.member_id),
    )
    .where(
        member_identities.c.studio_id == bindparam("studio_id"),
        members.c.role == word(Role.OWNER),
        ~members.c.removed,
    )
    .limit(literal_column("1", Integer))
)
_given = pg_insert(member_identities)
_ADD_IDENTITY = Statement(
    _given.on_conflict_do_update(
        index_elements=["studio_id", "channel", "external_id"],
        set_={name: _given.excluded[name] for name in ("member_id", "address", "seen_at")},
    )
)
_DROP_IDENTITIES = Statement(
    delete(member_identities).where(
        member_identities.c.studio_id == bindparam("studio_id"), member_identities.c.member_id == bindparam("member_id")
    )
)


class StudioTable(Area):
    """core.ports.StudioRecords."""

    __slots__ = ()

    def add(self, studio: Studio) -> None:
        self._execution.write(
            _ADD,
            id=studio.id,
            several_shooters=studio.several_shooters,
            photos_kept=length_micros(studio.photos_kept),
            till=INSTALLATIONS,
            body=STUDIO.write(studio),
            version=studio.version,
        )

    def one(self, studio_id: str) -> Studio | None:
        row = self._execution.first(_ONE, studio_id=studio_id)
        return STUDIO.read(row.body) if row else None

    def all(self) -> list[Studio]:
        return [STUDIO.read(row.body) for row in self._execution.all(_ALL)]

    def change(self, old: Studio, new: Studio) -> bool:
        new = replace(new, version=old.version + 1)
        changed = self._execution.write(
            _CHANGE,
            studio_id=old.id,
            old_version=old.version,
            several_shooters=new.several_shooters,
            photos_kept=length_micros(new.photos_kept),
            body=STUDIO.write(new),
            version=new.version,
        )
        return changed == 1

    def add_member(self, member: Member) -> None:
        self._execution.write(_ADD_MEMBER, studio_id=member.studio_id, id=member.id, **_member_values(member))

    def member(self, studio_id: str, member_id: str) -> Member | None:
        row = self._execution.first(_MEMBER, studio_id=studio_id, member_id=member_id)
        return _member_of(row) if row else None

    def member_of_client(self, studio_id: str, client_id: str) -> Member | None:
        row = self._execution.first(_MEMBER_OF_CLIENT, studio_id=studio_id, client_id=client_id)
        return _member_of(row) if row else None

    def change_member(self, member: Member) -> None:
        self._execution.write(_CHANGE_MEMBER, in_studio=member.studio_id, member_id=member.id, **_member_values(member))

    def team(self, studio_id: str) -> list[Member]:
        return [_member_of(row) for row in self._execution.all(_TEAM, studio_id=studio_id)]

    def member_by_identity(self, studio_id: str, identity: Identity) -> Member | None:
        row = self._execution.first(
            _MEMBER_BY_IDENTITY, studio_id=studio_id, channel=identity.channel, external_id=identity.external_id
        )
        return _member_of(row) if row else None

    def add_identity(self, member: Member, identity: Identity, address: str) -> None:
        self._execution.write(
            _ADD_IDENTITY,
            studio_id=member.studio_id,
            channel=identity.channel,
            external_id=identity.external_id,
            member_id=member.id,
            address=address,
            seen_at=self._execution.now_micros,
        )

    def has_owner(self, studio_id: str) -> bool:
        return self._execution.first(_OWNER, studio_id=studio_id) is not None

    def drop_identities(self, studio_id: str, member_id: str) -> None:
        self._execution.write(_DROP_IDENTITIES, studio_id=studio_id, member_id=member_id)


def _member_values(member: Member) -> dict[str, str | bool | None]:
    return {
        "name": member.name,
        "role": member.role.value,
        "language": member.language,
        "client_id": member.client_id,
        "removed": member.removed,
    }


def _member_of(row: AnyRow) -> Member:
    return Member(
        id=row.id,
        studio_id=row.studio_id,
        name=row.name,
        role=Role(row.role),
        client_id=row.client_id,
        language=row.language,
        removed=bool(row.removed),
    )
