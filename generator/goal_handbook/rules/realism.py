"""GH5: checks that goals are realistic."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from ..figures import Formatter
from ..findings import Finding
from ..model.goal import Goal
from ..model.records import Closing
from ..source.load import Loaded
from ..source.nodes import NodePath
from ..status.assessment import Assessment, GoalState
from ..status.attainment import best_rate
from ..status.coverage import ability_goal
from ..status.flow import quotient
from ..status.reading_days import moves_of
from ..words import days
from .problem import Problem

#: A pace up to a tenth above the best so far is still realistic.
_STEEPER = Fraction(11, 10)


def check_realism(loaded: Loaded, assessment: Assessment) -> Iterator[Finding]:
    """Yield GH501 to GH509 for open goals and GH512 for closed ones, as of the date of the assessment."""
    fmt = Formatter(assessment.handbook.settings)
    for owner in assessment.handbook.owners.values():
        for index, state in enumerate(assessment.by_owner[owner.id]):
            written = loaded.written(state.full_id)
            if state.goal.closed:
                if short := _achieved_under_target(assessment, state, state.goal.closed, fmt):
                    yield loaded.finding(owner.id, ("goals", index, "closed", "result"), "GH512", *short)
                continue
            for problem in _check_goal(state, written, fmt):
                path = ("goals", index, *problem.path)
                yield loaded.finding(owner.id, path, problem.code, problem.message, problem.help)
            yield from _falling_totals(loaded, owner.id, index, written, fmt)
    yield from _above_estimates(loaded, assessment, fmt)


def _achieved_under_target(
    assessment: Assessment, state: GoalState, closed: Closing, fmt: Formatter
) -> tuple[str, str] | None:
    """Return a message and help where a goal was closed as achieved, and no reading that decides it says so.

    It is decided by the latest reading, the latest when it was closed, and the one of its last day.
    """
    measure = state.goal.measure
    if closed.result != "achieved" or measure is None or measure.target is None:
        return None
    by_then = closed.on + datetime.timedelta(days=assessment.handbook.settings.grace_days)
    then = next((reading for reading in reversed(state.readings) if reading.on <= by_then), None)
    at_the_end = (s.deciding for s in state.landmarks if s.landmark.due == state.goal.due)
    if any(r and measure.satisfied(r.value, measure.target) for r in (state.reading, then, *at_the_end)):
        return None
    aim, last = fmt.amount(measure.target, measure.unit), then or state.reading
    reached = f"{fmt.reading(last.value, measure.unit, [measure.target])} on {last.on}" if last else "nothing reported"
    message = f'"{state.goal.id}" was closed as achieved with {reached}, and its target is {aim}'
    return message, "add the reading that is missing, or close it with result: partly"


def _check_goal(state: GoalState, written: Goal, fmt: Formatter) -> Iterator[Problem]:
    """Yield the problems of a goal; their paths are those of `written`, the goal as the file has it."""
    yield from _coverage(state, fmt)
    yield from _capacity(state, fmt)
    if written.shape == "number":
        yield from _landmark_order(written, fmt)
        yield from _steep_landmark(state, written, fmt)
        yield from _days_without_a_reading(state, written)
    for i, landmark in enumerate(written.landmarks):
        if landmark.due > written.due:
            message = f'landmark "{landmark.id}" is due on {landmark.due}, after the goal itself ({written.due})'
            yield Problem("GH505", ("landmarks", i, "due"), message, "correct one of the dates")


def _coverage(state: GoalState, fmt: Formatter) -> Iterator[Problem]:
    coverage, measure = state.coverage, state.goal.measure
    if coverage is None or measure is None or measure.target is None:
        return
    path: NodePath = ("measure", "target")
    target, unit = measure.target, measure.unit
    aim = fmt.amount(target, unit)
    if coverage.verdict != "sane":
        total, percent = fmt.reading(coverage.total, unit, [coverage.needed]), fmt.percent(coverage.ratio)
        needed = fmt.amount(coverage.needed, unit)
        message = f"the goals that support it add up to {total}, {percent} of the {needed} it needs"
        help = (
            "agree on more with the sellers, or adjust the team's target"
            if coverage.verdict == "low"
            else "find out who is playing it safe, or adjust the team's target"
        )
        yield Problem("GH501", path, message, help)
    if coverage.abilities is not None and coverage.abilities < target:
        estimates = fmt.reading(coverage.abilities, unit, [target])
        message = f"the target of {aim} is above the members' estimates, which add up to {estimates}"
        yield Problem("GH503", path, message, "find out what would help them do more, or adjust the target")


def _capacity(state: GoalState, fmt: Formatter) -> Iterator[Problem]:
    """Yield GH502 for each capacity that the target is above."""
    measure = state.goal.measure
    for use in state.capacities:
        if use.over and measure and measure.target is not None:
            aim, what = fmt.amount(measure.target, measure.unit), use.capacity.what
            limit = fmt.reading(use.limit or use.capacity.limit, measure.unit, [measure.target])
            message = f"the target of {aim} is above the capacity of {limit} ({what})"
            yield Problem("GH502", ("measure", "target"), message, "raise the capacity, or adjust the target")


def _above_estimates(loaded: Loaded, assessment: Assessment, fmt: Formatter) -> Iterator[Finding]:
    """Yield GH509 where sellers aim for more than their leader thinks they can reach.

    It is reported in the team's file, where the estimate is: `goals check --owner SELLER` does not show it.
    """
    sellers = assessment.handbook.sellers
    for team in assessment.handbook.teams.values():
        for seller_id, ability in team.context.abilities.items():
            state = assessment.goals.get(ability_goal(team, ability))
            seller = sellers.get(seller_id)
            if state is None or state.goal.measure is None or seller is None or seller.left_before(assessment.as_of):
                continue
            targets, unit = _open_targets(assessment, state, seller_id), state.goal.measure.unit
            total = sum(targets, Decimal(0))
            if total > ability.estimate:
                aim, estimate = fmt.amount(total, unit), fmt.amount(ability.estimate, unit)
                aims = f"target of {aim} is" if len(targets) == 1 else f"targets add up to {aim},"
                message = f"{seller.name}'s {aims} above the estimate of {estimate}"
                help = "find out what would help, and raise the estimate or adjust the target together"
                path = ("context", "abilities", seller_id, "estimate")
                yield loaded.finding(team.id, path, "GH509", message, help)


def _open_targets(assessment: Assessment, supported: GoalState, seller_id: str) -> list[Decimal]:
    """Return what a seller's goals count in a team goal's coverage, nothing if none of these goals is open."""
    if supported.goal.closed or supported.coverage is None:
        return []
    own = [share for share in supported.coverage.shares if share.full_id.partition("/")[0] == seller_id]
    return [share.amount for share in own] if any(not share.ended for share in own) else []


def _landmark_order(goal: Goal, fmt: Formatter) -> Iterator[Problem]:
    """Yield GH504 for each landmark that asks for less than the one before it."""
    down, unit = bool(goal.measure and goal.measure.goes_down), goal.measure.unit if goal.measure else ""
    dated = sorted((lm.due, i, lm.value, lm.id) for i, lm in enumerate(goal.landmarks) if lm.value is not None)
    for (_, _, before, earlier), (due, i, value, _) in pairwise(dated):
        if (value > before) if down else (value < before):
            more, later, sooner = "more" if down else "less", fmt.amount(value, unit), fmt.amount(before, unit)
            message = f'{later} by {due} is {more} than the {sooner} of "{earlier}", the landmark before it'
            yield Problem("GH504", ("landmarks", i, "value"), message, "correct the value or the date")


def _steep_landmark(state: GoalState, written: Goal, fmt: Formatter) -> Iterator[Problem]:
    """Yield GH506 for the first coming landmark that needs a faster pace than was ever kept up for as long."""
    measure, latest = state.goal.measure, state.reading
    if measure is None or latest is None or not state.at_work:
        return
    for coming in state.landmarks:
        landmark = coming.landmark
        if not coming.is_pending or landmark.value is None or landmark.due <= latest.on:
            continue
        left, missing = (landmark.due - latest.on).days, landmark.value - latest.value
        needed = quotient(-missing if measure.goes_down else missing, left)
        best = best_rate(state.goal, state.readings, left)
        if best is not None and needed > best * _STEEPER:
            ids = [lm.id for lm in written.landmarks]
            path: NodePath = ("measure", "target")
            if landmark.id in ids:
                path = ("landmarks", ids.index(landmark.id), "value")
            message = (
                f'landmark "{landmark.id}" needs {fmt.gap(needed, measure.unit)} a day for {days(left)},'
                f" but the best pace so far was {fmt.gap(best, measure.unit)} a day"
            )
            help = "say in why: what will be different, or adjust the landmark"
            yield Problem("GH506", path, message, help)
            return


def _days_without_a_reading(state: GoalState, written: Goal) -> Iterator[Problem]:
    """Yield GH508 for a due date, or the day of a move, of which only the reading of another day speaks."""
    days_read = {reading.on for reading in state.readings}
    if written.measure is None or written.measure.rollup or not days_read:
        return
    by = "import again: goals import writes a total for that day too; by hand, goals checkin --on"
    for landmark in (s for s in state.landmarks if s.status in {"met", "met-late", "missed", "accounted"}):
        due, decided = landmark.landmark.due, landmark.deciding
        is_late = decided is None or decided.on < due
        met_early = is_late and landmark.status == "met"
        is_dated_well = landmark.landmark.value is not None and due >= written.start  # else GH116
        if is_dated_well and due not in days_read and not met_early:
            stand_in = f"the one of {decided.on} stands in for it" if decided else ""
            what = "nobody knows what it was by then" if is_late else stand_in
            message = f'"{landmark.landmark.id}" was due on {due}, and there is no reading of that day; {what}'
            ids = [lm.id for lm in written.landmarks]
            place = ids.index(landmark.landmark.id) if landmark.landmark.id in ids else None
            path: NodePath = ("measure", "target") if place is None else ("landmarks", place, "due")
            yield Problem("GH508", path, message, f"{by} {due}")
    missing = {move.day: move for move in moves_of(written) if move.day < max(days_read) and move.day not in days_read}
    for move in missing.values():
        support = written.supports[move.index]
        message = (
            f"{support.goal} counts this from {support.from_}, and there is no reading of the day before"
            if move.key == "from"
            else f"{support.goal} counts this until {support.until}, and there is no reading of that day"
        )
        yield Problem("GH508", ("supports", move.index, move.key), message, f"{by} {move.day}")


def _falling_totals(loaded: Loaded, owner: str, index: int, goal: Goal, fmt: Formatter) -> Iterator[Finding]:
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
            total, earlier = fmt.amount(value, measure.unit), fmt.amount(highest, measure.unit)
            message = f"{total} on {on} is less than {earlier} on {since}, but a total to date cannot fall"
            help = "correct the wrong reading, or, if a deal fell through, say so in note:"
            if row := loaded.row_of(checkin):
                yield Finding("GH507", row.location, message, help, row.excerpt)
            else:
                yield loaded.finding(owner, ("goals", index, "checkins", i), "GH507", message, help)
