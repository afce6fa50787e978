"""Where labels go: each to the best of the places around its point, and never onto another label or the today line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, NamedTuple

Anchor = Literal["start", "middle", "end"]
Place = tuple[Anchor, float, float]
#: The part of a text that lies before its anchor.
_BEFORE: dict[Anchor, float] = {"start": 0.0, "middle": 0.5, "end": 1.0}

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
        left, top, right, bottom = self
        for other in others:
            if left < other.right and other.left < right and top < other.bottom and other.top < bottom:
                return True
        return False

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


@dataclass(frozen=True, slots=True)
class Ground:
    """What labels are placed on: within `frame`, never on one of the boxes `taken`, better not on `avoided` ones.

    `ink` has the heights of the drawn lines by column, from left to right.
    """

    frame: Box
    taken: tuple[Box, ...] = ()
    avoided: tuple[Box, ...] = ()
    ink: Mapping[int, Sequence[float]] | None = None


def place(labels: Iterable[Label], ground: Ground) -> tuple[PlacedLabel, ...]:
    """Return the labels with their places, the most important first; one that fits nowhere is left out."""
    placed, taken = list[PlacedLabel](), [*ground.taken]
    for label in labels:
        for wish in (label, label._replace(lines=label.otherwise)) if label.otherwise else (label,):
            if best := _best(wish, ground, taken):
                placed.append(_placed(wish, best))
                taken.append(best.box)
                break
    return tuple(placed)


class _Candidate(NamedTuple):
    """A place for a label, and how far it is from the best one could wish for: all in all, and by its turn alone."""

    cost: float
    turn: float
    anchor: Anchor
    box: Box


def _best(label: Label, ground: Ground, taken: Sequence[Box]) -> _Candidate | None:
    best: _Candidate | None = None
    for found in _candidates(label, ground.frame):
        if best and found.turn >= best.cost:
            break  # whatever comes now is further away
        if (best and found.cost >= best.cost) or found.box.overlaps(*taken):
            continue
        cost = found.cost + _cost(found.box, ground)
        if best is None or cost < best.cost:
            best = found._replace(cost=cost)
    return best


def _placed(label: Label, found: _Candidate) -> PlacedLabel:
    box = found.box
    x = {"start": box.left + ROOM, "middle": (box.left + box.right) / 2, "end": box.right - ROOM}[found.anchor]
    baseline = box.top + LINE - DESCENT
    return PlacedLabel(label.lines, label.kind, round(x, 1), round(baseline, 1), found.anchor, box)


def columns_between(left: float, right: float) -> range:
    """Return the columns, a few units wide, that lie between two positions."""
    return range(int(left / COLUMN), int(right / COLUMN) + 1)


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


def _candidates(label: Label, frame: Box) -> Iterator[_Candidate]:
    """The places around a point that lie in the frame, one turn after another; they slide along its edge."""
    width, height = max(map(text_width, label.lines)) + 2 * ROOM, LINE * len(label.lines)
    for step in range(label.reach):
        around = _around(label, height, label.distance + step * LINE, label.distance * (step + 1))
        for n, (anchor, x, top) in enumerate(around):
            left = x - width * _BEFORE[anchor]
            slid = min(max(left, frame.left), frame.right - width)
            box = Box(slid, top, slid + width, top + height)
            if box.within(frame):
                turn = step * _FURTHER + n * _NEXT
                yield _Candidate(step * _FURTHER + (n + abs(slid - left) / LINE) * _NEXT, turn, anchor, box)


def _around(label: Label, height: float, away: float, beside: float) -> Iterator[Place]:
    for top in (label.y - away - height, label.y + away):
        yield "middle", label.x, top
        yield "end", label.x - ROOM, top
        yield "start", label.x + ROOM, top
    yield "end", label.x - beside, label.y - height / 2
    yield "start", label.x + beside, label.y - height / 2


def _cost(box: Box, ground: Ground) -> float:
    lines, columns = ground.ink or {}, columns_between(box.left, box.right)
    on_ink = sum(box.top < y < box.bottom for column in columns for y in lines.get(column, ()))
    avoided = sum(box.overlaps(other) for other in ground.avoided)
    return _INK * on_ink / len(columns) + _AVOIDED * avoided
