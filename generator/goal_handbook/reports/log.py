"""A goal's full history, for a terminal or a program."""

from __future__ import annotations

from typing import Any

from ..findings import printable
from ..views.components import Event, OriginView
from ..views.context import ViewContext
from ..views.timeline import goal_log

_ID_SHOWN = 8


def log_text(context: ViewContext, full_id: str) -> str:
    """Return the goal and everything that happened to it, each in a line or more, safe for a terminal."""
    state = context.assessment.goals[full_id]
    lines = [f"{context.person(state.owner_id).name}: {state.goal.title} ({full_id})"]
    if not context.history.complete:
        lines.append("The history is incomplete: this copy of the repository does not have all commits.")
    for event in goal_log(context, full_id, state.goal):
        lines += ["", *_lines(event)]
    return "\n".join(map(printable, lines))


def _lines(event: Event) -> list[str]:
    people = ", ".join(person.name for person in event.by)
    head = "  ".join(filter(None, (event.on, event.badge.symbol + " " + event.badge.label, event.text, people)))
    commit = f"  [{event.commit[:_ID_SHOWN]}]" if event.commit else ""
    terms = [f"    {change.field}: {change.was} → {change.now}" for change in event.changes]
    origin = [f"    {event.origin.words}"] if event.origin and event.origin.words else []
    return [head + commit, *origin, *terms, *(f"    {line}" for line in event.prose.splitlines() if line)]


def log_data(context: ViewContext, full_id: str) -> dict[str, Any]:
    """Return the goal and everything that happened to it as plain data."""
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
                **_origin(event.origin),
            }
            for event in goal_log(context, full_id, context.assessment.goals[full_id].goal)
        ],
    }


def _origin(origin: OriginView | None) -> dict[str, Any]:
    """Who committed a decision, on which day, and whether one author brought both names of an agreement."""
    if origin is None or not origin.author:
        return {}
    said = {"said_by_one": origin.said_by_one} if origin.said_by_one else {}
    return {"author": origin.author, "committed": origin.day.isoformat(), **said}
