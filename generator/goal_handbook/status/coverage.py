"""Coverage, the reality check against wishful thinking: what sellers aim for, and what can be handled (status.md)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from ..model.handbook import Handbook, full_ref
from ..model.people import Ability, Capacity, Team
from .readings import contributes


@dataclass(frozen=True, slots=True)
class CapacityUse:
    """A capacity that limits a team goal. `used` is target ÷ limit, None for a limit of nothing."""

    capacity: Capacity
    used: Fraction | None

    @property
    def over(self) -> bool:
        """Return whether the goal asks for more than can be handled."""
        return self.used is None or self.used > 1


@dataclass(frozen=True, slots=True)
class Coverage:
    """A team goal beside its sellers' targets (`ratio` is `total` ÷ target), its capacities and their `abilities`."""

    total: Decimal
    ratio: Fraction
    verdict: Literal["low", "sane", "high"]
    shares: tuple[tuple[str, Decimal], ...]
    capacities: tuple[CapacityUse, ...]
    abilities: Decimal | None


def coverage_of(handbook: Handbook, full_id: str) -> Coverage | None:
    """Return the coverage of a team goal whose number to reach sums its sellers', or is fed by them; else None."""
    owner_id = full_id.partition("/")[0]
    team, goal = handbook.teams.get(owner_id), handbook.goals[full_id]
    if team is None or goal.measure is None or goal.measure.shape != "number" or not goal.target or goal.target <= 0:
        return None
    shares = tuple(sorted(seller_targets(handbook, full_id).items()))
    if not shares and not goal.measure.rollup:
        return None
    total = sum((target for _, target in shares), Decimal(0))
    ratio = Fraction(total) / Fraction(goal.target)
    band = handbook.settings.coverage
    verdict: Literal["low", "sane", "high"] = (
        "low" if ratio < Fraction(band.low) else "high" if ratio > Fraction(band.high) else "sane"
    )
    capacities = tuple(
        CapacityUse(c, Fraction(goal.target) / Fraction(c.limit) if c.limit > 0 else None)
        for c in team.context.capacity
        if c.goal and full_ref(team.id, c.goal) == full_id and c.unit in {"", goal.measure.unit}
    )
    estimates = [a.estimate for a in team.context.abilities.values() if ability_goal(team, a) == full_id]
    return Coverage(total, ratio, verdict, shares, capacities, sum(estimates, Decimal(0)) if estimates else None)


def ability_goal(team: Team, ability: Ability) -> str:
    """Return the full id of the goal an estimate is for: the one it names, or the team's first with a target."""
    first = next((goal.id for goal in team.goals if goal.target is not None), "")
    return full_ref(team.id, ability.goal or first)


def seller_targets(handbook: Handbook, full_id: str, seen: frozenset[str] = frozenset()) -> dict[str, Decimal]:
    """Return the targets of the sellers' goals that feed a team goal, directly or through subteams, by full id.

    Goals in another unit, and dropped ones, do not count.
    """
    measure = handbook.goals[full_id].measure
    targets: dict[str, Decimal] = {}
    for supporter in handbook.supporters.get(full_id, ()):
        goal = handbook.goals[supporter]
        if (
            supporter in seen
            or not measure
            or not contributes(goal, measure.unit)
            or (goal.closed and goal.closed.result == "dropped")
        ):
            continue
        if supporter.partition("/")[0] in handbook.sellers:
            targets[supporter] = goal.target or Decimal(0)
        else:
            targets |= seller_targets(handbook, supporter, seen | {full_id})
    return targets
