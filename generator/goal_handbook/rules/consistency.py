"""What must fit together within a goal: dates in order, shapes that agree, adjustments that say what the goal says."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from ..findings import Finding
from ..model.goal import Goal
from ..model.people import AnyOwner, Seller, Team
from ..source.load import Loaded
from ..source.nodes import Path
from ..status.adjusted import changes_in_order
from ..status.as_of import term

#: People east of Greenwich write tomorrow's UTC date.
_TIME_ZONES = datetime.timedelta(days=1)


def check_terms(loaded: Loaded, now: datetime.date) -> Iterator[Finding]:
    """Findings GH116, GH117 (readings), GH118, GH120, GH205. `now`: the last day anything can have happened."""
    if loaded.handbook is None:
        return
    for owner in loaded.handbook.owners.values():
        if isinstance(owner, Seller) and owner.joined and owner.left and owner.left < owner.joined:
            document = loaded.documents[owner.id]
            location = document.location(("left",))
            yield document.finding(
                "GH116",
                location,
                f"left on {owner.left}, before joining on {owner.joined}",
                "swap them or mend the year",
            )
        for i, goal in enumerate(owner.goals):
            for code, inner, message, help in _of_goal(owner, goal, now):
                in_csv = inner[0] == "checkins" and loaded.row_of(goal.checkins[int(inner[1])])
                if in_csv:
                    yield Finding(code, in_csv.location, message, help, in_csv.excerpt)
                    continue
                document = loaded.documents[owner.id]
                yield document.finding(code, document.location(("goals", i, *inner)), message, help)


_Problem = tuple[str, Path, str, str]


def _of_goal(owner: AnyOwner, goal: Goal, now: datetime.date) -> Iterator[_Problem]:
    yield from _dates(goal)
    yield from _shapes(owner, goal)
    yield from _readings(goal)
    yield from _future(goal, now)
    yield from _contradictions(goal)


def _dates(goal: Goal) -> Iterator[_Problem]:
    if goal.due < goal.start:
        yield (
            "GH116",
            ("due",),
            f'"{goal.id}" is due on {goal.due}, before it starts on {goal.start}',
            "mend one of the dates",
        )
    for i, landmark in enumerate(goal.landmarks):
        if landmark.due < goal.start:
            message = f'landmark "{landmark.id}" is due on {landmark.due}, before the goal starts on {goal.start}'
            yield ("GH116", ("landmarks", i, "due"), message, "mend the date, or give the goal an earlier start")


def _shapes(owner: AnyOwner, goal: Goal) -> Iterator[_Problem]:
    measure = goal.measure
    if measure and measure.rollup and not isinstance(owner, Team):
        yield ("GH118", ("measure", "rollup"), "only a team's goal sums the goals that support it", "delete rollup")
    first = next((i for i, c in enumerate(goal.checkins) if c.value is not None), None)
    if measure and measure.rollup and first is not None:
        yield (
            "GH118",
            ("checkins", first),
            "a rollup's readings are summed from the goals that support it",
            "delete the check-ins, or rollup",
        )
    if goal.sessions and goal.shape != "cadence":
        yield (
            "GH118",
            ("sessions",),
            f'"{goal.id}" has sessions but no cadence',
            "add measure: {cadence: {times, per}}",
        )
    if goal.shape not in {"number", "hold"}:
        for i, landmark in enumerate(goal.landmarks):
            if landmark.value is not None:
                message = f'landmark "{landmark.id}" has a value, but the goal measures no number'
                yield (
                    "GH118",
                    ("landmarks", i, "value"),
                    message,
                    "add measure: {unit, target}, or write deliver: instead",
                )
        for i, checkin in enumerate(goal.checkins):
            if checkin.value is not None:
                yield (
                    "GH118",
                    ("checkins", i, "value"),
                    "a check-in has a value, but the goal measures no number",
                    "add measure: {unit, target}, or write a note",
                )


def _readings(goal: Goal) -> Iterator[_Problem]:
    days: dict[datetime.date, object] = {}
    for i, checkin in enumerate(goal.checkins):
        if checkin.value is None:
            continue
        if checkin.on < goal.start:
            yield (
                "GH116",
                ("checkins", i, "on"),
                f"the reading of {checkin.on} lies before the goal's start on {goal.start}",
                "mend the date or the start",
            )
        if checkin.on in days and days[checkin.on] != checkin.value:
            yield (
                "GH117",
                ("checkins", i, "on"),
                f"{checkin.on} has two readings, {days[checkin.on]} and {checkin.value}",
                "keep the right one",
            )
        days.setdefault(checkin.on, checkin.value)


def _future(goal: Goal, now: datetime.date) -> Iterator[_Problem]:
    last = now + _TIME_ZONES
    for name in ("checkins", "sessions", "reviews", "agreed", "accountings", "adjustments"):
        for i, item in enumerate(getattr(goal, name)):
            if item.on > last:
                yield "GH120", (name, i, "on"), f"{item.on} has not come yet", "mend the date"
    for i, landmark in enumerate(goal.landmarks):
        if landmark.done and landmark.done > last:
            yield ("GH120", ("landmarks", i, "done"), f"{landmark.done} has not come yet", "delete done until it is")
    for i, accounting in enumerate(goal.accountings):
        for j, step in enumerate(accounting.plan):
            if step.done and step.done > last:
                path = ("accountings", i, "plan", j, "done")
                yield "GH120", path, f"{step.done} has not come yet", "delete done until it is"
    if goal.closed and goal.closed.on > last:
        yield "GH120", ("closed", "on"), f"{goal.closed.on} has not come yet", "mend the date"


def _contradictions(goal: Goal) -> Iterator[_Problem]:
    """The latest change of each term must have led to what the goal says today."""
    latest = {change.field: (on, change) for on, change in changes_in_order(goal)}
    landmarks = {landmark.id: landmark for landmark in goal.landmarks}
    for on, change in latest.values():
        if change.corrects:
            continue
        if change.landmark:
            holder: object = landmarks.get(change.landmark)
            name = change.part
        else:
            in_measure = change.part in {"target", "from", "unit", "hold", "rollup"}
            holder, name = ((goal.measure if in_measure else goal), "from_" if change.part == "from" else change.part)
        if not name or holder is None or not hasattr(holder, name):
            continue
        today, said = getattr(holder, name), term(change.part, change.now)
        same_day = {c.now for o, c in changes_in_order(goal) if o == on and c.field == change.field}
        if said is not None and today != said and str(today) not in same_day:
            index = next(i for i, a in enumerate(goal.adjustments) if change in a.changes)
            inner = goal.adjustments[index].changes.index(change)
            message = f"{change.field} was adjusted to {change.now} on {on}, but the goal says {today}"
            yield (
                "GH205",
                ("adjustments", index, "changes", inner, "now"),
                message,
                "make the goal and its adjustment say the same",
            )
