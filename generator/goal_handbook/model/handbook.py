"""The handbook as a whole: its settings, its owners, and how they are related."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal, Self, TypeVar

from babel import Locale, UnknownLocaleError
from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from .goal import Goal
from .people import AnyOwner, Leader, Seller, Team
from .values import Count, Currency, Day, Entity, Number, Text, quoted, value_error

OwnerT = TypeVar("OwnerT", Team, Seller, Leader)

#: What an editor can check of a locale; only Babel knows which ones exist.
_LOCALE_PATTERN = "^[a-zA-Z]{2,3}(?:_[a-zA-Z]{4})?(?:_(?:[a-zA-Z]{2}|[0-9]{3}))?$"


def parse_locale(value: Any) -> str:
    """Read a locale such as `en_US`. Raises GH108."""
    try:
        return str(Locale.parse(value))
    except (ValueError, TypeError, UnknownLocaleError):
        raise value_error(
            "GH108", f"{quoted(str(value))} is not a known locale", "use language and country, e.g. en_US or de_DE"
        ) from None


class Period(Entity):
    """The year (or half, or quarter) the goals are for. It includes both its first and its last day."""

    name: Text
    """What to call the period, e.g. `2017`."""
    start: Day
    """The first day, e.g. `2017-01-01`."""
    end: Day
    """The last day, e.g. `2017-12-31`."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end < self.start:
            raise value_error(
                "GH116", f"the period ends on {self.end}, before it starts on {self.start}", "correct or swap the dates"
            )
        return self


class PaceBands(Entity):
    """Bands of pace, which is actual ÷ expected progress."""

    on_track: Number = Decimal("0.95")
    """A goal is on track from this pace. Default: `0.95`."""
    at_risk: Number = Decimal("0.75")
    """A goal is at risk from this pace, and off track below it. Default: `0.75`."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.at_risk > self.on_track:
            raise value_error("GH116", "at_risk is higher than on_track", "make at_risk the smaller number")
        return self


class CoverageBand(Entity):
    """The sane range of coverage, which is the sum of the sellers' targets ÷ the team's target."""

    low: Number = Decimal("1.00")
    """Below this, the sellers' targets do not add up to the team's. Default: `1.00`."""
    high: Number = Decimal("1.20")
    """Above this, the sellers' targets add up to far more than the team's. Default: `1.20`."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low > self.high:
            raise value_error("GH116", "low is higher than high", "swap them")
        return self


class Settings(Entity):
    """`handbook.yaml`: the organisation, its period and its house rules (format.md#handbookyaml)."""

    format: Literal["1"]
    """The version of the file format: `1`."""
    name: Text
    """The organisation's name, e.g. `MavenTech`."""
    period: Period
    """The year (or half, or quarter) the goals are for."""
    currency: Currency | None = None
    """The currency of every amount of `money`: an ISO 4217 code such as `USD`."""
    locale: Annotated[
        str, BeforeValidator(parse_locale), WithJsonSchema({"type": "string", "pattern": _LOCALE_PATTERN})
    ] = "en"
    """How numbers, money and dates are shown, e.g. `en_US` or `de_DE`. Default: `en`."""
    as_of: Day | None = None
    """A fixed status date, for an example or a year that is over. Default: today."""
    review_every: Literal["week", "month", "quarter"] = "month"
    """How often every open goal must be reviewed. Default: `month`."""
    due_soon_days: Count = 14
    """How many days before its due date a landmark counts as due soon. Default: `14`."""
    grace_days: Count = 3
    """How many days late a reading may be and still count for the due date. Default: `3`."""
    accounting_days: Count = 14
    """How many days the accounting for a missed landmark may take. Default: `14`."""
    pace: PaceBands = PaceBands()
    """When a goal is on track, at risk or off track, e.g. `{on_track: 0.95, at_risk: 0.75}`."""
    coverage: CoverageBand = CoverageBand()
    """The sane range of the sellers' targets ÷ the team's, e.g. `{low: 1.00, high: 1.20}`."""
    rules: dict[str, Literal["error", "warning", "off"]] = Field(default_factory=dict)
    """The severity of a rule (`GH301`) or of a family of rules (`GH3`), e.g. `{GH301: error, GH5: off}`."""


def full_ref(owner_id: str, reference: str) -> str:
    """Return the full id of a goal written as `goal`, meaning one of the owner's own, or as `owner/goal`."""
    return reference if "/" in reference else f"{owner_id}/{reference}"


def by_name(owners: Iterable[OwnerT]) -> tuple[OwnerT, ...]:
    """Return owners sorted by name; those of the same name by id."""
    return tuple(sorted(owners, key=lambda owner: (owner.name, owner.id)))


def _grouped(owners: Iterable[OwnerT], key: Callable[[OwnerT], str | None]) -> dict[str, tuple[OwnerT, ...]]:
    """Return owners by key, each group sorted by name; an owner without a key is in no group."""
    groups: dict[str, list[OwnerT]] = {}
    for owner in owners:
        if found := key(owner):
            groups.setdefault(found, []).append(owner)
    return {name: by_name(group) for name, group in groups.items()}


@dataclass(frozen=True)
class Handbook:
    """Everything that was read, by id. Goals go by their full id, `owner/goal`."""

    settings: Settings
    teams: Mapping[str, Team]
    sellers: Mapping[str, Seller]
    leaders: Mapping[str, Leader]

    @classmethod
    def from_owners(cls, settings: Settings, owners: Iterable[AnyOwner]) -> Handbook:
        """Return a handbook of these teams, sellers and leaders, which may come in any order."""
        owners = tuple(owners)
        return cls(
            settings,
            {owner.id: owner for owner in owners if isinstance(owner, Team)},
            {owner.id: owner for owner in owners if isinstance(owner, Seller)},
            {owner.id: owner for owner in owners if isinstance(owner, Leader)},
        )

    def map_owners(self, change: Callable[[AnyOwner], AnyOwner]) -> Handbook:
        """Return the handbook with every owner replaced by what `change` makes of it."""
        return Handbook.from_owners(self.settings, map(change, self.owners.values()))

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
        """The full ids of the goals each goal supports. References to goals that do not exist are left out."""
        return {
            full_id: tuple(dict.fromkeys(full for ref in goal.supports if (full := self.resolve(full_id, ref))))
            for full_id, goal in self.goals.items()
        }

    @cached_property
    def supporters(self) -> dict[str, tuple[str, ...]]:
        """The full ids of the goals that support each goal, sorted."""
        supporters: dict[str, list[str]] = {}
        for full_id, supported in self.supports.items():
            for goal_id in supported:
                supporters.setdefault(goal_id, []).append(full_id)
        return {goal_id: tuple(sorted(ids)) for goal_id, ids in supporters.items()}

    @cached_property
    def members(self) -> dict[str, tuple[Seller, ...]]:
        """The sellers of each team, by name."""
        return _grouped(self.sellers.values(), lambda seller: seller.team)

    @cached_property
    def subteams(self) -> dict[str, tuple[Team, ...]]:
        """The subteams of each team, by name."""
        return _grouped(self.teams.values(), lambda team: team.part_of)

    @cached_property
    def top_teams(self) -> tuple[Team, ...]:
        """The teams without a parent team, by name."""
        return by_name(team for team in self.teams.values() if team.part_of not in self.teams)

    @cached_property
    def led(self) -> dict[str, tuple[Team, ...]]:
        """The teams each leader leads, by name."""
        return _grouped(self.teams.values(), lambda team: team.leader)

    def own_team(self, owner_id: str) -> Team | None:
        """Return the team a goal id without an owner refers to, None if there is no such team.

        For a seller it is their team, for a team its parent team, for a leader the first team they lead.
        """
        if owner_id in self.sellers:
            return self.teams.get(self.sellers[owner_id].team)
        if owner_id in self.teams:
            return self.teams.get(self.teams[owner_id].part_of or "")
        return next(iter(self.led.get(owner_id, ())), None)

    def full_id(self, owner_id: str, reference: str) -> str:
        """Return the full id an owner means by `goal` (one of their `own_team`) or `owner/goal`. It may not exist."""
        if "/" in reference:
            return reference
        team = self.own_team(owner_id)
        return f"{team.id if team else ''}/{reference}"

    def resolve(self, full_id: str, reference: str) -> str | None:
        """Return the full id of the goal that goal `full_id` refers to, None if there is no such other goal."""
        found = self.full_id(full_id.partition("/")[0], reference)
        return found if found in self.goals and found != full_id else None

    def parent_teams(self, team: Team) -> tuple[Team, ...]:
        """Return the parent team, its parent team and so on. If they form a circle, each is listed once."""
        chain: list[Team] = []
        while (above := self.teams.get(team.part_of or "")) and above not in chain and above is not team:
            chain.append(above)
            team = above
        return tuple(chain)

    def leader_of(self, team_id: str) -> Leader | None:
        """Return who leads the team or, if nobody does, its nearest parent team that has a leader."""
        team = self.teams.get(team_id)
        for candidate in (team, *self.parent_teams(team)) if team else ():
            if candidate.leader and candidate.leader in self.leaders:
                return self.leaders[candidate.leader]
        return None

    @cached_property
    def sellers_led(self) -> dict[str, tuple[Seller, ...]]:
        """The sellers whose nearest leader each leader is, by name."""
        leaders = {team_id: leader.id for team_id in self.members if (leader := self.leader_of(team_id))}
        return _grouped(self.sellers.values(), lambda seller: leaders.get(seller.team))
