"""What must fit together within a goal: dates in order, shapes that agree, adjustments that match the goal."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from itertools import chain

from ..findings import Finding
from ..model.goal import Goal
from ..model.people import AnyOwner, Seller, Team
from ..model.records import LISTS
from ..model.support import Support
from ..model.terms import Value, comparable
from ..source.emit import as_yaml
from ..source.load import Loaded
from ..source.nodes import NodePath
from ..status.as_of import changes_in_order
from .problem import Problem

#: People east of Greenwich write tomorrow's UTC date.
_TIME_ZONES = datetime.timedelta(days=1)


def check_consistency(
    loaded: Loaded, last_day: datetime.date, edited: Iterable[AnyOwner] | None = None
) -> Iterator[Finding]:
    """Yield findings GH116, GH117 (readings), GH118, GH120 and GH205; of the `edited` owners only, if given.

    `last_day` is the last day anything can have happened.
    """
    if loaded.handbook is None:
        return
    for owner in loaded.handbook.owners.values() if edited is None else edited:
        if isinstance(owner, Seller) and owner.joined and owner.left and owner.left < owner.joined:
            message = f"left on {owner.left}, before joining on {owner.joined}"
            yield loaded.finding(owner.id, ("left",), "GH116", message, "swap them or correct the year")
        for i, goal in enumerate(owner.goals):
            for code, path, message, help in goal_problems(owner, goal, last_day):
                row = loaded.row_of(goal.checkins[int(path[1])]) if path[0] == "checkins" else None
                if row:
                    yield Finding(code, row.location, message, help, row.excerpt)
                else:
                    yield loaded.finding(owner.id, ("goals", i, *path), code, message, help)


def goal_problems(owner: AnyOwner, goal: Goal, last_day: datetime.date) -> Iterator[Problem]:
    """Yield what does not fit together within one goal."""
    yield from _dates(goal)
    yield from _shapes(owner, goal)
    yield from _readings(goal)
    yield from _future(goal, last_day)
    yield from _contradictions(goal)


def _dates(goal: Goal) -> Iterator[Problem]:
    if goal.due < goal.start:
        message = f'"{goal.id}" is due on {goal.due}, before it starts on {goal.start}'
        yield Problem("GH116", ("due",), message, "correct one of the dates")
    for i, landmark in enumerate(goal.landmarks):
        if landmark.due < goal.start:
            message = f'landmark "{landmark.id}" is due on {landmark.due}, before the goal starts on {goal.start}'
            help = "correct the date, or give the goal an earlier start"
            yield Problem("GH116", ("landmarks", i, "due"), message, help)


def _shapes(owner: AnyOwner, goal: Goal) -> Iterator[Problem]:
    measure = goal.measure
    if measure and measure.rollup and not isinstance(owner, Team):
        message = "only a team's goal can sum the goals that support it"
        yield Problem("GH118", ("measure", "rollup"), message, "delete rollup")
    first = next((i for i, c in enumerate(goal.checkins) if c.value is not None), None)
    if measure and measure.rollup and first is not None:
        message = "a rollup's readings are summed from the goals that support it"
        yield Problem("GH118", ("checkins", first), message, "delete the check-ins, or rollup")
    if measure and measure.cadence and measure.cadence.with_ == "each-seller" and isinstance(owner, Seller):
        message = "a seller leads nobody, so that no session with each seller can count"
        help = "write with: anyone, or the ids of the people it is kept with"
        yield Problem("GH118", ("measure", "cadence", "with"), message, help)
    if goal.sessions and goal.shape != "cadence":
        message = f'"{goal.id}" has sessions but no cadence'
        yield Problem("GH118", ("sessions",), message, "add measure: {cadence: {times, per}}")
    if goal.shape in {"number", "hold"}:
        return
    for i, landmark in enumerate(goal.landmarks):
        if landmark.value is not None:
            message = f'landmark "{landmark.id}" has a value, but the goal does not measure a number'
            help = "add measure: {unit, target}, or use deliver: instead"
            yield Problem("GH118", ("landmarks", i, "value"), message, help)
    for i, checkin in enumerate(goal.checkins):
        if checkin.value is not None:
            message = "a check-in has a value, but the goal does not measure a number"
            yield Problem("GH118", ("checkins", i, "value"), message, "add measure: {unit, target}, or write a note")


def _readings(goal: Goal) -> Iterator[Problem]:
    days: dict[datetime.date, object] = {}
    for i, checkin in enumerate(goal.checkins):
        if checkin.value is None:
            continue
        if checkin.on < goal.start:
            message = f"the reading of {checkin.on} is dated before the goal's start on {goal.start}"
            yield Problem("GH116", ("checkins", i, "on"), message, "correct the date or the start")
        if checkin.on in days and days[checkin.on] != checkin.value:
            message = f"{checkin.on} has two readings, {days[checkin.on]} and {checkin.value}"
            yield Problem("GH117", ("checkins", i, "on"), message, "delete the wrong one")
        days.setdefault(checkin.on, checkin.value)


def _future(goal: Goal, last_day: datetime.date) -> Iterator[Problem]:
    last = last_day + _TIME_ZONES
    for name in LISTS:
        for i, record in enumerate(getattr(goal, name)):
            if record.on > last:
                yield Problem("GH120", (name, i, "on"), f"{record.on} is in the future", "correct the date")
    done = ((("landmarks", i, "done"), landmark.done) for i, landmark in enumerate(goal.landmarks) if landmark.done)
    taken = (
        (("accountings", i, "plan", j, "done"), step.done)
        for i, accounting in enumerate(goal.accountings)
        for j, step in enumerate(accounting.plan)
        if step.done
    )
    for path, day in chain[tuple[NodePath, datetime.date]](done, taken):
        if day > last:
            yield Problem("GH120", path, f"{day} is in the future", "correct the date, or delete done: until then")
    if goal.closed and goal.closed.on > last:
        yield Problem("GH120", ("closed", "on"), f"{goal.closed.on} is in the future", "correct the date")


def _contradictions(goal: Goal) -> Iterator[Problem]:
    """GH205 where the latest change of a term did not lead to what the goal says today."""
    changes = changes_in_order(goal)
    latest = {change.field: (on, change) for on, change in changes}
    for on, change in latest.values():
        if change.now is None or change.term is None or not change.term.fits(goal):
            continue
        today = change.term.get(goal)
        same_day = (c.now for day, c in changes if day == on and c.field == change.field)
        if not any(_can_be_the_same(now, today) for now in same_day):
            index = next(i for i, a in enumerate(goal.adjustments) if change in a.changes)
            path = ("adjustments", index, "changes", goal.adjustments[index].changes.index(change), "now")
            shown = as_yaml(comparable(today))
            message = f"{change.field} was adjusted to {as_yaml(change.now)} on {on}, but the goal has {shown}"
            yield Problem("GH205", path, message, "give the goal and its adjustment the same value")


def _can_be_the_same(one: Value, other: Value) -> bool:
    """Whether two values of a term agree; a goal without its owner may be anybody's of that id."""
    if comparable(one) == comparable(other):
        return True
    supports = [(value if isinstance(value, tuple) else ()) for value in (one, other)]
    found = [[s for s in value if isinstance(s, Support)] for value in supports]
    if all("/" in support.goal for side in found for support in side):
        return False
    ids = [tuple(s.model_copy(update={"goal": s.goal.rpartition("/")[2]}) for s in side) for side in found]
    return comparable(ids[0]) == comparable(ids[1])
