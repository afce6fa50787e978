"""`goals diff`: what a change does to the goals, for the person who reviews it."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..findings import Finding
from .common import AS_OF, DIR, Unusable, goals_folder, open_handbook, output_format, print_findings

if TYPE_CHECKING:
    from ..changes.kinds import Change
    from ..model.audience import Audience
    from ..reports.diff.model import Difference
    from ..workspace import Workspace


@click.command()
@click.argument("base", metavar="BASE")
@click.argument("head", metavar="[HEAD]", required=False, default="")
@click.option(
    "--audience",
    type=click.Choice(["team", "leaders"]),
    default="team",
    show_default=True,
    help="Who reads it: the team does not see goals for leaders only.",
)
@click.option("--preview", metavar="URL", default="", help="Address of a preview of the site, for --format markdown.")
@DIR
@AS_OF
@output_format("text", "markdown", "json")
def diff(
    base: str, head: str, audience: Audience, preview: str, directory: Path, as_of: datetime.date | None, form: str
) -> None:
    """Show what a change does, by person.

    What was adjusted and why, what changed silently, who has yet to agree, and what that does to statuses and coverage,
    since the branch left BASE. HEAD is a commit; default: the files as they are.

    As Markdown it is a comment for a pull request. It begins with the errors of goals check --since, and is written
    whatever the files look like; otherwise versions with errors cannot be compared, and the exit code is 2.
    """
    if form == "markdown":
        click.echo(_comment(directory, base, head, audience, as_of, preview), nl=False)
        return
    workspace = open_handbook(directory, as_of, since=base, head=head)
    if unread := _unread(workspace):
        print_findings(unread)
        raise Unusable("versions with errors cannot be compared")
    found, changes = _difference(workspace, directory, head, audience)
    if form == "json":
        from ..reports.diff.data import diff_data

        click.echo(json.dumps(diff_data(found, changes, workspace.as_of), indent=2, ensure_ascii=False))
    else:
        from ..reports.diff.text import as_text

        click.echo(as_text(found), nl=False)


def _comment(
    directory: Path, base: str, head: str, audience: Audience, as_of: datetime.date | None, preview: str
) -> str:
    """Return the comment on a pull request, which has something to say whatever is wrong."""
    from ..reports.comment import as_comment
    from ..reports.private import findings_for_audience

    try:
        workspace = open_handbook(directory, as_of, since=base, head=head)
        found = None if _unread(workspace) else _difference(workspace, directory, head, audience)[0]
    except Unusable as problem:
        return as_comment(None, problem=problem.message)
    errors = findings_for_audience(workspace.errors, audience, workspace.loaded, workspace.history, workspace.baseline)
    not_shown = len(workspace.errors) - len(errors)
    unread = "" if found or workspace.errors else f"the goals at {base} cannot be read"
    return as_comment(found, errors, not_shown=not_shown, problem=unread, preview=preview)


def _unread(workspace: Workspace) -> list[Finding]:
    """Return what keeps the two versions from being compared."""
    before = workspace.baseline.loaded.findings if workspace.baseline else []
    return [finding for finding in (*before, *workspace.loaded.findings) if finding.severity == "error"]


def _difference(
    workspace: Workspace, directory: Path, head: str, audience: Audience
) -> tuple[Difference, tuple[Change, ...]]:
    """Return what the change does, and the changes, both as the audience may read them. Raises Unusable."""
    from ..changes.baseline import changes_since
    from ..changes.once_hidden import past_goals
    from ..changes.visibility import changes_for_team, hidden_since, history_for_audience
    from ..git.history import read_history
    from ..model.audience import for_audience
    from ..model.handbook import Handbook
    from ..proof.proofs import read_proofs
    from ..reports.diff.model import difference
    from ..status.assessment import assess
    from ..views.context import ViewContext

    loaded, baseline, day, history = workspace.loaded, workspace.baseline, workspace.as_of, workspace.history
    if loaded.handbook is None or baseline is None:
        raise Unusable(f"there is no handbook in {goals_folder(directory).as_posix()} at {head}")
    now = loaded.handbook
    # Where the handbook begins here, everything is new.
    then = baseline.loaded.handbook or Handbook(now.settings, {}, {}, {})
    changes = changes_since(replace(baseline, loaded=replace(baseline.loaded, handbook=then)), loaded)
    everything = len(changes)
    if audience == "team":
        before_it = read_history(goals_folder(directory), baseline.commit)
        past = past_goals(history, now, then, before=before_it)
        then = for_audience(hidden_since(then, now, past), "team", past)
        now = for_audience(now, "team", past)
        changes = changes_for_team(changes, loaded.handbook, past, (then, now))
        history = history_for_audience(history, loaded.handbook, "team")
    known = [read_proofs(version, baseline.loaded, day).verdicts for version in (baseline.loaded, loaded)]
    before = ViewContext(assess(then, day, verdicts=known[0]))
    after = ViewContext(assess(now, day, verdicts=known[1]), history)
    return difference(before, after, changes, not_shown=everything - len(changes)), changes
