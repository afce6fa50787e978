"""YAML text to a tree in which every value knows its place; structure only, no types.

PyYAML's event stream (libyaml) is used and nothing above it: its composer and constructor lose the text of
values and overflow the stack on deep nesting.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import yaml

from ..findings import MAX_FINDINGS, Finding, Place
from ..model.values import quoted
from .syntax import Mark, at, explain

MAX_DEPTH = 20
MAX_BYTES = 1024 * 1024
MAX_ITEMS = 5_000

Path = tuple[str | int, ...]

#: What YAML 1.2 calls not printable, and DEL; lone surrogates never decode.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
#: What libyaml counts as the end of a line.
_LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


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

    def place(self, path: Path) -> Place:
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
        for step in self._in_file(path):
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


def decode(path: str, data: bytes, limit: int = MAX_BYTES) -> tuple[str, Finding | None]:
    """UTF-8 text (a BOM is fine), or a finding GH112 or GH113 that says where it is not."""
    if len(data) > limit:
        size = f"the file has {len(data):,} bytes, more than {limit // 1024**2} MiB"
        return "", Finding("GH112", Place(path), size, "split it")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data[:4]:
        return "", Finding("GH113", Place(path, 1, 1), "the file is UTF-16 or UTF-32, not UTF-8", "save it as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        index = len(data[: error.start].decode("utf-8-sig"))
        place, line = _place_at(path, data.decode("utf-8-sig", "replace"), index)
        return "", Finding("GH113", place, "this is not UTF-8 (it may be Latin-1)", "save the file as UTF-8", line)
    if match := _UNPRINTABLE.search(text):
        place, line = _place_at(path, text, match.start())
        message = f"an invisible control character U+{ord(match[0]):04X} stands here"
        return "", Finding("GH113", place, message, "delete it", line)
    return text, None


def _place_at(path: str, text: str, index: int) -> tuple[Place, str]:
    """The place of a character, and its line."""
    before = _LINE_BREAK.split(text[:index])
    rest = _LINE_BREAK.split(text[index:], maxsplit=1)[0]
    return Place(path, len(before), len(before[-1]) + 1), before[-1] + rest


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
                self.document.finding("GH101", Place(self.document.path, 1, 1), f"this is no YAML: {error}")
            )
        return None

    def report(self, code: str, at: Any, message: str, mend: str = "") -> None:
        place = Place(self.document.path, at.line, at.column)
        self.findings.append(self.document.finding(code, place, message, mend))
        if len(self.findings) >= MAX_FINDINGS:
            self.findings.append(self.document.finding(code, place, "and so on; the rest is not read", "mend these"))
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
                        "one file holds one owner; delete the ---",
                    )
                    break
                root = self._node(self.next(), 1)
        if root is None or (isinstance(root, Scalar) and root.plain and not root.text):
            self.findings.append(
                self.document.finding(
                    "GH101",
                    Place(self.document.path, 1, 1),
                    "the file is empty",
                    "begin with name: and its value",
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
        mend = "no goal needs that; check the brackets and the indentation"
        self.report("GH111", _mark(event), f"nested deeper than {MAX_DEPTH} levels", mend)
        raise _Stop

    def _refuse_too_many(self, event: Any) -> None:
        self.report("GH112", _mark(event), f"more than {MAX_ITEMS:,} items or keys in one place", "split the file")
        raise _Stop

    def _entry(self, entries: dict[str, tuple[Scalar, Node]], key: Node, value: Node) -> None:
        if not isinstance(key, Scalar):
            self.report(
                "GH104",
                key,
                "a list or a group of keys cannot be a key",
                "write a plain word before the colon",
            )
        elif isinstance(value, Scalar) and ":" not in self.document.text[key.end : value.start]:
            self._no_value(key)
        elif key.text == "<<" and key.plain:
            self.report("GH110", key, "a merge key (<<) hides what a goal says", "write the keys out")
        elif key.text in entries:
            first = entries[key.text][0]
            self.report(
                "GH109",
                key,
                f"{quoted(key.text)} stands here a second time (first on line {first.line})",
                "keep one",
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
        if event.style == '"' and (match := _UNPRINTABLE.search(event.value)):
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
        mark, message, mend = explain(error, self.document.lines)
        self.report("GH101", mark, message, mend)


class _Stop(Exception):
    """Reading this document ends here; the finding is already noted."""


def _end(event: Any) -> int:
    return int(event.end_mark.index)


def _mark(event: Any) -> Mark:
    return at(event.start_mark)


def _cut(name: str) -> str:
    """An anchor's or a tag's name as a message shows it."""
    return name if len(name) <= 40 else f"{name[:39]}…"
