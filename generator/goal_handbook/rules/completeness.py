"""GH3: what goals, sellers and leaders need so that a team can steer by them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from ..figures import Formatter
from ..findings import Finding
from ..model.goal import Goal
from ..model.handbook import Handbook
from ..model.people import AnyOwner, Leader, Seller, Team
from ..model.records import Invest
from ..source.load import Loaded
from ..status.calendar import add_months
from ..words import sentence_list


def check_completeness(loaded: Loaded, as_of: datetime.date) -> Iterator[Finding]:
    """Yield GH301 and GH303 to GH315. Skips closed goals, and sellers who left before `as_of`."""
    if loaded.handbook is None:
        return
    for owner in loaded.handbook.owners.values():
        has_left = isinstance(owner, Seller) and owner.left_before(as_of)
        for i, goal in enumerate(owner.goals):
            if not goal.closed:
                yield from _check_goal(loaded, loaded.handbook, owner, i, goal)
            if not goal.closed and not has_left:
                yield from _check_effort(loaded, owner, i, goal, as_of)
        if isinstance(owner, Team):
            yield from _check_team(loaded, loaded.handbook, owner, as_of)
        if loaded.all_read(owner.id, ("goals",), len(owner.goals)):
            if isinstance(owner, Seller) and not has_left:
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
    is_clear = not loaded.is_partly_left_out(owner.id, (*path, "supports"))
    if isinstance(owner, Seller) and is_clear and not _serves_the_team(handbook, f"{owner.id}/{goal.id}", goal):
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


def _check_effort(loaded: Loaded, owner: AnyOwner, index: int, goal: Goal, as_of: datetime.date) -> Iterator[Finding]:
    """Yield GH314 and GH315: what somebody does and spends to reach the goal."""
    path = ("goals", index)
    if isinstance(owner, Seller) and goal.kind == "production" and not goal.actions:
        message = f'"{goal.id}" has no actions, only a number'
        yield loaded.finding(owner.id, path, "GH314", message, "add actions: what the seller will do to reach it")
    is_half_over = (as_of - goal.start) * 2 >= goal.due - goal.start
    if not (is_half_over and goal.invest and loaded.handbook) or _spent_by(goal, as_of):
        return
    if budget := _budget(goal.invest, Formatter(loaded.handbook.settings)):
        message = f'half the time of "{goal.id}" is over, and nothing of the {budget} set aside has been spent'
        help = "set a date for it; if it has been spent, add a check-in with spent: {hours, money}"
        yield loaded.finding(owner.id, (*path, "invest"), "GH315", message, help)


def _budget(invest: Invest, fmt: Formatter) -> str:
    """Return what is set aside in words, or "" for nothing."""
    hours = fmt.hours(invest.hours) if invest.hours else ""
    money = fmt.amount(invest.money, "money") if invest.money else ""
    return sentence_list(filter(None, (hours, money)))


def _spent_by(goal: Goal, as_of: datetime.date) -> bool:
    spent = (checkin.spent for checkin in goal.checkins if checkin.spent and checkin.on <= as_of)
    return any(total.hours or total.money for total in spent)


def _check_team(loaded: Loaded, handbook: Handbook, team: Team, as_of: datetime.date) -> Iterator[Finding]:
    parents = handbook.parent_teams(team)
    unread = any(loaded.is_left_out(t.id, ("leader",)) for t in (team, *parents))
    if not any(t.leader for t in (team, *parents)) and not (team, *parents)[-1].part_of and not unread:
        message = f"nobody leads {team.name}{', nor any team above it' if parents else ''}"
        free = [leader for leader in handbook.leaders if not handbook.led.get(leader)]
        help = f"add leader: {free[0]}" if len(free) == 1 else "add leader: with the id of the person who does"
        yield loaded.finding(team.id, ("name",), "GH311", message, help)
    if not team.goals and loaded.all_read(team.id, ("goals",), 0):
        help = "add one that says what the members want to reach together"
        yield loaded.finding(team.id, ("name",), "GH312", f"{team.name} has no goal", help)
    yield from _check_context(loaded, team, as_of)


def _check_context(loaded: Loaded, team: Team, as_of: datetime.date) -> Iterator[Finding]:
    """Yield GH313 if little or nothing is known of the world behind the team's first open revenue goal."""
    context = team.context
    revenue = (
        (i, goal)
        for i, goal in enumerate(team.goals)
        if goal.kind == "production" and goal.shape == "number" and not goal.closed
    )
    index, goal = next(revenue, (0, None))
    if goal is None or not loaded.all_read(team.id, ("context", "capacity"), len(context.capacity)):
        return
    if not context.market and not context.capacity:
        message = f'"{goal.id}" has no market and no capacity behind it'
        help = "add context: to the team, with market: (what buyers need) and capacity: (what can be handled)"
        yield loaded.finding(team.id, ("goals", index), "GH313", message, help)
    elif context.on and add_months(context.on, 12) < as_of:
        message = f'market and capacity behind "{goal.id}" were last looked at on {context.on}, more than a year ago'
        help = "look at them again, and write the day into on:"
        yield loaded.finding(team.id, ("context", "on"), "GH313", message, help)


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
