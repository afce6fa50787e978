"""What a chart of a goal shows: days, values and words; where they go in the drawing is for `pages/chart` to say."""

from __future__ import annotations

import datetime
from typing import Literal

from ..frozen import frozen
from .badge import Badge


@frozen
class Point:
    """A value on a day."""

    day: datetime.date
    value: float


@frozen
class LabelledPoint(Point):
    """A value on a day, with its label."""

    text: str


@frozen
class LandmarkPoint(LabelledPoint):
    """A landmark in force, with the badge of its status."""

    badge: Badge


@frozen
class BandPoint(Point):
    """The better and the worse end of a band on a day: `value` and `worse`."""

    worse: float


@frozen
class DayMark:
    """A day with its label."""

    day: datetime.date
    text: str


@frozen
class Gap:
    """The latest reading that leaves nobody out, and what was expected that day; `label` is its value, and the gap."""

    reading: Point
    expected: float
    label: tuple[str, str]


@frozen
class FanView:
    """Where a number would be on a day at its paces so far; `label` has two lines, and `words` is a sentence."""

    since: Point
    day: datetime.date
    slowest: float
    fastest: float
    lately: float
    label: tuple[str, str]
    words: str


@frozen
class TableRow:
    """A row of the table beside a chart: a reading with its texts, or what was `adjusted` that day, in sentences."""

    day: datetime.date
    day_text: str
    reading: str = ""
    expected: str = ""
    gap: str = ""
    adjusted: tuple[str, ...] = ()


Line = tuple[Point, ...]


@frozen
class Chart:
    """Readings against the agreed curve, over the days from `start` to `end`.

    `agreed` is the curve as it was agreed at each time, in parts that may differ by a step; `given_up` is how replaced
    curves would have gone on, and `replaced` the values that are not to be reached any more. `at_risk` is the band in
    which readings are at risk, up to the status date. `wrong_side` of a level to hold is shaded; `filled` says whether
    the area under the readings is: only that of a total which grows from zero. Labels spell `unit`, without its `noun`.
    """

    title: str
    description: tuple[str, ...]
    start: datetime.date
    end: datetime.date
    unit: str
    noun: str
    agreed: tuple[Line, ...]
    given_up: tuple[Line, ...]
    marks: tuple[LandmarkPoint, ...]
    replaced: tuple[LabelledPoint, ...]
    changes: tuple[DayMark, ...]
    at_risk: tuple[tuple[BandPoint, ...], ...]
    readings: Line
    gap: Gap | None
    fan: FanView | None
    wrong_side: Literal["below", "above", ""]
    filled: bool
    today: DayMark | None
    table: tuple[TableRow, ...]
