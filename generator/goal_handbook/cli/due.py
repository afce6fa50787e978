"""`goals due`: what is owed and what is coming up, and with --do one answer after another."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..words import plural
from .common import AS_OF, DIR, open_for_report, output_format, owner_named
from .conversation import NotWanted
from .prompts import choose, is_interactive

if TYPE_CHECKING:
    from ..reports.due import DueItem, DueView


@click.command()
@click.option(
    "--days",
    type=click.IntRange(0, 366),
    metavar="N",
    default=14,
    show_default=True,
    help="How many days to look ahead.",
)
@click.option("--owner", metavar="ID", help="A seller, a team with its members, or a leader with everybody below.")
@click.option("--do", "do_it", is_flag=True, help="Go through what is owed, item by item, and record it.")
@output_format("text", "markdown", "slack", "json")
@AS_OF
@DIR
def due(directory: Path, days: int, owner: str | None, do_it: bool, as_of: datetime.date | None, form: str) -> None:
    """List what is owed and what is coming up.

    For a Monday email or a chat message. Each line has the command that records it. With --do, you are asked about one
    thing after another; each answer is written at once.
    """
    from ..reports.due import due_data, due_text
    from ..reports.markup import Style

    options = ("--dir", directory.as_posix()) if directory != Path() else ()
    if do_it:
        _go_through(directory, owner, options)
        return
    view, today = _view(directory, days, owner, as_of)
    if form == "json":
        click.echo(json.dumps(due_data(view, today), indent=2, ensure_ascii=False))
    else:
        media = {"text": "terminal", "markdown": "markdown", "slack": "slack"}
        click.echo(due_text(view, Style(media[form]), options), nl=False)  # type: ignore[arg-type]


def _view(
    directory: Path, days: int, owner: str | None, as_of: datetime.date | None = None
) -> tuple[DueView, datetime.date]:
    """Return what is due, and the status date."""
    from ..reports.due import due_view
    from ..views.context import ViewContext

    assessment, _ = open_for_report(directory, as_of)
    name = owner_named(assessment.handbook.owners, owner) if owner else ""
    return due_view(ViewContext(assessment), days, name), assessment.as_of


def _go_through(directory: Path, owner: str | None, options: Sequence[str]) -> None:
    """Ask about one thing that is owed after another, and run its command; what an answer settles is not asked."""
    if not is_interactive():
        raise click.UsageError("--do needs a terminal: it asks about one thing after another")
    from ..reports.due import in_sittings

    asked: set[tuple[object, ...]] = set()
    written = 0
    while found := in_sittings(item for item in _open(directory, owner) if _key(item) not in asked):
        item, alike = found[0]
        asked |= {_key(one) for one in alike}
        click.echo(f"\n{item.who}: {item.badge or 'Step overdue'} – {item.ref.title}\n  {item.what} ({item.when})")
        answer = choose("NOW", "Record it now", None, ("yes", "skip", "quit"), "yes", always=True)
        if answer == "quit":
            break
        written += answer == "yes" and _run([*item.command, *options])
    left = sum(1 for _ in _open(directory, owner))
    click.echo(f"\n{written} recorded, {plural(left, 'thing')} still owed")


def _open(directory: Path, owner: str | None) -> Iterator[DueItem]:
    """Yield what is owed and overdue now, and can be recorded: the sum of other goals reports itself."""
    view, _ = _view(directory, 0, owner)
    yield from (item for _, item in view.owed if item.command[0] != "status")
    yield from view.overdue_steps


def _key(item: DueItem) -> tuple[object, ...]:
    return item.kind, item.command, item.what


def _run(arguments: Sequence[str]) -> bool:
    """Run another of these commands; whether it could do its work. What keeps it from that is printed."""
    from . import main

    try:
        main.main([*arguments], prog_name="goals", standalone_mode=False)
    except NotWanted:
        return False
    except click.ClickException as problem:
        problem.show()
        return False
    return True
