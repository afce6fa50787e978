"""GH3: what a goal, a seller and a leader need so that a year can be steered by them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from ..findings import Finding
from ..model.goal import Goal
from ..model.handbook import Handbook
from ..model.people import AnyOwner, Leader, Seller
from ..source.load import Loaded


def check_completeness(loaded: Loaded, as_of: datetime.date) -> Iterator[Finding]:
    """Findings GH301 and GH303 to GH310. Closed goals are past, and who has left by `as_of` needs no goals."""
    if loaded.handbook is None:
        return
    for owner in loaded.handbook.owners.values():
        for i, goal in enumerate(owner.goals):
            if not goal.closed:
                yield from _of_goal(loaded, loaded.handbook, owner, i, goal)
        if loaded.all_read(owner.id, ("goals",), len(owner.goals)):
            if isinstance(owner, Seller) and not (owner.left and owner.left <= as_of):
                yield from _of_seller(loaded, owner)
            if isinstance(owner, Leader):
                yield from _of_leader(loaded, owner)


def _of_goal(loaded: Loaded, handbook: Handbook, owner: AnyOwner, index: int, goal: Goal) -> Iterator[Finding]:
    path = ("goals", index)
    if loaded.all_read(owner.id, (*path, "landmarks"), len(goal.landmarks)):
        if not goal.landmarks and goal.shape != "cadence":
            message = f'"{goal.id}" has no landmark, so nobody can tell whether it is under way'
            yield loaded.finding(owner.id, path, "GH301", message, "add landmarks: with a date and a value each")
        if goal.measure is None and not any(landmark.deliver for landmark in goal.landmarks):
            message = f'"{goal.id}" measures nothing and delivers nothing, so nobody can tell when it is reached'
            help = "add measure: {unit, target}, or landmarks with deliver:"
            yield loaded.finding(owner.id, path, "GH303", message, help)
    if not goal.why:
        message = f'"{goal.id}" does not say why'
        yield loaded.finding(owner.id, path, "GH304", message, "add why: why this goal, and why this size")
    if isinstance(owner, Seller) and not _serves_the_team(handbook, f"{owner.id}/{goal.id}", goal):
        message = f'"{goal.id}" supports no goal of a team'
        help = "name it in supports:" + (
            "" if goal.kind == "production" else ", or say in fits: how it serves the team"
        )
        yield loaded.finding(owner.id, path, "GH310", message, help)
    if isinstance(owner, Leader) and goal.kind == "production" and not owner.managing_producer:
        message = f'"{goal.id}" is a production goal, but {owner.name} is no managing producer'
        help = "make it a team's goal, or say managing_producer: yes"
        yield loaded.finding(owner.id, (*path, "kind"), "GH309", message, help)


def _serves_the_team(handbook: Handbook, full_id: str, goal: Goal) -> bool:
    """A team's goal is among those it supports (or a name nobody bears, which is told elsewhere)."""
    known = {ref.partition("/")[0] for ref in handbook.supports[full_id]}
    if any(owner in handbook.teams for owner in known) or len(handbook.supports[full_id]) < len(goal.supports):
        return True
    return goal.kind != "production" and bool(goal.fits)


def _of_seller(loaded: Loaded, seller: Seller) -> Iterator[Finding]:
    kinds = {goal.kind for goal in seller.goals}
    if "production" not in kinds:
        message = f"{seller.name} has no production goal"
        yield loaded.finding(seller.id, ("goals",), "GH305", message, "add one: what is to be sold this year", key=True)
    if not kinds & {"education", "skill"}:
        message = f"{seller.name} has no goal of education or skill"
        help = "add one: goals are more than numbers"
        yield loaded.finding(seller.id, ("goals",), "GH306", message, help, key=True)


def _of_leader(loaded: Loaded, leader: Leader) -> Iterator[Finding]:
    kinds = {goal.kind for goal in leader.goals}
    if "support" not in kinds:
        message = f"{leader.name} has no support goal"
        help = "add one: what the team can count on from its leader"
        yield loaded.finding(leader.id, ("goals",), "GH307", message, help, key=True)
    if "improvement" not in kinds:
        message = f"{leader.name} has no improvement goal"
        help = "add one: what the leader learns this year"
        yield loaded.finding(leader.id, ("goals",), "GH308", message, help, key=True)
