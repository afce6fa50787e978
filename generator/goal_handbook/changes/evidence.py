"""What git proves of an agreement: the terms when it was signed against today's (status.md#above-the-goal)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping

from ..model.goal import Goal
from ..model.handbook import Handbook
from ..model.records import Agreement
from ..status.agreement import AgreementEvidence
from .history import History, Version
from .kinds import Move, decision_key
from .snapshot import item_of


def agreement_evidence(history: History, handbook: Handbook, as_of: datetime.date) -> Mapping[str, AgreementEvidence]:
    """The proofs that speak against an agreement, by the goal's full id.

    Only what was committed by `as_of` counts. An agreement whose commit is not known (none yet, or cut off in a
    shallow clone) is left to the dates in the file.
    """
    if not history.versions:
        return {}
    numbers = {version.id: number for number, version in enumerate(history.versions)}
    found = {}
    for owner in handbook.sellers.values():
        for goal in owner.goals:
            full_id = f"{owner.id}/{goal.id}"
            signed = _signed(history, handbook, full_id, goal, as_of, numbers)
            if signed is None:
                continue
            moved = _moved(history, goal, full_id, signed, as_of, numbers)
            supported = [
                day
                for ref in handbook.supports[full_id]
                if (day := _moved(history, handbook.goals[ref], ref, signed, as_of, numbers))
            ]
            if moved or supported:
                found[full_id] = AgreementEvidence(moved, min(supported, default=None))
    return found


def _signed(
    history: History, handbook: Handbook, full_id: str, goal: Goal, as_of: datetime.date, numbers: Mapping[str, int]
) -> int | None:
    """The number of the version by which the first of the two last signed; what moved later, one of them never saw."""
    seller = full_id.partition("/")[0]
    latest = [
        max((a for a in goal.agreed if a.on <= as_of and any(map(party, a.by))), key=lambda a: a.on, default=None)
        for party in (lambda who: who == seller, lambda who: who in handbook.leaders)
    ]
    commits = [_commit(history, full_id, agreement) for agreement in latest if agreement]
    known = [numbers[commit] for commit in commits if commit]
    return min(known) if len(known) == 2 else None


def _commit(history: History, full_id: str, agreement: Agreement) -> str:
    return history.brought.get(decision_key(full_id, "agreed", item_of(agreement)), "")


def _moved(
    history: History, goal: Goal, full_id: str, signed: int, as_of: datetime.date, numbers: Mapping[str, int]
) -> datetime.date | None:
    """The day of the first term that moved after a version and is not what it was then."""
    later = {c.field for a in goal.adjustments if a.on > as_of for c in a.changes}
    first: dict[str, tuple[datetime.date, str]] = {}
    last: dict[str, str] = {}
    for version, move in _terms(history.by_goal.get(full_id, ())):
        if numbers[version.id] > signed and version.day <= as_of and move.field not in later:
            first.setdefault(move.field, (version.day, move.was))
            last[move.field] = move.now
    return min((day for name, (day, was) in first.items() if last[name] != was), default=None)


def _terms(moves: Iterable[tuple[Version, Move]]) -> Iterator[tuple[Version, Move]]:
    return ((version, move) for version, move in moves if move.what in {"term", "landmark"})
