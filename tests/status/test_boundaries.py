"""Every status of status.md on both sides of its boundary: the day before and the day, the value below and the value.

Unless a row says otherwise: `due_soon_days` 14, `grace_days` 3, `accounting_days` 14; the landmark is due on 30 June 2017.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from goal_handbook.status.standing import stand

from .make import day, handbook, number, standing

DUE = "2017-06-30"
VALUE = {"id": "q2", "due": DUE, "value": "50"}
PAPER = {"id": "q2", "due": DUE, "deliver": "A paper"}
ACCOUNTED = {"landmark": "q2", "on": "2017-07-10", "why": "Two slipped", "action": "recover"}


def landmark_status(goal: dict[str, Any], as_of: str) -> str:
    return standing(goal, as_of).landmarks[0].status


@pytest.mark.parametrize(
    ("readings", "as_of", "status"),
    [
        pytest.param([], "2017-06-15", "upcoming", id="15 days before it is upcoming"),
        pytest.param([], "2017-06-16", "due-soon", id="14 days before it is due soon"),
        pytest.param([], "2017-07-03", "due-soon", id="on the last day of grace it is still due soon"),
        pytest.param([], "2017-07-04", "unreported", id="a day later nobody knows"),
        pytest.param(
            [("2017-06-29", "40")], "2017-07-04", "unreported", id="a reading before the due day tells nothing"
        ),
        pytest.param([("2017-06-30", "40")], "2017-07-04", "missed", id="a reading on the due day says no"),
        pytest.param([("2017-06-30", "40")], "2017-07-03", "due-soon", id="within grace nothing is missed yet"),
        pytest.param([("2017-06-30", "49.99")], "2017-07-04", "missed", id="a cent short is short"),
        pytest.param([("2017-06-30", "50")], "2017-07-04", "met", id="the value itself is enough"),
        pytest.param([("2017-02-01", "50")], "2017-02-01", "met", id="met ahead of time is met at once"),
        pytest.param([("2017-07-03", "50")], "2017-07-03", "met", id="a reading on the last day of grace counts"),
        pytest.param([("2017-07-04", "50")], "2017-07-04", "met-late", id="a day after grace it is late"),
        pytest.param([("2017-07-04", "50")], "2017-07-03", "due-soon", id="what is dated later is not seen"),
        pytest.param([("2017-02-01", "50"), ("2017-06-30", "40")], "2017-09-01", "met", id="once met it stays met"),
    ],
)
def test_a_number_to_reach(readings: list[tuple[str, str]], as_of: str, status: str) -> None:
    assert landmark_status(number(*readings, landmarks=[VALUE]), as_of) == status


@pytest.mark.parametrize(("value", "status"), [("50", "met"), ("50.01", "missed")])
def test_a_number_that_goes_down_is_met_from_above(value: str, status: str) -> None:
    goal = number((DUE, value), target="30", measure={"from": "60"}, landmarks=[VALUE])
    assert landmark_status(goal, "2017-07-04") == status


@pytest.mark.parametrize(
    ("done", "as_of", "status"),
    [
        (None, "2017-06-15", "upcoming"),
        (None, "2017-06-16", "due-soon"),
        (None, "2017-07-03", "due-soon"),
        (None, "2017-07-04", "missed"),
        ("2017-06-30", "2017-07-04", "met"),
        ("2017-07-01", "2017-07-04", "met-late"),
        ("2017-07-05", "2017-07-04", "missed"),
    ],
)
def test_a_deliverable(done: str | None, as_of: str, status: str) -> None:
    landmark = PAPER | ({"done": done} if done else {})
    assert landmark_status({"landmarks": [landmark]}, as_of) == status


@pytest.mark.parametrize(
    ("readings", "as_of", "status"),
    [
        pytest.param([("2017-06-01", "60")], "2017-06-29", "due-soon", id="a level is not met before its day"),
        pytest.param([("2017-06-01", "60")], "2017-06-30", "met", id="on its day the last reading decides"),
        pytest.param([("2017-06-01", "60"), ("2017-07-03", "40")], "2017-07-04", "missed", id="the last within grace"),
        pytest.param(
            [("2017-06-01", "60"), ("2017-07-04", "40")], "2017-07-04", "met", id="a reading after grace does not"
        ),
        pytest.param(
            [("2017-06-30", "40"), ("2017-08-01", "50")], "2017-08-01", "met-late", id="a level regained later"
        ),
        pytest.param([("2017-06-01", "40")], "2017-07-04", "unreported", id="without a reading from its day on"),
    ],
)
def test_a_level_to_hold(readings: list[tuple[str, str]], as_of: str, status: str) -> None:
    goal = number(*readings, target="50", measure={"hold": "at_least"}, landmarks=[VALUE])
    assert landmark_status(goal, as_of) == status


@pytest.mark.parametrize(("value", "status"), [("50", "met"), ("50.1", "missed")])
def test_a_level_not_to_exceed(value: str, status: str) -> None:
    goal = number((DUE, value), target="50", measure={"hold": "at_most"}, landmarks=[VALUE])
    assert landmark_status(goal, "2017-07-04") == status


@pytest.mark.parametrize(
    ("as_of", "action", "status"),
    [
        ("2017-07-09", "recover", "missed"),
        ("2017-07-10", "recover", "accounted"),
        ("2017-07-10", "adjust", "accounted"),
        ("2017-07-09", "drop", "missed"),
        ("2017-07-10", "drop", "dropped"),
    ],
)
def test_an_accounting_counts_from_its_day(as_of: str, action: str, status: str) -> None:
    goal = {"landmarks": [PAPER], "accountings": [ACCOUNTED | {"action": action}]}
    assert landmark_status(goal, as_of) == status


@pytest.mark.parametrize(
    ("as_of", "age", "overdue"),
    [("2017-07-04", 0, False), ("2017-07-18", 14, False), ("2017-07-19", 15, True)],
)
def test_an_accounting_is_owed_from_the_first_day_it_is_missed_and_overdue_after_two_weeks(
    as_of: str, age: int, overdue: bool
) -> None:
    landmark = standing({"landmarks": [PAPER]}, as_of).landmarks[0]
    assert (landmark.missed_since, landmark.age, landmark.overdue) == (day("2017-07-04"), age, overdue)


def test_a_number_counts_as_missed_from_the_reading_that_says_so() -> None:
    landmark = standing(number(("2017-08-15", "40"), landmarks=[VALUE]), "2017-08-20").landmarks[0]
    assert (landmark.status, landmark.missed_since, landmark.age) == ("missed", day("2017-08-15"), 5)


def test_an_adjusted_landmark_is_judged_on_its_present_terms_and_keeps_the_old_ones() -> None:
    changes = [
        {"field": "landmarks.q2.due", "was": "2017-05-31", "now": DUE},
        {"field": "landmarks.q2.value", "was": "80", "now": "50"},
    ]
    goal = number((DUE, "55"), landmarks=[VALUE], adjustments=[{"on": "2017-05-20", "why": "x", "changes": changes}])
    after, before = standing(goal, "2017-07-01").landmarks[0], standing(goal, "2017-05-19").landmarks[0]
    assert (after.status, after.adjusted, after.was_due, after.was_value) == (
        "met",
        True,
        day("2017-05-31"),
        Decimal(80),
    )
    assert (before.landmark.due, before.landmark.value, before.adjusted) == (day("2017-05-31"), Decimal(80), False)


@pytest.mark.parametrize(("moved", "status"), [("2017-06-10", "missed"), ("2017-06-20", "missed"), (None, "accounted")])
def test_an_accounting_from_before_its_date_was_moved_does_not_count(moved: str | None, status: str) -> None:
    goal: dict[str, Any] = {"landmarks": [PAPER], "accountings": [ACCOUNTED | {"on": "2017-06-10"}]}
    if moved:
        change = {"field": "landmarks.q2.due", "was": "2017-05-31", "now": DUE}
        goal["adjustments"] = [{"on": moved, "changes": [change]}]
    assert landmark_status(goal, "2017-07-10") == status


# A goal

HALF = [{"id": "half", "due": "2017-07-02", "value": "50"}]  # the agreed curve is 50 of 100 on 2 July


@pytest.mark.parametrize(
    ("reading", "status"),
    [("47.5", "on-track"), ("47.49", "at-risk"), ("37.5", "at-risk"), ("37.49", "off-track")],
)
def test_pace_has_its_bands(reading: str, status: str) -> None:
    assert standing(number(("2017-07-02", reading), landmarks=HALF), "2017-07-02").status == status


def test_pace_is_taken_on_the_day_of_the_reading() -> None:
    goal = number(("2017-04-02", "25"), landmarks=HALF)
    assert standing(goal, "2017-06-30").pace == standing(goal, "2017-04-02").pace == 1


@pytest.mark.parametrize(("on", "has_pace"), [("2017-01-19", False), ("2017-01-20", True)])
def test_below_five_percent_of_the_way_pace_says_nothing(on: str, has_pace: bool) -> None:
    goal = standing(number((on, "0"), target="364"), on)  # one a day
    assert (goal.pace is not None) == has_pace
    assert goal.status == ("off-track" if has_pace else "on-track")


@pytest.mark.parametrize(
    ("goal", "as_of", "status"),
    [
        pytest.param(number(("2017-03-01", "99.9")), "2017-03-01", "on-track", id="a tenth short is not achieved"),
        pytest.param(number(("2017-03-01", "100")), "2017-03-01", "achieved", id="the target itself is"),
        pytest.param(number(("2017-03-02", "100")), "2017-03-01", "not-started", id="but not the day before"),
        pytest.param({"landmarks": [PAPER | {"done": "2017-07-20"}]}, "2017-07-20", "achieved", id="every landmark, late or not"),
        pytest.param(
            {"landmarks": [PAPER | {"done": "2017-06-20"}, PAPER | {"id": "b"}]}, "2017-06-30", "on-track", id="not with one open"
        ),
        pytest.param({"landmarks": [PAPER]}, "2017-07-04", "needs-accounting", id="a missed landmark needs an accounting"),
        pytest.param({"landmarks": [PAPER]}, "2017-07-03", "on-track", id="not within grace"),
        pytest.param(number(landmarks=[VALUE]), "2017-07-04", "unreported", id="an unreported landmark is unreported"),
        pytest.param(number(landmarks=[VALUE]), "2017-06-29", "not-started", id="nothing due, nothing read"),
        pytest.param({"start": "2017-05-01", "landmarks": [PAPER]}, "2017-04-30", "not-started", id="before its start"),
        pytest.param(number(("2017-03-01", "100"), closed={"on": "2017-03-02", "result": "partly"}), "2017-03-02", "closed", id="closed wins"),
        pytest.param(number(("2017-03-01", "100"), closed={"on": "2017-03-02", "result": "partly"}), "2017-03-01", "achieved", id="from its day"),
        pytest.param(number(("2017-12-30", "60"), target="50", measure={"hold": "at_least"}), "2017-12-30", "on-track", id="a level is held"),
        pytest.param(number(("2017-12-30", "60"), target="50", measure={"hold": "at_least"}), "2017-12-31", "achieved", id="to its end"),
    ],
)  # fmt: skip
def test_a_goal_has_the_first_status_that_holds(goal: dict[str, Any], as_of: str, status: str) -> None:
    assert standing(goal, as_of).status == status


@pytest.mark.parametrize(
    ("action", "later", "status", "recovering"),
    [
        ("recover", [], "at-risk", True),
        ("adjust", [], "on-track", False),
        ("recover", [("2017-08-01", "60")], "on-track", False),
    ],
)
def test_a_recovering_goal_is_at_best_at_risk(
    action: str, later: list[tuple[str, str]], status: str, recovering: bool
) -> None:
    goal = number(("2017-06-30", "49"), *later, landmarks=[VALUE], accountings=[ACCOUNTED | {"action": action}])
    found = standing(goal, "2017-08-01")
    assert (found.status, found.recovering) == (status, recovering)


# A cadence

CADENCE = {"measure": {"cadence": {"times": "2", "per": "month", "with": "each-seller"}}, "kind": "support"}


@pytest.mark.parametrize(
    ("days", "as_of", "cell", "held", "due"),
    [
        (["2017-01-05", "2017-01-20"], "2017-01-31", "kept", 2, 2),
        (["2017-01-05"], "2017-01-31", "short", 1, 2),
        ([], "2017-01-31", "missed", 0, 2),
        ([], "2017-01-30", "open", 0, 0),
        (["2017-01-05", "2017-01-09", "2017-01-20"], "2017-01-31", "kept", 2, 2),
        (["2017-02-01"], "2017-01-31", "missed", 0, 2),
    ],
)
def test_a_period_is_kept_short_or_missed_once_it_has_ended(
    days: list[str], as_of: str, cell: str, held: int, due: int
) -> None:
    goal = CADENCE | {"sessions": [{"on": on, "with": "ana"} for on in days]}
    book = handbook({"ana": {}}, leaders={"lea": {"goals": [goal]}})
    cadence = stand(book, day(as_of)).goals["lea/g"].cadence
    assert cadence is not None
    assert (cadence.rows[0].cells[0].status, cadence.held, cadence.due) == (cell, held, due)


@pytest.mark.parametrize(("as_of", "status"), [("2017-01-30", "not-started"), ("2017-01-31", "off-track")])
def test_a_cadence_nobody_kept_is_off_track_once_a_period_has_ended(as_of: str, status: str) -> None:
    book = handbook({"ana": {}}, leaders={"lea": {"goals": [CADENCE]}})
    assert stand(book, day(as_of)).goals["lea/g"].status == status


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ({"joined": "2017-01-01"}, "missed"),
        ({"joined": "2017-01-02"}, "away"),
        ({"left": "2017-01-31"}, "missed"),
        ({"left": "2017-01-30"}, "away"),
    ],
)
def test_a_seller_counts_only_where_there_for_the_whole_period(person: dict[str, str], status: str) -> None:
    book = handbook({"ana": person}, leaders={"lea": {"goals": [CADENCE]}})
    cadence = stand(book, day("2017-01-31")).goals["lea/g"].cadence
    assert cadence is not None
    assert cadence.rows[0].cells[0].status == status


# Above the goal


def team_book(*targets: str, readings: dict[str, list[tuple[str, str]]] | None = None, **team: Any) -> Any:
    goals = {
        f"s{i}": {"goals": [number(*(readings or {}).get(f"s{i}", []), target=t, supports="g")]}
        for i, t in enumerate(targets)
    }
    revenue = {"measure": {"unit": "deals", "target": "100", "rollup": "sum"}, "landmarks": [VALUE]}
    return handbook(goals, teams={"north": {"leader": "lea", "goals": [revenue]} | team})


@pytest.mark.parametrize(
    ("targets", "verdict"),
    [(("60", "39.9"), "low"), (("60", "40"), "sane"), (("60", "60"), "sane"), (("60", "60.1"), "high")],
)
def test_coverage_has_its_band(targets: tuple[str, ...], verdict: str) -> None:
    coverage = stand(team_book(*targets), day("2017-02-01")).goals["north/g"].coverage
    assert coverage is not None
    assert coverage.verdict == verdict


@pytest.mark.parametrize(("limit", "over"), [("100", False), ("99.9", True)])
def test_a_capacity_is_exceeded_by_more_than_it(limit: str, over: bool) -> None:
    context = {"capacity": [{"what": "Crews", "limit": limit, "goal": "g"}], "abilities": {"s0": {"estimate": "70"}}}
    coverage = stand(team_book("60", context=context), day("2017-02-01")).goals["north/g"].coverage
    assert coverage is not None
    assert ([b.over for b in coverage.bounds], coverage.abilities) == ([over], Decimal(70))


@pytest.mark.parametrize(
    ("second", "status"),
    [
        ([], "unreported"),
        ([("2017-06-29", "29")], "unreported"),
        ([("2017-06-30", "30")], "met"),
        ([("2017-07-09", "1")], "missed"),
    ],
)
def test_a_rollup_is_unreported_until_everyone_who_feeds_it_has_reported(
    second: list[tuple[str, str]], status: str
) -> None:
    readings = {"s0": [("2017-06-30", "20")], "s1": second}
    book = team_book("60", "40", readings=readings)
    assert stand(book, day("2017-07-10")).goals["north/g"].landmarks[0].status == status


def test_a_rollup_is_the_sum_of_the_latest_readings() -> None:
    book = team_book(
        "60", "40", readings={"s0": [("2017-01-10", "5"), ("2017-01-20", "7")], "s1": [("2017-01-15", "3")]}
    )
    readings = stand(book, day("2017-02-01")).goals["north/g"].readings
    assert [(r.on, int(r.value)) for r in readings] == [
        (day("2017-01-10"), 5),
        (day("2017-01-15"), 8),
        (day("2017-01-20"), 10),
    ]


BOTH = {"on": "2017-02-20", "by": ["ana", "lea"]}
TERMS = [{"field": "target", "was": "120", "now": "100"}]


@pytest.mark.parametrize(
    ("agreed", "adjusted", "team_adjusted", "status"),
    [
        ([], None, None, "proposed"),
        ([BOTH | {"by": ["ana"]}], None, None, "proposed"),
        ([BOTH | {"by": ["ana"]}, BOTH | {"by": ["lea"]}], None, None, "agreed"),
        ([BOTH], None, None, "agreed"),
        ([BOTH], "2017-02-20", None, "agreed"),
        ([BOTH], "2017-02-21", None, "stale"),
        ([BOTH], None, "2017-02-20", "agreed"),
        ([BOTH], None, "2017-02-21", "re-confirm"),
        ([BOTH], "2017-02-21", "2017-02-21", "stale"),
        ([BOTH], "2017-03-02", None, "agreed"),
    ],
)
def test_an_agreement(agreed: list[Any], adjusted: str | None, team_adjusted: str | None, status: str) -> None:
    goal = number(supports="g", agreed=agreed, adjustments=[{"on": adjusted, "changes": TERMS}] if adjusted else [])
    team = number(adjustments=[{"on": team_adjusted, "changes": TERMS}] if team_adjusted else [])
    book = handbook({"ana": {"goals": [goal]}}, teams={"north": {"leader": "lea", "goals": [team]}})
    assert stand(book, day("2017-03-01")).goals["ana/g"].agreement == status


@pytest.mark.parametrize(
    ("every", "as_of", "owed"),
    [
        ("month", "2017-05-05", False),
        ("month", "2017-05-06", True),
        ("week", "2017-04-12", False),
        ("week", "2017-04-13", True),
        ("quarter", "2017-07-05", False),
        ("quarter", "2017-07-06", True),
    ],
)
def test_a_review_is_overdue_the_day_after_it_was_due(every: str, as_of: str, owed: bool) -> None:
    found = standing(number(reviews=[{"on": "2017-04-05", "by": "lea"}]), as_of, review_every=every)
    assert ("review" in {item.kind for item in found.owed}) == owed


def test_a_closed_goal_owes_nothing() -> None:
    goal = {"landmarks": [PAPER], "closed": {"on": "2017-08-01", "result": "missed"}}
    assert standing(goal, "2017-09-01").owed == ()
