"""What is wrong, where, and how to mend it: the one currency between reader, rules and printers."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "off"]

#: Longest line an excerpt shows; a 1 MiB line must not flood a terminal.
EXCERPT_WIDTH = 100
#: So many findings of one file are told.
MAX_FINDINGS = 100
#: What is longer is no misspelt word, and comparing it takes long.
_WORD_LIMIT = 200


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file: `line` and `column` count from 1; line 0 means the file as a whole."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a colleague would point at: where, which rule, what, and the mend.

    `excerpt` is the line of the file the place points into, or "" where there is none.
    """

    code: str
    location: Location
    message: str
    help: str = ""
    excerpt: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        severity = "warning: " if self.severity == "warning" else ""
        sentence = f"{self.location}: {severity}{self.code} {self.message}"
        return printable(f"{sentence}, {self.help}" if self.help else sentence)


def in_reading_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by file, line and column, each told once."""
    return sorted(dict.fromkeys(findings), key=lambda f: (f.location, f.code, f.message))


def first_of(findings: list[Finding]) -> list[Finding]:
    """The first findings of a file, and how many more there are: nobody reads thousands."""
    if len(findings) <= MAX_FINDINGS:
        return findings
    left = findings[MAX_FINDINGS]
    rest = Finding(
        left.code, left.location, f"and {len(findings) - MAX_FINDINGS:,} more like these", "mend these first"
    )
    return [*findings[:MAX_FINDINGS], rest]


def did_you_mean(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """`did you mean "…"?` for the nearest known word, else ""."""
    near = nearest(word, known, cutoff)
    return f'did you mean "{near}"?' if near else ""


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """The known word that is spelt most alike, or "" where none is."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=cutoff) if len(word) <= _WORD_LIMIT else []
    return near[0] if near else ""


def as_text(finding: Finding) -> str:
    """A finding for the terminal: the sentence, the line it points at, and a caret under the column."""
    sentence = str(finding)
    if not finding.excerpt or not finding.location.line:
        return sentence
    line, caret = _window(finding.excerpt, finding.location.column)
    gutter = f"{finding.location.line:>5} | "
    return f"{sentence}\n{gutter}{line}\n{' ' * (len(gutter) - 2)}| {' ' * caret}^"


def as_data(finding: Finding) -> dict[str, object]:
    """A finding as plain data, for `--format json`."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "path": finding.location.path,
        "line": finding.location.line,
        "column": finding.location.column,
        "message": finding.message,
        "help": finding.help,
    }


def with_severity(finding: Finding, severity: Severity) -> Finding:
    """The same finding, judged anew."""
    return finding if finding.severity == severity else dataclasses.replace(finding, severity=severity)


def _window(line: str, column: int) -> tuple[str, int]:
    """The part of `line` around `column` that fits a terminal, printable, and the caret's offset in it."""
    at = min(max(column - 1, 0), len(line))
    start = max(0, at - EXCERPT_WIDTH // 2) if len(line) > EXCERPT_WIDTH else 0
    return printable(line[start : start + EXCERPT_WIDTH]), at - start


def printable(text: str) -> str:
    """Text for a terminal: what would move its cursor or change its colours is replaced, a tab is a space."""
    return "".join(c if c.isprintable() else " " if c == "\t" else "\N{REPLACEMENT CHARACTER}" for c in text)
