"""A difference as plain data, for `goals diff --format json`."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from ...changes.kinds import Move
from .model import Difference

SCHEMA = 1


def diff_data(difference: Difference, moves: Iterable[Move], as_of: datetime.date) -> dict[str, Any]:
    """The moves in canonical values, and what they do in words. docs/manual/history.md describes it."""
    return {
        "schema": SCHEMA,
        "as_of": as_of.isoformat(),
        "adjusted": difference.adjusted,
        "silent": difference.silent,
        "moves": [_move(move) for move in moves],
        "coverage": [
            {"owner": c.owner, "goal": c.title, "was": c.was, "now": c.now, "verdict": c.badge.label}
            for c in difference.coverage
        ],
        "statuses": [
            {"owner": s.owner, "goal": s.title, "landmark": s.landmark, "was": s.was.label, "now": s.now.label}
            for s in difference.statuses
        ],
        "owed": [
            {"goal": o.ref.full_id, "what": o.badge.label, "detail": o.what, "overdue": o.overdue}
            for o in difference.owed
        ],
    }


def _move(move: Move) -> dict[str, Any]:
    data = {
        "id": move.full_id,
        "what": move.what,
        "how": move.how,
        "field": move.field,
        "was": move.was,
        "now": move.now,
        "silent": move.silent,
    }
    items = {"old": move.old, "new": move.new, "because": move.because}
    return data | {name: item for name, item in items.items() if item is not None}
