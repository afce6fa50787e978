"""The tree of a file: structure only, no types; every value knows its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from ..findings import Finding, Location

Path = tuple[str | int, ...]


class Scalar(NamedTuple):  # tuples: half a million of them are read in a second
    """A value's text. `start` and `end` are character offsets in the file; `plain` means unquoted."""

    text: str
    line: int
    column: int
    start: int
    end: int
    plain: bool


class Sequence(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    line: int
    column: int
    start: int
    end: int


class Mapping(NamedTuple):
    """Keys and values, in the file's order; a key that stands twice keeps its first value."""

    entries: dict[str, tuple[Scalar, Node]]
    line: int
    column: int
    start: int
    end: int


Node = Scalar | Sequence | Mapping


@dataclass(frozen=True)
class Document:
    """One file as read: its path as messages show it, its lines, and its tree (None where there is none).

    `left_out` are the parts that could not be read. The model made of the rest counts its lists without them, so
    every path given to a document is one in the rest; the document knows where that is in the file.
    """

    path: str
    text: str
    root: Mapping | None
    lines: list[str] = field(default_factory=list, compare=False)
    left_out: frozenset[Path] = frozenset()

    def without(self, parts: Iterable[Path]) -> Document:
        """The document with more parts left out."""
        return replace(self, left_out=self.left_out.union(map(self._in_file, parts)))

    def _in_file(self, path: Path) -> Path:
        """A path in the rest as the path in the file."""
        found: Path = ()
        for step in path:
            if isinstance(step, int):
                gone = sorted(p[-1] for p in self.left_out if p[:-1] == found and isinstance(p[-1], int))
                for index in gone:
                    step += index <= step  # noqa: PLW2901 (each one left out before it moves it by one)
            found = (*found, step)
        return found

    def location(self, path: Path) -> Location:
        """The place of the value at `path`, or of the nearest thing around it that exists."""
        node: Node | None = self.root
        at: Scalar | Node | None = self.root
        for step in self._in_file(path):
            if isinstance(node, Mapping) and isinstance(step, str) and step in node.entries:
                key, node = node.entries[step]
                at = node if not (isinstance(node, Scalar) and node.plain and not node.text) else key
            elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
                at = node = node.items[step]
            else:
                break
        return Location(self.path, at.line, at.column) if at else Location(self.path, 1, 1)

    def key_location(self, path: Path) -> Location:
        """The place of the key at `path` (the last step), or of what is around it."""
        node = self.at(path[:-1])
        if isinstance(node, Mapping) and path and path[-1] in node.entries:
            key = node.entries[str(path[-1])][0]
            return Location(self.path, key.line, key.column)
        return self.location(path)

    def at(self, path: Path) -> Node | None:
        """The node at `path`, or None."""
        node: Node | None = self.root
        for step in self._in_file(path):
            if isinstance(node, Mapping) and isinstance(step, str) and step in node.entries:
                node = node.entries[step][1]
            elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
                node = node.items[step]
            else:
                return None
        return node

    def finding(self, code: str, location: Location, message: str, help: str = "") -> Finding:
        """A finding in this file, with its line as excerpt."""
        return Finding(code, location, message, help, self.excerpt(location))

    def excerpt(self, location: Location) -> str:
        """The line a place points into."""
        return self.lines[location.line - 1] if 0 < location.line <= len(self.lines) else ""


def plain(node: Node) -> Any:
    """The tree as dicts, lists and text. Keys without a value, and `x-` keys, are left out."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {
        key: plain(value)
        for key, (_, value) in node.entries.items()
        if not key.startswith("x-") and not (isinstance(value, Scalar) and value.plain and not value.text)
    }
