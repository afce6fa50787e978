"""The list of all teams, as a tree."""

from __future__ import annotations

from dataclasses import dataclass

from ..model.people import Team
from .context import ViewContext
from .team import PartRow, part_row


@dataclass(frozen=True, slots=True)
class Branch:
    """A team with its smaller teams."""

    row: PartRow
    parts: tuple[PartRow, ...]


@dataclass(frozen=True, slots=True)
class TeamsView:
    """Everything the list of teams shows."""

    as_of: str
    branches: tuple[Branch, ...]


def teams_view(context: ViewContext) -> TeamsView:
    """The view of the list of teams: those at the top, each with all that belong to it."""
    return TeamsView(
        context.day(context.assessment.as_of),
        tuple(Branch(part_row(context, t), _below(context, t, {t.id})) for t in context.assessment.handbook.top_teams),
    )


def _below(context: ViewContext, team: Team, seen: set[str]) -> tuple[PartRow, ...]:
    rows: list[PartRow] = []
    for part in context.assessment.handbook.parts.get(team.id, ()):
        if part.id not in seen:
            seen.add(part.id)
            rows += [part_row(context, part), *_below(context, part, seen)]
    return tuple(rows)
