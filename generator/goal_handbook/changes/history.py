"""All versions of a handbook, oldest first, each as the moves it made; and what of them is still unexplained."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from .kinds import Move
from .renames import Names
from .snapshot import HandbookSnapshot


@dataclass(frozen=True, slots=True)
class Version:
    """A version by its commit (`id` is "" for files that are not committed), and what it moved."""

    id: str
    day: datetime.date
    author: str
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class History:
    """The versions of the present period. `complete` is False where older ones are missing (a shallow clone).

    `last` is what the files said when each could last be read.
    """

    versions: tuple[Version, ...] = ()
    complete: bool = True
    last: HandbookSnapshot = field(default=HandbookSnapshot({}, {}), compare=False)

    @cached_property
    def by_goal(self) -> Mapping[str, tuple[tuple[Version, Move], ...]]:
        """The moves of each goal (and each owner) by its present id, oldest first."""
        found: dict[str, list[tuple[Version, Move]]] = {}
        for version in self.versions:
            for move in version.moves:
                found.setdefault(move.full_id, []).append((version, move))
        return {full_id: tuple(moves) for full_id, moves in found.items()}

    @cached_property
    def brought(self) -> Mapping[tuple[str, str, str], str]:
        """The commit that brought each decision as it stands, by the move's key."""
        return {
            move.key: version.id
            for version in self.versions
            for move in version.moves
            if move.what == "decision" and move.new is not None
        }


def settled(versions: Iterable[Version], names: Names) -> Iterator[Version]:
    """The versions with today's ids, and with silent moves marked that a later version put back or accounted for."""
    told = [_renamed(version, names) for version in versions]
    debts: dict[tuple[str, str, str], _Debt] = {}
    paid: set[tuple[int, int]] = set()
    for v, version in enumerate(told):
        for m, move in enumerate(version.moves):
            for key in _told_late(move, debts):
                paid |= {*debts.pop(key).at}
            debt = debts.get(move.key)
            if move.what == "claim" and debt and debt.is_told_by(move):
                paid |= {*debt.at, (v, m)}
                del debts[move.key]
            elif move.silent and move.how != "renamed":
                debt = debts.setdefault(move.key, _Debt(_ends(move)[0], "", []))
                debt.now = _ends(move)[1]
                debt.at.append((v, m))
                if debt.now == debt.was:
                    paid |= {*debt.at}
                    del debts[move.key]
            elif debt and move.how == "added" and _ends(move)[1] == debt.was:
                paid |= {*debt.at}  # what was taken out is back
                del debts[move.key]
    for v, version in enumerate(told):
        marked = tuple(replace(move, settled=True) if (v, m) in paid else move for m, move in enumerate(version.moves))
        yield replace(version, moves=marked)


def _told_late(move: Move, debts: Mapping[tuple[str, str, str], _Debt]) -> list[tuple[str, str, str]]:
    """The landmarks that came or went in silence before, and of which an adjustment speaks now."""
    if move.field != "adjustments" or move.how != "added" or move.new is None:
        return []
    fields = (change["field"].split(".") for change in move.new.get("changes", []))
    named = {f"landmarks.{parts[1]}" for parts in fields if parts[0] == "landmarks"}
    return [key for key in ((move.full_id, field, "") for field in named) if key in debts]


@dataclass
class _Debt:
    """What moved in silence and is not put right: from `was` to `now`, in the moves `at`."""

    was: str
    now: str
    at: list[tuple[int, int]]

    def is_told_by(self, claim: Move) -> bool:
        """Whether an adjustment given later says just that."""
        return (claim.was, claim.now) == (self.was, self.now)


def _ends(move: Move) -> tuple[str, str]:
    """What was and what is, as texts to compare; readings and days by their value alone."""
    if move.what != "decision":
        return move.was, move.now
    name = {"checkins": "value", "done": "on"}.get(move.field)
    if name:
        return (move.old or {}).get(name, ""), (move.new or {}).get(name, "")
    return repr(sorted((move.old or {}).items())), repr(sorted((move.new or {}).items()))


def _renamed(version: Version, names: Names) -> Version:
    if not names.owners and not names.goals:
        return version
    moves = tuple(
        move if (full_id := names.full_id(move.full_id)) == move.full_id else replace(move, full_id=full_id)
        for move in version.moves
    )
    return replace(version, moves=moves)
