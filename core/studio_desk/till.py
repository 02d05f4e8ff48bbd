"""The desk's deeds with the studio's own till (A3). Keys come here checked and locked, and never leave open."""

from core.payments import connect
from core.payments.connect import Connected
from core.payments.till_key import Cards, Installation, LockedKey, Outstanding
from core.studio_desk.desk import Desk
from core.studio_desk.rights import everybody, owners


class TillDeeds(Desk):
    @everybody
    def cards(self, installation: Installation) -> Cards:
        """Whether cards are taken at this moment, and with whose key."""
        return connect.cards_of(self._records, self.studio.id, installation)

    @owners
    def outstanding(self) -> Outstanding:
        """What can be paid at the till at this moment."""
        return connect.outstanding(self._records, self.studio)

    @owners
    def connect_till(self, key: LockedKey, till: str | None, installation: Installation) -> Connected:
        """Take cards with this key from now on; `till` is the one that it is another key of. Raises TillInUse."""
        connected, news = connect.connect(self._records, self.studio, key, till, installation)
        self._note(news)
        return connected

    @owners
    def keep_hook(self, hook: str) -> None:
        """Believe the till's events by this, locked. Raises NoTillOfTheirOwn."""
        self._note(connect.keep_hook(self._records, self.studio, hook))

    @owners
    def disconnect_till(self) -> None:
        """Take cards without the studio's own key from now on. Raises TillInUse, NoTillOfTheirOwn."""
        self._note(connect.disconnect(self._records, self.studio))
