"""What a text says that its tree does not: where things end, which are in braces, comments and blank lines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from . import nodes
from .text import LINE_BREAK


def is_flow(text: str, node: nodes.Node) -> bool:
    """Whether a list or a group of keys stands in brackets or braces."""
    return not isinstance(node, nodes.Scalar) and text[node.start] in "[{"


def is_lines(text: str, node: nodes.Scalar) -> bool:
    """Whether a text stands in lines of its own, behind a `|` or a `>`."""
    return not node.plain and text[node.start] in "|>"


def line_end(text: str, position: int) -> int:
    """The end of the line a position is in, before its line break."""
    found = LINE_BREAK.search(text, position)
    return found.start() if found else len(text)


def newline_of(text: str) -> str:
    """How the lines of a text end."""
    first = next((c for c in text if c in "\r\n"), "\n")
    return "\r\n" if first == "\r" and "\r\n" in text else first


def end_of(text: str, node: nodes.Node) -> int:
    """Where what a node says ends, without the blank lines and comments behind it."""
    if isinstance(node, nodes.Sequence) and not is_flow(text, node):
        return end_of(text, node.items[-1])
    if isinstance(node, nodes.Mapping) and not is_flow(text, node):
        return end_of_entry(text, *list(node.entries.values())[-1])
    if isinstance(node, nodes.Scalar) and is_lines(text, node):
        keeps = "+" in text[node.start : line_end(text, node.start)].partition("#")[0]
        return node.end if keeps else node.start + len(text[node.start : node.end].rstrip())
    return node.end


def end_of_entry(text: str, key: nodes.Scalar, value: nodes.Node) -> int:
    """The same for a key with its value, if it has one."""
    if isinstance(value, nodes.Scalar) and value.plain and not value.text:
        return text.index(":", key.end) + 1
    return end_of(text, value)


class Remark(NamedTuple):
    """A comment, or a blank line (`text` is empty then). `own`: nothing stands before it on its line."""

    text: str
    start: int
    column: int
    own: bool


def remarks(text: str, root: nodes.Node) -> list[Remark]:
    """Every comment and blank line between what the tree says, in order."""
    lines = [0, *(b.end() for b in LINE_BREAK.finditer(text))]
    found: list[Remark] = []
    at = 0
    for start, end in [*_spans(text, root), (len(text), len(text))]:
        found += _between(text, at, start, lines[bisect_right(lines, at) - 1])
        at = max(at, end)
    return found


def _spans(text: str, node: nodes.Node) -> Iterator[tuple[int, int]]:
    """From where to where each key and value stands."""
    if isinstance(node, nodes.Scalar):
        yield node.start, end_of(text, node)
    elif isinstance(node, nodes.Sequence):
        for item in node.items:
            yield from _spans(text, item)
    else:
        for key, value in node.entries.values():
            yield key.start, key.end
            yield from _spans(text, value)


def _between(text: str, start: int, end: int, line: int) -> Iterator[Remark]:
    """The remarks in a stretch of text that holds nothing but them and signs; its first line begins at `line`."""
    at = start
    while True:
        stop = line_end(text, at)
        is_last = stop >= end
        stop = min(stop, end)
        sign = text.find("#", at, stop)
        if sign >= 0:
            yield Remark(text[sign:stop].rstrip(), sign, sign - line + 1, own=not text[line:sign].strip(" \t"))
        elif not is_last and at == line and not text[at:stop].strip():
            yield Remark("", at, 1, own=True)
        if is_last:
            return
        line = at = _next_line(text, stop)


def _next_line(text: str, at: int) -> int:
    """The beginning of the line behind the break that stands here."""
    found = LINE_BREAK.match(text, at)
    return found.end() if found else at
