"""What the plugin builds from: goals without errors, assessed for their status date."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger

from ..changes.history import History
from ..clock import BadClock
from ..findings import as_text, with_help
from ..model.audience import Audience
from ..model.handbook import Handbook
from ..progress import stage
from ..reports.private import places_for_audience
from ..snapshots.take import Snapshot, quarter_ends, take_snapshots
from ..source.load import Unusable
from ..status.assessment import Assessment
from ..words import plural
from ..workspace import Workspace, open_workspace, reopen_workspace
from .adapter import is_quiet
from .options import QUARTER_ENDS, Options

log = get_plugin_logger("goal-handbook")


@dataclass(frozen=True)
class Goals:
    """A handbook without errors as written, its assessment and its history, and the workspace they are from."""

    handbook: Handbook
    assessment: Assessment
    history: History
    workspace: Workspace


def without_files(goals: Goals, options: Options) -> Goals:
    """Return the goals in less memory for a single build, if none of its options asks for the files again."""
    if options.snapshots or options.site_at or options.part:
        return goals
    return replace(goals, workspace=goals.workspace.without_files())


class _Broken(Exception):
    """The goals cannot be published; the text says what to fix."""


def read_goals(goals_dir: Path, options: Options, last_good: Goals | None) -> Goals:
    """Read and check the goals.

    If an edit broke them, print what is wrong and return `last_good`, as also where they are the same: warnings are
    counted once, when there is none yet. Raises PluginError if there is none and they are broken.
    """
    try:
        workspace = _open(goals_dir, options, last_good.workspace if last_good else None)
        if last_good and workspace is last_good.workspace:
            return last_good
        goals = _without_errors(workspace, options.audience)
    except _Broken as broken:
        if last_good is None:
            raise PluginError(str(broken)) from None
        print(f"{broken}\n\nThe site still shows the last good state.", file=sys.stderr)
        return last_good
    if workspace.no_history:
        log.info(f"The goals have no history: {workspace.no_history}")
    if not workspace.history.complete:
        log.info("The history is incomplete because this clone is shallow; get the rest with git fetch --unshallow")
    if workspace.found:
        log.info(f"{plural(len(workspace.found), 'warning')}, shown by: goals check --dir {options.goals_dir}")
    return goals


def read_snapshots(goals_dir: Path, options: Options, goals: Goals) -> tuple[Snapshot, ...]:
    """Return the handbook as it stood on the days of the option `snapshots`, and say which are left out.

    Raises PluginError for a day after the status date.
    """
    days = quarter_ends(goals.workspace) if options.snapshots == QUARTER_ENDS else options.snapshots
    if not days:
        return ()
    taken = take_snapshots(goals.workspace, goals_dir, _in_the_past(days, goals), options.audience)
    for reason in taken.left_out:
        log.info(f"Snapshots: {reason}")
    return taken.found


def read_site_at(goals_dir: Path, options: Options, goals: Goals, day: datetime.date) -> Snapshot:
    """Return the handbook as it stood on a day. Raises PluginError where there is none."""
    taken = take_snapshots(goals.workspace, goals_dir, _in_the_past([day], goals), options.audience)
    if not taken.found:
        raise PluginError(f"there is no handbook of {day}: {'; '.join(taken.left_out)}")
    return taken.found[0]


def _in_the_past(days: Iterable[datetime.date], goals: Goals) -> Sequence[datetime.date]:
    as_of, days = goals.assessment.as_of, tuple(days)
    if later := [day for day in days if day > as_of]:
        raise PluginError(with_help(f"{later[0]} is after the status date, {as_of}", f"name a day up to {as_of}"))
    return days


def _open(goals_dir: Path, options: Options, known: Workspace | None) -> Workspace:
    folder = goals_dir, options.goals_dir, options.as_of
    try:
        if known:
            return reopen_workspace(known, *folder, strict=options.strict_rules)
        with stage("Reading the goals", quiet=is_quiet()):
            return open_workspace(*folder, strict=options.strict_rules)
    except (Unusable, OSError, BadClock) as error:
        raise _Broken(str(error)) from None


def _without_errors(workspace: Workspace, audience: Audience) -> Goals:
    """Raises _Broken for errors, which it says no more of than the audience may read: CI keeps it in its log."""
    handbook, assessment, errors = workspace.handbook, workspace.assessment, workspace.errors
    if errors or handbook is None or assessment is None:
        shown = places_for_audience(errors, audience, workspace.loaded, workspace.history)
        texts = "\n\n".join(map(as_text, shown))
        raise _Broken(f"the goals have {plural(len(errors), 'error')}; no new site is built\n\n{texts}")
    return Goals(handbook, assessment, workspace.history, workspace)
