"""Coverage, the reality check against wishful thinking: what a sum's goals aim for, and what can be handled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from ..frozen import frozen
from ..model.goal import Goal
from ..model.handbook import Handbook, full_ref
from ..model.people import Ability, Capacity, Team
from .flow import Flow, divided, exactly, price_of, rate_between
from .readings import Readings


@frozen
class CapacityUse:
    """A capacity of the team that has the goal.

    `limit` is in the goal's unit, None where it cannot be compared: the units are not the same, and no `per` turns one
    into the other. `used` is target ÷ limit, None for a limit of nothing.
    """

    capacity: Capacity
    limit: Fraction | None = None
    used: Fraction | None = None

    @property
    def compared(self) -> bool:
        """Return whether it is compared with the goal."""
        return self.limit is not None

    @property
    def over(self) -> bool:
        """Return whether the goal asks for more than can be handled."""
        return self.compared and (self.used is None or self.used > 1)


@frozen
class Share:
    """What one goal is to add to a sum: up to its target, or what it has reached if it has `ended`."""

    full_id: str
    amount: Decimal
    ended: bool


@frozen
class Coverage:
    """A goal beside the sum of what its feeders aim for: `ratio` is `total` ÷ `needed`, each from where they start.

    Beside it is the sum of the `abilities` of those who have not left.
    """

    total: Decimal
    needed: Decimal
    ratio: Fraction
    verdict: Literal["low", "sane", "high"]
    shares: tuple[Share, ...]
    abilities: Decimal | None


def coverage_of(handbook: Handbook, readings: Readings, full_id: str) -> Coverage | None:
    """Return the coverage of a team goal whose number to reach is a sum, or is fed by others; else None."""
    team, goal = handbook.teams.get(full_id.partition("/")[0]), handbook.goals[full_id]
    if team is None or goal.measure is None or goal.measure.shape != "number" or goal.target is None:
        return None
    flows, needed = readings.flows(full_id), goal.target - goal.measure.start_value
    if (not flows and not goal.measure.rollup) or needed == 0:
        return None
    return _coverage(handbook, readings, full_id, flows, needed)


@exactly()
def _coverage(handbook: Handbook, readings: Readings, full_id: str, flows: Sequence[Flow], needed: Decimal) -> Coverage:
    team, goal = handbook.teams[full_id.partition("/")[0]], handbook.goals[full_id]
    added, price = [(flow, _added(handbook, readings, flow)) for flow in flows], price_of(handbook, goal)
    shares = tuple(Share(f.full_id, divided(w, price), f.ended_on <= readings.as_of) for f, w in added)
    worth = sum((worth for _, worth in added), Decimal(0))
    ratio, band = Fraction(worth) / Fraction(price * needed), handbook.settings.coverage
    verdict: Literal["low", "sane", "high"] = (
        "low" if ratio < Fraction(band.low) else "high" if ratio > Fraction(band.high) else "sane"
    )
    estimates = [ability.estimate for ability in _abilities(handbook, team) if ability_goal(team, ability) == full_id]
    return Coverage(
        divided(worth, price), needed, ratio, verdict, shares, sum(estimates, Decimal(0)) if estimates else None
    )


def _abilities(handbook: Handbook, team: Team) -> Iterator[Ability]:
    """What members can do, without those who have left; one who is in no file counts."""
    for who, ability in team.context.abilities.items():
        if who not in handbook.sellers or handbook.employed([handbook.sellers[who]]):
            yield ability


def ability_goal(team: Team, ability: Ability) -> str:
    """Return the full id of the goal an estimate is for: the one it names, or the team's first with a target."""
    first = next((goal.id for goal in team.goals if goal.target is not None), "")
    return full_ref(team.id, ability.goal or first)


def _added(handbook: Handbook, readings: Readings, flow: Flow) -> Decimal:
    """The worth of all that a feeder adds: what it has made so far while it counted, and the rest of its way.

    The rest counts as it would today: a move that lies ahead is not known yet. What was closed, or belongs to somebody
    who has left, adds nothing more.
    """
    goal = handbook.goals[flow.full_id]
    worth, before = Decimal(0), flow.start_value
    for reading in readings.of(flow.full_id):
        worth += (reading.value - before) * flow.factor_on(reading.on)
        before = reading.value
    if flow.ended_on > readings.as_of and goal.target is not None:
        worth += (goal.target - before) * flow.factor_on(readings.as_of)
    return worth


def support_shares(handbook: Handbook, coverages: Mapping[str, Coverage]) -> dict[tuple[str, str], Fraction]:
    """Return which part of what a goal needs another one is to add, by the ids of the supporting and the supported one.

    A sum that supports another adds what its own goals add to it, unless it supports it for a part of the time.
    """
    added: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for full_id, whole in coverages.items():
        for share in whole.shares:
            added[share.full_id, full_id] += Fraction(share.amount)
    for full_id, part in coverages.items():
        for supported in handbook.supports[full_id]:
            supports = [support for to, support in handbook.feeds[full_id] if to == supported]
            is_dated = any(support.from_ or support.until for support in supports)
            if supported in coverages and (full_id, supported) not in added and not is_dated:
                rate = rate_between(handbook, handbook.goals[full_id], handbook.goals[supported]) or 0
                shares = sum((Fraction(support.share) for support in supports), Fraction(0))
                added[full_id, supported] = Fraction(part.total) * Fraction(rate) * shares
    return {pair: amount / Fraction(coverages[pair[1]].needed) for pair, amount in added.items() if amount}


def capacities_of(handbook: Handbook, full_id: str) -> tuple[CapacityUse, ...]:
    """Return the capacities that name a team's number to reach, compared with it where one turns into the other."""
    team, goal = handbook.teams.get(full_id.partition("/")[0]), handbook.goals[full_id]
    if team is None or goal.measure is None or goal.measure.shape != "number":
        return ()
    return tuple(_capacities(handbook, team, goal, goal.measure.unit))


def _capacities(handbook: Handbook, team: Team, goal: Goal, unit: str) -> Iterator[CapacityUse]:
    for capacity in team.context.capacity:
        if capacity.goal is None or full_ref(team.id, capacity.goal) != f"{team.id}/{goal.id}":
            continue
        worth = capacity.per or handbook.settings.rate(capacity.unit or unit, unit)
        if worth is None:
            yield CapacityUse(capacity)
        else:
            limit = Fraction(capacity.limit) * Fraction(worth)
            yield CapacityUse(capacity, limit, Fraction(goal.target or 0) / limit if limit > 0 else None)
