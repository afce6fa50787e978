"""`goals check`: every problem in one run, and with `--since` every silent change."""

from __future__ import annotations

import datetime
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..findings import Finding, as_data, by_file, in_reading_order, printable
from ..words import plural
from .common import AS_OF, DIR, count_findings, finding_text, open_handbook, output_format, owner_named

if TYPE_CHECKING:
    from ..workspace import Workspace


#: So many warnings are printed whole where nothing is worse; more are grouped.
_FEW = 10
#: The warnings about what `goals due` lists.
_OWED = {"GH401", "GH402", "GH403", "GH404", "GH405", "GH406", "GH407", "GH408"}


@click.command()
@click.option(
    "--since", metavar="REV", default="", help="Also check what changed since the branch left REV, e.g. origin/main."
)
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option("--owner", metavar="ID", help="A seller, a team with its members, or a leader with their teams.")
@click.option("--all", "--warnings", "whole", is_flag=True, help="Print every warning in full, however many there are.")
@output_format("text", "json", "github", "sarif")
@AS_OF
@DIR
def check(
    directory: Path, as_of: datetime.date | None, since: str, strict: bool, owner: str | None, whole: bool, form: str
) -> None:
    """Check every file and report every problem.

    Errors come first; warnings are then only counted, person by person. Without errors, more than ten
    warnings are grouped by rule and person. The exit code is 0 if nothing stops the site from being published, 1 if
    there are errors, and 2 if there is no handbook to check.

    With --since, goals cannot change silently: agreed terms change only through an adjustment, and past records stay
    as they are.
    """
    workspace = open_handbook(directory, as_of, strict=strict, since=since)
    findings = _of_owner(workspace, owner) if owner else workspace.found
    if form == "text":
        _print_text(workspace, findings, owner, whole or bool(owner))
    else:
        _PRINTERS[form](workspace, in_reading_order(findings))
    sys.exit(int(bool(workspace.errors)))


def _of_owner(workspace: Workspace, owner: str) -> list[Finding]:
    """Return the findings in the files of an owner and of those the owner speaks for. Raises Unusable."""
    known = workspace.handbook.owners if workspace.handbook else {}
    if owner not in workspace.loaded.documents:
        owner = owner_named(known, owner)
    scope = workspace.assessment.handbook.scope_of(owner) if workspace.assessment else {owner}
    return [f for f in workspace.found if workspace.loaded.owner_of(f) in scope]


def _print_text(workspace: Workspace, findings: list[Finding], owner: str | None, whole: bool) -> None:
    errors = in_reading_order(finding for finding in findings if finding.severity == "error")
    warnings = by_file(finding for finding in findings if finding.severity == "warning")
    whole = whole or (len(warnings) <= _FEW and not errors)
    for finding in [*errors, *(in_reading_order(warnings) if whole else ())]:
        click.echo(finding_text(finding) + "\n")
    if warnings and not whole:
        click.echo(_in_short(warnings, workspace, beside_errors=bool(errors)))
    click.echo(count_findings(findings) if findings else _nothing_found(workspace, owner))
    if len(errors) < len(workspace.errors):
        click.echo(f"{plural(len(workspace.errors) - len(errors), 'error')} elsewhere: see goals check")
    if warnings and not whole:
        click.echo("to see each warning: goals check --all, or --owner ID for one person or team")
    if errors:
        first = errors[0]
        click.echo(f"to fix first: {printable(str(first.location))} (explained by: goals rule {first.code})")
    elif findings:
        if not whole and any(warning.code in _OWED for warning in warnings):
            click.echo("to record what is owed, one thing after the other: goals due --do")
        first = in_reading_order(warning for warning in warnings if warning.path == warnings[0].path)[0]
        click.echo(f"to see what a rule is about: goals rule {first.code}")


def _in_short(warnings: list[Finding], workspace: Workspace, beside_errors: bool) -> str:
    """Return warnings as how many each person has, so that errors stay on the screen, or grouped where none are."""
    from ..reports.grouped import counted, grouped

    return (counted if beside_errors else grouped)(warnings, workspace.loaded)


def _nothing_found(workspace: Workspace, owner: str | None) -> str:
    goals = len(workspace.handbook.goals) if workspace.handbook else 0
    checked = owner or f"checked {plural(len(workspace.loaded.documents), 'file')}, {plural(goals, 'goal')}"
    return f"{checked}: no problems found"


def _print_json(workspace: Workspace, findings: list[Finding]) -> None:
    data = {"as_of": workspace.as_of.isoformat(), "findings": [as_data(finding) for finding in findings]}
    click.echo(json.dumps(data, indent=2, ensure_ascii=False))


def _print_github(workspace: Workspace, findings: list[Finding]) -> None:
    from ..reports.findings import as_github

    if findings:
        click.echo(as_github(findings))


def _print_sarif(workspace: Workspace, findings: list[Finding]) -> None:
    from ..reports.findings import as_sarif

    click.echo(as_sarif(findings))


_PRINTERS = {"json": _print_json, "github": _print_github, "sarif": _print_sarif}
