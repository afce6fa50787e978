"""A version of a folder as it could last be read: what the next change is compared with.

A version with errors was never published. Whoever repairs it must not be able to change goals on the way, so each file
counts as it could last be read. And what has gone from such a version is not gone yet: it may have moved into what
cannot be read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from ..source.folder import SETTINGS, SIGNERS, SIGNERS_SIGNATURE, sort_files
from .blob import kind_of
from .replay import Commit

#: The blob of each file by its path; "" where the path leads elsewhere (a link, a submodule).
Version = Mapping[str, str]
#: Returns the paths of a version's files that can be read; it is given only files that should be.
Reads = Callable[[Version], Collection[str]]


def last_readable(commits: Sequence[Commit], reads: Reads) -> dict[str, str]:
    """Return the blobs of the files, by path, as they could last be read by the end of `commits` (oldest first).

    Nothing is known of files that never could. Only what is asked of `reads` has to be parsed: the last version, and
    what later commits touched.
    """
    version = version_after(commits)
    whole = len(commits)
    while whole and not _is_readable(version, reads):
        whole -= 1
        _undo(version, commits[whole])
    found = dict(version)
    for commit in commits[whole:]:
        _step(version, commit)
        if reads({SETTINGS: version.get(SETTINGS, "")}):  # without them nothing was judged
            touched = {entry.path: entry.new for entry in commit.entries}
            found |= {path: touched[path] for path in reads(_data(touched))} | _keys(touched)
    return _data(found) | _keys(found)


def version_after(commits: Iterable[Commit]) -> dict[str, str]:
    """Return the blobs of the files by path after these commits (oldest first); "" where a path leads elsewhere."""
    version: dict[str, str] = {}
    for commit in commits:
        _step(version, commit)
    return version


def _step(version: dict[str, str], commit: Commit) -> None:
    for entry in commit.entries:
        if entry.new or entry.elsewhere[1]:
            version[entry.path] = entry.new
        else:
            version.pop(entry.path, None)


def _undo(version: dict[str, str], commit: Commit) -> None:
    for entry in commit.entries:
        if entry.old or entry.elsewhere[0]:
            version[entry.path] = entry.old
        else:
            version.pop(entry.path, None)


def _is_readable(version: Version, reads: Reads) -> bool:
    """Whether nothing of a version is left out."""
    links = [path for path, blob in version.items() if not blob]
    _, problems = sort_files(dict.fromkeys(version, b""), "", links)
    data = _data(version)
    return SETTINGS in data and not problems and len(reads(data)) == len(data)


def _keys(version: Version) -> dict[str, str]:
    """The keys of those who sign, and the signature of their last change: nothing can be wrong with them as files."""
    return {path: blob for path in (SIGNERS, SIGNERS_SIGNATURE) if (blob := version.get(path))}


def _data(version: Version) -> dict[str, str]:
    """The files that say something about goals."""
    return {path: blob for path, blob in version.items() if blob and kind_of(path)}
