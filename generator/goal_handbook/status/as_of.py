"""A handbook as it could be known on a day: what is dated later is not seen, and later adjustments are undone.

An adjustment keeps the old value in `was`, so the terms in force on an earlier day can be told from the file
alone (status.md: "what is dated after as_of is not seen").
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Hashable, Iterable
from decimal import Decimal
from typing import Any, Protocol, TypeVar

from pydantic import ValidationError

from ..model.goal import Goal, Landmark
from ..model.handbook import Handbook
from ..model.measure import Cadence, Measure
from ..model.people import Owner
from ..model.records import GONE, Adjustment, Change, CheckIn
from ..model.values import parse_day, parse_number


class Dated(Protocol):
    """Anything written down on a day."""

    @property
    def on(self) -> datetime.date:
        """The day."""


D = TypeVar("D", bound=Dated)
OwnerT = TypeVar("OwnerT", bound=Owner)

_DECISIONS = ("checkins", "sessions", "reviews", "agreed", "accountings", "adjustments")


def handbook_on(handbook: Handbook, as_of: datetime.date) -> Handbook:
    """The handbook with every goal as it could be known on `as_of`."""
    return Handbook(
        handbook.settings,
        {i: _owner_on(o, as_of) for i, o in handbook.teams.items()},
        {i: _owner_on(o, as_of) for i, o in handbook.sellers.items()},
        {i: _owner_on(o, as_of) for i, o in handbook.leaders.items()},
    )


def goal_on(goal: Goal, as_of: datetime.date) -> Goal:
    """The goal as it could be known on `as_of`; the goal itself where nothing is dated later."""
    later = [a for a in goal.adjustments if a.on > as_of]
    update: dict[str, Any] = {}
    for name in _DECISIONS:
        dated: tuple[Dated, ...] = getattr(goal, name)
        if any(item.on > as_of for item in dated):
            update[name] = _until(dated, as_of)
    if goal.closed and goal.closed.on > as_of:
        update["closed"] = None
    if any(landmark.done and landmark.done > as_of for landmark in goal.landmarks):
        update["landmarks"] = tuple(_undone(landmark, as_of) for landmark in goal.landmarks)
    if any(step.done and step.done > as_of for accounting in goal.accountings for step in accounting.plan):
        update["accountings"] = tuple(
            a.model_copy(
                update={
                    "plan": tuple(
                        s.model_copy(update={"done": None}) if s.done and s.done > as_of else s for s in a.plan
                    )
                }
            )
            for a in _until(goal.accountings, as_of)
        )
    if update:
        goal = goal.model_copy(update=update)
    return _undo(goal, later) if later else goal


def _owner_on(owner: OwnerT, as_of: datetime.date) -> OwnerT:
    goals = tuple(goal_on(goal, as_of) for goal in owner.goals)
    return (
        owner
        if all(a is b for a, b in zip(goals, owner.goals, strict=True))
        else owner.model_copy(update={"goals": goals})
    )


def _until(items: Iterable[D], as_of: datetime.date) -> tuple[D, ...]:
    return tuple(item for item in items if item.on <= as_of)


def _undone(landmark: Landmark, as_of: datetime.date) -> Landmark:
    return landmark.model_copy(update={"done": None}) if landmark.done and landmark.done > as_of else landmark


def _undo(goal: Goal, later: list[Adjustment]) -> Goal:
    """The goal on the terms before the adjustments in `later`."""
    by_field: dict[str, list[tuple[datetime.date, Change]]] = {}
    for adjustment in later:
        for change in adjustment.changes:
            by_field.setdefault(change.field, []).append((adjustment.on, change))
    for changes in by_field.values():
        if first := first_change(changes):
            goal = _undo_one(goal, first)
    return goal


def first_change(changes: list[tuple[datetime.date, Change]]) -> Change | None:
    """The earliest change of a field, wherever it stands in the list; None where there is none that lasted.

    Of several on one day it is the one whose `was` no other made; a day that ends on the value it began with
    changed nothing.
    """
    for day in sorted({on for on, _ in changes}):
        same_day = sorted((c for on, c in changes if on == day), key=lambda c: (c.was, c.now))
        begun = Counter(_spelt(c.part, c.was) for c in same_day) - Counter(_spelt(c.part, c.now) for c in same_day)
        if first := next((c for c in same_day if begun[_spelt(c.part, c.was)]), None):
            return first
    return None


def _spelt(part: str, text: str) -> Hashable:
    """The same for 1200 and 1_200; what is not there stays in its own words."""
    value = term(part, text)
    return text if value is None else value


def _undo_one(goal: Goal, change: Change) -> Goal:
    if change.landmark:
        return goal.model_copy(update={"landmarks": tuple(_undo_landmarks(goal.landmarks, change))})
    if change.corrects == "checkins":
        return goal.model_copy(update={"checkins": tuple(_undo_correction(goal.checkins, change))})
    if change.corrects:
        return goal  # what it said before is known to git alone
    value = () if change.part == "supports" and change.was in GONE else term(change.part, change.was)
    if value is None and change.part not in {"from", "hold"}:
        return goal
    if change.part in {"target", "from", "unit", "hold"}:
        name = "from_" if change.part == "from" else change.part
        measure = goal.measure.model_copy(update={name: value}) if goal.measure else None
        return goal.model_copy(update={"measure": measure})
    if change.part.startswith("cadence.") and goal.measure and goal.measure.cadence:
        return goal.model_copy(
            update={"measure": _undo_cadence(goal.measure, change.part.removeprefix("cadence."), change.was)}
        )
    return goal.model_copy(update={change.part: value}) if change.part in Goal.model_fields else goal


def _undo_correction(checkins: tuple[CheckIn, ...], change: Change) -> Iterable[CheckIn]:
    """The readings as they were before one of them was corrected, taken out or put in."""
    day, was = parse_day(change.field.partition(".")[2]), term(change.part, change.was)
    corrected = next((c for c in checkins if c.on == day and c.value is not None), None)
    yield from (c for c in checkins if c is not corrected)
    if was is not None:
        yield (corrected or CheckIn(on=day, value=Decimal(0))).model_copy(update={"value": was})


def _undo_landmarks(landmarks: tuple[Landmark, ...], change: Change) -> Iterable[Landmark]:
    for landmark in landmarks:
        if landmark.id != change.landmark:
            yield landmark
        elif change.part and (value := term(change.part, change.was)) is not None:
            yield landmark.model_copy(update={change.part: value})
        elif change.part or change.now in GONE or change.was == "dropped":  # a drop is undone by not seeing it
            yield landmark
        # else it was added later: not there yet


def _undo_cadence(measure: Measure, part: str, was: str) -> Measure:
    if measure.cadence is None:
        return measure
    try:
        cadence = Cadence.model_validate(measure.cadence.model_dump() | {part: was})
    except ValidationError:  # `was` is no such term: the present one is all that is known
        return measure
    return measure.model_copy(update={"cadence": cadence})


def term(part: str, text: str) -> Decimal | datetime.date | str | tuple[str, ...] | None:
    """The value of a term from its text in `was` or `now`, or None where it was not there."""
    if text in GONE:
        return None
    if part in {"target", "from", "value"} or part.startswith("checkins."):
        return parse_number(text)
    if part in {"due", "start", "done"}:
        return parse_day(text)
    if part == "supports":
        return tuple(ref.strip() for ref in text.strip("[]").split(",") if ref.strip())
    return text
