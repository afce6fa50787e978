"""`goals check`: everything that is wrong, in one run."""

from __future__ import annotations

import datetime
import json
import sys
from pathlib import Path

import click

from .options import AS_OF, DIRECTORY, count, dates, findings_of, read, tell


@click.command()
@DIRECTORY
@AS_OF
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def check(directory: Path, as_of: datetime.date | None, form: str) -> None:
    """Check every file of a handbook and say what to mend.

    DIR is the folder with handbook.yaml, or the one that holds it as goals/. Exits with 0 when nothing stands in
    the way of publishing, 1 when errors were found, 2 when there is no handbook to check.
    """
    loaded = read(directory)
    day, now = dates(loaded, as_of)
    findings = findings_of(loaded, now)
    if form == "json":
        from ..findings import as_data

        click.echo(
            json.dumps(
                {"as_of": day.isoformat(), "findings": [as_data(f) for f in findings]},
                indent=2,
                ensure_ascii=False,
            )
        )
    elif findings:
        tell(findings, err=False)
    else:
        goals = len(loaded.handbook.goals) if loaded.handbook else 0
        click.echo(f"{count(len(loaded.documents), 'file')}, {count(goals, 'goal')}: nothing to mend")
    sys.exit(int(any(f.severity == "error" for f in findings)))
