"""Finds the handbook as it stood on each of some days: its files from git, assessed for that day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from ..changes.evidence import agreement_evidence
from ..changes.hindsight import Today, begins, in_hindsight
from ..changes.history import History
from ..git.commands import NoGit
from ..git.past import PastVersions, read_past
from ..model.audience import Audience
from ..proof.proofs import read_proofs
from ..rules.check import check
from ..site import assess_for_team
from ..source.load import Loaded, other_version
from ..status.assessment import Assessment, assess
from ..status.calendar import quarters
from ..workspace import Workspace


@dataclass(frozen=True)
class Snapshot:
    """The handbook as it stood on a day: only what its audience may see today.

    `files_of` is the day its files were committed on, where later ones of that day or before it had errors.
    """

    day: datetime.date
    assessment: Assessment
    history: History
    files_of: datetime.date | None = None


@dataclass(frozen=True)
class Snapshots:
    """What was found, the oldest day first, and why any day was left out, a line each."""

    found: tuple[Snapshot, ...] = ()
    left_out: tuple[str, ...] = ()


def quarter_ends(workspace: Workspace) -> tuple[datetime.date, ...]:
    """Return the ends of the period's quarters before the status date."""
    ends = (span.end for span in quarters(workspace.handbook.settings.period)) if workspace.handbook else ()
    return tuple(end for end in ends if end < workspace.as_of)


def take_snapshots(
    workspace: Workspace, goals_dir: Path, days: Iterable[datetime.date], audience: Audience
) -> Snapshots:
    """Return the handbook as it stood on each of these days, none of them after the status date.

    `workspace` is today's, without errors. Takes two git processes however many days there are, and parses each version
    of a file once.
    """
    try:
        past = read_past(goals_dir)
        return _Taking(workspace, past, audience).take(sorted(set(days)))
    except NoGit as problem:
        return Snapshots((), (f"the goals have no history: {problem}",))


@dataclass
class _Taking:
    workspace: Workspace
    past: PastVersions
    audience: Audience
    loaded: dict[int, Loaded] = field(default_factory=dict)  # only versions without errors are kept
    broken: set[int] = field(default_factory=set)
    today: Today | None = None

    def take(self, days: list[datetime.date]) -> Snapshots:
        """Return the snapshots of these days, which are in order."""
        if not self.past.complete:
            return Snapshots((), ("this clone is shallow; get the rest with git fetch --unshallow",))
        self.past.fetch(number for day in days for number in islice(self._readable(day), 1))
        numbers = {day: next(filter(self._is_good, self._readable(day)), 0) for day in reversed(days)}
        histories = self.past.histories(filter(None, numbers.values()))
        found, left_out = [], []
        for day in days:
            number = numbers[day]
            if not number:
                left_out.append(f"{day} is left out: {self._why_none(day)}")
            elif not begins(histories[number], self.workspace.history):
                left_out.append(f"{day} is left out: it belongs to an earlier period")
            else:
                found.append(self._snapshot(day, number, histories[number]))
        return Snapshots(tuple(found), tuple(left_out))

    def _readable(self, day: datetime.date) -> Iterator[int]:
        """The versions until a day each file of which can be read, the newest first."""
        return filter(self.past.is_readable, self.past.until(day))

    def _is_good(self, number: int) -> bool:
        """Whether a version has no errors by today's rules; its warnings do not matter."""
        if number not in self.loaded and number not in self.broken:
            files, elsewhere = self.past.files(number)
            latest = next(reversed(self.loaded.values()), self.workspace.loaded)
            loaded = other_version(latest, files, elsewhere)
            errors = any(f.severity == "error" for f in check(loaded, None, self.workspace.last_day))
            if errors or loaded.handbook is None:
                self.broken.add(number)
            else:
                self.loaded[number] = loaded
        return number in self.loaded

    def _why_none(self, day: datetime.date) -> str:
        if next(self.past.until(day), 0):
            return "no version until then is without errors"
        commits = self.past.commits
        return f"the first version is of {commits[0].day}" if commits else "the goals are in no commit"

    def _snapshot(self, day: datetime.date, number: int, history: History) -> Snapshot:
        loaded, now = self.loaded[number], self.workspace
        handbook = loaded.handbook
        if handbook is None or now.handbook is None:  # only for the type checker: neither has errors
            raise ValueError(f"the handbook of {day} has errors")
        verdicts = read_proofs(loaded, loaded, day).verdicts
        if self.audience == "team":
            self.today = self.today or Today(now.handbook, now.history)
            handbook, history = in_hindsight(handbook, history, self.today)
            shown = assess_for_team(handbook, day, history, verdicts)
            assessment, history = shown.assessment, shown.history
        else:
            assessment = assess(handbook, day, agreement_evidence(history, handbook, day), verdicts)
        is_older = number != next(self.past.until(day))
        return Snapshot(day, assessment, history, self.past.day(number) if is_older else None)
