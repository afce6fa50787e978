"""How deep teams are nested, and how long chains of goals that support each other are.

What is computed for each level from all above it would take minutes in a handbook that no company has.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..model.graph import bottom_up
from ..model.handbook import Handbook
from .nodes import NodePath

#: The levels of teams, and of goals that support each other, that a handbook can have.
MAX_LEVELS = 50


def too_deep(handbook: Handbook) -> tuple[str, NodePath, str] | None:
    """Return the owner and the path of a reference through more than MAX_LEVELS levels, and a message; None without."""
    teams = {
        team.id: (team.part_of,) for team in handbook.teams.values() if team.part_of and team.part_of in handbook.teams
    }
    for key, edges in (("part_of", teams), ("supports", handbook.supports)):
        if (start := _too_long(edges)) is not None:
            owner, _, goal = start.partition("/")
            place = [i for i, known in enumerate(handbook.owners[owner].goals) if known.id == goal]
            path: NodePath = ("goals", place[0], key) if place else (key,)
            return owner, path, f"{key} leads through more than {MAX_LEVELS} levels"
    return None


def _too_long(edges: Mapping[str, tuple[str, ...]]) -> str | None:
    """The first name with more than MAX_LEVELS levels above it."""
    levels: dict[str, int] = {}
    for start in edges:
        for name in bottom_up(start, lambda name: edges.get(name, ()), levels):
            levels[name] = 1 + max((levels.get(above, 0) for above in edges.get(name, ())), default=0)
            if levels[name] > MAX_LEVELS:
                return name
    return None
