"""A goals folder in a git repository: its history, and the handbook as it was at a commit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from ..changes.baseline import Baseline
from ..changes.blob import kind_of, read_blob
from ..changes.history import BranchCommit, History
from ..changes.readable import last_readable
from ..changes.replay import branch_commits, replay
from ..source.folder import SETTINGS
from ..source.load import Loaded, load_files
from . import cache as blob_cache
from . import commands as git

#: A version of a file: what it is, and its blob.
_Key = tuple[str, str]


def read_history(goals_dir: Path, revision: str = "HEAD", cache: Path | None = None) -> History:
    """Return the history of a goals folder up to a revision.

    Takes two git processes, and two more where a merge is looked into. `cache` (the user's by default) keeps what each
    blob says. Raises NoGit if the folder is in no repository or git is not installed.
    """
    commits = git.log(goals_dir, revision)
    try:
        history = replay(commits, snapshots_of(goals_dir, commits, cache))
    except ValueError:  # something else wrote to the cache
        history = replay(commits, _read(goals_dir, _versions(commits)))
    return replace(history, on_branches=partial(on_branches, goals_dir, revision, cache))


def on_branches(goals_dir: Path, revision: str, cache: Path | None = None) -> tuple[BranchCommit, ...]:
    """Return every single commit of an owner's file, oldest first; none where git no longer answers."""
    try:
        commits = git.log_with_branches(goals_dir, revision)
        try:
            return tuple(branch_commits(commits, snapshots_of(goals_dir, commits, cache)))
        except ValueError:
            return tuple(branch_commits(commits, _read(goals_dir, _versions(commits))))
    except git.NoGit:
        return ()


def snapshots_of(
    goals_dir: Path, commits: Iterable[git.Commit], cache: Path | None = None
) -> dict[tuple[str, str], str | None]:
    """Return what each version of a file in these commits says, by its kind and blob; from the cache, or read now."""
    paths, file = _versions(commits), cache or blob_cache.default_file()
    known = blob_cache.recall(paths, file)
    if fresh := _read(goals_dir, {key: path for key, path in paths.items() if key not in known}):
        blob_cache.remember(fresh, file)
    return known | fresh


def _versions(commits: Iterable[git.Commit]) -> dict[_Key, str]:
    """Every version of every file, and a path it had."""
    entries = (entry for commit in commits for entry in commit.entries if entry.new)
    paths: dict[_Key, str] = {}
    for entry in entries:
        if kind := kind_of(entry.path):
            paths.setdefault((kind, entry.new), entry.path)
    return paths


def _read(goals_dir: Path, paths: Mapping[_Key, str]) -> dict[_Key, str | None]:
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
    files, elsewhere = git.files_at(goals_dir, commit)
    return load_files(files, shown, elsewhere)


def read_baseline(goals_dir: Path, revision: str, head: str = "HEAD") -> Baseline:
    """Return what a change is compared with: the handbook where `head` left `revision`, as it could last be read.

    There is no handbook in it where one begins: where no folder held one, or only folders that still do. Raises NoGit,
    and BadRevision also if nothing can be compared.
    """
    commit = git.fork_point(goals_dir, revision, head)
    shown = f"{revision}:{goals_dir.as_posix()}"
    loaded, place = handbook_at(goals_dir, commit, shown), None
    if loaded.findings or loaded.handbook is None:
        loaded, place = _last_readable(goals_dir, commit, shown)
    history_of = partial(_history_of, goals_dir, commit, place)
    return Baseline(loaded, git.commit_day(goals_dir, commit), history_of, commit)


def _last_readable(goals_dir: Path, commit: str, shown: str) -> tuple[Loaded, str | None]:
    """Return the handbook as it could last be read by a commit, and the folder it was in if it has moved since."""
    place, commits = None, git.log(goals_dir, commit)
    if not _holds_a_handbook(commits):
        places = git.other_places(goals_dir, commit, SETTINGS)
        if places:
            place, commits = places[0], git.log(goals_dir, commit, places[0])
    blobs = last_readable(commits, _Reader(goals_dir))
    held = dict(git.blobs(goals_dir, dict.fromkeys(blobs.values())))
    loaded = load_files({path: held[blob] for path, blob in blobs.items()}, shown)
    if loaded.handbook is None and (_holds_a_handbook(commits) or any(c.boundary for c in commits)):
        git.nothing_to_compare(goals_dir, SETTINGS)
    return loaded, place


def _holds_a_handbook(commits: Iterable[git.Commit]) -> bool:
    return any(entry.path == SETTINGS for commit in commits for entry in commit.entries)


@dataclass
class _Reader:
    """Says which files can be read; each version of one is parsed once."""

    goals_dir: Path
    known: dict[_Key, str | None] = field(default_factory=dict)

    def __call__(self, version: Mapping[str, str]) -> list[str]:
        keys: dict[str, _Key] = {path: (kind_of(path) or "", blob) for path, blob in version.items() if blob}
        fresh = {key: path for path, key in keys.items() if key not in self.known}
        self.known |= dict.fromkeys(fresh)
        self.known |= _read(self.goals_dir, fresh)
        return [path for path, key in keys.items() if self.known[key] is not None]


def _history_of(goals_dir: Path, commit: str, moved_from: str | None, owners: Collection[str]) -> History:
    """Return the history of these owners, read from git alone: anybody may have written to a cache."""
    if not owners:
        return History()
    commits = [
        replace(step, entries=tuple(entry for entry in step.entries if _is_of(entry.path, owners)))
        for step in git.log(goals_dir, commit, moved_from)
    ]
    return replay(commits, _read(goals_dir, _versions(commits)))


def _is_of(path: str, owners: Collection[str]) -> bool:
    """Whether a file says something about one of these owners, or about everybody."""
    kind = kind_of(path)
    return kind in {"settings", "readings"} or path.rpartition("/")[2].removesuffix(".yaml") in owners
