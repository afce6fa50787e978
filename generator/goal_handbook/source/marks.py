"""Where the values of a file are, in a few bytes each: kept of every file, where nodes would fill the memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass

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

    def find(self, path: tuple[str | int, ...]) -> tuple[Place, bool]:
        """Return the place of the value at `path`, or of the nearest thing around it, and whether it is the value's."""
        place = _ROOT
        for step in path:
            inner = next((one for one in self.inside(place) if one.step == step), None)
            if inner is None:
                return place, False
            place = inner
        return place, True

    def inside(self, place: Place) -> Iterator[Place]:
        """Yield the values in a list or a mapping, none for text."""
        is_mapping, depth, index = self.kind(place.mark) == MAPPING, 0, 0
        key, names = 0, place.names
        for at in range(place.mark + 1, len(self.packed) if is_mapping or self.kind(place.mark) == LIST else 0):
            kind = self.packed[at] & _KIND
            if kind == KEY:
                key, names = at, names + 1
            elif kind == END:
                depth -= 1
                if depth < 0:
                    return
            else:
                if depth == 0:
                    yield Place(self.names[names - 1] if is_mapping else index, at, key if is_mapping else at, names)
                    index += 1
                if kind in {LIST, MAPPING}:
                    depth += 1

    def kind(self, mark: int) -> int:
        """Return what a mark is of."""
        return self.packed[mark] & _KIND

    def offset(self, mark: int) -> int:
        """Return how many characters are before it in the file."""
        return self.packed[mark] >> BITS
