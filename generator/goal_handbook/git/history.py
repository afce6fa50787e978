"""A goals folder in a git repository: its history, and the handbook as it was at a commit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

from ..changes.baseline import Baseline
from ..changes.blob import kind_of, read_blob
from ..changes.history import BranchCommit, History
from ..changes.replay import branch_commits, replay
from ..source.load import Loaded, load_files
from . import cache as blob_cache
from . import commands as git


def read_history(goals_dir: Path, revision: str = "HEAD", cache: Path | None = None) -> History:
    """Return the history of a goals folder up to a revision.

    Takes two git processes, and two more where a merge is looked into. `cache` (the user's by default) keeps what each
    blob says. Raises NoGit if the folder is in no repository or git is not installed.
    """
    commits = git.log(goals_dir, revision)
    paths = _paths(commits)
    snapshots = _snapshots(goals_dir, paths, cache)
    try:
        history = replay(commits, snapshots)
    except ValueError:  # something else wrote to the cache
        history = replay(commits, _read(goals_dir, paths))
    return replace(history, on_branches=partial(_on_branches, goals_dir, revision, cache))


def _on_branches(goals_dir: Path, revision: str, cache: Path | None) -> Iterable[BranchCommit]:
    """Every single commit of an owner's file; none where git no longer answers."""
    try:
        commits = git.log_with_branches(goals_dir, revision)
        paths = _paths(commits)
        try:
            return tuple(branch_commits(commits, _snapshots(goals_dir, paths, cache)))
        except ValueError:
            return tuple(branch_commits(commits, _read(goals_dir, paths)))
    except git.NoGit:
        return ()


#: The path of a blob, by what kind of file it is and its id.
_Paths = dict[tuple[str, str], str]


def _paths(commits: Iterable[git.Commit]) -> _Paths:
    """The files that commits brought."""
    paths: _Paths = {}
    for commit in commits:
        for entry in commit.entries:
            kind = kind_of(entry.path)
            if kind and entry.new:
                paths.setdefault((kind, entry.new), entry.path)
    return paths


def _snapshots(goals_dir: Path, paths: _Paths, cache: Path | None) -> dict[tuple[str, str], str | None]:
    """What blobs say, from the cache or read now."""
    file = cache or blob_cache.default_file()
    known = blob_cache.recall(paths, file)
    if fresh := _read(goals_dir, {key: path for key, path in paths.items() if key not in known}):
        blob_cache.remember(fresh, file)
    return known | fresh


def _read(goals_dir: Path, paths: _Paths) -> dict[tuple[str, str], str | None]:
    kinds: dict[str, list[str]] = {}
    for kind, blob in paths:
        kinds.setdefault(blob, []).append(kind)
    return {
        (kind, blob): read_blob(kind, paths[kind, blob], data)  # type: ignore[arg-type]
        for blob, data in git.blobs(goals_dir, kinds)
        for kind in kinds[blob]
    }


def handbook_at(goals_dir: Path, commit: str, shown: str) -> Loaded:
    """Return the handbook as it was at a commit; messages call its folder `shown`. Raises NoGit."""
    return load_files(git.files_at(goals_dir, commit), shown)


def read_baseline(goals_dir: Path, revision: str, head: str = "HEAD") -> Baseline:
    """Return what a change is compared with: the handbook where `head` left `revision`. Raises NoGit, BadRevision."""
    commit = git.fork_point(goals_dir, revision, head)
    loaded = handbook_at(goals_dir, commit, f"{revision}:{goals_dir.as_posix()}")
    return Baseline(loaded, git.commit_day(goals_dir, commit), read_history(goals_dir, commit))
