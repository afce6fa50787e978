"""YAML text to a tree in which every value knows its place; structure only, no types.

PyYAML's event stream (libyaml) is used and nothing above it: its composer and constructor lose the text of
values and overflow the stack on deep nesting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from ..findings import Finding, Place

MAX_DEPTH = 20
MAX_BYTES = 1024 * 1024
MAX_ITEMS = 5_000

Path = tuple[str | int, ...]

#: What YAML 1.2 calls not printable, and DEL; lone surrogates never decode.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
#: What libyaml counts as the end of a line.
_LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value's text. `start` and `end` are character offsets in the file; `plain` means unquoted."""

    text: str
    line: int
    column: int
    start: int
    end: int
    plain: bool


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    line: int
    column: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values, in the file's order; a key that stands twice keeps its first value."""

    entries: dict[str, tuple[Scalar, Node]]
    line: int
    column: int
    start: int
    end: int


Node = Scalar | Sequence | Mapping


@dataclass(frozen=True)
class Document:
    """One file as read: its path as messages show it, its lines, and its tree (None where there is none)."""

    path: str
    text: str
    root: Mapping | None
    lines: list[str] = field(default_factory=list, compare=False)

    def place(self, path: Path) -> Place:
        """The place of the value at `path`, or of the nearest thing around it that exists."""
        node: Node | None = self.root
        at: Scalar | Node | None = self.root
        for step in path:
            if isinstance(node, Mapping) and isinstance(step, str) and step in node.entries:
                key, node = node.entries[step]
                at = node if not (isinstance(node, Scalar) and node.plain and not node.text) else key
            elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
                at = node = node.items[step]
            else:
                break
        return Place(self.path, at.line, at.column) if at else Place(self.path, 1, 1)

    def key_place(self, path: Path) -> Place:
        """The place of the key at `path` (the last step), or of what is around it."""
        node = self.at(path[:-1])
        if isinstance(node, Mapping) and path and path[-1] in node.entries:
            key = node.entries[str(path[-1])][0]
            return Place(self.path, key.line, key.column)
        return self.place(path)

    def at(self, path: Path) -> Node | None:
        """The node at `path`, or None."""
        node: Node | None = self.root
        for step in path:
            if isinstance(node, Mapping) and isinstance(step, str) and step in node.entries:
                node = node.entries[step][1]
            elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
                node = node.items[step]
            else:
                return None
        return node

    def finding(self, code: str, place: Place, message: str, mend: str = "") -> Finding:
        """A finding in this file, with its line as excerpt."""
        return Finding(code, place, message, mend, self.excerpt(place))

    def excerpt(self, place: Place) -> str:
        """The line a place points into."""
        return self.lines[place.line - 1] if 0 < place.line <= len(self.lines) else ""


def read_document(path: str, data: bytes) -> tuple[Document, list[Finding]]:
    """The tree of one YAML file and what is wrong with its structure; on an error the tree may be None.

    Findings: GH101 (no valid YAML), GH104 (not a mapping), GH109 (a key twice), GH110 (anchors, aliases, tags,
    merge keys, several documents), GH111 (nested too deep), GH112 (too large), GH113 (encoding).
    """
    text, problem = decode(path, data)
    document = Document(path, text, None, _LINE_BREAK.split(text))
    if problem:
        return document, [problem]
    builder = _Builder(document)
    root = builder.build()
    if root is not None and not isinstance(root, Mapping):
        builder.report("GH104", root, "the file holds no keys", "begin with name: and its value")
        root = None
    return Document(path, text, root, document.lines), builder.findings


def decode(path: str, data: bytes) -> tuple[str, Finding | None]:
    """UTF-8 text (a BOM is fine), or a finding GH112 or GH113 that says where it is not."""
    if len(data) > MAX_BYTES:
        return "", Finding("GH112", Place(path), f"the file has {len(data):,} bytes, more than 1 MiB", "split it")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data[:4]:
        return "", Finding("GH113", Place(path, 1, 1), "the file is UTF-16 or UTF-32, not UTF-8", "save it as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        good = data[: error.start].decode("utf-8-sig")
        line = good.count("\n") + 1
        place = Place(path, line, len(good) - good.rfind("\n"))
        raw = data.split(b"\n")[line - 1].decode("latin-1").rstrip("\r")
        return "", Finding("GH113", place, "this is not UTF-8 (it may be Latin-1)", "save the file as UTF-8", raw)
    if match := _UNPRINTABLE.search(text):
        at = match.start()
        place = Place(path, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
        name = f"U+{ord(match[0]):04X}"
        return "", Finding(
            "GH113",
            place,
            f"an invisible control character {name} stands here",
            "delete it",
            text.split("\n")[place.line - 1],
        )
    return text, None


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


class _Builder:
    """Events to nodes for one document; findings are collected, a broken part is left out."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.findings: list[Finding] = []
        self.events: Iterator[Any] = yaml.parse(document.text, Loader=yaml.CSafeLoader)

    def build(self) -> Node | None:
        try:
            return self._document()
        except _Stop:
            return None
        except yaml.MarkedYAMLError as error:
            self._syntax_error(error)
        except yaml.YAMLError as error:
            self.findings.append(
                self.document.finding("GH101", Place(self.document.path, 1, 1), f"this is no YAML: {error}")
            )
        return None

    def _next(self) -> Any:
        return next(self.events)

    def report(self, code: str, at: Any, message: str, mend: str = "") -> None:
        place = Place(self.document.path, at.line, at.column)
        self.findings.append(self.document.finding(code, place, message, mend))

    def _document(self) -> Node | None:
        root: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    self.report(
                        "GH110",
                        _mark(event),
                        "a second document begins here",
                        "one file holds one owner; delete the ---",
                    )
                    break
                if event.version and event.version[0] != 1:
                    self.report(
                        "GH101",
                        _mark(event),
                        f"YAML {event.version[0]}.{event.version[1]} is not known",
                        "delete the %YAML line",
                    )
                root = self._node(self._next(), 1)
        if root is None:
            self.findings.append(
                self.document.finding(
                    "GH101",
                    Place(self.document.path, 1, 1),
                    "the file is empty",
                    "begin with name: and its value",
                )
            )
        return root

    def _node(self, event: Any, depth: int) -> Node:
        self._refuse_extras(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        mark, start = _mark(event), event.start_mark.index
        if depth > MAX_DEPTH:
            self.report(
                "GH111",
                mark,
                f"nested deeper than {MAX_DEPTH} levels",
                "no goal needs that; check the brackets and the indentation",
            )
            raise _Stop
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Node] = []
            while not isinstance(inner := self._next(), yaml.SequenceEndEvent):
                if len(items) == MAX_ITEMS:
                    self.report("GH112", mark, f"a list of more than {MAX_ITEMS:,} items", "split the file")
                    raise _Stop
                items.append(self._node(inner, depth + 1))
            return Sequence(tuple(items), mark.line, mark.column, start, _end(inner))
        if isinstance(event, yaml.MappingStartEvent):
            entries: dict[str, tuple[Scalar, Node]] = {}
            while not isinstance(inner := self._next(), yaml.MappingEndEvent):
                self._entry(entries, self._node(inner, depth + 1), self._node(self._next(), depth + 1))
            return Mapping(entries, mark.line, mark.column, start, _end(inner))
        return Scalar("", mark.line, mark.column, start, start, plain=True)  # an alias, already reported

    def _entry(self, entries: dict[str, tuple[Scalar, Node]], key: Node, value: Node) -> None:
        if not isinstance(key, Scalar):
            self.report(
                "GH104",
                key,
                "a list or a group of keys cannot be a key",
                "write a plain word before the colon",
            )
        elif key.text == "<<" and key.plain:
            self.report("GH110", key, "a merge key (<<) hides what a goal says", "write the keys out")
        elif key.text in entries:
            first = entries[key.text][0]
            self.report(
                "GH109",
                key,
                f'"{key.text}" stands here a second time (first on line {first.line})',
                "keep one",
            )
        else:
            entries[key.text] = (key, value)

    def _scalar(self, event: Any) -> Scalar:
        mark = _mark(event)
        if event.style == '"' and (match := _UNPRINTABLE.search(event.value)):
            self.report(
                "GH113",
                mark,
                f"the escape for U+{ord(match[0]):04X} makes an invisible control character",
                "delete it",
            )
        return Scalar(
            event.value,
            mark.line,
            mark.column,
            event.start_mark.index,
            event.end_mark.index,
            plain=event.style is None,
        )

    def _refuse_extras(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent):
            self.report(
                "GH110",
                _mark(event),
                f"an alias (*{event.anchor}) hides what a goal says",
                "write the value out; text that begins with * needs quotes",
            )
            return
        if event.anchor:
            self.report(
                "GH110",
                _mark(event),
                f"an anchor (&{event.anchor}) is not needed here",
                "delete it; text that begins with & needs quotes",
            )
        if event.tag:
            self.report(
                "GH110",
                _mark(event),
                f"a tag ({event.tag}) is not needed here",
                "delete it: the field decides the type; text that begins with ! needs quotes",
            )

    def _syntax_error(self, error: yaml.MarkedYAMLError) -> None:
        mark, message, mend = _explain(error, self.document.lines)
        place = Place(self.document.path, mark.line + 1, mark.column + 1) if mark else Place(self.document.path, 1, 1)
        self.findings.append(self.document.finding("GH101", place, message, mend))


class _Stop(Exception):
    """Reading this document ends here; the finding is already noted."""


@dataclass(frozen=True, slots=True)
class _Mark:
    line: int
    column: int


def _end(event: Any) -> int:
    return int(event.end_mark.index)


def _mark(event: Any) -> _Mark:
    return _Mark(event.start_mark.line + 1, event.start_mark.column + 1)


def _explain(error: yaml.MarkedYAMLError, lines: list[str]) -> tuple[Any, str, str]:
    """Where libyaml stumbled, in a salesperson's words, and the mend."""
    mark = error.problem_mark or error.context_mark
    problem, context = (error.problem or "").lower(), (error.context or "").lower()
    line = lines[mark.line] if mark and mark.line < len(lines) else ""
    column = mark.column if mark else 0
    if any(line.startswith(sign) for sign in ("<<<<<<<", "=======", ">>>>>>>")):
        return mark, "a merge conflict was left here", "keep one side and delete the markers"
    if "quoted scalar" in context or "flow" in context or "unexpected end of stream" in problem:
        return (
            error.context_mark or mark,
            "what is opened here is never closed",
            "add the missing \" ' ] or }",
        )
    if "tab" in problem or ("cannot start any token" in problem and "\t" in line[: column + 1]):
        return mark, "a tab stands where YAML wants spaces", "indent with two spaces"
    if "cannot start any token" in problem:
        return (
            mark,
            f'text cannot begin with "{line[column : column + 1]}"',
            "put the value in quotes",
        )
    if "mapping values are not allowed" in problem:
        return mark, 'a second ": " on one line', "put the value in quotes, or mend the indentation"
    if "could not find expected ':'" in problem:
        return (
            error.context_mark or mark,
            "this line has no colon",
            "write key: value, or indent it under the text above",
        )
    if "undefined alias" in problem:
        return mark, "text that begins with * is an alias in YAML", "put the value in quotes"
    if "did not find expected" in problem:
        return (
            mark,
            "the indentation does not fit the lines above",
            "line it up with its siblings, two spaces a level",
        )
    return mark, f"this is no YAML: {problem}", "check quotes, colons and indentation around here"
