"""The desk's deeds with what the studio says to its clients in its own words."""

from dataclasses import replace

from core.minis.mini import Mini
from core.minis.publish import change_mini
from core.paperwork.wording import checked
from core.studio.studio import Studio
from core.studio.wording import OwnWording, with_own
from core.studio_desk.desk import Desk
from core.studio_desk.rights import photographers
from core.values.news import News, What
from core.values.refusals import Overtaken


class WordingDeeds(Desk):
    @photographers
    def word(self, wanted: OwnWording) -> Studio:
        """Say this on its occasion to clients of all minis (B7); what says nothing takes the studio's own away.

        It holds for what is sent from now on, also of bookings under way. Raises what `wording.checked` raises.
        """
        worded = replace(self.studio, wordings=with_own(self.studio.wordings, checked(wanted)))
        if not self._records.studios.change(self.studio, worded):
            raise Overtaken
        self.studio = replace(worded, version=self.studio.version + 1)
        self._note(News(what=What.WORDED, facts={"occasion": wanted.occasion}))
        return self.studio

    @photographers
    def word_for(self, mini_id: str, wanted: OwnWording) -> Mini:
        """The same to clients of one mini, before the studio's. Raises MiniChanged for one that is over."""
        mini = self._open_mini(mini_id)
        worded = replace(mini, wordings=with_own(mini.wordings, checked(wanted)))
        return self._changed(change_mini(self._records, mini, worded))
