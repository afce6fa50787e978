"""The rows of the sheet People as edits: new people and teams with their files, and what changed about others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from ..findings import MAX_FINDINGS
from ..model.handbook import Handbook
from ..model.people import AnyOwner, Leader, OwnerKind, Seller, Team
from ..model.values import parse_slug, quoted, value_error
from ..source.edit import Edit, Put, Remove
from ..source.nodes import NodePath
from .as_written import AsWritten
from .cells import is_blank, read_choice, read_text
from .columns import GOAL_ID, LEADER, NAME, PEOPLE_COLUMNS, ROLE, ROLES, TEAM, Here, PersonColumn, refuse
from .names import Names
from .rows import person_cells
from .table import Row, Table

_MODELS: dict[OwnerKind, type[AnyOwner]] = {"team": Team, "leader": Leader, "seller": Seller}


@dataclass
class PeopleEdits:
    """New owners' files as data by kind and id, edits of others by id, what rows say by key, and their cells."""

    new: dict[tuple[OwnerKind, str], dict[str, Any]] = field(default_factory=dict)
    edits: dict[str, list[Edit]] = field(default_factory=dict)
    said: dict[str, dict[str, Any]] = field(default_factory=dict)
    cells: dict[str, dict[NodePath, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Person:
    row: Row
    owner_id: str
    kind: OwnerKind
    owner: AnyOwner | None


def read_people(handbook: Handbook, table: Table, make_id: Callable[[str], str], written: AsWritten) -> PeopleEdits:
    """Return the edits of a sheet's people; what is wrong is added to the table's findings.

    `make_id` makes an id of a name, "" if it cannot. `written` is what the sheet remembers of when it was written:
    what nobody has touched since stays as the handbook has it now.
    """
    people = _identified(handbook, table, make_id)
    names = Names.of(_with_new(handbook, people), also=_with_new(handbook, people, renamed=True))
    done = PeopleEdits()
    for person in people:
        said = _changed(names, table, person, written)
        done.said[person.owner_id] = {column.key(person.kind): value for column, value in said.items()}
        done.cells[person.owner_id] = {(): person.row.name(NAME)}
        for column, value in said.items():
            key = column.key(person.kind)
            done.cells[person.owner_id][key,] = person.row.name(column.heading)
            if person.owner:
                edit: Edit = Remove((key,)) if value is None else Put((key,), value)
                done.edits.setdefault(person.owner_id, []).append(edit)
        if person.owner is None:
            data = {key: value for key, value in done.said[person.owner_id].items() if value is not None}
            if person.kind == "seller" and is_blank(person.row.get(TEAM)):
                table.problem(person.row.name(TEAM), _no_team(person.row))
            done.new[person.kind, person.owner_id] = data
    _check_leaders(names, table, people, done)
    return done


def _identified(handbook: Handbook, table: Table, make_id: Callable[[str], str]) -> list[_Person]:
    """Who each row is: somebody of the handbook, or somebody new with an id of their own."""
    people: dict[str, _Person] = {}
    names = Names.of(handbook)
    for row in table.rows:
        if len(table.findings) > MAX_FINDINGS:
            break
        try:
            read_text(row.get(NAME))
            role = read_choice(row.get(ROLE), ROLES) if not is_blank(row.get(ROLE)) else ""
            person = _who(names, row, role, people, make_id)
        except PydanticCustomError as error:
            heading = {"GH108": ROLE, "GH107": GOAL_ID}.get(error.type, NAME)
            table.problem(row.name(heading), error)
            continue
        if person.owner_id in people:
            first = people[person.owner_id].row.name(NAME)
            message = f"{quoted(row.words(NAME))} already has a row: {first}"
            table.problem(row.name(NAME), value_error("GH117", message, "delete one, or write another Id into it"))
        else:
            people[person.owner_id] = person
    return [*people.values()]


def _who(names: Names, row: Row, role: str, people: dict[str, _Person], make_id: Callable[[str], str]) -> _Person:
    """Raises GH107, GH108, GH201."""
    handbook, given, name = names.handbook, row.words(GOAL_ID), row.words(NAME)
    found = [given] if given in handbook.owners else names.find(name) if not given else []
    if not given and role:
        found = [owner_id for owner_id in found if handbook.owners[owner_id].kind == role]
    if len(found) > 1:
        message = f"{quoted(name)} could be {' or '.join(found)}"
        raise value_error("GH201", message, "write the id of the one you mean into the column Id")
    if found:
        owner = handbook.owners[found[0]]
        if role and owner.kind != role:
            raise value_error("GH108", f"{owner.name} is a {owner.kind}, not a {role}", f"write {owner.kind}")
        return _Person(row, owner.id, owner.kind, owner)
    owner_id = parse_slug(given) if given else make_id(name)
    if not owner_id:
        raise value_error("GH107", f"no id can be made from {quoted(name)}", "write one into the column Id")
    if owner_id in handbook.owners or (not given and owner_id in people and people[owner_id].row.words(NAME) != name):
        raise value_error("GH107", f"the id {owner_id} is taken", "write another one into the column Id")
    kind: OwnerKind = next((kind for kind in _MODELS if kind == role), "seller")
    return _Person(row, owner_id, kind, None)


def _with_new(handbook: Handbook, people: list[_Person], renamed: bool = False) -> Handbook:
    """The handbook with those who are new, by their names only, and maybe with the new names of others."""
    owners = {owner.id: owner for owner in handbook.owners.values()}
    for person in people:
        if person.owner and renamed:
            owners[person.owner_id] = person.owner.model_copy(update={"name": person.row.words(NAME)})
        elif person.owner is None:
            data: dict[str, Any] = {"id": person.owner_id, "name": person.row.words(NAME)}
            team = {"team": person.owner_id} if person.kind == "seller" else {}
            owners[person.owner_id] = _MODELS[person.kind].model_validate(data | team)
    return Handbook.from_owners(handbook.settings, owners.values())


def _changed(names: Names, table: Table, person: _Person, written: AsWritten) -> dict[PersonColumn, Any]:
    """What the row says that the handbook does not, None for what is emptied."""
    here = Here(names, person.owner_id)
    shown = person_cells(names, person.owner) if person.owner else {}
    touched = written.touched(person.owner_id, person.row.cells, shown)
    found: dict[PersonColumn, Any] = {}
    for column in PEOPLE_COLUMNS:
        if column.heading not in touched:
            continue
        try:
            found |= _read_cell(column, person, here)
        except PydanticCustomError as error:
            table.problem(person.row.name(column.heading), error)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            help = str(first.get("ctx", {}).get("help", ""))
            table.problem(person.row.name(column.heading), value_error("GH104", first["msg"], help))
    return found


def _read_cell(column: PersonColumn, person: _Person, here: Here) -> dict[PersonColumn, Any]:
    cell = person.row.get(column.heading)
    if not column.key(person.kind):
        if is_blank(cell) or (column.heading == LEADER and person.kind == "seller"):
            return {}  # of a seller's leader, see _check_leaders
        raise refuse(column.heading, person.kind)
    if is_blank(cell) and column.heading == TEAM and person.kind == "seller":
        raise _no_team(person.row)
    return {column: None if is_blank(cell) else column.read(cell, here)}


def _check_leaders(names: Names, table: Table, people: list[_Person], done: PeopleEdits) -> None:
    """Report a seller's row with another leader than the one whom the seller's team has."""
    leaders: dict[str, str | None] = {}
    teams: dict[str, Any] = {}
    for person in people:
        said = done.said.get(person.owner_id, {})
        leaders[person.owner_id] = said.get("leader") or getattr(person.owner, "leader", None)
        teams[person.owner_id] = said.get("team") or (
            person.owner.team_on(None) if isinstance(person.owner, Seller) else ""
        )
    for person in people:
        cell, team = person.row.words(LEADER), teams[person.owner_id]
        if person.kind != "seller" or not cell or not isinstance(team, str):
            continue
        leader = leaders.get(team) or (found.id if (found := names.handbook.leader_of(team)) else "")
        if leader not in names.find(cell):
            whose = f"{names.shown(team)} is led by {names.shown(leader)}" if leader else f"nobody leads {team}"
            message, help = f"{whose}, not by {cell}", "name the leader in the team's own row, and empty this cell"
            table.problem(person.row.name(LEADER), value_error("GH118", message if leader else whose, help))


def _no_team(row: Row) -> PydanticCustomError:
    return value_error("GH103", f"the team of {row.words(NAME)} is missing", "write its name")
