"""The days to walk through the year by, and what a page of the past says about itself."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

from ..figures import Formatter
from ..frozen import frozen

#: How many days of the past a page shows at most: those nearest to its own.
DAYS_SHOWN = 8


@frozen
class Stop:
    """The same page on another day, or that day's first page; `day` is "" for today."""

    day: str
    route: str
    is_here: bool


@frozen
class WalkView:
    """The stops, with today's as the last one. A page of the past also says which day it `stood_on`.

    `files_of` is the day of the files that count if those of the day itself had errors, else "".
    """

    stops: tuple[Stop, ...]
    today: Stop | None
    stood_on: str = ""
    files_of: str = ""
    is_for_team: bool = True


def stops_of(
    fmt: Formatter, days: Sequence[datetime.date], here: datetime.date | None, route: Callable[[datetime.date], str]
) -> tuple[Stop, ...]:
    """Return the stops at the days nearest to a page's own (None for today); `route` is the page's on each day."""
    spell = fmt.short_day if len({day.year for day in days}) == 1 else fmt.day
    at = days.index(here) if here in days else len(days)
    begin = max(0, min(at - DAYS_SHOWN // 2, len(days) - DAYS_SHOWN))
    return tuple(Stop(spell(day), route(day), day is here) for day in days[begin : begin + DAYS_SHOWN])
