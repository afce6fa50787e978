"""What is coming and what is owed: for a chat message, or a Monday mail."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ..status.assessment import GoalState, Owed, all_owed
from ..views.components import GoalRef, OwedView
from ..views.context import ViewContext, days, plural
from .markup import Style


@dataclass(frozen=True, slots=True)
class Coming:
    """Something of the next days: a landmark, a step of a plan or a review."""

    day: datetime.date
    on: str
    away: str
    ref: GoalRef
    what: str
    kind: str


@dataclass(frozen=True, slots=True)
class DueView:
    """What is owed, the longest first, plan steps past their day (`late`), and what comes within `days` days."""

    as_of: str
    days: int
    owed: tuple[OwedView, ...]
    late: tuple[Coming, ...]
    coming: tuple[Coming, ...]
    items: tuple[Owed, ...]


def due_view(context: ViewContext, most_days: int, owner: str = "") -> DueView:
    """The view for everybody, or for an owner: a seller's goals, a team's with its members', a leader's with theirs.

    Raises KeyError with the owner's name, where nobody bears it.
    """
    goals = _goals_of(context, owner)
    owed = tuple(all_owed(goals))
    until = context.assessment.as_of + datetime.timedelta(days=most_days)
    coming = sorted(_coming(context, goals, until), key=lambda one: (one.day, one.ref.full_id, one.what))
    today = context.assessment.as_of
    return DueView(
        context.day(today),
        most_days,
        tuple(map(context.one_owed, owed)),
        tuple(one for one in coming if one.day < today),
        tuple(one for one in coming if one.day >= today),
        owed,
    )


def _goals_of(context: ViewContext, owner: str) -> tuple[GoalState, ...]:
    standing = context.assessment
    if not owner:
        return tuple(standing.goals.values())
    if owner in standing.handbook.teams:
        return standing.in_team[owner]
    led = (goal for team in standing.handbook.led.get(owner, ()) for goal in standing.in_team[team.id])
    return tuple(dict.fromkeys((*standing.by_owner[owner], *led)))


def _coming(context: ViewContext, goals: Iterable[GoalState], until: datetime.date) -> Iterator[Coming]:
    today = context.assessment.as_of
    for standing in goals:
        if standing.goal.closed:
            continue
        for mark in standing.landmarks:
            if mark.status in {"due-soon", "upcoming"} and today <= mark.landmark.due <= until:
                name = context.landmark(standing.goal, mark.landmark.id)
                yield _one(context, standing, mark.landmark.due, name, "landmark")
        open_marks = {s.landmark.id for s in standing.landmarks if s.status not in {"met", "met-late", "dropped"}}
        last = {
            a.landmark: a for a in sorted(standing.goal.accountings, key=lambda a: a.on) if a.landmark in open_marks
        }
        for accounting in standing.goal.accountings:
            for step in accounting.plan:
                if step.due and not step.done and step.due <= until and accounting is last.get(accounting.landmark):
                    who = f" ({context.person(step.who).name})" if step.who else ""
                    yield _one(context, standing, step.due, f"{step.do}{who}", "step")
        if standing.review_due and today <= standing.review_due <= until:
            yield _one(context, standing, standing.review_due, "review", "review")


def _one(context: ViewContext, standing: GoalState, day: datetime.date, what: str, kind: str) -> Coming:
    away = (day - context.assessment.as_of).days
    when = f"in {days(away)}" if away > 0 else "today" if away == 0 else f"{days(-away)} over"
    return Coming(day, context.day(day), when, context.ref(standing.full_id), what, kind)


def due_text(view: DueView, style: Style) -> str:
    """The view in a medium."""
    return "\n".join(_lines(view, style)) + "\n"


def _lines(view: DueView, style: Style) -> Iterator[str]:
    yield style.heading(f"Goals as of {style.escape(view.as_of)}", 2)
    owed = plural(len(view.owed) + len(view.late), "thing")
    yield f"{owed} owed, {plural(len(view.coming), 'thing')} due within {days(view.days)}."
    if view.owed or view.late:
        yield ""
        yield style.heading("Owed")
    for item in view.owed:
        whose = f"{style.escape(item.ref.owner.name)}, {style.escape(item.ref.title)}"
        late = f" ({style.strong(item.age) if item.overdue else item.age})"
        yield style.item(f"{item.badge.label}: {whose} – {style.escape(item.what)}{late}")
    for step in view.late:
        whose = f"{style.escape(step.ref.owner.name)}, {style.escape(step.ref.title)}"
        yield style.item(f"Step of a plan: {whose} – {style.escape(step.what)} ({style.strong(step.away)})")
    if view.coming:
        yield ""
        yield style.heading(f"The next {days(view.days)}")
    for one in view.coming:
        whose = f"{style.escape(one.ref.owner.name)}, {style.escape(one.ref.title)}"
        yield style.item(f"{style.escape(one.on)}, {one.away}: {whose} – {style.escape(one.what)}")


def due_data(view: DueView, as_of: datetime.date) -> dict[str, Any]:
    """The view as plain data."""
    owed = [
        {"kind": item.kind, "goal": item.full_id, "landmark": item.landmark, "since": item.since.isoformat()}
        | {"days": item.days, "overdue": item.overdue, "owner": shown.ref.owner.name, "title": shown.ref.title}
        for item, shown in zip(view.items, view.owed, strict=True)
    ]
    coming = [
        {"kind": c.kind, "goal": c.ref.full_id, "on": c.day.isoformat(), "what": c.what}
        | {"owner": c.ref.owner.name, "title": c.ref.title}
        for c in view.coming
    ]
    late = [{"goal": c.ref.full_id, "on": c.day.isoformat(), "what": c.what} for c in view.late]
    return {"as_of": as_of.isoformat(), "days": view.days, "owed": owed, "late_steps": late, "coming": coming}
