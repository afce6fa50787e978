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
        tuple(Branch(team_row(context, t), _below(context, t, {t.id})) for t in context.assessment.handbook.top_teams),
    )


def _below(context: ViewContext, team: Team, seen: set[str]) -> tuple[TeamRow, ...]:
    rows: list[TeamRow] = []
    for subteam in context.assessment.handbook.subteams.get(team.id, ()):
        if subteam.id not in seen:
            seen.add(subteam.id)
            rows += [team_row(context, subteam), *_below(context, subteam, seen)]
    return tuple(rows)
