"""Events in order: everything that happened to a goal, and the latest changes of a handbook."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace

from ..changes.history import Version
from ..changes.kinds import Accountable, Change, GoalAdded
from ..model.goal import Goal, all_records
from ..model.records import RECORDS, CheckIn, Record, RecordKind, Session, identity
from ..status.assessment import GoalState
from ..words import plural
from .components import Event, GoalLink
from .context import ViewContext
from .events import change_event, record_event
from .origin import origin_view

#: What a goal's page shows elsewhere than in its history.
_ON_THE_CARD = frozenset({"accountings", "checkins", "sessions", "done", "closed"})
#: The records that the list of changes shows.
_NEWS = frozenset({"adjustments", "accountings", "agreed", "reviews", "closed"})
#: A record, or what a version changed.
_Happened = tuple[RecordKind, Record] | tuple[Version, Change]
NOTES_SHOWN = 8
CHANGES_SHOWN = 100


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """An event and the goal it happened to; `ref` is None where that is gone, `title` says what it was called.

    `key` is the same for ever, however the event is worded.
    """

    event: Event
    ref: GoalLink | None
    title: str
    key: str


def goal_log(context: ViewContext, full_id: str, goal: Goal) -> list[Event]:
    """Return everything that was written down about a goal, and everything that changed, oldest first.

    It begins with the goal as it first was, also if its first commit came after its first records.
    """
    begin: list[Event] = []
    events = [_record_event(context, full_id, goal, kind, record) for kind, record in all_records(goal)]
    for version, change in context.history.of_goal(full_id, context.assessment.as_of):
        if not _is_in_an_adjustment(change) and (event := change_event(context, version, change)):
            (events if begin or not isinstance(change, GoalAdded) else begin).append(event)
    return begin + sorted(events, key=lambda event: event.day)


def goal_history(context: ViewContext, state: GoalState) -> tuple[Event, ...]:
    """Return what a goal's page shows of its past, newest first: decisions, notes, and what else changed."""
    goal, full_id = state.goal, state.full_id
    records = [(kind, record) for kind, record in all_records(goal) if kind.name not in _ON_THE_CARD]
    noted = [(k, r) for k, r in all_records(goal) if isinstance(r, (CheckIn, Session)) and r.note]
    records += heapq.nlargest(NOTES_SHOWN, noted, key=lambda pair: pair[1].on)
    events = [_record_event(context, full_id, goal, kind, record) for kind, record in records]
    for version, change in context.history.of_goal(full_id, context.assessment.as_of):
        shown = isinstance(change, GoalAdded) or _is_in_an_adjustment(change)
        if not shown and (event := change_event(context, version, change)):
            events.append(event)
    return tuple(sorted(events, key=lambda event: (event.day, event.badge.label), reverse=True))


def adjustments_of(context: ViewContext, state: GoalState) -> tuple[Event, ...]:
    """Return the adjustments of a goal as events, newest first."""
    kind = RECORDS["adjustments"]
    events = (_record_event(context, state.full_id, state.goal, kind, a) for a in state.goal.adjustments)
    return tuple(sorted(events, key=lambda event: event.day, reverse=True))


def history_summary(goal: Goal) -> str:
    """Return `2 adjustments, 3 reviews`."""
    counted = ((len(goal.adjustments), "adjustment"), (len(goal.reviews), "review"))
    return ", ".join(plural(number, word) for number, word in counted if number)


def latest_events(context: ViewContext, most: int, records: Collection[str] = _NEWS) -> tuple[TimelineEntry, ...]:
    """Return what was decided (records of these kinds) or changed silently, newest first."""
    found: list[tuple[tuple[object, str, str], str, str, _Happened]] = []
    for full_id, state in context.assessment.goals.items():
        numbers = Counter[str]()
        for kind, record in all_records(state.goal):
            if kind.name in records:
                name = "/".join([full_id, kind.name, *identity(kind, record)])
                numbers[name] += 1  # two adjustments may be of one day
                found.append(((record.on, full_id, kind.name), full_id, f"{name}/{numbers[name]}", (kind, record)))
    for version in context.history.until(context.assessment.as_of):
        for change in filter(_is_news, version.changes):
            name = "/".join([*change.subject, type(change).__name__, version.id])
            found.append(((version.day, change.full_id, ""), change.full_id, name, (version, change)))
    entries = []
    for _, full_id, key, what in heapq.nlargest(most, found, key=lambda one: one[0]):
        if event := _event(context, full_id, what):
            ref = context.ref(full_id) if full_id in context.assessment.goals else None
            entries.append(TimelineEntry(event, ref, full_id, key))
    return tuple(entries)


def _event(context: ViewContext, full_id: str, what: _Happened) -> Event | None:
    first, second = what
    if isinstance(first, Version) and isinstance(second, Change):
        return change_event(context, first, second)
    if isinstance(first, RecordKind) and not isinstance(second, Change):
        return _record_event(context, full_id, context.assessment.goals[full_id].goal, first, second)
    return None


def _record_event(context: ViewContext, full_id: str, goal: Goal, kind: RecordKind, record: Record) -> Event:
    event = record_event(context, goal, kind, record, context.commit(full_id, kind.name, record))
    return replace(event, origin=origin_view(context, full_id, kind, record))


def _is_in_an_adjustment(change: Change) -> bool:
    """Whether an adjustment, which is shown itself, says what changed."""
    return isinstance(change, Accountable) and change.explained_by is not None


def _is_news(change: Change) -> bool:
    """Whether a change is shown beside the decisions: what no adjustment explained in time, and goals that vanished."""
    return isinstance(change, Accountable) and not change.draft and (change.silent or change.settled)
