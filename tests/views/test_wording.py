"""Facts in words: how far away a day is, how a landmark was met, how far a goal is."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goal_handbook.reports.status import status_data
from goal_handbook.status.assessment import assess
from goal_handbook.views.components import GoalCard
from goal_handbook.views.context import ViewContext, distance
from goal_handbook.views.goal_card import goal_card
from goal_handbook.views.progress import bar_percent

from ..status.make import accounting, case, day, handbook, level, number, paper, step, value


def card(goal: dict[str, Any], as_of: str) -> GoalCard:
    """The card of a seller's goal on a day."""
    assessment = assess(handbook({"ana": {"goals": [goal]}}, locale="en_US"), day(as_of))
    return goal_card(ViewContext(assessment), assessment.goals["ana/g"])


@pytest.mark.parametrize(
    ("days_left", "text"),
    [(12, "in 12 days"), (2, "in 2 days"), (1, "tomorrow"), (0, "today"), (-1, "yesterday"), (-2, "2 days ago")],
)
def test_how_far_away_a_day_is(days_left: int, text: str) -> None:
    assert distance(days_left) == text


@pytest.mark.parametrize(
    ("landmark", "text"),
    [
        case("by its value", "q2", "50 deals"),
        case("the target by its own", "due", "100 deals"),
        case("one that is gone by its id, and not as the target", "q1", "q1"),
    ],
)
def test_what_people_call_a_landmark(landmark: str, text: str) -> None:
    book = handbook({"ana": {"goals": [number(landmarks=[FIFTY])]}})
    assert ViewContext(assess(book, day("2017-02-01"))).landmark(book.goals["ana/g"], landmark) == text


@pytest.mark.parametrize(
    ("measure", "note"),
    [
        case("a number", {"last": "80"}, "80 deals last period"),
        case("a number that starts somewhere", {"from": "10", "last": "80"}, "from 10 deals; 80 deals last period"),
        case("a level", {"hold": "at_least", "unit": "percent", "last": "58.5"}, "or more, to hold; 58.5% last period"),
        case("nothing, which is a result too", {"last": "0"}, "0 deals last period"),
        case("a goal of this period alone", {}, ""),
    ],
)
@pytest.mark.parametrize("readings", [[], [("2017-01-31", "20")]], ids=["without a reading", "with a reading"])
def test_a_card_shows_the_result_of_last_period_beside_the_target(
    measure: dict[str, Any], note: str, readings: list[tuple[str, str]]
) -> None:
    progress = card(number(*readings, measure=measure), "2017-02-01").progress
    assert progress
    assert progress.note == note


FIFTY = value("q2", "2017-06-30", "50")


@pytest.mark.parametrize(
    ("goal", "as_of", "detail"),
    [
        case("ahead of its day", {"landmarks": [paper("q2", "2017-06-30")]}, "2017-06-28", "in 2 days"),
        case("on its day", {"landmarks": [paper("q2", "2017-06-30")]}, "2017-06-30", "today"),
        case("within grace", {"landmarks": [paper("q2", "2017-06-30")]}, "2017-07-02", "2 days ago, within grace"),
        case("met early", {"landmarks": [paper("q2", "2017-06-30", "2017-06-29")]}, "2017-08-01", "Jun 29, 2017, 1 day early"),
        case("met on its day", {"landmarks": [paper("q2", "2017-06-30", "2017-06-30")]}, "2017-08-01", "Jun 30, 2017"),
        case("met late", {"landmarks": [paper("q2", "2017-06-30", "2017-07-12")]}, "2017-08-01", "Jul 12, 2017, 12 days late"),
        case("a number met within grace is neither", number(("2017-07-02", "50"), landmarks=[FIFTY]), "2017-08-01", "Jul 2, 2017"),
        case("missed since today", {"landmarks": [paper("q2", "2017-06-30")]}, "2017-07-04", "accounting owed from today"),
        case("missed", {"landmarks": [paper("q2", "2017-06-30")]}, "2017-07-05", "accounting owed for 1 day"),
        case("missed for long", {"landmarks": [paper("q2", "2017-06-30")]}, "2017-08-01", "accounting owed for 28 days, overdue"),
        case("unreported", number(landmarks=[FIFTY]), "2017-08-01", "there is no reading, 32 days after it was due"),
    ],
)  # fmt: skip
def test_a_landmark_says_how_early_or_late_it_is(goal: dict[str, Any], as_of: str, detail: str) -> None:
    row = card(goal, as_of).landmarks[0]
    assert row.detail == detail


@pytest.mark.parametrize(
    ("as_of", "text"),
    [
        case("before it is due", "2017-02-12", "next review by Feb 15, 2017"),
        case("on its day", "2017-02-15", "next review by Feb 15, 2017"),
        case("once it has passed", "2017-02-16", "a review was due on Feb 15, 2017"),
    ],
)
def test_a_review_is_next_until_its_day_has_passed(as_of: str, text: str) -> None:
    assert card({"reviews": [{"on": "2017-01-15", "by": "lea"}]}, as_of).next_review == text


def test_an_agreement_says_when_they_met_and_how_the_seller_understood_it() -> None:
    """As of the latest that says so, while a later signature says neither."""
    first, later = {"on": "2017-02-20", "by": ["ana", "lea"]}, {"on": "2017-05-02", "by": ["ana", "lea"]}
    said = {"met": "2017-02-17", "understood": "*We* need the clinics."}
    shown = card({"agreed": [later, first | said]}, "2017-06-01").agreement
    assert shown
    assert (shown.met, shown.understood) == ("Feb 17, 2017", "*We* need the clinics.")


REVENUE: dict[str, Any] = {"id": "revenue", "measure": {"unit": "deals", "target": "400", "rollup": "sum"}}


@pytest.mark.parametrize(
    ("goal", "share"),
    [
        case("its whole target", number(target="300", supports="revenue"), "75%"),
        case("from where it starts, and half of it", number(target="300", measure={"from": "100"}, supports=[{"goal": "revenue", "share": "0.5"}]), "25%"),
        case("what it made until it moved away", number(("2017-06-30", "100"), ("2017-07-31", "150"), target="300", supports=[{"goal": "revenue", "until": "2017-06-30"}]), "25%"),
        case("what it reached before it was closed", number(("2017-06-30", "100"), target="300", supports="revenue", closed={"on": "2017-07-01", "result": "partly"}), "25%"),
        case("nothing that can be added", number(target="300", measure={"unit": "percent"}, supports="revenue"), ""),
        case("a goal without a number", {"supports": "revenue"}, ""),
    ],
)  # fmt: skip
def test_a_card_says_what_part_of_a_supported_goal_it_is_as_its_coverage_does(goal: dict[str, Any], share: str) -> None:
    book = handbook({"ana": {"goals": [goal]}}, {"north": {"goals": [REVENUE]}})
    assessment = assess(book, day("2017-08-01"))
    [support] = goal_card(ViewContext(assessment), assessment.goals["ana/g"]).supports
    coverage = assessment.goals["north/revenue"].coverage
    assert (support.share, coverage and coverage.ratio) == (share, Fraction(share.strip("%") or "0") / 100)


@pytest.mark.parametrize(
    ("support", "share"),
    [
        case("what its goals add to it", {"goal": "all/revenue"}, "75%"),
        case("a share of that", {"goal": "all/revenue", "share": "0.5"}, "38%"),
        case("for a time it is not known", {"goal": "all/revenue", "until": "2017-06-30"}, ""),
    ],
)
def test_a_team_s_sum_adds_what_its_goals_add_to_it(support: dict[str, Any], share: str) -> None:
    """Not its own target."""
    smaller = {"id": "revenue", "measure": {"unit": "deals", "target": "350", "rollup": "sum"}, "supports": [support]}
    teams: dict[str, Any] = {"all": {"goals": [REVENUE]}, "north": {"part_of": "all", "goals": [smaller]}}
    book = handbook({"ana": {"goals": [number(target="300", supports="revenue")]}}, teams)
    assessment = assess(book, day("2017-08-01"))
    [shown] = goal_card(ViewContext(assessment), assessment.goals["north/revenue"]).supports
    assert shown.share == share


def test_what_was_invested_says_what_it_is() -> None:
    spent = {"on": "2017-02-01", "spent": {"hours": "1", "money": "1"}}
    shown = card({"invest": {"hours": "12.5", "money": "100"}, "checkins": [spent]}, "2017-03-01")
    assert [(i.spent, i.set_aside) for i in shown.invested] == [("1 hour", "12.5 hours"), ("1", "100")]


@pytest.mark.parametrize(
    ("length", "text"),
    [({"minutes": "1"}, "1 minute"), ({"minutes": "35"}, "35 minutes"), ({"hours": "1"}, "1 hour"), ({"days": "2"}, "2 days")],
)  # fmt: skip
def test_a_session_says_how_long_it_was(length: dict[str, str], text: str) -> None:
    session = {"on": "2017-02-01", "note": "Talked", **length}
    [event] = card(
        {"measure": {"cadence": {"times": "1", "per": "month"}}, "sessions": [session]}, "2017-03-01"
    ).history
    assert event.text == text


@pytest.mark.parametrize(
    ("minutes", "title"),
    [
        case("too short for it to count", "20", "Jan 1 to Jan 31: Short (0 of 1, 1 too short)"),
        case("long enough", "30", "Jan 1 to Jan 31: Kept"),
    ],
)
def test_a_period_says_that_a_session_was_too_short(minutes: str, title: str) -> None:
    goal = {"measure": {"cadence": {"times": "1", "per": "month", "minutes": "30"}}}
    grid = card(goal | {"sessions": [{"on": "2017-01-10", "minutes": minutes}]}, "2017-02-01").grid
    assert grid
    assert grid.rows[0].cells[0].title == title


def test_what_is_to_be_adjusted_is_not_adjusted_yet() -> None:
    goal = {"landmarks": [paper("q2", "2017-06-30")], "accountings": [accounting("q2", "2017-07-05", "adjust")]}
    assert card(goal, "2017-08-01").landmarks[0].chip.extra == "to be adjusted"


@pytest.mark.parametrize(
    ("as_of", "overdue"),
    [("2017-08-15", ""), ("2017-08-16", "1 day overdue"), ("2017-08-27", "12 days overdue"), ("2017-09-01", "")],
)
def test_a_step_of_a_plan_says_how_long_it_is_overdue(as_of: str, overdue: str) -> None:
    """Not once its landmark is met: then nobody waits for it."""
    plan = accounting("q2", "2017-07-05") | {"plan": [step(due="2017-08-15")]}
    goal = {"landmarks": [paper("q2", "2017-06-30", "2017-09-01")], "accountings": [plan]}
    [shown] = card(goal, as_of).accountings[0].plan
    assert shown.overdue == overdue


@pytest.mark.parametrize(
    ("ratio", "percent"), [(None, 0), ("-0.2", 0), ("0.999", 99), ("1", 100), ("1.3", 100), ("0.004", 0)]
)
def test_a_bar_is_never_longer_than_whole_and_never_rounded_up(ratio: str | None, percent: int) -> None:
    assert bar_percent(Fraction(ratio) if ratio else None) == percent


def share(reading: str, hold: str = "at_least") -> dict[str, Any]:
    """A goal to hold 50 percent, and its reading."""
    return number(("2017-06-30", reading), target="50", measure={"unit": "percent", "hold": hold})


written = st.decimals(0, 1000, places=5, allow_nan=False, allow_infinity=False)
slivers = st.decimals("-0.00100", "0.00100", places=5, allow_nan=False, allow_infinity=False)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(written.filter(bool), st.one_of(written, slivers), st.booleans(), st.booleans())
def test_a_card_reads_as_reached_only_where_the_goal_is(
    target: Decimal, reading: Decimal, is_near: bool, is_level: bool
) -> None:
    """Neither by its reading nor by its percentage, whatever the two are; slivers are what rounding would swallow."""
    value = target + reading if is_near else abs(reading)
    measure = {"unit": "percent", "hold": "at_least"} if is_level else {"unit": "percent"}
    shown = card(number(("2017-06-30", f"{value:f}"), target=f"{target:f}", measure=measure), "2017-07-01").progress
    assert shown
    assert (shown.reading == shown.target) == (value == target)
    if is_level:
        assert (shown.pace == "the level is held") == (value >= target)
    else:
        percent, _, missing = shown.facts[0].partition(" of the target")
        assert (float(percent.strip("%").replace(",", "")) >= 100) == (not missing) == (value >= target)


def test_what_is_missing_of_a_percentage_is_points() -> None:
    """Also a week, also of a landmark."""
    goal = number(
        ("2017-03-31", "15"), ("2017-06-30", "30"), target="60", landmarks=[FIFTY], measure={"unit": "percent"}
    )
    shown = card(goal, "2017-07-31")
    assert shown.progress
    assert shown.progress.facts == (
        "50% of the target, 30 points to go",
        "1.1 points a week needed from Jun 30, 2017 on",
        "best so far 1.2 points a week, lately 1.2 points",
    )
    [landmark, *_] = shown.landmarks
    assert landmark.detail == "20 points short (60% of it reached), accounting owed for 27 days, overdue"


@pytest.mark.parametrize(
    ("as_of", "is_said"),
    [case("the day before it is due", "2017-12-30", True), case("on its day", "2017-12-31", False)],
)
def test_what_is_needed_a_week_is_said_until_the_goal_is_due(as_of: str, is_said: bool) -> None:
    shown = card(number(("2017-11-30", "30"), ("2017-12-24", "70")), as_of).progress
    assert shown
    assert ("30 deals a week needed from Dec 24, 2017 on" in shown.facts) == is_said
    assert len(shown.facts) == (3 if is_said else 1)


def test_the_bar_of_a_sum_shows_one_day_the_last_on_which_everybody_had_reported() -> None:
    """Its reading is the latest; half of a sum beside what was expected a month earlier would look too good."""
    ana = number(("2017-05-31", "100"), ("2017-06-30", "140"), target="200", supports="revenue")
    ben = number(("2017-05-31", "60"), target="200", supports="revenue")
    sellers: dict[str, Any] = {name: {"goals": [goal]} for name, goal in {"ana": ana, "ben": ben}.items()}
    assessment = assess(handbook(sellers, {"north": {"goals": [REVENUE]}}, locale="en_US"), day("2017-07-01"))
    state = assessment.goals["north/revenue"]
    progress = goal_card(ViewContext(assessment), state).progress
    assert progress
    assert (progress.reading, progress.on) == ("200 deals", "Jun 30, 2017")
    assert (progress.percent, progress.expected_percent) == (40, 41)
    assert progress.pace.startswith("as of May 31, 2017: 97% of the agreed curve")
    found = status_data(assessment, [state.full_id])["goals"][state.full_id]
    assert found["reading"]
    assert (found["reading"]["on"], found["pace_on"]) == ("2017-06-30", "2017-05-31")


def test_a_missed_landmark_that_asks_for_nothing_new_is_not_said_to_be_reached() -> None:
    """A deal was taken back, and the total is below where the goal started."""
    goal = number(("2017-06-30", "-5"), landmarks=[value("q2", "2017-06-30", "0")])
    detail = card(goal, "2017-07-31").landmarks[0].detail
    assert detail == "5 deals short, accounting owed for 27 days, overdue"


FORTY_FIVE = value("q1", "2017-06-30", "45")


@pytest.mark.parametrize(
    ("goal", "text"),
    [
        case("held", level(("2017-06-30", "50")), "the level is held"),
        case("percentage points", share("20"), "30 points short of the level to hold"),
        case("one of them", share("49"), "1 point short of the level to hold"),
        case("half of one", share("50.5", hold="at_most"), "0.5 points over the level to hold"),
        case("anything else in its unit", level(("2017-06-30", "20")), "30 deals short of the level to hold"),
        case("too much of it", level(("2017-06-30", "80"), hold="at_most"), "30 deals over the level to hold"),
        case("what was agreed by then", level(("2017-06-30", "45"), landmarks=[FORTY_FIVE]), "the level agreed by now is held"),
        case("and what is short of that", level(("2017-06-30", "30"), landmarks=[FORTY_FIVE]), "15 deals short of the level agreed by now"),
    ],
)  # fmt: skip
def test_a_level_says_how_far_off_it_is(goal: dict[str, Any], text: str) -> None:
    progress = card(goal, "2017-06-30").progress
    assert progress
    assert progress.pace == text


@pytest.mark.parametrize(
    ("goal", "percents"),
    [
        case("up from nothing", number(("2017-07-02", "25")), (25, 50)),
        case("up from a start", number(("2017-07-02", "70"), measure={"from": "60"}), (25, 50)),
        case("down", number(("2017-07-02", "45"), target="30", measure={"from": "60"}), (50, 50)),
        case("a level", level(("2017-07-02", "40")), (80, None)),
        case("without a reading", number(), (0, None)),
    ],
)
def test_the_bar_shows_the_share_of_the_way(goal: dict[str, Any], percents: tuple[int, int | None]) -> None:
    progress = card(goal, "2017-07-02").progress
    assert progress
    assert (progress.percent, progress.expected_percent) == percents
