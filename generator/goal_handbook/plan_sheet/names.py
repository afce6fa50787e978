"""Whom and what the words of a sheet mean: people and teams by their names, goals by their titles or ids."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ..findings import did_you_mean
from ..model.handbook import Handbook
from ..model.identity import folded
from ..model.people import AnyOwner
from ..model.support import Support, read_support
from ..model.values import quoted, value_error


@dataclass(frozen=True)
class Names:
    """The owners of a handbook by what a sheet calls them, and `titles`: those of all goals by full id.

    An owner goes by the name, or by the id where others have that name too. Whoever has just got another name is found
    by the one in `also` as well: the handbook before or after that. A name that is another's there could be both.
    """

    handbook: Handbook
    titles: Mapping[str, str]
    also: Handbook | None = None

    @classmethod
    def of(cls, handbook: Handbook, also: Handbook | None = None) -> Names:
        """Return the names in a handbook."""
        return cls(handbook, {full_id: goal.title for full_id, goal in handbook.goals.items()}, also)

    def with_titles(self, titles: Mapping[str, str]) -> Names:
        """Return the names with the titles of goals that are about to come, by full id."""
        return replace(self, titles={**self.titles, **titles})

    @cached_property
    def _by_name(self) -> Mapping[str, Sequence[str]]:
        books = [book for book in (self.handbook, self.also) if book]
        return _ids_by((owner.name, owner.id) for book in books for owner in book.owners.values())

    @cached_property
    def _by_title(self) -> Mapping[str, Sequence[str]]:
        return _ids_by((title, full_id) for full_id, title in self.titles.items())

    def shown(self, owner_id: str) -> str:
        """Return the name of an owner as a sheet shows it; an id that nobody has, as it is."""
        owner = self.handbook.owners.get(owner_id)
        is_clear = owner is not None and self.find(owner.name) == [owner_id]
        return owner.name if owner and is_clear else owner_id

    def find(self, name: str, among: Container[str] | None = None) -> list[str]:
        """Return the ids of the owners that a name or an id can mean, `among` these or all."""
        owners = self.handbook.owners if among is None else among
        if name.strip() in owners:
            return [name.strip()]
        return [owner_id for owner_id in self._by_name.get(folded(name), ()) if owner_id in owners]

    def owner(self, name: str, among: Mapping[str, AnyOwner] | None = None, what: str = "owner") -> str:
        """Return the id of the owner that a name or an id means. Raises GH201."""
        known = self.handbook.owners if among is None else among
        found = self.find(name, known)
        if len(found) == 1:
            return found[0]
        if found:
            message = f"{quoted(name)} could be {' or '.join(found)}"
            raise value_error("GH201", message, "write the id of the one you mean")
        near = did_you_mean(name, [*known, *(owner.name for owner in known.values())])
        raise value_error("GH201", f"unknown {what} {quoted(name)}", near or "add a row to the sheet People")

    def team(self, name: str) -> str:
        """Return the id of a team. Raises GH201."""
        return self.owner(name, self.handbook.teams, "team")

    def leader(self, name: str) -> str:
        """Return the id of a leader. Raises GH201."""
        return self.owner(name, self.handbook.leaders, "leader")

    def person(self, name: str) -> str:
        """Return the id of a person. Raises GH201."""
        return self.owner(name, {**self.handbook.sellers, **self.handbook.leaders}, "person")

    def support(self, text: str, owner_id: str) -> Support:
        """Return what one line of a cell supports: `central/revenue from 2017-07-01`, or a goal's title.

        Raises GH201, and what a support raises.
        """
        if found := self._titled(text, owner_id):
            return Support.model_validate({"goal": found})
        words = text.split()
        support = Support.model_validate(read_support(text)) if words and words[0] == words[0].lower() else None
        if support is None or self.handbook.full_id(owner_id, support.goal) not in self.titles:
            near = did_you_mean(text, [*self.titles, *self.titles.values()])
            raise value_error("GH201", f"unknown goal {quoted(text)}", near or "write a goal's title, or owner/goal")
        return support

    def _titled(self, text: str, owner_id: str) -> str:
        """The goal with this title: one of the owner's own team, or the only one."""
        found = self._by_title.get(folded(text), ())
        team = self.handbook.own_team(owner_id)
        own = [full_id for full_id in found if team and full_id.partition("/")[0] == team.id]
        if len(found) > 1 and len(own) != 1:
            raise value_error("GH201", f"{quoted(text)} could be {' or '.join(found)}", "write the id of one of them")
        return (*own, *found, "")[0]


def _ids_by(named: Iterable[tuple[str, str]]) -> dict[str, Sequence[str]]:
    """Ids, each given with its name, by their names without regard to case."""
    found: dict[str, list[str]] = {}
    for name, one in named:
        found.setdefault(folded(name), []).append(one)
    return {name: list(dict.fromkeys(ids)) for name, ids in found.items()}
