"""Which goals are in the same state in two handbooks, because nothing that their state follows from differs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from ..model.handbook import Handbook
from ..model.links import is_same_to_others
from ..model.people import AnyOwner, Team


def unaffected_goals(before: Handbook, now: Handbook) -> frozenset[str]:
    """Return the full ids of the goals whose state is the same in both handbooks, each as of the same day.

    A state follows from the goal and those that feed it, directly or not, from what is agreed of the goals it supports,
    and from people and settings; where one of the latter differs, no state is known to be the same.
    """
    if before.settings != now.settings or list(before.owners) != list(now.owners):
        return frozenset()
    pairs = list(zip(before.owners.values(), now.owners.values(), strict=True))
    if not all(is_same_to_others(was, owner) for was, owner in pairs):
        return frozenset()
    differing = {i for i, goal in now.goals.items() if (was := before.goals.get(i)) is not goal and was != goal}
    differing |= before.goals.keys() - now.goals.keys()
    affected = {
        f"{owner.id}/{goal.id}" for was, owner in pairs if _has_other_context(was, owner) for goal in owner.goals
    }
    for book in (before, now):
        affected |= _fed_by(differing, book.supports)
        affected |= {feeder for supported in differing for feeder in book.supporters.get(supported, ())}
    return frozenset(now.goals.keys() - affected)


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
