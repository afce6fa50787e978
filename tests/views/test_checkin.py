"""Which goals ask for a reading, and what they show beside the field."""

from __future__ import annotations

from typing import Any

import pytest

from goal_handbook.status.assessment import assess
from goal_handbook.views.checkin import check_in_form
from goal_handbook.views.components import CheckInForm
from goal_handbook.views.context import ViewContext

from ..status.make import day, handbook

NUMBER = {"unit": "money", "target": "1200"}


def form(goal: dict[str, Any], on: str = "2017-07-02", **settings: Any) -> CheckInForm | None:
    """The form of a seller's goal on a day."""
    book = handbook(sellers={"ana": {"goals": [{"id": "g", "title": "G"} | goal]}}, **settings)
    context = ViewContext(assess(book, day(on)), year=2017)
    return check_in_form(context, context.assessment.goals["ana/g"])


@pytest.mark.parametrize(
    ("what", "goal", "asks"),
    [
        ("a number to reach", {"measure": NUMBER}, True),
        ("a level to hold", {"measure": NUMBER | {"hold": "at_least"}}, True),
        ("a goal that is met step by step", {}, False),
        ("a cadence", {"measure": {"cadence": {"times": "1", "per": "week"}}}, False),
        ("a goal that has not begun", {"measure": NUMBER, "start": "2017-07-03"}, False),
        ("a goal that begins today", {"measure": NUMBER, "start": "2017-07-02"}, True),
        ("a goal that is closed", {"measure": NUMBER, "closed": {"on": "2017-06-30", "result": "missed"}}, False),
    ],
)
def test_a_reading_is_asked_for_of(what: str, goal: dict[str, Any], asks: bool) -> None:
    assert (form(goal) is not None) == asks, what


def test_a_sum_is_not_asked_for() -> None:
    book = handbook(teams={"north": {"goals": [{"id": "t", "title": "T", "measure": NUMBER | {"rollup": "sum"}}]}})
    context = ViewContext(assess(book, day("2017-07-02")))
    assert check_in_form(context, context.assessment.goals["north/t"]) is None


def test_it_shows_the_last_reading_and_what_is_expected_by_now() -> None:
    shown = form({"measure": NUMBER, "checkins": [{"on": "2017-06-01", "value": "400"}]}, currency="USD")
    assert shown == CheckInForm(
        full_id="ana/g",
        label="The total to date, in USD",
        mark=".",
        last="Last reading: $400 on Jun 1",
        expected="Expected by Jul 2: $600",
        start="2017-01-01",
        today="2017-07-02",
        due="2017-12-31",
    )


@pytest.mark.parametrize(
    ("unit", "settings", "label"),
    [
        ("money", {"currency": "EUR"}, "The total to date, in EUR"),
        ("money", {}, "The total to date"),
        ("CAD", {"currency": "EUR"}, "The total to date, in CAD"),
        ("percent", {}, "The total to date, in %"),
        ("deals", {}, "The total to date, in deals"),
    ],
)
def test_the_label_has_the_unit(unit: str, settings: dict[str, Any], label: str) -> None:
    shown = form({"measure": {"unit": unit, "target": "50"}}, **settings)
    assert shown
    assert shown.label == label


def test_a_level_is_no_total() -> None:
    shown = form({"measure": {"unit": "percent", "target": "50", "hold": "at_least"}})
    assert shown
    assert shown.label == "The level now, in %"


@pytest.mark.parametrize(("locale", "mark"), [("en_US", "."), ("de_DE", ","), ("fr_FR", ","), ("de_CH", ".")])
def test_decimals_are_marked_as_the_pages_numbers_are(locale: str, mark: str) -> None:
    shown = form({"measure": NUMBER}, locale=locale)
    assert shown
    assert shown.mark == mark
