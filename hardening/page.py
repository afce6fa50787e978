"""The counts of a run, as a table in the page of the manual about reliability."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from pathlib import Path

from goal_handbook.clock import today
from goal_handbook.words import plural

from .cases import MIB, Tally

PAGE = Path(__file__).parent.parent / "docs" / "manual" / "reliability.md"
_BEGIN, _END = "<!-- hardening -->\n", "<!-- /hardening -->\n"
_HEAD = """\
| Part | Cases | Failures | Kills survived | Canaries leaked | Memory, first to last |
|---|--:|--:|--:|--:|--:|
"""


def write(tallies: Mapping[str, Tally], minutes: float, seed: int) -> None:
    """Put the table of a run, parts by name, in the place of the one that the page has."""
    before, begin, rest = PAGE.read_text(encoding="utf-8").partition(_BEGIN)
    PAGE.write_text(before + begin + table(tallies, minutes, seed) + _END + rest.partition(_END)[2], encoding="utf-8")


def table(tallies: Mapping[str, Tally], minutes: float, seed: int) -> str:
    """Return a run as Markdown: a row for each part, and when and where it was."""
    rows = "".join(map(_row, tallies, tallies.values()))
    machine = f"{plural(os.cpu_count() or 1, 'CPU')}, {platform.system()}, Python {platform.python_version()}"
    return f"\n{_HEAD}{rows}\n{today()}: {minutes:g} minutes with `--seed {seed}`, on {machine}.\n\n"


def _row(name: str, tally: Tally) -> str:
    first, last = (round(size / MIB) for size in tally.memory)
    counts = (tally.cases, len(tally.failures), tally.kills, tally.leaks)
    return f"| {' | '.join([name, *(f'{count:,}' for count in counts), f'{first} to {last} MiB'])} |\n"
