"""What adjustments say of a field, step by step: from which value to which."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from ..model.records import Adjustment, FieldChange
from ..model.terms import Value, comparable
from .wording import canonical


class Step(NamedTuple):
    """One change of a field, as an adjustment says it."""

    on: datetime.date
    change: FieldChange
    adjustment: Adjustment

    @property
    def was(self) -> object:
        """The value before, to compare."""
        return canonical(comparable(self.change.was))

    @property
    def now(self) -> object:
        """The value after, to compare."""
        return canonical(comparable(self.change.now))


#: The steps of one field, in the order of their days.
Chain = Sequence[Step]


def steps_of(adjustments: Iterable[Adjustment]) -> Mapping[str, Chain]:
    """Return what adjustments say of each field."""
    found: dict[str, list[Step]] = defaultdict(list)
    for adjustment in sorted(adjustments, key=lambda a: a.on):
        for change in adjustment.changes:
            found[change.field].append(Step(adjustment.on, change, adjustment))
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
