"""`goals check`: everything that is wrong, in one run; with `--since`, everything that moved in silence."""

from __future__ import annotations

import datetime
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .common import AS_OF, DIRECTORY, before_of, count, dates, findings_of, history_of, print_findings, read

if TYPE_CHECKING:
    from ..findings import Finding
    from ..source.load import Loaded


@click.command()
@DIRECTORY
@AS_OF
@click.option("--since", metavar="REV", help="Check the change since the branch left REV too, e.g. origin/main.")
@click.option("--strict", is_flag=True, help="Warnings are errors.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "github", "sarif"]), default="text", show_default=True
)
def check(directory: Path, as_of: datetime.date | None, since: str | None, strict: bool, form: str) -> None:
    """Check every file of a handbook and say what to mend.

    DIR is the folder with handbook.yaml, or the one that holds it as goals/. Exits with 0 when nothing stands in
    the way of publishing, 1 when errors were found, 2 when there is no handbook to check.

    With --since a goal cannot move in silence: what was agreed moves by an adjustment, what was written down stays.
    """
    loaded = read(directory)
    day, now = dates(loaded, as_of)
    before = before_of(directory, since) if since else None
    findings = findings_of(loaded, day, now, history_of(directory), strict, before)
    _PRINTERS[form](loaded, day, findings)
    sys.exit(int(any(f.severity == "error" for f in findings)))


def _text(loaded: Loaded, day: datetime.date, findings: list[Finding]) -> None:
    if findings:
        print_findings(findings, err=False)
        click.echo(f"what a rule is about: goals rule {findings[0].code}")
    else:
        goals = len(loaded.handbook.goals) if loaded.handbook else 0
        click.echo(f"{count(len(loaded.documents), 'file')}, {count(goals, 'goal')}: nothing to mend")


def _json(loaded: Loaded, day: datetime.date, findings: list[Finding]) -> None:
    from ..findings import as_data

    data = {"as_of": day.isoformat(), "findings": [as_data(f) for f in findings]}
    click.echo(json.dumps(data, indent=2, ensure_ascii=False))


def _github(loaded: Loaded, day: datetime.date, findings: list[Finding]) -> None:
    from ..reports.findings import as_github

    if findings:
        click.echo(as_github(findings))


def _sarif(loaded: Loaded, day: datetime.date, findings: list[Finding]) -> None:
    from ..reports.findings import as_sarif

    click.echo(as_sarif(findings))


_PRINTERS = {"text": _text, "json": _json, "github": _github, "sarif": _sarif}
