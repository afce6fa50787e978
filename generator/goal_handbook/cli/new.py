"""`goals new team`, `seller` and `leader`: a new owner and their file."""

from __future__ import annotations

from collections.abc import Container
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .common import DIR, Unusable, goals_folder, writing
from .edits import write_files
from .prompts import YES, ask, ask_for_id, day, is_interactive, optional, prose, slug, text
from .targets import named, open_to_write, owner_reader, people, person_reader, without_empty

if TYPE_CHECKING:
    from ..source.file_edit import Changes
    from ..workspace import Workspace

#: How many teams a question lists.
_TEAMS_LISTED = 12


@click.group()
def new() -> None:
    """Add a team, a seller, a leader or a goal."""


@new.command()
@click.argument("id", required=False)
@click.option("--name", metavar="NAME", help="The team's name.")
@click.option("--leader", metavar="ID", help="Who leads it.")
@click.option("--part-of", metavar="TEAM", help="Its parent team.")
@YES
@DIR
def team(id: str | None, name: str | None, leader: str | None, part_of: str | None, directory: Path) -> None:
    """Add a team."""
    workspace, handbook = open_to_write(directory)
    owner_id, called = _id_and_name("team", handbook.teams, id, name)
    lead = ask("--leader", "Who leads it", leader, optional(person_reader(handbook)), "", people(handbook))
    team_reader = optional(owner_reader(handbook.teams, "team"))
    parent = ask("--part-of", "Part of which team", part_of, team_reader, "", named(handbook.teams))
    _create(directory, workspace, "team", owner_id, without_empty(name=called, leader=lead, part_of=parent))


@new.command()
@click.argument("id", required=False)
@click.option("--name", metavar="NAME", help="The seller's name.")
@click.option("--team", "team_", metavar="TEAM", help="The team they sell in.")
@click.option("--title", metavar="TEXT", help="Their job title.")
@click.option("--joined", metavar="DATE", help="The day they joined, if it is within the period.")
@YES
@DIR
def seller(
    id: str | None, name: str | None, team_: str | None, title: str | None, joined: str | None, directory: Path
) -> None:
    """Add a seller."""
    workspace, handbook = open_to_write(directory)
    owner_id, called = _id_and_name("seller", handbook.sellers, id, name)
    teams = ", ".join([*handbook.teams][:_TEAMS_LISTED]) + "…" * (len(handbook.teams) > _TEAMS_LISTED)
    question = "In which team" if is_interactive() else f"In which team: {teams}"
    in_team = ask("--team", question, team_, owner_reader(handbook.teams, "team"), choices=named(handbook.teams))
    job = ask("--title", "Job title", title, prose, "")
    since = ask("--joined", "Joined on", joined, day) if joined else ""
    data = without_empty(name=called, team=in_team, title=job, joined=since)
    _create(directory, workspace, "seller", owner_id, data)


@new.command()
@click.argument("id", required=False)
@click.option("--name", metavar="NAME", help="The leader's name.")
@click.option("--title", metavar="TEXT", help="Their job title.")
@YES
@DIR
def leader(id: str | None, name: str | None, title: str | None, directory: Path) -> None:
    """Add a leader."""
    workspace, handbook = open_to_write(directory)
    owner_id, called = _id_and_name("leader", handbook.leaders, id, name)
    job = ask("--title", "Job title", title, prose, "")
    _create(directory, workspace, "leader", owner_id, without_empty(name=called, title=job))


def _id_and_name(kind: str, known: Container[str], id: str | None, name: str | None) -> tuple[str, str]:
    """The id and the name of a new owner; if only one is given, the other is derived from it."""

    def unused(value: str) -> str:
        owner_id = slug(value)
        if owner_id in known:
            raise click.BadParameter(f"the {kind} {owner_id} already exists")
        return owner_id

    called = ask("--name", f"Name of the {kind}", name, text, id.replace("-", " ").title() if id else None)
    return ask_for_id("ID", id, called, unused), called


def _create(directory: Path, workspace: Workspace, kind: str, owner_id: str, data: dict[str, Any]) -> None:
    """Write the owner's file and show it. Raises Unusable, and then nothing is written."""
    from ..source.atomic import write_text
    from ..source.new_file import owner_file
    from ..source.schema import schema_text

    folder = goals_folder(directory)
    name = f"{kind}s/{owner_id}.yaml"
    path = folder / name
    body = owner_file(kind, data)

    def changes(_: Workspace) -> Changes:
        if path.exists():
            raise Unusable(f"{path} already exists")
        return {name: (b"", body.encode())}

    write_files(folder, path, workspace, changes)
    schema = folder / ".schema" / f"{kind}.json"
    if not schema.exists():
        with writing(schema, lock=folder):
            write_text(schema, schema_text(kind))
    click.echo(f"next: goals new goal {owner_id}")
