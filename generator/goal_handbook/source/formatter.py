"""The canonical form of a file: the format's order of keys, two spaces a level, one blank line between goals.

What an author chose stays: the words and their quotes, braces or lines, blank lines (one where there were several),
the space before a comment behind a value. A comment above a key moves with its key.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile, takewhile
from typing import NamedTuple

from . import nodes
from .edit import CannotEdit, tree
from .emit import WIDTH
from .parse import read_document
from .text import LINE_BREAK
from .trivia import Remark, end_of, end_of_entry, is_flow, is_lines, newline_of, remarks

INDENT = "  "
DASH = "-"


def canonical(text: str, order: Mapping[str, Sequence[str]]) -> str:
    """The canonical form of a file's text; of one that is canonical, the text itself.

    `order` names, by the key around, the order of the keys of a mapping. The result is read again, and must say what
    the text says, with every comment. Raises CannotEdit otherwise, and where the text is no valid file.
    """
    said, comments = _contents(text)
    source = text.removeprefix("\ufeff")
    file = _Reader(source, said, order).file(said)
    head, file = _without_head(file)
    printer = _Printer()
    printer.remarks(_without_blanks(head), "")
    printer.block(_ordered(file, order), "")
    new = newline_of(source).join([*printer.lines, ""])
    if not _says(new, said, comments):
        raise CannotEdit("it is written in a way I do not trust myself with, and stays as it is")
    return new


def _says(text: str, said: nodes.Mapping, comments: Counter[str]) -> bool:
    """Whether a text can be read, and holds the same."""
    try:
        again, kept = _contents(text)
    except CannotEdit:
        return False
    return bool(tree(again) == tree(said)) and kept == comments


def _contents(text: str) -> tuple[nodes.Mapping, Counter[str]]:
    """What a file says, and its comments."""
    document, findings = read_document("", text.encode("utf-8"))
    if document.root is None or findings:
        raise CannotEdit("mend the file first: goals check says what is wrong")
    return document.root, Counter(r.text for r in remarks(document.text, document.root) if r.text)


@dataclass(frozen=True)
class _Block:
    """A list or a group of keys in lines. `below` are the comments at its end."""

    name: str
    entries: tuple[_Entry, ...]
    below: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Entry:
    """A key or a list's dash, with the comments above it and behind it.

    `value`: its lines, the first of which stands behind the key, or a block.
    """

    key: str
    sign: str
    above: tuple[str, ...]
    value: tuple[str, ...] | _Block
    behind: str = ""


class _Around(NamedTuple):
    """The block an entry is in: its name, its depth, and how far the file indents it."""

    name: str
    level: int
    indent: int


class _After(NamedTuple):
    """What follows a block: from where on, and how far to the right."""

    start: int
    column: int


class _Reader:
    """Takes the comments one after another, in the file's order."""

    def __init__(self, text: str, root: nodes.Mapping, order: Mapping[str, Sequence[str]]) -> None:
        self.text, self.order = text, order
        self.rest = list(reversed(remarks(text, root)))

    def file(self, root: nodes.Mapping) -> _Block:
        """The whole file; a comment at its end that is not indented is the file's."""
        block = self.block(root, "", 0, _After(len(self.text), 1))
        return replace(block, below=(*block.below, *_until_blanks(self.take(len(self.text)))))

    def block(self, node: nodes.Mapping | nodes.Sequence, name: str, level: int, after: _After) -> _Block:
        """A list or a group of keys; `name` is the key it belongs to."""
        parts: list[tuple[str, nodes.Scalar | None, nodes.Node]]
        if isinstance(node, nodes.Sequence):
            parts = [("", None, item) for item in node.items]
        else:
            parts = [(key, at, value) for key, (at, value) in node.entries.items()]
        around = _Around(name, level, node.column - 1)
        follow = [_After((at or value).start, node.column) for _, at, value in parts[1:]]
        entries = [self.entry(*part, around, then) for part, then in zip(parts, [*follow, after], strict=True)]
        return _Block(name, tuple(entries), self.below(node, after))

    def entry(self, key: str, at: nodes.Scalar | None, value: nodes.Node, around: _Around, after: _After) -> _Entry:
        """A key (a list's item has none) with its value and what belongs to it."""
        sign, name = (f"{self.text[at.start : at.end]}:", key) if at else (DASH, around.name)
        above = self.take((at or value).start)
        if isinstance(value, nodes.Scalar) or is_flow(self.text, value):
            above += filter(None, self.take(value.start))
        if isinstance(value, nodes.Scalar):
            lines = self.lines(value, around.indent)
        elif self.fits(value, name, len(INDENT) * around.level + len(sign) + 1):
            lines = (self.inline(value, name),)
            above += filter(None, self.take(value.end))
        else:
            behind = self.behind(at.end) if at else ""
            inner = self.block(value, name, around.level + 1, after)
            return _Entry(key, sign, tuple(above), inner, behind)
        end = end_of_entry(self.text, at, value) if at else end_of(self.text, value)
        return _Entry(key, sign, tuple(above), lines, self.behind(end))

    def take(self, until: int) -> list[str]:
        """The remarks up to an offset, as lines."""
        found = []
        while self.rest and self.rest[-1].start < until:
            found.append(self.rest.pop().text)
        return found

    def behind(self, end: int) -> str:
        """The comment that stands on the line something ends on, with the space before it."""
        if not self.rest or self.rest[-1].own or LINE_BREAK.search(self.text, end, self.rest[-1].start):
            return ""
        remark = self.rest.pop()
        before = self.text[end : remark.start]
        rest = before.rstrip(" ")
        return (INDENT if rest.endswith("\t") else before[len(rest) :] or INDENT) + remark.text

    def below(self, node: nodes.Mapping | nodes.Sequence, after: _After) -> tuple[str, ...]:
        """The comments at the end of a block: those in its braces, or at least as far to the right as it."""
        if is_flow(self.text, node):
            return tuple(filter(None, self.take(node.end)))
        inside = _until_blanks([r.text for r in takewhile(lambda r: _is_in(r, node, after), reversed(self.rest))])
        del self.rest[len(self.rest) - len(inside) :]
        return tuple(inside)

    def fits(self, node: nodes.Mapping | nodes.Sequence, name: str, width: int) -> bool:
        """Whether braces stay on one line, behind so many characters: they hold no comment, and stood on one or may."""
        if not is_flow(self.text, node):
            return False
        if not tree(node):
            return True
        if any(remark.text for remark in takewhile(lambda r: r.start < node.end, reversed(self.rest))):
            return False
        line = self.inline(node, name)
        if LINE_BREAK.search(self.text, node.start, node.end):
            return not LINE_BREAK.search(line) and width + len(line) <= WIDTH
        return True

    def inline(self, node: nodes.Node, name: str) -> str:
        """On one line, in braces, its keys in order; `name` is the key it belongs to."""
        if isinstance(node, nodes.Scalar):
            return self.text[node.start : node.end]
        if isinstance(node, nodes.Sequence):
            return f"[{', '.join(self.inline(item, name) for item in node.items)}]"
        pairs = ((key, *node.entries[key]) for key in _in_order(list(node.entries), self.order.get(name, ())))
        return "{" + ", ".join(f"{self.inline(at, key)}: {self.inline(value, key)}" for key, at, value in pairs) + "}"

    def lines(self, node: nodes.Scalar, indent: int) -> tuple[str, ...]:
        """A text as its lines; those behind the first without indentation."""
        first, *rest = LINE_BREAK.split(self.text[node.start : end_of(self.text, node)])
        if not is_lines(self.text, node):
            return (first.rstrip() if rest else first, *map(_folded, rest))
        header = first[: len(first) - len(first.lstrip("|>+-0123456789"))]
        behind = first[len(header) :].rstrip()
        if not node.text.endswith("\n"):
            header = re.sub("[+-]", "", header) + "-"  # also where the file ends without a line break
        elif "+" in header:
            rest = rest[:-1]
        if digit := re.search("[1-9]", header):
            header, width = header.replace(digit[0], str(len(INDENT))), indent + int(digit[0])
        else:
            width = next((len(line) - len(line.lstrip(" ")) for line in rest if line.strip(" ")), 0)
        return (f"{header}{behind}", *(line[width:] for line in rest))


def _is_in(remark: Remark, node: nodes.Node, after: _After) -> bool:
    """Whether a remark behind a block still belongs to it, by its indentation."""
    return remark.start < after.start and (
        not remark.text or (remark.own and node.column <= remark.column > after.column)
    )


def _until_blanks(lines: list[str]) -> list[str]:
    """Without the blank lines at the end: they belong to what comes next."""
    return list(reversed(list(dropwhile(lambda line: not line, reversed(lines)))))


def _folded(line: str) -> str:
    """A line of a text that runs over several, without the blanks around it that say nothing."""
    bare = line.rstrip(" \t")
    escapes = len(bare) - len(bare.rstrip("\\"))
    return (bare + line[len(bare) : len(bare) + escapes % 2]).lstrip(" \t")


def _ordered(block: _Block, order: Mapping[str, Sequence[str]]) -> _Block:
    """Every key in its place. What stands above the first key of a list's item stands above its dash."""
    if block.entries[0].sign == DASH:
        return replace(block, entries=tuple(_lifted(entry, order) for entry in block.entries))
    entries = {entry.key: _lifted(entry, order) for entry in block.entries}
    return replace(block, entries=tuple(entries[key] for key in _in_order(list(entries), order.get(block.name, ()))))


def _lifted(entry: _Entry, order: Mapping[str, Sequence[str]]) -> _Entry:
    """An entry whose value is in order."""
    if not isinstance(entry.value, _Block):
        return entry
    inner = _ordered(entry.value, order)
    if entry.sign != DASH:
        return replace(entry, value=inner)
    head, inner = _without_head(inner)
    return replace(entry, above=entry.above + head, value=inner)


def _in_order(keys: Sequence[str], order: Sequence[str]) -> list[str]:
    """Known keys in the format's order; another stays behind the known one it stands behind."""
    known = {key: rank for rank, key in enumerate(order)}
    rank, ranks = -1, {}
    for key in keys:
        rank = ranks[key] = known.get(key, rank)
    return sorted(keys, key=ranks.__getitem__)


def _without_head(block: _Block) -> tuple[tuple[str, ...], _Block]:
    """What stands above a block's first entry, and the block without it."""
    first, *rest = block.entries
    return first.above, replace(block, entries=(replace(first, above=()), *rest))


def _without_blanks(lines: Sequence[str]) -> Sequence[str]:
    """Without the blank lines at the beginning."""
    return list(dropwhile(lambda line: not line, lines))


class _Printer:
    """Writes blocks as lines."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.is_open = False  # a text that keeps the blank lines behind it (`|+`) was written last

    def block(self, block: _Block, pad: str) -> None:
        """A block's entries and what is below them."""
        are_goals = block.name == "goals" and pad == INDENT and block.entries[0].sign == DASH
        for i, entry in enumerate(block.entries):
            above = ("", *entry.above) if are_goals else entry.above
            self.remarks(above if i else _without_blanks(above), pad)
            self.entry(entry, pad)
        self.remarks(block.below, pad)

    def entry(self, entry: _Entry, pad: str) -> None:
        """A key or a dash with its value."""
        at = len(self.lines)
        if isinstance(entry.value, _Block):
            if entry.sign != DASH:
                self.lines.append(f"{pad}{entry.sign}{entry.behind}")
            self.block(entry.value, pad + INDENT)
            if entry.sign == DASH:
                self.lines[at] = f"{pad}- {self.lines[at].removeprefix(pad + INDENT)}"
            return
        first, *rest = entry.value
        self.lines.append(f"{pad}{entry.sign} {first}".rstrip())
        self.lines += [f"{pad}{INDENT}{line}" if line else "" for line in rest]
        self.lines[-1] += entry.behind
        self.is_open = first.startswith(("|", ">")) and "+" in first.partition("#")[0]

    def remarks(self, lines: Sequence[str], pad: str) -> None:
        """Comments and blank lines, one where there are several."""
        for line in lines:
            if line:
                self.lines.append(pad + line)
                self.is_open = False
            elif self.lines and self.lines[-1] and not self.is_open:
                self.lines.append("")
