"""Lasting links: found by the digest of their token, which only the secret key can make again (DECISIONS 10)."""

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from core.values.tokens import digest, link_token
from storage.execution import Execution
from storage.records.area import Area
from storage.statement import Statement
from storage.tables import links

_ADD = Statement(insert(links).on_conflict_do_nothing())
_FIND = Statement(
    select(links.c.subject_id).where(
        links.c.studio_id == bindparam("studio_id"),
        links.c.kind == bindparam("kind"),
        links.c.digest == bindparam("digest"),
        links.c.revoked_at.is_(None),
    )
)
_REVOKE = Statement(
    update(links)
    .where(
        links.c.studio_id == bindparam("in_studio"),
        links.c.kind == bindparam("of_kind"),
        links.c.subject_id == bindparam("of_subject"),
        links.c.revoked_at.is_(None),
    )
    .values(revoked_at=bindparam("revoked_at"))
)


class LinkTable(Area):
    """core.ports.LinkRecords."""

    __slots__ = ("_key",)

    def __init__(self, execution: Execution, key: bytes) -> None:
        super().__init__(execution)
        self._key = key

    def token(self, kind: str, subject_id: str, generation: int) -> str:
        if not self._key:
            raise ValueError("the store was opened without a key for links")
        return link_token(self._key, kind, subject_id, generation)

    def add(self, studio_id: str, kind: str, subject_id: str, generation: int) -> str:
        token = self.token(kind, subject_id, generation)
        self._execution.write(
            _ADD, studio_id=studio_id, kind=kind, digest=digest(token), subject_id=subject_id, revoked_at=None
        )
        return token

    def find(self, studio_id: str, kind: str, token: str) -> str | None:
        row = self._execution.first(_FIND, studio_id=studio_id, kind=kind, digest=digest(token))
        return row.subject_id if row else None

    def revoke(self, studio_id: str, kind: str, subject_id: str) -> None:
        now = self._execution.now_micros
        self._execution.write(_REVOKE, in_studio=studio_id, of_kind=kind, of_subject=subject_id, revoked_at=now)
