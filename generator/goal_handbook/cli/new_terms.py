"""New terms of a goal, as they are typed: what they are read as, and the options that name them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from .prompts import Reader, checked, day, due_date, number, read_option, text
from .targets import Target

if TYPE_CHECKING:
    from ..model.terms import TermRef, Value
    from ..source.term_edits import NewTerms

#: The options that name a term of a landmark.
OF_LANDMARK = ("due", "value", "deliver")


def changed(target: Target, given: Mapping[TermRef, Value]) -> NewTerms:
    """Return the goal's new terms, as typed or worked out; those it has already are left out. Raises BadParameter."""
    from ..source.term_edits import new_terms

    values = {
        ref: ref.parse(_typed(target, ref, value)) if isinstance(value, str) else value for ref, value in given.items()
    }
    return new_terms(target.goal, target.path_of, values)


def respelled(target: Target, given: Mapping[TermRef, Value]) -> NewTerms:
    """Return the edits that write the same terms in other words, which need no adjustment."""
    from ..source.term_edits import NewTerms

    return NewTerms(changed(target, given).edits, [])


def _typed(target: Target, ref: TermRef, value: str) -> str:
    """A typed value as the format spells it. Raises BadParameter that names the option."""
    return read_option(f"--{ref.term.name if ref.term else ref.name}", value, term_reader(target, ref))


def changed_landmark(target: Target, landmark: str, given: Mapping[str, str], drop: bool) -> NewTerms:
    """Return the same for a landmark; an id no landmark has adds one."""
    from ..model.terms import landmark_ref
    from ..source.term_edits import dropped_landmark, new_landmark

    exists = any(lm.id == landmark for lm in target.goal.landmarks)
    if drop:
        if not exists:
            raise click.UsageError(f'there is no landmark "{landmark}" to drop')
        return dropped_landmark(landmark)
    refs = {name: landmark_ref(landmark, name) for name in OF_LANDMARK if name in given}
    if exists:
        return changed(target, {ref: given[name] for name, ref in refs.items()})
    if "due" not in given or len(given) < 2:
        raise click.UsageError(f'"{landmark}" would be a new landmark: it needs --due, and --value or --deliver')
    return new_landmark(target.path, landmark, {name: _typed(target, ref, given[name]) for name, ref in refs.items()})


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
