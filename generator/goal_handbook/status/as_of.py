"""A handbook as it could be known on a day: later records are left out, and later adjustments are undone.

An adjustment keeps the old value in `was`, so the terms in force on an earlier day follow from the file alone
(status.md: what is dated after as_of is not seen).
"""

from __future__ import annotations

import datetime
import operator
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, Protocol, TypeVar

from pydantic import ValidationError

from ..frozen import frozen
from ..model.goal import Goal, Landmark
from ..model.handbook import Handbook
from ..model.measure import Measure
from ..model.people import Owner
from ..model.records import LISTS, Accounting, Adjustment, CheckIn, FieldChange
from ..model.terms import DROPPED, Value, comparable, spell
from ..model.values import parse_day


class Dated(Protocol):
    """A record: anything written down on a day."""

    @property
    def on(self) -> datetime.date:
        """The day."""


T = TypeVar("T")
Default = TypeVar("Default")
D = TypeVar("D", bound=Dated)
OwnerT = TypeVar("OwnerT", bound=Owner)
Dates = list[tuple[datetime.date, FieldChange]]


#: The records that change what is in force; the others only say what was made, held, discussed and agreed on a day.
_DECISIONS = ("accountings", "adjustments")


def handbook_on(handbook: Handbook, as_of: datetime.date, known: tuple[Handbook, Handbook] | None = None) -> Handbook:
    """Return the handbook with every goal as it could be known on `as_of`.

    A goal that goes on with one closed later feeds nothing yet: until then the other does. `known` is another handbook,
    and what this returned for it and the same day.
    """
    if known and known[0].continues.keys() != known[1].continues.keys():
        known = None  # what became of an owner there also follows from others
    seen = replace(_handbook_on(handbook, as_of, LISTS, known), day=as_of)
    return seen.with_lookups_of(known[1]) if known else seen


def decided_on(handbook: Handbook, as_of: datetime.date) -> Handbook:
    """Return the handbook with every goal on its terms of a day, and with the records of other kinds that came later.

    It is the handbook itself where nothing was decided later. Who is in which team is not looked at.
    """
    return _handbook_on(handbook, as_of, _DECISIONS)


def _handbook_on(
    handbook: Handbook, as_of: datetime.date, lists: Collection[str], known: tuple[Handbook, Handbook] | None = None
) -> Handbook:
    seen = handbook.map_owners(lambda owner: _owner_on(owner, as_of, lists), known)
    if all(map(operator.is_, seen.owners.values(), handbook.owners.values())):
        return handbook
    to_come = handbook.continues.keys() - seen.continues.keys()
    return seen.map_owners(lambda owner: _without_supports(owner, to_come)) if to_come else seen


def goal_on(goal: Goal, as_of: datetime.date, lists: Collection[str] = LISTS) -> Goal:
    """Return the goal as it could be known on `as_of`; the goal itself where nothing is dated later.

    Only records of the kinds in `lists` are left out.
    """
    if _is_known_on(goal, as_of, lists):
        return goal
    later = [a for a in goal.adjustments if a.on > as_of]
    goal = _undo(goal, later) if later else goal  # first, for what is undone may be dated later too
    update: dict[str, Any] = {}
    for name in lists:
        records: tuple[Dated, ...] = getattr(goal, name)
        if records and any(record.on > as_of for record in records):
            update[name] = _until(records, as_of)
    if goal.closed and goal.closed.on > as_of:
        update["closed"] = None
    if any(landmark.done and landmark.done > as_of for landmark in goal.landmarks):
        update["landmarks"] = tuple(_not_done_after(landmark, as_of) for landmark in goal.landmarks)
    if any(step.done and step.done > as_of for accounting in goal.accountings for step in accounting.plan):
        update["accountings"] = tuple(_plan_on(a, as_of) for a in _until(goal.accountings, as_of))
    return goal.model_copy(update=update) if update else goal


def _is_known_on(goal: Goal, as_of: datetime.date, lists: Collection[str]) -> bool:
    """Whether nothing of a goal is dated later: a quick look, for that is so of most goals on most days."""
    for name in ("adjustments", *lists):
        for record in getattr(goal, name):
            if record.on > as_of:
                return False
    for landmark in goal.landmarks:
        if landmark.done and landmark.done > as_of:
            return False
    for accounting in goal.accountings:
        for step in accounting.plan:
            if step.done and step.done > as_of:
                return False
    return goal.closed is None or goal.closed.on <= as_of


def latest(items: Sequence[T], day: Callable[[T], datetime.date], default: Default) -> T | Default:
    """Return the item with the latest day, of several on one day the last in the file; the default without any."""
    return sorted(items, key=day)[-1] if items else default


def changes_in_order(goal: Goal) -> Dates:
    """Return every change of the goal's fields with its day, oldest first."""
    return sorted(((a.on, c) for a in goal.adjustments for c in a.changes), key=lambda pair: pair[0])


def first_terms(goal: Goal) -> Goal:
    """Return the goal on its first terms, with every adjustment undone."""
    return _undo(goal, list(goal.adjustments)) if goal.adjustments else goal


@frozen
class OriginalTerms:
    """The terms of a landmark as first agreed, each only where it differs from today's."""

    due: datetime.date | None = None
    value: Decimal | None = None
    deliver: str = ""


#: Those of a landmark that no adjustment touched.
UNCHANGED = OriginalTerms()


def original_terms(goal: Goal, now: Landmark, terms: Sequence[str]) -> OriginalTerms:
    """Return the first agreed due date, value and deliverable of a landmark, where an adjustment changed them.

    `terms` are the names an adjustment uses for the three.
    """
    if not goal.adjustments:
        return UNCHANGED
    due, value, deliver = map(_original, [goal] * 3, terms, (now.due, now.value, now.deliver))
    return OriginalTerms(
        due if isinstance(due, datetime.date) else None,
        value if isinstance(value, Decimal) else None,
        deliver if isinstance(deliver, str) else "",
    )


def _original(goal: Goal, name: str, now: Value) -> Value:
    first = first_change([(a.on, c) for a in goal.adjustments for c in a.changes if c.field == name])
    return first.was if first and first.was != now else None


def _owner_on(owner: OwnerT, as_of: datetime.date, lists: Collection[str]) -> OwnerT:
    goals = tuple(goal_on(goal, as_of, lists) for goal in owner.goals)
    same = all(map(operator.is_, goals, owner.goals))
    return owner if same else owner.model_copy(update={"goals": goals})


def _without_supports(owner: OwnerT, full_ids: Collection[str]) -> OwnerT:
    if not any(full_id.partition("/")[0] == owner.id for full_id in full_ids):
        return owner
    goals = (g.model_copy(update={"supports": ()}) if f"{owner.id}/{g.id}" in full_ids else g for g in owner.goals)
    return owner.model_copy(update={"goals": tuple(goals)})


def _until(records: Iterable[D], as_of: datetime.date) -> tuple[D, ...]:
    return tuple(record for record in records if record.on <= as_of)


def _not_done_after(landmark: Landmark, as_of: datetime.date) -> Landmark:
    return landmark.model_copy(update={"done": None}) if landmark.done and landmark.done > as_of else landmark


def _plan_on(accounting: Accounting, as_of: datetime.date) -> Accounting:
    """The accounting with the steps done later still open."""
    plan = tuple(s.model_copy(update={"done": None}) if s.done and s.done > as_of else s for s in accounting.plan)
    return accounting.model_copy(update={"plan": plan})


def _undo(goal: Goal, later: list[Adjustment]) -> Goal:
    """The goal on the terms before the adjustments in `later`."""
    by_field: dict[str, Dates] = defaultdict(list)
    for adjustment in later:
        for change in adjustment.changes:
            by_field[change.field].append((adjustment.on, change))
    undone = goal
    for changes in by_field.values():
        if first := first_change(changes):
            undone = _undo_one(undone, first)
    return _possible(undone, goal)


def _possible(undone: Goal, goal: Goal) -> Goal:
    """The goal on its old terms, but for those that no goal can ever have had: adjustments can claim anything."""
    present = {landmark.id: landmark for landmark in goal.landmarks}
    landmarks = tuple(lm if _is_valid(lm) else present[lm.id] for lm in undone.landmarks)
    measure = undone.measure if undone.measure is None or _is_valid(undone.measure) else goal.measure
    return undone.model_copy(update={"measure": measure, "landmarks": landmarks})


def _is_valid(part: Measure | Landmark) -> bool:
    try:
        return bool(type(part).model_validate(part.model_dump(exclude_defaults=True)))
    except ValidationError:
        return False


def first_change(changes: Dates) -> FieldChange | None:
    """Return the earliest change of a field, wherever the file lists it; None where none of them lasted.

    Of several on one day it is the one whose `was` no other made; a day that ends on the value it began with
    changed nothing.
    """
    for day in sorted({on for on, _ in changes}):
        same_day = sorted((c for on, c in changes if on == day), key=lambda c: (spell(c.was), spell(c.now)))
        begun = Counter(comparable(c.was) for c in same_day) - Counter(comparable(c.now) for c in same_day)
        if first := next((c for c in same_day if begun[comparable(c.was)]), None):
            return first
    return None


def _undo_one(goal: Goal, change: FieldChange) -> Goal:
    if change.record:
        if change.record.kind.name != "checkins":
            return goal  # git alone knows what it said before
        day = parse_day(change.record.key)
        return goal.model_copy(update={"checkins": tuple(_undo_correction(goal.checkins, day, change.was))})
    if change.term is None:
        return goal
    if change.term.is_whole_landmark:
        if change.now in (None, DROPPED) or change.was == DROPPED:
            return goal  # a drop is undone by leaving its record out
        return goal.model_copy(update={"landmarks": tuple(lm for lm in goal.landmarks if lm.id != change.landmark)})
    return change.term.put(goal, change.was)


def _undo_correction(checkins: tuple[CheckIn, ...], day: datetime.date, was: Value) -> Iterator[CheckIn]:
    """The readings as they were before one of them was corrected, removed or added."""
    corrected = next((c for c in checkins if c.on == day and c.value is not None), None)
    yield from (c for c in checkins if c is not corrected)
    if was is not None:
        yield (corrected or CheckIn(on=day, value=Decimal(0))).model_copy(update={"value": was})
