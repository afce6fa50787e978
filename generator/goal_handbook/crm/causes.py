"""Collects what is wrong with the rows of an export: one finding for each cause, however many rows share it."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from ..findings import MAX_FINDINGS, Finding, Location, first_of
from ..words import plural

#: How many lines of the other rows are named.
_LINES_NAMED = 3
#: What differs between messages of one cause: the text they quote, and numbers.
_VARYING = re.compile(r'".*"|[0-9]+(?:[.,-][0-9]+)*', re.DOTALL)


@dataclass(slots=True)
class _Cause:
    """The first finding of a cause, the lines of the next few rows with it, and how many there are altogether."""

    first: Finding
    lines: array[int] = field(default_factory=lambda: array("Q"))
    rows: int = 1

    def finding(self) -> Finding:
        if self.rows == 1:
            return self.first
        noun = "line" if self.rows == 2 else "lines"
        named = ", ".join(map(str, self.lines)) + (" …" if self.rows - 1 > len(self.lines) else "")
        more = f"and {plural(self.rows - 1, 'more row')} like it: {noun} {named}"
        return replace(self.first, message=f"{self.first.message}, {more}")


class Causes:
    """Findings in the rows of a file (`path`), in the order in which their causes were met.

    `excerpt` returns the text of a line. What is kept does not grow with the rows.
    """

    def __init__(self, path: str, excerpt: Callable[[int], str] = lambda _: "") -> None:
        self.path, self.excerpt = path, excerpt
        self.found: dict[tuple[str, int, str], _Cause] = {}
        self.left_out = 0

    def report(self, code: str, line: int, message: str, help: str, column: int = -1, cause: str = "") -> None:
        """Report a row. It shares its cause with a row before if the two differ in what they quote and count only.

        `cause` says what it shares instead, where that is not what the messages say.
        """
        key = (code, column, cause or _VARYING.sub("…", message))
        if not self._is_counted(key, line):
            self.found[key] = _Cause(Finding(code, Location(self.path, line, 1), message, help, self.excerpt(line)))

    def add(self, finding: Finding, cause: str) -> None:
        """Report a finding that is made already."""
        key = (finding.code, -1, cause)
        if not self._is_counted(key, finding.location.line):
            self.found[key] = _Cause(finding)

    def _is_counted(self, key: tuple[str, int, str], line: int) -> bool:
        """Count a row whose cause is known, or one too many; return whether that is all there is to do."""
        if known := self.found.get(key):
            known.rows += 1
            if len(known.lines) < _LINES_NAMED:
                known.lines.append(line)
        elif self.is_full:
            self.left_out += 1
        return known is not None or self.is_full

    @property
    def is_full(self) -> bool:
        """Whether another cause would only be counted."""
        return len(self.found) > MAX_FINDINGS

    def findings(self) -> list[Finding]:
        """Return the findings, MAX_FINDINGS at most and one that counts the rest."""
        return first_of([cause.finding() for cause in self.found.values()], self.left_out)
