"""What was read of a studio's lines, as the tables of tests write it."""

from zoneinfo import ZoneInfo

from conversations.studio.typed_day import Problem, TypedDay
from conversations.typed_moments import readings_of
from core.minis.plan import DayPlan
from core.values.refusals import Refusal
from tests.conversations.typed_moments import written


def day_as_written(draft: TypedDay, zone: ZoneInfo) -> str:
    """The moment; the plan it makes for its first reading; what is missing, lent and not understood."""
    pieces = [written(draft.when)]
    if not draft.missing:
        pieces.append(_plan(draft, zone))
    else:
        pieces.append(f"missing {' '.join(draft.missing)}")
        pieces.append(_facts(draft))
    if draft.defaults:
        pieces.append(f"as last {' '.join(sorted(draft.defaults))}")
    if draft.not_understood:
        pieces.append(f"not understood {' | '.join(draft.not_understood)}")
    return "; ".join(piece for piece in pieces if piece)


def _plan(draft: TypedDay, zone: ZoneInfo) -> str:
    try:
        plan = draft.plan(readings_of(draft.when)[0], zone)
    except Refusal as refusal:
        return refusal.code
    return f"problem {plan}" if isinstance(plan, Problem) else plan_as_written(plan)


def plan_as_written(plan: DayPlan) -> str:
    minutes = int(plan.duration.total_seconds() // 60)
    gap = int(plan.gap.total_seconds() // 60)
    return " ".join(
        (
            f"{plan.spots}x{minutes}",
            *([f"gap {gap}"] if gap else ()),
            *(f"break {one.at:%H:%M}+{int(one.length.total_seconds() // 60)}" for one in plan.breaks),
            *(["same start"] if plan.same_start else ()),
            *([f"at <{plan.place}>"] if plan.place else ()),
        )
    )


def _facts(draft: TypedDay) -> str:
    return " ".join(
        (
            *([f"spots {draft.spots}"] if draft.spots is not None else ()),
            *([f"length {int(draft.duration.total_seconds() // 60)}"] if draft.duration is not None else ()),
            *([f"gap {int(draft.gap.total_seconds() // 60)}"] if draft.gap else ()),
            *(["breaks " + str(len(draft.breaks))] if draft.breaks else ()),
            *(["until"] if draft.until else ()),
            *(["same start"] if draft.same_start else ()),
            *([f"at <{draft.place}>"] if draft.place else ()),
        )
    )
