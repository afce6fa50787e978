"""GH510 and GH511: numbers of one goal that do not fit each other."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from ..figures import Formatter
from ..findings import Finding
from ..model.goal import Goal
from ..model.handbook import Handbook
from ..model.values import plain_number
from ..source.emit import as_yaml
from ..source.load import Loaded
from ..source.nodes import NodePath
from ..status.assessment import Assessment, GoalState
from .problem import Problem

#: So many times larger are neighbours of a number that looks like thousands, but is not.
_FAR = 100


def check_numbers(loaded: Loaded, assessment: Assessment) -> Iterator[Finding]:
    """Yield GH510 and GH511 for open goals, as of the date of the assessment."""
    if loaded.handbook is None:
        return
    fmt = Formatter(assessment.handbook.settings)
    for owner in assessment.handbook.owners.values():
        for index, state in enumerate(assessment.by_owner[owner.id]):
            if state.goal.closed:
                continue
            written = loaded.written(state.full_id)
            for problem in (*_last_landmark(state, written, fmt), *_thousands(loaded.handbook, state.full_id, written)):
                row = loaded.row_of(written.checkins[int(problem.path[1])]) if problem.path[0] == "checkins" else None
                if row:
                    yield Finding(problem.code, row.location, problem.message, problem.help, row.excerpt)
                else:
                    path = ("goals", index, *problem.path)
                    yield loaded.finding(owner.id, path, problem.code, problem.message, problem.help)


def _last_landmark(state: GoalState, goal: Goal, fmt: Formatter) -> Iterator[Problem]:
    """Yield GH510 where the last landmark of a number to reach stops short of its target, or goes beyond it."""
    measure, target = goal.measure, goal.target
    if measure is None or target is None or measure.shape != "number":
        return
    dropped = {s.landmark.id for s in state.landmarks if s.status == "dropped"}
    counting = [
        (lm.due, i, lm.value) for i, lm in enumerate(goal.landmarks) if lm.value is not None and lm.id not in dropped
    ]
    if not counting or (last := max(counting))[2] == target:
        return
    due, index, value = last
    short = not measure.satisfied(value, target)
    where = "stops short of" if short else "goes beyond"
    asked, wanted = fmt.amount(value, measure.unit), fmt.amount(target, measure.unit)
    message = f'"{goal.landmarks[index].id}", the last landmark, {where} the target: {asked} by {due}, not {wanted}'
    help = "give both the same number"
    if short and due < goal.due:
        help = f"add a landmark of {as_yaml(target)} by {goal.due}, or correct one of the numbers"
    yield Problem("GH510", ("landmarks", index, "value"), message, help)


class _Number(NamedTuple):
    path: NodePath
    value: Decimal


def _thousands(handbook: Handbook, full_id: str, goal: Goal) -> Iterator[Problem]:
    """Yield GH511 for each number such as 120.000 where the numbers beside it are in the thousands."""
    if goal.measure is None or goal.target is None:
        return
    agreed = [_Number(("measure", "target"), goal.target)]
    agreed += [_Number(("landmarks", i, "value"), lm.value) for i, lm in enumerate(goal.landmarks) if lm.value]
    readings = [_Number(("checkins", i, "value"), c.value) for i, c in enumerate(goal.checkins) if c.value]
    doubtful = [number for number in (*agreed, *readings) if _looks_like_thousands(number.value)]
    if not doubtful:
        return
    neighbours = _clear(n.value for n in agreed) or _clear(
        (*(n.value for n in readings), *_supported_targets(handbook, full_id, goal.measure.unit))
    )
    for path, value in doubtful:
        if neighbours and min(neighbours) >= _FAR * abs(value):
            plain, thousands = plain_number(value), as_yaml(value * 1000)
            message = f"{value} is {plain} here, but this goal's other numbers are {min(neighbours):,f} or more"
            yield Problem("GH511", path, message, f"write {thousands}, or {plain} if that is meant")


def _looks_like_thousands(value: Decimal) -> bool:
    """Whether it was written with exactly three decimals after one to three digits: `1.200`, `120.000`."""
    _, digits, exponent = value.as_tuple()
    return exponent == -3 and 4 <= len(digits) <= 6


def _clear(values: Iterator[Decimal] | tuple[Decimal, ...]) -> list[Decimal]:
    """The sizes of the numbers that can be read in one way only, without zeros."""
    return [abs(value) for value in values if value and not _looks_like_thousands(value)]


def _supported_targets(handbook: Handbook, full_id: str, unit: str) -> Iterator[Decimal]:
    """Yield the targets, in this unit, of the goals that a goal supports."""
    for supported in handbook.supports[full_id]:
        measure = handbook.goals[supported].measure
        if measure and measure.unit == unit and measure.target is not None:
            yield measure.target
