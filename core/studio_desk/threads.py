"""The desk's deeds with what clients ask, and with what the studio writes to them (F13)."""

from core.messages import thread
from core.messages.remark import Remark
from core.messages.thread import Thread
from core.studio_desk.desk import Desk
from core.studio_desk.rights import photographers
from core.telling import tell_of_remark

LATEST = 6  # remarks of a thread


class ThreadDeeds(Desk):
    @photographers
    def thread(self, client_id: str) -> Thread:
        """The latest of what the client and the studio said to each other. Raises NoSuchClient."""
        return thread.thread_of(self._records, self.studio.id, client_id, LATEST)

    @photographers
    def remark(self, remark_id: int) -> Remark | None:
        return self._records.threads.one(self.studio.id, remark_id)

    @photographers
    def answer(self, client_id: str, text: str, booking_id: str | None = None) -> Remark:
        """Say something to the client, asked or unasked. Raises what `thread.write` raises."""
        remark, answers = thread.write(self._records, self.member, client_id, text, booking_id)
        tell_of_remark(self._records, remark, answers=answers)
        return remark
