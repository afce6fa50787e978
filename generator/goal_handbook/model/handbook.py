"""The handbook as a whole, and who belongs to whom in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from babel import Locale, UnknownLocaleError
from pydantic import BeforeValidator, Field, model_validator

from .goal import Goal
from .people import AnyOwner, Leader, Seller, Team
from .values import Count, Currency, Day, Entity, Number, Text, value_error


def parse_locale(value: Any) -> str:
    """A locale such as `en_US`. Raises GH108."""
    try:
        return str(Locale.parse(value))
    except (ValueError, TypeError, UnknownLocaleError):
        raise value_error(
            "GH108", f'"{value}" is no locale', "write language and country, e.g. en_US or de_DE"
        ) from None


class Period(Entity):
    """The year (or half, or quarter) the goals are for; both days belong to it."""

    name: Text
    start: Day
    end: Day

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end < self.start:
            raise value_error(
                "GH116",
                f"the period ends on {self.end}, before it starts on {self.start}",
                "swap them or mend the year",
            )
        return self


class PaceBands(Entity):
    """Bands of actual ÷ expected progress."""

    on_track: Number = Decimal("0.95")
    at_risk: Number = Decimal("0.75")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.at_risk > self.on_track:
            raise value_error("GH116", "the band at_risk begins above on_track", "make at_risk the smaller number")
        return self


class CoverageBand(Entity):
    """Sane band of the sum of sellers' targets ÷ the team's target."""

    low: Number = Decimal("1.00")
    high: Number = Decimal("1.20")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low > self.high:
            raise value_error("GH116", "the coverage band's low is above its high", "swap them")
        return self


class Settings(Entity):
    """`handbook.yaml`: the organisation, its period, and the rules of the house (format.md#handbookyaml)."""

    format: Literal["1"]
    name: Text
    period: Period
    currency: Currency | None = None
    locale: Annotated[str, BeforeValidator(parse_locale)] = "en"
    as_of: Day | None = None
    review_every: Literal["week", "month", "quarter"] = "month"
    due_soon_days: Count = 14
    grace_days: Count = 3
    accounting_days: Count = 14
    pace: PaceBands = PaceBands()
    coverage: CoverageBand = CoverageBand()
    rules: dict[str, Literal["error", "warning", "off"]] = Field(default_factory=dict)


def full_ref(owner_id: str, reference: str) -> str:
    """The full id of a goal named as `goal`, one of the owner's own, or as `owner/goal`."""
    return reference if "/" in reference else f"{owner_id}/{reference}"


@dataclass(frozen=True)
class Handbook:
    """Everything that was read, indexed. Goals are keyed by their full id, `owner/goal`."""

    settings: Settings
    teams: Mapping[str, Team]
    sellers: Mapping[str, Seller]
    leaders: Mapping[str, Leader]

    @cached_property
    def owners(self) -> dict[str, AnyOwner]:
        """Every owner by id: teams, then leaders, then sellers."""
        return {**self.teams, **self.leaders, **self.sellers}

    @cached_property
    def goals(self) -> dict[str, Goal]:
        """Every goal by full id."""
        return {f"{owner.id}/{goal.id}": goal for owner in self.owners.values() for goal in owner.goals}

    @cached_property
    def supports(self) -> dict[str, tuple[str, ...]]:
        """The full ids of the goals each goal feeds, as far as they exist."""
        return {
            full_id: tuple(dict.fromkeys(full for ref in goal.supports if (full := self.resolve(full_id, ref))))
            for full_id, goal in self.goals.items()
        }

    @cached_property
    def supporters(self) -> dict[str, tuple[str, ...]]:
        """The full ids of the goals that name each goal in `supports`, sorted."""
        fed: dict[str, list[str]] = {}
        for full_id, targets in self.supports.items():
            for target in targets:
                fed.setdefault(target, []).append(full_id)
        return {target: tuple(sorted(ids)) for target, ids in fed.items()}

    @cached_property
    def members(self) -> dict[str, tuple[Seller, ...]]:
        """The sellers of each team, by name."""
        of: dict[str, list[Seller]] = {}
        for seller in self.sellers.values():
            of.setdefault(seller.team, []).append(seller)
        return {team: tuple(sorted(sellers, key=lambda s: (s.name, s.id))) for team, sellers in of.items()}

    @cached_property
    def parts(self) -> dict[str, tuple[Team, ...]]:
        """The smaller teams of each team, by name."""
        of: dict[str, list[Team]] = {}
        for team in self.teams.values():
            if team.part_of:
                of.setdefault(team.part_of, []).append(team)
        return {whole: tuple(sorted(teams, key=lambda t: (t.name, t.id))) for whole, teams in of.items()}

    @cached_property
    def top_teams(self) -> tuple[Team, ...]:
        """The teams that are part of no other, by name."""
        top = (t for t in self.teams.values() if not t.part_of or t.part_of not in self.teams)
        return tuple(sorted(top, key=lambda t: (t.name, t.id)))

    @cached_property
    def led(self) -> dict[str, tuple[Team, ...]]:
        """The teams each leader leads, by name."""
        by: dict[str, list[Team]] = {}
        for team in self.teams.values():
            if team.leader:
                by.setdefault(team.leader, []).append(team)
        return {leader: tuple(sorted(teams, key=lambda t: (t.name, t.id))) for leader, teams in by.items()}

    def own_team(self, owner_id: str) -> Team | None:
        """The team a bare goal id refers to: a seller's team, a team's larger team, the first team a leader leads."""
        if owner_id in self.sellers:
            return self.teams.get(self.sellers[owner_id].team)
        if owner_id in self.teams:
            return self.teams.get(self.teams[owner_id].part_of or "")
        return next(iter(self.led.get(owner_id, ())), None)

    def resolve(self, full_id: str, reference: str) -> str | None:
        """The full id of a goal that `full_id` names as `goal` or `owner/goal`, or None where there is none."""
        owner_id = full_id.partition("/")[0]
        if "/" not in reference:
            team = self.own_team(owner_id)
            reference = f"{team.id if team else ''}/{reference}"
        return reference if reference in self.goals and reference != full_id else None

    def larger_teams(self, team: Team) -> tuple[Team, ...]:
        """The teams above, nearest first; a circle ends where it closes."""
        chain: list[Team] = []
        while (above := self.teams.get(team.part_of or "")) and above not in chain and above is not team:
            chain.append(above)
            team = above
        return tuple(chain)

    def leader_of(self, team_id: str) -> Leader | None:
        """Who leads the team, or the nearest larger team that has a leader."""
        team = self.teams.get(team_id)
        for candidate in (team, *self.larger_teams(team)) if team else ():
            if candidate.leader and candidate.leader in self.leaders:
                return self.leaders[candidate.leader]
        return None

    @cached_property
    def sellers_led(self) -> dict[str, tuple[Seller, ...]]:
        """The sellers each leader answers for, by name: those whose nearest leader it is."""
        of: dict[str, list[Seller]] = {}
        for team_id, sellers in self.members.items():
            if leader := self.leader_of(team_id):
                of.setdefault(leader.id, []).extend(sellers)
        return {leader: tuple(sorted(sellers, key=lambda s: (s.name, s.id))) for leader, sellers in of.items()}
