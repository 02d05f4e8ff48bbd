"""One-time secrets: found by their digests, and used once (DECISIONS 10)."""

from datetime import datetime

from sqlalchemy import bindparam, insert, update

from core.ports import Facts
from core.values.tokens import digest, new_secret
from storage.columns import micros
from storage.documents import FACTS
from storage.records.area import Area
from storage.statement import Statement
from storage.tables import secrets

_ADD = Statement(insert(secrets))
_OPEN = (
    secrets.c.studio_id == bindparam("in_studio"),
    secrets.c.kind == bindparam("of_kind"),
    secrets.c.used_at.is_(None),
)
_NOW = bindparam("now", type_=secrets.c.expires_at.type)
_USE = Statement(
    update(secrets)
    .where(*_OPEN, secrets.c.digest == bindparam("by_digest"), secrets.c.expires_at > _NOW)
    .values(used_at=_NOW)
    .returning(secrets.c.facts)
)
_WITHDRAW = Statement(update(secrets).where(*_OPEN).values(used_at=_NOW))


class SecretTable(Area):
    """core.ports.SecretRecords."""

    __slots__ = ()

    def add(self, studio_id: str, kind: str, facts: Facts, expires_at: datetime) -> str:
        secret = new_secret()
        self._execution.write(
            _ADD,
            studio_id=studio_id,
            kind=kind,
            digest=digest(secret),
            facts=FACTS.write(dict(facts)),
            expires_at=micros(expires_at),
            used_at=None,
        )
        return secret

    def use(self, studio_id: str, kind: str, secret: str) -> Facts | None:
        row = self._execution.first(
            _USE, in_studio=studio_id, of_kind=kind, by_digest=digest(secret), now=self._execution.now_micros
        )
        return FACTS.read(row.facts) if row else None

    def withdraw(self, studio_id: str, kind: str) -> None:
        self._execution.write(_WITHDRAW, in_studio=studio_id, of_kind=kind, now=self._execution.now_micros)
