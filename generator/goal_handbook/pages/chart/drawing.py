"""A chart as the parts of a drawing: paths, marks and labels with their places."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import islice, pairwise

from ...figures import Formatter
from ...views.badge import Badge
from ...views.chart import BandPoint, Chart, DayMark, Point
from .icons import icon_paths
from .labels import COLUMN, Box, Ground, Label, PlacedLabel, columns_between, place, text_width
from .scale import Scale, day_ticks, round_ticks

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

Ink = Mapping[int, Sequence[float]]
At = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Mark:
    """A landmark's mark with its status, as the path of its icon."""

    x: float
    y: float
    badge: Badge
    icon: str


@dataclass(frozen=True, slots=True)
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
    gap: tuple[At, At] | None
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
    texts = [fmt.compact(value, chart.unit) for value in values]
    canvas = _canvas(chart, values, texts)
    readings, agreed = canvas.line(chart.readings), _joined(map(canvas.line, chart.agreed))
    zero = canvas.y(0.0) if Decimal(0) in values else None
    wrong_edge = canvas.plot.top if chart.wrong_side == "above" else canvas.plot.bottom
    return Drawing(
        plot=canvas.plot,
        ticks=tuple(zip((canvas.y(float(value)) for value in values), texts, strict=True)),
        zero=zero,
        days=_named_days(chart.start, chart.end, canvas.days, fmt),
        wrong_side=_areas(agreed, wrong_edge) if chart.wrong_side else "",
        at_risk="".join(_band(part, canvas) for part in chart.at_risk),
        area=_areas([readings], zero) if chart.filled and zero is not None else "",
        fan=_fan(chart, canvas),
        lately=_path([_lately(chart, canvas)]),
        given_up=_path(map(canvas.line, chart.given_up)),
        agreed=_path(agreed),
        line=_path([readings]),
        gap=_gap(chart, canvas),
        today=canvas.x(chart.today.day) if chart.today else None,
        changes=_changes(chart, canvas),
        replaced=tuple(map(canvas.at, chart.replaced)),
        marks=tuple(Mark(*canvas.at(mark), mark.badge, icon_paths()[mark.badge.icon]) for mark in chart.marks),
        dots="".join(f"M{x:g},{y:g}h0" for x, y in readings) if len(readings) <= _DOTS_SHOWN else "",
        latest=readings[-1],
        labels=_labels(chart, canvas, agreed, readings),
    )


@dataclass(frozen=True, slots=True)
class _Canvas:
    """The plot and its two scales."""

    plot: Box
    days: Scale
    y: Scale

    def x(self, day: datetime.date) -> float:
        """Return the position of a day."""
        return self.days(day.toordinal())

    def at(self, point: Point) -> At:
        """Return the position of a value on a day."""
        return self.x(point.day), self.y(point.value)

    def line(self, points: Iterable[Point]) -> list[At]:
        """Return the positions of points."""
        return [self.at(point) for point in points]


def _canvas(chart: Chart, values: Sequence[Decimal], texts: Iterable[str]) -> _Canvas:
    left = min(round(max(map(text_width, texts)) + 8.0, 1), _MOST_LEFT)
    return _Canvas(
        Box(left, _TOP, _RIGHT, _BOTTOM),
        Scale(chart.start.toordinal(), chart.end.toordinal(), left, _RIGHT),
        Scale(float(values[0]), float(values[-1]), _BOTTOM, _TOP),
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
    return "".join("M" + "L".join(f"{x:g},{y:g}" for x, y in line) for line in lines if line)


def _areas(lines: Iterable[Sequence[At]], edge: float) -> str:
    """The areas between lines and a height."""
    return "".join(f"{_path([line])}L{line[-1][0]:g},{edge:g}L{line[0][0]:g},{edge:g}Z" for line in lines if line)


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
    better = [(canvas.x(p.day), canvas.y(p.value)) for p in part]
    worse = [(canvas.x(p.day), canvas.y(p.worse)) for p in part]
    return _path([[*better, *reversed(worse)]]) + "Z"


def _fan(chart: Chart, canvas: _Canvas) -> str:
    if chart.fan is None:
        return ""
    x = canvas.x(chart.fan.day)
    return (
        _path([[canvas.at(chart.fan.since), (x, canvas.y(chart.fan.slowest)), (x, canvas.y(chart.fan.fastest))]]) + "Z"
    )


def _lately(chart: Chart, canvas: _Canvas) -> list[At]:
    return canvas.line([chart.fan.since, Point(chart.fan.day, chart.fan.lately)]) if chart.fan else []


def _gap(chart: Chart, canvas: _Canvas) -> tuple[At, At] | None:
    if chart.gap is None:
        return None
    reading = chart.gap.reading
    return canvas.at(reading), canvas.at(Point(reading.day, chart.gap.expected))


def _changes(chart: Chart, canvas: _Canvas) -> tuple[float, ...]:
    return tuple(canvas.x(change.day) for change in chart.changes if chart.start <= change.day <= chart.end)


@lru_cache(maxsize=1_024)
def _named_days(start: datetime.date, end: datetime.date, scale: Scale, fmt: Formatter) -> tuple[PlacedLabel, ...]:
    """The days below the plot, without those there is no room for. They are the same in most charts of a house."""
    days = day_ticks(start, end, fmt.short_month, fmt.short_day)
    labels = (Label((text,), "day", scale(day.toordinal()), _BOTTOM, _BELOW) for day, text in days)
    return place(labels, Ground(Box(0.0, _BOTTOM, WIDTH, HEIGHT)))


def _labels(
    chart: Chart, canvas: _Canvas, agreed: Iterable[Sequence[At]], readings: Sequence[At]
) -> tuple[PlacedLabel, ...]:
    """The labels in the order of their weight: today, the latest reading, landmarks from the last one, the rest."""
    plot, today = canvas.plot, canvas.x(chart.today.day) if chart.today else None
    above = [Label((mark.text,), kind, canvas.x(mark.day), plot.top, 1.0) for kind, mark in _days_above(chart)]
    heads = place(above, Ground(Box(plot.left, 0.0, WIDTH, plot.top)))
    taken = [*(_around(at, MARK) for at in canvas.line(chart.marks)), *(head.box for head in heads)]
    if today is not None:
        taken.append(Box(today - 0.5, plot.top, today + 0.5, plot.bottom))
    avoided = [_around(canvas.at(old), MARK + 3) for old in chart.replaced]
    lines = [*agreed, readings, *map(canvas.line, chart.given_up), _lately(chart, canvas)]
    ground = Ground(Box(plot.left + 1, plot.top - MARK, WIDTH, plot.bottom), tuple(taken), tuple(avoided), _ink(lines))
    return (*heads, *place(islice(_labels_inside(chart, canvas), _MOST_LABELS), ground))


def _labels_inside(chart: Chart, canvas: _Canvas) -> Iterator[Label]:
    if chart.gap:
        at, words = canvas.at(chart.gap.reading), chart.gap.label
        yield Label((" ".join(words),), "latest", *at, LATEST + 3, _FAR, otherwise=words)
    yield from (Label((mark.text,), "landmark", *canvas.at(mark), MARK + 1) for mark in reversed(chart.marks))
    yield from (Label((old.text,), "was", *canvas.at(old), MARK, 2) for old in reversed(chart.replaced))
    if chart.fan:
        yield Label(chart.fan.label, "fan", *_lately(chart, canvas)[-1], 3.0)


def _days_above(chart: Chart) -> Iterator[tuple[str, DayMark]]:
    if chart.today:
        yield "today", chart.today
    yield from (("change", change) for change in reversed(chart.changes) if chart.start <= change.day <= chart.end)


def _around(at: At, size: float) -> Box:
    x, y = at
    return Box(x - size, y - size, x + size, y + size)


def _ink(lines: Iterable[Sequence[At]]) -> Ink:
    """The heights of drawn lines by column."""
    found: dict[int, list[float]] = defaultdict(list)
    for (x, y), (right, end) in (pair for line in lines for pair in pairwise(line)):
        for column in columns_between(x, right):
            part = (min(max(column * COLUMN, x), right) - x) / ((right - x) or 1.0)
            found[column].append(y + (end - y) * part)
    return found
