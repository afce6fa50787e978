"""GH3: what goals, sellers and leaders need so that a team can steer by them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from ..findings import Finding
from ..model.goal import Goal
from ..model.handbook import Handbook
from ..model.people import AnyOwner, Leader, Seller
from ..source.load import Loaded


def check_completeness(loaded: Loaded, as_of: datetime.date) -> Iterator[Finding]:
    """Yield GH301 and GH303 to GH310. Skips closed goals, and sellers who left before `as_of`."""
    if loaded.handbook is None:
        return
    for owner in loaded.handbook.owners.values():
        for i, goal in enumerate(owner.goals):
            if not goal.closed:
                yield from _check_goal(loaded, loaded.handbook, owner, i, goal)
        if loaded.all_read(owner.id, ("goals",), len(owner.goals)):
            if isinstance(owner, Seller) and not owner.left_before(as_of):
                yield from _check_seller(loaded, owner)
            if isinstance(owner, Leader):
                yield from _check_leader(loaded, owner)


def _check_goal(loaded: Loaded, handbook: Handbook, owner: AnyOwner, index: int, goal: Goal) -> Iterator[Finding]:
    path = ("goals", index)
    if loaded.all_read(owner.id, (*path, "landmarks"), len(goal.landmarks)):
        if not goal.landmarks and goal.shape != "cadence":
            message = f'"{goal.id}" has no landmarks, so nobody can tell whether it is on track'
            help = "add landmarks: with a due date and a value (or deliver:) for each"
            yield loaded.finding(owner.id, path, "GH301", message, help)
        if goal.measure is None and not any(landmark.deliver for landmark in goal.landmarks):
            message = f'"{goal.id}" measures nothing and delivers nothing, so nobody can tell when it is reached'
            help = "add measure: {unit, target}, or landmarks with deliver:"
            yield loaded.finding(owner.id, path, "GH303", message, help)
    if not goal.why:
        message = f'"{goal.id}" does not say why'
        yield loaded.finding(owner.id, path, "GH304", message, "add why: the reason for this goal and for its size")
    if isinstance(owner, Seller) and not _serves_the_team(handbook, f"{owner.id}/{goal.id}", goal):
        message = f'"{goal.id}" does not support any team goal'
        help = "name one in supports:"
        if goal.kind != "production":
            help += ", or say in fits: how it helps the team"
        yield loaded.finding(owner.id, path, "GH310", message, help)
    if isinstance(owner, Leader) and goal.kind == "production" and not owner.managing_producer:
        message = f'"{goal.id}" is a production goal, but {owner.name} is not a managing producer'
        help = "move it to the team, or add managing_producer: yes"
        yield loaded.finding(owner.id, (*path, "kind"), "GH309", message, help)


def _serves_the_team(handbook: Handbook, full_id: str, goal: Goal) -> bool:
    """Return whether the goal supports a team goal. An unknown reference counts: GH201 already reports it."""
    supported = handbook.supports[full_id]
    if any(ref.partition("/")[0] in handbook.teams for ref in supported) or len(supported) < len(goal.supports):
        return True
    return goal.kind != "production" and bool(goal.fits)


def _check_seller(loaded: Loaded, seller: Seller) -> Iterator[Finding]:
    kinds = {goal.kind for goal in seller.goals}
    if "production" not in kinds:
        message = f"{seller.name} has no production goal"
        yield loaded.finding(seller.id, ("goals",), "GH305", message, "add one that says what to sell", key=True)
    if not kinds & {"education", "skill"}:
        message = f"{seller.name} has no education or skill goal"
        help = "add one: goals are about more than numbers"
        yield loaded.finding(seller.id, ("goals",), "GH306", message, help, key=True)


def _check_leader(loaded: Loaded, leader: Leader) -> Iterator[Finding]:
    kinds = {goal.kind for goal in leader.goals}
    if "support" not in kinds:
        message = f"{leader.name} has no support goal"
        help = "add one that says what the team can count on"
        yield loaded.finding(leader.id, ("goals",), "GH307", message, help, key=True)
    if "improvement" not in kinds:
        message = f"{leader.name} has no improvement goal"
        help = "add one that says what the leader will learn"
        yield loaded.finding(leader.id, ("goals",), "GH308", message, help, key=True)
