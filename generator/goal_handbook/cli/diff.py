"""`goals diff`: what a change does to the goals, for the one who reviews it."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .common import AS_OF, Unusable, before_of, dates, goals_folder, print_findings, read

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
        print_findings(errors)
        raise Unusable("what cannot be read cannot be compared")
    if loaded.handbook is None:
        raise Unusable(f"there is no handbook in {goals_folder(directory).as_posix()} at {head}")
    from ..changes.baseline import moves_since
    from ..model.handbook import Handbook
    from ..reports.diff.data import diff_data
    from ..reports.diff.model import difference
    from ..reports.diff.text import as_markdown, as_text
    from ..status.assessment import assess
    from ..views.context import ViewContext

    day, _ = dates(loaded, as_of)
    # Where the handbook begins here, everything is new.
    then = before.loaded.handbook or Handbook(loaded.handbook.settings, {}, {}, {})
    moves = moves_since(replace(before, loaded=replace(before.loaded, handbook=then)), loaded)
    found = difference(ViewContext(assess(then, day)), ViewContext(assess(loaded.handbook, day)), moves)
    if form == "json":
        click.echo(json.dumps(diff_data(found, moves, day), indent=2, ensure_ascii=False))
    else:
        click.echo(as_markdown(found) if form == "markdown" else as_text(found), nl=False)


def _at(directory: Path, revision: str) -> Loaded:
    """The handbook as it was at a commit. Raises Unusable (exit 2)."""
    from ..git import commands as git
    from ..git.history import handbook_at

    folder = goals_folder(directory)
    try:
        return handbook_at(folder, git.commit_of(folder, revision), f"{revision}:{folder.as_posix()}")
    except (git.NoGit, git.BadRevision) as error:
        raise Unusable(f"{folder.as_posix()}: {error}") from None
