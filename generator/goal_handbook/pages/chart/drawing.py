"""A chart as the parts of a drawing: paths, marks and labels with their places."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import islice, pairwise

from ...figures import Formatter
from ...frozen import frozen
from ...views.badge import Badge
from ...views.chart import BandPoint, Chart, DayMark, Point
from .icons import icon_paths
from .labels import COLUMN, Box, Ground, Ink, Label, PlacedLabel, place, text_width
from .scale import Scale, day_ticks, round_ticks, scale

WIDTH, HEIGHT = 340, 230
#: The plot leaves room for a line of labels above it, for the days below, and for half a mark at its end.
_TOP, _BOTTOM, _RIGHT, _MOST_LEFT = 28.0, HEIGHT - 22.0, WIDTH - 10.0, 110.0
#: How far below the plot the days are named: clear of the lowest tick.
_BELOW = 7.0
#: Half the size of a landmark's mark, and of the latest reading's dot.
MARK, LATEST = 7.5, 4.0
#: The latest reading's label may be further from its dot than others: no chart is without it.
_FAR = 8
#: So many labels are tried at most.
_MOST_LABELS = 40
#: More readings than these are a line without dots.
_DOTS_SHOWN = 60
#: The slowest and the fastest pace may take this part of the value axis beyond everything else; the rest is cut off.
_FAN_ROOM = 0.15

At = tuple[float, float]
Gap = tuple[At, At]


@frozen
class Mark:
    """A landmark's mark with its status, as the path of its icon."""

    x: float
    y: float
    badge: Badge
    icon: str


@frozen
class Drawing:
    """A chart in a box of WIDTH by HEIGHT. Paths are "" where there is nothing to draw, `today` is None off the chart.

    `ticks` and `days` are positions with their texts; `zero` is the position of the zero line, None where the axis is
    broken. `gap` are the ends of the line from the latest reading to what was expected of it.
    """

    plot: Box
    ticks: tuple[tuple[float, str], ...]
    zero: float | None
    days: tuple[PlacedLabel, ...]
    wrong_side: str
    at_risk: str
    area: str
    fan: str
    lately: str
    given_up: str
    agreed: str
    line: str
    gap: Gap | None
    today: float | None
    changes: tuple[float, ...]
    replaced: tuple[At, ...]
    marks: tuple[Mark, ...]
    dots: str
    latest: At
    labels: tuple[PlacedLabel, ...]
    width: int = WIDTH
    height: int = HEIGHT


def draw(chart: Chart, fmt: Formatter) -> Drawing:
    """Lay out a chart: days from left to right, values from bottom to top. `fmt` spells the values and the days."""
    values = round_ticks(_values(chart))
    texts = _texts(values, chart.unit, fmt)
    canvas = _canvas(chart, values, texts)
    places, plot = _places(chart, canvas), canvas.plot
    zero = canvas.y(0.0) if Decimal(0) in values else None
    wrong_edge = plot.top if chart.wrong_side == "above" else plot.bottom
    dots = places.readings if len(places.readings) <= _DOTS_SHOWN else []
    return Drawing(
        plot=plot,
        ticks=tuple([(canvas.y(float(value)), text) for value, text in zip(values, texts, strict=True)]),
        zero=zero,
        days=_named_days(chart.start, chart.end, plot.left, fmt),
        wrong_side=_areas(places.agreed, wrong_edge) if chart.wrong_side else "",
        at_risk="".join([_band(part, canvas) for part in chart.at_risk]),
        area=_areas([places.readings], zero) if chart.filled and zero is not None else "",
        fan=_fan(chart, canvas),
        lately=_path([places.lately]),
        given_up=_path(places.given_up),
        agreed=_path(places.agreed),
        line=_path([places.readings]),
        gap=places.gap,
        today=places.today,
        changes=tuple(places.changes),
        replaced=tuple(places.replaced),
        marks=tuple(
            [
                Mark(x, y, mark.badge, icon_paths()[mark.badge.icon])
                for (x, y), mark in zip(places.marks, chart.marks, strict=True)
            ]
        ),
        dots="".join([f"M{_text(x)},{_text(y)}h0" for x, y in dots]),
        latest=places.readings[-1],
        labels=_labels(chart, places, plot),
    )


@frozen
class _Canvas:
    """The plot and its two scales."""

    plot: Box
    days: Scale
    y: Scale

    def at(self, point: Point) -> At:
        """Return the position of a value on a day."""
        return self.days(point.day.toordinal()), self.y(point.value)

    def line(self, points: Sequence[Point]) -> list[At]:
        """Return the positions of points."""
        days = self.days.each([point.day.toordinal() for point in points])
        return list(zip(days, self.y.each([point.value for point in points]), strict=True))


@frozen
class _Places:
    """Where the points of a chart are, and its days from left to right."""

    readings: list[At]
    agreed: list[list[At]]
    given_up: list[list[At]]
    lately: list[At]
    marks: list[At]
    replaced: list[At]
    gap: Gap | None
    today: float | None
    changes: list[float]


@lru_cache(maxsize=1_024)
def _texts(values: tuple[Decimal, ...], unit: str, fmt: Formatter) -> tuple[str, ...]:
    """The values beside the plot in words. Charts of goals of one size have the same."""
    return tuple(fmt.compact(value, unit) for value in values)


def _canvas(chart: Chart, values: Sequence[Decimal], texts: Iterable[str]) -> _Canvas:
    left = min(round(max(map(text_width, texts)) + 8.0, 1), _MOST_LEFT)
    return _Canvas(
        Box(left, _TOP, _RIGHT, _BOTTOM),
        _days(chart.start, chart.end, left),
        scale(float(values[0]), float(values[-1]), _BOTTOM, _TOP),
    )


def _values(chart: Chart) -> list[float]:
    """The values that have to be in sight."""
    lines = (*chart.agreed, *chart.given_up, chart.readings, chart.marks, chart.replaced)
    found = [point.value for line in lines for point in line]
    if chart.fan:
        found.append(chart.fan.lately)
        room = _FAN_ROOM * (max(found) - min(found))
        low, high = min(found) - room, max(found) + room
        found += [min(max(value, low), high) for value in (chart.fan.slowest, chart.fan.fastest)]
    return found


def _path(lines: Iterable[Sequence[At]]) -> str:
    return "".join(["M" + "L".join([f"{_text(x)},{_text(y)}" for x, y in line]) for line in lines if line])


@lru_cache(maxsize=8_192)
def _text(position: float) -> str:
    """A position as paths have it. There are only so many, and a house has thousands of charts."""
    return f"{position:g}"


def _areas(lines: Iterable[Sequence[At]], edge: float) -> str:
    """The areas between lines and a height."""
    return "".join(
        f"{_path([line])}L{_text(line[-1][0])},{_text(edge)}L{_text(line[0][0])},{_text(edge)}Z"
        for line in lines
        if line
    )


def _joined(parts: Iterable[list[At]]) -> list[list[At]]:
    """Parts of a curve, each joined with the one before it by a step if it goes on from the same day."""
    lines: list[list[At]] = []
    for part in parts:
        if lines and lines[-1][-1][0] == part[0][0]:
            lines[-1] += part
        else:
            lines.append(part)
    return lines


def _band(part: Sequence[BandPoint], canvas: _Canvas) -> str:
    better = canvas.line(part)
    worse = [(x, canvas.y(point.worse)) for (x, _), point in zip(better, part, strict=True)]
    return _path([better + worse[::-1]]) + "Z"


def _fan(chart: Chart, canvas: _Canvas) -> str:
    if chart.fan is None:
        return ""
    x = canvas.days(chart.fan.day.toordinal())
    return (
        _path([[canvas.at(chart.fan.since), (x, canvas.y(chart.fan.slowest)), (x, canvas.y(chart.fan.fastest))]]) + "Z"
    )


def _places(chart: Chart, canvas: _Canvas) -> _Places:
    lately = [chart.fan.since, Point(chart.fan.day, chart.fan.lately)] if chart.fan else []
    return _Places(
        readings=canvas.line(chart.readings),
        agreed=_joined(map(canvas.line, chart.agreed)),
        given_up=list(map(canvas.line, chart.given_up)),
        lately=canvas.line(lately),
        marks=canvas.line(chart.marks),
        replaced=canvas.line(chart.replaced),
        gap=_gap(chart, canvas),
        today=canvas.days(chart.today.day.toordinal()) if chart.today else None,
        changes=[canvas.days(change.day.toordinal()) for change in _changes(chart)],
    )


def _gap(chart: Chart, canvas: _Canvas) -> Gap | None:
    if chart.gap is None:
        return None
    reading = chart.gap.reading
    return canvas.at(reading), canvas.at(Point(reading.day, chart.gap.expected))


def _changes(chart: Chart) -> list[DayMark]:
    return [change for change in chart.changes if chart.start <= change.day <= chart.end]


def _days(start: datetime.date, end: datetime.date, left: float) -> Scale:
    return scale(start.toordinal(), end.toordinal(), left, _RIGHT)


@lru_cache(maxsize=1_024)
def _named_days(start: datetime.date, end: datetime.date, left: float, fmt: Formatter) -> tuple[PlacedLabel, ...]:
    """The days below the plot, without those there is no room for. They are the same in most charts of a house."""
    days, position = day_ticks(start, end, fmt.short_month, fmt.short_day), _days(start, end, left)
    labels = (Label((text,), "day", position(day.toordinal()), _BOTTOM, _BELOW) for day, text in days)
    return place(labels, Ground(Box(0.0, _BOTTOM, WIDTH, HEIGHT)))


def _labels(chart: Chart, places: _Places, plot: Box) -> tuple[PlacedLabel, ...]:
    """The labels in the order of their weight: today, the latest reading, landmarks from the last one, the rest."""
    above = [("today", chart.today.text, places.today)] if chart.today and places.today is not None else []
    changed = zip(reversed(_changes(chart)), reversed(places.changes), strict=True)
    heads = _heads((*above, *(("change", change.text, x) for change, x in changed)), plot.left)
    taken = [*(_around(at, MARK) for at in places.marks), *(head.box for head in heads)]
    if places.today is not None:
        taken.append(Box(places.today - 0.5, plot.top, places.today + 0.5, plot.bottom))
    avoided = [_around(at, MARK + 3) for at in places.replaced]
    ink = map(_ink, [*places.agreed, places.readings, *places.given_up, places.lately])
    ground = Ground(Box(plot.left + 1, plot.top - MARK, WIDTH, plot.bottom), tuple(taken), tuple(avoided), tuple(ink))
    return (*heads, *place(islice(_labels_inside(chart, places), _MOST_LABELS), ground))


@lru_cache(maxsize=1_024)
def _heads(days: tuple[tuple[str, str, float], ...], left: float) -> tuple[PlacedLabel, ...]:
    """The labels above the plot: kind, text and position of each. They, too, are the same in most charts."""
    labels = (Label((text,), kind, x, _TOP, 1.0) for kind, text, x in days)
    return place(labels, Ground(Box(left, 0.0, WIDTH, _TOP)))


def _labels_inside(chart: Chart, places: _Places) -> Iterator[Label]:
    if chart.gap and places.gap:
        (x, y), words = places.gap[0], chart.gap.label
        yield Label((" ".join(words),), "latest", x, y, LATEST + 3, _FAR, words)
    for mark, (x, y) in zip(reversed(chart.marks), reversed(places.marks), strict=True):
        yield Label((mark.text,), "landmark", x, y, MARK + 1)
    for old, (x, y) in zip(reversed(chart.replaced), reversed(places.replaced), strict=True):
        yield Label((old.text,), "was", x, y, MARK, 2)
    if chart.fan:
        yield Label(chart.fan.label, "fan", *places.lately[-1], 3.0)


def _around(at: At, size: float) -> Box:
    x, y = at
    return Box(x - size, y - size, x + size, y + size)


def _ink(line: Sequence[At]) -> Ink:
    """The columns in which a drawn line lies, and its heights there."""
    columns, heights = list[int](), list[float]()
    for (x, y), (right, end) in pairwise(line):
        first, last = int(x / COLUMN), int(right / COLUMN)
        columns += range(first, last + 1)
        heights.append(y)
        if first < last:
            rise, run = end - y, right - x
            heights += [y + rise * ((column * COLUMN - x) / run) for column in range(first + 1, last + 1)]
    return columns, heights
