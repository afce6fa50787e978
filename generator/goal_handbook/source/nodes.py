"""The parsed tree of a file: structure without types, where every value knows its location."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from ..findings import Finding, Location

#: The most items of a list, or keys of a mapping.
MAX_ITEMS = 5_000

#: The way to a value: keys, and indexes of list items, e.g. ("goals", 0, "title").
NodePath = tuple[str | int, ...]


class ScalarNode(NamedTuple):  # tuples: half a million of them are read in a second
    """The text of a value. `start` and `end` are character offsets in the file; `plain` means unquoted."""

    text: str
    line: int
    column: int
    start: int
    end: int
    plain: bool


class SequenceNode(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    line: int
    column: int
    start: int
    end: int


class MappingNode(NamedTuple):
    """Keys and values in the file's order; a duplicate key keeps its first value."""

    entries: dict[str, tuple[ScalarNode, Node]]
    line: int
    column: int
    start: int
    end: int


Node = ScalarNode | SequenceNode | MappingNode


@dataclass(frozen=True)
class Document:
    """One file as read: its path as messages show it, its text and lines, and its tree (None if it has none).

    `left_out` are the parts that could not be used. A model is made of the rest and counts its list items without
    them. Every method here takes paths as the model counts, and translates them to those in the file.
    """

    path: str
    text: str
    root: MappingNode | None
    lines: list[str] = field(default_factory=list, compare=False)
    left_out: frozenset[NodePath] = frozenset()

    def without(self, parts: Iterable[NodePath]) -> Document:
        """Return the document with more parts left out."""
        return replace(self, left_out=self.left_out.union(map(self.in_file, parts)))

    def in_file(self, path: NodePath) -> NodePath:
        """Return the path in the file for a path as the model counts."""
        if not self.left_out:
            return path
        found: NodePath = ()
        for step in path:
            if isinstance(step, int):
                gone = sorted(p[-1] for p in self.left_out if p[:-1] == found and isinstance(p[-1], int))
                for index in gone:
                    step += index <= step  # noqa: PLW2901 (each item left out before this one shifts it by one)
            found = (*found, step)
        return found

    def location(self, path: NodePath) -> Location:
        """Return the location of the value at `path`, or of the nearest thing around it that exists."""
        node: Node | None = self.root
        at: ScalarNode | Node | None = self.root
        for step in self.in_file(path):
            if isinstance(node, MappingNode) and isinstance(step, str) and step in node.entries:
                key, node = node.entries[step]
                at = key if is_empty(node) else node
            elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.items):
                at = node = node.items[step]
            else:
                break
        return Location(self.path, at.line, at.column) if at else Location(self.path, 1, 1)

    def key_location(self, path: NodePath) -> Location:
        """Return the location of the key at the end of `path`, or of the nearest thing around it that exists."""
        node = self.at(path[:-1])
        if isinstance(node, MappingNode) and path and path[-1] in node.entries:
            key = node.entries[str(path[-1])][0]
            return Location(self.path, key.line, key.column)
        return self.location(path)

    def at(self, path: NodePath) -> Node | None:
        """Return the node at `path`, or None."""
        return node_at(self.root, self.in_file(path))

    def finding(self, code: str, location: Location, message: str, help: str = "") -> Finding:
        """Return a finding in this file, with the line it points into as its excerpt."""
        return Finding(code, location, message, help, self.excerpt(location))

    def excerpt(self, location: Location) -> str:
        """Return the line a location points into, or "" for the file as a whole."""
        return self.lines[location.line - 1] if 0 < location.line <= len(self.lines) else ""


def node_at(node: Node | None, path: NodePath) -> Node | None:
    """Return what a path leads to from a node, or None."""
    for step in path:
        if isinstance(node, MappingNode) and isinstance(step, str) and step in node.entries:
            node = node.entries[step][1]
        elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            return None
    return node


#: What has ids for keys: one that begins with `x-` is an id there, and no key of the user's own.
_KEYED_BY_ID = ("abilities",)


def to_data(node: Node, keep_all: bool = False, by_id: bool = False) -> Any:
    """Return a tree as dicts, lists and text.

    Keys without a value and `x-` keys are left out. With `keep_all` they stay, and a missing value is None. With
    `by_id` the keys at the top are ids.
    """
    if isinstance(node, ScalarNode):
        return None if keep_all and is_empty(node) else node.text
    if isinstance(node, SequenceNode):
        return [to_data(item, keep_all) for item in node.items]
    return {
        key: to_data(value, keep_all, key in _KEYED_BY_ID)
        for key, (_, value) in node.entries.items()
        if keep_all or not ((key.startswith("x-") and not by_id) or is_empty(value))
    }


def is_empty(node: Node) -> bool:
    """Return whether nothing is written here, as after `key:` (unlike `key: ""`)."""
    return isinstance(node, ScalarNode) and node.plain and not node.text
