"""The desk's deeds with days and their spots."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import time, timedelta

from core.booking import change_day
from core.minis import change_spots
from core.minis.add_break import add_break
from core.minis.change_spots import Closing
from core.minis.describe import read_place
from core.minis.mini import Day, Spot
from core.minis.overlapping import Overlap, overlaps_with
from core.minis.packages import check_amount
from core.minis.plan import Break, DayPlan, check_future, spots_of
from core.studio_desk.desk import Desk
from core.studio_desk.rights import photographers
from core.values.money import Money
from core.values.news import News, What


class DayDeeds(Desk):
    @photographers
    def add_day(self, mini_id: str, plan: DayPlan) -> tuple[Day, tuple[Spot, ...]]:
        """Save a day with its spots (C1, C3). Raises StartIsPast, PlaceTooLong, what the plan's clock asks (C6)."""
        mini = self._mini(mini_id)
        check_future(plan, self._records.now, self.studio.zone)
        day = Day(
            id=self._records.new_id(),
            studio_id=self.studio.id,
            mini_id=mini.id,
            date=plan.date,
            place=read_place(plan.place),
            same_start=plan.same_start,
        )
        spots = tuple(
            Spot(
                id=self._records.new_id(),
                studio_id=self.studio.id,
                mini_id=mini.id,
                day_id=day.id,
                starts=planned.starts,
                ends=planned.ends,
                seats=planned.seats,
            )
            for planned in spots_of(plan, self.studio.zone)
        )
        self._records.minis.add_day(day, spots)
        self._note(News(what=What.DAY_SAVED, subject_id=mini.id, facts={"spots": len(spots)}))
        return day, spots

    @photographers
    def overlaps(self, planned: DayPlan | Sequence[Spot]) -> list[Overlap]:
        """What a day to be, or saved spots, share time with in the studio: a warning, no refusal (C7)."""
        spots = spots_of(planned, self.studio.zone) if isinstance(planned, DayPlan) else planned
        return overlaps_with(self._records, self.studio, spots)

    @photographers
    def change_day(self, day_id: str, *, place: str) -> Day:
        """Give the day another place. Raises DayInUse with who is affected (C8), PlaceTooLong, MiniChanged."""
        day = change_day.change_day(self._records, self.studio, day_id, place=place)
        self._note_of_day(What.DAY_CHANGED, day)
        return day

    @photographers
    def remove_day(self, mini_id: str, day_id: str) -> None:
        """Raises DayInUse with who is affected, and does nothing (C8)."""
        self._note_of_day(What.DAY_REMOVED, change_day.remove_day(self._records, self.studio, mini_id, day_id))

    @photographers
    def add_break(self, mini_id: str, day_id: str, pause: Break) -> tuple[Spot, ...]:
        """Push a saved day's later spots past a break; gives those that moved. Raises what `add_break` raises (C5)."""
        moved, news = add_break(self._records, self.studio, mini_id, day_id, pause)
        self._note(news)
        return moved

    @photographers
    def add_spot(self, day_id: str, starts: time, *, length: timedelta | None = None, fold: int | None = None) -> Spot:
        """One more spot at a local time of the day's date (C7). Raises what `add_spot` raises."""
        spot = change_spots.add_spot(self._records, self.studio, day_id, starts, length, fold)
        return self._noted(What.SPOT_ADDED, spot)

    @photographers
    def remove_spot(self, spot_id: str) -> None:
        """Take a free spot off its day (C7). Raises what `remove_spot` raises."""
        self._noted(What.SPOT_REMOVED, change_spots.remove_spot(self._records, spot_id, self.studio))

    @photographers
    def lengthen(self, spot_id: str, minutes: int) -> Spot:
        """Let a free spot last so many minutes longer (C7). Raises what `lengthen` raises."""
        longer = change_spots.lengthen(self._records, spot_id, self.studio, timedelta(minutes=minutes))
        return self._noted(What.SPOT_CHANGED, longer)

    @photographers
    def change_spot(self, spot_id: str, *, closed: bool | None = None, premium_minor: int | None = None) -> Spot:
        """Close or open a spot, or make it dearer, while it is free (C7, B4). Raises SpotNotFree and AmountTooLarge."""
        if premium_minor is not None:
            check_amount(self.studio, Money(premium_minor, self.studio.currency))
        _, spot = change_spots.free_spot(self._records, self.studio.id, spot_id)
        changed = replace(
            spot,
            closed=spot.closed if closed is None else closed,
            premium_minor=spot.premium_minor if premium_minor is None else premium_minor,
        )
        self._records.spots.change(changed)
        return self._noted(What.SPOT_CHANGED, changed)

    @photographers
    def close_range(self, day_id: str, begins: time, ends: time, *, closed: bool) -> Closing:
        """Close or open the free spots of a range of the day, and say which were taken (C7, `/block 9:00-10:00`)."""
        day, done = change_spots.close_range(self._records, self.studio, day_id, begins, ends, closed=closed)
        facts = {"spots": len(done.changed), "closed": closed}
        self._note(News(what=What.SPOTS_CLOSED, subject_id=day.mini_id, facts=facts))
        return done

    def _noted(self, what: What, spot: Spot) -> Spot:
        self._note(News(what=what, subject_id=spot.mini_id, facts={"spot": spot.id}))
        return spot

    def _note_of_day(self, what: What, day: Day) -> None:
        self._note(News(what=what, subject_id=day.mini_id, facts={"day": day.id}))
