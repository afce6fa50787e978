"""The versions of a goals folder in the past, for the handbook as it stood on other days."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from ..changes.blob import kind_of
from ..changes.history import BranchCommit, History
from ..changes.readable import version_after
from ..changes.replay import replay_in_parts
from . import commands as git
from .history import on_branches, snapshots_of


@dataclass(frozen=True)
class PastVersions:
    """The versions of a goals folder. Each goes by its number: by how many commits it takes to get there."""

    goals_dir: Path
    commits: tuple[git.Commit, ...]
    snapshots: Mapping[tuple[str, str], str | None]
    _contents: dict[str, bytes] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Return whether none is missing, as in a shallow clone."""
        return not any(commit.boundary for commit in self.commits)

    def day(self, number: int) -> datetime.date:
        """Return the day (UTC) a version was committed on."""
        return self.commits[number - 1].day

    def until(self, day: datetime.date) -> Iterator[int]:
        """Yield the versions that were committed by the end of a day, the newest first."""
        return (number for number in range(len(self.commits), 0, -1) if self.day(number) <= day)

    def is_readable(self, number: int) -> bool:
        """Return whether each file of a version could be read by itself. Together they may still have errors."""
        return self._readable[number - 1]

    def fetch(self, numbers: Iterable[int]) -> None:
        """Get the contents of these versions, by one process at most. Raises NoGit."""
        wanted = dict.fromkeys(blob for number in numbers for blob in self._blobs(number).values() if blob)
        self._contents.update(git.blobs(self.goals_dir, [blob for blob in wanted if blob not in self._contents]))

    def files(self, number: int) -> tuple[dict[str, bytes], list[str]]:
        """Return the files of a version by path, and the paths that lead elsewhere. Raises NoGit."""
        blobs = self._blobs(number)
        self.fetch([number])
        held = {path: self._contents[blob] for path, blob in blobs.items() if blob in self._contents}
        return held, [path for path, blob in blobs.items() if not blob]

    def histories(self, numbers: Iterable[int]) -> dict[int, History]:
        """Return the history up to each of these versions."""
        histories = replay_in_parts(self.commits, self.snapshots, numbers)
        return {n: replace(history, on_branches=lambda: self._branches) for n, history in histories.items()}

    @cached_property
    def _branches(self) -> tuple[BranchCommit, ...]:
        """Every single commit, also later ones: whoever looks for a record takes the first that has it."""
        return on_branches(self.goals_dir, self.commits[-1].id)

    def _blobs(self, number: int) -> dict[str, str]:
        return version_after(self.commits[:number])

    @cached_property
    def _readable(self) -> list[bool]:
        """Of each version, whether every file could be read."""
        unreadable: set[str] = set()
        found = []
        for commit in self.commits:
            for entry in commit.entries:
                kind = kind_of(entry.path)
                is_fine = kind is None or not entry.new or self.snapshots.get((kind, entry.new)) is not None
                (unreadable.discard if is_fine else unreadable.add)(entry.path)
            found.append(not unreadable)
        return found


def read_past(goals_dir: Path, revision: str = "HEAD", cache: Path | None = None) -> PastVersions:
    """Return the versions of a goals folder up to a revision. Raises NoGit.

    Takes one git process, and another where the cache does not know every version of a file.
    """
    commits = git.log(goals_dir, revision)
    return PastVersions(goals_dir, commits, snapshots_of(goals_dir, commits, cache))
