"""Where one period ends and another begins: once every goal of the old one is closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..model.people import AnyOwner, Seller
from ..model.settings import Period
from .snapshot import HandbookSnapshot, OwnerSnapshot


def overlap(one: Period | None, other: Period | None) -> bool:
    """Return whether two periods have a day in common; one that is not known overlaps all."""
    return one is None or other is None or (one.start <= other.end and other.start <= one.end)


def open_goals(owners: Mapping[str, AnyOwner], period: Period) -> list[str]:
    """Return the full ids of the goals that a period left open, without those of people who left within it."""
    return [
        f"{owner.id}/{goal.id}"
        for owner in owners.values()
        if not (isinstance(owner, Seller) and owner.left and owner.left <= period.end)
        for goal in owner.goals
        if not goal.closed
    ]


def without_closed(snapshot: HandbookSnapshot) -> HandbookSnapshot:
    """Return a version without its closed goals, for a comparison with another period."""
    return replace(snapshot, owners={i: _without_closed(owner) for i, owner in snapshot.owners.items()})


def _without_closed(owner: OwnerSnapshot) -> OwnerSnapshot:
    goals = tuple(goal for goal in owner.owner.goals if not goal.closed)
    return replace(owner, owner=owner.owner.model_copy(update={"goals": goals}))
