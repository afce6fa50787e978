"""GH5: checks that goals are realistic."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from ..findings import Finding
from ..model.goal import Goal
from ..source.load import Loaded
from ..source.nodes import NodePath
from ..status.assessment import Assessment, GoalState
from ..status.coverage import ability_goal
from ..status.readings import Reading
from ..words import days
from .problem import Problem

#: Readings that span less than four weeks are too few to judge a pace by.
_ENOUGH_DAYS = 28

#: A pace up to a tenth above the best so far is still realistic.
_STEEPER = Fraction(11, 10)


def check_realism(loaded: Loaded, assessment: Assessment) -> Iterator[Finding]:
    """Yield GH501 to GH507 and GH509 for open goals, as of the date of the assessment."""
    for owner in assessment.handbook.owners.values():
        for index, state in enumerate(assessment.by_owner[owner.id]):
            if state.goal.closed:
                continue
            written = loaded.written(state.full_id)
            for problem in _check_goal(state, written):
                path = ("goals", index, *problem.path)
                yield loaded.finding(owner.id, path, problem.code, problem.message, problem.help)
            yield from _falling_totals(loaded, owner.id, index, written)
    yield from _above_estimates(loaded, assessment)


def _check_goal(state: GoalState, written: Goal) -> Iterator[Problem]:
    """Yield the problems of a goal; their paths are those of `written`, the goal as the file has it."""
    yield from _coverage(state)
    if written.shape == "number":
        yield from _landmark_order(written)
        yield from _steep_landmark(state, written)
    for i, landmark in enumerate(written.landmarks):
        if landmark.due > written.due:
            message = f'landmark "{landmark.id}" is due on {landmark.due}, after the goal itself ({written.due})'
            yield Problem("GH505", ("landmarks", i, "due"), message, "correct one of the dates")


def _coverage(state: GoalState) -> Iterator[Problem]:
    coverage, target = state.coverage, state.goal.target
    if coverage is None or target is None:
        return
    path: NodePath = ("measure", "target")
    if coverage.verdict != "sane":
        percent = f"{int(coverage.ratio * 100)}%"
        message = f"the sellers' targets add up to {coverage.total:,f}, {percent} of the team's {target:,f}"
        help = (
            "agree on more with the sellers, or adjust the team's target"
            if coverage.verdict == "low"
            else "find out who is playing it safe, or adjust the team's target"
        )
        yield Problem("GH501", path, message, help)
    for use in coverage.capacities:
        if use.over:
            limit, what = use.capacity.limit, use.capacity.what
            message = f"the target of {target:,f} is above the capacity of {limit:,f} ({what})"
            yield Problem("GH502", path, message, "raise the capacity, or adjust the target")
    if coverage.abilities is not None and coverage.abilities < target:
        message = f"the target of {target:,f} is above the members' estimates, which add up to {coverage.abilities:,f}"
        yield Problem("GH503", path, message, "find out what would help them do more, or adjust the target")


def _above_estimates(loaded: Loaded, assessment: Assessment) -> Iterator[Finding]:
    """Yield GH509 where sellers aim for more than their leader thinks they can reach.

    It is reported in the team's file, where the estimate is: `goals check --owner SELLER` does not show it.
    """
    sellers = assessment.handbook.sellers
    for team in assessment.handbook.teams.values():
        for seller_id, ability in team.context.abilities.items():
            state = assessment.goals.get(ability_goal(team, ability))
            seller = sellers.get(seller_id)
            if state is None or seller is None or seller.left_before(assessment.as_of):
                continue
            targets = _open_targets(assessment, state, seller_id)
            total = sum(targets, Decimal(0))
            if total > ability.estimate:
                aims = f"target of {total:,f} is" if len(targets) == 1 else f"targets add up to {total:,f},"
                message = f"{seller.name}'s {aims} above the estimate of {ability.estimate:,f}"
                help = "find out what would help, and raise the estimate or adjust the target together"
                path = ("context", "abilities", seller_id, "estimate")
                yield loaded.finding(team.id, path, "GH509", message, help)


def _open_targets(assessment: Assessment, supported: GoalState, seller_id: str) -> list[Decimal]:
    """Return what a seller's goals count in a team goal's coverage, nothing if none of these goals is open."""
    if supported.goal.closed or supported.coverage is None:
        return []
    shares = [(assessment.goals[full_id], target) for full_id, target in supported.coverage.shares]
    own = [(state, target) for state, target in shares if state.owner_id == seller_id]
    return [target for _, target in own] if any(not state.goal.closed for state, _ in own) else []


def _landmark_order(goal: Goal) -> Iterator[Problem]:
    """Yield GH504 for each landmark that asks for less than the one before it."""
    down = bool(goal.measure and goal.measure.goes_down)
    dated = sorted((lm.due, i, lm.value, lm.id) for i, lm in enumerate(goal.landmarks) if lm.value is not None)
    for (_, _, before, earlier), (due, i, value, _) in pairwise(dated):
        if (value > before) if down else (value < before):
            more = "more" if down else "less"
            message = f'{value:,f} by {due} is {more} than the {before:,f} of "{earlier}", the landmark before it'
            yield Problem("GH504", ("landmarks", i, "value"), message, "correct the value or the date")


def _steep_landmark(state: GoalState, written: Goal) -> Iterator[Problem]:
    """Yield GH506 for the first coming landmark that needs a faster pace than was ever kept up for as long."""
    goal, measure, latest = state.goal, state.goal.measure, state.reading
    if measure is None or latest is None or (latest.on - goal.start).days < _ENOUGH_DAYS:
        return
    sign = -1 if measure.goes_down else 1
    unit = "" if measure.unit == "money" else f" {measure.unit}"
    readings = [Reading(goal.start, measure.start_value), *(r for r in state.readings if r.on > goal.start)]
    for coming in state.landmarks:
        landmark = coming.landmark
        if coming.status not in {"upcoming", "due-soon"} or landmark.value is None or landmark.due <= latest.on:
            continue
        left = (landmark.due - latest.on).days
        needed, best = sign * Fraction(landmark.value - latest.value) / left, best_pace(readings, left, sign)
        if needed > best * _STEEPER:
            index = [lm.id for lm in written.landmarks].index(landmark.id)
            message = (
                f'landmark "{landmark.id}" needs {_number(needed)}{unit} a day for {days(left)},'
                f" but the best pace so far was {_number(best)}"
            )
            help = "say in why: what will be different, or adjust the landmark"
            yield Problem("GH506", ("landmarks", index, "value"), message, help)
            return


def best_pace(readings: list[Reading], length: int, sign: int = 1) -> Fraction:
    """Return the best progress per day over `length` days, or over the next longer stretch the readings show.

    Without a stretch that long, it is the pace from the first reading to the last. `readings` are sorted by day and at
    least two; `sign` is -1 for a goal that goes down.
    """
    paces = []
    for end in readings:
        starts = [r for r in readings if (end.on - r.on).days >= length]
        if starts:
            paces.append(_pace(starts[-1], end, sign))
    return max(paces, default=_pace(readings[0], readings[-1], sign))


def _pace(start: Reading, end: Reading, sign: int) -> Fraction:
    elapsed = (end.on - start.on).days
    return sign * Fraction(end.value - start.value) / elapsed if elapsed else Fraction(0)


def _falling_totals(loaded: Loaded, owner: str, index: int, goal: Goal) -> Iterator[Finding]:
    """Yield GH507 for each total to date that is lower than an earlier one, unless its note says why."""
    measure = goal.measure
    if measure is None or measure.shape != "number" or measure.goes_down or measure.unit == "percent" or measure.from_:
        return
    highest, since = Decimal("-Infinity"), None
    readings = [(c.on, i, c) for i, c in enumerate(goal.checkins) if c.value is not None]
    for on, i, checkin in sorted(readings, key=lambda r: r[:2]):
        value = checkin.value or Decimal(0)
        if value >= highest:
            highest, since = value, on
        elif not checkin.note:
            message = f"{value:,f} on {on} is less than {highest:,f} on {since}, but a total to date cannot fall"
            help = "correct the wrong reading, or, if a deal fell through, say so in note:"
            if row := loaded.row_of(checkin):
                yield Finding("GH507", row.location, message, help, row.excerpt)
            else:
                yield loaded.finding(owner, ("goals", index, "checkins", i), "GH507", message, help)


def _number(value: Fraction) -> str:
    return f"{float(value):,.0f}" if abs(value) >= 100 else f"{float(value):,.2g}"
