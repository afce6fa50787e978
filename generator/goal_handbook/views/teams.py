"""The list of all teams, as a tree."""

from __future__ import annotations

from dataclasses import dataclass

from ..model.people import Team
from .context import ViewContext
from .team import TeamRow, team_row


@dataclass(frozen=True, slots=True)
class Branch:
    """A team with all its subteams, theirs included."""

    row: TeamRow
    subteams: tuple[TeamRow, ...]


@dataclass(frozen=True, slots=True)
class TeamsView:
    """Everything the list of teams shows."""

    as_of: str
    branches: tuple[Branch, ...]


def teams_view(context: ViewContext) -> TeamsView:
    """Return the view of the list of teams: those at the top, each with all its subteams."""
    return TeamsView(
        context.day(context.assessment.as_of),
        tuple(_branch(context, team) for team in context.assessment.handbook.top_teams),
    )


def _branch(context: ViewContext, team: Team) -> Branch:
    row, *subteams = (team_row(context, part) for part in context.assessment.handbook.branch(team))
    return Branch(row, tuple(subteams))
