"""Findings: what is wrong, where, and how to fix it. The reader, the rules and the reports all share them."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

Severity = Literal["error", "warning", "off"]

#: The longest line an excerpt shows; a 1 MiB line must not flood a terminal.
EXCERPT_WIDTH = 100
#: The most findings reported for one file.
MAX_FINDINGS = 100
#: A longer word is not a typo, and comparing it with others takes long.
_WORD_LIMIT = 200
#: Spaces that keep a number and its unit on one line; a terminal shows them well.
_NO_BREAK_SPACES = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A position in a file: `line` and `column` count from 1; line 0 means the file as a whole."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


class Place(Protocol):
    """A place in a file that is looked for only when somebody asks."""

    @property
    def path(self) -> str:
        """The file."""

    @property
    def location(self) -> Location:
        """The line and column."""

    @property
    def excerpt(self) -> str:
        """The line of the file, or ""."""


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """One thing a check reports: where, by which rule, what is wrong (`message`) and how to fix it (`help`).

    `help` may be empty. `at` is a location, whose line of the file is `line`, or a place that knows both. Most findings
    are only counted, so places are compared last.
    """

    code: str
    at: Location | Place
    message: str
    help: str = ""
    line: str = ""
    severity: Severity = "error"

    @property
    def path(self) -> str:
        """The file it is in."""
        return self.at.path

    @property
    def location(self) -> Location:
        """Where it is."""
        return self.at if isinstance(self.at, Location) else self.at.location

    @property
    def excerpt(self) -> str:
        """The line of the file that `location` points into, or ""."""
        return self.line if isinstance(self.at, Location) else self.at.excerpt

    def __eq__(self, other: object) -> bool:
        """Return whether both say the same about the same place."""
        return (
            isinstance(other, Finding)
            and (self.message, self.code, self.path) == (other.message, other.code, other.path)
            and (self.help, self.severity, self.location) == (other.help, other.severity, other.location)
            and self.excerpt == other.excerpt
        )

    def __hash__(self) -> int:
        return hash((self.message, self.code, self.path))

    def __str__(self) -> str:
        """Return the finding without its excerpt: the sentence, and the help on a second line."""
        return with_help(self.sentence, printable(self.help))

    @property
    def sentence(self) -> str:
        """`path:line:column: GH102 message`, safe for a terminal."""
        severity = "warning: " if self.severity == "warning" else ""
        return printable(f"{self.location}: {severity}{self.code} {self.message}")


def with_help(message: str, help: str) -> str:
    """Return a message with its help, if any, on a line of its own."""
    return f"{message}\n  help: {help}" if help else message


def in_reading_order(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings by file, line and column, and drop duplicates."""
    by_file = sorted(dict.fromkeys(findings), key=lambda finding: finding.path)  # a file is looked through at once
    return sorted(by_file, key=_reading_order)


def by_file(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings by file, and those in CSV files by line: close to reading order, without looking up places."""
    return sorted(findings, key=lambda f: (f.path, f.at.line if isinstance(f.at, Location) else 0))


def _reading_order(finding: Finding) -> tuple[str, int, int, str, str]:
    at = finding.location
    return at.path, at.line, at.column, finding.code, finding.message


def first_of(findings: list[Finding], uncollected: int = 0) -> list[Finding]:
    """Return the first MAX_FINDINGS findings and one that counts the rest: nobody reads thousands.

    `uncollected` are more that were only counted.
    """
    if len(findings) <= MAX_FINDINGS:
        return findings
    left, more = findings[MAX_FINDINGS], len(findings) - MAX_FINDINGS + uncollected
    rest = Finding(left.code, left.location, f"and {more:,} more like these", "fix these first")
    return [*findings[:MAX_FINDINGS], rest]


def did_you_mean(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """Return `did you mean "…"?` for the most similar known word, else ""."""
    near = nearest(word, known, cutoff)
    return f'did you mean "{near}"?' if near else ""


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """Return the known word with the most similar spelling, or "" if none is similar enough."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=cutoff) if len(word) <= _WORD_LIMIT else []
    return near[0] if near else ""


def as_text(finding: Finding) -> str:
    """Format a finding for the terminal: the sentence, the line with a caret under the column, and the help."""
    if not finding.excerpt or not finding.location.line:
        return str(finding)
    line, caret = window(finding.excerpt, finding.location.column)
    gutter = f"{finding.location.line:>5} | "
    under = f"{' ' * (len(gutter) - 2)}| {' ' * caret}^"
    return with_help("\n".join([finding.sentence, f"{gutter}{line}", under]), printable(finding.help))


def as_data(finding: Finding) -> dict[str, object]:
    """Return a finding as plain data, for `--format json`."""
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
    """Return the same finding with another severity."""
    if finding.severity == severity:
        return finding
    return Finding(finding.code, finding.at, finding.message, finding.help, finding.line, severity)


def window(line: str, column: int) -> tuple[str, int]:
    """Return the printable part of a line around `column` that fits a terminal, and the column's offset in it."""
    at = min(max(column - 1, 0), len(line))
    start = max(0, at - EXCERPT_WIDTH // 2) if len(line) > EXCERPT_WIDTH else 0
    return printable(line[start : start + EXCERPT_WIDTH]), at - start


def printable(text: str) -> str:
    """Return text that is safe for a terminal, one character for each of `text`.

    Whatever could move the cursor, change colours or reorder the line (control characters, line breaks,
    bidirectional controls) becomes U+FFFD. No-break spaces stay; a tab or any other space becomes a plain space.
    """
    return text if text.isprintable() else "".join(map(_printable, text))


def _printable(character: str) -> str:
    if character.isprintable() or character in _NO_BREAK_SPACES:
        return character
    is_space = character == "\t" or unicodedata.category(character) == "Zs"
    return " " if is_space else "\N{REPLACEMENT CHARACTER}"
