"""The list of all teams, as a tree."""

from __future__ import annotations

from dataclasses import dataclass

from .context import ViewContext
from .heatmap import ROWS_SHOWN, TeamsTable, teams_table


@dataclass(frozen=True, slots=True)
class TeamsView:
    """Everything the list of teams shows. `subteams_on_pages`: it has only the top ones, as there are too many."""

    as_of: str
    teams: TeamsTable
    subteams_on_pages: bool


def teams_view(context: ViewContext) -> TeamsView:
    """Return the view of the list of teams: those at the top, worst first, each followed by all its subteams."""
    handbook = context.assessment.handbook
    fits = len(handbook.teams) <= ROWS_SHOWN
    table = teams_table(context, handbook.top_teams, with_subteams=fits)
    return TeamsView(context.as_of, table, not fits)
