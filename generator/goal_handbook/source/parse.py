"""YAML text to a tree, by PyYAML's event stream (libyaml) and nothing above it.

Its composer and constructor lose the text of values and overflow the stack on deep nesting.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import yaml

from ..findings import MAX_FINDINGS, Finding, Location
from ..model.values import quoted
from .nodes import Document, Mapping, Node, Scalar, Sequence
from .text import LINE_BREAK, UNPRINTABLE, decode
from .yaml_errors import Mark, at, explain

MAX_DEPTH = 20
MAX_ITEMS = 5_000


def read_document(path: str, data: bytes) -> tuple[Document, list[Finding]]:
    """The tree of one YAML file and what is wrong with its structure; on an error the tree may be None.

    Findings: GH101 (no valid YAML), GH104 (not a mapping), GH109 (a key twice), GH110 (anchors, aliases, tags,
    merge keys, several documents), GH111 (nested too deep), GH112 (too large), GH113 (encoding).
    """
    text, problem = decode(path, data)
    document = Document(path, text, None, LINE_BREAK.split(text))
    if problem:
        return document, [problem]
    builder = _Builder(document)
    root = builder.build()
    if root is not None and not isinstance(root, Mapping):
        builder.report("GH104", root, "the file holds no keys", "begin with name: and its value")
        root = None
    return Document(path, text, root, document.lines), builder.findings


class _Builder:
    """Events to nodes for one document; findings are collected, a broken part is left out."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.findings: list[Finding] = []
        self.next: Callable[[], Any] = yaml.CSafeLoader(document.text).get_event  # None at the end

    def build(self) -> Node | None:
        try:
            return self._document()
        except _Stop:
            return None
        except yaml.MarkedYAMLError as error:
            self._syntax_error(error)
        except yaml.YAMLError as error:
            self.findings.append(
                self.document.finding("GH101", Location(self.document.path, 1, 1), f"this is no YAML: {error}")
            )
        return None

    def report(self, code: str, at: Any, message: str, help: str = "") -> None:
        location = Location(self.document.path, at.line, at.column)
        self.findings.append(self.document.finding(code, location, message, help))
        if len(self.findings) >= MAX_FINDINGS:
            self.findings.append(self.document.finding(code, location, "and so on; the rest is not read", "mend these"))
            raise _Stop

    def _document(self) -> Node | None:
        root: Node | None = None
        for event in iter(self.next, None):
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    self.report(
                        "GH110",
                        _mark(event),
                        "a second document begins here",
                        "give each owner a file of its own, and delete the ---",
                    )
                    break
                root = self._node(self.next(), 1)
        if root is None or (isinstance(root, Scalar) and root.plain and not root.text):
            self.findings.append(
                self.document.finding(
                    "GH101", Location(self.document.path, 1, 1), "the file is empty", "begin with name: and its value"
                )
            )
            return None
        return root

    def _node(self, event: Any, depth: int) -> Node:
        kind = type(event)
        if kind is yaml.AliasEvent or event.anchor or event.tag:
            self._refuse_extras(event)
        if kind is yaml.ScalarEvent:
            return self._scalar(event)
        mark, following = event.start_mark, self.next
        line, column, start = mark.line + 1, mark.column + 1, mark.index
        if kind is yaml.AliasEvent:
            return Scalar("", line, column, start, start, plain=True)
        if depth > MAX_DEPTH:
            self._refuse_depth(event)
        if kind is yaml.SequenceStartEvent:
            items: list[Node] = []
            while type(inner := following()) is not yaml.SequenceEndEvent:
                if len(items) == MAX_ITEMS:
                    self._refuse_too_many(event)
                items.append(self._node(inner, depth + 1))
            return Sequence(tuple(items), line, column, start, _end(inner))
        entries: dict[str, tuple[Scalar, Node]] = {}
        while type(inner := following()) is not yaml.MappingEndEvent:
            if len(entries) == MAX_ITEMS:
                self._refuse_too_many(event)
            self._entry(entries, self._node(inner, depth + 1), self._node(following(), depth + 1))
        return Mapping(entries, line, column, start, _end(inner))

    def _refuse_depth(self, event: Any) -> None:
        help = "no goal needs that; check the brackets and the indentation"
        self.report("GH111", _mark(event), f"nested deeper than {MAX_DEPTH} levels", help)
        raise _Stop

    def _refuse_too_many(self, event: Any) -> None:
        self.report(
            "GH112", _mark(event), f"more than {MAX_ITEMS:,} items or keys in one place", "split what is too long"
        )
        raise _Stop

    def _entry(self, entries: dict[str, tuple[Scalar, Node]], key: Node, value: Node) -> None:
        if not isinstance(key, Scalar):
            self.report(
                "GH104", key, "a list or a group of keys cannot be a key", "write a plain word before the colon"
            )
        elif isinstance(value, Scalar) and ":" not in self.document.text[key.end : value.start]:
            self._no_value(key)
        elif key.text == "<<" and key.plain:
            self.report("GH110", key, "a merge key (<<) hides what a goal says", "write the keys out")
        elif key.text in entries:
            first = entries[key.text][0]
            self.report(
                "GH109", key, f"{quoted(key.text)} stands here a second time (first on line {first.line})", "keep one"
            )
        else:
            entries[key.text] = (key, value)

    def _no_value(self, key: Scalar) -> None:
        if ":" in key.text:
            self.report("GH104", key, f"a space is missing behind the colon in {quoted(key.text)}", "write key: value")
        else:
            self.report(
                "GH104",
                key,
                f"{quoted(key.text)} stands here without a value",
                "between { } a comma parts keys: quote text that has one, write numbers as 1_200_000",
            )

    def _scalar(self, event: Any) -> Scalar:
        if event.style == '"' and (match := UNPRINTABLE.search(event.value)):
            message = f"the escape for U+{ord(match[0]):04X} makes an invisible control character"
            self.report("GH113", _mark(event), message, "delete it")
        mark = event.start_mark
        return Scalar(
            event.value, mark.line + 1, mark.column + 1, mark.index, event.end_mark.index, plain=not event.style
        )

    def _refuse_extras(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent):
            self.report(
                "GH110",
                _mark(event),
                f"an alias ({_cut(f'*{event.anchor}')}) hides what a goal says",
                "write the value out; text that begins with * needs quotes",
            )
            return
        if event.anchor:
            self.report(
                "GH110",
                _mark(event),
                f"an anchor ({_cut(f'&{event.anchor}')}) is not needed here",
                "delete it; text that begins with & needs quotes",
            )
        if event.tag:
            self.report(
                "GH110",
                _mark(event),
                f"a tag ({_cut(event.tag.replace('tag:yaml.org,2002:', '!!'))}) is not needed here",
                "delete it: the field decides the type; text that begins with ! needs quotes",
            )

    def _syntax_error(self, error: yaml.MarkedYAMLError) -> None:
        mark, message, help = explain(error, self.document.lines)
        self.report("GH101", mark, message, help)


class _Stop(Exception):
    """Reading this document ends here; the finding is already noted."""


def _end(event: Any) -> int:
    return int(event.end_mark.index)


def _mark(event: Any) -> Mark:
    return at(event.start_mark)


def _cut(name: str) -> str:
    """An anchor's or a tag's name as a message shows it."""
    return name if len(name) <= 40 else f"{name[:39]}…"
