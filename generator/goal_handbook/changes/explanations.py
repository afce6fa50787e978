"""Which adjustment explains a change: its `was` is the old value and its `now` the new one, in one step or several."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from ..model.records import Adjustment, CheckIn, Delivery, FieldChange, Record, correction_name
from ..model.terms import DROPPED, TermRef, Value
from . import kinds
from .kinds import Change
from .snapshot import GoalSnapshot


class _Step(NamedTuple):
    """One change of a field, as an adjustment says it."""

    on: datetime.date
    change: FieldChange
    adjustment: Adjustment
    was: Value
    now: Value


#: Reads the value of a term in the older or (True) the newer goal, so that two of the same meaning are equal.
Ends = Callable[[Value, bool], Value]
_Steps = dict[str, list[_Step]]


def attach_explanations(changes: list[Change], goal: GoalSnapshot, ends: Ends) -> Iterator[Change]:
    """Yield the changes of one goal, each with the new adjustment that explains it, and what adjustments claim falsely.

    `goal` is the newer version, and `ends` reads the values of both. A correction of a record is an adjustment too:
    `checkins.2017-06-30`.
    """
    steps = _steps(new_adjustments(changes), ends)
    spoken_of: set[str] = set()
    for change in changes:
        if isinstance(change, kinds.LandmarkChange):
            adjustment, fields = _of_landmark(change, steps)
            spoken_of |= fields
        elif isinstance(change, kinds.RecordChange) and not isinstance(change.old, (CheckIn, Delivery)):
            field = correction_name(change.kind, change.old)
            adjustment = steps[field][-1].adjustment if field in steps else None
        elif isinstance(change, (kinds.TermChanged, kinds.RecordEdited, kinds.RecordRemoved)):
            field, was, now = _field_and_ends(change, ends)
            adjustment = _walk(steps.get(field, []), was, now)
            spoken_of.add(field)
            if adjustment is None and field in steps:
                yield _claim(change.full_id, field, steps[field], was)
        else:
            yield change
            continue
        yield replace(change, explained_by=adjustment) if adjustment else change
    terms = goal.terms()
    for field, chain in steps.items():
        here = ends(terms.get(field), True)
        if field not in spoken_of and field in terms and _walk(chain, here, here) is None:
            yield _claim(changes[0].full_id, field, chain, here)


def unexplained(changes: Iterable[Change]) -> Iterator[Change]:
    """Yield the changes nobody has explained, each once: one that an adjustment explains wrongly as that false claim.

    Drafts are among them.
    """
    changes = tuple(changes)
    claimed = {change.subject for change in changes if isinstance(change, kinds.FalseClaim)}
    for change in changes:
        if isinstance(change, kinds.FalseClaim):
            if not change.settled:
                yield change
        elif isinstance(change, kinds.Accountable):
            is_explained = change.settled or change.explained_by or change.subject in claimed
            if not is_explained:
                yield change


def new_adjustments(changes: Iterable[Change]) -> Iterator[Adjustment]:
    """Yield the adjustments among what was newly written down."""
    for change in changes:
        if isinstance(change, kinds.RecordAdded) and isinstance(change.record, Adjustment):
            yield change.record


def _steps(adjustments: Iterable[Adjustment], ends: Ends) -> _Steps:
    """What adjustments say of each field, in the order of their days."""
    found: _Steps = defaultdict(list)
    for adjustment in sorted(adjustments, key=lambda a: a.on):
        for change in adjustment.changes:
            was, now = ends(change.was, False), ends(change.now, True)
            found[change.field].append(_Step(adjustment.on, change, adjustment, was, now))
    return dict(found)


def _field_and_ends(change: kinds.TermChanged | kinds.RecordChange, ends: Ends) -> tuple[str, Value, Value]:
    """The name an adjustment uses for what changed, and its old and new value."""
    if isinstance(change, kinds.TermChanged):
        return change.ref.name, ends(change.was, False), ends(change.now, True)
    new = change.new if isinstance(change, kinds.RecordEdited) else None
    return correction_name(change.kind, change.old), _value(change.old), _value(new)


def _value(record: Record | None) -> Value:
    """The one value of a reading or a delivery."""
    return record.value if isinstance(record, CheckIn) else record.on if isinstance(record, Delivery) else None


def _walk(chain: list[_Step], was: Value, now: Value) -> Adjustment | None:
    """The last adjustment of a chain that leads from `was` to `now` using every step, or None.

    Of several on one day any order will do.
    """
    left, here, last = list(chain), was, None
    while left:
        step = next((s for s in left if s.on == left[0].on and s.was == here), None)
        if step is None:
            return None
        left.remove(step)
        here, last = step.now, step.adjustment
    return last if here == now else None


def _of_landmark(change: kinds.LandmarkChange, steps: _Steps) -> tuple[Adjustment | None, set[str]]:
    """The adjustment that drops or adds a landmark, as a whole or by its terms; and the fields that speak of it."""
    fields = {field for field, chain in steps.items() if _is_part_of(chain[0].change.term, change.ref)}
    for field in sorted(fields):
        first, last = steps[field][0], steps[field][-1]
        if isinstance(change, kinds.LandmarkRemoved) and last.now in (None, DROPPED):
            return last.adjustment, fields
        if isinstance(change, kinds.LandmarkAdded) and first.was in (None, DROPPED):
            return last.adjustment, fields
    return None, fields


def _is_part_of(term: TermRef | None, landmark: TermRef) -> bool:
    return term is not None and term.landmark == landmark.landmark


def _claim(full_id: str, field: str, chain: list[_Step], actual: Value) -> kinds.FalseClaim:
    """What adjustments say of a field from first to last, and what it `actual`ly was before."""
    first, last = chain[0].change, chain[-1]
    return kinds.FalseClaim(full_id, field, first.was, last.change.now, actual, last.adjustment)
