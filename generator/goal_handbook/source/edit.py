"""Edits of a file by splicing text at known places: every byte that is not the edit's stays as it was.

An edit is checked before anybody sees it: the new text is read again, and must say what the old one said and the
edit, nothing else (`CannotEdit` otherwise).
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from . import nodes
from .emit import Data, as_block, inline, requoted, scalar
from .parse import read_document
from .text import LINE_BREAK
from .trivia import end_of, end_of_entry, is_flow, line_end, newline_of


class CannotEdit(Exception):
    """The file is written in a way that cannot be edited safely; the text says what to do by hand."""


@dataclass(frozen=True, slots=True)
class Add:
    """One more item at the end of the list at `path`; the list is made where there is none."""

    path: nodes.Path
    item: Data


@dataclass(frozen=True, slots=True)
class Put:
    """The value at `path`, instead of the one that is there, or with a new key."""

    path: nodes.Path
    value: Data


Edit = Add | Put


def edited(text: str, edits: Sequence[Edit], order: Mapping[str, Sequence[str]]) -> str:
    """The text with all edits made. `order` names, by the key of the list or mapping around, the order of its keys.

    Raises CannotEdit.
    """
    for edit in edits:
        text = _one(text, edit, order)
    return text


def _one(text: str, edit: Edit, order: Mapping[str, Sequence[str]]) -> str:
    document, findings = read_document("", text.encode("utf-8"))
    if document.root is None or findings:
        raise CannotEdit("mend the file first: goals check says what is wrong")
    mark = text[: len(text) - len(document.text)]  # a byte order mark is no text, and stays
    new = mark + _Splice(document.text, document.root, order).apply(edit)
    again, findings = read_document("", new.encode("utf-8"))
    wanted = _changed(tree(document.root), edit)
    if findings or again.root is None or tree(again.root) != wanted:
        raise CannotEdit(f"it is written in a way I do not trust myself with; add by hand: {inline(_data(edit))}")
    return new


def tree(node: nodes.Node) -> Any:
    """What a node says, with every key; None for a key without a value."""
    if isinstance(node, nodes.Scalar):
        return node.text if node.text or not node.plain else None
    if isinstance(node, nodes.Sequence):
        return [tree(item) for item in node.items]
    return {key: tree(value) for key, (_, value) in node.entries.items()}


def _data(edit: Edit) -> Data:
    return edit.item if isinstance(edit, Add) else edit.value


def _changed(said: Any, edit: Edit) -> Any:
    """What the file must say after the edit."""
    said = copy.deepcopy(said)
    holder = said
    for step in edit.path[:-1]:
        holder = holder[step]
    last = edit.path[-1]
    if isinstance(edit, Put):
        holder[last] = edit.value
    else:
        holder[last] = [*(holder.get(last) or []), edit.item]
    return said


class _Splice:
    """Finds the place of an edit in one text."""

    def __init__(self, text: str, root: nodes.Mapping, order: Mapping[str, Sequence[str]]) -> None:
        self.text, self.root, self.order = text, root, order
        self.newline = newline_of(text)
        self.list_indent = self._list_indent(root)

    def apply(self, edit: Edit) -> str:
        holder, flow, around = self._holder(edit.path[:-1])
        key = edit.path[-1]
        if not isinstance(holder, nodes.Mapping) or not isinstance(key, str):
            raise CannotEdit("there is no such place in the file")
        present = holder.entries.get(key)
        if isinstance(edit, Put):
            return (
                self._replace(*present, edit.value, flow)
                if present
                else self._new_key(holder, key, edit.value, flow, around)
            )
        if present is None:
            return self._new_key(holder, key, [edit.item], flow, around)
        name, value = present
        if isinstance(value, nodes.Sequence) and value.items:
            return self._append(value, edit.item, flow, apart=edit.path == ("goals",))
        if isinstance(value, nodes.Scalar) and (value.text or not value.plain):
            raise CannotEdit(f'"{key}" is no list')
        return self._fill(holder, name, value, [edit.item], flow)

    def _holder(self, path: nodes.Path) -> tuple[nodes.Node, bool, str]:
        """The node at a path, whether it lies in braces or brackets, and the key it belongs to."""
        node: nodes.Node = self.root
        flow, around = is_flow(self.text, node), ""
        for step in path:
            if isinstance(node, nodes.Mapping) and isinstance(step, str) and step in node.entries:
                node, around = node.entries[step][1], step
            elif isinstance(node, nodes.Sequence) and isinstance(step, int) and step < len(node.items):
                node = node.items[step]
            else:
                raise CannotEdit("there is no such place in the file")
            flow = flow or is_flow(self.text, node)
        return node, flow, around

    def _append(self, items: nodes.Sequence, item: Data, flow: bool, apart: bool) -> str:
        """One more item behind the last; `apart`: with a blank line between, unless the others have none."""
        last = items.items[-1]
        if flow or is_flow(self.text, items):
            return self._insert(end_of(self.text, last), f", {inline(item)}")
        gap = items.items[0].column - items.column if items.items[0].line == items.line else 2
        as_lines = not (isinstance(item, Mapping) and is_flow(self.text, last)) and not isinstance(last, nodes.Scalar)
        lines = self._items([as_block(item, short=not as_lines)], items.column - 1, gap)
        if len(items.items) > 1:
            between = self.text[end_of(self.text, items.items[-2]) : last.start]
            apart = any(not line.strip() for line in LINE_BREAK.split(between)[1:-1])
        return self._insert_lines(end_of(self.text, last), [""] * apart + lines)

    def _items(self, items: Sequence[Sequence[str]], column: int, gap: int) -> list[str]:
        """Block items with their dashes."""
        dash, inner = " " * column + "-" + " " * (gap - 1), " " * (column + gap)
        return [(dash if i == 0 else inner) + line for lines in items for i, line in enumerate(lines)]

    def _new_key(self, holder: nodes.Mapping, key: str, value: Data, flow: bool, around: str) -> str:
        """One more key, behind the one that comes before it in the format's order."""
        order = list(self.order.get(around, ()))
        before = set(order[: order.index(key)]) if key in order else set(holder.entries)
        keys = list(holder.entries)
        after = next((k for k in reversed(keys) if k in before), keys[0] if keys else None)
        if flow:
            if after is None:
                return self._insert(holder.start + 1, f"{key}: {inline(value)}")
            return self._insert(end_of_entry(self.text, *holder.entries[after]), f", {key}: {inline(value)}")
        if after is None:
            raise CannotEdit("there is no key to put it behind")
        return self._insert_lines(
            end_of_entry(self.text, *holder.entries[after]), self._entry(key, value, holder.column - 1)
        )

    def _entry(self, key: str, value: Data, column: int) -> list[str]:
        """A key with its value, as lines."""
        indent = " " * column
        if not isinstance(value, (str, Mapping)) and any(isinstance(item, Mapping) for item in value):
            items = [as_block(item, short=True) for item in value]
            return [f"{indent}{key}:", *self._items(items, column + self.list_indent, 2)]
        lines = as_block({key: value}, short=True, inside=True)
        return [indent + line for line in lines]

    def _fill(self, holder: nodes.Mapping, key: nodes.Scalar, value: nodes.Node, items: list[Data], flow: bool) -> str:
        """A list where there was nothing, or `[]`."""
        if flow:
            return (
                self._cut(value.start, value.end, inline(items))
                if is_flow(self.text, value)
                else self._behind(key, inline(items))
            )
        lines = self._entry(key.text, items, holder.column - 1)
        colon = self.text.index(":", key.end) + 1
        end = line_end(self.text, max(colon, value.end if is_flow(self.text, value) else colon))
        kept = self.text[value.end : end] if is_flow(self.text, value) else self.text[colon:end]
        block = self.newline.join(lines[1:]) if len(lines) > 1 else ""
        if not block:
            return self._cut(colon, value.end, " " + lines[0].partition(": ")[2])
        return self.text[:colon] + kept.rstrip() * bool(kept.strip()) + self.newline + block + self.text[end:]

    def _replace(self, key: nodes.Scalar, value: nodes.Node, new: Data, flow: bool) -> str:
        """Another value for a key."""
        if isinstance(value, nodes.Scalar) and (value.text or not value.plain):
            end = end_of(self.text, value)
            old = self.text[value.start : end]
            return self._cut(value.start, end, requoted(old, new, flow))
        if isinstance(value, nodes.Scalar):
            return self._behind(
                key, inline(new) if flow else scalar(str(new), flow=False) if isinstance(new, str) else inline(new)
            )
        if (
            isinstance(value, nodes.Sequence)
            and not isinstance(new, (str, Mapping))
            and new
            and not is_flow(self.text, value)
        ):
            gap = value.items[0].column - value.column
            lines = self._items([as_block(item, short=True) for item in list(new)], value.column - 1, gap)
            return self._cut(value.start, end_of(self.text, value), self.newline.join(lines).lstrip(" "))
        colon = self.text.index(":", key.end) + 1
        start = value.start if is_flow(self.text, value) else colon
        return self._cut(start, end_of(self.text, value), ("" if start != colon else " ") + inline(new))

    def _behind(self, key: nodes.Scalar, text: str) -> str:
        """A value behind a key that has none."""
        return self._insert(self.text.index(":", key.end) + 1, f" {text}")

    def _insert(self, position: int, text: str) -> str:
        return self.text[:position] + text + self.text[position:]

    def _cut(self, start: int, end: int, text: str) -> str:
        return self.text[:start] + text + self.text[end:]

    def _insert_lines(self, position: int, lines: Sequence[str]) -> str:
        """Lines of their own behind the line a position is in."""
        if position and self.text[position - 1] in "\r\n":  # a text that keeps its blank lines
            return self._insert(position, "".join(line + self.newline for line in lines))
        return self._insert(line_end(self.text, position), "".join(self.newline + line for line in lines))

    def _list_indent(self, node: nodes.Node) -> int:
        """How far this file indents a list below its key; 2 where it has none."""
        if isinstance(node, nodes.Mapping):
            for key, value in node.entries.values():
                if isinstance(value, nodes.Sequence) and value.items and not is_flow(self.text, value):
                    return value.column - key.column
        return 2
