"""Today's names for old ids: `formerly` says what an owner or a goal was called."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..model.people import Membership
from ..model.records import Accounting, Record
from ..model.support import Support
from .snapshot import OwnerSnapshot

_PEOPLE = ("by", "with_")


@dataclass
class Renames:
    """What was learned from `formerly`, so that a rename is not taken for a change of terms."""

    owners: dict[str, str] = field(default_factory=dict)
    goals: dict[str, str] = field(default_factory=dict)

    def learn(self, owner_id: str, snapshot: OwnerSnapshot) -> None:
        """Take in what an owner and its goals were called."""
        self.owners |= dict.fromkeys(snapshot.owner.formerly, owner_id)
        present = {goal.id for goal in snapshot.owner.goals}
        for goal in snapshot.owner.goals:
            for old in goal.formerly:
                if old not in present:
                    self.goals[f"{owner_id}/{old}"] = goal.id

    def owner(self, owner_id: str) -> str:
        """Return what an owner is called today."""
        return self.owners.get(owner_id, owner_id)

    def full_id(self, full_id: str) -> str:
        """Return what a goal (or an owner) is called today."""
        owner, slash, goal = full_id.partition("/")
        owner = self.owner(owner)
        return f"{owner}{slash}{self.goals.get(f'{owner}/{goal}', goal)}"

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
