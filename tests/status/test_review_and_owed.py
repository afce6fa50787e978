"""Reviews, what is owed, and the counts of a person, a team and the handbook (status.md#above-the-goal)."""

from __future__ import annotations

from typing import Any

import pytest

from goal_handbook.model.handbook import Handbook
from goal_handbook.status.assessment import all_owed, assess, behind, count_goals, count_landmarks, worst
from goal_handbook.status.landmark import LANDMARK_STATUSES

from .make import accounting, case, day, handbook, number, paper, state_of, value

PAPER = paper("q2", "2017-06-30")
FIFTY = value("q2", "2017-06-30", "50")
AGREED = [{"on": "2017-01-01", "by": ["ana", "lea"]}]


def seller(goal: dict[str, Any], **settings: Any) -> Handbook:
    """Ana's one goal, agreed by both."""
    return handbook({"ana": {"goals": [{"agreed": AGREED} | goal]}}, **settings)


def owed(goal: dict[str, Any], as_of: str, **settings: Any) -> list[tuple[str, str, str, int, bool]]:
    """What a seller's goal owes: kind, landmark, since, days, overdue."""
    state = state_of(seller(goal, **settings), "ana/g", as_of)
    return [(o.kind, o.landmark, str(o.since), o.days, o.overdue) for o in state.owed]


# Reviews


@pytest.mark.parametrize(
    ("every", "last", "as_of", "is_owed"),
    [
        case("weekly: not seven days after the last", "week", "2017-04-05", "2017-04-12", False),
        case("weekly: eight days after the last", "week", "2017-04-05", "2017-04-13", True),
        case("monthly: not on the same day of the next month", "month", "2017-04-05", "2017-05-05", False),
        case("monthly: the day after", "month", "2017-04-05", "2017-05-06", True),
        case("monthly after the 31st: not on the last day of a short month", "month", "2017-01-31", "2017-02-28", False),
        case("monthly after the 31st: the day after the last day of a short month", "month", "2017-01-31", "2017-03-01", True),
        case("quarterly: not on the same day three months later", "quarter", "2017-04-05", "2017-07-05", False),
        case("quarterly: the day after", "quarter", "2017-04-05", "2017-07-06", True),
        case("quarterly over new year: not on the same day", "quarter", "2017-11-30", "2018-02-28", False),
        case("quarterly over new year: the day after", "quarter", "2017-11-30", "2018-03-01", True),
    ],
)  # fmt: skip
def test_a_review_is_overdue_when_the_last_is_older_than_the_handbook_allows(
    every: str, last: str, as_of: str, is_owed: bool
) -> None:
    kinds = [
        kind
        for kind, *_ in owed(number(reviews=[{"on": last, "by": "lea"}], due="2018-12-31"), as_of, review_every=every)
    ]
    assert kinds == (["review"] if is_owed else [])


@pytest.mark.parametrize(
    ("start", "as_of", "is_owed"),
    [
        case("not a month after the goal's start", "2017-03-15", "2017-04-15", False),
        case("the day after that", "2017-03-15", "2017-04-16", True),
        case("not before the goal's start", "2017-03-15", "2017-02-28", False),
    ],
)
def test_a_first_review_is_due_a_month_after_the_start(start: str, as_of: str, is_owed: bool) -> None:
    assert owed(number(start=start), as_of) == ([("review", "", "2017-04-15", 1, True)] if is_owed else [])


def test_a_review_before_the_start_counts_as_one_on_the_start() -> None:
    goal = number(start="2017-03-15", reviews=[{"on": "2017-02-01", "by": "lea"}])
    assert state_of(seller(goal), "ana/g", "2017-03-20").review_due == day("2017-04-15")


def test_the_latest_review_counts_whatever_its_place_in_the_list() -> None:
    goal = number(reviews=[{"on": "2017-04-05", "by": "lea"}, {"on": "2017-02-05", "by": "lea"}])
    found = state_of(seller(goal), "ana/g", "2017-04-20")
    assert (found.last_review and found.last_review.on, found.review_due) == (day("2017-04-05"), day("2017-05-05"))


@pytest.mark.parametrize(
    ("as_of", "review_due"),
    [
        case("the day before it the older one counts", "2017-04-04", "2017-03-05"),
        case("from its day on the new one counts", "2017-04-05", "2017-05-05"),
    ],
)
def test_a_later_review_is_not_seen(as_of: str, review_due: str) -> None:
    goal = number(reviews=[{"on": "2017-02-05", "by": "lea"}, {"on": "2017-04-05", "by": "lea"}])
    assert state_of(seller(goal), "ana/g", as_of).review_due == day(review_due)


# What is owed

REVIEWED = [{"on": "2017-06-25", "by": "lea"}]


@pytest.mark.parametrize(
    ("goal", "as_of", "expected"),
    [
        case("nothing on the last day of grace", {"landmarks": [PAPER]}, "2017-07-03", []),
        case("an accounting from the day after", {"landmarks": [PAPER]}, "2017-07-04", [("accounting", "q2", "2017-07-04", 0, False)]),
        case("not overdue after fourteen days", {"landmarks": [PAPER]}, "2017-07-18", [("accounting", "q2", "2017-07-04", 14, False)]),
        case("overdue after fifteen", {"landmarks": [PAPER]}, "2017-07-19", [("accounting", "q2", "2017-07-04", 15, True)]),
        case("none once it is given", {"landmarks": [PAPER], "accountings": [accounting("q2", "2017-07-19")]}, "2017-07-19", []),
        case("none of a dropped landmark", {"landmarks": [PAPER], "accountings": [accounting("q2", "2017-07-19", "drop")]}, "2017-07-19", []),
        case("none of a landmark met late", {"landmarks": [paper("q2", "2017-06-30", "2017-07-19"), paper("q4", "2017-12-31")]}, "2017-07-19", []),
        case("no report on the last day of grace", number(landmarks=[FIFTY]), "2017-07-03", []),
        case("a report since the landmark's day from the day after", number(landmarks=[FIFTY]), "2017-07-04", [("report", "q2", "2017-06-30", 4, True)]),
        case("no report once there is one", number(("2017-07-04", "55"), landmarks=[FIFTY]), "2017-07-04", []),
        case("an achieved goal still owes its accounting", number(("2017-07-01", "100"), landmarks=[value("q2", "2017-06-30", "120")]), "2017-07-04", [("accounting", "q2", "2017-07-04", 0, False)]),
    ],
)  # fmt: skip
def test_a_goal_owes_accountings_and_reports(
    goal: dict[str, Any], as_of: str, expected: list[tuple[str, str, str, int, bool]]
) -> None:
    assert owed({"reviews": REVIEWED} | goal, as_of) == expected


@pytest.mark.parametrize(
    ("as_of", "kinds"),
    [
        case("the day before it is closed it owes everything", "2017-07-31", ["accounting", "review", "agreement"]),
        case("from the day it is closed it owes nothing", "2017-08-01", []),
    ],
)
def test_a_closed_goal_owes_nothing(as_of: str, kinds: list[str]) -> None:
    goal = {"landmarks": [PAPER], "closed": {"on": "2017-08-01", "result": "missed"}, "agreed": []}
    assert [kind for kind, *_ in owed(goal, as_of)] == kinds
    assert (state_of(seller(goal), "ana/g", as_of).review_due is None) == (not kinds)


def test_what_is_owed_is_listed_by_kind_and_the_oldest_first() -> None:
    book = handbook(
        {
            "ben": {"goals": [{"landmarks": [paper("q1", "2017-03-31"), PAPER]}]},
            "ana": {"goals": [{"landmarks": [PAPER]}, number(id="h", landmarks=[FIFTY])]},
        }
    )
    listed = [(o.kind, o.full_id, o.landmark) for o in all_owed(assess(book, day("2017-07-04")).goals.values())]
    assert listed == [
        ("accounting", "ben/g", "q1"),
        ("accounting", "ana/g", "q2"),
        ("accounting", "ben/g", "q2"),
        ("report", "ana/h", "q2"),
        ("review", "ana/g", ""),
        ("review", "ana/h", ""),
        ("review", "ben/g", ""),
        ("agreement", "ana/g", ""),
        ("agreement", "ana/h", ""),
        ("agreement", "ben/g", ""),
    ]


#: A region of two teams, each with a leader and a seller; Lea leads the region, and one team of it herself.
REGION: dict[str, dict[str, Any]] = {
    "region": {"leader": "lea", "goals": [{}]},
    "city": {"part_of": "region", "leader": "max", "goals": [{}]},
    "coast": {"part_of": "region", "leader": "lea", "goals": [{}]},
}


def region() -> Handbook:
    sellers = {"ana": {"team": "city", "goals": [{}]}, "ben": {"team": "coast", "goals": [{}]}}
    leaders: dict[str, dict[str, Any]] = {leader: {"goals": [{}]} for leader in ("lea", "max", "zoe")}
    return handbook(sellers, {**REGION, "other": {"leader": "zoe", "goals": [{}]}}, leaders)


@pytest.mark.parametrize(
    ("leader", "goals"),
    [
        case("of the teams, their subteams, their sellers, and the leaders of the subteams, each once", "lea", ["ana", "ben", "city", "coast", "max", "region"]),
        case("not of the leader above", "max", ["ana", "city"]),
        case("not of other teams", "zoe", ["other"]),
    ],
)  # fmt: skip
def test_a_leader_answers_for_the_goals(leader: str, goals: list[str]) -> None:
    assert sorted(state.owner_id for state in assess(region(), day("2017-07-31")).led_by[leader]) == goals


def test_who_is_off_track_or_at_risk_comes_worst_first() -> None:
    states = assess(of_every_status(), day("2017-07-31")).goals.values()
    assert [state.full_id for state in behind(states)] == ["ben/off-track", "ben/at-risk"]


# Counts

#: Of every status one goal, in an order that is not theirs, as of 31 July 2017.
OF_EVERY_STATUS: dict[str, dict[str, Any]] = {
    "closed": number(closed={"on": "2017-07-01", "result": "partly"}),
    "achieved": number(("2017-06-30", "100")),
    "not-started": number(),
    "on-track": number(("2017-07-02", "50")),
    "at-risk": number(("2017-07-02", "42")),
    "off-track": number(("2017-07-02", "10")),
    "unreported": number(landmarks=[FIFTY]),
    "needs-accounting": {"landmarks": [PAPER]},
}


def of_every_status() -> Handbook:
    """Ana has the better goals and Ben, of another subteam, the worse."""
    goals = [goal | {"id": name} for name, goal in OF_EVERY_STATUS.items()]
    teams = {"east": {}, "north": {"part_of": "east"}, "south": {"part_of": "east"}}
    return handbook({"ana": {"team": "south", "goals": goals[:4]}, "ben": {"goals": goals[4:]}}, teams)


def test_a_handbook_counts_its_goals_worst_first() -> None:
    counts = count_goals(assess(of_every_status(), day("2017-07-31")).goals.values())
    assert list(counts.items()) == [(name, 1) for name in reversed(OF_EVERY_STATUS)]


def test_a_person_and_a_team_count_theirs_and_leave_out_statuses_without_a_goal() -> None:
    assessment = assess(of_every_status(), day("2017-07-31"))
    worse = ["needs-accounting", "unreported", "off-track", "at-risk"]
    assert list(count_goals(assessment.by_owner["ben"])) == worse
    assert list(count_goals(assessment.in_team["north"])) == worse
    assert list(count_goals(assessment.in_team["south"])) == ["on-track", "not-started", "achieved", "closed"]


def test_a_parent_team_counts_those_of_its_subteams() -> None:
    assessment = assess(of_every_status(), day("2017-07-31"))
    assert sum(count_goals(assessment.in_team["east"]).values()) == 8


def test_counts_are_numbers_of_goals() -> None:
    book = handbook({"ana": {"goals": [number(), number(id="h"), {"id": "i", "landmarks": [PAPER]}]}})
    assert count_goals(assess(book, day("2017-07-04")).goals.values()) == {"needs-accounting": 1, "not-started": 2}


@pytest.mark.parametrize(
    ("better", "worse"), list(zip(list(OF_EVERY_STATUS)[:-1], list(OF_EVERY_STATUS)[1:], strict=True))
)
def test_the_worst_of_two_goals_is_the_worse_one(better: str, worse: str) -> None:
    goals = assess(of_every_status(), day("2017-07-31")).goals.values()
    assert worst(g for g in goals if g.status in {better, worse}) == worse


def test_without_goals_there_is_no_worst_status() -> None:
    assert worst([]) is None
    assert count_goals([]) == {}


def test_landmarks_are_counted_worst_first() -> None:
    landmarks = [
        paper("dropped", "2017-03-31"),
        paper("met", "2017-03-31", "2017-03-31"),
        paper("late", "2017-03-31", "2017-04-01"),
        paper("upcoming", "2017-12-31"),
        paper("soon", "2017-08-01"),
        paper("accounted", "2017-03-31"),
        value("unreported", "2017-03-31", "100"),
        paper("missed", "2017-03-31"),
        paper("missed-too", "2017-03-31"),
    ]
    given = [accounting("dropped", "2017-04-10", "drop"), accounting("accounted", "2017-04-10")]
    book = handbook({"ana": {"goals": [number(landmarks=landmarks, accountings=given)]}})
    counts = count_landmarks(assess(book, day("2017-07-31")).goals.values())
    assert tuple(counts) == LANDMARK_STATUSES
    assert LANDMARK_STATUSES == (
        "missed",
        "unreported",
        "accounted",
        "due-soon",
        "upcoming",
        "met-late",
        "met",
        "dropped",
    )
    assert list(counts.values()) == [2, 1, 1, 1, 2, 1, 1, 1]  # the goal's target lies ahead too
