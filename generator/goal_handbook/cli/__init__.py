"""The command `goals`. Its modules import little more than click at the top, so that `--help` appears at once."""

from __future__ import annotations

import gc
import io
import sys

import click

from .adjust import adjust
from .agree import agree
from .approve import approve
from .backtest import backtest
from .check import check
from .conversation import Conversation
from .correct import correct
from .diff import diff
from .due import due
from .export import export
from .fmt import fmt
from .import_ import import_
from .init import init
from .join import join
from .log import log
from .move import away, move
from .new import new
from .new_goal import goal
from .next_period import next_period
from .plan import step
from .proof import proof
from .records import account, checkin, close, done, review, session
from .rule import rule
from .schema import schema
from .set import set_
from .sheet import sheet
from .signers import signers
from .site_at import site_at
from .status import status
from .undo import undo


def run() -> None:
    """Run the command without garbage collection: the process ends before that would pay off."""
    gc.disable()
    main()


@click.group(cls=Conversation, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="goal-handbook", prog_name="goals")
def main() -> None:
    """Goals of a sales organisation: check them, see their status, record what happens.

    Commands work on the handbook in the current directory, or in --dir DIR: the folder with handbook.yaml, or the one
    that contains it as goals/.

    The exit code is 0 if all is well, 1 if something needs fixing, and 2 if the command could not run.
    """
    _speak_utf_8()


def _speak_utf_8() -> None:
    """Make output the same everywhere: an ASCII locale or a file name that is not UTF-8 must not stop a report."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


for command in (
    init, next_period, check, status, due, diff, log, rule, import_, backtest, schema,
    new, sheet, checkin, done, session, review, account, step, adjust, set_, agree, correct, close, move, away,
    undo, fmt,
    proof, signers, approve, site_at, join, export,
):  # fmt: skip
    main.add_command(command)
new.add_command(goal)
