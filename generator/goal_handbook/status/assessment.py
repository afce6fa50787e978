"""A handbook assessed for a status date: every goal's state, what is owed, and the counts."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Literal

from ..model.goal import Goal
from ..model.handbook import Handbook, Settings
from ..model.people import AnyOwner, Seller, Team
from ..model.records import Review
from .agreement import AgreementEvidence, AgreementStatus, agreement_owed_since, agreement_status
from .as_of import handbook_on
from .cadence import CadenceState, cadence_state
from .calendar import one_period_later
from .coverage import Coverage, coverage_of
from .goal import GOAL_STATUSES, GoalStatus, goal_status, is_recovering
from .landmark import LANDMARK_STATUSES, LandmarkState, LandmarkStatus, landmark_state
from .pace import Pace, pace_of
from .plan import PlanState, plan_states
from .readings import Reading, Readings, is_rollup

OwedKind = Literal["accounting", "report", "review", "agreement"]
OWED_KINDS: tuple[OwedKind, ...] = ("accounting", "report", "review", "agreement")


@dataclass(frozen=True, slots=True)
class Owed:
    """Something that is owed: since when, for how many days, and whether that is too long."""

    kind: OwedKind
    full_id: str
    landmark: str
    since: datetime.date
    days: int
    overdue: bool


@dataclass(frozen=True, slots=True)
class GoalState:
    """A goal on the status date. `pace` is exact.

    `review_due` is when the next review is due, `review_days_left` days from the status date (negative: days ago);
    both are None once the goal is closed.
    """

    full_id: str
    goal: Goal
    status: GoalStatus
    recovering: bool
    pace: Fraction | None
    expected: Fraction | None
    readings: tuple[Reading, ...]
    landmarks: tuple[LandmarkState, ...]
    plans: tuple[PlanState, ...]
    agreement: AgreementStatus | None
    coverage: Coverage | None
    cadence: CadenceState | None
    last_review: Review | None
    review_due: datetime.date | None
    review_days_left: int | None
    owed: tuple[Owed, ...]

    @property
    def owner_id(self) -> str:
        """Return the id of the goal's owner."""
        return self.full_id.partition("/")[0]

    @property
    def reading(self) -> Reading | None:
        """Return the latest reading, None without one."""
        return self.readings[-1] if self.readings else None


@dataclass(frozen=True)
class Assessment:
    """A handbook on a status date. `handbook` holds only what could be known then."""

    as_of: datetime.date
    handbook: Handbook
    goals: Mapping[str, GoalState]

    @cached_property
    def by_owner(self) -> dict[str, tuple[GoalState, ...]]:
        """Each owner's goals in the order of the file."""
        return {i: tuple(self.goals[f"{i}/{g.id}"] for g in o.goals) for i, o in self.handbook.owners.items()}

    @cached_property
    def in_team(self) -> dict[str, tuple[GoalState, ...]]:
        """The goals of each team, its sellers and its subteams (with theirs)."""
        found: dict[str, tuple[GoalState, ...]] = {}
        for team in self.handbook.teams.values():
            self._gather(team, found, frozenset())
        return found

    def _gather(
        self, team: Team, found: dict[str, tuple[GoalState, ...]], above: frozenset[str]
    ) -> tuple[GoalState, ...]:
        if team.id not in found and team.id not in above:
            goals = [*self.by_owner[team.id]]
            for seller in self.handbook.members.get(team.id, ()):
                goals += self.by_owner[seller.id]
            for subteam in self.handbook.subteams.get(team.id, ()):
                goals += self._gather(subteam, found, above | {team.id})
            found[team.id] = tuple(goals)
        return found.get(team.id, ())


def assess(
    handbook: Handbook, as_of: datetime.date, agreement_evidence: Mapping[str, AgreementEvidence] | None = None
) -> Assessment:
    """Return every goal's state on `as_of`. `agreement_evidence` is what git says about agreements, by full id."""
    seen = handbook_on(handbook, as_of)
    readings = Readings(seen)
    goals = {
        f"{owner.id}/{goal.id}": _goal_state(
            seen,
            readings,
            owner,
            goal,
            as_of,
            (agreement_evidence or {}).get(f"{owner.id}/{goal.id}", AgreementEvidence()),
        )
        for owner in seen.owners.values()
        for goal in owner.goals
    }
    return Assessment(as_of, seen, goals)


def _goal_state(
    handbook: Handbook,
    readings: Readings,
    owner: AnyOwner,
    goal: Goal,
    as_of: datetime.date,
    evidence: AgreementEvidence,
) -> GoalState:
    full_id, settings = f"{owner.id}/{goal.id}", handbook.settings
    series = readings.of(full_id)
    landmarks = tuple(
        landmark_state(
            goal, lm, series, readings.reported_on(full_id, lm.due) if lm.value is not None else None, settings, as_of
        )
        for lm in sorted(goal.landmarks, key=lambda lm: (lm.due, lm.id))
    )
    if is_rollup(goal):
        landmarks = tuple(
            replace(s, waiting=readings.waiting_for(full_id, s.landmark.due)) if s.status == "unreported" else s
            for s in landmarks
        )
    cadence = cadence_state(goal, cadence_sellers(handbook, owner), as_of)
    pace = Pace(cadence.ratio, Fraction(cadence.due)) if cadence else pace_of(goal, landmarks, series)
    ratio = pace.ratio if pace else None
    status = goal_status(goal, landmarks, series, ratio, settings.pace, as_of)
    agreement = agreement_status(handbook, full_id, evidence)
    last_review = max(goal.reviews, key=lambda r: (r.on, r.note), default=None)
    review_due = _review_due(goal, last_review, settings)
    return GoalState(
        full_id=full_id,
        goal=goal,
        status=status,
        recovering=status not in {"closed", "achieved"} and is_recovering(landmarks),
        pace=ratio,
        expected=pace.expected if pace else None,
        readings=series,
        landmarks=landmarks,
        plans=plan_states(goal, landmarks, as_of),
        agreement=agreement,
        coverage=coverage_of(handbook, full_id),
        cadence=cadence,
        last_review=last_review,
        review_due=review_due,
        review_days_left=(review_due - as_of).days if review_due else None,
        owed=tuple(_owed(handbook, full_id, goal, landmarks, agreement, review_due, as_of, evidence)),
    )


def _review_due(goal: Goal, last_review: Review | None, settings: Settings) -> datetime.date | None:
    """Return when the next review is due: one period after the last one, or after the goal's start."""
    if goal.closed:
        return None
    since = max(last_review.on, goal.start) if last_review else goal.start
    return one_period_later(since, settings.review_every)


def _owed(
    handbook: Handbook,
    full_id: str,
    goal: Goal,
    landmarks: Sequence[LandmarkState],
    agreement: AgreementStatus | None,
    review_due: datetime.date | None,
    as_of: datetime.date,
    evidence: AgreementEvidence,
) -> Iterable[Owed]:
    """Yield what an open goal owes on a date: accountings, reports, a review, an agreement."""
    if goal.closed:
        return
    for state in landmarks:
        landmark = state.landmark
        if state.status == "missed" and state.missed_since:
            yield Owed("accounting", full_id, landmark.id, state.missed_since, state.age, state.overdue)
        elif state.status == "unreported":
            yield Owed("report", full_id, landmark.id, landmark.due, state.age, overdue=True)
    if review_due and review_due < as_of:
        yield Owed("review", full_id, "", review_due, (as_of - review_due).days, overdue=True)
    if agreement in {"proposed", "stale", "re-confirm"}:
        since = agreement_owed_since(handbook, full_id, evidence)
        yield Owed("agreement", full_id, "", since, max(0, (as_of - since).days), overdue=agreement == "stale")


def cadence_sellers(handbook: Handbook, owner: AnyOwner) -> tuple[Seller, ...]:
    """Return the sellers a cadence `with: each-seller` is kept with: those a leader leads, or a team's members."""
    return handbook.sellers_led.get(owner.id, ()) or handbook.members.get(owner.id, ())


def count_goals(goals: Iterable[GoalState]) -> dict[GoalStatus, int]:
    """Count goals by status, worst first; statuses without a goal are left out."""
    counts = Counter(g.status for g in goals)
    return {status: counts[status] for status in GOAL_STATUSES if counts[status]}


def count_landmarks(goals: Iterable[GoalState]) -> dict[LandmarkStatus, int]:
    """Count landmarks by status, worst first; statuses without a landmark are left out."""
    counts = Counter(s.status for g in goals for s in g.landmarks)
    return {status: counts[status] for status in LANDMARK_STATUSES if counts[status]}


def worst(goals: Iterable[GoalState]) -> GoalStatus | None:
    """Return the worst status among goals, None without goals."""
    return next(iter(count_goals(goals)), None)


def all_owed(goals: Iterable[GoalState]) -> list[Owed]:
    """Return what goals owe, by kind, the oldest first."""
    owed = [item for goal in goals for item in goal.owed]
    return sorted(owed, key=lambda o: (OWED_KINDS.index(o.kind), -o.days, o.full_id, o.landmark))
