"""`goals check`: every problem in one run, and with `--since` every silent change."""

from __future__ import annotations

import datetime
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..findings import as_data
from ..words import plural
from .common import AS_OF, DIR, open_handbook, output_format, print_findings

if TYPE_CHECKING:
    from ..workspace import Workspace


@click.command()
@click.option(
    "--since", metavar="REV", default="", help="Also check what changed since the branch left REV, e.g. origin/main."
)
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@output_format("text", "json", "github", "sarif")
@AS_OF
@DIR
def check(directory: Path, as_of: datetime.date | None, since: str, strict: bool, form: str) -> None:
    """Check every file and report every problem.

    The exit code is 0 if nothing stops the site from being published, 1 if there are errors, and 2 if there is no
    handbook to check.

    With --since, goals cannot change silently: agreed terms change only through an adjustment, and past records stay
    as they are.
    """
    workspace = open_handbook(directory, as_of, strict=strict, since=since)
    _PRINTERS[form](workspace)
    sys.exit(int(bool(workspace.errors)))


def _text(workspace: Workspace) -> None:
    if workspace.findings:
        print_findings(workspace.findings, err=False)
        click.echo(f"to see what a rule is about: goals rule {workspace.findings[0].code}")
    else:
        goals = len(workspace.handbook.goals) if workspace.handbook else 0
        files = len(workspace.loaded.documents)
        click.echo(f"checked {plural(files, 'file')}, {plural(goals, 'goal')}: no problems found")


def _json(workspace: Workspace) -> None:

    data = {"as_of": workspace.as_of.isoformat(), "findings": [as_data(f) for f in workspace.findings]}
    click.echo(json.dumps(data, indent=2, ensure_ascii=False))


def _github(workspace: Workspace) -> None:
    from ..reports.findings import as_github

    if workspace.findings:
        click.echo(as_github(workspace.findings))


def _sarif(workspace: Workspace) -> None:
    from ..reports.findings import as_sarif

    click.echo(as_sarif(workspace.findings))


_PRINTERS = {"text": _text, "json": _json, "github": _github, "sarif": _sarif}
