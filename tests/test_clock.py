"""The status date is the first of: the option, SOURCE_DATE_EPOCH, handbook.yaml, today."""

from __future__ import annotations

import datetime

import pytest

from goal_handbook import clock

OPTION, HANDBOOK = datetime.date(2017, 6, 30), datetime.date(2017, 10, 15)
EPOCH = {"SOURCE_DATE_EPOCH": "1500000000"}  # 2017-07-14


@pytest.mark.parametrize(
    ("option", "environ", "handbook", "expected"),
    [
        (OPTION, EPOCH, HANDBOOK, OPTION),
        (None, EPOCH, HANDBOOK, datetime.date(2017, 7, 14)),
        (None, {}, HANDBOOK, HANDBOOK),
        (None, {"SOURCE_DATE_EPOCH": ""}, HANDBOOK, HANDBOOK),
        (None, {"SOURCE_DATE_EPOCH": "0"}, HANDBOOK, datetime.date(1970, 1, 1)),
    ],
)
def test_the_first_date_wins(
    option: datetime.date | None, environ: dict[str, str], handbook: datetime.date, expected: datetime.date
) -> None:
    assert clock.status_date(option, handbook, environ) == expected


def test_without_any_it_is_today() -> None:
    assert clock.status_date(None, None, {}) in {clock.today(), clock.today() - datetime.timedelta(days=1)}


@pytest.mark.parametrize("epoch", ["abc", "-1", "1e9", "99999999999", "１２", "7258118400"])
def test_a_bad_epoch_is_refused(epoch: str) -> None:
    with pytest.raises(clock.BadClock, match="whole seconds since 1970"):
        clock.status_date(None, None, {"SOURCE_DATE_EPOCH": epoch})
