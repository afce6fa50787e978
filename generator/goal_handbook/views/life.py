"""A goal's whole life, for a terminal or a program."""

from __future__ import annotations

from typing import Any

from ..findings import printable
from .happened import goal_life
from .parts import Event
from .scene import Scene

_ID_SHOWN = 8


def life_text(scene: Scene, full_id: str) -> str:
    """The goal, and a line or more for each thing that happened."""
    standing = scene.standing.goals[full_id]
    lines = [f"{scene.person(standing.owner_id).name}: {standing.goal.title} ({full_id})"]
    if not scene.history.complete:
        lines.append("The history is incomplete: not all commits are here.")
    for event in goal_life(scene, full_id, standing.goal):
        lines += ["", *_lines(event)]
    return "\n".join(map(printable, lines))


def _lines(event: Event) -> list[str]:
    people = ", ".join(person.name for person in event.by)
    head = "  ".join(filter(None, (event.on, event.badge.sign + " " + event.badge.label, event.text, people)))
    commit = f"  [{event.commit[:_ID_SHOWN]}]" if event.commit else ""
    terms = [f"    {change.field}: {change.was} → {change.now}" for change in event.changes]
    return [head + commit, *terms, *(f"    {line}" for line in event.prose.splitlines() if line)]


def life_data(scene: Scene, full_id: str) -> dict[str, Any]:
    """The same as plain data."""
    return {
        "goal": full_id,
        "title": scene.standing.goals[full_id].goal.title,
        "complete": scene.history.complete,
        "events": [
            {
                "on": event.day.isoformat(),
                "what": event.badge.label,
                "text": event.text,
                "changes": [{"field": c.field, "was": c.was, "now": c.now} for c in event.changes],
                "by": [person.id for person in event.by],
                "note": event.prose,
                "commit": event.commit,
            }
            for event in goal_life(scene, full_id, scene.standing.goals[full_id].goal)
        ],
    }
