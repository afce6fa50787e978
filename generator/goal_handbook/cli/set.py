"""`goals set`: whatever a file says beside records and agreed terms, such as an alias, an action or a house rule."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..findings import did_you_mean, with_help
from .common import DIR, goals_folder, owner_or_goal
from .edits import edit_files
from .found_late import correction_of
from .prompts import YES, ask, day, due_date, number, one_of, prose, read_option, text
from .targets import BY, Target, open_to_write

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

    from ..model.handbook import Handbook
    from ..source.document import Document
    from ..source.edit import Edit
    from ..source.nodes import NodePath
    from ..workspace import Workspace

#: How the settings are named instead of an owner.
SETTINGS = "handbook"
#: What other commands write, because there is more to it than a value.
ELSEWHERE = {
    "id": "an id never changes; keep an old one in formerly",
    "goals": "add a goal with goals new goal",
    "team": "use goals move, which keeps what was sold before for the old team",
    "away": "use goals away",
    "corrections": "goals away, goals move and goals set left write them",
    "agreed": "use goals agree",
    "checkins": "use goals checkin",
    "sessions": "use goals session",
    "reviews": "use goals review",
    "accountings": "use goals account, and goals step for its plan",
    "adjustments": "use goals adjust, or goals correct for a record",
    "closed": "use goals close",
    "done": "use goals done",
}
_NUMBERS = frozenset({"parse_number", "parse_rate", "parse_share", "parse_factor", "parse_count", "parse_positive"})


@dataclass(frozen=True)
class Place:
    """A key of a file: whose file it is ("" for the settings), the path in it, and what the format says of it."""

    owner_id: str
    path: NodePath
    info: FieldInfo


@click.command("set")
@click.argument("what", metavar="[OWNER | OWNER/GOAL | handbook]", required=False)
@click.argument("key", metavar="[KEY]", required=False)
@click.argument("values", metavar="[VALUE]...", nargs=-1)
@click.option("--add", is_flag=True, help="Add to the existing list.")
@click.option("--remove", is_flag=True, help="Remove the key from the file.")
@click.option("--why", metavar="TEXT", help="For a last day entered late: why it is only known now.")
@BY
@YES
@DIR
def set_(
    what: str | None,
    key: str | None,
    values: tuple[str, ...],
    add: bool,
    remove: bool,
    why: str | None,
    by: tuple[str, ...],
    directory: Path,
) -> None:
    """Set what a file says, such as aliases or actions.

    KEY is the key as the format has it, with points between: aliases, left, managing_producer, context.market, and of
    a goal fits, actions, invest.hours or landmarks.q3.title. Several VALUEs make a list. What is agreed on changes
    with goals adjust, and records have commands of their own.
    """
    from ..source.edit import Add

    workspace, handbook = open_to_write(directory)
    name = ask("OWNER", "Whose file: an owner, a goal, or handbook", what, str.strip)
    place = _place(directory, workspace, handbook, name, ask("KEY", "Which key", key, text))
    document = workspace.loaded.documents[place.owner_id] if place.owner_id else workspace.loaded.settings_document
    if remove:
        edits = [_without(document, place)]
    else:
        given = values or (ask("VALUE", f"The new {place.path[-1]}", None, text),)
        value = _value(handbook, place, given)
        edits = [Add(place.path, one) for one in _listed(value)] if add else [_with(document, place, value)]
        edits += _correction(workspace, handbook, place, value, by, why)
    edit_files(goals_folder(directory), workspace, {place.owner_id: edits})


def _place(directory: Path, workspace: Workspace, handbook: Handbook, name: str, key: str) -> Place:
    """Return where a key is. Raises UsageError for one that is not in the format, or that another command writes."""
    from ..model.paths import field_at

    steps = key.split(".")
    if elsewhere := next((ELSEWHERE[step] for step in (steps[0], steps[-1]) if step in ELSEWHERE), ""):
        raise click.UsageError(with_help(f'"{key}" is not for goals set', elsewhere))
    owner_id: str = ""
    path: NodePath = tuple(steps)
    if name != SETTINGS or name in handbook.owners:
        found = owner_or_goal(handbook, name)
        owner_id = found.partition("/")[0]
        if "/" in found:
            path = _in_goal(Target(goals_folder(directory), workspace, handbook, found), steps)
    info = field_at(_model(handbook, owner_id), path)
    if info is None:
        raise click.UsageError(with_help(f'there is no key "{key}"', _similar(handbook, owner_id, path)))
    return Place(owner_id, path, info)


def _in_goal(target: Target, steps: Sequence[str]) -> NodePath:
    """Return the path of a goal's key, which can be a term's name. Raises UsageError for a term that is agreed on."""
    from ..model.terms import term_ref

    ids = [landmark.id for landmark in target.goal.landmarks]
    if steps[0] == "landmarks" and len(steps) > 1 and steps[1] not in ids:
        raise click.UsageError(with_help(f'there is no landmark "{steps[1]}"', did_you_mean(steps[1], ids)))
    ref = term_ref(".".join(steps).removeprefix("measure."))
    agreed_on = ref is not None and (ref.term is None or ref.term.agreed)
    if ref and agreed_on and target.goal.agreed:
        message = f"{target.full_id} is agreed, so that its {ref.name} changes only with a reason"
        raise click.UsageError(with_help(message, f"use goals adjust {target.full_id}"))
    if ref and ref.term:
        return target.path_of(ref.path(target.goal))
    if steps[0] == "landmarks" and len(steps) > 1:
        return target.path_of(("landmarks", ids.index(steps[1]), *steps[2:]))
    return target.path_of(tuple(steps))


def _model(handbook: Handbook, owner_id: str) -> type[BaseModel]:
    return type(handbook.owners[owner_id]) if owner_id else type(handbook.settings)


def _similar(handbook: Handbook, owner_id: str, path: NodePath) -> str:
    """Return the key that is meant, or those that there are."""
    from ..model.goal import Goal
    from ..model.paths import fields_of

    keys = [*fields_of(Goal if path[0] == "goals" else _model(handbook, owner_id))]
    known = [key for key in keys if key not in ELSEWHERE]
    return did_you_mean(str(path[-1]), known) or f"use one of {', '.join(known)}"


def _value(handbook: Handbook, place: Place, given: Sequence[str]) -> Any:
    """Return the value as the file has it."""
    from ..model.paths import is_list, model_inside, parser_of
    from ..source.emit import Bare

    if model_inside(place.info.annotation) and parser_of(place.info) != "one_id_or_more":
        return _structure(given[0]) if len(given) == 1 else [_structure(one) for one in given]
    parser = parser_of(place.info)
    read = due_date(handbook.settings.period) if parser == "parse_day" else number if parser in _NUMBERS else prose
    read = day if parser == "parse_day" and not place.owner_id else read
    if parser == "parse_yes_no":
        return Bare(read_option("VALUE", given[0], one_of("yes", "no")))
    typed = [read_option("VALUE", one, read) for one in given]
    if place.path[0] == "rules":
        return Bare(typed[0])
    needs_list = is_list(place.info) and not parser
    return typed if len(typed) > 1 or needs_list else typed[0]


def _structure(value: str) -> Any:
    """Read keys with values as they are written in a file: `{what: Installations a month, limit: 40}`."""
    from ..source.nodes import to_data
    from ..source.parse import read_document

    typed = read_option("VALUE", value, prose)
    document, findings = read_document("VALUE", f"value: {typed}".encode())
    if findings or document.root is None:
        message = findings[0].message if findings else "nothing is written here"
        raise click.UsageError(with_help(message, "write it as in a file, in quotes: '{key: value}'"))
    return to_data(document.root)["value"]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _with(document: Document, place: Place, value: Any) -> Edit:
    """Return the edit that writes a value, with what is around it where the file has nothing there yet."""
    from ..source.edit import Put
    from ..source.nodes import MappingNode, to_data

    node = document.at(place.path)
    if node is not None and _listed(to_data(node)) == _listed(value):
        raise click.UsageError(f"nothing to change: {place.path[-1]} already has this value")
    path = list(place.path)
    while len(path) > 1 and not isinstance(document.at(tuple(path[:-1])), MappingNode):
        value = {str(path.pop()): value}
    return Put(tuple(path), value)


def _without(document: Document, place: Place) -> Edit:
    from ..source.edit import Remove

    if document.at(place.path) is None:
        raise click.UsageError(f"there is no {place.path[-1]} to remove")
    return Remove(place.path)


def _correction(
    workspace: Workspace, handbook: Handbook, place: Place, value: Any, by: Sequence[str], why: str | None
) -> list[Edit]:
    """Return what a last day that is found out late takes beside it: who corrected the past, and why."""
    from ..source.edit import Add

    if place.path != ("left",):
        return []
    owner, first = handbook.owners[place.owner_id], datetime.date.fromisoformat(str(value))
    item = correction_of(workspace, owner, "left", str(value), first, by, why)
    return [Add(("corrections",), item)] if item else []
