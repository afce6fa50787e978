"""`goals init`: a new handbook that builds right away."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import click

from .common import Unusable, today, writing
from .package_files import package_files
from .prompts import ask, text
from .publishing import VISIBLE_TO, publishing_files

#: Month and day of the quarters' ends; the first landmark is due on one of them.
_QUARTER_ENDS = ((3, 31), (6, 30), (9, 30), (12, 31))
#: The first landmark is at least this far ahead.
_AHEAD = datetime.timedelta(days=45)


@click.command()
@click.argument("directory", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@click.option("--name", metavar="NAME", help="Whose handbook it is; default: derived from the folder's name.")
@click.option(
    "--visible-to",
    type=click.Choice([*VISIBLE_TO]),
    default=next(iter(VISIBLE_TO)),
    show_default=True,
    help="Who may see the site: it is published to them, and to nobody else.",
)
def init(directory: Path, name: str | None, visible_to: str) -> None:
    """Start a handbook with sample goals, a site and CI workflows.

    The goals of a team, a leader and two sellers are there to be replaced with yours.
    """
    called = ask("--name", "Whose handbook is it", name, text, directory.resolve().name.replace("-", " ").title())
    from .requirements import requirement_files

    texts = starter_files(called, today()) | publishing_files(visible_to)
    made = {path: content.encode() for path, content in texts.items()} | requirement_files()
    if taken := [path for path in made if (directory / path).exists()]:
        raise Unusable(f"{directory / taken[0]} already exists", "run goals init in a folder without a handbook")
    from ..source.atomic import write_bytes

    for path, content in made.items():
        with writing(directory / path):
            write_bytes(directory / path, content)
    click.echo(f"created {len(made)} files in {directory}")
    click.echo(f"next: cd {directory} && goals check && mkdocs serve" if directory != Path() else "next: mkdocs serve")


def starter_files(name: str, first_day: datetime.date) -> dict[str, str]:
    """Return the files of a new handbook by path, for an organisation of this name that starts on a day."""
    from ..source.schema import KINDS, schema_text

    soon = first_day + _AHEAD
    year = first_day.year if soon <= datetime.date(first_day.year, 11, 30) else first_day.year + 1
    landmark = next(day for m, d in _QUARTER_ENDS if (day := datetime.date(year, m, d)) >= soon)
    values = {
        "@NAME@": json.dumps(name, ensure_ascii=False)[1:-1],
        "@YEAR@": str(year),
        "@FIRST@": str(landmark),
        "@TODAY@": str(first_day),
    }
    found = {}
    for path, data in package_files("starter"):
        content = data.decode()
        for token, value in values.items():
            content = content.replace(token, value)
        found[path] = content
    return found | {f"goals/.schema/{kind}.json": schema_text(kind) for kind in KINDS}
