"""New terms of a goal: the edits that write them, and what the adjustment says about each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ..model.goal import Goal
from ..model.support import Support
from ..model.terms import TermRef, Value, comparable, landmark_ref, spell
from ..model.values import number_spelling
from .edit import Add, Edit, Put, Remove
from .emit import Bare, Data
from .nodes import NodePath

#: Returns the path in the owner's file of a part of the goal, such as `("landmarks", 0)`.
PathOf = Callable[[NodePath], NodePath]


@dataclass
class NewTerms:
    """Edits of a goal, and the `changes` of the adjustment that explains them."""

    edits: list[Edit] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)

    def and_(self, other: NewTerms) -> NewTerms:
        """Return both together."""
        return NewTerms(self.edits + other.edits, self.changes + other.changes)

    def adjusted(self, goal_path: NodePath, on: str, by: Sequence[str], why: str) -> list[Edit]:
        """Return the edits with the one that adds the adjustment, where it has a reason and names."""
        item = {key: value for key, value in (("on", on), ("by", [*by]), ("why", why)) if value}
        return [*self.edits, Add((*goal_path, "adjustments"), {**item, "changes": self.changes})]


def new_terms(goal: Goal, path_of: PathOf, given: Mapping[TermRef, Value]) -> NewTerms:
    """Return a goal's new terms; those it has already are left out. A term that can be absent is removed by None."""
    new = NewTerms()
    for ref, now in given.items():
        was = ref.get(goal)
        if comparable(now) != comparable(was):
            path = path_of(ref.path(goal))
            new.edits.append(Remove(path) if _is_absent(ref, now) else Put(path, term_in_file(ref, now)))
            new.changes.append({"field": ref.name, "was": in_adjustment(was), "now": in_adjustment(now)})
    return new


def new_landmark(goal_path: NodePath, landmark_id: str, values: Mapping[str, str]) -> NewTerms:
    """Return a landmark that is added: `values` are its `due` and `value` or `deliver`, as the file has them."""
    added = {"field": landmark_ref(landmark_id).name, "was": "none", "now": "added"}
    return NewTerms([Add((*goal_path, "landmarks"), {"id": landmark_id, **values})], [added])


def dropped_landmark(landmark_id: str) -> NewTerms:
    """Return a landmark that is dropped: it stays in the file, as history."""
    return NewTerms([], [{"field": landmark_ref(landmark_id).name, "was": "agreed", "now": "dropped"}])


def _is_absent(ref: TermRef, value: Value) -> bool:
    """Whether the file says nothing where the term has this value."""
    return value is None and ref.name not in {"prorate", "supports"} and bool(ref.term and ref.term.default is None)


def term_in_file(ref: TermRef, value: Value) -> Data:
    """Return the value of a term as the file has it."""
    if ref.name == "prorate":
        return Bare("yes" if value else "no")
    if ref.name == "supports":
        items = value if isinstance(value, tuple) else ()
        return supports_in_file([item for item in items if not isinstance(item, (str, int))])
    if isinstance(value, tuple):  # a length of sessions from and to, or the people they are with
        words = [str(item) for item in dict.fromkeys(value)]
        return words if len(words) > 1 else words[0]
    return _one(ref.term.default if value is None and ref.term else value)


def supports_in_file(supports: Sequence[Support]) -> Data:
    """Return what a goal supports as the file has it: ids, and mappings where it is in part or for a time."""
    items: list[Data] = []
    for support in supports:
        data = support.model_dump(by_alias=True, exclude_defaults=True, mode="json")
        items.append({key: str(value) for key, value in data.items()} if len(data) > 1 else support.goal)
    return items[0] if len(items) == 1 and isinstance(items[0], str) else items


def in_adjustment(value: Value) -> Data:
    """Return the value of a term as the adjustment records it."""
    return list(map(str, value)) if isinstance(value, tuple) and len(value) > 1 else _one(value)


def _one(value: Value) -> str:
    """One value as a person would write it."""
    if isinstance(value, bool):
        return Bare(spell(value))
    word = spell(value) or "none"
    return number_spelling(word) if isinstance(value, Decimal) else word
