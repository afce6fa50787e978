"""A process killed at any moment, whether it builds or writes, leaves the old or the new, and no stray for long.

Half of the kills hit the moment before a change of a file, each as likely as another; the others come by the clock.
"""

from __future__ import annotations

import contextlib
import random
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .cases import Case, Outcome, Part
from .handbooks import MOSES, WRITERS, build_or_fail, write_handbook
from .processes import Action, Cost, killed_after, killed_at_change, measured
from .site import contents

BUILDS = ("build", "build beside .nojekyll")
#: A folder for what all cases of a run begin with.
_PREPARED = tempfile.TemporaryDirectory(prefix="hardening-prepared-")


@dataclass(frozen=True)
class Prepared:
    """A folder, what to do in it before the action, the files in `place` before and after it, and what it takes."""

    folder: Path
    place: str
    begin: Action
    action: Action
    old: Mapping[str, bytes]
    new: Mapping[str, bytes]
    cost: Cost


def cases(dice: random.Random) -> Iterator[Case]:
    """Draw kills without an end: half of them of builds, half of commands that write."""
    while True:
        what = dice.choice(BUILDS) if dice.random() < 0.5 else dice.choice(list(WRITERS))
        yield {"what": what, "by": dice.choice(["change", "clock"]), "moment": dice.random()}


def attempt(case: Case, folder: Path) -> Outcome:
    """Kill the action at a moment from 0 to 1 of it, compare what is there, and let it run again to the end."""
    prepared = prepare(case["what"])
    place = folder / "project"
    shutil.copytree(prepared.folder, place)
    with contextlib.chdir(place):
        prepared.begin()
        if case["by"] == "change":
            killed = killed_at_change(prepared.action, 1 + int(case["moment"] * prepared.cost.changes))
        else:
            killed = killed_after(prepared.action, case["moment"] * prepared.cost.seconds)
        wrong = half_done(prepared, contents(Path(prepared.place)))
        if contents(Path(prepared.place)) != prepared.new:
            prepared.action()
            wrong += [f"run again, it left {name}" for name in strays(prepared)]
    return Outcome(wrong, kills=int(killed and not wrong))


@cache
def prepare(what: str) -> Prepared:
    """Return what to begin with, before the action `what`, and what it leads to when nobody kills it."""
    root = Path(tempfile.mkdtemp(dir=_PREPARED.name))
    write_handbook(root)
    builds = what in BUILDS
    place = "site" if builds else "goals"
    begin: Action = _nothing if builds else WRITERS[what].prepare
    action: Action = build_or_fail if builds else WRITERS[what]
    with contextlib.chdir(root):
        if builds:
            _built_before(what)
        folder = Path(shutil.copytree(root, f"{root}-before"))
        begin()
        old = contents(root / place)
        cost = measured(action)
    return Prepared(folder, place, begin, action, old, contents(root / place), cost)


def _nothing() -> None:
    pass


def _built_before(what: str) -> None:
    """Leave a site here that another build replaces by a different one."""
    build_or_fail()
    MOSES.write_text(MOSES.read_text(encoding="utf-8").replace("Moses Frase", "Moses Freeze"), encoding="utf-8")
    if what != BUILDS[0]:
        (Path("site") / ".nojekyll").touch()


def half_done(prepared: Prepared, found: Mapping[str, bytes]) -> list[str]:
    """Return what is neither old nor new. A site is exchanged as a whole; of a handbook, file after file may be new."""
    if prepared.place == "site":
        return [] if found in (prepared.old, prepared.new) else [f"half a site of {len(found)} files"]
    names = {*prepared.old, *prepared.new, *(name for name in found if not _is_temporary(name))}
    return [
        f"{name} is neither old nor new"
        for name in sorted(names)
        if found.get(name) not in (prepared.old.get(name), prepared.new.get(name))
    ]


def strays(prepared: Prepared) -> list[str]:
    """Return what is in the project, after a run to the end, that an undisturbed run does not leave."""
    if prepared.place == "site":
        return [path.name for path in Path().glob(".site*")]
    found = contents(Path(prepared.place))
    return sorted(name for name in {*found, *prepared.new} if found.get(name) != prepared.new.get(name))


def _is_temporary(name: str) -> bool:
    return Path(name).name.startswith(".")


PART = Part(cases, attempt)
