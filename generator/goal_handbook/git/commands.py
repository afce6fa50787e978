"""The only module that runs git: a folder's commits, its files at a revision, and their contents.

Every call names the folder, only reads, and ends the options before any name that a person typed.
"""

from __future__ import annotations

import datetime
import os
import subprocess
import threading
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..clock import today
from ..source.readings import READINGS_LIMIT

_SYMLINK = "120000"


class NoGit(Exception):
    """Git cannot answer: it is not installed, or the folder is in no repository. The text says which."""


class BadRevision(Exception):
    """A name that cannot be compared with: the text says why, `help` how to name another."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.help = help


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that a commit touched, by its path below the folder, with its blobs before and after ("" for none)."""

    path: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Commit:
    """A step of the branch: what it changed in the folder, compared with its first parent.

    `day` is when it was committed (UTC), but never before an older one nor after today. At a `boundary` the parents
    are missing (a shallow clone), so everything seems to begin here.
    """

    id: str
    day: datetime.date
    author: str
    email: str
    entries: tuple[Entry, ...]
    is_merge: bool = False
    boundary: bool = False


#: What is asked of git about each commit.
_FORMAT = "--format=%x01%H%x00%ct%x00%aN%x00%ae%x00%P%x00%D"
_RAW = ("--raw", "-z", "--no-abbrev", "--no-renames", "--relative", "--decorate=full", _FORMAT)


def log(folder: Path, revision: str = "HEAD") -> tuple[Commit, ...]:
    """Return the commits that touched the folder, oldest first, along first parents.

    A merge is one step, whatever its side branch held, so nothing can hide in it. Takes one process. Raises NoGit.
    """
    return _log(folder, revision, "--first-parent", "--diff-merges=first-parent")


def log_with_branches(folder: Path, revision: str = "HEAD") -> tuple[Commit, ...]:
    """Return every single commit that touched the folder, those on merged branches too, none before its parents.

    Takes one process. Raises NoGit.
    """
    return _log(folder, revision, "--no-merges", "--full-history", "--topo-order")


def _log(folder: Path, revision: str, *which: str) -> tuple[Commit, ...]:
    command = ("log", *which, *_RAW, "--end-of-options", revision, "--", ".")
    output = _run(folder, *command, settings=("log.showSignature=false", "log.showRoot=true"))
    commits = list(reversed(list(_commits(output))))
    days = in_order([commit.day for commit in commits], today())
    return tuple(replace(commit, day=day) for commit, day in zip(commits, days, strict=True))


def in_order(days: Sequence[datetime.date], last: datetime.date) -> list[datetime.date]:
    """Return the days of commits, oldest first, so that none is before an older one or after the `last`.

    Anyone can write any day into a commit. The largest number that are in order stay as they are, of several such the
    latest; each of the others is put between its neighbours.
    """
    capped = [min(day, last) for day in days]
    kept = _longest_in_order(capped)
    found: list[datetime.date] = []
    following = iter([*(capped[i] for i in kept), last])
    upper = next(following)
    for i, day in enumerate(capped):
        lower = found[-1] if found else min(day, upper)
        found.append(max(lower, min(day, upper)))
        if i in kept:
            upper = next(following)
    return found


def _longest_in_order(days: Sequence[datetime.date]) -> dict[int, None]:
    """The places of a longest run of days that never goes back, oldest first."""
    tails: list[int] = []  # the negated day with which a run of each length begins, from the newest on
    ends: list[int] = []
    older: dict[int, int | None] = {}
    for i in range(len(days) - 1, -1, -1):
        length = bisect_right(tails, -days[i].toordinal())
        older[i] = ends[length - 1] if length else None
        tails[length : length + 1] = [-days[i].toordinal()]
        ends[length : length + 1] = [i]
    kept: dict[int, None] = {}
    at = ends[-1] if ends else None
    while at is not None:
        kept[at] = None
        at = older[at]
    return kept


def _commits(output: bytes) -> Iterator[Commit]:
    tokens = iter(output.split(b"\0"))
    token = next(tokens, b"")
    while token.startswith(b"\x01"):
        time, author, email, parents, refs = (next(tokens) for _ in range(5))
        entries = []
        following = next(tokens, b"").lstrip(b"\n")
        while following.startswith(b":"):
            _, mode, old, new, _ = following.decode("ascii").split(" ")
            path = next(tokens).decode("utf-8", "surrogateescape")
            entries.append(Entry(path, _blob(old), "" if mode == _SYMLINK else _blob(new)))
            following = next(tokens, b"").lstrip(b"\n")
        day = _utc_day(int(time))
        boundary = b"grafted" in refs.split(b", ")
        name, address = author.decode("utf-8", "replace"), email.decode("utf-8", "replace")
        yield Commit(token[1:].decode("ascii"), day, name, address, tuple(entries), b" " in parents, boundary)
        token = following


def _utc_day(time: int) -> datetime.date:
    return datetime.datetime.fromtimestamp(time, tz=datetime.UTC).date()


def _blob(blob: str) -> str:
    """A blob's id, or "" for the row of zeros that means none."""
    return blob if blob.strip("0") else ""


def blobs(folder: Path, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the ids and contents of blobs, read by one process.

    A blob that is missing or larger than READINGS_LIMIT is left out. Raises NoGit.
    """
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
                if size <= READINGS_LIMIT:
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
    """Return the full id of a commit. Raises NoGit, BadRevision."""
    try:
        return _line(_run(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"))
    except NoGit:
        _line(_run(folder, "rev-parse", "--git-dir"))  # without a repository the message is another one
        help = "list the branches with git branch -a"
        raise BadRevision(f'unknown commit "{revision}"', _unless_shallow(folder, help)) from None


def fork_point(folder: Path, revision: str, head: str = "HEAD") -> str:
    """Return the commit where `head` left `revision`, which a pull request is compared with.

    Raises NoGit, BadRevision.
    """
    base, tip = commit_of(folder, revision), commit_of(folder, head)
    try:
        return _line(_run(folder, "merge-base", base, tip))
    except NoGit:
        help = "name a commit this branch comes from"
        message = f'"{revision}" and "{head}" have no commit in common'
        raise BadRevision(message, _unless_shallow(folder, help)) from None


def _unless_shallow(folder: Path, help: str) -> str:
    is_shallow = _line(_run(folder, "rev-parse", "--is-shallow-repository")) == "true"
    return "this clone is shallow; get the rest with git fetch --unshallow" if is_shallow else help


def commit_day(folder: Path, commit: str) -> datetime.date:
    """Return the day (UTC) of a commit, put in order with those before it (see `in_order`). Raises NoGit."""
    times = _line(_run(folder, "log", "--first-parent", "--format=%ct", "--end-of-options", commit)).split()
    return in_order([_utc_day(int(time)) for time in reversed(times)], today())[-1]


def files_at(folder: Path, commit: str) -> dict[str, bytes]:
    """Return the folder's files at a commit by their path below it, without symbolic links. Raises NoGit."""
    listed: dict[str, str] = {}
    for line in _run(folder, "ls-tree", "-r", "-z", "--end-of-options", commit).split(b"\0"):
        if line:
            about, _, path = line.partition(b"\t")
            mode, kind, blob = about.decode("ascii").split(" ")
            if kind == "blob" and mode != _SYMLINK:
                listed[path.decode("utf-8", "surrogateescape")] = blob
    held = dict(blobs(folder, dict.fromkeys(listed.values())))
    return {path: held[blob] for path, blob in listed.items() if blob in held}


def setting(folder: Path, name: str) -> str:
    """Return a setting of git's, such as `user.signingkey`; "" without it, or without git."""
    try:
        return _line(_run(folder, "config", "--get", name))
    except NoGit:
        return ""


def identity(folder: Path) -> tuple[str, str]:
    """Return the name and the email address of whoever commits here, by git's configuration; "" for what it lacks."""
    try:
        output = _run(folder, "config", "--null", "--get-regexp", r"^user\.(name|email)$")
    except NoGit:
        return "", ""
    pairs = (one.partition("\n") for one in output.decode("utf-8", "replace").split("\0"))
    found = {key: value for key, _, value in pairs}  # of several the last one counts, as for git
    return found.get("user.name", ""), found.get("user.email", "")


def _line(output: bytes) -> str:
    return output.decode("utf-8", "replace").strip()


def _run(folder: Path, *command: str, settings: Iterable[str] = ()) -> bytes:
    with _start(folder, *command, settings=settings) as process:
        output, problem = process.communicate()
    if process.returncode:
        raise NoGit(_line(problem).removeprefix("fatal: ").partition("\n")[0] or "git failed")
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
