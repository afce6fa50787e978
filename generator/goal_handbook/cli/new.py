"""`goals new team|seller|leader|goal`: something that was not there."""

from __future__ import annotations

import calendar
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .asking import ask, day, id_of, is_there_somebody, number, one_of, optional, prose, slug, text
from .options import Unusable, goals_folder, read, tell
from .writing import DIR, filled, named, people, show, write_file

if TYPE_CHECKING:
    from ..source.load import Loaded

_FOLDERS = {"team": "teams", "seller": "sellers", "leader": "leaders"}
_KINDS = {
    "team": ("production", "skill", "education"),
    "seller": ("production", "education", "skill"),
    "leader": ("support", "improvement", "production"),
}


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
    loaded = _loaded(directory)
    owner_id, called = _who("team", id, name)
    lead = ask("--leader", "Who leads it", leader, optional(people(loaded)), "")
    larger = ask("--part-of", "Part of which larger team", part_of, optional(slug), "")
    _create(directory, loaded, "team", owner_id, filled(name=called, leader=lead, part_of=larger))


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
    loaded = _loaded(directory)
    owner_id, called = _who("seller", id, name)
    teams = tuple(loaded.handbook.teams) if loaded.handbook else ()
    in_team = ask("--team", f"In which team: {', '.join(teams)}", team_, slug)
    said = ask("--title", "Title", title, prose, "")
    since = ask("--joined", "Joined on", joined, day) if joined else ""
    _create(directory, loaded, "seller", owner_id, filled(name=called, team=in_team, title=said, joined=since))


@new.command()
@click.argument("id", required=False)
@click.option("--name", metavar="NAME")
@click.option("--title", metavar="TEXT")
@DIR
def leader(id: str | None, name: str | None, title: str | None, directory: Path) -> None:
    """Add a leader."""
    loaded = _loaded(directory)
    owner_id, called = _who("leader", id, name)
    said = ask("--title", "Title", title, prose, "")
    _create(directory, loaded, "leader", owner_id, filled(name=called, title=said))


@new.command()
@click.argument("owner", required=False)
@click.option("--id", "goal_id", metavar="ID", help="The goal's id; made of its title unless said.")
@click.option("--title", metavar="TEXT")
@click.option("--kind", metavar="WORD", help="production, education, skill, support or improvement.")
@click.option("--why", metavar="TEXT", help="Why this goal, and why this size.")
@click.option("--supports", metavar="GOAL", help="The team's goal it feeds.")
@click.option(
    "--target", metavar="NUMBER", help="The number to reach; without it the goal is reached by its landmarks."
)
@click.option("--unit", metavar="WORD", help="money, percent, or what is counted.")
@click.option("--landmark", "landmarks", multiple=True, metavar='"DATE: WHAT"', help="A landmark; may be given again.")
@DIR
def goal(
    owner: str | None,
    goal_id: str | None,
    title: str | None,
    kind: str | None,
    why: str | None,
    supports: str | None,
    target: str | None,
    unit: str | None,
    landmarks: tuple[str, ...],
    directory: Path,
) -> None:
    """Add a goal to a team's, a seller's or a leader's file."""
    from ..source.edit import Add

    loaded = _loaded(directory)
    whose = ask("OWNER", "Whose goal is it", owner, named(loaded.handbook.owners if loaded.handbook else {}))
    owner_kind = loaded.handbook.owners[whose].kind if loaded.handbook else "seller"
    kinds = _KINDS[owner_kind]
    called = ask("--title", "Title", title, text)
    wanted = ask("--target", "Number to reach (nothing, if it is delivered)", target, optional(number), "")
    measure = filled(unit=ask("--unit", "Of what: money, percent, deals…", unit, text), target=wanted) if wanted else {}
    marks = [_landmark(mark, i, bool(wanted)) for i, mark in enumerate(landmarks)]
    item: dict[str, Any] = filled(
        id=ask("--id", "Its id", goal_id, slug, id_of(called)),
        title=called,
        kind=ask("--kind", f"Kind: {', '.join(kinds)}", kind, one_of(*kinds), kinds[0]),
        why=ask("--why", "Why this goal, and why this size", why, prose, ""),
        supports=ask("--supports", "Which goal of the team it feeds", supports, str.strip, ""),
        measure=measure,
        landmarks=marks or _ask_for_landmarks(bool(wanted)),
    )
    kind_folder = _FOLDERS[owner_kind]
    write_file(goals_folder(directory), loaded, kind_folder, whose, [Add(("goals",), item)])
    click.echo(f"when it is agreed: goals agree {whose}/{item['id']}")


def _landmark(mark: str, index: int, is_number: bool) -> dict[str, Any]:
    """A landmark from `2017-06-30: 90,000` or `2017-08-31: Exam passed`."""
    when, colon, what = mark.partition(":")
    if not colon or not what.strip():
        raise click.BadParameter(
            f'"{mark}" says no day and no value, write "2017-06-30: 90_000"', param_hint="--landmark"
        )
    reached = {"value": number(what)} if is_number else {"deliver": text(what)}
    due = day(when)
    named = calendar.month_name[int(due[5:7])].lower() if is_number else id_of(what)
    return {"id": named or f"landmark-{index + 1}", "due": due, **reached}


def _ask_for_landmarks(is_number: bool) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    what = "Total to reach by then" if is_number else "What is delivered by then"
    while is_there_somebody():
        due = ask("--landmark", f"Landmark {len(found) + 1}, by when (nothing ends it)", None, optional(day), "")
        if not due:
            break
        reached = ask("--landmark", what, None, number if is_number else text)
        found.append(_landmark(f"{due}: {reached}", len(found), is_number))
    return found


def _loaded(directory: Path) -> Loaded:
    loaded = read(directory)
    if loaded.handbook is None:
        tell([f for f in loaded.findings if f.severity == "error"])
        raise Unusable("mend handbook.yaml first")
    return loaded


def _who(kind: str, id: str | None, name: str | None) -> tuple[str, str]:
    """The id and the name; one is made of the other where only one is said."""
    called = ask("--name", f"Name of the {kind}", name, text, id.replace("-", " ").title() if id else None)
    return ask("ID", "Its id", id, slug, id_of(called)), called


def _create(directory: Path, loaded: Loaded, kind: str, owner_id: str, data: dict[str, Any]) -> None:
    from ..source.edit import CannotEdit
    from ..source.rewrite import alone
    from ..source.schema import schema_text
    from ..source.spell import as_block
    from ..source.write import write_whole
    from .writing import check_before_writing

    folder = goals_folder(directory)
    path = folder / _FOLDERS[kind] / f"{owner_id}.yaml"
    modeline = f"# yaml-language-server: $schema=../.schema/{kind}.json"
    body = "\n".join([modeline, *as_block(data, short=False, inside=True)]) + "\n"
    try:
        with alone(folder):
            if path.exists():
                raise Unusable(f"{path} is there already")
            check_before_writing(folder, loaded, f"{_FOLDERS[kind]}/{owner_id}.yaml")(path.name, body.encode())
            write_whole(path, body)
            schema = folder / ".schema" / f"{kind}.json"
            if not schema.exists():
                write_whole(schema, schema_text(kind))
    except CannotEdit as problem:
        raise Unusable(str(problem)) from None
    show(path, "", body)
    click.echo(f"next: goals new goal {owner_id}")
