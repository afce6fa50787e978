"""Every landmark is in the month it is due in, as often as it is counted."""

from __future__ import annotations

import pytest

from goal_handbook.status.assessment import assess, count_landmarks
from goal_handbook.status.landmark_months import landmarks_by_month

from .make import accounting, case, day, handbook, paper


@pytest.mark.parametrize(
    ("as_of", "over"),
    [
        case("on the last day of a month it is not over", "2017-10-31", [True, False, False]),
        case("on the first of the next it is", "2017-11-01", [True, True, False]),
        case("before everything nothing is", "2017-01-01", [False, False, False]),
        case("after everything all is", "2018-01-01", [True, True, True]),
    ],
)
def test_a_month_is_over_on_the_day_after_its_last(as_of: str, over: list[bool]) -> None:
    dues = ("2017-09-30", "2017-10-01", "2017-10-31", "2017-12-31")
    book = handbook({"ana": {"goals": [{"landmarks": [paper(f"l{n}", due) for n, due in enumerate(dues)]}]}})
    months = landmarks_by_month(assess(book, day(as_of)).goals.values(), day(as_of))
    assert [(f"{month.span.start:%Y-%m}", len(month.due)) for month in months] == [
        ("2017-09", 1),
        ("2017-10", 2),
        ("2017-12", 1),
    ]
    assert [month.is_over for month in months] == over


def test_dropped_landmarks_and_those_of_closed_goals_are_listed_as_they_are_counted() -> None:
    dropped = {
        "id": "a",
        "landmarks": [paper("q1", "2017-03-31")],
        "accountings": [accounting("q1", "2017-04-05", "drop")],
    }
    closed = {"id": "b", "landmarks": [paper("q1", "2017-03-31")], "closed": {"on": "2017-05-01", "result": "missed"}}
    target = {"id": "c", "measure": {"unit": "deals", "target": "9"}}
    goals = assess(handbook({"ana": {"goals": [dropped, closed, target]}}), day("2017-07-01")).goals.values()
    months = landmarks_by_month(goals, day("2017-07-01"))
    assert sum(len(month.due) for month in months) == sum(count_landmarks(goals).values()) == 3
