"""Charts as inline SVG: computes where everything goes. Colours are the page's own CSS variables."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ..views.components import Chart, Point

WIDTH, HEIGHT = 440, 200
LEFT, RIGHT, TOP, BOTTOM = 8, 432, 22, 170


@dataclass(frozen=True, slots=True)
class PlottedPoint:
    """A point in the drawing, with its value as text; `anchor` is the SVG `text-anchor` that keeps it inside."""

    x: float
    y: float
    text: str
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart as SVG paths and points in a box of WIDTH by HEIGHT; `today` is None outside the chart's days."""

    title: str
    curve: str
    line: str
    area: str
    marks: tuple[PlottedPoint, ...]
    dots: tuple[PlottedPoint, ...]
    today: float | None
    base: float
    months: tuple[tuple[float, str], ...]


def draw(chart: Chart, month: Callable[[datetime.date], str]) -> Drawing:
    """Lay out a chart: days from left to right, values from bottom to top. `month` names a month on the axis."""
    values = [p.value for p in (*chart.corners, *chart.readings)]
    low, high = min([0.0] * chart.from_zero + values), max(values)
    span = (high - low) or 1.0
    days = max((chart.end - chart.start).days, 1)

    def x(day: datetime.date) -> float:
        return round(LEFT + (RIGHT - LEFT) * (day - chart.start).days / days, 1)

    def y(value: float) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * (value - low) / span, 1)

    def mark(point: Point) -> PlottedPoint:
        at = x(point.day)
        anchor = "start" if at < 60 else "end" if at > WIDTH - 60 else "middle"
        return PlottedPoint(at, y(point.value), point.text, point.label, anchor)

    line = _path((x(p.day), y(p.value)) for p in chart.readings)
    first, last = chart.readings[0], chart.readings[-1]
    return Drawing(
        title=chart.title,
        curve=_path((x(p.day), y(p.value)) for p in chart.corners),
        line=line,
        area=f"{line}L{x(last.day)},{BOTTOM}L{x(first.day)},{BOTTOM}Z" if chart.from_zero else "",
        marks=tuple(mark(p) for p in chart.marks),
        dots=tuple(mark(p) for p in chart.readings),
        today=x(chart.as_of) if chart.start <= chart.as_of <= chart.end else None,
        base=BOTTOM,
        months=tuple((x(day), month(day)) for day in _month_starts(chart.start, chart.end)),
    )


def _path(points: Iterable[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{a},{b}" for a, b in points)


def _month_starts(start: datetime.date, end: datetime.date) -> Iterable[datetime.date]:
    """First days of months for the axis, seven at most."""
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    step = max(1, math.ceil(months / 7))
    for n in range(0, months, step):
        index = start.year * 12 + start.month - 1 + n
        day = datetime.date(index // 12, index % 12 + 1, 1)
        if day >= start:
            yield day
