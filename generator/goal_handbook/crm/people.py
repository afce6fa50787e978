"""Finds whose a deal is: people by their name, id or alias, and their goal."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..findings import did_you_mean, nearest
from ..model.handbook import Handbook
from ..model.identity import folded

#: What may be between the names of several people. Only a semicolon is never part of one name.
_SEPARATOR = re.compile(r"\s*[;,/&]\s*|\s+and\s+", re.IGNORECASE)

#: What is wrong and how to fix it.
Problem = tuple[str, str]


class People:
    """The people of a handbook by every name a CRM can have for them, and the goals that a pattern names for them."""

    def __init__(self, handbook: Handbook, pattern: str, ignore: Iterable[str] = ()) -> None:
        self.handbook, self.pattern = handbook, pattern
        self.ignored = {folded(name) for name in ignore}
        self.named: dict[str, list[str]] = {}
        for owner in handbook.people:
            for name in {folded(owner.name), owner.id, *map(folded, owner.aliases)}:
                self.named.setdefault(name, []).append(owner.id)

    def goal_id(self, owner_id: str) -> str:
        """Return the full id of the goal that the pattern names for a person, which may not exist."""
        return self.pattern.replace("{owner}", owner_id)

    def goals(self) -> list[str]:
        """Return the full ids of all goals that match the pattern, of sellers and leaders."""
        ids = (*self.handbook.sellers, *self.handbook.leaders)
        return sorted(goal for owner in ids if (goal := self.goal_id(owner)) in self.handbook.goals)

    def is_ignored(self, name: str) -> bool:
        """Return whether the deals of this person are not to count."""
        return folded(name) in self.ignored

    def names_in(self, cell: str) -> list[str]:
        """Return the names in a field: one, those between semicolons, or several of which each is known."""
        if self._is_known(cell):
            return [cell]
        names = [name for part in cell.split(";") if part.strip() for name in self._names_in_part(part.strip())]
        return names or [cell]

    def owners_in(self, cell: str) -> set[str]:
        """Return the ids of all people a field can mean."""
        return {owner for name in self.names_in(cell) for owner in self.named.get(folded(name), [])}

    def goal_of(self, name: str, helped: bool = True) -> str | Problem:
        """Return the full id of a person's goal, or the problem; only if `helped`, with the person who may be meant."""
        owners = self.named.get(folded(name), [])
        if not owners:
            help = (helped and self._similar(name)) or "add a file for them, or use --ignore with the name"
            return f'unknown person "{name}"', help
        if len(owners) > 1:
            message = f'"{name}" could be {" or ".join(sorted(owners))}'
            return message, "give each an alias of their own, or export ids"
        goal = self.goal_id(owners[0])
        if goal not in self.handbook.goals:
            near = did_you_mean(goal, (f"{owners[0]}/{g.id}" for g in self.handbook.owners[owners[0]].goals))
            return f'"{name}" has no goal {goal}', near or "add the goal, or use --ignore with the name"
        return goal

    def _is_known(self, name: str) -> bool:
        return folded(name) in self.named or self.is_ignored(name)

    def _names_in_part(self, part: str) -> list[str]:
        names = [name for name in _SEPARATOR.split(part) if name]
        return names if len(names) > 1 and all(map(self._is_known, names)) else [part]

    def _similar(self, name: str) -> str:
        """Return a question with the person whose name looks much like this one, "" if nobody's does.

        An id is nobody's other name however much it looks like one, nor is a field that may name several people, or an
        address that does not begin with first and last name.
        """
        word = folded(name)
        if any(character.isdigit() for character in word):
            return ""
        if "@" in word:
            word = re.sub("[._-]", " ", word.partition("@")[0])
            word = word if " " in word else ""
        elif _SEPARATOR.search(word):
            last, comma, first = word.partition(", ")
            word = f"{first} {last}" if comma and f"{first} {last}" in self.named else ""
        names = [known for known in self.named if not re.search("[0-9@]", known)]
        alike = self.named.get(nearest(word, names), [])
        if len(alike) != 1:
            return ""
        known = self.handbook.owners[alike[0]]
        return f'did you mean "{known.name}"? if so, add this name to the aliases in {known.kind}s/{known.id}.yaml'
