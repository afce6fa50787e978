"""`goals adjust`: new terms, and the adjustment that explains them, in one step."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .common import DIR
from .prompts import Reader, ask, ask_for_some, day, is_interactive, number, one_of, read_option, text, unit
from .targets import BY, ON, Target, ask_for_day, find, person_reader, without_empty, write

if TYPE_CHECKING:
    from ..model.terms import TermRef, Value
    from ..source.edit import Edit

#: The options that name a term: of the goal, and of a landmark. They are terms of model/terms.py.
_OF_GOAL = ("target", "from", "unit", "start", "due", "supports")
_OF_LANDMARK = ("due", "value", "deliver")


@click.command()
@click.argument("goal", metavar="[OWNER/GOAL]", required=False)
@click.option("--target", metavar="NUMBER", help="The new target.")
@click.option("--from", "from_", metavar="NUMBER", help="The new starting value.")
@click.option("--unit", metavar="WORD", help="The new unit.")
@click.option("--start", metavar="DATE", help="The new start date.")
@click.option("--due", metavar="DATE", help="The new due date: the goal's, or with --landmark the landmark's.")
@click.option("--supports", metavar="GOALS", help="The goals it supports from now on, separated by commas.")
@click.option("--landmark", metavar="ID", help="The landmark to change; a new id adds a landmark.")
@click.option("--value", metavar="NUMBER", help="The landmark's new value.")
@click.option("--deliver", metavar="TEXT", help="The landmark's new deliverable.")
@click.option("--drop", is_flag=True, help="Drop the landmark.")
@click.option("--why", metavar="TEXT", help="What has changed since it was agreed.")
@ON
@BY
@DIR
def adjust(
    goal: str | None,
    landmark: str | None,
    drop: bool,
    why: str | None,
    on: str | None,
    by: tuple[str, ...],
    directory: Path,
    **terms: str | None,
) -> None:
    """Adjust a goal to reality.

    Writes the new terms, and the adjustment with what was, what is now, and why.
    """
    from ..source.edit import Add

    target = find(directory, goal)
    given = {name.rstrip("_"): value for name, value in terms.items() if value is not None}
    if not given and not drop:
        landmark, drop, given = _ask_what(target, landmark)
    edits, changes = _landmark_changes(target, landmark, given, drop) if landmark else _goal_changes(target, given)
    if not changes:
        raise click.UsageError("nothing to change: the goal already has these values")
    item = without_empty(
        on=ask_for_day(target, on),
        by=ask_for_some("--by", "Who decided it", by, person_reader(target.handbook)),
        why=ask("--why", "Why: what has changed since it was agreed", why, text),
    )
    write(target, [*edits, Add((*target.path, "adjustments"), {**item, "changes": changes})])
    if target.owner_id in target.handbook.sellers:
        leader = target.handbook.leader_of(target.handbook.sellers[target.owner_id].team_on(None))
        both = f"--by {target.owner_id} --by {leader.id if leader else 'LEADER'}"
        click.echo(f"once both agree to the new terms: goals agree {target.full_id} {both}")


def _ask_what(target: Target, landmark: str | None) -> tuple[str | None, bool, dict[str, str]]:
    """Ask what changes: the landmark (if it is one), whether to drop it, and the new value."""
    if not is_interactive():
        raise click.UsageError("say what to change: --target, --due, or --landmark ID with --due, --value or --drop")
    ids = [lm.id for lm in target.goal.landmarks]
    if landmark is None:
        words = [*(["target"] if target.goal.target is not None else []), "due", "landmark", "supports"]
        name = ask("WHAT", f"What changes: {', '.join(words)}", None, one_of(*words))
        if name != "landmark":
            return None, False, {name: ask(name, f"New {name}", None, _reader(name))}
        landmark = ask("--landmark", f"Which landmark: {', '.join(ids)}", None, one_of(*ids))
    found = next((lm for lm in target.goal.landmarks if lm.id == landmark), None)
    kind = "deliver" if found and found.deliver else "value"
    words = ["due", kind, "drop"] if found else ["due"]
    name = ask("WHAT", f"What to change: {', '.join(words)}", None, one_of(*words))
    if name == "drop":
        return landmark, True, {}
    return landmark, False, {name: ask(name, f"New {name}", None, _reader(name))}


def _goal_changes(target: Target, given: dict[str, str]) -> tuple[list[Edit], list[dict[str, Any]]]:
    """Return the edits that give the goal its new terms, and what the adjustment says about them."""
    from ..model.terms import GOAL_TERMS, TermRef

    if wrong := [name for name in given if name not in _OF_GOAL]:
        raise click.UsageError(f"--{wrong[0]} needs --landmark")
    return _changes(target, {TermRef(name, GOAL_TERMS[name]): value for name, value in given.items()})


def _landmark_changes(
    target: Target, landmark: str, given: dict[str, str], drop: bool
) -> tuple[list[Edit], list[dict[str, Any]]]:
    """Return the same for a landmark; an id no landmark has adds one."""
    from ..model.terms import landmark_ref
    from ..source.edit import Add

    if wrong := [name for name in given if name not in _OF_LANDMARK]:
        raise click.UsageError(f"--{wrong[0]} is not a term of a landmark: use --due, --value, --deliver or --drop")
    exists = any(lm.id == landmark for lm in target.goal.landmarks)
    field = landmark_ref(landmark).name
    if drop:
        if not exists:
            raise click.UsageError(f'there is no landmark "{landmark}" to drop')
        return [], [{"field": field, "was": "agreed", "now": "dropped"}]
    if not exists:
        if "due" not in given or len(given) < 2:
            raise click.UsageError(f'"{landmark}" would be a new landmark: it needs --due, and --value or --deliver')
        values = {name: read_option(f"--{name}", given[name], _reader(name)) for name in _OF_LANDMARK if name in given}
        added = {"field": field, "was": "none", "now": "added"}
        return [Add((*target.path, "landmarks"), {"id": landmark, **values})], [added]
    return _changes(target, {landmark_ref(landmark, name): value for name, value in given.items()})


def _changes(target: Target, given: dict[TermRef, str]) -> tuple[list[Edit], list[dict[str, Any]]]:
    from ..model.terms import comparable
    from ..source.edit import Put

    edits: list[Edit] = []
    changes: list[dict[str, Any]] = []
    for ref, value in given.items():
        name = ref.term.name if ref.term else ref.name
        now = read_option(f"--{name}", value, _reader(name))
        was = ref.get(target.goal)
        if comparable(ref.parse(now)) == comparable(was):
            continue
        several = now.split(", ") if name == "supports" and "," in now else now
        edits.append(Put(target.path_of(ref.path(target.goal)), several))
        changes.append({"field": ref.name, "was": _old(was), "now": now})
    return edits, changes


def _reader(name: str) -> Reader:
    known = {"target": number, "from": number, "value": number, "start": day, "due": day, "unit": unit}
    return known.get(name, text)


def _old(value: Value) -> str | list[str]:
    """Return the old value as the adjustment records it; any quotes are added when it is written."""
    from ..model.terms import spell
    from ..model.values import number_spelling

    if isinstance(value, tuple) and len(value) > 1:
        return list(map(str, value))
    text = spell(value) or "none"
    return number_spelling(text) if isinstance(value, Decimal) else text
