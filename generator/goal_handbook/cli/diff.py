"""`goals diff`: what a change does to the goals, for the one who reviews it."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import AS_OF, Unusable, before_of, dates, goals_folder, read, tell

if TYPE_CHECKING:
    from ..source.load import Loaded


@click.command()
@click.argument("base", metavar="BASE")
@click.argument("head", metavar="[HEAD]", required=False, default="")
@click.option("--dir", "directory", metavar="DIR", default=".", type=click.Path(path_type=Path), help="The handbook.")
@AS_OF
@click.option("--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True)
def diff(base: str, head: str, directory: Path, as_of: datetime.date | None, form: str) -> None:
    """Say what moved since a branch left BASE: by person, what was adjusted and why, and what that does.

    HEAD is a commit; without it, the files as they are.
    """
    loaded = _at(directory, head) if head else read(directory)
    before = before_of(directory, base, head or "HEAD")
    errors = [f for f in (*before.loaded.findings, *loaded.findings) if f.severity == "error"]
    if errors:
        tell(errors)
        raise Unusable("what cannot be read cannot be compared")
    if loaded.handbook is None:
        raise Unusable(f"there is no handbook in {goals_folder(directory).as_posix()} at {head}")
    from ..changes.since import moves_since
    from ..model.handbook import Handbook
    from ..status.standing import stand
    from ..views.diff import difference
    from ..views.diff_data import diff_data
    from ..views.diff_text import as_markdown, as_text
    from ..views.scene import Scene

    day, _ = dates(loaded, as_of)
    # Where the handbook begins here, everything is new.
    then = before.loaded.handbook or Handbook(loaded.handbook.settings, {}, {}, {})
    moves = moves_since(replace(before, loaded=replace(before.loaded, handbook=then)), loaded)
    found = difference(Scene(stand(then, day)), Scene(stand(loaded.handbook, day)), moves)
    if form == "json":
        click.echo(json.dumps(diff_data(found, moves, day), indent=2, ensure_ascii=False))
    else:
        click.echo(as_markdown(found) if form == "markdown" else as_text(found), nl=False)


def _at(directory: Path, revision: str) -> Loaded:
    """The handbook as it was at a commit. Raises Unusable (exit 2)."""
    from .. import git
    from ..repository import handbook_at

    folder = goals_folder(directory)
    try:
        return handbook_at(folder, git.commit_of(folder, revision), f"{revision}:{folder.as_posix()}")
    except (git.NoGit, git.BadRevision) as error:
        raise Unusable(f"{folder.as_posix()}: {error}") from None
