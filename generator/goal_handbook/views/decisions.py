"""What was decided about a goal, newest first, as pages tell it."""

from __future__ import annotations

from ..model.goal import Goal
from ..status.standing import GoalStanding
from . import badge
from .parts import AccountingView, AgreementView, Chip, Step
from .scene import Scene, days

#: The last word of each party; older ones are history.
SIGNATURES_SHOWN = 2


def accounting_views(scene: Scene, full_id: str, goal: Goal) -> tuple[AccountingView, ...]:
    """The accountings with their plans, newest first."""
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
            scene.commit(full_id, "accountings", a),
        )
        for a in sorted(goal.accountings, key=lambda a: a.on, reverse=True)
    )


def agreement_view(scene: Scene, standing: GoalStanding) -> AgreementView | None:
    """The agreement's state and its signatures, or None for a goal that is agreed with nobody."""
    if standing.agreement is None:
        return None
    signatures = tuple(
        (scene.day(a.on), scene.people(a.by), a.note, scene.commit(standing.full_id, "agreed", a))
        for a in sorted(standing.goal.agreed, key=lambda a: a.on, reverse=True)[:SIGNATURES_SHOWN]
    )
    return AgreementView(Chip(badge.AGREEMENT[standing.agreement]), signatures)


def closing_line(scene: Scene, goal: Goal) -> str:
    """How the goal ended, as Markdown, or ""."""
    if goal.closed is None:
        return ""
    carried = f" Carried to {goal.closed.carried_to}." if goal.closed.carried_to else ""
    result = badge.RESULT[goal.closed.result]
    return f"Closed on {scene.day(goal.closed.on)}, {result}. {goal.closed.note}{carried}".strip()
