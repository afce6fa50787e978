"""What happened, in order: a goal's whole life, and the latest changes of a handbook."""

from __future__ import annotations

import datetime
import heapq
from collections.abc import Iterator
from dataclasses import dataclass

from ..changes.history import Version
from ..changes.kinds import Move, decision_key
from ..changes.snapshot import DECISIONS, goal_snapshot, item_of
from ..model.goal import Goal
from ..status.assessment import GoalState
from .components import Event, GoalRef
from .context import ViewContext, plural
from .events import item_event, move_event

#: What a goal's page tells elsewhere than in its history.
_ON_THE_CARD = frozenset({"accountings", "checkins", "sessions", "done", "closed"})
NOTES_SHOWN = 8
CHANGES_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Happened:
    """An event and the goal it happened to; `ref` is None where that is gone, `title` says what it was called."""

    event: Event
    ref: GoalRef | None
    title: str


def goal_life(context: ViewContext, full_id: str, goal: Goal) -> list[Event]:
    """Everything that was written down of a goal, and everything that moved, oldest first."""
    events = []
    for name, items in goal_snapshot(goal).decisions.items():
        for item in items:
            commit = context.history.brought.get(decision_key(full_id, name, item), "")
            events.append(item_event(context, goal, name, item, commit))
    events += [event for version, move in _moves(context, full_id) if (event := move_event(context, version, move))]
    return sorted(events, key=lambda event: event.day)


def goal_history(context: ViewContext, standing: GoalState) -> tuple[Event, ...]:
    """What a goal's page tells of its past, newest first: decisions, notes, and what moved otherwise."""
    goal, full_id = standing.goal, standing.full_id
    events = []
    for name in DECISIONS.keys() - _ON_THE_CARD:
        for decision in getattr(goal, name):
            events.append(item_event(context, goal, name, item_of(decision), context.commit(full_id, name, decision)))
    noted = [("checkins", c) for c in goal.checkins if c.note] + [("sessions", s) for s in goal.sessions if s.note]
    for name, decision in heapq.nlargest(NOTES_SHOWN, noted, key=lambda pair: pair[1].on):
        events.append(item_event(context, goal, name, item_of(decision), context.commit(full_id, name, decision)))
    for version, move in _moves(context, full_id):
        told = move.because or (move.what == "goal" and move.how == "added")
        if not told and (event := move_event(context, version, move)):
            events.append(event)
    return tuple(sorted(events, key=lambda event: (event.day, event.badge.label), reverse=True))


def history_summary(goal: Goal) -> str:
    """`2 adjustments, 3 reviews`."""
    counted = ((len(goal.adjustments), "adjustment"), (len(goal.reviews), "review"))
    return ", ".join(plural(number, word) for number, word in counted if number)


def latest(context: ViewContext, most: int = CHANGES_SHOWN) -> tuple[Happened, ...]:
    """What was adjusted, accounted for, agreed, reviewed, closed, or moved otherwise; newest first, at most so many."""
    found: list[tuple[datetime.date, str, str, object]] = []
    for full_id, standing in context.assessment.goals.items():
        goal = standing.goal
        for name in ("adjustments", "accountings", "agreed", "reviews"):
            found += [(decision.on, full_id, name, decision) for decision in getattr(goal, name)]
        if goal.closed:
            found.append((goal.closed.on, full_id, "closed", goal.closed))
    for version in context.history.versions:
        if version.day <= context.assessment.as_of:
            found += [(version.day, m.full_id, "", (version, m)) for m in version.moves if _is_news(m)]
    happened = []
    for _, full_id, name, what in heapq.nlargest(most, found, key=lambda one: one[:3]):
        event = _event(context, full_id, name, what)
        if event:
            ref = context.ref(full_id) if full_id in context.assessment.goals else None
            happened.append(Happened(event, ref, full_id))
    return tuple(happened)


def _event(context: ViewContext, full_id: str, name: str, what: object) -> Event | None:
    if isinstance(what, tuple):
        return move_event(context, *what)
    goal = context.assessment.goals[full_id].goal
    return item_event(context, goal, name, item_of(what), context.commit(full_id, name, what))  # type: ignore[arg-type]


def _is_news(move: Move) -> bool:
    """Whether a move is told beside the decisions: what no adjustment explains, and goals that vanished."""
    return not move.because and not move.draft and (move.silent or move.settled) and move.what != "claim"


def _moves(context: ViewContext, full_id: str) -> Iterator[tuple[Version, Move]]:
    """The moves of a goal that were committed by the status date."""
    return (
        (version, move)
        for version, move in context.history.by_goal.get(full_id, ())
        if version.day <= context.assessment.as_of
    )
