"""Renames followed: `formerly` says what an owner or a goal was called."""

from __future__ import annotations

from dataclasses import dataclass, field

from .snapshot import OwnerSnapshot


@dataclass
class Names:
    """Today's names for old ids, learned from `formerly`, so that a rename is not taken for a change of terms."""

    owners: dict[str, str] = field(default_factory=dict)
    goals: dict[str, str] = field(default_factory=dict)

    def learn(self, owner_id: str, snapshot: OwnerSnapshot) -> None:
        """Take in what an owner and its goals were called."""
        self.owners |= dict.fromkeys(snapshot.formerly, owner_id)
        for goal in snapshot.goals.values():
            for old in goal.formerly:
                if old not in snapshot.goals:
                    self.goals[f"{owner_id}/{old}"] = goal.id

    def owner(self, owner_id: str) -> str:
        """What an owner is called today."""
        return self.owners.get(owner_id, owner_id)

    def full_id(self, full_id: str) -> str:
        """What a goal (or an owner) is called today."""
        owner, slash, goal = full_id.partition("/")
        owner = self.owner(owner)
        return f"{owner}{slash}{self.goals.get(f'{owner}/{goal}', goal)}"

    def refs(self, text: str, team: str) -> str:
        """References, joined by commas, each as `owner/goal`; a bare one is looked for in `team`."""
        whole = (ref.strip() for ref in text.split(","))
        return ", ".join(
            sorted(self.full_id(ref if "/" in ref or not team else f"{team}/{ref}") for ref in whole if ref)
        )
