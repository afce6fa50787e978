"""Where labels go: each to the best of the places around its point, and never onto another label or the today line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Anchor = Literal["start", "middle", "end"]
Place = tuple[Anchor, float, float]

#: The height of a line of text, how far its baseline is from the bottom of that, and the room around it.
LINE, DESCENT, ROOM = 13.0, 3.0, 2.0
#: How wide characters of the 12 units high font are; the widest fonts of readers' systems are no wider.
_NARROW, _USUAL, _WIDE, _SQUARE = 4.2, 7.2, 11.0, 12.5
_IS_NARROW, _IS_WIDE = frozenset(" .,:;'|!il\xa0\u202f()"), frozenset("MW%@mw—…")
#: What it costs a place to lie on a drawn line, or on a line to be avoided, beside being the next best place.
_INK, _AVOIDED = 2.0, 4.0


@dataclass(frozen=True, slots=True)
class Box:
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

    def overlaps(self, other: Box) -> bool:
        """Return whether they share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def within(self, other: Box) -> bool:
        """Return whether it lies in another."""
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True, slots=True)
class Label:
    """A text that belongs to a point, to be set at this distance from it; `kind` is its class in the style sheet."""

    text: str
    kind: str
    x: float
    y: float
    distance: float = 4.0


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A text with its place: `x` and `y` are the anchor on its baseline, `box` what it covers."""

    text: str
    kind: str
    x: float
    y: float
    anchor: Anchor
    box: Box


@dataclass(frozen=True, slots=True)
class Ground:
    """What labels are placed on: within `frame`, never on one of the boxes `taken`, better not on `avoided` ones.

    `ink` has the heights of the drawn lines by whole positions from left to right.
    """

    frame: Box
    taken: tuple[Box, ...] = ()
    avoided: tuple[Box, ...] = ()
    ink: Mapping[int, Sequence[float]] | None = None


def place(labels: Iterable[Label], ground: Ground) -> tuple[PlacedLabel, ...]:
    """Return the labels with their places, the most important first; one that fits nowhere is left out."""
    placed: list[PlacedLabel] = []
    for label in labels:
        taken = [*ground.taken, *(other.box for other in placed)]
        free = (found for found in _places(label, ground.frame) if not any(found.box.overlaps(b) for b in taken))
        best = min(enumerate(free), key=lambda pair: pair[0] / 4 + _cost(pair[1].box, ground), default=None)
        if best:
            placed.append(best[1])
    return tuple(placed)


def text_width(text: str) -> float:
    """Return how wide a text is at most, in the units of the drawing."""
    return sum(map(_width, text))


def _width(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return _SQUARE
    return _NARROW if character in _IS_NARROW else _WIDE if character in _IS_WIDE else _USUAL


def _places(label: Label, frame: Box) -> Iterator[PlacedLabel]:
    """The places around a point, the best first, that lie in the frame; those beside it slide along its edge."""
    width = text_width(label.text) + 2 * ROOM
    for step in (0.0, 1.0, 2.0, 3.0):
        away = label.distance + step * LINE
        for anchor, x, top in (*_above_and_below(label, away), *_beside(label, away if step < 2 else away * 2)):
            left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
            slid = min(max(left, frame.left), frame.right - width)
            box = Box(slid, top, slid + width, top + LINE)
            if box.within(frame):
                at = {"start": slid + ROOM, "middle": slid + width / 2, "end": slid + width - ROOM}[anchor]
                yield PlacedLabel(label.text, label.kind, round(at, 1), round(top + LINE - DESCENT, 1), anchor, box)


def _above_and_below(label: Label, away: float) -> Iterator[Place]:
    above, below = label.y - away - LINE, label.y + away
    for top in (above, below):
        yield "middle", label.x, top
        yield "end", label.x - ROOM, top
        yield "start", label.x + ROOM, top


def _beside(label: Label, away: float) -> Iterator[Place]:
    yield "end", label.x - away, label.y - LINE / 2
    yield "start", label.x + away, label.y - LINE / 2


def _cost(box: Box, ground: Ground) -> float:
    lines = ground.ink or {}
    columns = range(int(box.left), int(box.right) + 1)
    on_ink = sum(box.top < y < box.bottom for column in columns for y in lines.get(column, ()))
    return _INK * on_ink / max(len(columns), 1) * 4 + _AVOIDED * sum(box.overlaps(other) for other in ground.avoided)
