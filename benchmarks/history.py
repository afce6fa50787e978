"""Reading a history of 20 versions of each file: cold, and after one more commit; beside git alone and a C parser."""

from __future__ import annotations

import subprocess
from functools import partial
from itertools import count
from pathlib import Path

from .handbook import write_handbook
from .measure import Contestant, Cost, run_code, take_turns
from .results import Section, costs_table

VERSIONS = 20
#: They have 1,000 files, with those of teams and leaders.
_USUAL = 769
OURS, AFTER, RIVAL = "goal-handbook, cold", "after one commit", "git and yaml.load (C)"
#: One `git log --raw`, one `git cat-file --batch`, and every version parsed: the least that anybody has to do.
_LEAST = """
def git(command, given=b""):
    pipe = dict(check=True, stdout=subprocess.PIPE, input=given)
    return subprocess.run(["git", *command.split()], cwd=sys.argv[1], **pipe).stdout
lines = git("log --raw --no-abbrev --no-renames --first-parent --reverse --format=%H%cI%an -- .").decode().splitlines()
blobs = dict.fromkeys(line.split()[3] for line in lines if line.startswith(":") and line.endswith(".yaml"))
ids = "\\n".join(blobs) + "\\n"
rest = io.BytesIO(git("cat-file --batch", ids.encode()))
for blob in blobs:
    yaml.load(rest.read(int(rest.readline().split()[2])), Loader=yaml.CSafeLoader)
    rest.readline()
"""


def history(sellers: int | None, times: int, folder: Path) -> Section:
    """Read the history of the files of so many sellers."""
    files = write_versions(folder, sellers or _USUAL)
    goals, caches = folder / "goals", (folder / f"cache-{number}.sqlite" for number in count())
    warm = folder / "warm.sqlite"
    _read(goals, warm)
    contestants = [
        Contestant(RIVAL, partial(run_code, "import io, subprocess, yaml", _LEAST, goals)),
        Contestant(OURS, lambda: _read(goals, next(caches))),
        Contestant(AFTER, lambda: _read(goals, warm), lambda: _commit_one(folder)),
    ]
    head, rows = costs_table(take_turns(contestants, times), RIVAL, "git and C")
    return Section(
        "History",
        f"{VERSIONS} versions of {files:,} files each, read from git as typed changes, without the time that "
        f"Python and imports take: cold, and {AFTER} more with the cache of those before. Beside it the least that "
        "anybody has to do: one `git log --raw`, one `git cat-file --batch`, and `yaml.load` with the C loader of "
        "every version.",
        head,
        rows,
    )


def write_versions(folder: Path, sellers: int) -> int:
    """Write a repository whose every commit touches every owner's file; return how many files there are."""
    write_handbook(sellers, folder)
    owners = sorted((folder / "goals").glob("*/*.yaml"))
    _git(folder, "init", "--quiet")
    for version in range(VERSIONS):
        for path in owners:
            text = path.read_text(encoding="utf-8")
            old, new = f"# version {version - 1}\n", f"# version {version}\n"
            more = text.replace("target: 2", f"target: {version % 9 + 1}", 1) if version % 5 == 4 else text
            path.write_text(more.replace(old, "") + new, encoding="utf-8")
        _commit(folder, f"version {version}")
    return len(owners)


def _commit_one(folder: Path) -> None:
    """Commit an edit of one file."""
    path = folder / "goals/sellers/seller-0.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# once more\n", encoding="utf-8")
    _commit(folder, "once more")


def _read(goals: Path, cache: Path) -> Cost:
    setup = "from goal_handbook.git.history import read_history"
    return run_code(setup, "read_history(Path(sys.argv[1]), cache=Path(sys.argv[2]))", goals, cache)


def _commit(folder: Path, message: str) -> None:
    _git(folder, "add", "goals")
    _git(folder, "commit", "--quiet", "--message", message)


def _git(folder: Path, *command: str) -> None:
    people = ["-c", "user.name=b", "-c", "user.email=b"]
    subprocess.run(["git", *people, *command], cwd=folder, check=True)
