"""`goals status`: the status of every goal, for a person or a program."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..findings import did_you_mean
from .common import AS_OF, DIR, Unusable, open_for_report, output_format, owner_named

if TYPE_CHECKING:
    from ..status.assessment import Assessment


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

    chosen = selected(assessment, _owner_or_goal(assessment, what) if what else "")
    if form == "json":
        click.echo(json.dumps(status_data(assessment, chosen), indent=2, ensure_ascii=False))
    else:
        click.echo(describe(assessment, chosen))


def _owner_or_goal(assessment: Assessment, what: str) -> str:
    """Return the id of the owner, or the full id of the goal, that is meant. Raises Unusable."""
    from ..model.identity import named

    owners = assessment.handbook.owners
    goals = [full_id for full_id in assessment.goals if what in (full_id, full_id.partition("/")[2])]
    if len(goals) == 1:
        return goals[0]
    if "/" in what or not named(owners, what):
        help = did_you_mean(what, (*assessment.goals, *owners)) or "list them all with goals status"
        raise Unusable(f'unknown owner or goal "{what}"', help)
    return owner_named(owners, what)
