"""A goals folder opened for a date: read, assessed and checked once, for the plugin and for every command."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from . import clock
from .changes.baseline import Baseline
from .changes.evidence import agreement_evidence
from .changes.history import History
from .findings import Finding, in_reading_order
from .git.commands import BadRevision, NoGit, commit_of
from .git.history import handbook_at, read_baseline, read_history
from .model.handbook import Handbook
from .proof.proofs import NO_PROOFS, Proofs, read_proofs
from .rules.check import check
from .source.folder import read_folder
from .source.load import Loaded, load, with_files
from .status.assessment import Assessment, assess


@dataclass(frozen=True)
class Workspace:
    """A goals folder opened for a date: its files, its git history, the assessment, and what the rules find.

    `as_of` is the status date, `last_day` the last day anything can have happened. `assessment` is None if
    handbook.yaml cannot be used. `found` is what the rules find, in no order. `no_history` says why there is no
    history, and is "" if there is one. `commit` is where the history ends, "" if nobody has asked.
    """

    loaded: Loaded
    as_of: datetime.date
    last_day: datetime.date
    history: History
    assessment: Assessment | None
    found: list[Finding]
    strict: bool = False
    baseline: Baseline | None = None
    proofs: Proofs = NO_PROOFS
    no_history: str = ""
    commit: str = ""

    @property
    def handbook(self) -> Handbook | None:
        """The handbook as written, whatever the status date; None if handbook.yaml cannot be used."""
        return self.loaded.handbook

    @cached_property
    def findings(self) -> list[Finding]:
        """What the rules find, in reading order."""
        return in_reading_order(self.found)

    @cached_property
    def errors(self) -> list[Finding]:
        """The findings that stop a site from being published, in reading order."""
        return in_reading_order(finding for finding in self.found if finding.severity == "error")

    def with_files(self, files: Mapping[str, bytes]) -> Workspace:
        """Return the workspace as it would be with this content of some files, by their paths below the folder."""
        return self._with(with_files(self.loaded, files))

    def without_files(self) -> Workspace:
        """Return the workspace in less memory, for who only shows what was assessed; findings are gone as well."""
        return replace(self, loaded=self.loaded.without_files(), found=[], baseline=None)

    def refreshed(self, folder: Path) -> Workspace:
        """Return the workspace with the folder's files as they are now: the same one if nobody has changed them."""
        files, _ = read_folder(folder, folder.as_posix())
        return self if tuple(files) == self.loaded.files else self._with(load(folder, folder.as_posix(), self.loaded))

    def _with(self, loaded: Loaded) -> Workspace:
        return evaluate(loaded, self.as_of, self.last_day, self.history, strict=self.strict, baseline=self.baseline)


def open_workspace(
    folder: Path,
    shown: str,
    as_of: datetime.date | None = None,
    *,
    strict: bool = False,
    since: str = "",
    head: str = "",
) -> Workspace:
    """Open a goals folder, which messages call `shown`, or what it was at a commit, `head`.

    The status date is `as_of`, or else SOURCE_DATE_EPOCH's, the handbook's or today. `strict` makes warnings errors.
    With `since`, a git revision, the change since the branch left it is checked too. Raises Unusable and OSError if
    there is no handbook, BadClock for a bad SOURCE_DATE_EPOCH, and with `since` or `head` NoGit and BadRevision.
    """
    loaded = handbook_at(folder, commit_of(folder, head), f"{head}:{shown}") if head else load(folder, shown)
    day = clock.status_date(as_of, loaded.handbook.settings.as_of if loaded.handbook else None)
    baseline = _baseline(folder, since, as_of, head or "HEAD") if since else None
    history, no_history = _history(folder, head or "HEAD")
    workspace = evaluate(loaded, day, max(day, clock.today()), history, strict=strict, baseline=baseline)
    return replace(workspace, no_history=no_history)


def reopen_workspace(
    known: Workspace, folder: Path, shown: str, as_of: datetime.date | None = None, *, strict: bool = False
) -> Workspace:
    """Open the folder of a workspace again, as quickly as what has changed since allows: the same one if nothing has.

    The `known` one has no errors. Of the findings, only errors are there. Raises as `open_workspace` does.
    """
    loaded, commit = load(folder, shown, known.loaded), _head(folder)
    day = clock.status_date(as_of, loaded.handbook.settings.as_of if loaded.handbook else None)
    same_history = bool(commit) and (commit, day) == (known.commit, known.as_of)
    if same_history and loaded.files == known.loaded.files and strict == known.strict:
        return known
    history, no_history = (known.history, "") if same_history else _history(folder)
    last_day = max(day, clock.today())
    again = evaluate(loaded, day, last_day, history, strict=strict, good=known)
    return replace(again, no_history=no_history, commit=commit)


def _head(folder: Path) -> str:
    """The id of the commit that is checked out, "" for none."""
    try:
        return commit_of(folder, "HEAD")
    except (NoGit, BadRevision):
        return ""


def _history(folder: Path, head: str = "HEAD") -> tuple[History, str]:
    """The history up to a revision, or an empty one and why there is none."""
    try:
        return read_history(folder, head), ""
    except NoGit as problem:
        return History(), str(problem)


def _baseline(folder: Path, since: str, as_of: datetime.date | None, head: str) -> Baseline:
    """What a change is compared with, and the status date it would have there."""
    baseline = read_baseline(folder, since, head)
    then = baseline.loaded.handbook
    return replace(baseline, status_date=clock.status_date(as_of, then.settings.as_of if then else None))


def evaluate(
    loaded: Loaded,
    as_of: datetime.date,
    last_day: datetime.date,
    history: History | None = None,
    *,
    strict: bool = False,
    baseline: Baseline | None = None,
    good: Workspace | None = None,
) -> Workspace:
    """Assess a handbook that was read, and check it against every rule: the one place where either happens.

    What is the same in a `good` one, which has no errors, is taken from there; only errors are found then.
    """
    history = history or History()
    assessment = None
    proofs = read_proofs(loaded, baseline.loaded if baseline else loaded, as_of)
    if loaded.handbook:
        evidence = agreement_evidence(history, loaded.handbook, as_of)
        assessment = assess(loaded.handbook, as_of, evidence, proofs.verdicts, good.assessment if good else None)
    found = check(loaded, assessment, last_day, strict, baseline, history, proofs, good.loaded if good else None)
    return Workspace(loaded, as_of, last_day, history, assessment, found, strict, baseline, proofs)
