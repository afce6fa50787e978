"""How a goal is doing by the manual (status.md): landmarks, curve, catch-up factor, status, coverage, what is owed.

Every number and every level of this company goes up, from nothing.
"""

from __future__ import annotations

import datetime
from calendar import monthrange
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from .books import latest, readings, total
from .plan import DUE_SOON, GRACE, OWNERS, PLAN, Goal, Landmark, Part, day, several

ONE_DAY = datetime.timedelta(days=1)
ON_TRACK, AT_RISK = Fraction(1), Fraction(12, 10)


# Landmarks


def decisive(goal: Goal, landmark: Landmark, as_of: datetime.date) -> Decimal | None:
    """The value that decides a landmark whose day has come: on the day, reported within grace, or reached before.

    Of a sum it is the sum of what decides for each of its goals, as far as they have reported.
    """
    if goal.is_sum:
        return sum((_decisive_part(part, landmark.due, as_of) for part in goal.parts), Decimal(0))
    reported = readings(goal, as_of)
    for on in sorted(reported):
        if landmark.due <= on <= landmark.due + GRACE:
            return reported[on]
    before = latest(goal, landmark.due)
    return before if landmark.value is not None and before >= landmark.value else None


def _decisive_part(part: Part, due: datetime.date, as_of: datetime.date) -> Decimal:
    if part.since and part.since > due:
        return Decimal(0)
    before = latest(part.goal, part.since - ONE_DAY) if part.since else Decimal(0)
    if part.until and part.until < due:
        return (latest(part.goal, part.until) - before) * part.weight
    reported = readings(part.goal, as_of)
    last = min(due + GRACE, part.until or due + GRACE)
    stand_in = next((on for on in sorted(reported) if due <= on <= last), None)
    value = reported[stand_in] if stand_in else latest(part.goal, due)
    return (value - before) * part.weight


def has_reported(goal: Goal, due: datetime.date, as_of: datetime.date) -> bool:
    """Whether a goal, or every goal a sum waits for, has a reading on or after a landmark's due date."""
    if goal.is_sum:
        return all(has_reported(part.goal, due, as_of) for part in goal.parts if _waited_for(part, as_of, due))
    return any(on >= due for on in readings(goal, as_of))


def _waited_for(part: Part, as_of: datetime.date, due: datetime.date) -> bool:
    """Not for closed goals, people who have left, goals that start later, and support that has ended or not begun."""
    if not part.goal.is_open_on(as_of) or part.goal.owner.left < as_of or part.goal.start > due:
        return False
    if part.until and any(on >= part.until for on in readings(part.goal, as_of)):
        return due <= part.until
    return part.since is None or part.since <= due


def landmark_status(goal: Goal, landmark_id: str, as_of: datetime.date) -> str:
    """The status of a landmark: the first that applies."""
    landmark = goal.landmarks[landmark_id]
    if landmark.value is None:
        if landmark.done and landmark.done <= as_of:
            return "met" if landmark.done <= landmark.due else "met-late"
    elif found := _reached(goal, landmark, as_of):
        return found
    if (landmark.due - as_of).days > DUE_SOON:
        return "upcoming"
    if as_of <= landmark.due + GRACE:
        return "due-soon"
    if landmark.value is not None and not has_reported(goal, landmark.due, as_of):
        return "unreported"
    accounted = any(a["landmark"] == landmark_id for a in goal.records("accountings", as_of))
    return "accounted" if accounted else "missed"


def _reached(goal: Goal, landmark: Landmark, as_of: datetime.date) -> str:
    """Return `met`, `met-late` or nothing for a value to reach."""
    reported = readings(goal, as_of)
    if landmark.value is None or not reported:
        return ""
    if as_of < landmark.due:
        early = goal.shape == "number" and list(reported.values())[-1] >= landmark.value
        return "met" if early else ""
    decided = decisive(goal, landmark, as_of)
    if decided is not None and decided >= landmark.value:
        return "met"
    later = (value for on, value in reported.items() if on > landmark.due)
    return "met-late" if any(value >= landmark.value for value in later) else ""


# The curve, and what remains


def expected(goal: Goal, on: datetime.date) -> Fraction:
    """The agreed curve: straight lines from (start, 0) through the landmarks to (due, target).

    With `prorate: yes` only days that are not away count.
    """
    assert goal.target is not None
    corners = {goal.start: Decimal(0)}
    for landmark in goal.landmarks.values():
        if landmark.value is not None:
            corners[landmark.due] = landmark.value
    corners[goal.due] = goal.target
    days = sorted(corners)
    for first, last in pairwise(days):
        if first <= on <= last:
            share = Fraction(_working(goal, first, on), _working(goal, first, last))
            return Fraction(corners[first]) + share * Fraction(corners[last] - corners[first])
    return Fraction(corners[days[0]] if on < days[0] else corners[days[-1]])


def _working(goal: Goal, after: datetime.date, until: datetime.date) -> int:
    away = goal.owner.away if goal.raw.get("prorate") == "yes" else []
    days = (after + datetime.timedelta(n) for n in range(1, (until - after).days + 1))
    return sum(not any(first <= on <= last for first, last in away) for on in days)


def judged_on(goal: Goal, as_of: datetime.date) -> datetime.date | None:
    """The day of the reading; of a sum, the last day by which all its goals had reported."""
    if not goal.is_sum:
        return max(readings(goal, as_of), default=None)
    days = [_reported_until(part, as_of) for part in goal.parts if _waited_for(part, as_of, as_of)]
    return min(days, default=None)


def _reported_until(part: Part, as_of: datetime.date) -> datetime.date:
    return max(readings(part.goal, as_of), default=part.goal.start - ONE_DAY)


def catch_up(goal: Goal, as_of: datetime.date) -> Fraction | None:
    """How many times as fast as agreed the rest has to go; None while nearly nothing, or all, is expected."""
    on = judged_on(goal, as_of)
    if on is None or goal.target is None:
        return None
    due = expected(goal, on)
    target = Fraction(goal.target)
    if due / target < Fraction(5, 100) or due == target:
        return None
    return (target - Fraction(value_on(goal, on))) / (target - due)


def value_on(goal: Goal, on: datetime.date) -> Decimal:
    return total(goal, on) if goal.is_sum else latest(goal, on)


def goal_status(goal: Goal, as_of: datetime.date) -> str:
    """The status of a number, a level or a list of deliverables: the first that applies."""
    if not goal.is_open_on(as_of):
        return "closed"
    statuses = {lm: landmark_status(goal, lm, as_of) for lm in goal.landmarks}
    ends = [lm for lm, landmark in goal.landmarks.items() if landmark.value == goal.target and landmark.due == goal.due]
    deciding = [statuses[lm] for lm in (ends if goal.target is not None else goal.landmarks)]
    if all(status in {"met", "met-late"} for status in deciding):
        return "achieved"
    for word, status in (("missed", "needs-accounting"), ("unreported", "unreported")):
        if word in statuses.values():
            return status
    due_or_met = any(lm.due <= as_of or statuses[i].startswith("met") for i, lm in goal.landmarks.items())
    if as_of < goal.start or not (readings(goal, as_of) or due_or_met):
        return "not-started"
    by_pace = _by_level(goal, as_of) if goal.shape == "level" else _by_catch_up(goal, as_of)
    return "at-risk" if by_pace == "on-track" and _recovering(goal, statuses, as_of) else by_pace


def _by_catch_up(goal: Goal, as_of: datetime.date) -> str:
    on = judged_on(goal, as_of)
    if on is None or goal.target is None:
        return "on-track"
    factor = catch_up(goal, as_of)
    if factor is None:
        everything_due = expected(goal, on) == goal.target
        return "off-track" if everything_due and value_on(goal, on) < goal.target else "on-track"
    return "on-track" if factor <= ON_TRACK else "at-risk" if factor <= AT_RISK else "off-track"


def _by_level(goal: Goal, as_of: datetime.date) -> str:
    assert goal.target is not None
    short = goal.target - latest(goal, as_of)
    return "on-track" if short <= 0 else "at-risk" if short <= Decimal(goal.measure["tolerance"]) else "off-track"


def _recovering(goal: Goal, statuses: dict[str, str], as_of: datetime.date) -> bool:
    """Whether the latest missed landmark has been accounted for with `recover`."""
    missed = [lm for lm, status in statuses.items() if status in {"accounted", "missed"}]
    if not missed:
        return False
    last = max(missed, key=lambda lm: goal.landmarks[lm].due)
    return [a["action"] for a in goal.records("accountings", as_of) if a["landmark"] == last][-1:] == ["recover"]


# Above the goal


def coverage(goal: Goal, as_of: datetime.date) -> Decimal:
    """What the goals of a sum bring if each open one reaches its target; the others bring what they have."""
    found = Decimal(0)
    for part in goal.parts:
        begun = part.since is None or part.since <= as_of
        ended = part.until is not None and part.until < as_of
        before = latest(part.goal, part.since - ONE_DAY) if part.since else Decimal(0)
        over = not part.goal.is_open_on(as_of) or part.goal.owner.left < as_of
        assert part.goal.target is not None
        if begun and (ended or over):
            found += (latest(part.goal, min(as_of, part.until or as_of)) - before) * part.weight
        elif begun:
            found += (part.goal.target - before) * part.weight
    return found


def leader_of(team: str) -> str:
    """Every team of this company has a leader."""
    leader: str = OWNERS[team].raw["leader"]
    return leader


def cadence(goal: Goal, as_of: datetime.date) -> tuple[int, int]:
    """Half hours held and due, one a week with each of the leader's sellers, in whole weeks that have ended."""
    held = due = 0
    least = int(goal.measure["cadence"]["minutes"][0])
    monday = goal.start - datetime.timedelta(goal.start.weekday())
    while (sunday := monday + 6 * ONE_DAY) <= min(as_of, goal.due):
        week = [monday + n * ONE_DAY for n in range(7)]
        for seller in (owner for owner in OWNERS.values() if owner.kind == "seller"):
            theirs = all(seller.works_on(on) and leader_of(seller.team_on(on)) == goal.owner.id for on in week)
            if monday >= goal.start and theirs:
                due += 1
                held += any(
                    seller.id in several(session["with"]) and int(session.get("minutes", least)) >= least
                    for session in goal.records("sessions", sunday)
                    if session["on"] >= str(monday)
                )
        monday = sunday + ONE_DAY
    return held, due


@dataclass(frozen=True, order=True)
class Owed:
    """Something that is owed: an accounting, a report, a review or an agreement."""

    kind: str
    full_id: str
    landmark: str = ""


def owed(as_of: datetime.date) -> set[Owed]:
    """Everything that is owed on a day; nothing by those who are away or have not come yet.

    Of those who have left, only what becomes of their goals.
    """
    found = set()
    for goal in PLAN.values():
        if goal.is_open_on(as_of) and goal.owner.left < as_of:
            found.add(Owed("handover", goal.full_id))
        if not goal.is_open_on(as_of) or not goal.owner.works_on(as_of):
            continue
        for lm in goal.landmarks:
            status = landmark_status(goal, lm, as_of)
            if status in {"missed", "unreported"}:
                found.add(Owed("accounting" if status == "missed" else "report", goal.full_id, lm))
        reviewed = max((day(r["on"]) for r in goal.records("reviews", as_of)), default=goal.start)
        if _three_months_after(max(reviewed, goal.start)) < as_of:
            found.add(Owed("review", goal.full_id))
        signed = {name for a in goal.records("agreed", as_of) for name in several(a["by"])}
        if goal.owner.kind == "seller" and (goal.owner.id not in signed or len(signed) < 2):
            found.add(Owed("agreement", goal.full_id))
    return found


def _three_months_after(on: datetime.date) -> datetime.date:
    """The same day three months later, or the last one of a shorter month."""
    year, month = divmod(on.year * 12 + on.month + 2, 12)
    return datetime.date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))
