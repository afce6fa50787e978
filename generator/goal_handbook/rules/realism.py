"""GH5: the reality check against wishful thinking."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from ..findings import Finding
from ..model.goal import Goal
from ..source.load import Loaded
from ..source.nodes import Path
from ..status.assessment import Assessment, GoalState
from ..status.readings import Reading

#: Less than four weeks of readings say nothing of a pace.
_ENOUGH_DAYS = 28

#: A tenth above what was reached is no dream.
_STEEPER = Fraction(11, 10)

_Problem = tuple[str, Path, str, str]


def check_realism(loaded: Loaded, standing: Assessment) -> Iterator[Finding]:
    """Findings GH501 to GH507 of open goals, as of the standing's date."""
    for owner in standing.handbook.owners.values():
        for index, goal in enumerate(standing.by_owner[owner.id]):
            if goal.goal.closed:
                continue
            written = loaded.written(goal.full_id)
            for code, inner, message, help in _of_goal(goal, written):
                yield loaded.finding(owner.id, ("goals", index, *inner), code, message, help)
            yield from _fallen_totals(loaded, owner.id, index, written)


def _of_goal(standing: GoalState, goal: Goal) -> Iterator[_Problem]:
    """The problems of a goal; places are those of `goal`, as it is written."""
    yield from _coverage(standing)
    if goal.shape == "number":
        yield from _order(goal)
        yield from _steep(standing, goal)
    for i, landmark in enumerate(goal.landmarks):
        if landmark.due > goal.due:
            message = f'"{landmark.id}" is due on {landmark.due}, after the goal itself on {goal.due}'
            yield "GH505", ("landmarks", i, "due"), message, "mend one of the dates"


def _coverage(standing: GoalState) -> Iterator[_Problem]:
    cover, goal = standing.coverage, standing.goal
    if cover is None or goal.target is None:
        return
    at: Path = ("measure", "target")
    if cover.verdict != "sane":
        percent = f"{int(cover.ratio * 100)} %"
        message = f"the sellers' targets add up to {cover.total:,f}, {percent} of the team's {goal.target:,f}"
        help = (
            "agree on more with the sellers, or adjust the team's target"
            if cover.verdict == "low"
            else "find out who is hedging, or adjust the team's target"
        )
        yield "GH501", at, message, help
    for bound in cover.bounds:
        if bound.over:
            message = f"the target of {goal.target:,f} is above what can be carried: {bound.capacity.what}, "
            message += f"{bound.capacity.limit:,f}"
            yield "GH502", at, message, "raise the capacity or adjust the target"
    if cover.abilities is not None and cover.abilities < goal.target:
        message = (
            f"the target of {goal.target:,f} is above what the members can do, {cover.abilities:,f} by their estimates"
        )
        yield "GH503", at, message, "help them to more, or adjust the target"


def _order(goal: Goal) -> Iterator[_Problem]:
    """GH504 for each landmark that asks for less than one before it."""
    down = bool(goal.measure and goal.measure.goes_down)
    dated = sorted((lm.due, i, lm.value, lm.id) for i, lm in enumerate(goal.landmarks) if lm.value is not None)
    for (_, _, before, first), (due, i, value, _) in pairwise(dated):
        if (value > before) if down else (value < before):
            message = f'{value:,f} by {due} is {"more" if down else "less"} than the {before:,f} of "{first}" before it'
            yield "GH504", ("landmarks", i, "value"), message, "put the landmarks in order"


def _steep(standing: GoalState, written: Goal) -> Iterator[_Problem]:
    """GH506 for the next landmark that asks for more a day than was ever reached for as long."""
    goal, measure, latest = standing.goal, standing.goal.measure, standing.reading
    if measure is None or latest is None or (latest.on - goal.start).days < _ENOUGH_DAYS:
        return
    sign, unit = -1 if measure.goes_down else 1, "of money" if measure.unit == "money" else measure.unit
    way = [Reading(goal.start, measure.start_value), *(r for r in standing.readings if r.on > goal.start)]
    for coming in standing.landmarks:
        landmark = coming.landmark
        if coming.status not in {"upcoming", "due-soon"} or landmark.value is None or landmark.due <= latest.on:
            continue
        left = (landmark.due - latest.on).days
        needed, best = sign * Fraction(landmark.value - latest.value) / left, best_pace(way, left, sign)
        if needed > best * _STEEPER:
            index = [lm.id for lm in written.landmarks].index(landmark.id)
            message = (
                f'"{landmark.id}" asks for {_number(needed)} {unit} a day over {left} days;'
                f" the best so far was {_number(best)}"
            )
            yield "GH506", ("landmarks", index, "value"), message, "say in why: what will be different, or adjust it"
            return


def best_pace(way: list[Reading], days: int, sign: int = 1) -> Fraction:
    """The best progress per day over a stretch of `days`, or the next longer one the readings show.

    Where none is that long it is the pace of the whole way so far. `way` holds at least two readings by day.
    """
    paces = []
    for end in way:
        begun = [r for r in way if (end.on - r.on).days >= days]
        if begun:
            paces.append(_pace(begun[-1], end, sign))
    return max(paces, default=_pace(way[0], way[-1], sign))


def _pace(begin: Reading, end: Reading, sign: int) -> Fraction:
    days = (end.on - begin.on).days
    return sign * Fraction(end.value - begin.value) / days if days else Fraction(0)


def _fallen_totals(loaded: Loaded, owner: str, index: int, goal: Goal) -> Iterator[Finding]:
    """GH507 for each reading of a total to date that is lower than one before it."""
    measure = goal.measure
    if measure is None or measure.shape != "number" or measure.goes_down or measure.unit == "percent" or measure.from_:
        return
    highest, since = Decimal("-Infinity"), None
    readings = [(c.on, i, c) for i, c in enumerate(goal.checkins) if c.value is not None]
    for on, i, checkin in sorted(readings, key=lambda r: r[:2]):
        value = checkin.value or Decimal(0)
        if value < highest:
            message = f"{value:,f} on {on} is less than the {highest:,f} of {since}: a total to date cannot fall"
            help = "mend the wrong one; if a deal was undone, say so in note:"
            if checkin.note:
                continue
            if row := loaded.row_of(checkin):
                yield Finding("GH507", row.location, message, help, row.excerpt)
            else:
                yield loaded.finding(owner, ("goals", index, "checkins", i), "GH507", message, help)
        else:
            highest, since = value, on


def _number(value: Fraction) -> str:
    return f"{float(value):,.0f}" if abs(value) >= 100 else f"{float(value):,.2g}"
