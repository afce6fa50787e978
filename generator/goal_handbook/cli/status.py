"""`goals status`: the status of every goal, for a person or a program."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import click

from ..findings import did_you_mean
from .common import AS_OF, DIR, Unusable, open_for_report, output_format


@click.command()
@click.argument("what", metavar="[OWNER | OWNER/GOAL]", required=False, default="")
@output_format("text", "json")
@AS_OF
@DIR
def status(what: str, directory: Path, as_of: datetime.date | None, form: str) -> None:
    """Show the status of goals.

    All goals, one owner's, or one goal with its landmarks. The JSON is a contract, described in
    docs/manual/status-json.md.
    """
    assessment, _ = open_for_report(directory, as_of)
    from ..reports.status import describe, selected, status_data

    known = (*assessment.goals, *assessment.by_owner)
    if what and what not in known:
        help = did_you_mean(what, known) or "list them all with goals status"
        raise Unusable(f'unknown owner or goal "{what}"', help)
    chosen = selected(assessment, what)
    if form == "json":
        click.echo(json.dumps(status_data(assessment, chosen), indent=2, ensure_ascii=False))
    else:
        click.echo(describe(assessment, chosen))
