"""`goals init`: a new handbook that builds at once."""

from __future__ import annotations

import datetime
import json
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import click

from .common import Unusable
from .prompts import ask, text

#: Ends of quarters, one of which is the first landmark.
_QUARTERS = ((3, 31), (6, 30), (9, 30), (12, 31))
#: A landmark nearer than this is no way to begin.
_AHEAD = datetime.timedelta(days=45)


@click.command()
@click.argument("directory", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@click.option("--name", metavar="NAME", help="Whose handbook it is.")
def init(directory: Path, name: str | None) -> None:
    """Begin a handbook: goals of a team, a leader and two sellers to write over, a site, and workflows."""
    called = ask("--name", "Whose handbook is it", name, text, directory.resolve().name.replace("-", " ").title())
    made = starter_files(called, _today())
    there = [path for path in made if (directory / path).exists()]
    if there:
        raise Unusable(f"{directory / there[0]} is there already; goals init begins in a folder without one")
    from ..source.atomic import write_text

    try:
        for path, content in made.items():
            write_text(directory / path, content)
    except OSError as error:
        raise Unusable(f"{error.filename}: {error.strerror or error}") from None
    click.echo(f"{len(made)} files in {directory}")
    click.echo(f"now: cd {directory} && goals check && mkdocs serve" if directory != Path() else "now: mkdocs serve")


def starter_files(name: str, today: datetime.date) -> dict[str, str]:
    """The files of a new handbook by their path, for a house of this name that begins today."""
    from ..source.schema import KINDS, schema_text

    year = today.year if today + _AHEAD <= datetime.date(today.year, 11, 30) else today.year + 1
    first = next(day for m, d in _QUARTERS if (day := datetime.date(year, m, d)) >= today + _AHEAD)
    said = {
        "@NAME@": json.dumps(name, ensure_ascii=False)[1:-1],
        "@YEAR@": str(year),
        "@FIRST@": str(first),
        "@TODAY@": str(today),
    }
    found = {}
    for path, content in _texts(files("goal_handbook").joinpath("starter"), ""):
        for token, value in said.items():
            content = content.replace(token, value)  # noqa: PLW2901 (each token in its turn)
        found[path] = content
    return found | {f"goals/.schema/{kind}.json": schema_text(kind) for kind in KINDS}


def _texts(folder: Traversable, way: str) -> list[tuple[str, str]]:
    found = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            found += _texts(entry, f"{way}{entry.name}/")
        else:
            found.append((f"{way}{entry.name}", entry.read_text(encoding="utf-8")))
    return found


def _today() -> datetime.date:
    from .. import clock

    return clock.now() or clock.today()
