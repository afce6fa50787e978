"""A disk that is full, folders that cannot be written, and many at once: the old or the new, and no write is lost."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from goal_handbook.source.load import load

from .cases import Case, Outcome, Part
from .handbooks import GOAL, WRITERS, Crashed, Refused, Writer, write_handbook
from .kills import BUILDS, Prepared, half_done, prepare, strays
from .processes import Action, together
from .site import contents

#: What a process of ours ends with.
DONE, REFUSED, CRASHED = 0, 1, 3


def cases(dice: random.Random) -> Iterator[Case]:
    """Draw faults without an end, one kind after another."""
    while True:
        whats = [*BUILDS, *WRITERS]
        yield {"fault": "full disk", "what": dice.choice(whats), "bytes": int(2 ** dice.uniform(0, 14))}
        yield {"fault": "read-only", "what": dice.choice(list(WRITERS))}
        yield {"fault": "builds at once", "builds": 3}
        yield {"fault": "writers at once", "writers": dice.choice([4, 8, 20])}


def attempt(case: Case, folder: Path) -> Outcome:
    """Let a fault happen, and compare what is there with what may be."""
    fault: Callable[[Case, Path], list[str]] = FAULTS[case["fault"]]
    return Outcome(fault(case, folder))


def full_disk(case: Case, folder: Path) -> list[str]:
    """No file can grow beyond some bytes: a write is refused as a whole, and leaves nothing of it."""
    prepared, code = _meanwhile(case["what"], folder, lambda: _limit(case["bytes"]))
    with contextlib.chdir(folder / "project"):
        found = contents(Path(prepared.place))
        wrong = half_done(prepared, found)
        if found not in (prepared.old, prepared.new):
            wrong.append("some of it is new and some old")
        if code == DONE and found != prepared.new:
            wrong.append("it was not refused, and not done")
        if prepared.place == "site" and strays(prepared):
            wrong.append(f"left behind: {strays(prepared)}")
    return [*wrong, *["it crashed"] * (code == CRASHED)]


def read_only(case: Case, folder: Path) -> list[str]:
    """Nothing below goals/ can be written: the command is refused, and all is as before."""
    prepared, code = _meanwhile(case["what"], folder, lambda: _let_nobody_write(folder))
    wrong = [] if contents(folder / "project" / prepared.place) == prepared.old else ["something was written"]
    return [*wrong, *[f"it ended with {code}, not with {REFUSED}"] * (code != REFUSED)]


def builds_at_once(case: Case, folder: Path) -> list[str]:
    """Several builds into one site: all succeed, and there is one whole site."""
    prepared = prepare(BUILDS[0])
    shutil.copytree(prepared.folder, folder / "project")
    with contextlib.chdir(folder / "project"):
        codes = together([_ending(prepared.action)] * case["builds"])
        wrong = [] if contents(Path("site")) == prepared.new else ["the site is not whole"]
        return [*wrong, *[f"the builds ended with {codes}"] * (set(codes) != {DONE}), *strays(prepared)]


def writers_at_once(case: Case, folder: Path) -> list[str]:
    """Many writers, each with a home and a cache of its own: whatever was not refused is in the file, and no more."""
    write_handbook(folder)
    days = [f"2017-04-{day + 1:02}" for day in range(case["writers"])]
    with contextlib.chdir(folder):
        codes = together([_ending(_at_home(day, folder)) for day in days])
    loaded = load(folder / "goals")
    if loaded.handbook is None or loaded.findings:
        return ["the handbook has errors now"]
    written = {str(checkin.on) for checkin in loaded.handbook.goals[GOAL].checkins}
    lost = [day for day, code in zip(days, codes, strict=True) if (code == DONE) != (day in written)]
    return [*(f"lost: {day}" for day in lost), *["one crashed"] * (CRASHED in codes)]


FAULTS: Mapping[str, Callable[[Case, Path], list[str]]] = {
    "full disk": full_disk,
    "read-only": read_only,
    "builds at once": builds_at_once,
    "writers at once": writers_at_once,
}


def _meanwhile(what: str, folder: Path, fault: Action) -> tuple[Prepared, int | None]:
    """Do `what` in a process that first makes a fault happen; returns what was to be expected, and the exit code."""
    prepared = prepare(what)
    for name in ("rehearsal", "project"):  # which imports everything while it can still be read
        shutil.copytree(prepared.folder, folder / name)
        with contextlib.chdir(folder / name):
            prepared.begin()
            if name == "rehearsal":
                prepared.action()
                continue
            return prepared, together([_ending(prepared.action, fault)])[0]
    raise AssertionError


def _ending(action: Action, first: Action = lambda: None) -> Action:
    """Return an action that ends its process with DONE, REFUSED or CRASHED."""

    def run() -> None:
        first()
        try:
            action()
        except Refused:
            sys.exit(REFUSED)
        except Crashed as problem:
            print(problem, file=sys.stderr)
            sys.exit(CRASHED)

    return run


def _limit(size: int) -> None:
    """Let no file of this process grow beyond some bytes."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def _let_nobody_write(folder: Path) -> None:
    """Take the right to write from all folders and files of the project; root has it anyway, so be somebody else."""
    folder.chmod(0o755)
    for path in (folder / "project", *(folder / "project").rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    if os.getuid() == 0:
        os.setuid(65534)


def _at_home(day: str, folder: Path) -> Action:
    """Return a writer of one reading, in an environment that it shares with nobody."""

    def write() -> None:
        home = folder / "homes" / day
        home.mkdir(parents=True)
        os.environ |= {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "TMPDIR": str(home)}
        Writer(("checkin", GOAL, "61_000", "--on", day))()

    return write


PART = Part(cases, attempt)
