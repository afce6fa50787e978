"""`goals diff`: what a change does to the goals, for the person who reviews it."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .common import (
    AS_OF,
    DIR,
    Unusable,
    baseline_of,
    goals_folder,
    history_of,
    output_format,
    print_findings,
    read,
    status_date,
)

if TYPE_CHECKING:
    from ..source.load import Loaded


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
@DIR
@AS_OF
@output_format("text", "markdown", "json")
def diff(base: str, head: str, audience: str, directory: Path, as_of: datetime.date | None, form: str) -> None:
    """Show what a change does, by person.

    What was adjusted and why, what changed silently, and what that does to statuses and coverage, since the branch left
    BASE. HEAD is a commit; default: the files as they are.
    """
    loaded = _at(directory, head) if head else read(directory)
    baseline = baseline_of(directory, base, head or "HEAD")
    errors = [f for f in (*baseline.loaded.findings, *loaded.findings) if f.severity == "error"]
    if errors:
        print_findings(errors)
        raise Unusable("versions with errors cannot be compared")
    if loaded.handbook is None:
        raise Unusable(f"there is no handbook in {goals_folder(directory).as_posix()} at {head}")
    from ..changes.baseline import changes_since
    from ..changes.visibility import changes_for_team, hidden_since, history_for_audience, past_goals
    from ..git.history import read_history
    from ..model.audience import for_audience
    from ..model.handbook import Handbook
    from ..proof.proofs import read_proofs
    from ..reports.diff.data import diff_data
    from ..reports.diff.model import difference
    from ..reports.diff.text import as_markdown, as_text
    from ..status.assessment import assess
    from ..views.context import ViewContext

    day = status_date(loaded, as_of)
    now = loaded.handbook
    # Where the handbook begins here, everything is new.
    then = baseline.loaded.handbook or Handbook(now.settings, {}, {}, {})
    changes = changes_since(replace(baseline, loaded=replace(baseline.loaded, handbook=then)), loaded)
    history, everything = history_of(directory, head or "HEAD"), len(changes)
    if audience == "team":
        past = past_goals(read_history(goals_folder(directory), baseline.commit), then, now)
        changes = changes_for_team(changes, now, past)
        then, now = (for_audience(handbook, "team", past) for handbook in (hidden_since(then, now), now))
        history = history_for_audience(history, loaded.handbook, "team")
    known = [read_proofs(version, baseline.loaded, day).verdicts for version in (baseline.loaded, loaded)]
    before = ViewContext(assess(then, day, verdicts=known[0]))
    after = ViewContext(assess(now, day, verdicts=known[1]), history)
    found = difference(before, after, changes, not_shown=everything - len(changes))
    if form == "json":
        click.echo(json.dumps(diff_data(found, changes, day), indent=2, ensure_ascii=False))
    else:
        click.echo(as_markdown(found) if form == "markdown" else as_text(found), nl=False)


def _at(directory: Path, revision: str) -> Loaded:
    """Return the handbook as it was at a commit. Raises Unusable (exit 2)."""
    from ..git import commands as git
    from ..git.history import handbook_at

    folder = goals_folder(directory)
    try:
        return handbook_at(folder, git.commit_of(folder, revision), f"{revision}:{folder.as_posix()}")
    except git.BadRevision as error:
        raise Unusable(f"{folder.as_posix()}: {error}", error.help) from None
    except git.NoGit as error:
        raise Unusable(f"{folder.as_posix()}: {error}") from None
