"""Shows on a terminal that long work is under way, and how far it is; elsewhere, and with `--quiet`, nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

#: Back to the beginning of the line, and erase it.
_ERASE = "\r\x1b[K"


@contextmanager
def stage(text: str, *, quiet: bool = False) -> Iterator[None]:
    """Show what is being done, for as long as it takes."""
    if not _is_shown(quiet):
        yield
        return
    click.echo(f"{text} …", file=sys.stderr, nl=False)
    try:
        yield
    finally:
        click.echo(_ERASE, file=sys.stderr, nl=False)


@contextmanager
def bar(text: str, length: int, *, quiet: bool = False) -> Iterator[Callable[[int], None]]:
    """Show a bar; what is given takes how much is done by now, of `length`."""
    if not _is_shown(quiet):
        yield lambda _: None
        return
    with click.progressbar(length=length, label=text, file=sys.stderr) as shown:
        yield lambda done: shown.update(done - shown.pos)
        shown.update(length - shown.pos)


def _is_shown(quiet: bool) -> bool:
    return not quiet and sys.stderr.isatty()
