"""The parsed tree of a file: structure without types, where every value knows its location."""

from __future__ import annotations

from typing import Any, NamedTuple

#: The most items of a list, or keys of a mapping.
MAX_ITEMS = 5_000
#: How deep values can be nested.
MAX_DEPTH = 20

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
KEYED_BY_ID = ("abilities",)


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
        key: to_data(value, keep_all, key in KEYED_BY_ID)
        for key, (_, value) in node.entries.items()
        if keep_all or not ((key.startswith("x-") and not by_id) or is_empty(value))
    }


def is_empty(node: Node) -> bool:
    """Return whether nothing is written here, as after `key:` (unlike `key: ""`)."""
    return isinstance(node, ScalarNode) and node.plain and not node.text
