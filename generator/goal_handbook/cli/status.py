"""`goals status`: where every goal stands, for a person or a program."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import click

from .common import AS_OF, Unusable, dates, findings_of, goals_folder, history_of, print_findings, read


@click.command()
@click.argument("what", metavar="[OWNER | OWNER/GOAL]", required=False, default="")
@click.argument("directory", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@AS_OF
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def status(context: click.Context, what: str, directory: Path | None, as_of: datetime.date | None, form: str) -> None:
    """Say where goals stand: all of them, one owner's, or one goal.

    The JSON is a contract, described in docs/manual/status-json.md.
    """
    if what and directory is None and (goals_folder(Path(what)) / "handbook.yaml").exists():
        what, directory = "", Path(what)
    loaded = read(directory or Path())
    day, now = dates(loaded, as_of)
    history = history_of(directory or Path())
    errors = [f for f in findings_of(loaded, day, now, history) if f.severity == "error"]
    if errors or loaded.handbook is None:
        print_findings(errors)
        context.exit(1)
    from ..changes.evidence import agreement_evidence
    from ..reports.status import describe, selected, status_data
    from ..status.assessment import assess

    standing = assess(loaded.handbook, day, agreement_evidence(history, loaded.handbook, day))
    try:
        chosen = selected(standing, what)
    except KeyError as error:
        raise Unusable(str(error.args[0])) from None
    if form == "json":
        click.echo(json.dumps(status_data(standing, chosen), indent=2, ensure_ascii=False))
    else:
        click.echo(describe(standing, chosen))
