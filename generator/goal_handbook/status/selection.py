"""Goals by what they are: those of a team or a person, of a kind, with a status, due before a day."""

from __future__ import annotations

import datetime

from ..frozen import frozen
from .assessment import Assessment, GoalState
from .goal import GOAL_STATUSES


@frozen
class Selection:
    """Which goals to show: those that fit every field; a field that is empty fits every goal.

    A team's goals are its own, its sellers' and those of its subteams, theirs included.
    """

    teams: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    due_before: datetime.date | None = None

    def fits(self, state: GoalState) -> bool:
        """Return whether a goal fits, whatever its team."""
        return (
            (not self.owners or state.owner_id in self.owners)
            and (not self.kinds or state.goal.kind in self.kinds)
            and (not self.statuses or state.status in self.statuses)
            and (self.due_before is None or state.goal.due < self.due_before)
        )


def select_goals(assessment: Assessment, selection: Selection) -> list[GoalState]:
    """Return the selected goals, each once: the worst first, and among equals the one that is due first."""
    inside = (goal for team in selection.teams for goal in assessment.in_team[team])
    goals = {goal.full_id: goal for goal in (inside if selection.teams else assessment.goals.values())}
    found = [goal for goal in goals.values() if selection.fits(goal)]
    return sorted(found, key=lambda goal: (GOAL_STATUSES.index(goal.status), goal.goal.due, goal.full_id))
