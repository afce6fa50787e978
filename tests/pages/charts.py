"""The charts of goals that matter, each as somebody's file would have it."""

from __future__ import annotations

from typing import Any

from goal_handbook.pages.chart import Drawing, draw
from goal_handbook.status.assessment import assess
from goal_handbook.views.chart import Chart
from goal_handbook.views.chart_view import chart_view
from goal_handbook.views.context import ViewContext
from tests.status.make import accounting, adjustment, day, handbook, level, number, value

MONEY = {"unit": "money"}
QUARTERS = [
    value("q2", "2017-06-30", "90000"),
    value("q3", "2017-09-30", "175000"),
    value("year", "2017-12-31", "260000"),
]
READINGS = [
    ("2017-03-31", "16000"),
    ("2017-04-30", "27000"),
    ("2017-05-31", "55000"),
    ("2017-06-30", "93068"),
    ("2017-07-31", "115000"),
    ("2017-08-31", "129000"),
    ("2017-09-30", "140958"),
]


def money(*checkins: tuple[str, str], target: str, **more: Any) -> dict[str, Any]:
    """A goal in money that begins in March."""
    return number(*checkins, target=target, measure=MONEY | more.pop("measure", {}), start="2017-03-01", **more)


#: A goal by the name of its golden file, and the day on which it is looked at.
GOALS: dict[str, tuple[dict[str, Any], str]] = {
    "plain": (money(*READINGS, target="260000", landmarks=QUARTERS), "2017-10-15"),
    "adjusted-up": (
        money(
            *READINGS[:6],
            target="300000",
            landmarks=[value("q2", "2017-06-30", "90000"), value("q3", "2017-09-30", "200000")],
            adjustments=[
                adjustment("2017-07-20", ("target", "260000", "300000"), ("landmarks.q3.value", "175000", "200000"))
            ],
        ),
        "2017-09-12",
    ),
    "adjusted-down": (
        money(
            *READINGS,
            target="215000",
            landmarks=[
                value("q2", "2017-06-30", "110000"),
                value("autumn", "2017-08-31", "160000"),
                value("q3", "2017-09-30", "135000"),
            ],
            adjustments=[
                adjustment(
                    "2017-07-12",
                    ("target", "250000", "215000"),
                    ("landmarks.q3.value", "180000", "135000"),
                    ("landmarks.autumn", "agreed", "dropped"),
                )
            ],
            accountings=[accounting("q2", "2017-07-12", "adjust")],
        ),
        "2017-10-15",
    ),
    "shrinking": (
        number(
            ("2017-02-28", "86"),
            ("2017-04-30", "81"),
            ("2017-06-30", "74"),
            ("2017-08-31", "71"),
            target="50",
            measure={"unit": "days", "from": "90"},
            landmarks=[value("half", "2017-06-30", "72")],
        ),
        "2017-09-05",
    ),
    "hold-at-least": (
        level(
            ("2017-03-31", "47"),
            ("2017-06-30", "52"),
            ("2017-09-30", "46"),
            measure={"unit": "percent", "tolerance": "3"},
            landmarks=[value("q2", "2017-06-30", "50"), value("q3", "2017-09-30", "50")],
        ),
        "2017-10-15",
    ),
    "hold-at-most": (
        level(
            ("2017-02-28", "9"),
            ("2017-05-31", "6"),
            ("2017-08-31", "7.5"),
            target="5",
            hold="at_most",
            measure={"unit": "complaints", "tolerance": "1"},
            landmarks=[value("summer", "2017-06-30", "7"), value("year", "2017-12-31", "5")],
        ),
        "2017-09-30",
    ),
    "millions-of-another-currency": (
        number(
            ("2017-03-31", "1180000"),
            ("2017-06-30", "2460000"),
            ("2017-09-30", "4020000"),
            target="5400000",
            measure={"unit": "CAD"},
            landmarks=[value("q2", "2017-06-30", "2500000"), value("q3", "2017-09-30", "3900000")],
        ),
        "2017-10-15",
    ),
    "negative": (
        money(
            ("2017-03-31", "-61000"),
            ("2017-06-30", "-38000"),
            ("2017-09-30", "-4000"),
            target="40000",
            measure={"from": "-50000"},
            landmarks=[value("even", "2017-08-31", "0")],
        ),
        "2017-10-15",
    ),
    "short": (
        number(("2017-03-06", "4"), ("2017-03-13", "9"), target="20", start="2017-03-01", due="2017-03-31"),
        "2017-03-14",
    ),
    "closed": (
        money(
            *READINGS,
            ("2017-12-31", "262500"),
            target="260000",
            landmarks=QUARTERS,
            accountings=[accounting("q3", "2017-10-05")],
            closed={"on": "2018-01-05", "result": "achieved"},
        ),
        "2018-01-10",
    ),
}


def context_of(goal: dict[str, Any], as_of: str, **settings: Any) -> ViewContext:
    """Return what the pages of a handbook with this one goal are made from."""
    settings = {"currency": "USD", "locale": "en_US"} | settings
    book = handbook({"ana": {"goals": [{"title": "Sell more"} | goal]}}, **settings)
    return ViewContext(assess(book, day(as_of)))


def chart_of(goal: dict[str, Any], as_of: str, **settings: Any) -> Chart:
    """Return the chart of a goal on a day."""
    context = context_of(goal, as_of, **settings)
    chart = chart_view(context, context.assessment.goals["ana/g"])
    assert chart
    return chart


def drawing_of(goal: dict[str, Any], as_of: str, **settings: Any) -> Drawing:
    """Return the drawing of a goal's chart on a day."""
    context = context_of(goal, as_of, **settings)
    return draw(chart_of(goal, as_of, **settings), context.fmt)
