"""The desk's deeds with a member's own walk through a mini as its client (E1, DECISIONS 6)."""

from core.booking.booking import Booking
from core.minis import publish
from core.minis.mini import Mini
from core.studio_desk.desk import Desk
from core.studio_desk.rights import photographers


class PreviewDeeds(Desk):
    @photographers
    def preview_link(self, mini: Mini) -> str:
        """The token of this member's own way to walk the mini as a client does (E1): `v_` and this."""
        return self._records.links.add(
            self.studio.id, publish.PREVIEW_LINK, self._preview_subject(mini), mini.link_generation
        )

    @photographers
    def preview_token(self, mini: Mini) -> str:
        """The same token again. It opens something once `preview_link` has given it."""
        return self._records.links.token(publish.PREVIEW_LINK, self._preview_subject(mini), mini.link_generation)

    @photographers
    def previews(self) -> list[Booking]:
        """The member's own live previews, of whichever minis."""
        client_id = self.member.client_id
        return self._records.bookings.previews(self.studio.id, client_id) if client_id else []

    @photographers
    def end_previews(self) -> list[Booking]:
        """End the member's own live previews; their spots are free at once, and nobody is told."""
        return self._end_previews(self.member)

    def _preview_subject(self, mini: Mini) -> str:
        return f"{self.member.id}.{mini.id}"
