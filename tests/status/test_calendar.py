"""The quarters of a period: those it names, or every three months from its start."""

from __future__ import annotations

from itertools import pairwise

import pytest

from goal_handbook.model.settings import Period
from goal_handbook.status.calendar import quarters

FISCAL = ("2011-08-30", "2011-11-30", "2012-02-28", "2012-05-29")

QUARTERS = {
    "a calendar year": (("2017-01-01", "2017-12-31"), (), "2017-03-31 2017-06-30 2017-09-30 2017-12-31"),
    "a fiscal year from the middle of a month": (("2017-02-15", "2018-02-14"), (), "2017-05-14 2017-08-14 2017-11-14 2018-02-14"),
    "a year from the last day of a month": (("2016-08-31", "2017-08-30"), (), "2016-11-29 2017-02-27 2017-05-30 2017-08-30"),
    "the quarters it names": (("2011-05-31", "2012-05-29"), FISCAL, " ".join(FISCAL)),
    "half a year": (("2017-01-01", "2017-06-30"), (), "2017-03-31 2017-06-30"),
    "a quarter": (("2017-01-01", "2017-03-31"), (), "2017-03-31"),
    "a week": (("2017-01-02", "2017-01-08"), (), "2017-01-08"),
    "four months, of which the last is a quarter": (("2017-01-01", "2017-04-30"), (), "2017-03-31 2017-04-30"),
    "a year and a week, which belongs to the last quarter": (("2017-01-01", "2018-01-07"), (), "2017-03-31 2017-06-30 2017-09-30 2018-01-07"),
}  # fmt: skip


@pytest.mark.parametrize(("days", "named", "expected"), QUARTERS.values(), ids=QUARTERS)
def test_the_quarters_of(days: tuple[str, str], named: tuple[str, ...], expected: str) -> None:
    period = Period.model_validate({"name": "x", "start": days[0], "end": days[1], "quarters": named})
    found = quarters(period)
    assert " ".join(str(span.end) for span in found) == expected
    assert found[0].start == period.start
    assert all((after.start - before.end).days == 1 for before, after in pairwise(found))
