"""Reads the history of N files in 20 versions, cold and warm, beside reading each version by a `git show` of its own.

python -m benchmarks.history 1000

Counted, not timed: the git processes, and the blobs that were parsed.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import yaml

from goal_handbook.changes.blob import read_blob
from goal_handbook.changes.history import History
from goal_handbook.git import commands as git
from goal_handbook.git.history import read_history

from .handbook import write_handbook

VERSIONS = 20
FILES_A_SELLER = 1.3  # with those of teams and leaders
#: So many versions are enough to tell what one costs the rival.
SAMPLE = 300


def main(files: int) -> None:
    """Print the counts and the ratios."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        count = write_versions(folder, round(files / FILES_A_SELLER))
        goals, cache = folder / "goals", folder / "cache.sqlite"
        print(f"{count} files, {VERSIONS} versions each")
        for what in ("cold", "warm"):
            processes, parsed, seconds, changes = counted(lambda: read_history(goals, cache=cache))
            if what == "cold":
                rival, cold = shown_one_by_one(goals), seconds
            print(
                f"{what}  git processes {processes}, blobs parsed {parsed:,}, changes {changes:,};"
                f" a git show and yaml.load (C) for each version takes {rival / seconds:.0f} × as long"
            )
        print(f"warm takes {seconds / cold:.2f} of cold")


def write_versions(folder: Path, sellers: int) -> int:
    """A repository whose every commit touches every owner's file; returns how many files there are."""
    write_handbook(sellers, folder)
    owners = sorted((folder / "goals").glob("*/*.yaml"))
    _git(folder, "init", "--quiet")
    for version in range(VERSIONS):
        for path in owners:
            text = path.read_text(encoding="utf-8")
            old, new = f"# version {version - 1}\n", f"# version {version}\n"
            more = text.replace("target: 2", f"target: {version % 9 + 1}", 1) if version % 5 == 4 else text
            path.write_text(more.replace(old, "") + new, encoding="utf-8")
        _git(folder, "add", "--all")
        _git(folder, "commit", "--quiet", "--message", f"version {version}")
    return len(owners)


def counted(read: Callable[[], History]) -> tuple[int, int, float, int]:
    """How many processes and parsed blobs a reading takes, its seconds, and how many changes it found."""
    popen = mock.patch("goal_handbook.git.commands.subprocess.Popen", wraps=subprocess.Popen)
    with popen as processes, mock.patch("goal_handbook.git.history.read_blob", wraps=read_blob) as parsed:
        begin = time.perf_counter()
        history = read()
        seconds = time.perf_counter() - begin
    return processes.call_count, parsed.call_count, seconds, sum(len(v.changes) for v in history.versions)


def shown_one_by_one(goals: Path) -> float:
    """The seconds of reading every version with a process of its own, reckoned from a sample."""
    versions = [(commit.id, entry.path) for commit in git.log(goals) for entry in commit.entries if entry.new]
    sample = versions[:: max(1, len(versions) // SAMPLE)]
    begin = time.perf_counter()
    for commit, path in sample:
        show = ["git", "-C", str(goals), "show", f"{commit}:./{path}"]
        yaml.load(subprocess.run(show, check=True, capture_output=True).stdout, Loader=yaml.CSafeLoader)
    return (time.perf_counter() - begin) / len(sample) * len(versions)


def _git(folder: Path, *command: str) -> None:
    people = ["-c", "user.name=b", "-c", "user.email=b"]
    subprocess.run(["git", *people, *command], cwd=folder, check=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
