"""`goals log`: a goal's whole life."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import click

from .options import AS_OF, DIRECTORY, Unusable, dates, findings_of, history_of, read, tell


@click.command()
@click.argument("goal", metavar="OWNER/GOAL")
@DIRECTORY
@AS_OF
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def log(context: click.Context, goal: str, directory: Path, as_of: datetime.date | None, form: str) -> None:
    """Tell a goal's whole life, oldest first: agreed, read, accounted, adjusted, closed, and by which commit."""
    loaded = read(directory)
    day, now = dates(loaded, as_of)
    history = history_of(directory)
    errors = [f for f in findings_of(loaded, day, now, history) if f.severity == "error"]
    if errors or loaded.handbook is None:
        tell(errors)
        context.exit(1)
    from ..changes.proof import proofs
    from ..findings import did_you_mean
    from ..status.standing import stand
    from ..views.life import life_data, life_text
    from ..views.scene import Scene

    scene = Scene(stand(loaded.handbook, day, proofs(history, loaded.handbook, day)), history)
    if goal not in scene.standing.goals:
        mend = did_you_mean(goal, scene.standing.goals) or "write owner/goal"
        raise Unusable(f'no goal is called "{goal}", {mend}')
    if form == "json":
        click.echo(json.dumps(life_data(scene, goal), indent=2, ensure_ascii=False))
    else:
        click.echo(life_text(scene, goal))
