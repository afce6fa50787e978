"""`goals new team|seller|leader|goal`: something that was not there."""

from __future__ import annotations

from collections.abc import Container
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .common import Unusable, goals_folder
from .prompts import ask, day, id_of, optional, prose, slug, text
from .targets import DIR, named, people, read_handbook, show, without_empty

if TYPE_CHECKING:
    from ..source.load import Loaded

#: Where the file of each kind of owner lies.
FOLDERS = {"team": "teams", "seller": "sellers", "leader": "leaders"}
#: So many teams are named in a question.
TEAMS = 12


@click.group()
def new() -> None:
    """Add a team, a seller, a leader or a goal."""


@new.command()
@click.argument("id", required=False)
@click.option("--name", metavar="NAME")
@click.option("--leader", metavar="ID", help="Who leads it.")
@click.option("--part-of", metavar="TEAM", help="The larger team it belongs to.")
@DIR
def team(id: str | None, name: str | None, leader: str | None, part_of: str | None, directory: Path) -> None:
    """Add a team."""
    loaded, handbook = read_handbook(directory)
    owner_id, called = _who("team", handbook.teams, id, name)
    lead = ask("--leader", "Who leads it", leader, optional(people(handbook)), "")
    larger = ask("--part-of", "Part of which larger team", part_of, optional(named(handbook.teams, "no team")), "")
    _create(directory, loaded, "team", owner_id, without_empty(name=called, leader=lead, part_of=larger))


@new.command()
@click.argument("id", required=False)
@click.option("--name", metavar="NAME")
@click.option("--team", "team_", metavar="TEAM", help="The team they sell in.")
@click.option("--title", metavar="TEXT")
@click.option("--joined", metavar="DATE", help="Only for those who come inside the period.")
@DIR
def seller(
    id: str | None, name: str | None, team_: str | None, title: str | None, joined: str | None, directory: Path
) -> None:
    """Add a seller."""
    loaded, handbook = read_handbook(directory)
    owner_id, called = _who("seller", handbook.sellers, id, name)
    some = ", ".join([*handbook.teams][:TEAMS]) + "…" * (len(handbook.teams) > TEAMS)
    in_team = ask("--team", f"In which team: {some}", team_, named(handbook.teams, "no team"))
    said = ask("--title", "Title", title, prose, "")
    since = ask("--joined", "Joined on", joined, day) if joined else ""
    _create(directory, loaded, "seller", owner_id, without_empty(name=called, team=in_team, title=said, joined=since))


@new.command()
@click.argument("id", required=False)
@click.option("--name", metavar="NAME")
@click.option("--title", metavar="TEXT")
@DIR
def leader(id: str | None, name: str | None, title: str | None, directory: Path) -> None:
    """Add a leader."""
    loaded, handbook = read_handbook(directory)
    owner_id, called = _who("leader", handbook.leaders, id, name)
    said = ask("--title", "Title", title, prose, "")
    _create(directory, loaded, "leader", owner_id, without_empty(name=called, title=said))


def _who(kind: str, known: Container[str], id: str | None, name: str | None) -> tuple[str, str]:
    """The id and the name; one is made of the other where only one is said."""

    def unused(value: str) -> str:
        said = slug(value)
        if said in known:
            raise click.BadParameter(f"the {kind} {said} is there already")
        return said

    called = ask("--name", f"Name of the {kind}", name, text, id.replace("-", " ").title() if id else None)
    return ask("ID", "Its id", id, unused, id_of(called)), called


def _create(directory: Path, loaded: Loaded, kind: str, owner_id: str, data: dict[str, Any]) -> None:
    from ..source.atomic import write_text
    from ..source.edit import CannotEdit
    from ..source.emit import as_block
    from ..source.file_edit import handbook_lock
    from ..source.schema import schema_text
    from .targets import check_before_writing

    folder = goals_folder(directory)
    path = folder / FOLDERS[kind] / f"{owner_id}.yaml"
    modeline = f"# yaml-language-server: $schema=../.schema/{kind}.json"
    body = "\n".join([modeline, *as_block(data, short=False, inside=True)]) + "\n"
    try:
        with handbook_lock(folder):
            if path.exists():
                raise Unusable(f"{path} is there already")
            check_before_writing(folder, loaded, f"{FOLDERS[kind]}/{owner_id}.yaml")(path.name, body.encode())
            write_text(path, body)
            schema = folder / ".schema" / f"{kind}.json"
            if not schema.exists():
                write_text(schema, schema_text(kind))
    except CannotEdit as problem:
        raise Unusable(str(problem)) from None
    show(path, "", body)
    click.echo(f"next: goals new goal {owner_id}")
