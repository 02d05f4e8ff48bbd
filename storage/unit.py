"""One unit of work: the records of every area on one connection (core.ports.Records)."""

import secrets
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection

from core.values.refusals import Refusal
from core.values.tokens import new_ids
from storage.driver import Cursor
from storage.execution import Execution
from storage.records.bookings import BookingTable
from storage.records.checkouts import CheckoutTable
from storage.records.claims import ClaimTable
from storage.records.clients import ClientTable
from storage.records.clock import ClockTable
from storage.records.files import FileTable
from storage.records.history import HistoryTable
from storage.records.inbox import InboxTable
from storage.records.links import LinkTable
from storage.records.minis import MiniTable
from storage.records.outbox import OutboxTable
from storage.records.papers import PaperTable
from storage.records.payments import PaymentTable
from storage.records.refunds import RefundTable
from storage.records.reservations import ReservationTable
from storage.records.sealing import Seals
from storage.records.seals import SealTable
from storage.records.secrets import SecretTable
from storage.records.spots import SpotTable
from storage.records.studios import StudioTable
from storage.records.talks import TalkTable
from storage.records.threads import ThreadTable
from storage.records.till_keys import TillKeyTable


class Unit:
    """The records as one unit of work sees them. Whoever made it begins and ends the transaction."""

    __slots__ = ("_execution", "_ids", "_link_key")

    def __init__(self, connection: Connection, cursor: Cursor, link_key: bytes) -> None:
        self._execution = Execution(connection, cursor)
        self._link_key = link_key
        self._ids: Iterator[str] | None = None

    @property
    def statements(self) -> int:
        """How many statements the unit has executed so far."""
        return self._execution.statements

    @property
    def now(self) -> datetime:
        return self._execution.now

    def new_id(self) -> str:
        self._ids = self._ids or new_ids(self.now)
        return next(self._ids)

    def new_code(self, prefix: str, digits: int) -> str:
        least = 10 ** (digits - 1)
        return f"{prefix}-{least + secrets.randbelow(9 * least)}"

    @contextmanager
    def deed(self) -> Generator[None]:
        execution = self._execution
        execution.mark("SAVEPOINT deed")
        try:
            yield
        except Refusal:
            execution.mark("ROLLBACK TO SAVEPOINT deed")
            execution.mark("RELEASE SAVEPOINT deed")
            raise
        execution.mark("RELEASE SAVEPOINT deed")

    @property
    def studios(self) -> StudioTable:
        return StudioTable(self._execution)

    @property
    def minis(self) -> MiniTable:
        return MiniTable(self._execution)

    @property
    def spots(self) -> SpotTable:
        return SpotTable(self._execution)

    @property
    def claims(self) -> ClaimTable:
        return ClaimTable(self._execution)

    @property
    def bookings(self) -> BookingTable:
        return BookingTable(self._execution)

    @property
    def checkouts(self) -> CheckoutTable:
        return CheckoutTable(self._execution)

    @property
    def payments(self) -> PaymentTable:
        return PaymentTable(self._execution)

    @property
    def refunds(self) -> RefundTable:
        return RefundTable(self._execution)

    @property
    def till_keys(self) -> TillKeyTable:
        return TillKeyTable(self._execution)

    @property
    def reservations(self) -> ReservationTable:
        return ReservationTable(self._execution)

    @property
    def papers(self) -> PaperTable:
        return PaperTable(self._execution, Seals(self._link_key))

    @property
    def files(self) -> FileTable:
        return FileTable(self._execution, Seals(self._link_key))

    @property
    def seals(self) -> SealTable:
        return SealTable(self._execution, Seals(self._link_key))

    @property
    def clients(self) -> ClientTable:
        return ClientTable(self._execution)

    @property
    def links(self) -> LinkTable:
        return LinkTable(self._execution, self._link_key)

    @property
    def secrets(self) -> SecretTable:
        return SecretTable(self._execution)

    @property
    def talks(self) -> TalkTable:
        return TalkTable(self._execution)

    @property
    def inbox(self) -> InboxTable:
        return InboxTable(self._execution)

    @property
    def outbox(self) -> OutboxTable:
        return OutboxTable(self._execution)

    @property
    def threads(self) -> ThreadTable:
        return ThreadTable(self._execution)

    @property
    def history(self) -> HistoryTable:
        return HistoryTable(self._execution)

    @property
    def clock(self) -> ClockTable:
        return ClockTable(self._execution)
