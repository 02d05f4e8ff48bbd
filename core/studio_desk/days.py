"""The desk's deeds with days and their spots."""

from dataclasses import replace

from core.booking.refusals import SpotNotFree
from core.minis.add_break import add_break
from core.minis.mini import Day, Spot
from core.minis.packages import check_amount
from core.minis.plan import Break, DayPlan, check_future, spots_of
from core.minis.publish import MiniChanged
from core.studio_desk.desk import Desk
from core.studio_desk.rights import photographers
from core.values.money import Money
from core.values.news import News, What


class DayDeeds(Desk):
    @photographers
    def add_day(self, mini_id: str, plan: DayPlan) -> tuple[Day, tuple[Spot, ...]]:
        """Save a day with its spots (C1, C3). Raises StartIsPast, and what the plan's clock asks about (C6)."""
        mini = self._mini(mini_id)
        check_future(plan, self._records.now, self.studio.zone)
        day = Day(
            id=self._records.new_id(),
            studio_id=self.studio.id,
            mini_id=mini.id,
            date=plan.date,
            place=plan.place,
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
    def add_break(self, mini_id: str, day_id: str, pause: Break) -> tuple[Spot, ...]:
        """Push a saved day's later spots past a break; gives those that moved. Raises what `add_break` raises (C5)."""
        moved, news = add_break(self._records, self.studio, mini_id, day_id, pause)
        self._note(news)
        return moved

    @photographers
    def change_spot(self, spot_id: str, *, closed: bool | None = None, premium_minor: int | None = None) -> Spot:
        """Close or open a spot, or make it dearer, while it is free (C7, B4). Raises SpotNotFree and AmountTooLarge."""
        if premium_minor is not None:
            check_amount(self.studio, Money(premium_minor, self.studio.currency))
        known = self._records.spots.one(self.studio.id, spot_id)
        if known is None:
            raise MiniChanged
        rows = self._records.spots.to_change(self.studio.id, known.mini_id, known.day_id)
        row = next(row for row in rows if row.spot.id == spot_id)
        if row.taken:
            raise SpotNotFree
        changed = replace(
            row.spot,
            closed=row.spot.closed if closed is None else closed,
            premium_minor=row.spot.premium_minor if premium_minor is None else premium_minor,
        )
        self._records.spots.change(changed)
        return changed
