"""What is owed and what is coming up: for a chat message, or a Monday email."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..status.assessment import GoalState, Owed, all_owed, behind
from ..status.coming import Coming, LandmarkDue, StepDue, coming, overdue_steps
from ..views.components import BehindView, GoalLink, OwedView
from ..views.context import ViewContext, distance
from ..views.progress import behind_view
from ..words import days, plural
from .markup import Style


@dataclass(frozen=True, slots=True)
class DueItem:
    """Something of a goal that is due: a landmark, a step of a plan or a review. `when` is its distance in words."""

    kind: str
    due: datetime.date
    due_text: str
    when: str
    ref: GoalLink
    what: str


@dataclass(frozen=True, slots=True)
class DueView:
    """What is owed and which steps of plans are overdue, the oldest first; who is `behind`, that is off track or at
    risk, the worst first; and what is due within `days` days."""

    as_of: str
    days: int
    owed: tuple[tuple[Owed, OwedView], ...]
    overdue_steps: tuple[DueItem, ...]
    behind: tuple[tuple[GoalState, BehindView], ...]
    coming: tuple[DueItem, ...]


def due_view(context: ViewContext, most_days: int, owner: str = "") -> DueView:
    """Return the view for everybody or for an owner: a seller, a team with its members, a leader with everybody below.

    Raises KeyError for an unknown owner.
    """
    goals = _goals_of(context, owner)
    return DueView(
        context.day(context.assessment.as_of),
        most_days,
        tuple((item, context.owed_item(item)) for item in all_owed(goals)),
        tuple(_item(context, step, f"{days(step.step.days_overdue)} overdue") for step in overdue_steps(goals)),
        tuple((goal, behind_view(context, goal)) for goal in behind(goals)),
        tuple(_item(context, item, _when(item)) for item in coming(goals, most_days)),
    )


def _goals_of(context: ViewContext, owner: str) -> tuple[GoalState, ...]:
    assessment = context.assessment
    if not owner:
        return tuple(assessment.goals.values())
    if owner in assessment.handbook.teams:
        return assessment.in_team[owner]
    return (*assessment.by_owner[owner], *assessment.led_by.get(owner, ()))


def _item(context: ViewContext, item: Coming, when: str) -> DueItem:
    if isinstance(item, LandmarkDue):
        what = context.landmark(item.goal.goal, item.landmark.landmark.id)
    else:
        what = context.step(item.step) if isinstance(item, StepDue) else "review"
    return DueItem(item.kind, item.due, context.day(item.due), when, context.ref(item.goal.full_id), what)


def _when(item: Coming) -> str:
    return f"{distance(item.days_left)}{', within grace' if item.days_left < 0 else ''}"


def due_text(view: DueView, style: Style) -> str:
    """Return the view as text in a medium."""
    return "\n".join(_lines(view, style)) + "\n"


def _lines(view: DueView, style: Style) -> Iterator[str]:
    yield style.heading(f"Goals as of {style.escape(view.as_of)}", 2)
    yield f"{', '.join(_counts(view))}."
    if view.owed:
        yield ""
        yield style.heading("Owed")
    for _, item in view.owed:
        age = style.strong(item.age) if item.overdue else item.age
        yield style.item(f"{item.badge.label}: {_whose(item.ref, style)} – {style.escape(item.what)} ({age})")
    if view.overdue_steps:
        yield ""
        yield style.heading("Planned steps that are overdue")
    for step in view.overdue_steps:
        yield style.item(f"{_whose(step.ref, style)} – {style.escape(step.what)} ({style.strong(step.when)})")
    if view.behind:
        yield ""
        yield style.heading("Off track or at risk")
    for _, found in view.behind:
        yield style.item(f"{found.badge.label}: {_whose(found.ref, style)} – {style.escape(found.what)}")
    if view.coming:
        yield ""
        yield style.heading(f"The next {days(view.days)}")
    for coming_item in view.coming:
        what = f"{_whose(coming_item.ref, style)} – {style.escape(coming_item.what)}"
        yield style.item(f"{style.escape(coming_item.due_text)}, {coming_item.when}: {what}")


def _counts(view: DueView) -> Iterator[str]:
    yield f"{plural(len(view.owed), 'thing')} owed"
    if view.overdue_steps:
        yield f"{plural(len(view.overdue_steps), 'planned step')} overdue"
    if view.behind:
        yield f"{plural(len(view.behind), 'goal')} off track or at risk"
    yield f"{plural(len(view.coming), 'thing')} due within {days(view.days)}"


def _whose(ref: GoalLink, style: Style) -> str:
    return f"{style.escape(ref.owner.name)}, {style.escape(ref.title)}"


def due_data(view: DueView, as_of: datetime.date) -> dict[str, Any]:
    """Return the view as plain data."""
    owed = [
        {"kind": item.kind, "goal": item.full_id, "landmark": item.landmark, "since": item.since.isoformat()}
        | {"days": item.days, "overdue": item.overdue, "owner": shown.ref.owner.name, "title": shown.ref.title}
        for item, shown in view.owed
    ]
    found = [
        {"goal": goal.full_id, "status": goal.status, "recovering": goal.recovering}
        | {"owner": shown.ref.owner.name, "title": shown.ref.title, "what": shown.what}
        for goal, shown in view.behind
    ]
    late_steps = [_step_data(item) for item in view.overdue_steps]
    coming_items = [
        {"kind": item.kind, **_step_data(item), "owner": item.ref.owner.name, "title": item.ref.title}
        for item in view.coming
    ]
    data = {"as_of": as_of.isoformat(), "days": view.days, "owed": owed}
    return data | {"late_steps": late_steps, "behind": found, "coming": coming_items}


def _step_data(item: DueItem) -> dict[str, Any]:
    return {"goal": item.ref.full_id, "on": item.due.isoformat(), "what": item.what}
