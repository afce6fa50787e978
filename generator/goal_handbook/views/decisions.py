"""What was decided about a goal, newest first, as pages tell it."""

from __future__ import annotations

import datetime
from decimal import Decimal

from ..model.decisions import GONE, Change
from ..model.goal import Goal
from ..status.seen import term
from ..status.standing import GoalStanding
from . import badge
from .parts import AccountingView, AdjustmentView, AgreementView, ChangeView, Chip, ReviewView, Step
from .scene import Scene, days


def accounting_views(scene: Scene, goal: Goal) -> tuple[AccountingView, ...]:
    """The accountings with their plans."""
    return tuple(
        AccountingView(
            scene.landmark(goal, a.landmark),
            scene.day(a.on),
            scene.people(a.by),
            a.why,
            badge.DECIDED[a.action],
            tuple(
                Step(
                    s.do,
                    scene.person(s.who) if s.who else None,
                    scene.day(s.due),
                    scene.day(s.done),
                    days((scene.standing.as_of - s.due).days)
                    if s.due and not s.done and s.due < scene.standing.as_of
                    else "",
                )
                for s in a.plan
            ),
        )
        for a in sorted(goal.accountings, key=lambda a: a.on, reverse=True)
    )


def adjustment_views(scene: Scene, goal: Goal) -> tuple[AdjustmentView, ...]:
    """The adjustments, was -> now."""
    return tuple(
        AdjustmentView(
            scene.day(a.on), scene.people(a.by), a.why, tuple(change_view(scene, goal, c) for c in a.changes)
        )
        for a in sorted(goal.adjustments, key=lambda a: a.on, reverse=True)
    )


def change_view(scene: Scene, goal: Goal, change: Change) -> ChangeView:
    """One term that moved, in the goal's own words."""
    names = {landmark.id: landmark.name for landmark in goal.landmarks}
    part = {"value": "", "": ""}.get(change.part, change.part)
    field = " ".join(w for w in (names.get(change.landmark, change.landmark), part) if w) or change.part
    return ChangeView(
        field.replace("cadence.", ""),
        _spelled(scene, goal, change, change.was),
        _spelled(scene, goal, change, change.now),
    )


def _spelled(scene: Scene, goal: Goal, change: Change, text: str) -> str:
    if text in GONE:
        return "dropped" if text == "dropped" else "nothing"
    value = term(change.part, text)
    if isinstance(value, Decimal):
        return scene.fmt.amount(value, goal.measure.unit if goal.measure else "")
    return scene.day(value) if isinstance(value, datetime.date) else text


def review_views(scene: Scene, goal: Goal) -> tuple[ReviewView, ...]:
    """The reviews."""
    return tuple(
        ReviewView(scene.day(r.on), scene.people(r.by), r.confidence or "", r.note, r.next)
        for r in sorted(goal.reviews, key=lambda r: r.on, reverse=True)
    )


def agreement_view(scene: Scene, standing: GoalStanding) -> AgreementView | None:
    """The agreement's state and its signatures, or None for a goal that is agreed with nobody."""
    if standing.agreement is None:
        return None
    signatures = tuple(
        (scene.day(a.on), scene.people(a.by), a.note)
        for a in sorted(standing.goal.agreed, key=lambda a: a.on, reverse=True)
    )
    return AgreementView(Chip(badge.AGREEMENT[standing.agreement]), signatures)


def checkin_notes(scene: Scene, goal: Goal) -> tuple[tuple[str, str], ...]:
    """What was noted with readings and sessions, newest first."""
    noted = [(c.on, c.note) for c in goal.checkins if c.note] + [(s.on, s.note) for s in goal.sessions if s.note]
    return tuple((scene.day(on), note) for on, note in sorted(noted, reverse=True)[:8])


def closing_line(scene: Scene, goal: Goal) -> str:
    """How the goal ended, as Markdown, or ""."""
    if goal.closed is None:
        return ""
    carried = f" Carried to {goal.closed.carried_to}." if goal.closed.carried_to else ""
    result = badge.RESULT[goal.closed.result]
    return f"Closed on {scene.day(goal.closed.on)}, {result}. {goal.closed.note}{carried}".strip()
