"""What the plugin builds from: a handbook without errors, its status date and its history."""

from __future__ import annotations

import sys
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger

from .. import clock
from ..changes.history import History
from ..findings import Finding, as_text
from ..git.commands import NoGit
from ..git.history import read_history
from ..model.handbook import Handbook
from ..rules.check import check, has_errors
from ..source.load import Unusable, load
from .options import Options

log = get_plugin_logger("goal-handbook")


def read_goals(goals_dir: Path, options: Options, last_good: Handbook | None) -> tuple[Handbook, History]:
    """The handbook and its history; with `last_good` that one, where an edit broke it. Raises PluginError."""
    history = _history(goals_dir)
    try:
        handbook = _checked(goals_dir, options, history)
    except _Broken as broken:
        if last_good is None:
            raise PluginError(str(broken)) from None
        print(f"{broken}\n\nThe site still shows the last good state.", file=sys.stderr)
        return last_good, history
    return handbook, history


class _Broken(Exception):
    """The goals cannot be published; the text says what to mend."""


def _checked(goals_dir: Path, options: Options, history: History) -> Handbook:
    try:
        loaded = load(goals_dir, options.goals_dir)
        as_of = clock.status_date(options.as_of, loaded.handbook.settings.as_of if loaded.handbook else None)
    except (Unusable, OSError, clock.BadClock) as error:
        raise _Broken(str(error)) from None
    findings = check(loaded, as_of, max(as_of, clock.today()), options.strict_rules, history=history)
    if has_errors(findings) or loaded.handbook is None:
        raise _Broken(_summary(findings))
    if findings:
        log.info(f"{len(findings)} warnings, shown by: goals check {options.goals_dir}")
    return loaded.handbook


def _history(goals_dir: Path) -> History:
    try:
        history = read_history(goals_dir)
    except NoGit as problem:
        log.info(f"The goals have no history: {problem}")
        return History()
    if not history.complete:
        log.info("The history of the goals is incomplete: this clone is shallow (git fetch --unshallow completes it)")
    return history


def _summary(findings: list[Finding]) -> str:
    errors = [f for f in findings if f.severity == "error"]
    told = "\n\n".join(as_text(finding) for finding in errors)
    return f"the goals have {len(errors)} error{'s' if len(errors) != 1 else ''}; no new site is built\n\n{told}"
