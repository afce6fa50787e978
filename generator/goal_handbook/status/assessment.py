"""A handbook assessed for a status date: every goal's state, what is owed, and the counts."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import Literal, get_args

from ..frozen import frozen
from ..model.goal import Goal
from ..model.handbook import Handbook
from ..model.people import AnyOwner, Away, Seller, Team
from ..model.records import Review
from ..model.settings import Settings
from .absence import days_since, later
from .agreement import (
    Agreed,
    AgreementEvidence,
    AgreementStatus,
    Verdicts,
    agreed_by,
    agreement_owed_since,
    agreement_status,
)
from .as_of import handbook_on, latest
from .attainment import Attainment, Fan, Rates, attainment_of, fan_of, rates_of
from .cadence import CadenceState, with_people_of
from .coverage import CapacityUse, Coverage, capacities_of, coverage_of, support_shares
from .curve_history import CurveHistory, curve_history
from .flow import is_rollup
from .goal import GOAL_STATUSES, GoalStatus, is_recovering
from .landmark import LANDMARK_STATUSES, LandmarkState, LandmarkStatus
from .months import Change, MonthEnd, change_between, last_months
from .pace import Curve, Pace
from .plan import PlanState, plan_states
from .position import LookBack, position_of
from .readings import Reading, Readings
from .unaffected import unaffected_goals

OwedKind = Literal["accounting", "report", "review", "agreement", "handover"]
OWED_KINDS: tuple[OwedKind, ...] = get_args(OwedKind)


@frozen
class Owed:
    """Something that is owed: since when, for how many days, and whether that is too long."""

    kind: OwedKind
    full_id: str
    landmark: str
    since: datetime.date
    days: int
    overdue: bool


@frozen
class GoalState:
    """A goal on the status date. All ratios are exact.

    `progress` is that of a number or a level at its latest complete reading, `curve` what was agreed for each day;
    `attainment` says how far the number has come. `silent_since` is the day of the last reading
    where it is older than `review_every`, or the start without one. `review_due` is when the next review is due,
    `review_days_left` days from the status date (negative: days ago); both are None once the goal is closed.
    `at_work`: its owner is there on the status date, so that something can be asked of them.
    """

    full_id: str
    goal: Goal
    at_work: bool
    status: GoalStatus
    recovering: bool
    progress: Pace | None
    curve: Curve | None
    attainment: Attainment | None
    silent_since: datetime.date | None
    readings: tuple[Reading, ...]
    landmarks: tuple[LandmarkState, ...]
    plans: tuple[PlanState, ...]
    agreement: AgreementStatus | None
    agreed: Agreed | None
    coverage: Coverage | None
    capacities: tuple[CapacityUse, ...]
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

    @property
    def pace(self) -> Fraction | None:
        """Return actual ÷ expected progress, or the sessions held ÷ due; None while it is too early to tell."""
        return self.cadence.ratio if self.cadence else self.progress.ratio if self.progress else None

    @property
    def expected(self) -> Fraction | None:
        """Return what the curve asks for on the day of the latest complete reading, or the sessions due."""
        return Fraction(self.cadence.due) if self.cadence else self.progress.expected if self.progress else None

    @property
    def rates(self) -> Rates | None:
        """Return how fast the number has gone, None while it has too few readings."""
        return rates_of(self.goal, self.readings)

    def is_reported_on(self, day: datetime.date) -> bool:
        """Return whether people report its number by then: it is open, has begun, and is not a sum of others."""
        goal = self.goal
        return goal.target is not None and not is_rollup(goal) and not goal.closed and goal.start <= day

    def fan_on(self, as_of: datetime.date) -> Fan | None:
        """Return where the number would get at its paces, from the latest reading that leaves nobody out."""
        complete = self.progress.reading.on if self.progress else datetime.date.min
        return fan_of(self.goal, [reading for reading in self.readings if reading.on <= complete], as_of)

    def landmark(self, landmark_id: str) -> LandmarkState | None:
        """Return a landmark by its id, None where there is none; the target may be one too."""
        return next((state for state in self.landmarks if state.landmark.id == landmark_id), None)


@dataclass(frozen=True)
class Assessment:
    """A handbook on a status date. `handbook` holds only what could be known then, `evidence` what git says.

    `written` is the handbook that was assessed, as it is written.
    """

    as_of: datetime.date
    handbook: Handbook
    goals: Mapping[str, GoalState]
    written: Handbook
    evidence: Mapping[str, AgreementEvidence] = field(default_factory=dict)

    @cached_property
    def verdicts(self) -> dict[str, Verdicts]:
        """What the signatures of each goal are worth, for another assessment of the same goals."""
        return {full_id: state.agreed.verdicts for full_id, state in self.goals.items() if state.agreed}

    @cached_property
    def by_owner(self) -> dict[str, tuple[GoalState, ...]]:
        """Each owner's goals in the order of the file."""
        return {i: tuple(self.goals[f"{i}/{g.id}"] for g in o.goals) for i, o in self.handbook.owners.items()}

    @cached_property
    def in_team(self) -> dict[str, tuple[GoalState, ...]]:
        """The goals of each team, its sellers and its subteams (with theirs); those of leaders are not among them."""
        handbook = self.handbook
        own = {t: self._of([t, *(s.id for s in handbook.members.get(t, ()))]) for t in handbook.teams}
        return {
            team.id: tuple(goal for part in handbook.branch(team) for goal in own[part.id])
            for team in handbook.teams.values()
        }

    @cached_property
    def led_by(self) -> dict[str, tuple[GoalState, ...]]:
        """What each leader answers for, beside their own goals: those in the teams they lead, and those of the leaders
        of the subteams, each once."""
        return {leader: tuple(self._led_by(leader, teams).values()) for leader, teams in self.handbook.led.items()}

    def need(self, owner_id: str) -> tuple[int, int, int]:
        """Return how much somebody needs their leader, for sorting: the worst status, then what is owed, come first."""
        goals = self.by_owner[owner_id]
        status, owed = worst(goals), [item for goal in goals for item in goal.owed]
        rank = GOAL_STATUSES.index(status) if status else len(GOAL_STATUSES)
        return (rank, -len(owed), -max((item.days for item in owed), default=0))

    def curve_history(self, full_id: str) -> CurveHistory | None:
        """Return how a goal's agreed curve came to be what it is, None for a goal without a target."""
        if full_id not in self._curve_histories:
            state = self.goals[full_id]
            absences = self.handbook.owners[state.owner_id].absences
            self._curve_histories[full_id] = curve_history(state.goal, absences) if state.curve else None
        return self._curve_histories[full_id]

    @cached_property
    def _curve_histories(self) -> dict[str, CurveHistory | None]:
        return {}

    @cached_property
    def support_shares(self) -> dict[tuple[str, str], Fraction]:
        """Which part of what a goal needs another is to add, by the ids of the supporting and the supported one."""
        return support_shares(self.handbook, {i: state.coverage for i, state in self.goals.items() if state.coverage})

    @cached_property
    def months(self) -> tuple[MonthEnd, ...]:
        """How every goal stood at the end of each of the last months, oldest first: computed once for all who show it.

        Whatever this assessment does not know, or does not show to its audience, is not in them either.
        """
        cadences = {i: (state.goal, state.cadence) for i, state in self.goals.items() if state.cadence}
        statuses = {full_id: state.status for full_id, state in self.goals.items()}
        today = LookBack(self.handbook, Readings(self.handbook, self.as_of), cadences, statuses)
        return last_months(today, self.handbook.settings.period.start)

    def changed(self, goals: Iterable[GoalState]) -> Change:
        """Return how many of the goals have got better, and how many worse, since the end of last month."""
        before = self.months[-1].statuses if self.months else {}
        return change_between(before, {goal.full_id: goal.status for goal in goals})

    def _led_by(self, leader: str, teams: Iterable[Team]) -> dict[str, GoalState]:
        inside = (goal for team in teams for goal in self.in_team[team.id])
        subteams = (part for team in teams for part in self.handbook.branch(team))
        leaders = dict.fromkeys(t.leader for t in subteams if t.leader in self.handbook.leaders and t.leader != leader)
        return {goal.full_id: goal for goal in (*inside, *self._of(leaders))}

    def _of(self, owners: Iterable[str | None]) -> tuple[GoalState, ...]:
        return tuple(goal for owner in owners if owner for goal in self.by_owner[owner])


def assess(
    handbook: Handbook,
    as_of: datetime.date,
    agreement_evidence: Mapping[str, AgreementEvidence] = MappingProxyType({}),
    verdicts: Mapping[str, Verdicts] = MappingProxyType({}),
    known: Assessment | None = None,
) -> Assessment:
    """Return every goal's state on `as_of`.

    `agreement_evidence` is what git says about agreements, and `verdicts` what signatures are worth, by full id.
    `known` is an assessment of another handbook: what is the same in both is taken from there.
    """
    known = known if known and known.as_of == as_of else None
    seen = handbook_on(handbook, as_of, (known.written, known.handbook) if known else None)
    assessor = _Assessor(seen, as_of, Readings(seen, as_of), agreement_evidence, verdicts)
    same = assessor.same_as(known) if known else {}
    states = (
        same.get(f"{owner.id}/{goal.id}") or assessor.goal(owner, goal)
        for owner in seen.owners.values()
        for goal in owner.goals
    )
    return Assessment(as_of, seen, {state.full_id: state for state in states}, handbook, agreement_evidence)


@dataclass(frozen=True)
class _Assessor:
    """Assesses one goal after another; they share what they read of each other."""

    handbook: Handbook
    as_of: datetime.date
    readings: Readings
    evidence: Mapping[str, AgreementEvidence]
    verdicts: Mapping[str, Verdicts]

    def goal(self, owner: AnyOwner, goal: Goal) -> GoalState:
        """Return the state of an owner's goal."""
        full_id, handbook, settings = f"{owner.id}/{goal.id}", self.handbook, self.handbook.settings
        found, absences = position_of(handbook, owner, goal, self.readings), owner.absences
        series, landmarks, status = found.readings, found.landmarks, found.status
        agreed = agreed_by(handbook, full_id, self.verdicts.get(full_id, {})) if isinstance(owner, Seller) else None
        evidence = self.evidence.get(full_id, AgreementEvidence())
        agreement = agreement_status(handbook, full_id, agreed, evidence) if agreed else None
        last_review = latest(goal.reviews, lambda review: review.on, None)
        review_due = _review_due(goal, last_review, settings, absences)
        return GoalState(
            full_id=full_id,
            goal=goal,
            at_work=owner.is_at_work_on(self.as_of),
            status=status,
            recovering=status not in {"closed", "achieved"} and is_recovering(landmarks),
            progress=found.pace,
            curve=found.curve,
            attainment=attainment_of(goal, series[-1] if series else None, goal.due, goal.target),
            silent_since=self.silent_since(goal, series, absences),
            readings=series,
            landmarks=landmarks,
            plans=plan_states(goal, landmarks, self.as_of),
            agreement=agreement,
            agreed=agreed,
            coverage=coverage_of(handbook, self.readings, full_id),
            capacities=capacities_of(handbook, full_id),
            cadence=found.cadence,
            last_review=last_review,
            review_due=review_due,
            review_days_left=(review_due - self.as_of).days if review_due else None,
            owed=tuple(self.owed(owner, goal, landmarks, agreement, agreed, review_due, evidence)),
        )

    def same_as(self, known: Assessment) -> dict[str, GoalState]:
        """Return the states that are the same in another assessment of the day, with the people of this handbook."""
        same = unaffected_goals(known.handbook, self.handbook)
        found = (known.goals[full_id] for full_id in same if known.evidence.get(full_id) == self.evidence.get(full_id))
        return {
            state.full_id: replace(state, cadence=with_people_of(self.handbook, state.cadence))
            if state.cadence
            else state
            for state in found
            if state.agreed is None or state.agreed.verdicts == self.verdicts.get(state.full_id, {})
        }

    def silent_since(self, goal: Goal, series: Sequence[Reading], absences: Sequence[Away]) -> datetime.date | None:
        """The day since which nobody has said where the number is, once that is longer ago than reviews are apart."""
        if goal.closed or goal.target is None or self.as_of < goal.start:
            return None
        since = max(series[-1].on, goal.start) if series else goal.start
        return (
            since if later(since, self.handbook.settings.review_every, absences) < min(self.as_of, goal.due) else None
        )

    def owed(
        self,
        owner: AnyOwner,
        goal: Goal,
        landmarks: Sequence[LandmarkState],
        agreement: AgreementStatus | None,
        agreed: Agreed | None,
        review_due: datetime.date | None,
        evidence: AgreementEvidence,
    ) -> Iterable[Owed]:
        """What is owed for an open goal; once its owner has left, only what becomes of it."""
        full_id, as_of = f"{owner.id}/{goal.id}", self.as_of
        if goal.closed:
            return
        if isinstance(owner, Seller) and owner.left and owner.left_before(as_of):
            yield Owed("handover", full_id, "", owner.left, (as_of - owner.left).days, overdue=True)
            return
        if not owner.is_at_work_on(as_of):
            return
        for state in landmarks:
            landmark = state.landmark
            if state.status == "missed" and state.missed_since:
                yield Owed("accounting", full_id, landmark.id, state.missed_since, state.age, state.overdue)
            elif state.status == "unreported":
                yield Owed("report", full_id, landmark.id, landmark.due, state.age, overdue=True)
        if review_due and review_due < as_of:
            days = days_since(owner.absences, review_due, as_of)
            yield Owed("review", full_id, "", review_due, days, overdue=True)
        if agreed and agreement != "agreed":
            since = agreement_owed_since(self.handbook, full_id, agreed, evidence)
            days = max(0, days_since(owner.absences, since, as_of))
            yield Owed("agreement", full_id, "", since, days, overdue=agreement == "stale")


def _review_due(
    goal: Goal, last_review: Review | None, settings: Settings, absences: Sequence[Away]
) -> datetime.date | None:
    """Return when the next review is due: one period after the last one, or after the goal's start."""
    if goal.closed:
        return None
    since = max(last_review.on, goal.start) if last_review else goal.start
    return later(since, settings.review_every, absences)


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
    lead = worst_goal(goals)
    return lead.status if lead else None


def worst_goal(goals: Iterable[GoalState]) -> GoalState | None:
    """Return the first goal with the worst status, None without goals."""
    return min(goals, key=lambda state: GOAL_STATUSES.index(state.status), default=None)


def main_goal(goals: Sequence[GoalState]) -> GoalState | None:
    """Return the goal an owner is measured by first: the first open production goal with a number to reach.

    It is a closed one where none is open, and None where there is none at all.
    """
    numbers = [state for state in goals if state.goal.kind == "production" and state.goal.shape == "number"]
    return next((state for state in numbers if not state.goal.closed), next(iter(numbers), None))


def behind(goals: Iterable[GoalState]) -> list[GoalState]:
    """Return the goals that are off track or at risk and whose owner is at work, the worst first."""
    found = [goal for goal in goals if goal.at_work and goal.status in {"off-track", "at-risk"}]
    return sorted(found, key=lambda goal: GOAL_STATUSES.index(goal.status))


def all_owed(goals: Iterable[GoalState]) -> list[Owed]:
    """Return what goals owe, by kind, the oldest first."""
    owed = [item for goal in goals for item in goal.owed]
    return sorted(owed, key=lambda o: (OWED_KINDS.index(o.kind), -o.days, o.full_id, o.landmark))
