"""What comes next, and who has to see to it (status.md#what-is-next).

That is what is owed, and the landmarks, steps of plans, sessions and reviews that are due. Nothing comes to those who
are away or have left.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import ClassVar, Literal, TypeVar

from ..frozen import frozen
from ..model.people import Seller, Team
from .assessment import OWED_KINDS, Assessment, GoalState, Owed
from .landmark import LandmarkState
from .plan import StepState

#: More days than any landmark is away.
_ALWAYS = datetime.timedelta.max.days


@frozen
class Coming:
    """Something of a goal that is due, `days_left` days from the status date (negative: that many days ago)."""

    kind: ClassVar[Literal["owed", "landmark", "step", "sessions", "review"]]
    goal: GoalState
    due: datetime.date
    days_left: int

    @property
    def name(self) -> str:
        """Return what tells it apart from others of its kind, of one goal and one day."""
        return ""


@frozen
class OwedNow(Coming):
    """Something that is owed, since the day it was due."""

    kind = "owed"
    owed: Owed

    @property
    def name(self) -> str:
        """Return the landmark's id, "" for what the goal as a whole owes."""
        return self.owed.landmark


@frozen
class LandmarkDue(Coming):
    """A landmark that is due."""

    kind = "landmark"
    landmark: LandmarkState

    @property
    def name(self) -> str:
        """Return the landmark's id."""
        return self.landmark.landmark.id


@frozen
class StepDue(Coming):
    """A step of a plan that is due; one without a day of its own is due with its goal.

    `key` tells it apart from all others of its goal, however it is worded.
    """

    kind = "step"
    step: StepState
    key: str

    @property
    def name(self) -> str:
        """Return the step's text."""
        return self.step.step.do


@frozen
class SessionsDue(Coming):
    """Sessions of a cadence that are still to be held by the end of the period: how many, and with whom.

    `people` are the ids of those with whom one is missing, by name; empty where it does not matter who.
    """

    kind = "sessions"
    left: int
    people: tuple[str, ...]


@frozen
class ReviewDue(Coming):
    """A review that is due."""

    kind = "review"

    @property
    def question(self) -> str:
        """Return what the last review left to look at next time (Markdown)."""
        return self.goal.last_review.next if self.goal.last_review else ""


ComingT = TypeVar("ComingT", bound=Coming)


def concerned(assessment: Assessment) -> dict[str, list[GoalState]]:
    """Return the goals in which somebody may have a next step, by the person's id."""
    handbook = assessment.handbook
    found = defaultdict[str, list[GoalState]](list)
    for owner_id, goals in assessment.by_owner.items():
        owner = handbook.owners[owner_id]
        for goal in goals:
            people = {owner_id, *(step.step.who for plan in goal.plans for step in plan.steps)}
            if isinstance(owner, Team) or any(owed.kind == "handover" for owed in goal.owed):
                team = owner.team_on(assessment.as_of) if isinstance(owner, Seller) else owner_id
                leader = handbook.leader_of(team)
                people.add(leader.id if leader else None)
            for who in people:
                if who:
                    found[who].append(goal)
    return found


def next_steps(assessment: Assessment, who: str, goals: Iterable[GoalState], days: int) -> tuple[Coming, ...]:
    """Return somebody's next steps in goals: what they owe, by kind, then what is due, in order of the days.

    Of each goal that is its next landmark, however far away, and the others that are due within so many days; its next
    review if it is as near, or if the last one left a question; every open step of its plans; and the sessions that are
    missing in the current period of a cadence.
    A step belongs to whoever promised it; all else to the goal's owner, for a team's goal to the leader of the team.
    """
    found = (
        item
        for goal in goals
        for item in (*_owed_now(goal), *_in_view(goal, days), *_open_steps([goal]), *_sessions(goal, assessment.as_of))
        if responsible(assessment, item) == who
    )
    return tuple(sorted(found, key=_by_weight))


def waiting_for(goals: Iterable[GoalState], person_id: str) -> list[StepDue]:
    """Return the open steps in the plans of goals that somebody other than this person promised, in order."""
    return _in_order(item for item in _open_steps(goals) if item.step.step.who not in {None, person_id})


def questions_left(goals: Iterable[GoalState]) -> list[tuple[GoalState, str]]:
    """Return the questions (Markdown) that the last reviews of open goals left, with their goals."""
    reviews = (item for goal in goals for item in _review(goal))
    return [(item.goal, item.question) for item in reviews if item.question]


def coming(goals: Iterable[GoalState], days: int) -> list[Coming]:
    """Return what is due within so many days, today included: landmarks, steps and reviews of open goals, in order."""
    goals = tuple(goals)
    steps = (item for item in _dated_steps(goals) if 0 <= item.days_left <= days)
    reviews = (item for goal in goals for item in _review(goal) if 0 <= item.days_left <= days)
    return _in_order([*landmarks_ahead(goals, days), *steps, *reviews])


def scheduled(goals: Iterable[GoalState]) -> list[Coming]:
    """Return all that has its day in a calendar, in order: landmarks ahead, open steps and reviews, also overdue ones.

    What was missed has had its day: it is not ahead, and what is owed for it is due now.
    """
    goals = tuple(goals)
    return _in_order([*landmarks_ahead(goals, _ALWAYS), *_dated_steps(goals), *(r for g in goals for r in _review(g))])


def landmarks_ahead(goals: Iterable[GoalState], days: int) -> list[LandmarkDue]:
    """Return the pending landmarks of open goals that are due within so many days, in order.

    Those in their days of grace are included: they are not met yet, and nothing is owed for them yet.
    """
    return _in_order(item for goal in goals for item in _pending(goal) if item.days_left <= days)


def overdue_steps(goals: Iterable[GoalState]) -> list[StepDue]:
    """Return the open steps of plans that are overdue, the oldest first."""
    return _in_order(item for item in _dated_steps(goals) if item.step.days_overdue)


def owed_now(goals: Iterable[GoalState]) -> list[OwedNow]:
    """Return what goals owe, by kind, the oldest first."""
    found = [item for goal in goals for item in _owed_now(goal)]
    return sorted(found, key=lambda o: (OWED_KINDS.index(o.owed.kind), o.due, o.goal.full_id, o.owed.landmark))


def _owed_now(goal: GoalState) -> Iterator[OwedNow]:
    for owed in goal.owed:
        yield OwedNow(goal, owed.since, -owed.days, owed)


def _in_view(goal: GoalState, days: int) -> Iterator[Coming]:
    """A goal's next landmark and those within so many days, and its next review."""
    for number, item in enumerate(_pending(goal)):
        if number == 0 or item.days_left <= days:
            yield item
    for review in _review(goal):
        if review.days_left >= 0 and (review.question or review.days_left <= days):
            yield review


def _pending(goal: GoalState) -> Iterator[LandmarkDue]:
    if goal.at_work and goal.goal.closed is None:
        for state in goal.landmarks:
            if state.is_pending:
                yield LandmarkDue(goal, state.landmark.due, state.days_left, state)


def _sessions(goal: GoalState, as_of: datetime.date) -> Iterator[SessionsDue]:
    if goal.cadence is None or not goal.at_work or goal.goal.closed:
        return
    current = [(row.person, row.cells[-1]) for row in goal.cadence.rows if row.cells and row.cells[-1].status == "open"]
    missing = [(person, cell.times - cell.held) for person, cell in current if cell.held < cell.times]
    if missing:
        end = current[0][1].span.end
        people = tuple(person.id for person, _ in missing if person)
        yield SessionsDue(goal, end, (end - as_of).days, sum(left for _, left in missing), people)


def _dated_steps(goals: Iterable[GoalState]) -> Iterator[StepDue]:
    return (item for item in _open_steps(goals) if item.step.step.due)


def _open_steps(goals: Iterable[GoalState]) -> Iterator[StepDue]:
    for goal in goals:
        numbers = Counter[str]()
        for plan in goal.plans if goal.at_work else ():
            for state in plan.steps:
                of = f"{plan.accounting.landmark}/{plan.accounting.on}"
                numbers[of] += 1
                if state.is_open:
                    due = state.step.due or goal.goal.due
                    yield StepDue(goal, due, state.days_left, state, f"{of}/{numbers[of]}")


def _review(goal: GoalState) -> Iterator[ReviewDue]:
    if goal.at_work and goal.review_due and goal.review_days_left is not None:
        yield ReviewDue(goal, goal.review_due, goal.review_days_left)


def responsible(assessment: Assessment, item: Coming) -> str:
    """Return the id of whoever has to see to something, "" where nobody can be named."""
    handbook, owner = assessment.handbook, assessment.handbook.owners[item.goal.owner_id]
    if isinstance(item, StepDue) and item.step.step.who in handbook.owners:
        owner = handbook.owners[item.step.step.who]
    if isinstance(owner, Team):
        team = owner.id
    elif isinstance(owner, Seller) and isinstance(item, OwedNow) and item.owed.kind == "handover":
        team = owner.team_on(assessment.as_of)
    else:
        return owner.id
    leader = handbook.leader_of(team)
    return leader.id if leader else ""


def _by_weight(item: Coming) -> tuple[int, datetime.date, str, str, str]:
    owed = OWED_KINDS.index(item.owed.kind) if isinstance(item, OwedNow) else len(OWED_KINDS)
    return (owed, item.due, item.goal.full_id, item.kind, item.name)


def _in_order(items: Iterable[ComingT]) -> list[ComingT]:
    return sorted(items, key=lambda item: (item.due, item.goal.full_id, item.kind, item.name))
