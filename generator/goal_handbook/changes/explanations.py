"""Which adjustment explains a move: its `was` equals the old value, its `now` the new one, in one step or several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from .kinds import Move
from .snapshot import GoalSnapshot, Item, canonical_term


class _Step(NamedTuple):
    """One change of a term as an adjustment tells it."""

    on: str
    was: str
    now: str
    adjustment: Item


def explained(moves: list[Move], goal: GoalSnapshot) -> Iterator[Move]:
    """The moves of one goal, each with the new adjustment that says so; and what new adjustments claim amiss.

    `goal` is the newer version. A correction of what was written down is an adjustment too: `checkins.2017-06-30`.
    """
    steps = _steps(move.new for move in moves if move.field == "adjustments" and move.how == "added" and move.new)
    told: set[str] = set()
    for move in moves:
        field = _named(move)
        if field is None or (move.how == "added" and move.what == "decision"):
            yield move
            continue
        if move.what == "landmark":
            because, parts = _of_landmark(move, steps)
            told |= parts
        elif move.what == "decision" and move.field not in {"checkins", "done"}:
            because = steps[field][-1].adjustment if field in steps else None
        else:
            because = _walk(steps.get(field, []), *_ends(move))
            told.add(field)
            if because is None and field in steps:
                yield _claim(move.full_id, field, steps[field], _ends(move)[0])
        yield replace(move, because=because) if because else move
    for field, chain in steps.items():
        here = goal.terms.get(field)
        if field not in told and here is not None and _walk(chain, here, here) is None:
            yield _claim(moves[0].full_id, field, chain, here)


def _steps(adjustments: Iterable[Item]) -> dict[str, list[_Step]]:
    """What adjustments say of each term, in the order of their days."""
    found: dict[str, list[_Step]] = {}
    for adjustment in sorted(adjustments, key=lambda a: str(a.get("on", ""))):
        for change in adjustment.get("changes", []):
            field = change["field"]
            was, now = (canonical_term(_part(field), change.get(side, "")) for side in ("was", "now"))
            found.setdefault(field, []).append(_Step(adjustment["on"], was, now, adjustment))
    return found


def _part(field: str) -> str:
    """How the values of a term are written: `due` of `landmarks.q3.due`."""
    return field.split(".")[2] if field.startswith("landmarks.") and field.count(".") == 2 else field


def _walk(chain: list[_Step], was: str, now: str) -> Item | None:
    """The last adjustment of a chain that leads from `was` to `now` using every step, or None.

    Of several on one day any order will do.
    """
    left, here, last = list(chain), was, None
    while left:
        step = next((s for s in left if s.on == left[0].on and s.was == here), None)
        if step is None:
            return None
        left.remove(step)
        here, last = step.now, step.adjustment
    return last if here == now else None


def _named(move: Move) -> str | None:
    """The field an adjustment would name for this move, or None where none is asked for."""
    if move.what in {"term", "landmark"}:
        return move.field
    if move.what != "decision" or move.old is None:
        return None
    if move.field == "done":
        return f"landmarks.{move.old['landmark']}.done"
    if move.field == "closed":
        return "closed"
    return f"{move.field}.{move.old['landmark' if move.field == 'accountings' else 'on']}"


def _ends(move: Move) -> tuple[str, str]:
    """Old and new value of a move as an adjustment spells them."""
    if move.what != "decision":
        return move.was, move.now
    name = "value" if move.field == "checkins" else "on"
    return (move.old or {}).get(name, ""), (move.new or {}).get(name, "")


def _of_landmark(move: Move, steps: dict[str, list[_Step]]) -> tuple[Item | None, set[str]]:
    """The adjustment that drops or adds a landmark, as a whole or by its terms; and the terms that speak of it."""
    parts = {field for field in steps if field == move.field or field.startswith(f"{move.field}.")}
    for field in sorted(parts):
        last = steps[field][-1]
        if (move.how == "removed" and not last.now) or (move.how == "added" and not steps[field][0].was):
            return last.adjustment, parts
    return None, parts


def _claim(full_id: str, field: str, chain: list[_Step], really: str) -> Move:
    """What adjustments say of a term from first to last; what it `really` was before is in `old`."""
    first, last = chain[0], chain[-1]
    return Move("changed", "claim", full_id, field, first.was, last.now, old={"was": really}, new=last.adjustment)
