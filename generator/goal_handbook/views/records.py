"""The records a goal's card shows: its accountings with their plans, its agreement, its history and its closing."""

from __future__ import annotations

from dataclasses import replace

from ..frozen import frozen
from ..model.goal import Goal
from ..model.records import RECORDS, Agreement
from ..status.assessment import GoalState
from ..status.plan import StepState
from . import badge
from .components import AccountingView, AgreementView, Chip, Event, SharedCommit, SignatureView, StepView
from .context import ViewContext, overdue
from .origin import origin_view, shared_commit, without_commit
from .timeline import goal_history

#: The latest signature of each party; older ones are in the history.
_SIGNATURES_SHOWN = 2


@frozen
class Past:
    """What was written down about a goal, and the commit that nearly all of it came in, if there is one."""

    agreement: AgreementView | None
    accountings: tuple[AccountingView, ...]
    history: tuple[Event, ...]
    shared_commit: SharedCommit | None


def past_of(context: ViewContext, state: GoalState) -> Past:
    """Return a goal's agreement, accountings and history; what came in the shared commit does not name it."""
    agreement, accountings = _agreement_view(context, state), _accounting_views(context, state)
    history, signatures = goal_history(context, state), agreement.signatures if agreement else ()
    shared = shared_commit(context, (*accountings, *signatures, *history))
    if shared is None:
        return Past(agreement, accountings, history, None)
    return Past(
        replace(agreement, signatures=tuple(without_commit(one, shared) for one in signatures)) if agreement else None,
        tuple(without_commit(one, shared) for one in accountings),
        tuple(without_commit(one, shared) for one in history),
        shared,
    )


def _accounting_views(context: ViewContext, state: GoalState) -> tuple[AccountingView, ...]:
    """A goal's accountings with their plans, newest first."""
    return tuple(
        AccountingView(
            context.landmark(state.goal, plan.accounting.landmark),
            context.day(plan.accounting.on),
            context.people(plan.accounting.by),
            plan.accounting.why,
            badge.DECIDED[plan.accounting.action],
            tuple(_step(context, step) for step in plan.steps),
            context.commit(state.full_id, "accountings", plan.accounting),
            origin_view(context, state.full_id, RECORDS["accountings"], plan.accounting),
        )
        for plan in sorted(state.plans, key=lambda plan: plan.accounting.on, reverse=True)
    )


def _step(context: ViewContext, state: StepState) -> StepView:
    step = state.step
    who = context.person(step.who) if step.who else None
    late = overdue(state.days_overdue, context.words)
    return StepView(step.do, who, context.day(step.due), context.day(step.done), late)


def _agreement_view(context: ViewContext, state: GoalState) -> AgreementView | None:
    """An agreement's status and signatures, or None for a goal that nobody has to agree to."""
    if state.agreement is None:
        return None
    latest_first = sorted(state.goal.agreed, key=lambda a: a.on, reverse=True)
    signatures = tuple(_signature(context, state, agreement) for agreement in latest_first[:_SIGNATURES_SHOWN])
    met = next((a.met for a in latest_first if a.met), None)
    understood = next((a.understood for a in latest_first if a.understood), "")
    verify = f"goals proof {state.full_id}" if any(a.sig for a in state.goal.agreed) else ""
    return AgreementView(Chip(badge.AGREEMENT[state.agreement]), signatures, context.day(met), understood, verify)


def _signature(context: ViewContext, state: GoalState, agreement: Agreement) -> SignatureView:
    verdicts = state.agreed.verdicts if state.agreed else {}
    verdict = verdicts.get(agreement) if verdicts else None  # most have none, and a record's hash takes a while
    return SignatureView(
        context.day(agreement.on),
        context.people(agreement.by),
        agreement.note,
        context.commit(state.full_id, "agreed", agreement),
        origin_view(context, state.full_id, RECORDS["agreed"], agreement),
        badge.PROOF[verdict] if verdict else None,
    )


def closing_line(context: ViewContext, goal: Goal) -> str:
    """Return how the goal ended, as Markdown, or "" while it is open."""
    if goal.closed is None:
        return ""
    result = context.text(badge.RESULT[goal.closed.result])
    lines = [context.text("Closed on {day}, {result}.", day=context.day(goal.closed.on), result=result)]
    lines.append(goal.closed.note)
    if goal.closed.carried_to:
        lines.append(context.text("Carried to {goal}.", goal=goal.closed.carried_to))
    return " ".join(filter(None, lines))
