"""`goals adjust`: new terms and the adjustment that says so, in one step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .prompts import ask, ask_for_some, day, is_interactive, number, one_of, text
from .targets import BY, DIR, ON, Target, ask_for_day, find, people, without_empty, write

if TYPE_CHECKING:
    from ..source.edit import Edit

#: A term of the goal: how it is read, and where it stands below the goal.
_TERMS: dict[str, tuple[Callable[[str], str], tuple[str, ...]]] = {
    "target": (number, ("measure", "target")),
    "from": (number, ("measure", "from")),
    "unit": (text, ("measure", "unit")),
    "start": (day, ("start",)),
    "due": (day, ("due",)),
    "supports": (text, ("supports",)),
}
_OF_LANDMARK: dict[str, Callable[[str], str]] = {"due": day, "value": number, "deliver": text}


@click.command()
@click.argument("goal", metavar="[OWNER/GOAL]", required=False)
@click.option("--target", metavar="NUMBER", help="Another target.")
@click.option("--from", "from_", metavar="NUMBER", help="Another value to start from.")
@click.option("--unit", metavar="WORD", help="Another unit.")
@click.option("--start", metavar="DATE", help="Another start.")
@click.option("--due", metavar="DATE", help="Another due date: of the goal, or with --landmark of that.")
@click.option("--supports", metavar="GOALS", help="Other goals it feeds, commas between.")
@click.option("--landmark", metavar="ID", help="The landmark that moves; a new id makes a new one.")
@click.option("--value", metavar="NUMBER", help="Another value, with --landmark.")
@click.option("--deliver", metavar="TEXT", help="Something else to deliver, with --landmark.")
@click.option("--drop", is_flag=True, help="Drop the landmark, with --landmark.")
@click.option("--why", metavar="TEXT", help="What is different from when it was agreed.")
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
    """Adjust a goal to reality: writes the new terms, and the adjustment with was, now and why."""
    from ..source.edit import Add

    target = find(directory, goal)
    given = {name.rstrip("_"): value for name, value in terms.items() if value is not None}
    if not given and not drop:
        landmark, drop, given = _ask_what(target, landmark)
    edits, changes = _of_landmark(target, landmark, given, drop) if landmark else _of_goal(target, given)
    if not changes:
        raise click.UsageError("that is what the goal says already")
    item = without_empty(
        on=ask_for_day(target, on),
        by=ask_for_some("--by", "Who decided it", by, people(target.handbook)),
        why=ask("--why", "Why: what is different from when it was agreed", why, text),
    )
    write(target, [*edits, Add((*target.path, "adjustments"), {**item, "changes": changes})])
    if target.owner_id in target.handbook.sellers:
        leader = target.handbook.leader_of(target.handbook.sellers[target.owner_id].team)
        both = f"--by {target.owner_id} --by {leader.id if leader else 'LEADER'}"
        click.echo(f"both agree to it anew: goals agree {target.full_id} {both}")


def _ask_what(target: Target, landmark: str | None) -> tuple[str | None, bool, dict[str, str]]:
    """What moves, asked for at a terminal."""
    if not is_interactive():
        raise click.UsageError("say what moves: --target, --due, or --landmark ID with --due, --value or --drop")
    marks = [lm.id for lm in target.goal.landmarks]
    if landmark is None:
        words = [*(["target"] if target.goal.target is not None else []), "due", "landmark", "supports"]
        term = ask("WHAT", f"What moves: {', '.join(words)}", None, one_of(*words))
        if term != "landmark":
            return None, False, {term: ask(term, f"The new {term}", None, _TERMS[term][0])}
        landmark = ask("--landmark", f"Which landmark: {', '.join(marks)}", None, one_of(*marks))
    found = next((lm for lm in target.goal.landmarks if lm.id == landmark), None)
    kind = "deliver" if found and found.deliver else "value"
    words = ["due", kind, "drop"] if found else ["due"]
    term = ask("WHAT", f"What of it: {', '.join(words)}", None, one_of(*words))
    if term == "drop":
        return landmark, True, {}
    return landmark, False, {term: ask(term, f"The new {term}", None, _OF_LANDMARK[term])}


def _of_goal(target: Target, given: dict[str, str]) -> tuple[list[Edit], list[dict[str, Any]]]:
    """The goal's own terms: where each is put, and what the adjustment says of it."""
    from ..changes.snapshot import canonical_term, goal_snapshot
    from ..source.edit import Put

    old = goal_snapshot(target.goal).terms
    edits: list[Edit] = []
    changes: list[dict[str, Any]] = []
    for name, value in given.items():
        if name not in _TERMS:
            raise click.UsageError(f"--{name} goes with --landmark")
        read, place = _TERMS[name]
        said = _given(name, value, read)
        if canonical_term(name, said) == old.get(name, ""):
            continue
        edits.append(Put((*target.path, *place), said.split(", ") if name == "supports" and "," in said else said))
        changes.append({"field": name, "was": _spelled(old.get(name, "")), "now": said})
    return edits, changes


def _of_landmark(
    target: Target, landmark: str, given: dict[str, str], drop: bool
) -> tuple[list[Edit], list[dict[str, Any]]]:
    """A landmark's terms; one more where no landmark has the id."""
    from ..changes.snapshot import canonical_term, goal_snapshot
    from ..source.edit import Add, Put

    if unknown := [name for name in given if name not in _OF_LANDMARK]:
        raise click.UsageError(f"--{unknown[0]} is no term of a landmark: write --due, --value, --deliver or --drop")
    said = {name: _given(name, value, _OF_LANDMARK[name]) for name, value in given.items()}
    ids = [lm.id for lm in target.goal.landmarks]
    field = f"landmarks.{landmark}"
    if drop:
        if landmark not in ids:
            raise click.UsageError(f'there is no landmark "{landmark}" to drop')
        return [], [{"field": field, "was": "agreed", "now": "dropped"}]
    if landmark not in ids:
        if "due" not in said or len(said) < 2:
            raise click.UsageError(f'"{landmark}" would be a new landmark: give it --due, and --value or --deliver')
        item = {"id": landmark, **{name: said[name] for name in _OF_LANDMARK if name in said}}
        return [Add((*target.path, "landmarks"), item)], [{"field": field, "was": "none", "now": "added"}]
    old = goal_snapshot(target.goal).terms
    edits: list[Edit] = []
    changes: list[dict[str, Any]] = []
    for name, value in said.items():
        was = old.get(f"{field}.{name}", "")
        if canonical_term(name, value) != was:
            edits.append(Put((*target.path, "landmarks", ids.index(landmark), name), value))
            changes.append({"field": f"{field}.{name}", "was": _spelled(was), "now": value})
    return edits, changes


def _given(name: str, value: str, read: Callable[[str], str]) -> str:
    try:
        return read(value)
    except click.BadParameter as problem:
        raise click.BadParameter(problem.message, param_hint=f"--{name}") from None


def _spelled(value: str) -> str:
    from ..model.values import number_spelling

    return number_spelling(value) if value else "none"
