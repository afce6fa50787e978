"""GH4: what people owe each other on a date: accountings and what they promise, reviews, reports and agreements."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from ..findings import Finding
from ..model.goal import Goal
from ..model.people import AnyOwner, Seller
from ..model.records import Accounting
from ..source.load import Loaded
from ..source.nodes import NodePath
from ..status.absence import days_since
from ..status.assessment import Assessment, GoalState, Owed
from ..status.plan import StepState
from ..words import days, lasting, plural, sentence_list, some_of
from .problem import Problem

#: How many of the goals a sum waits for are named.
_WAITING_NAMED = 3
_AGREEMENT = {"proposed": "GH406", "stale": "GH407", "re-confirm": "GH408", "unproven": "GH417"}


def check_accountability(loaded: Loaded, assessment: Assessment, renewing: frozenset[str]) -> Iterator[Finding]:
    """Yield GH401 to GH409, GH411 and GH412, as of the assessment's date.

    The agreements of `renewing` are left to the gate (GH6).
    """
    as_of, most_days = assessment.as_of, assessment.handbook.settings.accounting_days
    for owner in assessment.handbook.owners.values():
        if left := _left_open(loaded, owner, assessment.by_owner[owner.id]):
            yield left
        for index, state in enumerate(assessment.by_owner[owner.id]):
            written = loaded.written(state.full_id)
            problems = [*_owed(state, written, state.full_id in renewing)]
            if state.at_work:
                problems += _overdue_steps(state, written)
                problems += _without_plan(state, written)
                problems += _without_adjustment(owner, state, written, as_of, most_days)
            for problem in problems:
                path = ("goals", index, *problem.path)
                yield loaded.finding(owner.id, path, problem.code, problem.message, problem.help)


def _owed(state: GoalState, written: Goal, is_renewing: bool) -> Iterator[Problem]:
    """Yield what is owed for a goal; the paths are those of `written`, the goal as the file has it."""
    for owed in state.owed:
        if owed.kind == "accounting":
            yield _accounting(written, owed)
        elif owed.kind == "report":
            yield _report(state, written, owed)
        elif owed.kind == "review":
            yield _review(state, owed)
        elif owed.kind == "agreement" and not is_renewing:
            yield _agreement(state, written, owed)


def _overdue_steps(state: GoalState, written: Goal) -> Iterator[Problem]:
    for plan in state.plans:
        for index, step in enumerate(plan.steps):
            if step.days_overdue:
                yield _step((*accounting_path(written, plan.accounting), "plan", index), step)


def _left_open(loaded: Loaded, owner: AnyOwner, goals: Iterable[GoalState]) -> Finding | None:
    """Return one finding GH409 for all open goals of somebody who has left."""
    open_goals = [state.goal.id for state in goals for owed in state.owed if owed.kind == "handover"]
    if not open_goals or not isinstance(owner, Seller):
        return None
    message = f"{owner.name} left on {owner.left} with {plural(len(open_goals), 'open goal')}: {', '.join(open_goals)}"
    help = f"close each with goals close {owner.id}/…, or hand it over with goals move --goal {owner.id}/… --to …"
    return loaded.finding(owner.id, ("left",), "GH409", message, help)


def _accounting(written: Goal, owed: Owed) -> Problem:
    path, due = _landmark(written, owed)
    been = "has been" if owed.days else "is"
    message = f'"{owed.landmark}" was due on {due} and missed; its accounting {been} owed {lasting(owed.days)}'
    help = "add to accountings: why it was missed, and whether to recover, adjust or drop"
    return Problem("GH402" if owed.overdue else "GH401", path, message, help)


def _report(state: GoalState, written: Goal, owed: Owed) -> Problem:
    path, due = _landmark(written, owed)
    waiting = next((s.waiting for s in state.landmarks if s.landmark.id == owed.landmark), ())
    if waiting:
        message = f'"{owed.landmark}" was due on {due}, and waits for a reading of {some_of(waiting, _WAITING_NAMED)}'
        help = "add each total to date to checkins: of that goal, or import them into readings/"
        return Problem("GH405", path, message, help)
    message = f'"{owed.landmark}" was due on {due}, and there has been no reading since'
    return Problem("GH405", path, message, "add the total to date to checkins:, or import it into readings/")


def _review(state: GoalState, owed: Owed) -> Problem:
    last = f"was last reviewed on {state.last_review.on}" if state.last_review else "has never been reviewed"
    message = f'"{state.goal.id}" {last}; a review was due on {owed.since}'
    return Problem("GH404", ("id",), message, "look at it together and add the review to reviews:")


def _agreement(state: GoalState, written: Goal, owed: Owed) -> Problem:
    code, goal_id = _AGREEMENT[state.agreement or "proposed"], written.id
    message = {
        "GH406": f'"{goal_id}" has not been agreed by both seller and leader',
        "GH407": f'the terms of "{goal_id}" changed on {owed.since}, after it was agreed',
        "GH408": f'a goal that "{goal_id}" supports changed on {owed.since}, after "{goal_id}" was agreed',
        "GH417": f'"{goal_id}" is agreed, but {_not_signed(state)}',
    }[code]
    path: NodePath = ("agreed",) if written.agreed else ("id",)
    help = "talk it through, then record who agreed and when under agreed:"
    return Problem(code, path, message, f"run goals agree {state.full_id} --sign" if code == "GH417" else help)


def _not_signed(state: GoalState) -> str:
    """Who has given no signature, and no approval at the forge."""
    names = [party.by for party in (state.agreed.both if state.agreed else ()) if party.level == "said"]
    return f"{sentence_list(names)} by name only" if names else "by an approval at the forge, not by signatures"


def _step(path: NodePath, state: StepState) -> Problem:
    who = f", promised by {state.step.who}," if state.step.who else ""
    message = f"this step{who} was due on {state.step.due} and is {days(state.days_overdue)} overdue"
    return Problem("GH403", path, message, "add done: with the date, or add an accounting that says what happens now")


def _without_plan(state: GoalState, written: Goal) -> Iterator[Problem]:
    """Yield GH411. Two accountings of one day count together, so one plan is enough for both."""
    planned = {plan.accounting.landmark for plan in state.plans if plan.is_live and plan.steps}
    for plan in state.plans:
        accounting = plan.accounting
        if plan.is_live and accounting.action == "recover" and accounting.landmark not in planned:
            path = accounting_path(written, accounting)
            message = f'the accounting for "{accounting.landmark}" promises to recover, but has no plan'
            yield Problem("GH411", path, message, "add plan: with what to do, who does it and by when")


def _without_adjustment(
    owner: AnyOwner, state: GoalState, written: Goal, as_of: datetime.date, most_days: int
) -> Iterator[Problem]:
    """Yield GH412. A correction of a record adjusts nothing."""
    adjusted = [a.on for a in state.goal.adjustments if any(change.term for change in a.changes)]
    for plan in state.plans:
        accounting = plan.accounting
        if not plan.is_live or accounting.action != "adjust" or any(on >= accounting.on for on in adjusted):
            continue
        age = days_since(owner.absences, accounting.on, as_of)
        if age > most_days:
            path = accounting_path(written, accounting)
            message = (
                f'the accounting for "{accounting.landmark}" promised on {accounting.on} to adjust the goal,'
                f" and {days(age)} later nothing has been adjusted"
            )
            help = "adjust the goal (goals adjust), or add an accounting that says what happens instead"
            yield Problem("GH412", path, message, help)


def _landmark(written: Goal, owed: Owed) -> tuple[NodePath, object]:
    """Return the path of the landmark something is owed for, and the day it is due."""
    landmarks = enumerate(written.landmarks)
    found = ((("landmarks", i), lm.due) for i, lm in landmarks if lm.id == owed.landmark)
    return next(found, (("measure", "target"), written.due))


def accounting_path(written: Goal, accounting: Accounting) -> NodePath:
    """Return the path of an accounting in the file, which may list others that are not seen yet."""
    key = (accounting.landmark, accounting.on, accounting.why)
    accountings = enumerate(written.accountings)
    return next((("accountings", i) for i, a in accountings if (a.landmark, a.on, a.why) == key), ("accountings",))
