"""What a goal's terms were before they were adjusted, told from the adjustments in its file."""

from __future__ import annotations

import datetime
from typing import Any

from ..model.goal import Goal, Landmark
from ..model.records import Change
from .as_of import first_change, term


def changes_in_order(goal: Goal) -> list[tuple[datetime.date, Change]]:
    """Every change of the goal's terms with its day, oldest first."""
    return sorted(((a.on, c) for a in goal.adjustments for c in a.changes), key=lambda pair: pair[0])


def original_terms(goal: Goal, landmark: Landmark) -> dict[str, Any]:
    """The first agreed due, value and deliverable of a landmark, as far as they differ from the present ones.

    Keys are `was_due`, `was_value` and `was_deliver`.
    """
    if not goal.adjustments:
        return {}
    terms: dict[str, Any] = {}
    for part in ("due", "value", "deliver"):
        first = first_change(
            [(a.on, c) for a in goal.adjustments for c in a.changes if c.field == f"landmarks.{landmark.id}.{part}"]
        )
        if first:
            terms[f"was_{part}"] = term(part, first.was)
    return {k: v for k, v in terms.items() if v is not None and v != getattr(landmark, k.removeprefix("was_"))}
