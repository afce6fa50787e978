"""History for an audience: what a team may not see today, or might not see then, it is not told of either."""

from __future__ import annotations

from dataclasses import replace

from ..model.audience import Audience
from ..model.handbook import Handbook
from .history import History
from .kinds import Move


def history_for_audience(history: History, handbook: Handbook, audience: Audience) -> History:
    """The history as an audience may see it; `handbook` is the whole one.

    For the team: nothing of goals that are, or were until the move, for leaders only, and no change of `supports`
    that names one. Of persons only what their goals say.
    """
    if audience == "leaders":
        return history
    hidden = {full_id for full_id, goal in handbook.goals.items() if goal.visibility == "leaders"}
    until = {
        move.full_id: number
        for number, version in enumerate(history.versions)
        for move in version.moves
        if move.field == "visibility" and "leaders" in (move.was, move.now)
    }

    def is_seen(number: int, move: Move) -> bool:
        if (
            move.full_id in hidden
            or number <= until.get(move.full_id, -1)
            or move.what in {"person", "detail", "setting"}
        ):
            return False
        if move.what == "goal" and move.how == "removed" and (move.old or {}).get("visibility") == "leaders":
            return False
        names = {move.was, move.now} if move.field == "supports" else set()
        return not any(goal.rpartition("/")[2] in text for goal in hidden for text in names)

    versions = tuple(
        replace(version, moves=tuple(move for move in version.moves if is_seen(number, move)))
        for number, version in enumerate(history.versions)
    )
    return replace(history, versions=versions)
