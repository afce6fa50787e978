"""Today's names for old ids: `formerly` says what an owner or a goal was called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ..model.handbook import Handbook
from ..model.people import Membership
from ..model.records import Accounting, Record
from ..model.support import Support
from .snapshot import OwnerSnapshot

_PEOPLE = ("by", "with_")


@dataclass
class Renames:
    """What was learned from `formerly`, so that a rename is not taken for a change of terms.

    `refused` are the old ids that something else claimed which was there beside them: they were not renamed, they went.
    """

    owners: dict[str, str] = field(default_factory=dict)
    goals: dict[str, str] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)

    def learn(
        self, owner_id: str, snapshot: OwnerSnapshot, before: Callable[[str], OwnerSnapshot | None] = lambda _: None
    ) -> None:
        """Take in what an owner and its goals were called; `before` returns an owner of the version before."""
        self.owners.pop(owner_id, None)
        for old in snapshot.owner.formerly:
            if self._is_free(old, bool(before(old) and before(owner_id))):
                self.owners[old] = owner_id
        was = before(owner_id) or next(filter(None, map(before, snapshot.owner.formerly)), None)
        there = was.goals if was else {}
        for goal in snapshot.owner.goals:
            self.goals.pop(f"{owner_id}/{goal.id}", None)
            for old in goal.formerly:
                taken = old in there and goal.id in there
                if old not in snapshot.goals and self._is_free(f"{owner_id}/{old}", taken):
                    self.goals[f"{owner_id}/{old}"] = goal.id

    def _is_free(self, old: str, taken: bool) -> bool:
        """Whether an old id can have become another one: not if both were there at once, then or before."""
        if taken:
            self.refused.add(old)
        return old not in self.refused

    def copy(self) -> Renames:
        """Return the same, to learn more."""
        return Renames(dict(self.owners), dict(self.goals), set(self.refused))

    def owner(self, owner_id: str) -> str:
        """Return what an owner is called today."""
        while owner_id in self.owners:  # learning leads every old id on to a present one
            owner_id = self.owners[owner_id]
        return owner_id

    def full_id(self, full_id: str) -> str:
        """Return what a goal (or an owner) is called today."""
        owner, slash, goal = full_id.partition("/")
        while True:  # a goal may have been renamed under each of its owner's names
            while f"{owner}/{goal}" in self.goals:
                goal = self.goals[f"{owner}/{goal}"]
            if owner not in self.owners:
                return f"{owner}{slash}{goal}"
            owner = self.owners[owner]

    def support(self, support: Support, team: str) -> Support:
        """Return a support with today's full id of its goal; a bare one is looked for in `team`."""
        goal = support.goal if "/" in support.goal or not team else f"{team}/{support.goal}"
        return support.model_copy(update={"goal": self.full_id(goal)})

    def membership(self, membership: Membership) -> Membership:
        """Return a seller's team with today's id."""
        return membership.model_copy(update={"id": self.owner(membership.id)})

    def record(self, record: Record) -> Record:
        """Return a record with today's names of people."""
        if not self.owners:
            return record
        update: dict[str, object] = {
            name: tuple(map(self.owner, people)) for name in _PEOPLE if (people := getattr(record, name, ()))
        }
        if isinstance(record, Accounting):
            steps = (s.model_copy(update={"who": self.owner(s.who)}) if s.who else s for s in record.plan)
            update["plan"] = tuple(steps)
        return record.model_copy(update=update) if update else record


def renames_of(handbook: Handbook, known: Renames | None = None) -> Renames:
    """Return today's names as today's files say them, by `formerly`, after all that is `known` of older files."""
    renames = known.copy() if known else Renames()
    for owner_id, owner in handbook.owners.items():
        renames.learn(owner_id, OwnerSnapshot(owner))
    return renames
