"""Charts: where days and values go."""

from __future__ import annotations

import datetime

from goal_handbook.pages.chart import BOTTOM, LEFT, RIGHT, TOP, Drawing
from goal_handbook.pages.chart import draw as draw_with
from goal_handbook.views.components import Chart, Point


def draw(chart: Chart) -> Drawing:
    return draw_with(chart, str)


def point(day: str, value: float) -> Point:
    return Point(datetime.date.fromisoformat(day), day, value, str(value))


def chart(*readings: Point, as_of: str = "2017-07-02") -> Chart:
    corners = (point("2017-01-01", 0), point("2017-12-31", 100))
    start, end = datetime.date(2017, 1, 1), datetime.date(2017, 12, 31)
    return Chart("A goal", True, corners, corners[1:], readings, start, end, datetime.date.fromisoformat(as_of))


def test_the_curve_runs_from_lower_left_to_upper_right() -> None:
    drawing = draw(chart(point("2017-01-01", 0), point("2017-12-31", 100)))
    assert drawing.curve == f"M{LEFT}.0,{BOTTOM}.0L{RIGHT}.0,{TOP}.0"
    assert drawing.line == drawing.curve


def test_today_is_marked_only_within_the_chart() -> None:
    readings = (point("2017-02-01", 5), point("2017-03-01", 9))
    assert draw(chart(*readings)).today == (LEFT + RIGHT) / 2
    assert draw(chart(*readings, as_of="2018-01-01")).today is None


def test_a_constant_level_is_drawn_without_dividing_by_zero() -> None:
    corners = (point("2017-01-01", 5), point("2017-12-31", 5))
    flat = Chart("Flat", False, corners, (), corners, corners[0].day, corners[1].day, corners[0].day)
    assert draw(flat).line == f"M{LEFT}.0,{BOTTOM}.0L{RIGHT}.0,{BOTTOM}.0"


def test_a_long_goal_names_no_more_than_seven_months() -> None:
    corners = (point("2015-01-01", 0), point("2018-12-31", 9))
    long = Chart("Long", True, corners, (), corners, corners[0].day, corners[1].day, corners[1].day)
    assert len(draw(long).months) <= 7
