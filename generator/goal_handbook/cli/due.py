"""`goals due`: what is coming and what is owed."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import click

from .common import AS_OF, DIRECTORY, Unusable, dates, findings_of, history_of, print_findings, read


@click.command()
@DIRECTORY
@click.option("--days", type=click.IntRange(0, 366), default=14, show_default=True, help="How far ahead to look.")
@click.option("--owner", metavar="ID", help="A seller, a team with its members, or a leader with their teams.")
@AS_OF
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "slack", "json"]), default="text", show_default=True
)
@click.pass_context
def due(
    context: click.Context, directory: Path, days: int, owner: str | None, as_of: datetime.date | None, form: str
) -> None:
    """Say what is owed and what the next days bring: for a chat message, or a Monday mail."""
    loaded = read(directory)
    day, now = dates(loaded, as_of)
    history = history_of(directory)
    errors = [f for f in findings_of(loaded, day, now, history) if f.severity == "error"]
    if errors or loaded.handbook is None:
        print_findings(errors)
        context.exit(1)
    from ..changes.evidence import agreement_evidence
    from ..findings import did_you_mean
    from ..reports.due import due_data, due_text, due_view
    from ..reports.markup import Style
    from ..status.assessment import assess
    from ..views.context import ViewContext

    if owner and owner not in loaded.handbook.owners:
        help = did_you_mean(owner, loaded.handbook.owners) or "name a team, a seller or a leader"
        raise Unusable(f'nobody is called "{owner}", {help}')
    view = due_view(
        ViewContext(assess(loaded.handbook, day, agreement_evidence(history, loaded.handbook, day))), days, owner or ""
    )
    if form == "json":
        click.echo(json.dumps(due_data(view, day), indent=2, ensure_ascii=False))
    else:
        media = {"text": "terminal", "markdown": "markdown", "slack": "slack"}
        click.echo(due_text(view, Style(media[form])), nl=False)  # type: ignore[arg-type]
