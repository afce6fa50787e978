"""Edits a file by splicing text at known offsets: every byte outside the edit stays as it was.

Each edit is checked before it is used: the new text is parsed again and must hold exactly the old data with the edit
applied (`CannotEdit` otherwise).
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..findings import with_help
from . import nodes
from .emit import Data, as_block, inline, requoted, scalar
from .parse import read_document
from .text import LINE_BREAK
from .trivia import end_of, end_of_entry, is_flow, line_end, newline_of


class CannotEdit(Exception):
    """The file cannot be edited safely, or not now. As text it is the message, and the help on a second line."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(with_help(message, help))
        self.message, self.help = message, help


def has_errors() -> CannotEdit:
    """Return the exception for a file that `goals check` would refuse."""
    return CannotEdit("the file has errors", "fix what goals check reports first")


@dataclass(frozen=True, slots=True)
class Add:
    """Append an item to the list at `path`; a list that does not exist yet is created."""

    path: nodes.NodePath
    item: Data


@dataclass(frozen=True, slots=True)
class Put:
    """Set the value at `path`, which ends with a key; a key that does not exist yet is added."""

    path: nodes.NodePath
    value: Data


@dataclass(frozen=True, slots=True)
class Remove:
    """Take out the list item or the key at `path`, and what holds it if that would be empty then."""

    path: nodes.NodePath


Edit = Add | Put | Remove


def edited(text: str, edits: Sequence[Edit], order: Mapping[str, Sequence[str]]) -> str:
    """Return the text with all edits made. Raises CannotEdit.

    `order` lists the keys of each mapping in the format's order, by the key that holds the mapping (or its list).
    """
    for edit in edits:
        text = _one(text, edit, order)
    return text


def _one(text: str, edit: Edit, order: Mapping[str, Sequence[str]]) -> str:
    document, findings = read_document("", text.encode("utf-8"))
    if document.root is None or findings:
        raise has_errors()
    splice = _Splice(document.text, document.root, order)
    edit = splice.with_its_holder(edit)
    mark = text[: len(text) - len(document.text)]  # the document's text has no byte order mark; the file keeps its own
    new = mark + splice.apply(edit)
    again, findings = read_document("", new.encode("utf-8"))
    wanted = _changed(nodes.to_data(document.root, keep_all=True), edit)
    if findings or again.root is None or nodes.to_data(again.root, keep_all=True) != wanted:
        raise CannotEdit("this file's layout cannot be edited safely", f"{_by_hand(edit)} by hand")
    return new


def _by_hand(edit: Edit) -> str:
    if isinstance(edit, Remove):
        return f"remove {'.'.join(map(str, edit.path))}"
    return f"add {inline(edit.item if isinstance(edit, Add) else edit.value)}"


def _changed(data: Any, edit: Edit) -> Any:
    """Return what the file must hold after the edit."""
    data = copy.deepcopy(data)
    holder = data
    for step in edit.path[:-1]:
        holder = holder[step]
    last = edit.path[-1]
    if isinstance(edit, Put):
        holder[last] = edit.value
    elif isinstance(edit, Remove):
        del holder[last]
    else:
        holder[last] = [*(holder.get(last) or []), edit.item]
    return data


class _Splice:
    """Finds where an edit goes in one text, and makes it."""

    def __init__(self, text: str, root: nodes.MappingNode, order: Mapping[str, Sequence[str]]) -> None:
        self.text, self.root, self.order = text, root, order
        self.newline = newline_of(text)
        self.list_indent = self._list_indent(root)

    def with_its_holder(self, edit: Edit) -> Edit:
        """Return the edit; the removal of all that something holds is that of the holder."""
        while isinstance(edit, Remove) and len(edit.path) > 1:
            parts = self._parts(self._holder(edit.path[:-1])[0])
            if list(parts) != [edit.path[-1]]:
                break
            edit = Remove(edit.path[:-1])
        return edit

    def apply(self, edit: Edit) -> str:
        holder, flow, around = self._holder(edit.path[:-1])
        key = edit.path[-1]
        if isinstance(edit, Remove):
            return self._remove(holder, key, flow)
        if not isinstance(holder, nodes.MappingNode) or not isinstance(key, str):
            raise _no_such_place()
        present = holder.entries.get(key)
        if isinstance(edit, Put):
            if present:
                return self._replace(*present, edit.value, flow)
            return self._new_key(holder, key, edit.value, flow, around)
        if present is None:
            return self._new_key(holder, key, [edit.item], flow, around)
        name, value = present
        if isinstance(value, nodes.SequenceNode) and value.items:
            return self._append(value, edit.item, flow, apart=edit.path == ("goals",))
        if isinstance(value, nodes.ScalarNode) and not nodes.is_empty(value):
            raise CannotEdit(f'"{key}" is not a list')
        return self._fill(holder, name, value, [edit.item], flow)

    def _holder(self, path: nodes.NodePath) -> tuple[nodes.Node, bool, str]:
        """Return the node at a path, whether it is inside brackets or braces, and the key that holds it."""
        node: nodes.Node = self.root
        flow, around = is_flow(self.text, node), ""
        for step in path:
            if isinstance(node, nodes.MappingNode) and isinstance(step, str) and step in node.entries:
                node, around = node.entries[step][1], step
            elif isinstance(node, nodes.SequenceNode) and isinstance(step, int) and step < len(node.items):
                node = node.items[step]
            else:
                raise _no_such_place()
            flow = flow or is_flow(self.text, node)
        return node, flow, around

    def _append(self, items: nodes.SequenceNode, item: Data, flow: bool, apart: bool) -> str:
        """Add an item after the last; `apart`: after a blank line, unless the other items have none between them."""
        last = items.items[-1]
        if flow or is_flow(self.text, items):
            return self._insert(end_of(self.text, last), f", {inline(item)}")
        gap = items.items[0].column - items.column if items.items[0].line == items.line else 2
        short = isinstance(last, nodes.ScalarNode) or (isinstance(item, Mapping) and is_flow(self.text, last))
        lines = self._items([as_block(item, short=short)], items.column - 1, gap)
        if len(items.items) > 1:
            between = self.text[end_of(self.text, items.items[-2]) : last.start]
            apart = any(not line.strip() for line in LINE_BREAK.split(between)[1:-1])
        return self._insert_lines(end_of(self.text, last), [""] * apart + lines)

    def _items(self, items: Sequence[Sequence[str]], column: int, gap: int) -> list[str]:
        """Return block items with their dashes."""
        dash, inner = " " * column + "-" + " " * (gap - 1), " " * (column + gap)
        return [(dash if i == 0 else inner) + line for lines in items for i, line in enumerate(lines)]

    def _new_key(self, holder: nodes.MappingNode, key: str, value: Data, flow: bool, around: str) -> str:
        """Add a key after the one that precedes it in the format's order."""
        order = list(self.order.get(around, ()))
        before = set(order[: order.index(key)]) if key in order else set(holder.entries)
        keys = list(holder.entries)
        after = next((k for k in reversed(keys) if k in before), keys[0] if keys else None)
        if flow:
            if after is None:
                return self._insert(holder.start + 1, f"{key}: {inline(value)}")
            return self._insert(end_of_entry(self.text, *holder.entries[after]), f", {key}: {inline(value)}")
        if after is None:
            raise CannotEdit("this mapping has no keys yet")
        return self._insert_lines(
            end_of_entry(self.text, *holder.entries[after]), self._entry(key, value, holder.column - 1)
        )

    def _entry(self, key: str, value: Data, column: int) -> list[str]:
        """Return a key with its value as lines."""
        indent = " " * column
        if not isinstance(value, (str, Mapping)) and any(isinstance(item, Mapping) for item in value):
            items = [as_block(item, short=True) for item in value]
            return [f"{indent}{key}:", *self._items(items, column + self.list_indent, 2)]
        lines = as_block({key: value}, short=True, inside=True)
        return [indent + line for line in lines]

    def _fill(
        self, holder: nodes.MappingNode, key: nodes.ScalarNode, value: nodes.Node, items: list[Data], flow: bool
    ) -> str:
        """Write a list where there was no value, or `[]`."""
        if flow and is_flow(self.text, value):
            return self._cut(value.start, value.end, inline(items))
        if flow:
            return self._after_colon(key, inline(items))
        lines = self._entry(key.text, items, holder.column - 1)
        colon = self.text.index(":", key.end) + 1
        end = line_end(self.text, max(colon, value.end if is_flow(self.text, value) else colon))
        kept = self.text[value.end : end] if is_flow(self.text, value) else self.text[colon:end]
        block = self.newline.join(lines[1:]) if len(lines) > 1 else ""
        if not block:
            return self._cut(colon, value.end, " " + lines[0].partition(": ")[2])
        return self.text[:colon] + kept.rstrip() * bool(kept.strip()) + self.newline + block + self.text[end:]

    def _replace(self, key: nodes.ScalarNode, value: nodes.Node, new: Data, flow: bool) -> str:
        """Replace the value of a key."""
        if nodes.is_empty(value):
            return self._after_colon(key, scalar(new, flow=False) if isinstance(new, str) and not flow else inline(new))
        if isinstance(value, nodes.ScalarNode):
            end = end_of(self.text, value)
            old = self.text[value.start : end]
            return self._cut(value.start, end, requoted(old, new, flow))
        if (
            isinstance(value, nodes.SequenceNode)
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

    def _remove(self, holder: nodes.Node, key: str | int, flow: bool) -> str:
        """Take out an item or a key: in brackets or braces with its comma, else with its lines."""
        parts = self._parts(holder)
        if key not in parts:
            raise _no_such_place()
        start, end = parts[key]
        if flow:
            before = [there for _, there in parts.values() if there <= start]
            after = [here for here, _ in parts.values() if here >= end]
            return self._cut(before[-1], end, "") if before else self._cut(start, min(after, default=end), "")
        if isinstance(key, int):
            start = self.text.rindex("-", 0, start)  # the item's dash
        line = max(self.text.rfind(sign, 0, start) for sign in "\r\n") + 1
        if self.text[line:start].strip():
            raise _no_such_place()
        rest = line_end(self.text, end)
        found = LINE_BREAK.match(self.text, rest)
        return self._cut(line, found.end() if found else rest, "")

    def _parts(self, holder: nodes.Node) -> dict[str | int, tuple[int, int]]:
        """Return where each entry or item of a mapping or a list starts and ends."""
        if isinstance(holder, nodes.MappingNode):
            return {key: (e[0].start, end_of_entry(self.text, *e)) for key, e in holder.entries.items()}
        if isinstance(holder, nodes.SequenceNode):
            return {i: (item.start, end_of(self.text, item)) for i, item in enumerate(holder.items)}
        return {}

    def _after_colon(self, key: nodes.ScalarNode, text: str) -> str:
        """Write a value after a key that has none."""
        return self._insert(self.text.index(":", key.end) + 1, f" {text}")

    def _insert(self, position: int, text: str) -> str:
        return self.text[:position] + text + self.text[position:]

    def _cut(self, start: int, end: int, text: str) -> str:
        return self.text[:start] + text + self.text[end:]

    def _insert_lines(self, position: int, lines: Sequence[str]) -> str:
        """Insert lines after the line of a position."""
        if position and self.text[position - 1] in "\r\n":  # a block scalar that keeps its blank lines
            return self._insert(position, "".join(line + self.newline for line in lines))
        return self._insert(line_end(self.text, position), "".join(self.newline + line for line in lines))

    def _list_indent(self, node: nodes.Node) -> int:
        """Return how far this file indents a list below its key; 2 if it has none."""
        if isinstance(node, nodes.MappingNode):
            for key, value in node.entries.values():
                if isinstance(value, nodes.SequenceNode) and value.items and not is_flow(self.text, value):
                    return value.column - key.column
        return 2


def _no_such_place() -> CannotEdit:
    return CannotEdit("the file has nothing at this path")
