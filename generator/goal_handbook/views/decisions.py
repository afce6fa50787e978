"""What was decided about a goal, newest first, as pages tell it."""

from __future__ import annotations

from ..model.goal import Goal
from ..status.assessment import GoalState
from . import badge
from .components import AccountingView, AgreementView, Chip, Step
from .context import ViewContext, days

#: The last word of each party; older ones are history.
SIGNATURES_SHOWN = 2


def accounting_views(context: ViewContext, full_id: str, goal: Goal) -> tuple[AccountingView, ...]:
    """The accountings with their plans, newest first."""
    return tuple(
        AccountingView(
            context.landmark(goal, a.landmark),
            context.day(a.on),
            context.people(a.by),
            a.why,
            badge.DECIDED[a.action],
            tuple(
                Step(
                    s.do,
                    context.person(s.who) if s.who else None,
                    context.day(s.due),
                    context.day(s.done),
                    days((context.assessment.as_of - s.due).days)
                    if s.due and not s.done and s.due < context.assessment.as_of
                    else "",
                )
                for s in a.plan
            ),
            context.commit(full_id, "accountings", a),
        )
        for a in sorted(goal.accountings, key=lambda a: a.on, reverse=True)
    )


def agreement_view(context: ViewContext, standing: GoalState) -> AgreementView | None:
    """The agreement's state and its signatures, or None for a goal that is agreed with nobody."""
    if standing.agreement is None:
        return None
    signatures = tuple(
        (context.day(a.on), context.people(a.by), a.note, context.commit(standing.full_id, "agreed", a))
        for a in sorted(standing.goal.agreed, key=lambda a: a.on, reverse=True)[:SIGNATURES_SHOWN]
    )
    return AgreementView(Chip(badge.AGREEMENT[standing.agreement]), signatures)


def closing_line(context: ViewContext, goal: Goal) -> str:
    """How the goal ended, as Markdown, or ""."""
    if goal.closed is None:
        return ""
    carried = f" Carried to {goal.closed.carried_to}." if goal.closed.carried_to else ""
    result = badge.RESULT[goal.closed.result]
    return f"Closed on {context.day(goal.closed.on)}, {result}. {goal.closed.note}{carried}".strip()
