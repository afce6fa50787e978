"""`goals log`: a goal's full history."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import click

from ..findings import did_you_mean
from .common import AS_OF, DIR, Unusable, open_for_report, output_format


@click.command()
@click.argument("goal", metavar="OWNER/GOAL")
@output_format("text", "json")
@AS_OF
@DIR
def log(goal: str, directory: Path, as_of: datetime.date | None, form: str) -> None:
    """Show a goal's full history, with commits.

    Oldest first: every agreement, reading, accounting, adjustment and change, and the commit of each.
    """
    assessment, history = open_for_report(directory, as_of)
    from ..reports.log import log_data, log_text
    from ..views.context import ViewContext

    if goal not in assessment.goals:
        help = did_you_mean(goal, assessment.goals) or "list them all with goals status"
        raise Unusable(f'unknown goal "{goal}"', help)
    context = ViewContext(assessment, history)
    if form == "json":
        click.echo(json.dumps(log_data(context, goal), indent=2, ensure_ascii=False))
    else:
        click.echo(log_text(context, goal))
