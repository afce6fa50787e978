"""GH4: what people owe each other on a date: accountings, plans kept, reviews, reports, agreements."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from ..findings import Finding
from ..model.goal import Goal
from ..source.load import Loaded
from ..source.nodes import Path
from ..status.assessment import Assessment, GoalState, Owed

_AGREEMENT = {"proposed": "GH406", "stale": "GH407", "re-confirm": "GH408"}
_SIGN = "talk it through, then add who agreed and when to agreed:"


def check_accountability(loaded: Loaded, standing: Assessment, renewing: frozenset[str]) -> Iterator[Finding]:
    """Findings GH401 to GH408, as of the standing's date; a stale agreement of `renewing` is told by the gate."""
    for owner in standing.handbook.owners.values():
        for index, goal in enumerate(standing.by_owner[owner.id]):
            written = loaded.written(goal.full_id)
            for owed in goal.owed:
                if owed.kind == "agreement" and goal.full_id in renewing:
                    continue
                code, inner, message, help = _told(goal, written, owed)
                yield loaded.finding(owner.id, ("goals", index, *inner), code, message, help)
            yield from _plans(loaded, standing.as_of, ("goals", index), goal, written)


def _told(standing: GoalState, goal: Goal, owed: Owed) -> tuple[str, Path, str, str]:
    """Code, place within the goal as it is written, message and mend of something owed."""
    at: Path = next((("landmarks", i) for i, lm in enumerate(goal.landmarks) if lm.id == owed.landmark), ())
    due = next((lm.due for lm in goal.landmarks if lm.id == owed.landmark), owed.since)
    if owed.kind == "accounting":
        code = "GH402" if owed.overdue else "GH401"
        message = f'"{owed.landmark}" was due on {due} and missed; an accounting is owed {_for(owed.days)}'
        help = "add to accountings: why it was missed, and whether to recover, adjust or drop"
        return code, at, message, help
    if owed.kind == "report":
        waiting = next((s.waiting for s in standing.landmarks if s.landmark.id == owed.landmark), ())
        missing = f", {waiting[0]} has none either" if waiting else ""
        message = f'"{owed.landmark}" was due on {due}, and there is no reading since{missing}'
        return "GH405", at, message, "add the total to date to checkins: or readings/"
    if owed.kind == "review":
        last = f"last reviewed on {standing.last_review.on}" if standing.last_review else "never reviewed"
        message = f'"{goal.id}" was {last}; a review was due on {owed.since}'
        return "GH404", ("id",), message, "look at it together and add it to reviews:"
    code = _AGREEMENT[standing.agreement or "proposed"]
    message = {
        "GH406": f'"{goal.id}" is not agreed by both seller and leader',
        "GH407": f'the terms of "{goal.id}" changed on {owed.since}, after it was agreed',
        "GH408": f'what "{goal.id}" supports was adjusted on {owed.since}, after it was agreed',
    }[code]
    return code, ("agreed",) if goal.agreed else ("id",), message, _SIGN


def _plans(loaded: Loaded, as_of: datetime.date, path: Path, standing: GoalState, goal: Goal) -> Iterator[Finding]:
    """GH403 for the open steps of an open goal whose day has passed, of each landmark's latest accounting."""
    met = {s.landmark.id for s in standing.landmarks if s.status in {"met", "met-late", "dropped"}}
    latest = {a.landmark: a.on for a in sorted(goal.accountings, key=lambda a: a.on) if a.on <= as_of}
    for i, accounting in enumerate(goal.accountings if not standing.goal.closed else ()):
        if accounting.landmark in met or accounting.on != latest.get(accounting.landmark):
            continue
        for j, step in enumerate(accounting.plan):
            done = step.done and step.done <= as_of
            if step.due and step.due < as_of and not done:
                who = f" ({step.who})" if step.who else ""
                message = f"this step was due on {step.due}, {_days((as_of - step.due).days)} ago{who}"
                at = (*path, "accountings", i, "plan", j)
                yield loaded.finding(standing.owner_id, at, "GH403", message, "add done: with its day, or account anew")


def _for(days: int) -> str:
    return f"for {_days(days)}" if days else "from today"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count:,} days"
