"""`goals agree`: record who agrees to a goal's current terms."""

from __future__ import annotations

from pathlib import Path

import click

from .common import DIR
from .prompts import ask, ask_for_some, prose
from .targets import BY, NOTE, ON, ask_for_day, find, person_reader, without_empty, write


@click.command()
@click.argument("goal", metavar="[OWNER/GOAL]", required=False)
@ON
@BY
@NOTE
@DIR
def agree(goal: str | None, on: str | None, by: tuple[str, ...], note: str | None, directory: Path) -> None:
    """Record who agrees to a goal's current terms.

    A seller's goal is agreed by the seller and a leader.
    """
    from ..source.edit import Add

    target = find(directory, goal)
    who = ask_for_some("--by", "Who agrees", by, person_reader(target.handbook))
    if not who:
        raise click.UsageError("Missing option '--by': who agrees")
    item = without_empty(on=ask_for_day(target, on), by=who, note=ask("--note", "A note", note, prose, ""))
    write(target, [Add((*target.path, "agreed"), item)])
