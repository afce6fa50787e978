"""Where the values of a file are, in a few bytes each: kept of every file, where nodes would fill the memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

#: What a mark is of. It is `offset << BITS | kind`, with the number of characters before it in the file. A collection
#: goes from its own mark to its END; in a mapping, a KEY goes before each value.
SCALAR, EMPTY, LIST, MAPPING, KEY, END = range(6)
BITS = 3
_KIND = (1 << BITS) - 1


@dataclass(frozen=True, slots=True)
class Place:
    """A value: its key or its index in a list, the numbers of its mark and its key's (in a list its own), and how many
    names come before it.
    """

    step: str | int
    mark: int
    key: int
    names: int


_ROOT = Place("", 0, 0, 0)


@dataclass(slots=True)
class Marks:
    """The marks of all keys and values, in the order of the file, and the names of the keys."""

    names: tuple[str, ...]
    packed: array[int]
    _ends: array[int] = field(init=False, compare=False, default_factory=lambda: array("I"))
    _keys: array[int] = field(init=False, compare=False, default_factory=lambda: array("I"))

    def find(self, path: tuple[str | int, ...]) -> tuple[Place, bool]:
        """Return the place of the value at `path`, or of the nearest thing around it, and whether it is the value's."""
        place = _ROOT
        for step in path:
            inner = self._inner(place, step)
            if inner is None:
                return place, False
            place = inner
        return place, True

    def inside(self, place: Place) -> Iterator[Place]:
        """Yield the values in a list or a mapping, none for text."""
        is_mapping = self.kind(place.mark) == MAPPING
        for index, (key, at) in enumerate(self._values(place)):
            yield Place(self._name(at) if is_mapping else index, at, key, self._keys[at])

    def _inner(self, place: Place, step: str | int) -> Place | None:
        """The first value in a place that is at this step."""
        is_mapping = self.kind(place.mark) == MAPPING
        for index, (key, at) in enumerate(self._values(place)):
            if (self._name(at) if is_mapping else index) == step:
                return Place(step, at, key, self._keys[at])
        return None

    def _values(self, place: Place) -> Iterator[tuple[int, int]]:
        """Yield the marks of the values in a place, each after its key's, or in a list after its own."""
        if not self._ends:
            self._index()
        packed, ends = self.packed, self._ends
        key, at, end = 0, place.mark + 1, ends[place.mark]
        while at < end:
            kind = packed[at] & _KIND
            if kind == KEY:
                key = at
            else:
                yield key or at, at
                at = ends[at]
                key = 0
            at += 1

    def _name(self, mark: int) -> str:
        return self.names[self._keys[mark] - 1]

    def _index(self) -> None:
        """Find out where each value ends, to go past it in one step, and how many keys are before each mark."""
        self._ends, self._keys = array("I", range(len(self.packed))), array("I", bytes(4 * len(self.packed)))
        open_marks, keys = [], 0
        for at, mark in enumerate(self.packed):
            kind = mark & _KIND
            self._keys[at] = keys
            if kind == KEY:
                keys += 1
            elif kind in {LIST, MAPPING}:
                open_marks.append(at)
            elif kind == END:
                self._ends[open_marks.pop()] = at

    def kind(self, mark: int) -> int:
        """Return what a mark is of."""
        return self.packed[mark] & _KIND

    def offset(self, mark: int) -> int:
        """Return how many characters are before it in the file."""
        return self.packed[mark] >> BITS
