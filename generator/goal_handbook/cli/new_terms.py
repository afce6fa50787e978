"""New terms of a goal: the edits that write them, and what the adjustment says about each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click

from .prompts import Reader, checked, day, due_date, number, read_option, text
from .targets import Target, without_empty

if TYPE_CHECKING:
    from ..model.support import Support
    from ..model.terms import TermRef, Value
    from ..source.edit import Edit
    from ..source.emit import Data

#: The options that name a term of a landmark.
OF_LANDMARK = ("due", "value", "deliver")


@dataclass
class NewTerms:
    """Edits of a goal, and the `changes` of the adjustment that explains them."""

    edits: list[Edit] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)

    def and_(self, other: NewTerms) -> NewTerms:
        """Return both together."""
        return NewTerms(self.edits + other.edits, self.changes + other.changes)

    def with_adjustment(self, target: Target, on: str, by: Sequence[str], why: str) -> list[Edit]:
        """Return the edits with the one that adds the adjustment."""
        from ..source.edit import Add

        item = {**without_empty(on=on, by=[*by], why=why), "changes": self.changes}
        return [*self.edits, Add((*target.path, "adjustments"), item)]


def changed(target: Target, given: Mapping[TermRef, Value]) -> NewTerms:
    """Return the goal's new terms, as typed or worked out; those it has already are left out. Raises BadParameter."""
    from ..model.terms import comparable
    from ..source.edit import Put

    new = NewTerms()
    for ref, value in given.items():
        was, now = ref.get(target.goal), ref.parse(_typed(target, ref, value)) if isinstance(value, str) else value
        if comparable(now) != comparable(was):
            new.edits.append(Put(target.path_of(ref.path(target.goal)), _in_file(ref, now)))
            new.changes.append({"field": ref.name, "was": _in_adjustment(was), "now": _in_adjustment(now)})
    return new


def respelled(target: Target, given: Mapping[TermRef, Value]) -> NewTerms:
    """Return the edits that write the same terms in other words, which need no adjustment."""
    return NewTerms(changed(target, given).edits, [])


def _typed(target: Target, ref: TermRef, value: str) -> str:
    """A typed value as the format spells it. Raises BadParameter that names the option."""
    return read_option(f"--{ref.term.name if ref.term else ref.name}", value, term_reader(target, ref))


def changed_landmark(target: Target, landmark: str, given: Mapping[str, str], drop: bool) -> NewTerms:
    """Return the same for a landmark; an id no landmark has adds one."""
    from ..model.terms import landmark_ref
    from ..source.edit import Add

    exists = any(lm.id == landmark for lm in target.goal.landmarks)
    whole = landmark_ref(landmark)
    if drop:
        if not exists:
            raise click.UsageError(f'there is no landmark "{landmark}" to drop')
        return NewTerms([], [{"field": whole.name, "was": "agreed", "now": "dropped"}])
    refs = {name: landmark_ref(landmark, name) for name in OF_LANDMARK if name in given}
    if exists:
        return changed(target, {ref: given[name] for name, ref in refs.items()})
    if "due" not in given or len(given) < 2:
        raise click.UsageError(f'"{landmark}" would be a new landmark: it needs --due, and --value or --deliver')
    values = {name: _typed(target, ref, given[name]) for name, ref in refs.items()}
    added = {"field": whole.name, "was": "none", "now": "added"}
    return NewTerms([Add((*target.path, "landmarks"), {"id": landmark, **values})], [added])


def goal_term(name: str) -> TermRef:
    """Return a term of the goal by its name."""
    from ..model.terms import GOAL_TERMS, TermRef

    return TermRef(name, GOAL_TERMS[name])


def term_reader(target: Target, ref: TermRef) -> Reader:
    """Return a reader of the value of a term."""
    name = ref.term.name if ref.term else ref.name
    known: dict[str, Reader] = {
        **dict.fromkeys(("target", "from", "value", "tolerance"), number),
        "start": day,
        "due": due_date(target.handbook.settings.period),
    }
    return known.get(name) or (checked(ref.parse) if ref.term else text)


def _in_file(ref: TermRef, value: Value) -> Data:
    """The value of a term as the file has it."""
    from ..source.emit import Bare

    if ref.name == "prorate":
        return Bare("yes" if value else "no")
    if ref.name == "supports":
        items = value if isinstance(value, tuple) else ()
        return supports_in_file([item for item in items if not isinstance(item, (str, int))])
    return _one(ref.term.default if value is None and ref.term else value)


def supports_in_file(supports: Sequence[Support]) -> Data:
    """What a goal supports as the file has it: ids, and mappings where it is in part or for a time."""
    items: list[Data] = []
    for support in supports:
        data = support.model_dump(by_alias=True, exclude_defaults=True, mode="json")
        items.append({key: str(value) for key, value in data.items()} if len(data) > 1 else support.goal)
    return items[0] if len(items) == 1 and isinstance(items[0], str) else items


def _in_adjustment(value: Value) -> Data:
    """The value of a term as the adjustment records it."""
    return list(map(str, value)) if isinstance(value, tuple) and len(value) > 1 else _one(value)


def _one(value: Value) -> str:
    """One value as a person would write it."""
    from ..model.terms import spell
    from ..model.values import number_spelling
    from ..source.emit import Bare

    if isinstance(value, bool):
        return Bare(spell(value))
    word = spell(value) or "none"
    return number_spelling(word) if isinstance(value, Decimal) else word
