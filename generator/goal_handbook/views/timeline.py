"""Events in order: everything that happened to a goal, and what was decided in a handbook."""

from __future__ import annotations

import datetime
import heapq
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import TypeGuard

from ..changes.history import Version
from ..changes.kinds import Accountable, Change, GoalAdded
from ..frozen import frozen
from ..model.goal import Goal, all_records
from ..model.records import RECORDS, CheckIn, Record, RecordKind, Session, identity
from ..status.assessment import GoalState
from .components import Event, GoalLink
from .context import ViewContext
from .events import change_event, record_event
from .origin import origin_view

#: What a goal's page shows elsewhere than in its history.
_ON_THE_CARD = frozenset({"accountings", "checkins", "sessions", "done", "closed"})
_IN_HISTORY = tuple(kind for kind in RECORDS.values() if kind.name not in _ON_THE_CARD)
#: What has notes that a goal's page shows, the latest of them.
_NOTED = (RECORDS["checkins"], RECORDS["sessions"])
#: What is decided about a goal.
_DECIDED = tuple(RECORDS[name] for name in ("agreed", "accountings", "adjustments", "closed"))
_DECISIONS = frozenset(kind.name for kind in _DECIDED)
NOTES_SHOWN = 8


@frozen
class TimelineEntry:
    """An event and the goal it happened to; `ref` is None where that is gone, `title` says what it was called.

    `key` is the same for ever, however the event is worded. `changed_before` is the day on which it was changed
    already, without the decision that explains it; else "".
    """

    event: Event
    ref: GoalLink | None
    title: str
    key: str
    changed_before: str = ""


@frozen
class Decision:
    """Something decided about a goal (a `record`), or changed in it without a decision (a `change`), not yet in words.

    `changed_before` is the version that had changed it already, before the decision was written down; `number` tells
    apart records of one kind and one day.
    """

    day: datetime.date
    full_id: str
    record: tuple[RecordKind, Record] | None = None
    change: tuple[Version, Accountable] | None = None
    changed_before: Version | None = None
    number: int = 1

    @property
    def name(self) -> str:
        """Return what kind of record it is, "" for a change."""
        return self.record[0].name if self.record else ""

    @property
    def key(self) -> str:
        """Return what tells it apart from all others for ever."""
        if self.change:
            version, change = self.change
            return "/".join([*change.subject, type(change).__name__, version.id])
        which = identity(*self.record) if self.record else ()
        return "/".join([self.full_id, self.name, *which, str(self.number)])

    @property
    def order(self) -> tuple[datetime.date, str, str]:
        """Return what decisions are sorted by; those of a day about one goal are together."""
        return self.day, self.full_id, self.name


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
    records = list(all_records(goal, _IN_HISTORY))
    noted = [(k, r) for k, r in all_records(goal, _NOTED) if isinstance(r, (CheckIn, Session)) and r.note]
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


def history_summary(context: ViewContext, goal: Goal) -> str:
    """Return `2 adjustments, 3 reviews`."""
    counted = []
    if goal.adjustments:
        counted.append(context.plural("{n} adjustment", "{n} adjustments", len(goal.adjustments)))
    if goal.reviews:
        counted.append(context.plural("{n} review", "{n} reviews", len(goal.reviews)))
    return ", ".join(counted)


def decisions(context: ViewContext) -> Iterator[Decision]:
    """Yield what was adjusted, accounted for, agreed, closed or changed silently, each once and in no order.

    A silent change that an adjustment has explained since is part of that adjustment.
    """
    explained: dict[tuple[str, datetime.date], Version] = {}
    goals = context.assessment.goals
    for version in context.history.until(context.assessment.as_of):
        for change in filter(_is_news, version.changes):
            state = goals.get(change.full_id)
            if state and (adjustment := change.explained_later_by(state.goal)):
                explained.setdefault((change.full_id, adjustment.on), version)
            else:
                yield Decision(version.day, change.full_id, change=(version, change))
    for full_id, state in goals.items():
        numbers = Counter[tuple[str, tuple[str, ...]]]()
        for kind, record in all_records(state.goal, _DECIDED):
            numbers[found := (kind.name, identity(kind, record))] += 1
            before = explained.get((full_id, record.on)) if kind.name == "adjustments" else None
            yield Decision(record.on, full_id, (kind, record), changed_before=before, number=numbers[found])


def latest_events(context: ViewContext, most: int, records: Collection[str] = _DECISIONS) -> tuple[TimelineEntry, ...]:
    """Return the latest decisions (records of these kinds, and silent changes) in words, newest first."""
    found = (decision for decision in decisions(context) if not decision.record or decision.name in records)
    latest = heapq.nlargest(most, found, key=lambda decision: decision.order)
    return tuple(decision_entry(context, decision) for decision in latest)


def decision_entry(context: ViewContext, decision: Decision) -> TimelineEntry:
    """Return a decision in words."""
    full_id, before = decision.full_id, decision.changed_before
    ref = context.ref(full_id) if full_id in context.assessment.goals else None
    changed_before = context.day(before.day if before else None)
    return TimelineEntry(_event(context, decision), ref, full_id, decision.key, changed_before)


def _event(context: ViewContext, decision: Decision) -> Event:
    if decision.record:
        goal = context.assessment.goals[decision.full_id].goal
        return _record_event(context, decision.full_id, goal, *decision.record)
    if decision.change and (event := change_event(context, *decision.change)):
        return event
    raise ValueError(f"nothing to say about {decision.full_id}")


def _record_event(context: ViewContext, full_id: str, goal: Goal, kind: RecordKind, record: Record) -> Event:
    event = record_event(context, goal, kind, record, context.commit(full_id, kind.name, record))
    origin = origin_view(context, full_id, kind, record)
    return replace(event, origin=origin) if origin else event


def _is_in_an_adjustment(change: Change) -> bool:
    """Whether an adjustment, which is shown itself, says what changed."""
    return isinstance(change, Accountable) and change.explained_by is not None


def _is_news(change: Change) -> TypeGuard[Accountable]:
    """Whether a change is shown beside the decisions: what no adjustment explained in time, and goals that vanished."""
    return isinstance(change, Accountable) and not change.draft and (change.silent or change.settled)
