"""The handbook as a whole: its settings, its owners, and how they are related."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from ..alphabet import Alphabet
from .goal import Goal
from .identity import Identities
from .links import same_links
from .people import AnyOwner, Leader, Seller, Team
from .settings import Settings
from .support import Support

OwnerT = TypeVar("OwnerT", Team, Seller, Leader)


#: Lookups that stay the same as long as all links do.
_LOOKUPS = ("renamed_owners", "renamed_goals", "feeds", "fed_by", "supports", "supporters", "continues")


def full_ref(owner_id: str, reference: str) -> str:
    """Return the full id of a goal written as `goal`, meaning one of the owner's own, or as `owner/goal`."""
    return reference if "/" in reference else f"{owner_id}/{reference}"


@dataclass(frozen=True)
class Handbook:
    """Everything that was read, by id. Goals go by their full id, `owner/goal`.

    Who is in which team is as of `day`; without one, as it is after every move.
    """

    settings: Settings
    teams: Mapping[str, Team]
    sellers: Mapping[str, Seller]
    leaders: Mapping[str, Leader]
    day: datetime.date | None = None

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

    def map_owners(
        self, change: Callable[[AnyOwner], AnyOwner], known: tuple[Handbook, Handbook] | None = None
    ) -> Handbook:
        """Return the handbook with every owner replaced by what `change` makes of it.

        `known` is another handbook, and what became of it: an owner who is in both is not changed again.
        """
        before, after = (known[0].owners, known[1].owners) if known else ({}, {})
        owners = (after[i] if before.get(i) is owner else change(owner) for i, owner in self.owners.items())
        return replace(Handbook.from_owners(self.settings, owners), day=self.day)

    def has_links_of(self, other: Handbook) -> bool:
        """Return whether all that one owner's file can say of another's, or ask of it, is as in another handbook."""
        return self.day == other.day and self.settings == other.settings and same_links(other.owners, self.owners)

    def with_lookups_of(self, other: Handbook | None) -> Handbook:
        """Take over the lookups of another handbook if all links are the same. Returns the handbook itself."""
        if other and self.has_links_of(other):
            self.__dict__.update({name: other.__dict__[name] for name in _LOOKUPS if name in other.__dict__})
        return self

    def by_name(self, owners: Iterable[OwnerT]) -> tuple[OwnerT, ...]:
        """Return owners sorted by name, as the handbook's language does it; those of the same name by id."""
        alphabet = Alphabet(self.settings.locale)
        return tuple(sorted(owners, key=lambda owner: (alphabet.key(owner.name), owner.id)))

    def _grouped(self, owners: Iterable[OwnerT], key: Callable[[OwnerT], str | None]) -> dict[str, tuple[OwnerT, ...]]:
        """Return owners by key, each group sorted by name; an owner without a key is in no group."""
        groups: dict[str, list[OwnerT]] = {}
        for owner in owners:
            if found := key(owner):
                groups.setdefault(found, []).append(owner)
        return {name: self.by_name(group) for name, group in groups.items()}

    @cached_property
    def owners(self) -> dict[str, AnyOwner]:
        """Every owner by id: teams, then leaders, then sellers."""
        return {**self.teams, **self.leaders, **self.sellers}

    @property
    def people(self) -> tuple[Seller | Leader, ...]:
        """Everybody who can decide something: sellers and leaders."""
        return (*self.sellers.values(), *self.leaders.values())

    @cached_property
    def identities(self) -> Identities:
        """Whom a name or an email address means."""
        return Identities.of(self.people)

    @cached_property
    def goals(self) -> dict[str, Goal]:
        """Every goal by full id."""
        return {f"{owner.id}/{goal.id}": goal for owner in self.owners.values() for goal in owner.goals}

    @cached_property
    def renamed_owners(self) -> dict[str, str]:
        """The present id of an owner by each former one, unless another owner has that now."""
        found = {former: owner.id for owner in self.owners.values() for former in owner.formerly}
        return {former: owner_id for former, owner_id in found.items() if former not in self.owners}

    @cached_property
    def renamed_goals(self) -> dict[str, str]:
        """The present full id of a goal by each former one: of a goal that was renamed, or of an owner who was."""
        found = {
            f"{owner_id}/{goal_id}": f"{owner.id}/{goal.id}"
            for owner in self.owners.values()
            for goal in owner.goals
            for owner_id in (owner.id, *owner.formerly)
            if owner_id == owner.id or owner_id in self.renamed_owners
            for goal_id in (goal.id, *goal.formerly)
        }
        return {former: full_id for former, full_id in found.items() if former not in self.goals}

    @cached_property
    def feeds(self) -> dict[str, tuple[tuple[str, Support], ...]]:
        """The full ids of the goals each goal supports, each with when and with what share."""
        return {
            full_id: tuple((found, support) for support in goal.supports if (found := self.resolve(full_id, support)))
            for full_id, goal in self.goals.items()
        }

    @cached_property
    def fed_by(self) -> dict[str, tuple[tuple[str, Support], ...]]:
        """The full ids of the goals that support each goal, each with when and with what share, sorted by id."""
        found: dict[str, list[tuple[str, Support]]] = {}
        for full_id, feeds in sorted(self.feeds.items()):
            for supported, support in feeds:
                found.setdefault(supported, []).append((full_id, support))
        return {full_id: tuple(feeders) for full_id, feeders in found.items()}

    @cached_property
    def supports(self) -> dict[str, tuple[str, ...]]:
        """The full ids of the goals each goal supports. References to goals that do not exist are left out."""
        return {
            full_id: tuple(dict.fromkeys(supported for supported, _ in self.feeds[full_id])) for full_id in self.goals
        }

    @cached_property
    def supporters(self) -> dict[str, tuple[str, ...]]:
        """The full ids of the goals that support each goal, sorted."""
        return {i: tuple(dict.fromkeys(feeder for feeder, _ in feeders)) for i, feeders in self.fed_by.items()}

    @cached_property
    def continues(self) -> dict[str, str]:
        """The full id of the closed goal that a goal goes on with: it was carried to this one, which begins later."""
        return {new: full_id for full_id in self.goals if (new := self._continued_by(full_id))}

    def _continued_by(self, full_id: str) -> str | None:
        closed = self.goals[full_id].closed
        if closed is None or (new := closed.carried_to) == full_id or new not in self.goals:
            return None
        return new if closed.on <= self.goals[new].start else None

    def last_day(self, full_id: str) -> datetime.date:
        """Return the last day on which what is made counts for a goal: its due date, or the last before it goes on."""
        new, due = self._continued_by(full_id), self.goals[full_id].due
        return min(due, self.goals[new].start - datetime.timedelta(days=1)) if new else due

    @cached_property
    def members(self) -> dict[str, tuple[Seller, ...]]:
        """The sellers of each team, by name."""
        return self._grouped(self.sellers.values(), lambda seller: seller.team_on(self.day))

    @cached_property
    def ever_members(self) -> dict[str, tuple[Seller, ...]]:
        """The sellers who are in each team at any time, by name."""
        found: dict[str, list[Seller]] = {}
        for seller in self.by_name(self.sellers.values()):
            for team_id in dict.fromkeys(membership.id for membership in seller.team):
                found.setdefault(team_id, []).append(seller)
        return {team_id: tuple(sellers) for team_id, sellers in found.items()}

    @cached_property
    def subteams(self) -> dict[str, tuple[Team, ...]]:
        """The subteams of each team, by name."""
        return self._grouped(self.teams.values(), lambda team: team.part_of)

    @cached_property
    def top_teams(self) -> tuple[Team, ...]:
        """The teams without a parent team, by name."""
        return self.by_name(team for team in self.teams.values() if team.part_of not in self.teams)

    @cached_property
    def led(self) -> dict[str, tuple[Team, ...]]:
        """The teams each leader leads, by name."""
        return self._grouped(self.teams.values(), lambda team: team.leader)

    def own_team(self, owner_id: str, day: datetime.date | None = None) -> Team | None:
        """Return the team a goal id without an owner refers to, None if there is no such team.

        For a seller it is their team on that day, for a team its parent team, for a leader the first team they lead:
        in the order of Unicode, so that a reference means the same in every language.
        """
        if owner_id in self.sellers:
            return self.teams.get(self.sellers[owner_id].team_on(day or self.day))
        if owner_id in self.teams:
            return self.teams.get(self.teams[owner_id].part_of or "")
        return min(self.led.get(owner_id, ()), key=lambda team: (team.name, team.id), default=None)

    def full_id(self, owner_id: str, reference: str, day: datetime.date | None = None) -> str:
        """Return the full id an owner means by `goal` (one of their `own_team`) or `owner/goal`. It may not exist."""
        if "/" in reference:
            return reference
        team = self.own_team(owner_id, day)
        return f"{team.id if team else ''}/{reference}"

    def full_ids(self, owner_id: str, reference: str) -> frozenset[str]:
        """Return every full id an owner can have meant by a reference: a seller's in each of their teams."""
        seller = self.sellers.get(owner_id)
        if seller and "/" not in reference:
            return frozenset(f"{team.id}/{reference}" for team in seller.team)
        return frozenset({self.full_id(owner_id, reference)})

    def resolve(self, full_id: str, support: Support) -> str | None:
        """Return the full id of the goal that goal `full_id` supports, None if there is no such other goal.

        A seller's bare id means the team on the first day of the support, so that a later move does not change it.
        """
        since = max(support.from_ or datetime.date.min, self.goals[full_id].start)
        found = self.full_id(full_id.partition("/")[0], support.goal, since)
        return found if found in self.goals and found != full_id else None

    def parent_teams(self, team: Team) -> tuple[Team, ...]:
        """Return the parent team, its parent team and so on. If they form a circle, each is listed once."""
        chain: dict[str, Team] = {}
        while (above := self.teams.get(team.part_of or "")) and above.id not in chain and above is not team:
            chain[above.id] = above
            team = above
        return tuple(chain.values())

    def branch(self, team: Team) -> tuple[Team, ...]:
        """Return the team with all its subteams, theirs included, from the top down and each once."""
        found: dict[str, Team] = {}
        waiting = [team]
        while waiting:
            if (following := waiting.pop()).id not in found:
                found[following.id] = following
                waiting += reversed(self.subteams.get(following.id, ()))
        return tuple(found.values())

    def sellers_in(self, team: Team) -> tuple[Seller, ...]:
        """Return the sellers of a team and of all its subteams, team by team."""
        return tuple(seller for part in self.branch(team) for seller in self.members.get(part.id, ()))

    def employed(self, sellers: Iterable[Seller]) -> tuple[Seller, ...]:
        """Return those of the sellers who have not left before the handbook's day."""
        return tuple(seller for seller in sellers if self.day is None or not seller.left_before(self.day))

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
        return self._grouped(self.sellers.values(), lambda seller: self.nearest_leaders.get(seller.team_on(self.day)))

    @cached_property
    def leaders_led(self) -> dict[str, tuple[Leader, ...]]:
        """The leaders who report to each leader, by name: those of the teams below theirs that nobody is between."""
        found: dict[str, dict[str, Leader]] = {}
        for leader_id, teams in self.led.items():
            for team in teams if leader_id in self.leaders else ():
                above = (parent.leader for parent in self.parent_teams(team) if parent.leader != leader_id)
                if boss := next((one for one in above if one in self.leaders), None):
                    found.setdefault(boss, {})[leader_id] = self.leaders[leader_id]
        return {boss: self.by_name(leaders.values()) for boss, leaders in found.items()}

    @cached_property
    def teams_of(self) -> dict[str, tuple[str, ...]]:
        """The ids of the teams whose nearest leader each leader is."""
        found: dict[str, list[str]] = {}
        for team_id, leader_id in self.nearest_leaders.items():
            found.setdefault(leader_id, []).append(team_id)
        return {leader_id: tuple(teams) for leader_id, teams in found.items()}

    @cached_property
    def nearest_leaders(self) -> dict[str, str]:
        """The id of each team's leader or, where it has none, of its nearest parent team's."""
        return {team_id: leader.id for team_id in self.teams if (leader := self.leader_of(team_id))}

    def scope_of(self, owner_id: str) -> frozenset[str]:
        """Return the ids of those an owner speaks for, the owner included.

        A team speaks for its members and its subteams (with theirs), a leader for the teams they lead and for the
        leaders of the teams below.
        """
        found = {owner_id}
        waiting = [self.teams[owner_id]] if owner_id in self.teams else [*self.led.get(owner_id, ())]
        while waiting:
            team = waiting.pop()
            found |= {team.id, *(seller.id for seller in self.members.get(team.id, ()))}
            if owner_id in self.leaders and team.leader:
                found.add(team.leader)
            waiting += [subteam for subteam in self.subteams.get(team.id, ()) if subteam.id not in found]
        return frozenset(found)
