"""What others can see of an owner, and so whether an edit matters to anybody else."""

from __future__ import annotations

from collections.abc import Mapping

from .goal import Goal
from .people import AnyOwner
from .records import LISTS

#: Of an owner only their own goals ask for these: their context decides on coverage, and motivation on nothing.
_ASIDE = frozenset({"goals", "context", "motivation"})
#: Of a goal nobody else's goal, and no reference, asks for these.
_OWN = frozenset({"title", "why", "fits", "actions", "landmarks", "invest", *LISTS})


def is_same_to_others(was: AnyOwner, owner: AnyOwner) -> bool:
    """Return whether an owner is the same to everybody else's goals, but for their own goals."""
    return was is owner or (type(was) is type(owner) and _differ_only_in(was, owner, _ASIDE))


def same_links(before: Mapping[str, AnyOwner], now: Mapping[str, AnyOwner]) -> bool:
    """Return whether all that one owner can say of another, or ask of them, is the same among these and those."""
    return list(before) == list(now) and all(map(_has_same_links, before.values(), now.values()))


def _has_same_links(was: AnyOwner, owner: AnyOwner) -> bool:
    if was is owner:
        return True
    goals = zip(was.goals, owner.goals, strict=False)
    return (
        is_same_to_others(was, owner)
        and len(was.goals) == len(owner.goals)
        and all(old is goal or _differ_only_in(old, goal, _OWN) for old, goal in goals)
    )


def _differ_only_in(was: AnyOwner | Goal, now: AnyOwner | Goal, fields: frozenset[str]) -> bool:
    return all(value == now.__dict__[name] for name, value in was.__dict__.items() if name not in fields)
