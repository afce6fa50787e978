"""What adjustments say of a field, step by step: from which value to which."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from ..model.records import Adjustment, FieldChange
from ..model.terms import Value, comparable
from .wording import canonical

#: Reads the value of a term in the older or (True) the newer goal.
ReadEnd = Callable[[Value, bool], Value]


class Step(NamedTuple):
    """One change of a field, as an adjustment says it; `was` and `now` are its values, to compare."""

    on: datetime.date
    change: FieldChange
    adjustment: Adjustment
    was: object
    now: object


#: The steps of one field, in the order of their days.
Chain = Sequence[Step]


def as_written(value: Value, newer: bool) -> Value:
    """Return a value of either goal as it is written."""
    return value


def steps_of(adjustments: Iterable[Adjustment], read: ReadEnd = as_written) -> Mapping[str, Chain]:
    """Return what adjustments say of each field, each value as it is read."""
    found: dict[str, list[Step]] = defaultdict(list)
    for adjustment in sorted(adjustments, key=lambda a: a.on):
        for change in adjustment.changes:
            was, now = canonical(comparable(read(change.was, False))), canonical(comparable(read(change.now, True)))
            found[change.field].append(Step(adjustment.on, change, adjustment, was, now))
    return found


def walk(chain: Chain, was: Value, now: Value) -> Adjustment | None:
    """Return the last adjustment of a chain that leads from `was` to `now` using every step, or None.

    Of several on one day any order will do.
    """
    here, last = canonical(comparable(was)), None
    for _, group in groupby(chain, key=lambda step: step.on):
        day = list(group)
        reached = _end_of(day, here)
        if reached is None:
            return None
        (here,) = reached
        last = next(step.adjustment for step in reversed(day) if step.now == here)
    return last if here == canonical(comparable(now)) else None


def _end_of(day: Chain, start: object) -> tuple[object] | None:
    """Where all steps of a day lead from `start` in whatever order; None where no order uses each of them.

    There is one exactly if every value is left as often as it is reached, but for the two ends, and none of the steps
    is out of reach.
    """
    balance = Counter(step.was for step in day)
    balance.subtract(step.now for step in day)
    uneven = {value: count for value, count in balance.items() if count}
    end = next((value for value, count in uneven.items() if count == -1), start)
    if uneven not in ({}, {start: 1, end: -1}):
        return None
    reached, size = {start}, 0
    while len(reached) > size:
        size = len(reached)
        reached |= {step.now for step in day if step.was in reached}
    return (end,) if all(step.was in reached for step in day) else None
