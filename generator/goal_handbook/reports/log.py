"""A goal's whole life, for a terminal or a program."""

from __future__ import annotations

from typing import Any

from ..findings import printable
from ..views.components import Event
from ..views.context import ViewContext
from ..views.timeline import goal_life

_ID_SHOWN = 8


def life_text(context: ViewContext, full_id: str) -> str:
    """The goal, and a line or more for each thing that happened."""
    standing = context.assessment.goals[full_id]
    lines = [f"{context.person(standing.owner_id).name}: {standing.goal.title} ({full_id})"]
    if not context.history.complete:
        lines.append("The history is incomplete: not all commits are here.")
    for event in goal_life(context, full_id, standing.goal):
        lines += ["", *_lines(event)]
    return "\n".join(map(printable, lines))


def _lines(event: Event) -> list[str]:
    people = ", ".join(person.name for person in event.by)
    head = "  ".join(filter(None, (event.on, event.badge.sign + " " + event.badge.label, event.text, people)))
    commit = f"  [{event.commit[:_ID_SHOWN]}]" if event.commit else ""
    terms = [f"    {change.field}: {change.was} → {change.now}" for change in event.changes]
    return [head + commit, *terms, *(f"    {line}" for line in event.prose.splitlines() if line)]


def life_data(context: ViewContext, full_id: str) -> dict[str, Any]:
    """The same as plain data."""
    return {
        "goal": full_id,
        "title": context.assessment.goals[full_id].goal.title,
        "complete": context.history.complete,
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
            for event in goal_life(context, full_id, context.assessment.goals[full_id].goal)
        ],
    }
