"""The agreement of a seller and a leader on a goal's terms (status.md#above-the-goal)."""

from __future__ import annotations

import datetime
from typing import Any, get_args

import pytest

from goal_handbook.model.handbook import Handbook
from goal_handbook.status.agreement import AgreementStatus, agreed_by, still_to_agree

from .make import adjustment, case, day, handbook, number, state_of, value

BOTH = {"on": "2017-02-20", "by": ["ana", "lea"]}
TERMS = ("target", "120", "100")
#: What an adjustment can say without changing anything that was agreed.
NO_TERMS = (
    case("a reading corrected", ("checkins.2017-01-31", "10", "12")),
    case("a reading removed", ("checkins.2017-01-31", "10", "dropped")),
    case("an accounting corrected", ("accountings.q1", "recover", "adjust")),
    case("a delivery corrected", ("landmarks.q1.done", "2017-01-31", "2017-01-30")),
    case("a signature corrected", ("agreed.2017-02-20", "ana", "lea")),
    case("another title", ("title", "A goal", "The goal")),
    case("another reason", ("why", "x", "y")),
    case("another name of a landmark", ("landmarks.q1.title", "First", "The first")),
)


def agreed(on: str, *by: str) -> dict[str, Any]:
    """Somebody's signature on a day."""
    return {"on": on, "by": list(by)}


def book(
    agreements: list[dict[str, Any]], adjusted: list[str] | None = None, team_adjusted: list[str] | None = None
) -> Handbook:
    """Ana's goal, which supports her team's; either may have been adjusted."""
    goal = number(supports="revenue", agreed=agreements, adjustments=[adjustment(on, TERMS) for on in adjusted or []])
    revenue = number(id="revenue", adjustments=[adjustment(on, TERMS) for on in team_adjusted or []])
    return handbook(
        {"ana": {"goals": [goal]}}, {"north": {"leader": "lea", "goals": [revenue]}}, {"lea": {}, "max": {}}
    )


def book_with(of: str, adjustments: list[dict[str, Any]]) -> Handbook:
    """Ana's goal, agreed by both, and her team's: one of them with these adjustments."""
    own, teams = (adjustments, []) if of == "the goal" else ([], adjustments)
    goal = number(supports="revenue", agreed=[BOTH], adjustments=own, landmarks=[value("q1", "2017-03-31", "20")])
    revenue = number(id="revenue", adjustments=teams)
    return handbook({"ana": {"goals": [goal]}}, {"north": {"leader": "lea", "goals": [revenue]}}, {"lea": {}})


@pytest.mark.parametrize(
    ("agreements", "status"),
    [
        case("by nobody it is proposed", [], "proposed"),
        case("by the seller alone it is proposed", [agreed("2017-02-20", "ana")], "proposed"),
        case("by the leader alone it is proposed", [agreed("2017-02-20", "lea")], "proposed"),
        case("by both it is agreed", [agreed("2017-02-20", "ana", "lea")], "agreed"),
        case("by both one after the other it is agreed", [agreed("2017-02-01", "ana"), agreed("2017-02-20", "lea")], "agreed"),
        case("by the seller and another leader it is agreed", [agreed("2017-02-20", "ana", "max")], "agreed"),
        case("by the seller and another seller it is proposed", [agreed("2017-02-20", "ana", "ben")], "proposed"),
        case("by both tomorrow it is proposed", [agreed("2017-03-02", "ana", "lea")], "proposed"),
        case("by both today it is agreed", [agreed("2017-03-01", "ana", "lea")], "agreed"),
        case("by one today and the other tomorrow it is proposed", [agreed("2017-03-01", "ana"), agreed("2017-03-02", "lea")], "proposed"),
    ],
)  # fmt: skip
def test_a_goal_is_agreed_by_both(agreements: list[dict[str, Any]], status: str) -> None:
    assert state_of(book(agreements), "ana/g", "2017-03-01").agreement == status


@pytest.mark.parametrize(
    ("agreements", "adjusted", "as_of", "status"),
    [
        case("adjusted the day before it is agreed on the new terms", [BOTH], "2017-02-19", "2017-03-01", "agreed"),
        case("adjusted on the very day it is agreed on the new terms", [BOTH], "2017-02-20", "2017-03-01", "agreed"),
        case("adjusted the day after it is stale", [BOTH], "2017-02-21", "2017-03-01", "stale"),
        case("the day before the adjustment it is still agreed", [BOTH], "2017-02-25", "2017-02-24", "agreed"),
        case("from the adjustment on it is stale", [BOTH], "2017-02-25", "2017-02-25", "stale"),
        case("agreed again it is agreed", [BOTH, agreed("2017-02-25", "ana", "lea")], "2017-02-25", "2017-03-01", "agreed"),
        case("agreed again by the leader alone it is stale", [BOTH, agreed("2017-02-25", "lea")], "2017-02-25", "2017-03-01", "stale"),
        case("agreed again by the seller alone it is stale", [BOTH, agreed("2017-02-25", "ana")], "2017-02-25", "2017-03-01", "stale"),
        case("never agreed it is proposed, adjusted or not", [], "2017-02-21", "2017-03-01", "proposed"),
    ],
)  # fmt: skip
def test_an_adjustment_after_the_agreement_makes_it_stale(
    agreements: list[dict[str, Any]], adjusted: str, as_of: str, status: str
) -> None:
    assert state_of(book(agreements, [adjusted]), "ana/g", as_of).agreement == status


def test_an_adjustment_between_two_signatures_makes_the_first_one_stale() -> None:
    """The seller agreed on the 1st, the terms changed on the 10th, the leader agreed on the 20th: not the same terms."""
    signatures = [agreed("2017-02-01", "ana"), agreed("2017-02-20", "lea")]
    assert state_of(book(signatures, ["2017-02-10"]), "ana/g", "2017-03-01").agreement == "stale"
    assert state_of(book(signatures, ["2017-02-01"]), "ana/g", "2017-03-01").agreement == "agreed"


@pytest.mark.parametrize(
    ("agreements", "team_adjusted", "as_of", "status"),
    [
        case("the team's goal adjusted the day before needs nothing", [BOTH], "2017-02-19", "2017-03-01", "agreed"),
        case("adjusted on the very day needs nothing", [BOTH], "2017-02-20", "2017-03-01", "agreed"),
        case("adjusted the day after asks to re-confirm", [BOTH], "2017-02-21", "2017-03-01", "re-confirm"),
        case("the day before the adjustment it is still agreed", [BOTH], "2017-02-25", "2017-02-24", "agreed"),
        case("from the adjustment on it has to be re-confirmed", [BOTH], "2017-02-25", "2017-02-25", "re-confirm"),
        case("agreed again it is agreed", [BOTH, agreed("2017-02-25", "ana", "lea")], "2017-02-25", "2017-03-01", "agreed"),
        case("never agreed it is proposed", [], "2017-02-21", "2017-03-01", "proposed"),
    ],
)  # fmt: skip
def test_an_adjustment_of_the_teams_goal_asks_to_re_confirm(
    agreements: list[dict[str, Any]], team_adjusted: str, as_of: str, status: str
) -> None:
    assert state_of(book(agreements, team_adjusted=[team_adjusted]), "ana/g", as_of).agreement == status


@pytest.mark.parametrize(
    ("agreements", "adjusted", "team_adjusted", "missing"),
    [
        case("by nobody, both are asked", [], [], [], ("seller", "leader")),
        case("by the seller, the leader is asked", [agreed("2017-02-20", "ana")], [], [], ("leader",)),
        case("adjusted the day after, both are asked", [BOTH], ["2017-02-21"], [], ("seller", "leader")),
        case("again by the leader, the seller is asked", [BOTH, agreed("2017-02-21", "lea")], ["2017-02-21"], [], ("seller",)),
        case("the team's adjusted the day after, both are asked", [BOTH], [], ["2017-02-21"], ("seller", "leader")),
        case("confirmed by the seller, the leader is asked", [BOTH, agreed("2017-02-22", "ana")], [], ["2017-02-21"], ("leader",)),
        case("owed for a reason no date gives, both are asked", [BOTH], [], [], ("seller", "leader")),
    ],
)  # fmt: skip
def test_who_has_yet_to_agree(
    agreements: list[dict[str, Any]], adjusted: list[str], team_adjusted: list[str], missing: tuple[str, ...]
) -> None:
    known = book(agreements, adjusted, team_adjusted)
    assert still_to_agree(known, "ana/g", agreed_by(known, "ana/g")) == missing


@pytest.mark.parametrize("change", NO_TERMS)
@pytest.mark.parametrize("of", ["the goal", "the team's goal"])
def test_what_changes_no_agreed_term_asks_nobody_to_agree_again(change: tuple[str, str, str], of: str) -> None:
    state = state_of(book_with(of, [adjustment("2017-02-25", change)]), "ana/g", "2017-03-01")
    assert (state.agreement, [o for o in state.owed if o.kind == "agreement"]) == ("agreed", [])


@pytest.mark.parametrize(
    "change",
    [
        case("a landmark dropped", ("landmarks.q1", "agreed", "dropped")),
        case("a landmark's date", ("landmarks.q1.due", "2017-03-31", "2017-04-30")),
        case("the goal as a whole", ("goal", "as agreed", "started again")),
    ],
)
def test_a_changed_landmark_or_goal_has_to_be_agreed_again(change: tuple[str, str, str]) -> None:
    found = book_with("the goal", [adjustment("2017-02-25", change)])
    assert state_of(found, "ana/g", "2017-03-01").agreement == "stale"


def test_a_term_that_moved_there_and_back_has_to_be_agreed_again() -> None:
    """Whoever signed in between agreed to something else, and the two decisions are newer than the signature."""
    moved = [adjustment("2017-02-22", TERMS), adjustment("2017-02-25", ("target", "100", "120"))]
    assert state_of(book_with("the goal", moved), "ana/g", "2017-03-01").agreement == "stale"


@pytest.mark.parametrize(("of", "since"), [("the goal", "2017-02-26"), ("the team's goal", "2017-02-26")])
def test_an_agreement_is_owed_since_the_change_of_a_term_and_not_since_a_correction(of: str, since: str) -> None:
    corrected, changed = adjustment("2017-02-22", ("checkins.2017-01-31", "10", "12")), adjustment(since, TERMS)
    state = state_of(book_with(of, [corrected, changed]), "ana/g", "2017-03-01")
    assert [str(o.since) for o in state.owed if o.kind == "agreement"] == [since]


def test_stale_comes_before_re_confirm() -> None:
    assert state_of(book([BOTH], ["2017-02-21"], ["2017-02-21"]), "ana/g", "2017-03-01").agreement == "stale"


def test_a_goal_that_supports_nothing_never_has_to_be_re_confirmed() -> None:
    goal = number(agreed=[BOTH])
    revenue = number(id="revenue", adjustments=[adjustment("2017-02-21", TERMS)])
    found = handbook({"ana": {"goals": [goal]}}, {"north": {"leader": "lea", "goals": [revenue]}})
    assert state_of(found, "ana/g", "2017-03-01").agreement == "agreed"


@pytest.mark.parametrize("full_id", ["north/revenue", "lea/g"])
def test_only_a_sellers_goal_is_agreed(full_id: str) -> None:
    revenue = number(id="revenue", agreed=[BOTH])
    found = handbook({}, {"north": {"goals": [revenue]}}, {"lea": {"goals": [number(agreed=[BOTH])]}})
    assert state_of(found, full_id, "2017-03-01").agreement is None


@pytest.mark.parametrize(
    ("found", "since", "overdue"),
    [
        case("agreed nothing is owed", book([BOTH]), None, False),
        case("proposed it is owed since the goal's start", book([]), "2017-01-01", False),
        case("stale it is overdue since the adjustment", book([BOTH], ["2017-02-23"]), "2017-02-23", True),
        case("stale twice it is overdue since the first", book([BOTH], ["2017-02-25", "2017-02-23"]), "2017-02-23", True),
        case("an adjustment it covers does not count", book([BOTH], ["2017-02-20", "2017-02-23"]), "2017-02-23", True),
        case("to be re-confirmed, it is owed since the team's adjustment", book([BOTH], None, ["2017-02-24"]), "2017-02-24", False),
    ],
)  # fmt: skip
def test_an_agreement_is_owed_until_both_have_signed_the_terms(
    found: Handbook, since: str | None, overdue: bool
) -> None:
    owed = [(o.since, o.days, o.overdue) for o in state_of(found, "ana/g", "2017-03-01").owed if o.kind == "agreement"]
    expected: list[tuple[datetime.date, int, bool]] = []
    if since:
        expected = [(day(since), (day("2017-03-01") - day(since)).days, overdue)]
    assert owed == expected


def test_the_agreement_of_a_goal_that_has_not_started_is_owed_for_no_days() -> None:
    goal = number(start="2017-05-01")
    owed = state_of(handbook({"ana": {"goals": [goal]}}), "ana/g", "2017-03-01").owed
    assert [(o.kind, o.days) for o in owed] == [("agreement", 0)]


def test_statuses_are_listed_worst_first() -> None:
    assert get_args(AgreementStatus) == ("proposed", "stale", "re-confirm", "unproven", "agreed")
