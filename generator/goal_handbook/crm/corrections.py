"""What an import corrects, as adjustments: a reading with another value needs one that says what it was, and why."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from itertools import groupby

from ..model.records import RECORDS
from ..model.values import number_spelling, plain_number
from ..source.edit import Add, Edit
from ..source.emit import Data
from ..source.load import Loaded
from ..source.nodes import NodePath
from ..status.as_of import changes_in_order
from .merge import Replaced


def corrections(
    loaded: Loaded, replaced: Iterable[Replaced], on: datetime.date, by: Sequence[str], why: str
) -> dict[str, list[Edit]]:
    """Return the edits that add an adjustment to each goal with replaced readings, by the id of its owner.

    They are dated `on`, or like the latest correction of the same reading if that is later. One that the goal has
    already, word for word, is not added again.
    """
    edits: dict[str, list[Edit]] = {}
    for full_id, readings in groupby(sorted(replaced), key=lambda reading: reading.goal):
        stated = {change.field: (day, change) for day, change in changes_in_order(loaded.written(full_id))}
        changes, days = [], [on]
        for reading in readings:
            field = f"{RECORDS['checkins'].name}.{reading.on}"
            day, latest = stated.get(field, (on, None))
            if latest and (latest.was, latest.now) == (reading.was, reading.now):
                continue
            was, now = (number_spelling(plain_number(value)) for value in (reading.was, reading.now))
            changes.append({"field": field, "was": was, "now": now})
            days.append(day)
        if changes:
            adjustment: Data = {
                "on": str(max(days)),
                **({"by": list(by)} if by else {}),
                "why": why,
                "changes": changes,
            }
            owner_id = full_id.partition("/")[0]
            edits.setdefault(owner_id, []).append(Add((*_path(loaded, full_id), "adjustments"), adjustment))
    return edits


def _path(loaded: Loaded, full_id: str) -> NodePath:
    """Return where a goal is in its owner's file."""
    owner_id, _, goal_id = full_id.partition("/")
    ids = [goal.id for goal in loaded.handbook.owners[owner_id].goals] if loaded.handbook else []
    return loaded.documents[owner_id].in_file(("goals", ids.index(goal_id)))
