"""What flows into a sum: which goals, from when until when, and with what share (status.md#sums)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from ..frozen import frozen
from ..model.goal import Goal
from ..model.graph import bottom_up
from ..model.handbook import Handbook
from ..model.people import Away
from .absence import first_day_gone

_ALWAYS = (datetime.date.min, datetime.date.max)
_DAY = datetime.timedelta(days=1)
_NOTHING = Decimal(0)
#: Numbers, shares and rates have 15 digits at most: enough for those of a sum in a sum in a sum.
_PLACES = 100


@frozen
class Stretch:
    """Days, both included, during which a share of what a goal makes counts.

    `factor` is the share or, where it flows into a sum, share × what its unit is worth.
    """

    first: datetime.date
    last: datetime.date
    factor: Decimal


@frozen
class Flow:
    """A goal at the bottom of a sum, and the stretches of days in which it counts.

    `ended_on` is the day from which on it adds nothing: it was closed that day, or its owner has left the day before.
    It is the end of time for one that goes on. `continues`: it was handed over by another goal of the sum. `pauses` are
    the first and the last days of the times in which it adds nothing, after its first day.
    """

    full_id: str
    start: datetime.date
    start_value: Decimal
    stretches: tuple[Stretch, ...]
    ended_on: datetime.date
    absences: tuple[Away, ...] = ()
    continues: bool = False
    pauses: tuple[tuple[datetime.date, datetime.date], ...] = field(init=False)

    def __post_init__(self) -> None:
        """Find the pauses: between and after its stretches, and while its owner is away."""
        pauses = [(away.from_, away.to) for away in self.absences]
        pauses += [(s.last + _DAY, after.first - _DAY) for s, after in pairwise(self.stretches)]
        pauses += [(self.last + _DAY, _ALWAYS[1])] if self.last < _ALWAYS[1] else []
        object.__setattr__(self, "pauses", tuple(sorted(pauses)))

    @property
    def base(self) -> Decimal:
        """Return what it adds before anything is made; what goes on with another goal of the sum is in that one's."""
        return _NOTHING if self.continues else self.start_value * self.factor_on(self.start)

    @property
    def first(self) -> datetime.date:
        """Return the first day it can add anything."""
        return max(self.start, self.stretches[0].first)

    @property
    def last(self) -> datetime.date:
        """Return the last day on which what it makes counts."""
        return self.stretches[-1].last

    def factor_on(self, day: datetime.date) -> Decimal:
        """Return what each unit made on a day is worth, as far as it counts; 0 while it does not count."""
        for stretch in self.stretches:
            if stretch.first <= day <= stretch.last:
                return stretch.factor
        return _NOTHING

    def known_until(self, reported: datetime.date) -> datetime.date:
        """Return the day up to which all that it adds is known, with a latest reading of the day `reported`.

        Nothing is added before its first day, between and after its stretches, and while its owner is away.
        """
        known = max(reported, self.first - _DAY)
        for begin, end in self.pauses:
            if begin - _DAY <= known:
                known = max(known, end)
        return known


def is_rollup(goal: Goal) -> bool:
    """Return whether the goal's readings are summed from others."""
    return bool(goal.measure and goal.measure.rollup)


def sums_above(handbook: Handbook, full_id: str) -> frozenset[str]:
    """Return the rollups that a goal flows into, and those that these flow into."""
    found, left = set[str](), [full_id]
    while left:
        more = {above for above in handbook.supports[left.pop()] if is_rollup(handbook.goals[above])} - found
        found |= more
        left += more
    return frozenset(found)


def start_value(goal: Goal) -> Decimal:
    """Return the value the goal's number starts from."""
    return goal.measure.start_value if goal.measure else _NOTHING


def rate_between(handbook: Handbook, goal: Goal, whole: Goal) -> Fraction | None:
    """Return what one unit of a goal adds to a sum, None where it cannot be added: percent into money."""
    if not (goal.measure and whole.measure and goal.measure.shape == whole.measure.shape == "number"):
        return None
    return handbook.settings.rate(goal.measure.unit, whole.measure.unit)


def price_of(handbook: Handbook, goal: Goal) -> Decimal:
    """Return what one unit of a sum costs: what flows into it is added up by its worth, and divided by this once."""
    return (goal.measure and handbook.settings.worth(goal.measure.unit)) or Decimal(1)


@contextmanager
def exactly() -> Iterator[None]:
    """Add up and multiply the handbook's numbers without rounding."""
    with localcontext(prec=_PLACES):
        yield


def divided(total: Decimal, price: Decimal, *, down: bool = True) -> Decimal:
    """Return total ÷ price, exactly if it ends; else it is cut, `down` or up, far behind the digits a number can have.

    So a sum that is short of its target by the smallest part is never moved onto it.
    """
    if price == 1:
        return total
    with localcontext(prec=_PLACES, rounding=ROUND_FLOOR if down else ROUND_CEILING):
        return total / price


def quotient(total: Decimal, parts: Decimal | int) -> Fraction:
    """Return total ÷ parts exactly."""
    (numerator, denominator), (times, by) = total.as_integer_ratio(), parts.as_integer_ratio()
    return Fraction(numerator * by, denominator * times)


@dataclass
class Flows:
    """What flows into the sums of a handbook, each computed once."""

    handbook: Handbook
    _into: dict[str, tuple[Flow, ...]] = field(default_factory=dict)
    _below: dict[str, dict[str, _Counted]] = field(default_factory=dict)

    def into(self, full_id: str) -> tuple[Flow, ...]:
        """Return what flows into a rollup, by full id. A goal counts once, however many ways lead there."""
        if full_id not in self._into:
            with exactly():
                below = self._counted(full_id)
                self._into[full_id] = tuple(self._flow(full_id, leaf, below) for leaf in sorted(below))
        return self._into[full_id]

    def _flow(self, full_id: str, leaf: str, below: Mapping[str, _Counted]) -> Flow:
        handbook, counted = self.handbook, below[leaf]
        goal, owner = handbook.goals[leaf], handbook.owners[leaf.partition("/")[0]]
        worth = price_of(handbook, goal) if rate_between(handbook, goal, handbook.goals[full_id]) else _NOTHING
        stretches = tuple(Stretch(s.first, s.last, s.factor * worth) for s in counted.stretches)
        ended_on = min(counted.ended_on, first_day_gone(handbook, owner.id))
        continues = handbook.continues.get(leaf) in below
        return Flow(leaf, goal.start, start_value(goal), stretches, ended_on, owner.absences, continues)

    def _counted(self, full_id: str) -> dict[str, _Counted]:
        """What counts in a rollup; what counts in those below it is found first."""
        for rollup in bottom_up(full_id, self._rollups_below, self._below):
            self._below[rollup] = self._added(rollup)
        return self._below[full_id]

    def _rollups_below(self, full_id: str) -> Iterator[str]:
        return (name for name in self.handbook.supporters.get(full_id, ()) if is_rollup(self.handbook.goals[name]))

    def _added(self, full_id: str) -> dict[str, _Counted]:
        """What counts in a rollup when all below it are known; those that form a circle (GH203) add nothing."""
        found: dict[str, list[_Counted]] = {}
        for feeder, support in self.handbook.fed_by.get(full_id, ()):
            goal = self.handbook.goals[feeder]
            if feeder == full_id or rate_between(self.handbook, goal, self.handbook.goals[full_id]) is None:
                continue
            own = Stretch(support.from_ or _ALWAYS[0], support.until or _ALWAYS[1], support.share)
            closed_on = goal.closed.on if goal.closed else _ALWAYS[1]
            for leaf, inner in (self._below.get(feeder, {}) if is_rollup(goal) else {feeder: _WHOLE}).items():
                if both := tuple(stretch for s in inner.stretches if (stretch := _both(own, s))):
                    found.setdefault(leaf, []).append(_Counted(both, min(closed_on, inner.ended_on)))
        return {leaf: _together(ways) for leaf, ways in found.items()}


class _Counted(NamedTuple):
    """The stretches in which a goal at the bottom counts in a sum, and the day the last way from there was closed."""

    stretches: tuple[Stretch, ...]
    ended_on: datetime.date


#: All that is made, at any time.
_WHOLE = _Counted((Stretch(*_ALWAYS, Decimal(1)),), _ALWAYS[1])


def _together(ways: Sequence[_Counted]) -> _Counted:
    return _Counted(_once([s for way in ways for s in way.stretches]), max(way.ended_on for way in ways))


def _both(one: Stretch, other: Stretch) -> Stretch | None:
    """The days of both, with the share of a share."""
    first, last = max(one.first, other.first), min(one.last, other.last)
    return Stretch(first, last, one.factor * other.factor) if first <= last else None


def _once(stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """The stretches one after another; where several overlap, their shares are added up to 1 at most."""
    if len(stretches) == 1:
        return tuple(stretches)
    begins = sorted({s.first for s in stretches} | {s.last + _DAY for s in stretches if s.last < _ALWAYS[1]})
    ends = [*(day - _DAY for day in begins[1:]), _ALWAYS[1]]
    parts = []
    for first, last in zip(begins, ends, strict=True):
        share = sum((s.factor for s in stretches if s.first <= first and last <= s.last), _NOTHING)
        if share:
            parts.append(Stretch(first, last, min(share, Decimal(1))))
    return tuple(parts)
