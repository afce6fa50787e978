"""Parses YAML text into a tree, from PyYAML's event stream (libyaml) and nothing above it.

Its composer and constructor lose the text of values and overflow the stack on deep nesting.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Any

import yaml

from ..findings import MAX_FINDINGS, Finding, Location
from ..model.values import quoted
from .braces import pieced_together
from .document import Document
from .nodes import MAX_DEPTH, MAX_ITEMS, MappingNode, Node, ScalarNode, SequenceNode, is_empty, to_data
from .one_pass import read_in_one_pass
from .slips import Mark
from .text import UNPRINTABLE, decode
from .yaml_errors import at, explain, is_depth_limit

#: So many marks are looked through quickly.
_FEW = 2_000
_BEGIN = "begin with name: and its value"


def read_data(path: str, data: bytes) -> tuple[Document, dict[str, Any] | None, list[Finding]]:
    """Return one YAML file, its data as `to_data` returns it (None if it has no tree), and findings as below."""
    text, problem = decode(path, data)
    ordinary = None if problem else read_in_one_pass(text)
    if ordinary:
        found, marks = ordinary
        return Document(path, data, partial(_tree, data), marks if len(marks.packed) <= _FEW else None), found, []
    document, findings = read_document(path, data)
    root = document.root
    return (document.with_tree(partial(_tree, data)), to_data(root), findings) if root else (document, None, findings)


def read_document(path: str, data: bytes) -> tuple[Document, list[Finding]]:
    """Return the tree of one YAML file and what is wrong with its structure; after an error the tree may be None.

    Findings: GH101 (invalid YAML), GH104 (not a mapping), GH109 (duplicate key), GH110 (anchors, aliases, tags,
    merge keys, several documents), GH111 (nested too deeply), GH112 (too large), GH113 (encoding).
    """
    text, problem = decode(path, data)
    document = Document(path, data)
    if problem:
        return document, [problem]
    builder = _Builder(document, text)
    root = builder.build()
    if root is not None and not isinstance(root, MappingNode):
        builder.add("GH104", root, "the file holds no keys", _BEGIN)
        root = None
    return document.with_tree(lambda: root) if root else document, builder.findings


@lru_cache(maxsize=8)  # findings of a file come one after another
def _tree(data: bytes) -> MappingNode | None:
    """The tree of a file that was read before."""
    return read_document("", data)[0].root


class _Builder:
    """Builds the nodes of one document from events; collects findings and leaves out broken parts."""

    def __init__(self, document: Document, text: str) -> None:
        self.document, self.text = document, text
        self.findings: list[Finding] = []
        self.next: Callable[[], Any] = yaml.CSafeLoader(text).get_event  # None at the end

    def build(self) -> Node | None:
        try:
            return self._document()
        except _Stop:
            return None
        except yaml.YAMLError as error:
            self._syntax_error(error)
        return None

    def report(self, code: str, at: Any, message: str, help: str = "") -> None:
        """Add a finding at a node or a mark. Raises _Stop after the last one that is shown."""
        self.add(code, at, message, help)
        if len(self.findings) >= MAX_FINDINGS:
            self.add(code, at, "too many errors; the rest of the file was not read", "fix these first")
            raise _Stop

    def add(self, code: str, at: Any, message: str, help: str) -> None:
        """Add a finding at a node or a mark."""
        location = Location(self.document.path, at.line, at.column)
        self.findings.append(self.document.finding(code, location, message, help))

    def _document(self) -> Node | None:
        root: Node | None = None
        for event in iter(self.next, None):
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    help = "give each owner a file of its own, and delete the ---"
                    self.report("GH110", _mark(event), "a second document begins here", help)
                    break
                root = self._node(self.next(), 1)
        if root is None or is_empty(root):
            self.add("GH101", Mark(1, 1), "the file is empty", _BEGIN)
            return None
        return root

    def _node(self, event: Any, depth: int) -> Node:
        kind, mark, following = type(event), event.start_mark, self.next
        line, column, start = mark.line + 1, mark.column + 1, mark.index
        if kind is yaml.AliasEvent or event.anchor or event.tag:
            self._refuse_extras(event)
        if kind is yaml.ScalarEvent:
            if event.style == '"':
                self._refuse_escapes(event)
            return ScalarNode(event.value, line, column, start, event.end_mark.index, not event.style)
        if kind is yaml.AliasEvent:
            return ScalarNode("", line, column, start, start, plain=True)
        if depth > MAX_DEPTH:
            self._too_deep(_mark(event))
            raise _Stop
        if kind is yaml.SequenceStartEvent:
            items: list[Node] = []
            while type(inner := following()) is not yaml.SequenceEndEvent:
                if len(items) == MAX_ITEMS:
                    self._refuse_too_many(event)
                items.append(self._node(inner, depth + 1))
            return SequenceNode(tuple(items), line, column, start, _end(inner))
        return self._mapping(event, depth)

    def _mapping(self, event: Any, depth: int) -> MappingNode:
        mark, following = event.start_mark, self.next
        entries: dict[str, tuple[ScalarNode, Node]] = {}
        current = entries
        split: list[tuple[str, ScalarNode]] = []
        while type(inner := following()) is not yaml.MappingEndEvent:
            if len(current) == MAX_ITEMS:
                self._refuse_too_many(event)
            key, value = self._node(inner, depth + 1), self._node(following(), depth + 1)
            if isinstance(key, ScalarNode) and key.text in current and self._begins_another_item(event, key, current):
                help = f'write "- " before {key.text}: if another item begins here, else keep one of the two'
                self.report("GH109", key, f"second {quoted(key.text)} in one item of a list", help)
                current = {}  # the other item's keys are read as its own, so that they are not all reported as well
            if isinstance(key, ScalarNode) and self._lacks_value(key, value):
                split.append((next(reversed(current), ""), key))
            else:
                self._entry(current, key, value)
        if split:
            self._repair(entries, split)
        return MappingNode(entries, mark.line + 1, mark.column + 1, mark.index, _end(inner))

    def _too_deep(self, mark: Mark) -> None:
        help = "check the brackets and the indentation; no goal needs this many"
        self.add("GH111", mark, f"nested deeper than {MAX_DEPTH} levels", help)

    def _refuse_too_many(self, event: Any) -> None:
        self.add("GH112", _mark(event), f"more than {MAX_ITEMS:,} items or keys in one place", "split what is too long")
        raise _Stop

    def _begins_another_item(self, event: Any, key: ScalarNode, entries: Mapping[str, object]) -> bool:
        """Whether a key is the first one of this item of a list once more, at the beginning of a line."""
        before = self.text[: event.start_mark.index].rpartition("\n")[2].rstrip()
        return next(iter(entries), None) == key.text and not event.flow_style and before.endswith("-")

    def _entry(self, entries: dict[str, tuple[ScalarNode, Node]], key: Node, value: Node) -> None:
        if not isinstance(key, ScalarNode):
            self.report("GH104", key, "a list or a mapping cannot be a key", "write a plain word before the colon")
        elif key.text == "<<" and key.plain:
            self.report("GH110", key, "unsupported merge key <<", "write the keys out")
        elif key.text in entries:
            first = entries[key.text][0]
            self.report("GH109", key, f"duplicate key {quoted(key.text)} (first on line {first.line})", "keep one")
        else:
            entries[key.text] = (key, value)

    def _lacks_value(self, key: ScalarNode, value: Node) -> bool:
        return isinstance(value, ScalarNode) and ":" not in self.text[key.end : value.start]

    def _repair(self, entries: dict[str, tuple[ScalarNode, Node]], split: list[tuple[str, ScalarNode]]) -> None:
        """Report what commas and missing spaces broke between braces, and read it as it was meant.

        `split` are the pieces without a value, each with the key before it.
        """
        for finding, meant in pieced_together(self.text, entries, split):
            self.report("GH104", *finding)
            entries.update(meant)

    def _refuse_escapes(self, event: Any) -> None:
        if match := UNPRINTABLE.search(event.value):
            message = f"the escape for U+{ord(match[0]):04X} makes an invisible control character"
            self.report("GH113", _mark(event), message, "delete it")

    def _refuse_extras(self, event: Any) -> None:
        """Report what YAML allows on any value and goals do without: anchors, aliases and tags."""
        mark = _mark(event)
        if isinstance(event, yaml.AliasEvent):
            name, help = _cut(f"*{event.anchor}"), "write the value out; text that begins with * needs quotes"
            self.report("GH110", mark, f"unsupported alias {name}", help)
            return
        if event.anchor:
            name, help = _cut(f"&{event.anchor}"), "delete it; text that begins with & needs quotes"
            self.report("GH110", mark, f"unsupported anchor {name}", help)
        if event.tag:
            name = _cut(event.tag.replace("tag:yaml.org,2002:", "!!"))
            help = "delete it, since the key decides the type; text that begins with ! needs quotes"
            self.report("GH110", mark, f"unsupported tag {name}", help)

    def _syntax_error(self, error: yaml.YAMLError) -> None:
        if not isinstance(error, yaml.MarkedYAMLError):
            self.add("GH101", Mark(1, 1), f"invalid YAML: {error}", "")
        elif is_depth_limit(error):  # libyaml reads ahead, and may refuse a depth before its events arrive here
            self._too_deep(at(error.problem_mark))
        else:
            self.add("GH101", *explain(error, list(self.document.lines)))


class _Stop(Exception):
    """Stop reading this document; its last finding has been added."""


def _end(event: Any) -> int:
    return int(event.end_mark.index)


def _mark(event: Any) -> Mark:
    return at(event.start_mark)


def _cut(name: str) -> str:
    """Shorten the name of an anchor or a tag for a message."""
    return name if len(name) <= 40 else f"{name[:39]}…"
