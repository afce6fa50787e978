"""The status of goals as data (the documented JSON, also the site's handbook.json) and as text for a terminal."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from importlib.metadata import version

from ..findings import printable
from ..model.people import Seller, Team
from ..status.assessment import Assessment, GoalState, OwedKind, all_owed, count_goals, count_landmarks, main_goal
from ..status.coverage import CapacityUse
from ..status.landmark import LandmarkState
from ..status.meetings import OneToOnes, one_to_ones
from ..views import badge
from ..views.context import ViewContext
from ..views.goal_card import shortfall
from ..views.progress import facts
from ..words import lasting, plural
from .contract import VERSION, GoalData, OwnerData, StatusData
from .goal_data import capacity_data, goal_data, number

#: Writes the site's handbook.json, in ASCII and without blanks.
_ENCODER = json.JSONEncoder(separators=(",", ":"))
_NOBODY = '"owners":{},"goals":{}}'


def selected(assessment: Assessment, what: str) -> tuple[str, ...]:
    """Return the full ids of the goals that `what` names: "" for all, an owner's, or one. Raises KeyError."""
    if not what:
        return tuple(assessment.goals)
    return (what,) if what in assessment.goals else tuple(goal.full_id for goal in assessment.by_owner[what])


def status_data(assessment: Assessment, chosen: Iterable[str]) -> StatusData:
    """Return the chosen goals and their owners as plain data."""
    goals = [assessment.goals[i] for i in chosen]
    return {**_about(assessment), "owners": dict(_owners(assessment, goals)), "goals": dict(_goals(assessment, goals))}


def status_json(assessment: Assessment) -> Iterator[str]:
    """Yield the data of all goals and owners as JSON in one line, piece by piece.

    As data, all goals together would take many times the memory of their text.
    """
    goals = assessment.goals.values()
    yield f'{_ENCODER.encode(_about(assessment)).removesuffix(_NOBODY)}"owners":{{'
    yield from _members(_owners(assessment, goals))
    yield '},"goals":{'
    yield from _members(_goals(assessment, goals))
    yield "}}"


def _members(data: Iterable[tuple[str, object]]) -> Iterator[str]:
    for at, (key, value) in enumerate(data):
        yield f"{',' if at else ''}{_ENCODER.encode(key)}:{_ENCODER.encode(value)}"


def _owners(assessment: Assessment, goals: Collection[GoalState]) -> Iterator[tuple[str, OwnerData]]:
    """The owners of these goals; if these are all goals, those without any too."""
    owners, meetings = dict.fromkeys(goal.owner_id for goal in goals), one_to_ones(assessment)
    if len(goals) == len(assessment.goals):
        owners |= dict.fromkeys(assessment.handbook.owners)
    for owner in owners:
        yield owner, _owner_data(assessment, owner, meetings.get(owner))


def _goals(assessment: Assessment, goals: Iterable[GoalState]) -> Iterator[tuple[str, GoalData]]:
    return ((goal.full_id, goal_data(assessment, goal)) for goal in goals)


def _about(assessment: Assessment) -> StatusData:
    """The data without any owner or goal."""
    settings = assessment.handbook.settings
    return {
        "schema": VERSION,
        "generator": f"goal-handbook {version('goal-handbook')}",
        "as_of": assessment.as_of.isoformat(),
        "handbook": {
            "name": settings.name,
            "period": {
                "name": settings.period.name,
                "start": settings.period.start.isoformat(),
                "end": settings.period.end.isoformat(),
            },
            "currency": settings.currency,
            "counts": dict(count_goals(assessment.goals.values())),
            "landmarks": dict(count_landmarks(assessment.goals.values())),
            "owed": _owed_counts(assessment.goals.values()),
            "month_ends": [month.on.isoformat() for month in assessment.months],
        },
        "owners": {},
        "goals": {},
    }


def _owner_data(assessment: Assessment, owner_id: str, meetings: OneToOnes | None) -> OwnerData:
    handbook, goals = assessment.handbook, assessment.by_owner[owner_id]
    owner, main = handbook.owners[owner_id], main_goal(goals)
    data: OwnerData = {
        "kind": owner.kind,
        "name": owner.name,
        "counts": dict(count_goals(goals)),
        "landmarks": dict(count_landmarks(goals)),
        "main_goal": main.full_id if main else None,
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
    if isinstance(owner, Team):
        inside = assessment.in_team[owner_id]
        changed = assessment.changed(inside)
        data["with_members"] = dict(count_goals(inside))
        uses = {use.capacity: use for goal in goals for use in goal.capacities}
        data["part_of"] = owner.part_of
        data["capacity"] = [capacity_data(uses.get(one) or CapacityUse(one)) for one in owner.context.capacity]
        data["abilities"] = {who: number(ability.estimate) for who, ability in owner.context.abilities.items()}
        data["sellers"] = len(handbook.employed(handbook.sellers_in(owner)))
        data["changed"] = {"better": changed.better, "worse": changed.worse}
    if isinstance(owner, Seller):
        data["team"] = owner.team_on(assessment.as_of)
        data["one_to_ones"] = (
            {"goal": meetings.full_id, "held": meetings.held, "due": meetings.due} if meetings else None
        )
    return data


def _owed_counts(goals: Iterable[GoalState]) -> dict[OwedKind, int]:
    counts: dict[OwedKind, int] = {}
    for item in all_owed(goals):
        counts[item.kind] = counts.get(item.kind, 0) + 1
    return counts


def describe(assessment: Assessment, chosen: Iterable[str]) -> str:
    """Return the chosen goals for a terminal: each with what it has reached and still needs, and what is owed."""
    context, settings = ViewContext(assessment), assessment.handbook.settings
    chosen = tuple(chosen)
    lines = [f"{settings.name} {settings.period.name}, status as of {assessment.as_of}"]
    if not chosen:
        lines += ["", "no goals yet: add one with goals new goal, or plan them all with goals sheet --out plan.xlsx"]
    by_owner: dict[str, list[GoalState]] = {}
    for full_id in chosen:
        by_owner.setdefault(assessment.goals[full_id].owner_id, []).append(assessment.goals[full_id])
    for owner_id, goals in by_owner.items():
        owner = assessment.handbook.owners[owner_id]
        lines += ["", f"{printable(owner.name)} ({owner_id}, {owner.kind})"]
        for goal in goals:
            lines += _goal_lines(context, goal, whole=len(chosen) == 1)
    owed = _owed_counts(assessment.goals[i] for i in chosen)
    if owed:
        lines += ["", "owed: " + ", ".join(plural(count, kind) for kind, count in owed.items())]
    return "\n".join(lines)


def _goal_lines(context: ViewContext, goal: GoalState, whole: bool) -> Iterable[str]:
    look = badge.GOAL[goal.status]
    label = (
        f"{look.label} ({badge.RESULT[goal.goal.closed.result]})"
        if goal.goal.closed
        else "At risk, recovering"
        if goal.recovering and goal.status == "at-risk"
        else look.label
    )
    yield "  ".join(
        [f"  {look.symbol} {label:<22} {printable(goal.goal.title)}  [{goal.goal.id}]", *_so_far(context, goal)]
    )
    if found := facts(context, goal):
        yield f"      {printable('; '.join(found))}"
    for state in goal.landmarks:
        if whole or state.status in {"missed", "unreported", "due-soon"}:
            yield f"      {_landmark_line(context, goal, state)}"
    for item in goal.owed:
        if item.kind in {"agreement", "review"}:
            detail = (
                f" ({badge.AGREEMENT[goal.agreement].label.lower()})"
                if item.kind == "agreement" and goal.agreement
                else f" since {item.since}"
            )
            yield f"      {badge.OWED[item.kind].symbol} {badge.OWED[item.kind].label}{detail}"


def _so_far(context: ViewContext, goal: GoalState) -> Iterable[str]:
    """Yield the reading or the sessions held, the pace, and how long nobody has said anything."""
    measure, reading, fmt = goal.goal.measure, goal.reading, context.fmt
    if reading and measure and goal.goal.target is not None:
        read = fmt.reading(reading.value, measure.unit, goal.goal.numbers)
        yield f"{read} of {fmt.amount(goal.goal.target, measure.unit)} on {reading.on}"
    if goal.cadence and goal.cadence.due:
        yield f"{goal.cadence.held} of {plural(goal.cadence.due, 'session')} held"
    if goal.pace is not None:
        judged = goal.progress.reading if goal.progress else reading
        yield f"pace {fmt.percent(goal.pace)}{f' on {judged.on}' if judged and judged != reading else ''}"
    if goal.silent_since:
        yield f"no news since {goal.silent_since}"


def _landmark_line(context: ViewContext, goal: GoalState, state: LandmarkState) -> str:
    look, landmark = badge.LANDMARK[state.status], state.landmark
    what = (
        context.fmt.amount(landmark.value, goal.goal.measure.unit)
        if landmark.value is not None and goal.goal.measure
        else landmark.name
    )
    line = [f"{look.symbol} {look.label:<11} {landmark.id}: {printable(what)} by {landmark.due}"]
    if state.status in {"missed", "accounted"}:
        line.append(shortfall(context, goal, state))
    if state.status == "missed" and goal.goal.closed is None:
        line.append(f"accounting owed {lasting(state.age)}{' (overdue)' if state.overdue else ''}")
    if state.status == "accounted" and state.accounting:
        line.append(badge.ACTION[state.accounting.action])
    return ", ".join(filter(None, line))
