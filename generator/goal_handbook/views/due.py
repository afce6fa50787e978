"""What is coming and what is owed: for a chat message, or a Monday mail."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ..status.standing import GoalStanding, Owed, all_owed
from .parts import GoalRef, OwedView
from .scene import Scene, days, plural
from .style import Style


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
    """What is owed, the longest first, and what comes within `days` days."""

    as_of: str
    days: int
    owed: tuple[OwedView, ...]
    coming: tuple[Coming, ...]
    items: tuple[Owed, ...]


def due_view(scene: Scene, most_days: int, owner: str = "") -> DueView:
    """The view for everybody, or for an owner: a seller's goals, a team's with its members', a leader's with theirs.

    Raises KeyError with the owner's name, where nobody bears it.
    """
    goals = _goals_of(scene, owner)
    owed = tuple(all_owed(goals))
    until = scene.standing.as_of + datetime.timedelta(days=most_days)
    coming = sorted(_coming(scene, goals, until), key=lambda one: (one.day, one.ref.full_id, one.what))
    return DueView(scene.day(scene.standing.as_of), most_days, tuple(map(scene.one_owed, owed)), tuple(coming), owed)


def _goals_of(scene: Scene, owner: str) -> tuple[GoalStanding, ...]:
    standing = scene.standing
    if not owner:
        return tuple(standing.goals.values())
    if owner in standing.handbook.teams:
        return standing.in_team[owner]
    led = (goal for team in standing.handbook.led.get(owner, ()) for goal in standing.in_team[team.id])
    return tuple(dict.fromkeys((*standing.by_owner[owner], *led)))


def _coming(scene: Scene, goals: Iterable[GoalStanding], until: datetime.date) -> Iterator[Coming]:
    today = scene.standing.as_of
    for standing in goals:
        if standing.goal.closed:
            continue
        for mark in standing.landmarks:
            if mark.status in {"due-soon", "upcoming"} and today <= mark.landmark.due <= until:
                name = scene.landmark(standing.goal, mark.landmark.id)
                yield _one(scene, standing, mark.landmark.due, name, "landmark")
        for accounting in standing.goal.accountings:
            for step in accounting.plan:
                if step.due and not step.done and today <= step.due <= until:
                    who = f" ({scene.person(step.who).name})" if step.who else ""
                    yield _one(scene, standing, step.due, f"{step.do}{who}", "step")
        if standing.review_due and today <= standing.review_due <= until:
            yield _one(scene, standing, standing.review_due, "review", "review")


def _one(scene: Scene, standing: GoalStanding, day: datetime.date, what: str, kind: str) -> Coming:
    away = (day - scene.standing.as_of).days
    return Coming(day, scene.day(day), f"in {days(away)}" if away else "today", scene.ref(standing.full_id), what, kind)


def due_text(view: DueView, style: Style) -> str:
    """The view in a medium."""
    return "\n".join(_lines(view, style)) + "\n"


def _lines(view: DueView, style: Style) -> Iterator[str]:
    yield style.heading(f"Goals as of {style.escape(view.as_of)}", 2)
    yield f"{plural(len(view.owed), 'thing')} owed, {plural(len(view.coming), 'thing')} due within {days(view.days)}."
    if view.owed:
        yield ""
        yield style.heading("Owed")
    for owed in view.owed:
        whose = f"{style.escape(owed.ref.owner.name)}, {style.escape(owed.ref.title)}"
        late = f" ({style.strong(owed.age) if owed.overdue else owed.age})"
        yield style.item(f"{owed.badge.label}: {whose} – {style.escape(owed.what)}{late}")
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
    return {"as_of": as_of.isoformat(), "days": view.days, "owed": owed, "coming": coming}
