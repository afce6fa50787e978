"""Which goals are in the same state in two handbooks, because nothing that their state follows from differs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from ..model.handbook import Handbook
from ..model.people import AnyOwner, Team

#: Of an owner only their own goals ask for these: their context decides on coverage, and motivation on nothing.
_ASIDE = frozenset({"goals", "context", "motivation"})


def unaffected_goals(before: Handbook, now: Handbook) -> frozenset[str]:
    """Return the full ids of the goals whose state is the same in both handbooks, each as of the same day.

    A state follows from the goal and those that feed it, directly or not, from what is agreed of the goals it supports,
    and from people and settings; where one of the latter differs, no state is known to be the same.
    """
    if before.settings != now.settings or list(before.owners) != list(now.owners):
        return frozenset()
    pairs = [(before.owners[owner_id], owner) for owner_id, owner in now.owners.items()]
    if not all(_is_as_before(was, owner) for was, owner in pairs):
        return frozenset()
    differing = {i for i, goal in now.goals.items() if before.goals.get(i) != goal}
    differing |= before.goals.keys() - now.goals.keys()
    affected = {
        f"{owner.id}/{goal.id}" for was, owner in pairs if _has_other_context(was, owner) for goal in owner.goals
    }
    for book in (before, now):
        affected |= _fed_by(differing, book.supports)
        affected |= {feeder for supported in differing for feeder in book.supporters.get(supported, ())}
    return frozenset(now.goals.keys() - affected)


def _is_as_before(was: AnyOwner, owner: AnyOwner) -> bool:
    """Whether an owner is the same to everybody else's goals."""
    if was is owner:
        return True
    return type(was) is type(owner) and all(
        value == owner.__dict__[name] for name, value in was.__dict__.items() if name not in _ASIDE
    )


def _has_other_context(was: AnyOwner, owner: AnyOwner) -> bool:
    return isinstance(was, Team) and isinstance(owner, Team) and was.context != owner.context


def _fed_by(full_ids: Collection[str], supports: Mapping[str, Iterable[str]]) -> set[str]:
    """The goals with these ids, and all that they flow into, directly or through others."""
    found, left = set(full_ids), list(full_ids)
    while left:
        more = set(supports.get(left.pop(), ())) - found
        found |= more
        left += more
    return found
