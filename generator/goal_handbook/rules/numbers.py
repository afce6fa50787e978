"""GH510, GH511 and GH513: numbers of one goal that do not fit each other, or their unit."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from babel.numbers import get_currency_precision

from ..figures import Formatter
from ..findings import Finding
from ..model.goal import Goal
from ..model.handbook import Handbook
from ..model.values import CURRENCIES, plain_number
from ..source.emit import as_yaml
from ..source.load import Loaded
from ..source.nodes import NodePath
from ..status.assessment import Assessment, GoalState
from .problem import Problem

#: So many times larger are neighbours of a number that looks like thousands, but is not.
_FAR = 100
#: The decimals in doubt.
_THREE = 3
_THOUSANDTH = Decimal(1).scaleb(-_THREE)


def check_numbers(loaded: Loaded, assessment: Assessment) -> Iterator[Finding]:
    """Yield GH510, GH511 and GH513 for open goals, as of the date of the assessment."""
    if loaded.handbook is None:
        return
    fmt = Formatter(assessment.handbook.settings)
    for owner in assessment.handbook.owners.values():
        for index, state in enumerate(assessment.by_owner[owner.id]):
            if state.goal.closed:
                continue
            written = loaded.written(state.full_id)
            misspelt = [*_thousands(loaded.handbook, state.full_id, written), *_fractions(written)]
            for problem in misspelt or _last_landmark(state, written, fmt):
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
    help = f"give both the same number: {as_yaml(value)} or {as_yaml(target)}"
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
    reported = [checkin.value for checkin in goal.checkins if checkin.value]
    if not any(map(_looks_like_thousands, [*goal.numbers, *reported])):
        return
    agreed = [_Number(("measure", "target"), goal.target)]
    agreed += [_Number(("landmarks", i, "value"), lm.value) for i, lm in enumerate(goal.landmarks) if lm.value]
    readings = [_Number(("checkins", i, "value"), c.value) for i, c in enumerate(goal.checkins) if c.value]
    doubtful = [number for number in (*agreed, *readings) if _looks_like_thousands(number.value)]
    neighbours = _clear(n.value for n in agreed) or _clear(
        (*(n.value for n in readings), *_supported_targets(handbook, full_id, goal.measure.unit))
    )
    for path, value in doubtful:
        plain, thousands = plain_number(value), as_yaml(value * 1000)
        help = f"write {thousands}, or {plain} if that is meant"
        if neighbours and min(neighbours) >= _FAR * abs(value):
            message = f"{value} is {plain} here, but this goal's other numbers are {min(neighbours):,f} or more"
            yield Problem("GH511", path, message, help)
        elif not neighbours and _has_no_such_decimals(value, goal.measure.unit, handbook):
            yield Problem("GH511", path, f"the point in {value} begins the decimals", help)


def _has_no_such_decimals(value: Decimal, unit: str, handbook: Handbook) -> bool:
    """Whether nobody writes three decimals of such a number: of money, or with a zero at the end."""
    currency = handbook.settings.currency if unit == "money" else unit
    if currency in CURRENCIES:
        return get_currency_precision(currency) < _THREE
    return unit == "money" or (unit != "percent" and value.as_tuple().digits[-1] == 0)


def _fractions(goal: Goal) -> Iterator[Problem]:
    """Yield GH513 for the target of a goal in percent whose numbers are all fractions of one."""
    if goal.measure is None or goal.measure.unit != "percent" or goal.target is None:
        return
    readings = (checkin.value for checkin in goal.checkins if checkin.value)
    others = (n for n in (*goal.numbers, *readings, goal.measure.last, goal.measure.from_) if n)
    if goal.target and all(abs(number) < 1 for number in others):
        plain, percent = plain_number(goal.target), plain_number(goal.target * 100)
        message = f"{plain} percent is less than one percent: 5 % is written 5, not 0.05"
        yield Problem("GH513", ("measure", "target"), message, f"write {percent}, unless {plain} % is meant")


def _looks_like_thousands(value: Decimal) -> bool:
    """Whether it was written with exactly three decimals after one to three digits: `1.200`, `120.000`."""
    return value.same_quantum(_THOUSANDTH) and 4 <= len(value.as_tuple().digits) <= 6


def _clear(values: Iterator[Decimal] | tuple[Decimal, ...]) -> list[Decimal]:
    """The sizes of the numbers that can be read in one way only, without zeros."""
    return [abs(value) for value in values if value and not _looks_like_thousands(value)]


def _supported_targets(handbook: Handbook, full_id: str, unit: str) -> Iterator[Decimal]:
    """Yield the targets, in this unit, of the goals that a goal supports."""
    for supported in handbook.supports[full_id]:
        measure = handbook.goals[supported].measure
        if measure and measure.unit == unit and measure.target is not None:
            yield measure.target
