"""The small handbook that is written to, and the commands that write to it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.changes.story import HOUSE

from .site import build, crash_in, run_goals, write_project

GOAL = "moses-frase/new-business"
MOSES = Path("goals/sellers/moses-frase.yaml")
DEALS = "Owner,Closed,Amount\n" + "".join(f"Anna Snelling,2017-0{month}-11,12000\n" for month in range(1, 7))
ANNA = """name: Anna Snelling
team: central
goals:
  - id: new-business
    title: Close 90,000 of new business
    supports: revenue
    measure: {unit: money, target: 90_000}
    landmarks: [{id: year, due: 2017-12-31, value: 90_000}]
"""
IMPORT = (
    *("import", "deals.csv", "--goal-pattern", "{owner}/new-business", "--into", "goals/readings/crm.csv"),
    *("--owner-column", "Owner", "--date-column", "Closed", "--value-column", "Amount"),
)


class Refused(Exception):
    """A command said what keeps it from doing what it should."""


class Crashed(Exception):
    """A command ended in an exception of its own."""


@dataclass(frozen=True)
class Writer:
    """A command that changes a handbook, and what has to be there first. Both run in the folder around goals/."""

    command: tuple[str, ...]
    prepare: Callable[[], object] = lambda: None

    def __call__(self) -> None:
        """Run the command. Raises Refused if it says that it cannot, and Crashed if it says nothing of the kind."""
        result = run_goals(*self.command)
        said = f"goals {' '.join(self.command)}: {result.output}{crash_in(result)}"
        if crash_in(result):
            raise Crashed(said)
        if result.exit_code:
            raise Refused(said)


def build_or_fail() -> None:
    """Run the build. Raises Refused if it fails."""
    result = build()
    if result.exit_code:
        raise Refused(result.output)


def _replace(path: Path, *pairs: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def _spread() -> None:
    for path in Path("goals").rglob("*.yaml"):
        _replace(path, ("goals:\n", "goals:\n\n\n"), ("    title: ", "    title:   "))


def _planned() -> None:
    Writer(("sheet", "--out", "plan"))()
    titles = (("Complete the negotiation", "Pass the negotiation"), ("Learn to coach", "Practise coaching"))
    _replace(Path("plan/Goals.csv"), *titles)


def _export() -> None:
    Path("deals.csv").write_text(DEALS, encoding="utf-8")


CHECKIN = Writer(("checkin", GOAL, "140_000", "--on", "2017-07-12"))
WRITERS: Mapping[str, Writer] = {
    "checkin": CHECKIN,
    "adjust": Writer(("adjust", GOAL, "--target", "250_000", "--by", "moses-frase", "--why", "Two shops closed")),
    "fmt": Writer(("fmt",), _spread),
    "import": Writer(IMPORT, _export),
    "sheet": Writer(("sheet", "plan"), _planned),
    "undo": Writer(("undo",), CHECKIN),
}


def write_handbook(folder: Path) -> None:
    """Write the handbook and its mkdocs.yml into a folder."""
    shutil.copytree(HOUSE, folder / "goals")
    (folder / "goals" / "sellers" / "anna-snelling.yaml").write_text(ANNA, encoding="utf-8")
    write_project(folder)
