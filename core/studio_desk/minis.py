"""The desk's deeds with minis."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from core.booking.at_stake import AtStake, at_stake, check_finished
from core.booking.booking import LIVE_HOLD
from core.minis import pictures, publish
from core.minis.describe import Details, describe, read_description, read_place, read_title
from core.minis.mini import Mini, MiniState
from core.minis.papers import with_newest_papers
from core.minis.publish import MiniChanged
from core.payments import late, pay
from core.payments.refund import booking_of
from core.studio.settings import NotSetUp
from core.studio_desk.desk import Desk
from core.studio_desk.rights import everybody, photographers


class MiniDeeds(Desk):
    @photographers
    def new_mini(self, title: str, *, description: str = "", place: str = "", picture: str = "") -> Mini:
        """A draft, which nobody but the studio sees (B1); its link is there at once.

        Raises NotSetUp, and what `describe` raises.
        """
        return self._added(
            Mini(
                id=self._records.new_id(),
                studio_id=self.studio.id,
                title=read_title(title),
                description=read_description(description),
                place=read_place(place),
                picture=picture,
            )
        )

    @photographers
    def copy(self, mini_id: str, title: str) -> Mini:
        """A draft of all that the mini says and sells, without its days (B8). Raises NotSetUp, TitleOutOfRange."""
        mini = self._mini(mini_id)
        draft = replace(
            mini,
            id=self._records.new_id(),
            title=read_title(title),
            state=MiniState.DRAFT,
            paused=False,
            link_generation=1,
            opens_at=None,
            before=None,
            edited=(),
            version=1,
        )
        return with_newest_papers(self._records, self._added(draft))

    @photographers
    def describe(
        self,
        mini_id: str,
        *,
        title: str | None = None,
        description: str | None = None,
        place: str | None = None,
        picture: str | None = None,
        places_limit: int | None = None,
        seen: int | None = None,
    ) -> Mini:
        """Say what is given otherwise (B2); `seen` is the version that was looked at. Raises what `describe` raises."""
        mini = self._mini(mini_id)
        details = Details(title=title, description=description, place=place, picture=picture, places_limit=places_limit)
        said = describe(self._records, mini, details, seen)
        return said if said == mini else self._changed(said)

    @photographers
    def keep_picture(self, picture: bytes, beside: Collection[str] = ()) -> str:
        """Keep a picture for a mini, and give its id. Raises TooManyPictures (`pictures.keep_picture`)."""
        return pictures.keep_picture(self._records, self.studio.id, self.member.id, picture, beside).id

    @photographers
    def set_pictures(self, mini_id: str, ids: Sequence[str], *, seen: int | None = None) -> Mini:
        """Give it other pictures, or none (B2). Raises what `set_pictures` raises, and MiniChanged if it is over."""
        return self._changed(pictures.set_pictures(self._records, self._open_mini(mini_id), ids, seen))

    @photographers
    def set_taxed(self, mini_id: str, *, taxed: bool) -> Mini:
        """Whether the studio's tax is on this mini, for new bookings (A5, B10). Raises MiniChanged if it is over."""
        mini = self._open_mini(mini_id)
        if mini.taxed is taxed:
            return mini
        return self._changed(publish.change_mini(self._records, mini, replace(mini, taxed=taxed)))

    @photographers
    def missing(self, mini_id: str, *, takes_cards: bool = True, by: datetime | None = None) -> tuple[str, ...]:
        """What the mini still lacks to be published (B9), now or by a moment, as NotPublishable says it."""
        return publish.missing_to_publish(self._records, self._mini(mini_id), takes_cards=takes_cards, by=by)

    @photographers
    def publish(self, mini_id: str, *, takes_cards: bool = True) -> Mini:
        """Put it under /book (E3). Raises NotPublishable with what is missing (B9)."""
        return self._changed(publish.publish(self._records, self._mini(mini_id), takes_cards=takes_cards))

    @photographers
    def open_at(self, mini_id: str, at: datetime | None) -> Mini:
        """Have it publish itself at that moment, or not by itself any more (E4). Raises what `open_at` raises."""
        return self._changed(publish.open_at(self._records, self._mini(mini_id), at))

    @photographers
    def unpublish(self, mini_id: str) -> Mini:
        return self._changed(publish.unpublish(self._records, self._mini(mini_id)))

    @photographers
    def pause(self, mini_id: str) -> Mini:
        """Stop all new bookings; holds and bookings go on (E3)."""
        return self._changed(publish.pause(self._records, self._mini(mini_id), paused=True))

    @photographers
    def resume(self, mini_id: str) -> Mini:
        return self._changed(publish.pause(self._records, self._mini(mini_id), paused=False))

    @photographers
    def archive(self, mini_id: str) -> Mini:
        """Put a finished mini away (B8). Raises MiniNotFinished while anything that people have of it is ahead."""
        archived = publish.archive(self._records, self._mini(mini_id))
        # Looked at once nobody else can take anything of it: who took a seat before has been waited for.
        check_finished(self._records, archived)
        return self._changed(archived)

    @photographers
    def undo(self, mini_id: str) -> Mini:
        """Take the mini's last turn back: published, off the lists, paused, archived. Raises TooLateToUndo."""
        return self._changed(publish.undo(self._records, self._mini(mini_id)))

    @photographers
    def can_undo(self, mini: Mini) -> bool:
        return publish.can_undo(self._records, mini)

    @photographers
    def at_stake(self, mini_id: str) -> AtStake:
        """What hangs on the mini: bookings that would stay, holds and reservations that would end."""
        return at_stake(self._records, self.studio.id, mini_id)

    @photographers
    def cancel_mini(self, mini_id: str) -> Mini:
        """Call the mini off: its holds are cancelled and told, its open reservations removed.

        Confirmed bookings stay until each is cancelled by a word of its own, as money hangs on them.
        """
        mini = self._mini(mini_id)
        if mini.state is MiniState.CANCELLED:
            raise MiniChanged
        cancelled = publish.change_mini(
            self._records, mini, replace(mini, state=MiniState.CANCELLED, opens_at=None, before=None)
        )
        for reservation in self._records.reservations.of_mini(self.studio.id, mini_id):
            if reservation.is_open:
                self._remove(reservation)
        for booking in self._records.bookings.of_mini(self.studio.id, mini_id):
            if booking.state in LIVE_HOLD:
                self._do(pay.end_for_cancelled_mini(self._records, booking))
        for payment in self._records.payments.choosing_in(self.studio.id, mini_id):
            self._do(late.return_for_cancelled_mini(self._records, payment, booking_of(self._records, payment)))
        return self._changed(cancelled)

    @everybody
    def mini_link(self, mini: Mini) -> str:
        """The token of the mini's link: `m_` and this."""
        return self._records.links.token(publish.LINK, mini.id, mini.link_generation)

    def _added(self, mini: Mini) -> Mini:
        if not self.studio.set_up:
            raise NotSetUp
        self._records.minis.add(mini)
        self._records.links.add(self.studio.id, publish.LINK, mini.id, mini.link_generation)
        return mini
