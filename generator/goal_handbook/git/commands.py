"""The only module that runs git: a folder's history, its files at a revision, and what they hold.

Every call names the folder, reads only, and ends options before a name somebody typed.
"""

from __future__ import annotations

import datetime
import os
import subprocess
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

#: What a blob may hold; a larger one is nobody's goals (source/readings.py has the same limit for a file).
BLOB_LIMIT = 4 * 1024 * 1024
_SYMLINK = "120000"


class NoGit(Exception):
    """There is no history to be had; the text says why."""


class BadRevision(Exception):
    """A name that is no commit here; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file a commit touched, below the folder: its blob before and after, "" where it was or is not there."""

    path: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Commit:
    """A step of the branch: what it was (its first parent's state) against what it made of the folder.

    `day` is when it was committed (UTC). `boundary`: its parents are missing in a shallow clone, so that
    everything seems to begin here.
    """

    id: str
    day: datetime.date
    author: str
    entries: tuple[Entry, ...]
    boundary: bool = False


def log(folder: Path, revision: str = "HEAD") -> tuple[Commit, ...]:
    """The commits that touched the folder, oldest first, along first parents: each the state of the branch.

    A merge is one step, whatever its side branch held, so that nothing can hide in it. One process. Raises NoGit.
    """
    command = (
        "log", "--first-parent", "--diff-merges=first-parent", "--raw", "-z", "--no-abbrev", "--no-renames",
        "--relative", "--decorate=full", "--format=%x01%H%x00%ct%x00%aN%x00%D", "--end-of-options", revision, "--", ".",
    )  # fmt: skip
    output = _run(folder, *command, settings=("log.showSignature=false", "log.showRoot=true"))
    return tuple(reversed(list(_commits(output))))


def _commits(output: bytes) -> Iterator[Commit]:
    tokens = iter(output.split(b"\0"))
    token = next(tokens, b"")
    while token.startswith(b"\x01"):
        time, author, refs = next(tokens), next(tokens), next(tokens)
        entries = []
        following = next(tokens, b"").lstrip(b"\n")
        while following.startswith(b":"):
            _, mode, old, new, _ = following.decode("ascii").split(" ")
            path = next(tokens).decode("utf-8", "surrogateescape")
            entries.append(Entry(path, _blob(old), "" if mode == _SYMLINK else _blob(new)))
            following = next(tokens, b"").lstrip(b"\n")
        day = datetime.datetime.fromtimestamp(int(time), tz=datetime.UTC).date()
        boundary = b"grafted" in refs.split(b", ")
        yield Commit(token[1:].decode("ascii"), day, author.decode("utf-8", "replace"), tuple(entries), boundary)
        token = following


def _blob(blob: str) -> str:
    """A blob's id, or "" for the row of zeros that stands for none."""
    return blob if blob.strip("0") else ""


def blobs(folder: Path, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """What blobs hold, by id, in one process; one that is missing or beyond BLOB_LIMIT is left out. Raises NoGit."""
    wanted = "".join(f"{blob}\n" for blob in ids).encode("ascii")
    if not wanted:
        return
    with _start(folder, "cat-file", "--batch") as process:
        if process.stdin is None or process.stdout is None:  # only for the type checker: both are pipes
            return
        asking = threading.Thread(target=_ask, args=(process, wanted), daemon=True)  # both pipes may be full at once
        asking.start()
        while header := process.stdout.readline().split():
            if len(header) == 3:
                size = int(header[2])
                if size <= BLOB_LIMIT:
                    yield header[0].decode("ascii"), process.stdout.read(size)
                else:
                    _skip(process, size)
                process.stdout.read(1)
        asking.join()


def _ask(process: subprocess.Popen[bytes], wanted: bytes) -> None:
    if process.stdin:
        try:
            process.stdin.write(wanted)
            process.stdin.close()
        except BrokenPipeError:
            return


def _skip(process: subprocess.Popen[bytes], size: int) -> None:
    while size > 0 and process.stdout and (read := len(process.stdout.read(min(size, 1 << 20)))):
        size -= read


def commit_of(folder: Path, revision: str) -> str:
    """The full id of a commit. Raises NoGit, BadRevision."""
    try:
        return _line(_run(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"))
    except NoGit:
        _line(_run(folder, "rev-parse", "--git-dir"))  # no repository at all is another message
        shallow = _line(_run(folder, "rev-parse", "--is-shallow-repository")) == "true"
        help = "this clone is shallow: fetch the history with git fetch --unshallow" if shallow else "see git branch -a"
        raise BadRevision(f'no commit is called "{revision}" here, {help}') from None


def fork_point(folder: Path, revision: str, head: str = "HEAD") -> str:
    """The commit where `head` left `revision`: what a pull request is compared with. Raises NoGit, BadRevision."""
    base, tip = commit_of(folder, revision), commit_of(folder, head)
    try:
        return _line(_run(folder, "merge-base", base, tip))
    except NoGit:
        shallow = _line(_run(folder, "rev-parse", "--is-shallow-repository")) == "true"
        help = "fetch the history with git fetch --unshallow" if shallow else "name a commit this branch comes from"
        raise BadRevision(f'"{revision}" and {head} have no commit in common, {help}') from None


def commit_day(folder: Path, commit: str) -> datetime.date:
    """The day (UTC) of a commit. Raises NoGit."""
    time = _line(_run(folder, "show", "--no-patch", "--format=%ct", "--end-of-options", commit))
    return datetime.datetime.fromtimestamp(int(time), tz=datetime.UTC).date()


def files_at(folder: Path, commit: str) -> dict[str, bytes]:
    """The folder's files at a commit, by their path below it; symbolic links are left out. Raises NoGit."""
    listed: dict[str, str] = {}
    for line in _run(folder, "ls-tree", "-r", "-z", "--end-of-options", commit).split(b"\0"):
        if line:
            about, _, path = line.partition(b"\t")
            mode, kind, blob = about.decode("ascii").split(" ")
            if kind == "blob" and mode != _SYMLINK:
                listed[path.decode("utf-8", "surrogateescape")] = blob
    held = dict(blobs(folder, dict.fromkeys(listed.values())))
    return {path: held[blob] for path, blob in listed.items() if blob in held}


def _line(output: bytes) -> str:
    return output.decode("utf-8", "replace").strip()


def _run(folder: Path, *command: str, settings: Iterable[str] = ()) -> bytes:
    with _start(folder, *command, settings=settings) as process:
        output, problem = process.communicate()
    if process.returncode:
        raise NoGit(_line(problem).removeprefix("fatal: ").partition("\n")[0] or "git found nothing")
    return output


def _start(folder: Path, *command: str, settings: Iterable[str] = ()) -> subprocess.Popen[bytes]:
    options = [word for setting in settings for word in ("-c", setting)]
    stdin = subprocess.PIPE if command[0] == "cat-file" else subprocess.DEVNULL
    try:
        return subprocess.Popen(
            ("git", "-C", str(folder), "--no-optional-locks", "--no-pager", *options, *command),
            stdin=stdin,
            env={**os.environ, "LC_ALL": "C"},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL if command[0] == "cat-file" else subprocess.PIPE,
        )
    except FileNotFoundError:
        raise NoGit("git is not installed") from None
