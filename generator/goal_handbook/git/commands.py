"""The only module that runs git: a folder's commits, its files at a revision, and their contents.

Every call names the folder, only reads, and ends the options before any name that a person typed.
"""

from __future__ import annotations

import datetime
import os
import re
import subprocess
import threading
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn

from ..clock import today
from ..source.readings import READINGS_LIMIT
from ..waiting import waiting_for

#: Messages in English, a commit is what its id says, and nobody is asked for a password in the middle of a command.
_ENVIRONMENT = {"LC_ALL": "C", "GIT_NO_REPLACE_OBJECTS": "1", "GIT_TERMINAL_PROMPT": "0"}
#: The modes of a link and of a submodule: git keeps only where they lead to.
_ELSEWHERE = {"120000", "160000"}


class NoGit(Exception):
    """Git cannot answer: it is not installed, or the folder is in no repository. The text says which."""


class BadRevision(Exception):
    """A name that cannot be compared with: the text says why, `help` how to name another."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.help = help


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that a commit touched, by its path below the folder, with its blobs before and after ("" for none).

    `elsewhere` says whether it led elsewhere before and does after (a link, a submodule): then there is no blob either.
    """

    path: str
    old: str
    new: str
    elsewhere: tuple[bool, bool] = (False, False)


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
_RAW = ("--raw", "-z", "--no-abbrev", "--no-renames", "--decorate=full", _FORMAT)


def log(folder: Path, revision: str = "HEAD", moved_from: str | None = None) -> tuple[Commit, ...]:
    """Return the commits that touched the folder, oldest first, along first parents.

    With `moved_from`, a path from the repository's root, those that touched that folder instead. A merge is one step,
    whatever its side branch held, so nothing can hide in it. Takes one process. Raises NoGit.
    """
    return _log(folder, revision, "--first-parent", "--diff-merges=first-parent", moved_from=moved_from)


def log_with_branches(folder: Path, revision: str = "HEAD") -> tuple[Commit, ...]:
    """Return every single commit that touched the folder, those on merged branches too, none before its parents.

    Takes one process. Raises NoGit.
    """
    return _log(folder, revision, "--no-merges", "--full-history", "--topo-order")


def _log(folder: Path, revision: str, *which: str, moved_from: str | None = None) -> tuple[Commit, ...]:
    relative, where = (
        ("--relative", ".") if moved_from is None else (f"--relative={moved_from}", f":(top,literal){moved_from}")
    )
    command = ("log", *which, *_RAW, relative, "--end-of-options", revision, "--", where)
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
            before, after, old, new, _ = following.decode("ascii").removeprefix(":").split(" ")
            path = next(tokens).decode("utf-8", "surrogateescape")
            elsewhere = (before in _ELSEWHERE, after in _ELSEWHERE)
            entries.append(
                Entry(path, "" if elsewhere[0] else _blob(old), "" if elsewhere[1] else _blob(new), elsewhere)
            )
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
        with waiting_for(f"git cat-file in {folder}"):
            line = process.stdout.readline()
        while header := line.split():
            if len(header) == 3:
                size = int(header[2])
                if size <= READINGS_LIMIT:
                    yield header[0].decode("ascii"), process.stdout.read(size)
                else:
                    _skip(process, size)
                process.stdout.read(1)
            line = process.stdout.readline()
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
    """Return the full id of a commit. Raises NoGit, and BadRevision also for a name that could mean several."""
    full_name = _in_full(folder, revision)
    try:
        return _line(_run(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{full_name}^{{commit}}"))
    except NoGit:
        _line(_run(folder, "rev-parse", "--git-dir"))  # without a repository the message is another one
        help = "list the branches with git branch -a"
        raise BadRevision(f'unknown commit "{revision}"', _unless_shallow(folder, help)) from None


#: Where the name ends in a revision such as `main~2` or `main@{yesterday}`.
_AFTER_THE_NAME = re.compile(r"[~^:]|@\{")
#: What git never takes for the name of a ref, or always for one of its own.
_NO_NAME = re.compile(r"HEAD|@?|[0-9a-f]{40}|[0-9a-f]{64}")
#: What git also takes for a commit: the beginning of an id, and a file of its own such as ORIG_HEAD.
_ALSO_A_COMMIT = re.compile(r"(?:.*-g)?[0-9a-f]{7,}|[A-Z_]+_HEAD")


def _in_full(folder: Path, revision: str) -> str:
    """Return a revision with the full name of its ref, so that git does not choose between several. Raises BadRevision.

    Git itself prefers a tag `origin/main` to the remote's branch, and only warns.
    """
    name = _AFTER_THE_NAME.split(revision, maxsplit=1)[0]
    if _NO_NAME.fullmatch(name):
        return revision
    kinds = ("refs/", "refs/tags/", "refs/heads/", "refs/remotes/")
    possible = (
        [name] if name.startswith("refs/") else [*(f"{kind}{name}" for kind in kinds), f"refs/remotes/{name}/HEAD"]
    )
    remote = f"refs/remotes/{name.partition('/')[0]}/"
    listed = _line(_run(folder, "for-each-ref", "--format=%(refname)", "--", *possible, remote)).split("\n")
    found = [ref for ref in possible if ref in listed]
    if not found and name.startswith("refs/"):  # git would go on to look for a tag with this name
        raise BadRevision(f'unknown commit "{revision}"', _unless_shallow(folder, "list all names with git show-ref"))
    if len(found) > 1 or (found and _ALSO_A_COMMIT.fullmatch(name) and _is_commit(folder, name)):
        others = " and ".join(found) if len(found) > 1 else f"{found[0]} and a commit"
        raise BadRevision(f'"{name}" is ambiguous: {others} have that name', f"name it in full: {found[-1]}")
    if found and "/" in name and found[0].startswith(kinds[1:3]) and any(ref.startswith(remote) for ref in listed):
        message = f'"{name}" is {found[0]}, which only looks like a branch of a remote'
        help = f"get the branch with git fetch, or name this one in full: {found[0]}"
        raise BadRevision(message, help)
    return found[0] + revision[len(name) :] if found else revision


def _is_commit(folder: Path, name: str) -> bool:
    """Whether a name means a commit even if no ref has it."""
    if name.endswith("_HEAD"):
        return True
    return bool(_run(folder, "rev-parse", f"--disambiguate={name.rpartition('-g')[2]}"))


def fork_point(folder: Path, revision: str, head: str = "HEAD") -> str:
    """Return the last commit of `revision` that `head` has too, which a pull request is compared with.

    Only those count that `revision` itself has ever been, along first parents: a commit of a branch that was merged
    into it may say something that was taken back before. Raises NoGit, BadRevision.
    """
    base, tip = commit_of(folder, revision), commit_of(folder, head)
    not_in_head = _line(_run(folder, "rev-list", "--first-parent", base, f"^{tip}")).split()
    try:
        return _line(_run(folder, "rev-parse", "--verify", "--quiet", f"{not_in_head[-1]}^1")) if not_in_head else base
    except NoGit:
        help = "name a commit this branch comes from"
        message = f'"{revision}" and "{head}" have no commit in common'
        raise BadRevision(message, _unless_shallow(folder, help)) from None


def has_been(folder: Path, commit: str, head: str = "HEAD") -> bool:
    """Return whether a branch has ever been at a commit, along first parents. Raises NoGit."""
    return commit in _line(_run(folder, "rev-list", "--first-parent", "--end-of-options", head)).split()


def nothing_to_compare(folder: Path, name: str) -> NoReturn:
    """Say that no version of a folder can be compared with, for want of a file of this name. Raises BadRevision."""
    message = f"no version of {name} up to there can be read, so nothing can be compared"
    help = "go back to a commit where it can, or have everything reviewed and merge it without this check"
    raise BadRevision(message, _unless_shallow(folder, help))


def _unless_shallow(folder: Path, help: str) -> str:
    is_shallow = _line(_run(folder, "rev-parse", "--is-shallow-repository")) == "true"
    return "this clone is shallow; get the rest with git fetch --unshallow" if is_shallow else help


def commit_day(folder: Path, commit: str) -> datetime.date:
    """Return the day (UTC) of a commit, put in order with those before it (see `in_order`). Raises NoGit."""
    times = _line(_run(folder, "log", "--first-parent", "--format=%ct", "--end-of-options", commit)).split()
    return in_order([_utc_day(int(time)) for time in reversed(times)], today())[-1]


def files_at(folder: Path, commit: str) -> tuple[dict[str, bytes], list[str]]:
    """Return the folder's files at a commit by their path below it, and the paths that lead elsewhere. Raises NoGit."""
    listed: dict[str, str] = {}
    elsewhere: list[str] = []
    for line in _run(folder, "ls-tree", "-r", "-z", "--end-of-options", commit).split(b"\0"):
        if line:
            about, _, path = line.partition(b"\t")
            mode, _, blob = about.decode("ascii").split(" ")
            name = path.decode("utf-8", "surrogateescape")
            if mode in _ELSEWHERE:
                elsewhere.append(name)
            else:
                listed[name] = blob
    held = dict(blobs(folder, dict.fromkeys(listed.values())))
    return {path: held[blob] for path, blob in listed.items() if blob in held}, elsewhere


def committed(file: Path) -> bytes | None:
    """Return what a file holds in the last commit, None if it is not in it, or in no repository."""
    try:
        return _run(file.parent, "show", f"HEAD:./{file.name}")
    except (NoGit, OSError):
        return None


def other_places(folder: Path, commit: str, name: str) -> list[str]:
    """Return the other folders that had a file of this name up to a commit and are gone from the files as they are.

    By their paths from the repository's root (each ends in "/", and the root is ""); those still there at the commit
    come first, then those that were there last. Raises NoGit.
    """
    output = _run(
        folder, "log", "--first-parent", "--diff-merges=first-parent", "--no-renames", "--no-relative", "--format=",
        "--name-status", "-z", "--end-of-options", commit, "--", f":(top,glob)**/{name}",
    )  # fmt: skip
    root = Path(os.fsdecode(_run(folder, "rev-parse", "--show-toplevel").removesuffix(b"\n")))
    here = os.fsdecode(_run(folder, "rev-parse", "--show-prefix").removesuffix(b"\n"))
    words = [os.fsdecode(word.lstrip(b"\n")) for word in output.split(b"\0")]
    last: dict[str, str] = {}
    for status, path in zip(words[::2], words[1::2], strict=False):
        last.setdefault(path.removesuffix(name), status)
    files = {place: root / place / name for place in last if place != here}
    gone = [place for place, file in files.items() if not (file.is_file() and file.resolve() == file)]
    return sorted(gone, key=lambda place: last[place] == "D")


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
    with _start(folder, *command, settings=settings) as process, waiting_for(f"git {command[0]} in {folder}"):
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
            env={**os.environ, **_ENVIRONMENT},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL if command[0] == "cat-file" else subprocess.PIPE,
        )
    except FileNotFoundError:
        raise NoGit("git is not installed") from None
