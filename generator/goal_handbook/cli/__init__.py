"""The command `goals`. Modules here import click alone at the top, so that `--help` comes at once."""

from __future__ import annotations

import io
import sys

import click

from .adjust import adjust
from .check import check
from .decide import account, agree, close
from .diff import diff
from .due import due
from .fmt import fmt
from .import_ import import_
from .init import init
from .log import log
from .new import new
from .new_goal import goal
from .next_period import next_period
from .record import checkin, done, review, session
from .rule import rule
from .schema import schema
from .status import status


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="goal-handbook", prog_name="goals")
def main() -> None:
    """Goals of a sales organisation: check them, see where they stand, write down what happens.

    Every command exits with 0 when all is well, 1 when it found something to mend, 2 when it could not work at all.
    """
    _speak_utf_8()


def _speak_utf_8() -> None:
    """The same output everywhere: an ASCII locale, or a file's name that is no UTF-8, must not stop a report."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


for command in (
    init, next_period, check, status, due, diff, log, rule, import_, schema,
    new, checkin, done, session, review, account, adjust, agree, close, fmt,
):  # fmt: skip
    main.add_command(command)
new.add_command(goal)
