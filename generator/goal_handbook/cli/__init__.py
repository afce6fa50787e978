"""The command `goals`. Modules here import click alone at the top, so that `--help` comes at once."""

from __future__ import annotations

import io
import sys

import click

from .check import check
from .diff import diff
from .import_ import import_
from .log import log
from .rule import rule
from .status import status


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="goal-handbook", prog_name="goals")
def main() -> None:
    """Goals of a sales organisation: check them, see where they stand and how they moved, bring in readings.

    Every command exits with 0 when all is well, 1 when it found something to mend, 2 when it could not work at all.
    """
    _speak_utf_8()


def _speak_utf_8() -> None:
    """The same output everywhere: an ASCII locale, or a file's name that is no UTF-8, must not stop a report."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


main.add_command(check)
main.add_command(status)
main.add_command(import_)
main.add_command(diff)
main.add_command(log)
main.add_command(rule)
