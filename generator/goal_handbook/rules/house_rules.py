"""GH609: what decides how goals are judged, and is nobody's agreed term: settings, a team's context, names, signers."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from ..changes.kinds import Change, SettingChanged, TermChanged
from ..changes.renames import Renames
from ..changes.snapshot import OwnerSnapshot
from ..findings import Finding
from ..model.handbook import Handbook
from ..model.people import Leader, Seller, Team
from ..model.terms import Value
from ..source.emit import as_yaml
from ..source.load import Loaded
from ..words import sentence_list

#: The settings of handbook.yaml that decide how goals are judged. Another currency or rate is a finding of its own.
_SETTINGS = (
    "as_of",
    "proof",
    "grace_days",
    "due_soon_days",
    "accounting_days",
    "review_every",
    "catch_up.",
    "coverage.",
    "rules.",
)


def check_house_rules(loaded: Loaded, then: Handbook, changes: Collection[Change]) -> Iterator[Finding]:
    """Yield GH609 for everything that gives the same goals and the same readings another meaning."""
    yield from check_settings(loaded, changes)
    now, renames = loaded.handbook or then, Renames()
    for owner_id, owner in now.owners.items():
        renames.learn(owner_id, OwnerSnapshot(owner))
    house = _House(loaded, now, then, renames)
    yield from house.context()
    yield from house.first_days({c.owner_id for c in changes if isinstance(c, TermChanged) and c.ref.name == "start"})
    yield from house.names()
    yield from house.signers()


def check_settings(loaded: Loaded, changes: Iterable[Change]) -> Iterator[Finding]:
    """Yield GH609 for the settings among them, which also go from one period to the next."""
    document = loaded.settings_document
    for change in changes:
        if not isinstance(change, SettingChanged):
            continue
        is_first_currency = change.field == "currency" and change.was is None
        if change.field.startswith(_SETTINGS) or is_first_currency:
            message = f"{change.field} changed from {_shown(change.was)} to {_shown(change.now)}; it affects every goal"
            location = document.location(tuple(change.field.split(".")))
            yield document.finding("GH609", location, message, "tell the team why")


def _shown(value: Value) -> str:
    return "the default" if value is None else as_yaml(value)


@dataclass(frozen=True)
class _House:
    """The people and teams of two versions."""

    loaded: Loaded
    now: Handbook
    then: Handbook
    renames: Renames

    @cached_property
    def before(self) -> dict[str, Seller | Leader | Team]:
        """Everybody of the older version by today's id."""
        return {self.renames.owner(i): owner for i, owner in self.then.owners.items()}

    def context(self) -> Iterator[Finding]:
        """Capacities and estimates that changed without a new day on which somebody looked at them."""
        help = "say when it was looked at: write on: with that day under context:"
        for team in self.now.teams.values():
            old = self.before.get(team.id)
            if not isinstance(old, Team) or (
                team.context.on and (not old.context.on or team.context.on > old.context.on)
            ):
                continue
            limits = {capacity.what: (i, capacity.limit) for i, capacity in enumerate(team.context.capacity)}
            for capacity in old.context.capacity:
                index, limit = limits.get(capacity.what, (None, None))
                if limit != capacity.limit:
                    now = (
                        f"changed from {as_yaml(capacity.limit)} to {as_yaml(limit)}"
                        if limit is not None
                        else "is gone"
                    )
                    message = f'the capacity "{capacity.what}" {now}, with no new day'
                    path = ("context", "capacity", *(() if index is None else (index, "limit")))
                    yield self.loaded.finding(team.id, path, "GH609", message, help)
            for seller_id, ability in old.context.abilities.items():
                seller = self.now.sellers.get(self.renames.owner(seller_id))
                present = team.context.abilities.get(self.renames.owner(seller_id))
                if seller is None or seller.left or (present and present.estimate == ability.estimate):
                    continue
                was = as_yaml(ability.estimate)
                now = f"changed from {was} to {as_yaml(present.estimate)}" if present else f"({was}) is gone"
                message = f"the estimate for {seller.name} {now}, with no new day"
                path = ("context", "abilities", *((seller.id, "estimate") if present else ()))
                yield self.loaded.finding(team.id, path, "GH609", message, help)

    def first_days(self, told: Container[str]) -> Iterator[Finding]:
        """First days at work that changed, and with them when sessions with somebody are due.

        Not of those in `told`: a goal of theirs begins on another day, which is a change of an agreed term.
        """
        start_for = self.now.settings.period.start_for
        for seller in self.now.sellers.values():
            old = self.before.get(seller.id)
            if isinstance(old, Seller) and seller.id not in told and start_for(old.joined) != start_for(seller.joined):
                was, now = (as_yaml(day) if day else "nothing" for day in (old.joined, seller.joined))
                message = f"{seller.name}'s first day changed from {was} to {now}; nothing was due before it"
                yield self.loaded.finding(seller.id, ("joined",), "GH609", message, "tell the team why")

    def names(self) -> Iterator[Finding]:
        """Names in a CRM that were somebody else's, so that the same deals count for another."""
        owned = {name: owner.id for owner in self.then.owners.values() for name in _names(owner)}
        people: list[Seller | Leader] = [*self.now.sellers.values(), *self.now.leaders.values()]
        for person in people:
            for i, alias in enumerate(person.aliases):
                old = owned.get(alias.casefold())
                if old is not None and self.renames.owner(old) != person.id:
                    whose = self.then.owners[old].name
                    message = f'"{alias}" was a name of {whose}, and imports now give these deals to {person.name}'
                    help = f"tell both; if the deals are {whose}'s, give the name back"
                    yield self.loaded.finding(person.id, ("aliases", i), "GH609", message, help)

    def signers(self) -> Iterator[Finding]:
        """Leaders who were none before, and whose signatures count from now on."""
        for leader in self.now.leaders.values():
            if isinstance(self.before.get(leader.id), Leader):
                continue
            goals = [
                f"{seller.id}/{goal.id}"
                for seller in self.now.sellers.values()
                for goal in seller.goals
                if leader.id in {who for agreement in goal.agreed for who in agreement.by}
                or leader.id in {who for accounting in goal.accountings for who in accounting.by}
            ]
            if goals:
                signed = sentence_list(goals[:3]) if len(goals) <= 3 else f"{len(goals)} goals"
                message = f"{leader.name} is a new leader, and has signed for {signed}"
                help = "make sure that the seller's leader agrees; a new leader of the team is one"
                yield self.loaded.finding(leader.id, ("name",), "GH609", message, help)


def _names(owner: Seller | Leader | Team) -> set[str]:
    """The names by which an import knows a person."""
    return set() if isinstance(owner, Team) else {owner.id, owner.name.casefold(), *map(str.casefold, owner.aliases)}
