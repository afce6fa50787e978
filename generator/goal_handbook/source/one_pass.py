"""Reads an ordinary file in one pass, as data with marks; whatever needs a closer look is left to `parse.py`.

Most of what a handbook costs to read is spent here, so nothing is made but what is kept.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from sys import intern
from typing import Any

import yaml
from yaml import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from .marks import BITS, EMPTY, END, KEY, LIST, MAPPING, SCALAR, Marks
from .nodes import KEYED_BY_ID, MAX_DEPTH, MAX_ITEMS
from .text import UNPRINTABLE


def read_in_one_pass(text: str) -> tuple[dict[str, Any], Marks] | None:
    """Return the data of a text as `to_data` would, and where its values are; None if anything in it is unusual."""
    if not text.isascii() and any(character in text for character in "\x85\u2028\u2029\ufeff"):
        return None  # libyaml counts them in its own way
    if "\r" in text and text.count("\r") != text.count("\r\n"):
        return None
    reader = _Reader(text)
    try:
        data = reader.document()
    except (_Unusual, yaml.YAMLError):
        return None
    return data, Marks(tuple(reader.names), reader.marks)


class _Unusual(Exception):
    """Something that goals do without, or that needs a finding."""


class _Reader:
    """Makes data of the events of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.next: Callable[[], Any] = yaml.CSafeLoader(text).get_event
        self.names: list[str] = []
        self.marks: array[int] = array("I")

    def document(self) -> dict[str, Any]:
        """Return the mapping that the text is. Raises _Unusual and YAMLError."""
        self._expect(yaml.StreamStartEvent)
        self._expect(yaml.DocumentStartEvent)
        data = self._collection(self.next(), 1)
        self._expect(yaml.DocumentEndEvent)
        self._expect(yaml.StreamEndEvent)
        if not isinstance(data, dict):
            raise _Unusual
        return data

    def _expect(self, kind: type) -> None:
        if type(self.next()) is not kind:
            raise _Unusual

    def _collection(self, event: Any, depth: int, by_id: bool = False) -> Any:
        """Return the list or the mapping that begins with an event, at a depth; `by_id` says that its keys are ids."""
        if event.anchor or event.tag or depth > MAX_DEPTH:
            raise _Unusual
        if type(event) is MappingStartEvent:
            return self._mapping(event, depth, by_id)
        if type(event) is SequenceStartEvent:
            return self._list(event, depth)
        raise _Unusual

    def _list(self, event: Any, depth: int) -> list[Any]:
        following, mark = self.next, self.marks.append
        mark(event.start_mark.index << BITS | LIST)
        items: list[Any] = []
        while (kind := type(event := following())) is not SequenceEndEvent:
            items.append(self._scalar(event) if kind is ScalarEvent else self._collection(event, depth + 1))
        if len(items) > MAX_ITEMS:
            raise _Unusual
        mark(END)
        return items

    def _mapping(self, event: Any, depth: int, by_id: bool) -> dict[str, Any]:
        following, mark, name = self.next, self.marks.append, self.names.append
        mark(event.start_mark.index << BITS | MAPPING)
        data: dict[str, Any] = {}
        left_out: set[str] = set()
        while (kind := type(key := following())) is ScalarEvent:
            text = intern(key.value)
            inner: Any = following()
            if key.anchor or key.tag or key.style or text in data or text in left_out or text == "<<":
                raise _Unusual
            name(text)
            mark(key.start_mark.index << BITS | KEY)
            if type(inner) is ScalarEvent:
                value: Any = self._scalar(inner)
                is_empty = not value and not inner.style
                if is_empty and not self._has_colon(key, inner):
                    raise _Unusual
            else:
                value, is_empty = self._collection(inner, depth + 1, text in KEYED_BY_ID), False
            if is_empty or (text.startswith("x-") and not by_id):
                left_out.add(text)
            else:
                data[text] = value
        if kind is not MappingEndEvent or len(data) + len(left_out) > MAX_ITEMS:
            raise _Unusual
        mark(END)
        return data

    def _has_colon(self, key: Any, value: Any) -> bool:
        return ":" in self.text[key.end_mark.index : value.start_mark.index]

    def _scalar(self, event: Any) -> str:
        text: str = event.value
        style = event.style
        if event.anchor or event.tag or (style == '"' and UNPRINTABLE.search(text)):
            raise _Unusual
        self.marks.append(event.start_mark.index << BITS | (SCALAR if text or style else EMPTY))
        return text
