"""Days on which a person is away: clocks pause, and nothing is expected (status.md#people-who-are-away)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from ..model.handbook import Handbook
from ..model.measure import Per
from ..model.people import Away, Seller
from .calendar import Span, one_period_later

_DAY = datetime.timedelta(days=1)


def days_away(absences: Sequence[Away], first: datetime.date, last: datetime.date) -> int:
    """Return on how many days, both included, somebody is away; a day in two absences counts once."""
    days, begin = 0, first
    for away in sorted(absences, key=lambda a: (a.from_, a.to)):
        start, end = max(away.from_, begin), min(away.to, last)
        if start <= end:
            days += (end - start).days + 1
            begin = end + _DAY
    return days


def days_since(absences: Sequence[Away], since: datetime.date, day: datetime.date) -> int:
    """Return the days from one day to another, without those on which somebody is away."""
    return (day - since).days - (days_away(absences, since + _DAY, day) if absences else 0)


def later(since: datetime.date, per: Per, absences: Sequence[Away]) -> datetime.date:
    """Return the day one period after another, put off by the days somebody is away in between."""
    due = one_period_later(since, per)
    while absences and (put_off := one_period_later(since, per) + _DAY * days_away(absences, since + _DAY, due)) > due:
        due = put_off
    return due


def is_mostly_away(absences: Sequence[Away], span: Span) -> bool:
    """Return whether somebody is away for half of a week, a month or a quarter, or for more of it."""
    return bool(absences) and 2 * days_away(absences, span.start, span.end) >= (span.end - span.start).days + 1


def first_day_gone(handbook: Handbook, owner_id: str) -> datetime.date:
    """Return the day after a seller's last one, the end of time for anybody else and for those who stay."""
    owner = handbook.owners[owner_id]
    return owner.left + _DAY if isinstance(owner, Seller) and owner.left else datetime.date.max
