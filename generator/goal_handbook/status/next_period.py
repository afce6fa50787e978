"""What a new period takes over from the one before: its length, its dates, and how its goals ended."""

from __future__ import annotations

import datetime
from calendar import monthrange
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from ..frozen import frozen
from ..model.records import Result
from ..model.settings import Period
from .assessment import GoalState
from .calendar import add_months

_DAY = datetime.timedelta(days=1)
_CENT = Decimal("0.01")
#: A fiscal year of whole weeks has 52, and every five or six years 53: never twice in a row.
_LONG_YEAR, _WEEK = datetime.timedelta(weeks=53), datetime.timedelta(weeks=1)


def next_end(period: Period, start: datetime.date) -> datetime.date:
    """Return the last day of the period that begins on `start`, as long as the one before.

    That is as many months, or else as many days; after a year of 53 weeks it is one of 52.
    """
    after = period.end + _DAY
    if months := _months(period.start, after):
        return add_months(start, months) - _DAY
    length = after - period.start
    return start + (length - _WEEK if length == _LONG_YEAR else length) - _DAY


def _months(start: datetime.date, end: datetime.date) -> int:
    """How many whole months lie between two days, 0 if they are not on the same day of a month."""
    return (end.year - start.year) * 12 + end.month - start.month if end.day == start.day else 0


@frozen
class Shift:
    """Moves a day of one period to where it is in the next: by whole months, or else by days.

    The last day becomes the last day, whatever the periods' lengths, and the end of a month the end of a month.
    """

    period: Period
    start: datetime.date
    end: datetime.date

    def __call__(self, day: datetime.date) -> datetime.date:
        """Return the day in the next period."""
        if day == self.period.end:
            return self.end
        months = _months(self.period.start, self.start)
        moved = _months_later(day, months) if months else day + (self.start - self.period.start)
        return min(moved, self.end) if day < self.period.end else moved


def _months_later(day: datetime.date, months: int) -> datetime.date:
    later = add_months(day, months)
    is_last = (day + _DAY).day == 1
    return later.replace(day=monthrange(later.year, later.month)[1]) if is_last else later


def closing_result(state: GoalState, on: datetime.date) -> Result:
    """Return how a goal ended that is closed on a day: as its status says.

    What is not achieved is partly achieved if anything of it was reached, or as long as it is not due yet.
    """
    landmarks = [s for s in state.landmarks if not s.is_target]
    if state.status == "achieved":
        return "achieved"
    if landmarks and all(s.status == "dropped" for s in landmarks):
        return "dropped"
    return "partly" if _is_begun(state) or on < state.goal.due else "missed"


def _is_begun(state: GoalState) -> bool:
    """Whether a landmark was met, a session held, or some of the way to the number made."""
    met = any(s.status in {"met", "met-late"} for s in state.landmarks)
    held = state.cadence is not None and state.cadence.held > 0
    made = state.attainment is not None and state.attainment.ratio is not None and state.attainment.ratio > 0
    return met or held or made


def unsettled(state: GoalState, on: datetime.date) -> Iterator[str]:
    """Yield which landmarks of a goal that is closed on a day have no reading, or no accounting."""
    for found in state.landmarks:
        landmark, deciding = found.landmark, found.deciding
        is_open = found.is_pending or found.status in {"missed", "unreported"}
        if landmark.due > on or not is_open:
            continue
        if found.status == "missed" or (deciding and deciding.on >= landmark.due):
            yield f'"{landmark.id}" was missed, and is not accounted for'
        else:
            done = "delivered" if landmark.value is None else "reported"
            yield f'"{landmark.id}" was due on {landmark.due}, and is not {done} yet'


def last_result(state: GoalState) -> Decimal | None:
    """Return the number or the level a goal ended with, rounded half up to the cent, None without one.

    It is the reading that decides on the goal's last day, or else the latest.
    """
    deciding = (s.deciding for s in state.landmarks if s.landmark.due == state.goal.due)
    reading = next(filter(None, deciding), state.reading)
    return reading.value.quantize(_CENT, ROUND_HALF_UP) if reading and state.goal.target is not None else None
