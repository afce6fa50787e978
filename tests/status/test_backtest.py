"""What the bands have meant on past deals (`goals backtest`)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from goal_handbook.model.goal import Goal
from goal_handbook.model.people import Away
from goal_handbook.model.settings import CatchUpBands
from goal_handbook.status.backtest import Case, Outcome, cases_of, outcomes, scaled
from goal_handbook.status.calendar import Span
from goal_handbook.status.readings import Reading

from .make import case, day, number, value

BANDS = CatchUpBands()


def goal_of(target: str = "100") -> Goal:
    landmarks = [value("half", "2017-07-02", "50")]
    goal = {"id": "g", "title": "G", "start": "2017-01-01", "due": "2017-12-31", "landmarks": landmarks}
    return Goal.model_validate(goal | number(target=target))


def totals(*pairs: tuple[str, str]) -> list[Reading]:
    return [Reading(day(on), Decimal(total)) for on, total in pairs]


@pytest.mark.parametrize(
    ("sold", "found"),
    [
        case("on the curve and reached", [("2017-07-02", "50"), ("2017-12-31", "100")], [("on-track", True)]),
        case("on the curve and not reached", [("2017-07-02", "50"), ("2017-12-31", "99")], [("on-track", False)]),
        case("the rest at 1.2 times the pace is at risk", [("2017-07-02", "40"), ("2017-12-31", "100")], [("at-risk", True)]),
        case("more than that is off track", [("2017-07-02", "39"), ("2017-12-31", "100")], [("off-track", True)]),
        case("the last total by the due date counts, not what came later", [("2017-07-02", "50"), ("2017-11-30", "90"), ("2018-01-05", "100")], [("on-track", False)]),
        case("before the first total it is where it started", [("2017-12-31", "100")], [("off-track", True)]),
        case("without a total nothing is known", [], []),
    ],
)  # fmt: skip
def test_a_case_is_a_band_and_what_came_of_it(sold: list[tuple[str, str]], found: list[tuple[str, bool]]) -> None:
    cases = cases_of("ana/g", goal_of(), totals(*sold), [day("2017-07-02")], BANDS)
    assert [(c.band, c.reached) for c in cases] == found


def test_nothing_is_expected_of_a_prorated_goal_while_its_owner_is_away() -> None:
    """A fifth by the end of March is at risk where a fourth is expected, and on track after a leave of two months."""
    goal = goal_of().model_copy(update={"prorate": True, "landmarks": ()})
    leave = [Away.model_validate({"from": "2017-01-02", "to": "2017-03-01"})]
    bands = [
        [c.band for c in cases_of("ana/g", goal, totals(("2017-03-31", "20")), [day("2017-03-31")], BANDS, away)]
        for away in ((), leave)
    ]
    assert bands == [["at-risk"], ["on-track"]]


@pytest.mark.parametrize("on", [case("too early", "2017-01-05"), case("on its last day", "2017-12-31")])
def test_no_case_where_a_band_says_nothing(on: str) -> None:
    sold = totals(("2017-01-02", "1"), ("2017-12-31", "100"))
    assert list(cases_of("ana/g", goal_of(), sold, [day(on)], BANDS)) == []


def test_a_scaled_goal_has_a_longer_way_to_each_landmark() -> None:
    longer = scaled(goal_of(), Decimal("1.2"))
    assert (longer.target, longer.landmarks[0].value) == (Decimal(120), Decimal(60))


def test_cases_are_counted_by_band_and_season() -> None:
    seasons = [Span(day("2017-01-01"), day("2017-06-30")), Span(day("2017-07-01"), day("2017-12-31"))]
    cases = [Case("g", day("2017-03-31"), "on-track", True), Case("g", day("2017-09-30"), "on-track", False)]
    assert outcomes(cases, seasons) == {
        ("on-track", 0): Outcome(1, 1),
        ("on-track", 1): Outcome(1, 0),
        ("on-track", None): Outcome(2, 1),
    }


@pytest.mark.parametrize(
    ("outcome", "share", "low", "high"),
    [
        case("half of many", Outcome(1_000, 500), 0.5, 0.469, 0.531),
        case("half of few says less", Outcome(10, 5), 0.5, 0.237, 0.763),
        case("all of few is not all of them", Outcome(5, 5), 1.0, 0.566, 1.0),
        case("none is known of nothing", Outcome(0, 0), 0.0, 0.0, 1.0),
    ],
)
def test_the_interval_says_how_much_the_share_means(outcome: Outcome, share: float, low: float, high: float) -> None:
    assert (outcome.share, *outcome.interval) == pytest.approx((share, low, high), abs=0.001)
