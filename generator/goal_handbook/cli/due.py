"""`goals due`: what is owed and what is coming up."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import click

from ..findings import did_you_mean
from .common import AS_OF, DIR, Unusable, open_for_report, output_format


@click.command()
@click.option(
    "--days",
    type=click.IntRange(0, 366),
    metavar="N",
    default=14,
    show_default=True,
    help="How many days to look ahead.",
)
@click.option("--owner", metavar="ID", help="A seller, a team with its members, or a leader with everybody below.")
@output_format("text", "markdown", "slack", "json")
@AS_OF
@DIR
def due(directory: Path, days: int, owner: str | None, as_of: datetime.date | None, form: str) -> None:
    """List what is owed and what is coming up.

    For a Monday email or a chat message.
    """
    assessment, _ = open_for_report(directory, as_of)
    from ..reports.due import due_data, due_text, due_view
    from ..reports.markup import Style
    from ..views.context import ViewContext

    owners = assessment.handbook.owners
    if owner and owner not in owners:
        raise Unusable(f'unknown owner "{owner}"', did_you_mean(owner, owners) or "name a team, a seller or a leader")
    view = due_view(ViewContext(assessment), days, owner or "")
    if form == "json":
        click.echo(json.dumps(due_data(view, assessment.as_of), indent=2, ensure_ascii=False))
    else:
        media = {"text": "terminal", "markdown": "markdown", "slack": "slack"}
        click.echo(due_text(view, Style(media[form])), nl=False)  # type: ignore[arg-type]
