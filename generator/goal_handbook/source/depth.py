"""How deep teams are nested, and how long chains of goals that support each other are.

What is computed for each level from all above it would take minutes in a handbook that no company has.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..model.handbook import Handbook
from .nodes import NodePath

#: The levels of teams, and of goals that support each other, that a handbook can have.
MAX_LEVELS = 50


def too_deep(handbook: Handbook) -> tuple[str, NodePath, str] | None:
    """Return the owner and the path of a reference through more than MAX_LEVELS levels, and a message; None without."""
    teams = {team.id: (team.part_of,) for team in handbook.teams.values() if team.part_of in handbook.teams}
    for key, edges in (("part_of", teams), ("supports", handbook.supports)):
        if (start := _too_long(edges)) is not None:
            owner, _, goal = start.partition("/")
            place = [i for i, known in enumerate(handbook.owners[owner].goals) if known.id == goal]
            path: NodePath = ("goals", place[0], key) if place else (key,)
            return owner, path, f"{key} leads through more than {MAX_LEVELS} levels"
    return None


def _too_long(edges: Mapping[str, tuple[str | None, ...]]) -> str | None:
    """The first name, depth first, with more than MAX_LEVELS levels above it; a circle ends where it begins."""
    levels: dict[str, int] = {}
    for start in edges:
        waiting, entered = [start], set[str]()
        while waiting:
            current = waiting[-1]
            entered.add(current)
            above = edges.get(current, ())
            if more := [name for name in above if name and name not in levels and name not in entered]:
                waiting += more
            else:
                levels[current] = 1 + max((levels.get(name or "", 0) for name in above), default=0)
                if levels[waiting.pop()] > MAX_LEVELS:
                    return current
    return None
