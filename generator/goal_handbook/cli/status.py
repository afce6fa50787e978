"""`goals status`: the status of every goal, for a person or a program."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import click

from .common import AS_OF, DIR, open_for_report, output_format, owner_or_goal


@click.command()
@click.argument("what", metavar="[OWNER | OWNER/GOAL]", required=False, default="")
@output_format("text", "json")
@AS_OF
@DIR
def status(what: str, directory: Path, as_of: datetime.date | None, form: str) -> None:
    """Show the status of goals.

    All goals, one owner's, or one goal with its landmarks. An owner is found by any part of the name.

    The JSON is a contract, described in docs/manual/status-json.md.
    """
    assessment, _ = open_for_report(directory, as_of)
    from ..reports.status import describe, selected, status_data

    chosen = selected(assessment, owner_or_goal(assessment.handbook, what) if what else "")
    if form == "json":
        click.echo(json.dumps(status_data(assessment, chosen), indent=2, ensure_ascii=False))
    else:
        click.echo(describe(assessment, chosen))
