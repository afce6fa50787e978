"""Where labels go: each to the best of the places around its point, and never onto another label or the today line."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from math import inf
from typing import Literal, NamedTuple

from ...frozen import frozen

Anchor = Literal["start", "middle", "end"]
#: A place for a text: its turn, its anchor, its left and its top.
Place = tuple[int, Anchor, float, float]
#: The left, top, right and bottom of a box.
Edges = tuple[float, float, float, float]

#: A drawn line: the columns in which it lies from left to right, and its heights there.
Ink = tuple[Sequence[int], Sequence[float]]

#: The height of a line of text, how far its baseline is from the bottom of that, and the room around it.
LINE, DESCENT, ROOM = 13.0, 3.0, 2.0
#: How wide the columns are in which drawn lines are looked up.
COLUMN = 4.0
#: How wide characters of the 12 units high font are; the widest fonts of readers' systems are no wider.
_NARROW, _USUAL, _WIDE, _SQUARE = 4.2, 7.2, 11.0, 12.5
_IS_NARROW, _IS_WIDE = frozenset(" .,:;'|!il\xa0\u202f()"), frozenset("MW%@mw—…")
#: What it costs a place to be a line further away, to be the next in its ring, to lie wholly on a drawn line, and to
#: lie on something better avoided.
_FURTHER, _NEXT, _INK, _AVOIDED = 3.0, 0.2, 3.0, 5.0


class Box(NamedTuple):
    """A rectangle; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Return how wide it is."""
        return round(self.right - self.left, 1)

    @property
    def height(self) -> float:
        """Return how high it is."""
        return round(self.bottom - self.top, 1)

    def overlaps(self, *others: Box) -> bool:
        """Return whether it shares more than an edge with one of these."""
        return _overlaps(self, others)

    def within(self, other: Box) -> bool:
        """Return whether it lies in another."""
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )


class Label(NamedTuple):
    """Lines of text that belong to a point, to be set at a distance from it; `kind` is a class in the style sheet.

    `reach` is how many lines of text away it may be set before it seems to belong to something else; where the lines
    fit nowhere, those of `otherwise` may.
    """

    lines: tuple[str, ...]
    kind: str
    x: float
    y: float
    distance: float = 4.0
    reach: int = 3
    otherwise: tuple[str, ...] = ()


class PlacedLabel(NamedTuple):
    """Lines of text with their place: `x` and `y` are the anchor on the first baseline, `box` is what they cover."""

    lines: tuple[str, ...]
    kind: str
    x: float
    y: float
    anchor: Anchor
    box: Box


@frozen
class Ground:
    """What labels are placed on: within `frame`, never on one of the boxes `taken`, better not on `avoided` ones.

    `ink` are the drawn lines.
    """

    frame: Box
    taken: tuple[Box, ...] = ()
    avoided: tuple[Box, ...] = ()
    ink: tuple[Ink, ...] = ()


def place(labels: Iterable[Label], ground: Ground) -> tuple[PlacedLabel, ...]:
    """Return the labels with their places, the most important first; one that fits nowhere is left out."""
    placed, taken = list[PlacedLabel](), [*ground.taken]
    for label in labels:
        found = _best(label, label.lines, ground, taken)
        if found is None and label.otherwise:
            found = _best(label, label.otherwise, ground, taken)
        if found:
            placed.append(found)
            taken.append(found.box)
    return tuple(placed)


def _best(label: Label, lines: tuple[str, ...], ground: Ground, taken: Sequence[Box]) -> PlacedLabel | None:
    """Place these lines of a label: of the places around its point that are free, where it costs least."""
    width, height = max(map(text_width, lines)) + 2 * ROOM, LINE * len(lines)
    first, last = ground.frame.left, ground.frame.right
    best, least = None, inf
    for step in range(label.reach):
        further = step * _FURTHER
        if further >= least:
            break
        for n, anchor, left, top in _around(label, step, width, height, ground.frame):
            if further + n * _NEXT >= least:
                break
            slid = min(max(left, first), last - width)
            cost = further + (n + abs(slid - left) / LINE) * _NEXT
            box = (slid, top, slid + width, top + height)
            if cost < least and first <= slid and box[2] <= last and not _overlaps(box, taken):
                cost += _cost(box, ground)
                if cost < least:
                    best, least = (anchor, box), cost
    return _placed(label.kind, lines, *best) if best else None


def _placed(kind: str, lines: tuple[str, ...], anchor: Anchor, edges: Edges) -> PlacedLabel:
    left, top, right, _ = edges
    x = (left + right) / 2 if anchor == "middle" else left + ROOM if anchor == "start" else right - ROOM
    return PlacedLabel(lines, kind, round(x, 1), round(top + LINE - DESCENT, 1), anchor, Box(*edges))


@lru_cache(maxsize=16_384)
def text_width(text: str) -> float:
    """Return how wide a text is at most, in the units of the drawing."""
    return sum(map(_width, text))


@cache
def _width(character: str) -> float:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:  # accents, and marks of direction
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return _SQUARE
    return _NARROW if character in _IS_NARROW else _WIDE if character in _IS_WIDE else _USUAL


def _around(label: Label, step: int, width: float, height: float, frame: Box) -> list[Place]:
    """The places around a label's point, the best first; with each step they are a line further away.

    Those above or below the frame are left out; one that is beside it may slide along.
    """
    x, y, away, beside = label.x, label.y, label.distance + step * LINE, label.distance * (step + 1)
    places: list[Place] = []
    for n, top in ((0, y - away - height), (3, y + away)):
        if frame.top <= top and top + height <= frame.bottom:
            places.append((n, "middle", x - width / 2, top))
            places.append((n + 1, "end", x - ROOM - width, top))
            places.append((n + 2, "start", x + ROOM, top))
    top = y - height / 2
    if frame.top <= top and top + height <= frame.bottom:
        places.append((6, "end", x - beside - width, top))
        places.append((7, "start", x + beside, top))
    return places


def _overlaps(box: Edges, others: Iterable[Edges]) -> bool:
    left, top, right, bottom = box
    for begin, upper, end, lower in others:  # noqa: SIM110 - a generator costs more than what it looks at
        if left < end and begin < right and top < lower and upper < bottom:
            return True
    return False


def _cost(box: Edges, ground: Ground) -> float:
    """What it costs to lie there, whatever the turn."""
    left, top, right, bottom = box
    first, last, on_ink = int(left / COLUMN), int(right / COLUMN), 0
    for columns, heights in ground.ink:
        for y in heights[bisect_left(columns, first) : bisect_right(columns, last)]:
            if top < y < bottom:
                on_ink += 1
    cost = _INK * on_ink / (last - first + 1)
    return cost + _AVOIDED * sum(_overlaps(box, (other,)) for other in ground.avoided) if ground.avoided else cost
