"""The agreed curve as it was on each day: an adjustment changes what is ahead, and never what was agreed before it."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from ..frozen import frozen
from ..model.goal import Goal
from ..model.people import Away
from ..model.settings import CatchUpBands
from .as_of import goal_on
from .landmark import is_dropped
from .pace import Curve, at_risk_between, curve, early_by, is_early

_DAY = datetime.timedelta(days=1)

#: Days with the value agreed for each.
Path = tuple[tuple[datetime.date, Fraction], ...]


@frozen
class Version:
    """A goal as agreed from the day `since` until the next version, and its curve."""

    since: datetime.date
    goal: Goal
    curve: Curve

    @property
    def leads_to(self) -> tuple[datetime.date, Decimal]:
        """Return the last day for which it asks for anything, and the value to reach by then."""
        return self.curve.corners[-1]

    @property
    def to_reach(self) -> tuple[tuple[datetime.date, Decimal], ...]:
        """Return the values to reach and their days, without where the goal starts."""
        return self.curve.corners if self.goal.shape == "hold" else self.curve.corners[1:]

    def path(self, first: datetime.date, last: datetime.date) -> Path:
        """Return its curve between two days, both included, as far as it goes; empty if it does not."""
        return tuple((day, self.curve.on(day)) for day in self.bends(first, last))

    def bends(self, first: datetime.date, last: datetime.date) -> list[datetime.date]:
        """Return the days of its path."""
        first, last = max(first, self.since, self.goal.start), min(last, self.leads_to[0])
        return self.curve.bends(first, last) if first <= last else []


@frozen
class Replaced:
    """A value that was to be reached by a day until an adjustment, or a decision to drop it, on the day `on`."""

    on: datetime.date
    due: datetime.date
    value: Decimal


@frozen
class BandPoint:
    """Between which values a reading of a day is at risk: the better one is the first."""

    day: datetime.date
    better: Fraction
    worse: Fraction


@frozen
class CurveHistory:
    """The versions of a goal's agreed curve, oldest first; the last one is in force."""

    versions: tuple[Version, ...]

    @property
    def changed_on(self) -> tuple[datetime.date, ...]:
        """Return the days on which the curve changed."""
        return tuple(version.since for version in self.versions[1:])

    def on(self, day: datetime.date) -> Fraction | None:
        """Return what was agreed for a day, on that day; None before a change to another unit."""
        in_force = [version for version in self.versions if version.since <= day]
        return in_force[-1].curve.on(day) if in_force else None

    def agreed(self) -> tuple[Path, ...]:
        """Return each version's curve as long as it was in force; the last one goes on to its end."""
        ends = [*self.changed_on, datetime.date.max]
        paths = (version.path(version.since, end) for version, end in zip(self.versions, ends, strict=True))
        return tuple(path for path in paths if path)

    def given_up(self) -> tuple[Path, ...]:
        """Return how each replaced curve would have gone on from the day it was replaced."""
        paths = (before.path(after.since, datetime.date.max) for before, after in pairwise(self.versions))
        return tuple(path for path in paths if len(path) > 1)

    def replaced(self) -> tuple[Replaced, ...]:
        """Return the values that are not to be reached any more, each once, in the order they were due."""
        in_force = set(self.versions[-1].to_reach)
        found: dict[tuple[datetime.date, Decimal], Replaced] = {}
        for before, after in pairwise(self.versions):
            for due, value in before.to_reach:
                if (due, value) not in in_force and (due, value) not in after.to_reach:
                    found[due, value] = Replaced(after.since, due, value)
        return tuple(found[key] for key in sorted(found))

    def at_risk(self, bands: CatchUpBands, until: datetime.date) -> tuple[tuple[BandPoint, ...], ...]:
        """Return the band in which readings are at risk, up to a day, one part for each version."""
        ends = [*self.changed_on, datetime.date.max]
        parts = (
            tuple(_band(version, version.bends(version.since, min(end, until)), bands))
            for version, end in zip(self.versions, ends, strict=True)
        )
        return tuple(part for part in parts if len(part) > 1 and any(p.better != p.worse for p in part))


def curve_history(goal: Goal, absences: Sequence[Away] = ()) -> CurveHistory | None:
    """Return how the agreed curve came to be what it is; None without a target.

    It goes back no further than to the last change to another unit, or from a number to a level: what was agreed
    before cannot be compared. The goal holds nothing dated later than the status date.
    """
    now = _curve(goal, absences)
    if now is None:
        return None
    versions: list[Version] = []
    for day in sorted(set(_days_of_decisions(goal)), reverse=True):
        earlier = goal_on(goal, day - _DAY)
        before = _curve(earlier, absences)
        if before is None or _kind_of_value(earlier) != _kind_of_value(goal):
            versions.append(Version(day, goal, now))
            break
        if before != now:
            versions.append(Version(day, goal, now))
        goal, now = earlier, before
    else:
        versions.append(Version(datetime.date.min, goal, now))
    return CurveHistory(tuple(reversed(versions)))


def _curve(goal: Goal, absences: Sequence[Away]) -> Curve | None:
    return curve(goal, (landmark for landmark in goal.landmarks if not is_dropped(goal, landmark)), absences)


def _days_of_decisions(goal: Goal) -> Iterator[datetime.date]:
    """The days on which the curve may have changed."""
    yield from (adjustment.on for adjustment in goal.adjustments if adjustment.changes)
    yield from (accounting.on for accounting in goal.accountings if accounting.action == "drop")


def _kind_of_value(goal: Goal) -> tuple[str, str | None]:
    return (goal.measure.unit, goal.measure.hold) if goal.measure else ("", None)


def _band(version: Version, days: Sequence[datetime.date], bands: CatchUpBands) -> Iterator[BandPoint]:
    judged_from = _first_day_judged(version, days)
    for day in [judged_from, *(day for day in days if day > judged_from)] if judged_from else ():
        if between := at_risk_between(version.goal, version.curve, day, bands):
            yield BandPoint(day, *between)


def _first_day_judged(version: Version, days: Sequence[datetime.date]) -> datetime.date | None:
    """The first day on which it is not too early for a judgement, of those on which the curve bends.

    Between them it is straight. None while it is too early.
    """
    at = next((at for at, day in enumerate(days) if not is_early(version.goal, version.curve, day)), None)
    if not at:
        return None if at is None else days[0]
    (last_early, by), (_, early) = ((day, early_by(version.goal, version.curve, day)) for day in days[at - 1 : at + 1])
    return last_early + math.ceil(by / (by - early) * (days[at] - last_early).days) * _DAY
