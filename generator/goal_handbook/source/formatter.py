"""Formats a file: keys in the format's order, two spaces per level, one blank line between goals.

What an author chose stays: the words and their quotes, braces or lines, blank lines (at most one in a row), and the
space before a comment at the end of a line. A comment above a key moves with its key.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile, takewhile
from typing import NamedTuple

from . import nodes
from .edit import CannotEdit, has_errors
from .emit import WIDTH
from .parse import read_document
from .text import LINE_BREAK
from .trivia import Trivia, all_trivia, end_of, end_of_entry, is_block_scalar, is_flow, newline_of

INDENT = "  "
DASH = "-"


def formatted(text: str, order: Mapping[str, Sequence[str]]) -> str:
    """Return a file's text formatted; a formatted text is returned unchanged.

    `order` lists the keys of each mapping in the format's order, by the key that holds it. The result is parsed again
    and must hold the same data and every comment. Raises CannotEdit otherwise, or if the file has errors.
    """
    root, comments = _contents(text)
    source = text.removeprefix("\ufeff")
    file = _Reader(source, root, order).file(root)
    head, file = _without_head(file)
    printer = _Printer()
    printer.trivia(_without_blanks(head), "")
    printer.block(_ordered(file, order), "")
    new = newline_of(source).join([*printer.lines, ""])
    if not _holds(new, root, comments):
        raise CannotEdit("this file's layout cannot be formatted safely, so it was left as it is")
    return new


def _holds(text: str, root: nodes.MappingNode, comments: Counter[str]) -> bool:
    """Return whether a text can be read, and holds the same data and comments."""
    try:
        again, kept = _contents(text)
    except CannotEdit:
        return False
    return bool(_data(again) == _data(root)) and kept == comments


def _contents(text: str) -> tuple[nodes.MappingNode, Counter[str]]:
    """Return the tree of a text, and its comments."""
    document, findings = read_document("", text.encode("utf-8"))
    if document.root is None or findings:
        raise has_errors()
    return document.root, Counter(t.text for t in all_trivia(document.text, document.root) if t.text)


def _data(node: nodes.Node) -> object:
    return nodes.to_data(node, keep_all=True)


@dataclass(frozen=True)
class _Block:
    """A list or a mapping in lines. `name` is the key that holds it; `below` are the comments at its end."""

    name: str
    entries: tuple[_Entry, ...]
    below: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Entry:
    """A key or the dash of a list item (`sign`), with the comments above it and after it on its line.

    `value` is a block, or lines of which the first follows the sign.
    """

    key: str
    sign: str
    above: tuple[str, ...]
    value: tuple[str, ...] | _Block
    after: str = ""


class _Around(NamedTuple):
    """The block around an entry: its name, its depth, and its indentation in the file."""

    name: str
    level: int
    indent: int


class _Next(NamedTuple):
    """What follows a block in the file: the offset and the column at which it begins."""

    start: int
    column: int


class _Reader:
    """Turns a tree into blocks, and attaches the comments in the order of the file."""

    def __init__(self, text: str, root: nodes.MappingNode, order: Mapping[str, Sequence[str]]) -> None:
        self.text, self.order = text, order
        self.rest = list(reversed(all_trivia(text, root)))

    def file(self, root: nodes.MappingNode) -> _Block:
        """Return the whole file; an unindented comment at the end belongs to the file."""
        block = self.block(root, "", 0, _Next(len(self.text), 1))
        return replace(block, below=(*block.below, *_until_blanks(self.take(len(self.text)))))

    def block(self, node: nodes.MappingNode | nodes.SequenceNode, name: str, level: int, then: _Next) -> _Block:
        """Return a list or a mapping as a block; `name` is the key that holds it."""
        parts: list[tuple[str, nodes.ScalarNode | None, nodes.Node]]
        if isinstance(node, nodes.SequenceNode):
            parts = [("", None, item) for item in node.items]
        else:
            parts = [(key, at, value) for key, (at, value) in node.entries.items()]
        around = _Around(name, level, node.column - 1)
        follow = [_Next((at or value).start, node.column) for _, at, value in parts[1:]]
        entries = [self.entry(*part, around, next_) for part, next_ in zip(parts, [*follow, then], strict=True)]
        return _Block(name, tuple(entries), self.below(node, then))

    def entry(self, key: str, at: nodes.ScalarNode | None, value: nodes.Node, around: _Around, then: _Next) -> _Entry:
        """Return a key (a list item has none) with its value and its comments."""
        sign, name = (f"{self.text[at.start : at.end]}:", key) if at else (DASH, around.name)
        above = self.take((at or value).start)
        if isinstance(value, nodes.ScalarNode) or is_flow(self.text, value):
            above += filter(None, self.take(value.start))
        if isinstance(value, nodes.ScalarNode):
            lines = self.lines(value, around.indent)
        elif self.fits(value, name, len(INDENT) * around.level + len(sign) + 1):
            lines = (self.inline(value, name),)
            above += filter(None, self.take(value.end))
        else:
            after = self.after(at.end) if at else ""
            inner = self.block(value, name, around.level + 1, then)
            return _Entry(key, sign, tuple(above), inner, after)
        end = end_of_entry(self.text, at, value) if at else end_of(self.text, value)
        return _Entry(key, sign, tuple(above), lines, self.after(end))

    def take(self, until: int) -> list[str]:
        """Consume the comments and blank lines up to an offset, as lines."""
        found = []
        while self.rest and self.rest[-1].start < until:
            found.append(self.rest.pop().text)
        return found

    def after(self, end: int) -> str:
        """Consume the comment on the line of an offset, with the space before it; "" if there is none."""
        if not self.rest or self.rest[-1].own_line or LINE_BREAK.search(self.text, end, self.rest[-1].start):
            return ""
        comment = self.rest.pop()
        before = self.text[end : comment.start]
        rest = before.rstrip(" ")
        return (INDENT if rest.endswith("\t") else before[len(rest) :] or INDENT) + comment.text

    def below(self, node: nodes.MappingNode | nodes.SequenceNode, then: _Next) -> tuple[str, ...]:
        """Consume the comments at the end of a block: those in its braces, or indented at least as far as it is."""
        if is_flow(self.text, node):
            return tuple(filter(None, self.take(node.end)))
        inside = _until_blanks([t.text for t in takewhile(lambda t: _is_in(t, node, then), reversed(self.rest))])
        del self.rest[len(self.rest) - len(inside) :]
        return tuple(inside)

    def fits(self, node: nodes.MappingNode | nodes.SequenceNode, name: str, width: int) -> bool:
        """Return whether braces or brackets go on one line, after `width` characters.

        They do if they hold no comment, and were on one line before or are short enough for it.
        """
        if not is_flow(self.text, node):
            return False
        if not _data(node):
            return True
        if any(trivia.text for trivia in takewhile(lambda t: t.start < node.end, reversed(self.rest))):
            return False
        line = self.inline(node, name)
        if LINE_BREAK.search(self.text, node.start, node.end):
            return not LINE_BREAK.search(line) and width + len(line) <= WIDTH
        return True

    def inline(self, node: nodes.Node, name: str) -> str:
        """Return a node on one line, in braces with its keys in order; `name` is the key that holds it."""
        if isinstance(node, nodes.ScalarNode):
            return self.text[node.start : node.end]
        if isinstance(node, nodes.SequenceNode):
            return f"[{', '.join(self.inline(item, name) for item in node.items)}]"
        pairs = ((key, *node.entries[key]) for key in _in_order(list(node.entries), self.order.get(name, ())))
        return "{" + ", ".join(f"{self.inline(at, key)}: {self.inline(value, key)}" for key, at, value in pairs) + "}"

    def lines(self, node: nodes.ScalarNode, indent: int) -> tuple[str, ...]:
        """Return a text as its lines, all but the first without indentation."""
        first, *rest = LINE_BREAK.split(self.text[node.start : end_of(self.text, node)])
        if not is_block_scalar(self.text, node):
            return (first.rstrip() if rest else first, *map(_folded, rest))
        header = first[: len(first) - len(first.lstrip("|>+-0123456789"))]
        comment = first[len(header) :].rstrip()
        if not node.text.endswith("\n"):
            header = re.sub("[+-]", "", header) + "-"  # also if the file ends without a line break
        elif "+" in header:
            rest = rest[:-1]
        if digit := re.search("[1-9]", header):
            header, width = header.replace(digit[0], str(len(INDENT))), indent + int(digit[0])
        else:
            width = next((len(line) - len(line.lstrip(" ")) for line in rest if line.strip(" ")), 0)
        return (f"{header}{comment}", *(line[width:] for line in rest))


def _is_in(trivia: Trivia, node: nodes.Node, then: _Next) -> bool:
    """Return whether a comment or blank line after a block still belongs to it, by its indentation."""
    return trivia.start < then.start and (
        not trivia.text or (trivia.own_line and node.column <= trivia.column > then.column)
    )


def _until_blanks(lines: list[str]) -> list[str]:
    """Return the lines without the blank ones at the end, which belong to what comes next."""
    return list(reversed(list(dropwhile(lambda line: not line, reversed(lines)))))


def _folded(line: str) -> str:
    """Return a line of a text that runs over several, without the spaces around it that mean nothing."""
    bare = line.rstrip(" \t")
    escapes = len(bare) - len(bare.rstrip("\\"))
    return (bare + line[len(bare) : len(bare) + escapes % 2]).lstrip(" \t")


def _ordered(block: _Block, order: Mapping[str, Sequence[str]]) -> _Block:
    """Return a block with all keys in order, at every depth."""
    if block.entries[0].sign == DASH:
        return replace(block, entries=tuple(_with_ordered_value(entry, order) for entry in block.entries))
    entries = {entry.key: _with_ordered_value(entry, order) for entry in block.entries}
    return replace(block, entries=tuple(entries[key] for key in _in_order(list(entries), order.get(block.name, ()))))


def _with_ordered_value(entry: _Entry, order: Mapping[str, Sequence[str]]) -> _Entry:
    """Return an entry with its value in order; comments above the first key of a list item move above its dash."""
    if not isinstance(entry.value, _Block):
        return entry
    inner = _ordered(entry.value, order)
    if entry.sign != DASH:
        return replace(entry, value=inner)
    head, inner = _without_head(inner)
    return replace(entry, above=entry.above + head, value=inner)


def _in_order(keys: Sequence[str], order: Sequence[str]) -> list[str]:
    """Return the known keys in the format's order; any other key still follows the known one before it."""
    known = {key: rank for rank, key in enumerate(order)}
    rank, ranks = -1, {}
    for key in keys:
        rank = ranks[key] = known.get(key, rank)
    return sorted(keys, key=ranks.__getitem__)


def _without_head(block: _Block) -> tuple[tuple[str, ...], _Block]:
    """Return the comments above a block's first entry, and the block without them."""
    first, *rest = block.entries
    return first.above, replace(block, entries=(replace(first, above=()), *rest))


def _without_blanks(lines: Sequence[str]) -> Sequence[str]:
    """Return the lines without the blank ones at the beginning."""
    return list(dropwhile(lambda line: not line, lines))


class _Printer:
    """Prints blocks as lines."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.is_open = False  # the last value printed keeps the blank lines after it (`|+`)

    def block(self, block: _Block, pad: str) -> None:
        """Print a block's entries and the comments below them."""
        are_goals = block.name == "goals" and pad == INDENT and block.entries[0].sign == DASH
        for i, entry in enumerate(block.entries):
            above = ("", *entry.above) if are_goals else entry.above
            self.trivia(above if i else _without_blanks(above), pad)
            self.entry(entry, pad)
        self.trivia(block.below, pad)

    def entry(self, entry: _Entry, pad: str) -> None:
        """Print a key or a dash with its value."""
        at = len(self.lines)
        if isinstance(entry.value, _Block):
            if entry.sign != DASH:
                self.lines.append(f"{pad}{entry.sign}{entry.after}")
            self.block(entry.value, pad + INDENT)
            if entry.sign == DASH:
                self.lines[at] = f"{pad}- {self.lines[at].removeprefix(pad + INDENT)}"
            return
        first, *rest = entry.value
        self.lines.append(f"{pad}{entry.sign} {first}".rstrip())
        self.lines += [f"{pad}{INDENT}{line}" if line else "" for line in rest]
        self.lines[-1] += entry.after
        self.is_open = first.startswith(("|", ">")) and "+" in first.partition("#")[0]

    def trivia(self, lines: Sequence[str], pad: str) -> None:
        """Print comments and blank lines, but never two blank lines in a row."""
        for line in lines:
            if line:
                self.lines.append(pad + line)
                self.is_open = False
            elif self.lines and self.lines[-1] and not self.is_open:
                self.lines.append("")
