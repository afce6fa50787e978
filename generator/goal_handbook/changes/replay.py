"""Commits to history: each version of the folder compared with the one before, by outlines that were read already."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from .blob import BlobKind, kind_of
from .compare import compare
from .history import History, Version, settled
from .kinds import Move
from .renames import Names
from .snapshot import HandbookSnapshot, Item, OwnerSnapshot, from_json

Rows = list[tuple[str, str, str, str]]


class Entry(Protocol):
    """A file a commit touched: its blob before and after, "" where there is none."""

    @property
    def path(self) -> str: ...
    @property
    def new(self) -> str: ...


class Commit(Protocol):
    """A step of the branch."""

    @property
    def id(self) -> str: ...
    @property
    def day(self) -> datetime.date: ...
    @property
    def author(self) -> str: ...
    @property
    def boundary(self) -> bool: ...
    @property
    def entries(self) -> Iterable[Entry]: ...


def replay(commits: Iterable[Commit], snapshots: Mapping[tuple[str, str], Any]) -> History:
    """The history of a folder. `outlines` holds what each blob says, by its kind and id, None where it has errors.

    A new period (one that does not overlap the one before) begins a new history: it is another handbook.
    """
    state, complete = _State(), True
    versions: list[Version] = []
    for commit in commits:
        changed = [(kind, e) for e in commit.entries if (kind := kind_of(e.path))]
        period = state.period
        old, new = state.step(changed, snapshots)
        if commit.boundary or not overlap(period, state.period):
            versions.clear()
            complete = not commit.boundary
            old, new = HandbookSnapshot(new.settings, {}), state.whole()
        moves = () if commit.boundary else tuple(compare(old, new, state.names))
        if moves:
            versions.append(Version(commit.id, commit.day, commit.author, moves))
    return History(tuple(settled(versions, state.names)), complete, state.whole())


def overlap(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two periods (first and last day) have a day in common; one that is not known overlaps all."""
    return not all((*one, *other)) or (one[0] <= other[1] and other[0] <= one[1])


def after(history: History, moves: Iterable[Move], names: Names) -> tuple[Move, ...]:
    """The moves of files that are not committed, as they look behind all that history knows."""
    here = Version("", datetime.date.max, "", tuple(moves))
    return list(settled((*history.versions, here), names))[-1].moves


@dataclass
class _State:
    """The folder as it stands at a commit: the last readable version of each file."""

    settings: Mapping[str, str] = field(default_factory=dict)
    owners: dict[str, OwnerSnapshot] = field(default_factory=dict)
    rows: dict[str, Rows] = field(default_factory=dict)
    names: Names = field(default_factory=Names)

    @property
    def period(self) -> tuple[str, str]:
        return self.settings.get("period.start", ""), self.settings.get("period.end", "")

    def whole(self) -> HandbookSnapshot:
        """Everything, with the readings of all CSV files among the goals' own."""
        return HandbookSnapshot(
            self.settings, _with_rows(self.owners, (r for rows in self.rows.values() for r in rows))
        )

    def step(
        self, changed: Iterable[tuple[BlobKind, Entry]], snapshots: Mapping[tuple[str, str], Any]
    ) -> tuple[HandbookSnapshot, HandbookSnapshot]:
        """Take in a commit's files; returns what they said before and what they say now."""
        before: dict[str, OwnerSnapshot] = {}
        settings, old_rows, new_rows = self.settings, [], []
        touched: set[str] = set()
        for kind, entry in changed:
            data = snapshots.get((kind, entry.new)) if entry.new else None
            if entry.new and data is None:
                continue
            if kind == "settings":
                self.settings = data or {}
            elif kind == "readings":
                old_rows += self.rows.pop(entry.path, [])
                self.rows[entry.path] = [tuple(row) for row in data or ()]
                new_rows += self.rows[entry.path]
            else:
                owner_id = entry.path.rpartition("/")[2].removesuffix(".yaml")
                touched.add(owner_id)
                if owner_id in self.owners:
                    before[owner_id] = self.owners.pop(owner_id)
                if data is not None:
                    self.owners[owner_id] = from_json(data)
                    self.names.learn(owner_id, self.owners[owner_id])
        gone, come = _only(old_rows, new_rows), _only(new_rows, old_rows)
        for goal, *_ in (*gone, *come):
            owner_id = goal.partition("/")[0]
            if owner_id in self.owners and owner_id not in touched:
                before[owner_id] = self.owners[owner_id]
                touched.add(owner_id)
        present = {owner_id: self.owners[owner_id] for owner_id in touched if owner_id in self.owners}
        return (
            HandbookSnapshot(settings, _with_rows(before, gone)),
            HandbookSnapshot(self.settings, _with_rows(present, come)),
        )


def _only(rows: Rows, others: Rows) -> Rows:
    """The rows that are not among others."""
    there = set(others)
    return [row for row in rows if row not in there]


def _with_rows(
    owners: Mapping[str, OwnerSnapshot], rows: Iterable[tuple[str, str, str, str]]
) -> dict[str, OwnerSnapshot]:
    """Owners with the readings of CSV rows among their goals' check-ins."""
    found = dict(owners)
    by_goal: dict[str, list[Item]] = {}
    for full_id, on, value, note in rows:
        by_goal.setdefault(full_id, []).append({"on": on, "value": value, **({"note": note} if note else {})})
    for full_id, items in by_goal.items():
        owner_id, _, goal_id = full_id.partition("/")
        owner = found.get(owner_id)
        if owner and (goal := owner.goals.get(goal_id)):
            own = goal.decisions.get("checkins", [])
            days = {item["on"] for item in own if "value" in item}
            checkins = [*own, *(item for item in items if item["on"] not in days)]
            goal = replace(goal, decisions={**goal.decisions, "checkins": checkins})
            found[owner_id] = replace(owner, goals={**owner.goals, goal_id: goal})
    return found
