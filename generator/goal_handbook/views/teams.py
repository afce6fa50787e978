"""The list of all teams, as a tree."""

from __future__ import annotations

from dataclasses import dataclass

from ..model.people import Team
from .scene import Scene
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


def teams_view(scene: Scene) -> TeamsView:
    """The view of the list of teams: those at the top, each with all that belong to it."""
    return TeamsView(
        scene.day(scene.standing.as_of),
        tuple(Branch(part_row(scene, t), _below(scene, t, {t.id})) for t in scene.standing.handbook.top_teams),
    )


def _below(scene: Scene, team: Team, seen: set[str]) -> tuple[PartRow, ...]:
    rows: list[PartRow] = []
    for part in scene.standing.handbook.parts.get(team.id, ()):
        if part.id not in seen:
            seen.add(part.id)
            rows += [part_row(scene, part), *_below(scene, part, seen)]
    return tuple(rows)
