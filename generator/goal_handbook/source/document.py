"""A file as read: its text, and where each of its values is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from ..findings import Finding, Location
from .marks import EMPTY, LIST, Marks
from .nodes import MappingNode, Node, NodePath, ScalarNode, SequenceNode, is_empty, node_at
from .text import LINE_BREAK, decode


@dataclass(frozen=True)
class Document:
    """One file as read: its path as messages show it, its bytes, and its tree (None if it has none).

    The tree takes much memory, so it is made only when somebody asks; an ordinary file has `marks`, which answer most
    questions without it (in a long file it would take long to look through them again and again).

    `left_out` are the parts that could not be used. A model is made of the rest and counts its list items without
    them. Every method here takes paths as the model counts, and translates them to those in the file.
    """

    path: str
    data: bytes
    tree: Callable[[], MappingNode | None] | None = field(default=None, compare=False, repr=False)
    marks: Marks | None = field(default=None, compare=False, repr=False)
    left_out: frozenset[NodePath] = frozenset()

    @property
    def root(self) -> MappingNode | None:
        """The tree."""
        return self.tree() if self.tree else None

    @property
    def has_tree(self) -> bool:
        """Whether there is a tree; it is not made."""
        return self.tree is not None

    @property
    def text(self) -> str:
        """The text, "" where it cannot be decoded."""
        return self.data.decode("utf-8-sig") if self.marks else decode(self.path, self.data)[0]

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of the text."""
        return _lines(self.data)

    def with_tree(self, tree: Callable[[], MappingNode | None]) -> Document:
        """Return the document with a function that makes its tree."""
        return replace(self, tree=tree)

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
        if self.marks:
            place, _ = self.marks.find(self.in_file(path))
            return self._at_mark(self.marks, place.key if self.marks.kind(place.mark) == EMPTY else place.mark)
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
        if self.marks:
            place, is_there = self.marks.find(self.in_file(path))
            return self._at_mark(self.marks, place.key) if is_there else self.location(path)
        node = self.at(path[:-1])
        if isinstance(node, MappingNode) and path and path[-1] in node.entries:
            key = node.entries[str(path[-1])][0]
            return Location(self.path, key.line, key.column)
        return self.location(path)

    def _at_mark(self, marks: Marks, mark: int) -> Location:
        text, offset = self.text, marks.offset(mark)
        line = text.count("\n", 0, offset) + 1
        return Location(self.path, line, offset - text.rfind("\n", 0, offset))

    def has_value(self, path: NodePath) -> bool:
        """Return whether there is a value at `path`; a key without one does not count."""
        if self.marks:
            place, is_there = self.marks.find(self.in_file(path))
            return is_there and self.marks.kind(place.mark) != EMPTY
        node = self.at(path)
        return node is not None and not is_empty(node)

    def length(self, path: NodePath) -> int:
        """Return the number of items of the list at `path`, 0 where there is none."""
        if self.marks:
            place, is_there = self.marks.find(self.in_file(path))
            is_list = is_there and self.marks.kind(place.mark) == LIST
            return sum(1 for _ in self.marks.inside(place)) if is_list else 0
        node = self.at(path)
        return len(node.items) if isinstance(node, SequenceNode) else 0

    def at(self, path: NodePath) -> Node | None:
        """Return the node at `path`, or None."""
        return node_at(self.root, self.in_file(path))

    def finding(self, code: str, location: Location, message: str, help: str = "") -> Finding:
        """Return a finding in this file, with the line it points into as its excerpt."""
        return Finding(code, location, message, help, self.excerpt(location))

    def place(self, path: NodePath, key: bool = False) -> PathInFile:
        """Return the place of the value at `path` or, with `key`, of its key; nothing is looked for yet."""
        return PathInFile(self, path, key)

    def excerpt(self, location: Location) -> str:
        """Return the line a location points into, or "" for the file as a whole."""
        lines = self.lines if location.line else ()
        return lines[location.line - 1] if 0 < location.line <= len(lines) else ""


@dataclass(frozen=True)
class PathInFile:
    """The place of a value, or of its key, that is looked for once somebody asks."""

    document: Document
    steps: NodePath
    key: bool

    @property
    def path(self) -> str:
        """The file."""
        return self.document.path

    @cached_property
    def location(self) -> Location:
        """The line and column."""
        return self.document.key_location(self.steps) if self.key else self.document.location(self.steps)

    @property
    def excerpt(self) -> str:
        """The line of the file."""
        return self.document.excerpt(self.location)


@lru_cache(maxsize=8)  # findings of a file come one after another
def _lines(data: bytes) -> tuple[str, ...]:
    return tuple(LINE_BREAK.split(decode("", data)[0]))
