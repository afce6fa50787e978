"""`goals log`: a goal's whole life."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import click

from .common import AS_OF, DIRECTORY, Unusable, dates, findings_of, history_of, print_findings, read


@click.command()
@click.argument("goal", metavar="OWNER/GOAL")
@DIRECTORY
@AS_OF
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def log(ctx: click.Context, goal: str, directory: Path, as_of: datetime.date | None, form: str) -> None:
    """Tell a goal's whole life, oldest first: agreed, read, accounted, adjusted, closed, and by which commit."""
    loaded = read(directory)
    day, now = dates(loaded, as_of)
    history = history_of(directory)
    errors = [f for f in findings_of(loaded, day, now, history) if f.severity == "error"]
    if errors or loaded.handbook is None:
        print_findings(errors)
        ctx.exit(1)
    from ..changes.evidence import agreement_evidence
    from ..findings import did_you_mean
    from ..reports.log import life_data, life_text
    from ..status.assessment import assess
    from ..views.context import ViewContext

    context = ViewContext(assess(loaded.handbook, day, agreement_evidence(history, loaded.handbook, day)), history)
    if goal not in context.assessment.goals:
        help = did_you_mean(goal, context.assessment.goals) or "write owner/goal"
        raise Unusable(f'no goal is called "{goal}", {help}')
    if form == "json":
        click.echo(json.dumps(life_data(context, goal), indent=2, ensure_ascii=False))
    else:
        click.echo(life_text(context, goal))
