"""`goals status`: the standing as data (the documented JSON, also the site's handbook.json) and as text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from importlib.metadata import version
from typing import Any

from ..findings import did_you_mean
from ..status.assessment import Assessment, GoalState, all_owed, count_goals, count_landmarks
from ..status.coverage import Coverage
from ..status.landmark import LandmarkState
from ..views import badge
from ..views.format import Formatter

SCHEMA = 1


def selected(standing: Assessment, what: str) -> tuple[str, ...]:
    """The full ids of the goals `what` names: "" for all, an owner's, or one. Raises KeyError with a hint."""
    if not what:
        return tuple(standing.goals)
    if what in standing.goals:
        return (what,)
    if what in standing.by_owner:
        return tuple(g.full_id for g in standing.by_owner[what])
    help = did_you_mean(what, (*standing.goals, *standing.by_owner)) or "goals status lists them all"
    raise KeyError(f'nobody and no goal is called "{what}", {help}')


def status_data(standing: Assessment, chosen: Iterable[str]) -> dict[str, Any]:
    """The standing as plain data: the contract of docs/manual/status-json.md."""
    goals = [standing.goals[i] for i in chosen]
    owners = dict.fromkeys(g.owner_id for g in goals)
    if len(goals) == len(standing.goals):
        owners |= dict.fromkeys(standing.handbook.owners)
    settings = standing.handbook.settings
    return {
        "schema": SCHEMA,
        "generator": f"goal-handbook {version('goal-handbook')}",
        "as_of": standing.as_of.isoformat(),
        "handbook": {
            "name": settings.name,
            "period": {
                "name": settings.period.name,
                "start": settings.period.start.isoformat(),
                "end": settings.period.end.isoformat(),
            },
            "currency": settings.currency,
            "counts": dict(count_goals(standing.goals.values())),
            "landmarks": dict(count_landmarks(standing.goals.values())),
            "owed": _owed_counts(standing.goals.values()),
        },
        "owners": {owner: _owner_data(standing, owner) for owner in owners},
        "goals": {g.full_id: _goal_data(g) for g in goals},
    }


def _owner_data(standing: Assessment, owner_id: str) -> dict[str, Any]:
    owner, goals = standing.handbook.owners[owner_id], standing.by_owner[owner_id]
    data: dict[str, Any] = {
        "kind": owner.kind,
        "name": owner.name,
        "counts": dict(count_goals(goals)),
        "landmarks": dict(count_landmarks(goals)),
        "owed": [
            {
                "kind": o.kind,
                "goal": o.full_id,
                "landmark": o.landmark or None,
                "since": o.since.isoformat(),
                "days": o.days,
                "overdue": o.overdue,
            }
            for o in all_owed(goals)
        ],
    }
    if owner_id in standing.in_team:
        data["with_members"] = dict(count_goals(standing.in_team[owner_id]))
    if owner_id in standing.handbook.sellers:
        data["team"] = standing.handbook.sellers[owner_id].team
    return data


def _goal_data(goal: GoalState) -> dict[str, Any]:
    coverage, cadence, reading = goal.coverage, goal.cadence, goal.reading
    return {
        "title": goal.goal.title,
        "kind": goal.goal.kind,
        "status": goal.status,
        "result": goal.goal.closed.result if goal.goal.closed else None,
        "recovering": goal.recovering,
        "pace": _ratio(goal.pace),
        "expected": _ratio(goal.expected, 2),
        "reading": {"on": reading.on.isoformat(), "value": _number(reading.value)} if reading else None,
        "unit": (goal.goal.measure.unit or None) if goal.goal.measure else None,
        "target": _number(goal.goal.target),
        "start": goal.goal.start.isoformat(),
        "due": goal.goal.due.isoformat(),
        "agreement": goal.agreement,
        "confidence": goal.last_review.confidence if goal.last_review else None,
        "review_due": goal.review_due.isoformat() if goal.review_due else None,
        "coverage": _coverage_data(coverage) if coverage else None,
        "cadence": {"held": cadence.held, "due": cadence.due} if cadence else None,
        "landmarks": {s.landmark.id: _landmark_data(s) for s in goal.landmarks},
    }  # fmt: skip


def _coverage_data(coverage: Coverage) -> dict[str, Any]:
    return {
        "ratio": _ratio(coverage.ratio),
        "total": _number(coverage.total),
        "verdict": coverage.verdict,
        "abilities": _number(coverage.abilities),
        "capacity": [
            {"what": b.capacity.what, "limit": _number(b.capacity.limit), "used": _ratio(b.used), "over": b.over}
            for b in coverage.bounds
        ],
    }


def _landmark_data(standing: LandmarkState) -> dict[str, Any]:
    landmark = standing.landmark
    return {
        "status": standing.status,
        "due": landmark.due.isoformat(),
        "value": _number(landmark.value),
        "deliver": landmark.deliver or None,
        "met_on": standing.met_on.isoformat() if standing.met_on else None,
        "missed_since": standing.missed_since.isoformat() if standing.missed_since else None,
        "age": standing.age,
        "overdue": standing.overdue,
        "action": standing.accounting.action if standing.accounting else None,
        "adjusted": {
            "due": standing.was_due.isoformat() if standing.was_due else None,
            "value": _number(standing.was_value),
        } if standing.adjusted else None,
    }  # fmt: skip


def _owed_counts(goals: Iterable[GoalState]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for item in all_owed(goals):
        counts[item.kind] = counts.get(item.kind, 0) + 1
    return counts


def _number(value: Decimal | None) -> int | float | None:
    """An exact JSON number: at most 15 digits come in, and those a float carries."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _ratio(value: Fraction | None, digits: int = 4) -> float | int | None:
    if value is None:
        return None
    return int(value) if value.denominator == 1 else round(float(value), digits)


def describe(standing: Assessment, chosen: Iterable[str]) -> str:
    """The standing for a terminal: one line a goal, and below it what is owed."""
    fmt = Formatter(standing.handbook.settings)
    settings = standing.handbook.settings
    chosen = tuple(chosen)
    lines = [f"{settings.name} {settings.period.name}, status as of {standing.as_of}"]
    by_owner: dict[str, list[GoalState]] = {}
    for full_id in chosen:
        by_owner.setdefault(standing.goals[full_id].owner_id, []).append(standing.goals[full_id])
    for owner_id, goals in by_owner.items():
        owner = standing.handbook.owners[owner_id]
        lines += ["", f"{_safe(owner.name)} ({owner_id}, {owner.kind})"]
        for goal in goals:
            lines += _goal_lines(goal, fmt, whole=len(chosen) == 1)
    owed = _owed_counts(standing.goals[i] for i in chosen)
    if owed:
        lines += ["", "owed: " + ", ".join(f"{n} {_PLURAL[kind] if n > 1 else kind}" for kind, n in owed.items())]
    return "\n".join(lines)


_PLURAL: Mapping[str, str] = {
    "accounting": "accountings",
    "report": "reports",
    "review": "reviews",
    "agreement": "agreements",
}


def _goal_lines(goal: GoalState, fmt: Formatter, whole: bool) -> Iterable[str]:
    look = badge.GOAL[goal.status]
    label = (
        f"{look.label} ({badge.RESULT[goal.goal.closed.result]})"
        if goal.goal.closed
        else "At risk, recovering"
        if goal.recovering and goal.status == "at-risk"
        else look.label
    )
    parts = [f"  {look.sign} {label:<22} {_safe(goal.goal.title)}  [{goal.goal.id}]"]
    measure, reading = goal.goal.measure, goal.reading
    if reading and measure and goal.goal.target is not None:
        parts.append(
            f"{fmt.amount(reading.value, measure.unit)} of {fmt.amount(goal.goal.target, measure.unit)} on {reading.on}"
        )
    if goal.cadence and goal.cadence.due:
        parts.append(f"{goal.cadence.held} of {goal.cadence.due} sessions held")
    if goal.pace is not None:
        parts.append(f"pace {fmt.percent(goal.pace)}")
    yield "  ".join(parts)
    for standing in goal.landmarks:
        if whole or standing.status in {"missed", "unreported", "due-soon"}:
            yield f"      {_landmark_line(goal, standing, fmt)}"
    for item in goal.owed:
        if item.kind in {"agreement", "review"}:
            detail = (
                f" ({badge.AGREEMENT[goal.agreement].label.lower()})"
                if item.kind == "agreement" and goal.agreement
                else f" since {item.since}"
            )
            yield f"      {badge.OWED[item.kind].sign} {badge.OWED[item.kind].label}{detail}"


def _landmark_line(goal: GoalState, standing: LandmarkState, fmt: Formatter) -> str:
    look, landmark = badge.LANDMARK[standing.status], standing.landmark
    what = (
        fmt.amount(landmark.value, goal.goal.measure.unit)
        if landmark.value is not None and goal.goal.measure
        else landmark.name
    )
    age = (
        f", accounting owed for {standing.age} days{' (overdue)' if standing.overdue else ''}"
        if standing.status == "missed" and goal.goal.closed is None
        else ""
    )
    action = (
        f", {badge.ACTION[standing.accounting.action]}"
        if standing.accounting and standing.status == "accounted"
        else ""
    )
    return f"{look.sign} {look.label:<11} {landmark.id}: {_safe(what)} by {landmark.due}{age}{action}"


def _safe(text: str) -> str:
    """Text for a terminal: what is not printable (an escape sequence, say) is shown as a question mark."""
    return "".join(c if c.isprintable() or c in "\u00a0\u202f" else "?" for c in text)
