"""Who the handbook is shown to. What an audience may not see is taken out here, so that nothing later can show it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from .entity import changed
from .goal import Goal
from .handbook import Handbook, full_ref
from .people import AnyOwner, Seller, Team
from .records import Adjustment, FieldChange
from .terms import Value

Audience = Literal["team", "leaders"]


@dataclass(frozen=True)
class PastGoals:
    """The full ids, in all versions, of goals that were `hidden` at a time, and of those that were `shown`."""

    hidden: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()


def for_audience(
    handbook: Handbook,
    audience: Audience,
    past: PastGoals = PastGoals(),
    known: tuple[Handbook, Handbook] | None = None,
) -> Handbook:
    """Return the handbook as an audience may see it.

    For the team, that is without goals marked `visibility: leaders` and all references to them, without motivation
    and without abilities. References in old records are taken out too, unless the goal exists or was once shown: it
    may have been hidden. This is tact, not secrecy: whoever can read the repository can read it all.
    `known` is another handbook with the same links and past, and what this returned for it.
    """
    if audience == "leaders":
        return handbook
    shown = handbook.map_owners(Redaction.of(handbook, past).owner, known)
    return shown.with_lookups_of(known[1]) if known else shown


def _hidden_ids(handbook: Handbook) -> set[str]:
    """Return the full ids of all hidden goals, also those they had before."""
    return {
        f"{owner_id}/{goal_id}"
        for owner in handbook.owners.values()
        for goal in owner.goals
        if goal.visibility == "leaders"
        for owner_id in (owner.id, *owner.formerly)
        for goal_id in (goal.id, *goal.formerly)
    }


@dataclass(frozen=True)
class Redaction:
    """Takes the goals with these full ids out of a handbook, and everything that mentions them."""

    handbook: Handbook
    hidden: frozenset[str]
    shown: frozenset[str]

    @classmethod
    def of(cls, handbook: Handbook, past: PastGoals) -> Redaction:
        """Return what takes out the handbook's hidden goals, and those once hidden that no longer exist."""
        return cls(handbook, past.hidden | _hidden_ids(handbook), past.shown)

    def owner(self, owner: AnyOwner) -> AnyOwner:
        """Return the owner without hidden goals, and without what only leaders read; the owner itself without any."""
        update: dict[str, Any] = {
            "goals": tuple(self.goal(owner, goal) for goal in owner.goals if goal.visibility == "team")
        }
        if isinstance(owner, Seller):
            update["motivation"] = ""
        if isinstance(owner, Team):
            capacity = tuple(
                c for c in owner.context.capacity if not c.goal or not self.is_hidden(full_ref(owner.id, c.goal))
            )
            update["context"] = changed(owner.context, {"abilities": {}, "capacity": capacity})
        return changed(owner, update)

    def goal(self, owner: AnyOwner, goal: Goal) -> Goal:
        """Return the goal without references to hidden goals, in its terms or in its records; itself without any."""
        update: dict[str, Any] = {
            "supports": tuple(s for s in goal.supports if not self.names_hidden(owner.id, s.goal)),
            "adjustments": tuple(shown for a in goal.adjustments if (shown := self.adjustment(owner.id, a)).changes),
            "formerly": tuple(old for old in goal.formerly if not self.was_hidden(owner, old)),
        }
        if goal.closed and goal.closed.carried_to and self.names_hidden(owner.id, goal.closed.carried_to):
            update["closed"] = goal.closed.model_copy(update={"carried_to": ""})
        return changed(goal, update)

    def adjustment(self, owner_id: str, adjustment: Adjustment) -> Adjustment:
        """Return an adjustment of an owner's goal without the changes that mention a hidden goal."""
        changes = tuple(change for change in adjustment.changes if not self.mentions_hidden(owner_id, change))
        return changed(adjustment, {"changes": changes})

    def mentions_hidden(self, owner_id: str, change: FieldChange) -> bool:
        """Return whether the change adds or removes support for a hidden goal, or keeps it."""
        return change.field == "supports" and any(self.mentions(owner_id, value) for value in (change.was, change.now))

    def mentions(self, owner_id: str, supports: Value) -> bool:
        """Return whether any of the goals that a goal supported is hidden, or gone and never known to be shown."""
        return bool(self.not_shown(owner_id, supports))

    def not_shown(self, owner_id: str, supports: Value) -> list[str]:
        """Return the names of goals that a goal supported and that are hidden, or gone and never known to be shown."""
        refs = [str(item).partition(" ")[0] for item in supports] if isinstance(supports, tuple) else []
        return [ref for ref in refs if self.names_hidden(owner_id, ref) or not self.was_shown(owner_id, ref)]

    def was_hidden(self, owner: AnyOwner, old_id: str) -> bool:
        """Return whether an owner's goal was hidden while it was called this."""
        return any(self.is_hidden(f"{name}/{old_id}") for name in (owner.id, *owner.formerly))

    def is_hidden(self, full_id: str) -> bool:
        """Return whether a goal is hidden, or was while it existed."""
        goal = self.handbook.goals.get(full_id)
        return goal.visibility == "leaders" if goal else full_id in self.hidden

    def names_hidden(self, owner_id: str, reference: str) -> bool:
        """Return whether a reference names a hidden goal. One without an owner may date from an earlier team."""
        found = self.handbook.full_ids(owner_id, reference)
        if any(map(self.is_hidden, found)):
            return True
        return "/" not in reference and not found & self.handbook.goals.keys() and _is_among(reference, self.hidden)

    def was_shown(self, owner_id: str, reference: str) -> bool:
        """Return whether a reference names a goal that exists, or that the team could once see."""
        return bool(self.handbook.full_ids(owner_id, reference) & self.known) or _is_among(reference, self.known)

    @cached_property
    def known(self) -> frozenset[str]:
        """The full ids of goals that exist, or that the team could once see."""
        return self.shown | self.handbook.goals.keys()


def _is_among(reference: str, full_ids: Collection[str]) -> bool:
    """Whether a reference could name one of these goals: without an owner, a goal of any."""
    return reference in full_ids or ("/" not in reference and any(i.endswith(f"/{reference}") for i in full_ids))
