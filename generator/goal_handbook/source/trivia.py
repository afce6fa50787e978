"""What a text holds besides its tree: comments and blank lines, and where a value's text ends."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from . import nodes
from .text import LINE_BREAK


def is_flow(text: str, node: nodes.Node) -> bool:
    """Return whether a list or mapping is in flow style: in brackets or braces."""
    return not isinstance(node, nodes.ScalarNode) and text[node.start] in "[{"


def is_block_scalar(text: str, node: nodes.ScalarNode) -> bool:
    """Return whether a text is written on lines of its own, below a `|` or a `>`."""
    return not node.plain and text[node.start] in "|>"


def line_end(text: str, position: int) -> int:
    """Return the offset of the first line break from `position` on, or of the end of the text."""
    found = LINE_BREAK.search(text, position)
    return found.start() if found else len(text)


def newline_of(text: str) -> str:
    """Return the line break that a text uses."""
    first = next((c for c in text if c in "\r\n"), "\n")
    return "\r\n" if first == "\r" and "\r\n" in text else first


def end_of(text: str, node: nodes.Node) -> int:
    """Return the offset at which a node's content ends, before any blank lines and comments after it."""
    if isinstance(node, nodes.SequenceNode) and not is_flow(text, node):
        return end_of(text, node.items[-1])
    if isinstance(node, nodes.MappingNode) and not is_flow(text, node):
        return end_of_entry(text, *list(node.entries.values())[-1])
    if isinstance(node, nodes.ScalarNode) and is_block_scalar(text, node):
        keeps = "+" in text[node.start : line_end(text, node.start)].partition("#")[0]
        return node.end if keeps else node.start + len(text[node.start : node.end].rstrip())
    return node.end


def end_of_entry(text: str, key: nodes.ScalarNode, value: nodes.Node) -> int:
    """Return the offset at which a key with its value ends; without a value, after the colon."""
    return text.index(":", key.end) + 1 if nodes.is_empty(value) else end_of(text, value)


class Trivia(NamedTuple):
    """A comment, or a blank line (then `text` is empty). `own_line` means that nothing is before it on its line."""

    text: str
    start: int
    column: int
    own_line: bool


def all_trivia(text: str, root: nodes.Node) -> list[Trivia]:
    """Return every comment and blank line of a text, in order; `root` is the text's tree."""
    lines = [0, *(b.end() for b in LINE_BREAK.finditer(text))]
    found: list[Trivia] = []
    at = 0
    for start, end in [*_spans(text, root), (len(text), len(text))]:
        found += _between(text, at, start, lines[bisect_right(lines, at) - 1])
        at = max(at, end)
    return found


def _spans(text: str, node: nodes.Node) -> Iterator[tuple[int, int]]:
    """Yield the start and end offset of each key and each value."""
    if isinstance(node, nodes.ScalarNode):
        yield node.start, end_of(text, node)
    elif isinstance(node, nodes.SequenceNode):
        for item in node.items:
            yield from _spans(text, item)
    else:
        for key, value in node.entries.values():
            yield key.start, key.end
            yield from _spans(text, value)


def _between(text: str, start: int, end: int, line: int) -> Iterator[Trivia]:
    """Yield the trivia in a stretch of text that holds only them and punctuation; its first line begins at `line`."""
    at = start
    while True:
        stop = line_end(text, at)
        is_last = stop >= end
        stop = min(stop, end)
        sign = text.find("#", at, stop)
        if sign >= 0:
            yield Trivia(text[sign:stop].rstrip(), sign, sign - line + 1, own_line=not text[line:sign].strip(" \t"))
        elif not is_last and at == line and not text[at:stop].strip():
            yield Trivia("", at, 1, own_line=True)
        if is_last:
            return
        line = at = _next_line(text, stop)


def _next_line(text: str, at: int) -> int:
    """Return the offset after the line break at `at`."""
    found = LINE_BREAK.match(text, at)
    return found.end() if found else at
