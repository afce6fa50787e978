"""A goal's status: the first that applies (status.md#a-goal). Goals run from 1 January to 31 December 2017."""

from __future__ import annotations

from typing import Any

import pytest

from goal_handbook.status.assessment import GoalState
from goal_handbook.status.goal import GOAL_STATUSES

from .make import accounting, adjustment, case, handbook, level, number, paper, state_of, value

FIFTY = value("q2", "2017-06-30", "50")
PAPER = paper("q2", "2017-06-30")
CLOSED = {"on": "2017-08-01", "result": "partly"}


def on(goal: dict[str, Any], as_of: str, **settings: Any) -> GoalState:
    """The state of a seller's goal on a day."""
    return state_of(handbook({"ana": {"goals": [goal]}}, **settings), "ana/g", as_of)


# Closed


@pytest.mark.parametrize(
    ("as_of", "status"),
    [
        case("the day before it is what it was", "2017-07-31", "achieved"),
        case("from its day on it is closed", "2017-08-01", "closed"),
        case("long after it is closed", "2017-12-31", "closed"),
    ],
)
def test_closed_comes_before_everything(as_of: str, status: str) -> None:
    assert on(number(("2017-03-01", "100"), closed=CLOSED), as_of).status == status


@pytest.mark.parametrize("result", ["achieved", "partly", "missed", "dropped"])
def test_a_closed_goal_keeps_its_result(result: str) -> None:
    found = on({"landmarks": [PAPER], "closed": CLOSED | {"result": result}}, "2017-08-01")
    assert (found.status, found.goal.closed and found.goal.closed.result) == ("closed", result)


# Achieved


@pytest.mark.parametrize(
    ("readings", "as_of", "status"),
    [
        case("a cent short is not achieved", [("2017-12-31", "99.99")], "2017-12-31", "off-track"),
        case("the target itself is", [("2017-12-31", "100")], "2017-12-31", "achieved"),
        case("early is achieved at once", [("2017-03-01", "100")], "2017-03-01", "achieved"),
        case("the day before is not", [("2017-03-01", "100")], "2017-02-28", "not-started"),
        case("after the end is achieved too", [("2018-02-01", "100")], "2018-02-01", "achieved"),
        case("what falls again before its end is not", [("2017-03-01", "100"), ("2017-04-01", "9")], "2017-04-01", "off-track"),
        case("what falls after its end stays achieved", [("2017-12-31", "100"), ("2018-01-31", "99")], "2018-01-31", "achieved"),
    ],
)  # fmt: skip
def test_a_number_is_achieved_by_its_target(readings: list[tuple[str, str]], as_of: str, status: str) -> None:
    assert on(number(*readings), as_of).status == status


@pytest.mark.parametrize(
    ("reading", "status"),
    [
        case("a cent above the target is not achieved", "30.01", "off-track"),
        case("the target itself is", "30", "achieved"),
    ],
)
def test_a_number_that_goes_down_is_achieved_from_above(reading: str, status: str) -> None:
    assert on(number(("2017-12-31", reading), target="30", measure={"from": "60"}), "2017-12-31").status == status


def test_a_number_is_not_achieved_by_landmarks_that_stop_short_of_it() -> None:
    found = on(number(("2017-06-30", "50"), landmarks=[FIFTY]), "2017-06-30")
    assert ([s.status for s in found.landmarks], found.status) == (["met", "upcoming"], "on-track")


def test_a_number_is_achieved_even_if_a_landmark_is_missed() -> None:
    """The landmark asked for more than the target does today; its accounting is still owed."""
    found = on(number(("2017-06-30", "100"), landmarks=[value("q2", "2017-06-30", "120")]), "2017-07-04")
    assert (found.status, found.landmarks[0].status) == ("achieved", "missed")
    assert "accounting" in {o.kind for o in found.owed}


@pytest.mark.parametrize(
    ("done", "as_of", "status"),
    [
        case("every one in time", ("2017-02-01", "2017-06-30"), "2017-06-30", "achieved"),
        case("not the day before the last", ("2017-02-01", "2017-06-30"), "2017-06-29", "on-track"),
        case("every one, late or not", ("2017-05-01", "2017-07-20"), "2017-07-20", "achieved"),
        case("not with one open", ("2017-02-01", None), "2017-06-30", "on-track"),
        case("not with one missed", ("2017-02-01", None), "2017-07-04", "needs-accounting"),
    ],
)
def test_a_goal_without_a_number_is_achieved_by_its_landmarks(
    done: tuple[str | None, str | None], as_of: str, status: str
) -> None:
    landmarks = [paper("q1", "2017-03-31", done[0]), paper("q2", "2017-06-30", done[1])]
    assert on({"landmarks": landmarks}, as_of).status == status


@pytest.mark.parametrize(
    ("dropped", "status"),
    [
        case("one dropped and the other met is achieved", ["q2"], "achieved"),
        case("none dropped is not", [], "on-track"),
        case("all dropped is not achieved, as there was nothing to meet", ["q1", "q2"], "not-started"),
    ],
)
def test_a_dropped_landmark_does_not_count(dropped: list[str], status: str) -> None:
    changes = [adjustment("2017-03-01", (f"landmarks.{name}", "A paper", "dropped")) for name in dropped]
    goal = {"landmarks": [paper("q1", "2017-03-31", "2017-02-01"), PAPER], "adjustments": changes}
    assert on(goal, "2017-05-01").status == status


def test_a_goal_without_number_and_landmarks_is_never_achieved() -> None:
    assert on({"landmarks": []}, "2017-12-31").status == "not-started"


@pytest.mark.parametrize(
    ("readings", "as_of", "status"),
    [
        case("a good level the day before its end is on track", [("2017-12-01", "60")], "2017-12-30", "on-track"),
        case("a good level at its end is achieved", [("2017-12-01", "60")], "2017-12-31", "achieved"),
        case("the level itself is good", [("2017-12-31", "50")], "2017-12-31", "achieved"),
        case("a cent below is not achieved", [("2017-12-31", "49.99")], "2017-12-31", "off-track"),
        case("only the last reading decides", [("2017-06-01", "60"), ("2017-12-31", "30")], "2017-12-31", "off-track"),
        case("without a reading nothing is held", [], "2017-12-31", "on-track"),
        case(
            "a reading of long before says nothing where a landmark came between",
            [("2017-06-01", "60")],
            "2017-12-31",
            "achieved",
        ),
        case(
            "what it is later changes nothing", [("2017-12-31", "60"), ("2018-02-01", "30")], "2018-02-01", "achieved"
        ),
    ],
)
def test_a_level_is_achieved_at_its_end_by_its_last_reading(
    readings: list[tuple[str, str]], as_of: str, status: str
) -> None:
    assert on(level(*readings), as_of).status == status


# Needs accounting, unreported


@pytest.mark.parametrize(
    ("goal", "as_of", "status"),
    [
        case("on the last day of grace nothing is missed", {"landmarks": [PAPER]}, "2017-07-03", "on-track"),
        case("the day after an accounting is needed", {"landmarks": [PAPER]}, "2017-07-04", "needs-accounting"),
        case("once accounted for it is not", {"landmarks": [PAPER], "accountings": [accounting("q2", "2017-07-10", "adjust")]}, "2017-07-10", "on-track"),
        case("the day before that it is", {"landmarks": [PAPER], "accountings": [accounting("q2", "2017-07-10", "adjust")]}, "2017-07-09", "needs-accounting"),
        case("done late it is not", {"landmarks": [paper("q2", "2017-06-30", "2017-07-10"), paper("q3", "2017-09-30")]}, "2017-07-10", "on-track"),
        case("a number without a reading is due soon on the last day of grace", number(landmarks=[FIFTY]), "2017-07-03", "on-track"),
        case("a number without a reading is unreported the day after", number(landmarks=[FIFTY]), "2017-07-04", "unreported"),
        case("a number read too low needs an accounting", number(("2017-07-02", "49"), landmarks=[FIFTY]), "2017-07-04", "needs-accounting"),
        case("a missed landmark comes before an unreported one", number(landmarks=[FIFTY, paper("q1", "2017-03-31")]), "2017-07-04", "needs-accounting"),
        case("an unreported one shows once the other is done", number(landmarks=[FIFTY, paper("q1", "2017-03-31", "2017-07-01")]), "2017-07-04", "unreported"),
        case("unreported comes before a bad pace", number(("2017-06-29", "1"), landmarks=[FIFTY]), "2017-07-04", "unreported"),
        case("before that the pace shows", number(("2017-06-29", "1"), landmarks=[FIFTY]), "2017-07-03", "off-track"),
    ],
)  # fmt: skip
def test_a_missed_or_unreported_landmark_comes_before_pace(goal: dict[str, Any], as_of: str, status: str) -> None:
    assert on(goal, as_of).status == status


# Not started


@pytest.mark.parametrize(
    ("goal", "as_of", "status"),
    [
        case("before its start it is not started", {"start": "2017-05-01", "landmarks": [PAPER]}, "2017-04-30", "not-started"),
        case("on its start with nothing due it is not either", {"start": "2017-05-01", "landmarks": [PAPER]}, "2017-05-01", "not-started"),
        case("the day before its first landmark it is not", {"landmarks": [PAPER]}, "2017-06-29", "not-started"),
        case("on the day of its first landmark it is", {"landmarks": [PAPER]}, "2017-06-30", "on-track"),
        case("the day before its first reading it is not", number(("2017-02-01", "9")), "2017-01-31", "not-started"),
        case("on the day of its first reading it is", number(("2017-02-01", "9")), "2017-02-01", "on-track"),
        case("a landmark met early is a start", {"landmarks": [paper("q1", "2017-03-31", "2017-02-01"), PAPER]}, "2017-02-01", "on-track"),
        case("the day before that it is not", {"landmarks": [paper("q1", "2017-03-31", "2017-02-01"), PAPER]}, "2017-01-31", "not-started"),
        case("a dropped landmark is not, even when it is due", {"landmarks": [PAPER], "accountings": [accounting("q2", "2017-05-01", "drop")]}, "2017-06-30", "not-started"),
        case("a check-in without a number is a start", {"landmarks": [PAPER], "checkins": [{"on": "2017-02-01", "note": "Begun"}]}, "2017-02-01", "on-track"),
        case("what was done before its start waits for it", {"start": "2017-05-01", "landmarks": [paper("q1", "2017-05-31", "2017-04-01"), PAPER]}, "2017-04-30", "not-started"),
        case("and counts from its start on", {"start": "2017-05-01", "landmarks": [paper("q1", "2017-05-31", "2017-04-01"), PAPER]}, "2017-05-01", "on-track"),
    ],
)  # fmt: skip
def test_a_goal_starts_with_its_first_sign_of_life(goal: dict[str, Any], as_of: str, status: str) -> None:
    assert on(goal, as_of).status == status


# Recovering


@pytest.mark.parametrize(
    ("action", "reading", "as_of", "status", "recovering"),
    [
        case("on pace it is at best at risk", "recover", "50", "2017-08-01", "at-risk", True),
        case("at risk by pace it is at risk", "recover", "45", "2017-08-01", "at-risk", True),
        case("off track by pace it is off track", "recover", "20", "2017-08-01", "off-track", True),
        case("with adjust it is what its pace says", "adjust", "50", "2017-08-01", "at-risk", False),
        case("before its accounting it is not recovering", "recover", "50", "2017-07-09", "needs-accounting", False),
        case("from its accounting on it is", "recover", "50", "2017-07-10", "at-risk", True),
        case("the day before it is met it is", "recover", "50", "2017-08-31", "at-risk", True),
        case("from the day it is met it is not", "recover", "50", "2017-09-01", "on-track", False),
    ],
)
def test_a_recovering_goal_is_at_best_at_risk(
    action: str, reading: str, as_of: str, status: str, recovering: bool
) -> None:
    """The landmark asked for 52 on 30 June; a straight line goes through it to 100."""
    goal = number(
        ("2017-06-30", reading),
        ("2017-09-01", "70"),
        landmarks=[value("q2", "2017-06-30", "52")],
        accountings=[accounting("q2", "2017-07-10", action)],
    )
    found = on(goal, as_of)
    assert (found.status, found.recovering) == (status, recovering)


def test_a_goal_without_a_number_recovers_too() -> None:
    goal = {"landmarks": [PAPER, paper("q4", "2017-12-31")], "accountings": [accounting("q2", "2017-07-10")]}
    assert (on(goal, "2017-07-10").status, on(goal, "2017-07-10").recovering) == ("at-risk", True)


@pytest.mark.parametrize(
    ("first", "second", "recovering"),
    [
        case("the latest recovers", "adjust", "recover", True),
        case("only an earlier one recovers", "recover", "adjust", False),
        case("both recover", "recover", "recover", True),
        case("the latest is not accounted for yet", "recover", None, False),
        case("an earlier one is not accounted for", None, "recover", True),
    ],
)
def test_the_latest_missed_landmark_decides(first: str | None, second: str | None, recovering: bool) -> None:
    given = [accounting(name, "2017-07-10", a) for name, a in (("q2", second), ("q1", first)) if a]
    goal = {"landmarks": [paper("q1", "2017-03-31"), PAPER, paper("q4", "2017-12-31")], "accountings": given}
    assert on(goal, "2017-07-10").recovering == recovering


@pytest.mark.parametrize(
    ("later", "end", "status"),
    [
        case("until it ends it is recovering", [], {}, "off-track"),
        case("an achieved goal is no longer recovering", [("2017-09-01", "100")], {}, "achieved"),
        case("a closed goal is no longer recovering", [], {"closed": CLOSED}, "closed"),
    ],
)
def test_what_has_ended_does_not_recover(later: list[tuple[str, str]], end: dict[str, Any], status: str) -> None:
    asked, given = value("q2", "2017-06-30", "120"), accounting("q2", "2017-07-10")
    found = on(number(("2017-06-30", "40"), *later, landmarks=[asked], accountings=[given]) | end, "2017-09-01")
    assert (found.status, found.recovering) == (status, status == "off-track")


# Confidence


@pytest.mark.parametrize("confidence", ["high", "medium", "low"])
@pytest.mark.parametrize(("reading", "status"), [("50", "on-track"), ("40", "at-risk"), ("10", "off-track")])
def test_confidence_is_shown_and_never_changes_the_status(confidence: str, reading: str, status: str) -> None:
    review = {"on": "2017-07-01", "by": "lea", "confidence": confidence}
    found = on(number(("2017-06-29", reading), landmarks=[FIFTY], reviews=[review]), "2017-07-01")
    assert (found.status, found.last_review and found.last_review.confidence) == (status, confidence)


def test_statuses_are_listed_worst_first() -> None:
    assert GOAL_STATUSES == (
        "needs-accounting",
        "unreported",
        "off-track",
        "at-risk",
        "on-track",
        "not-started",
        "achieved",
        "closed",
    )
