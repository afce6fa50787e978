"""GH411 and GH412 on both sides of their boundaries: an accounting that promises something leads to it."""

from __future__ import annotations

import pytest

from .finding import NORTH, findings, with_seller

GOAL = "landmarks: [{id: q1, due: 2017-03-31, deliver: D%s}], accountings: [%s]"


def accounting(action: str, on: str = "2017-04-05", plan: str = "") -> str:
    return f"{{landmark: q1, on: {on}, by: [ana, lea], why: W, action: {action}{f', plan: [{plan}]' if plan else ''}}}"


RECOVER, PLANNED = accounting("recover"), accounting("recover", plan="{do: Call}")
ADJUST = accounting("adjust")


@pytest.mark.parametrize(
    ("goal", "count"),
    [
        pytest.param(GOAL % ("", RECOVER), 1, id="no plan"),
        pytest.param(GOAL % ("", PLANNED), 0, id="a plan"),
        pytest.param(GOAL % ("", accounting("drop")), 0, id="dropped"),
        pytest.param(GOAL % (", done: 2017-05-02", RECOVER), 0, id="met since"),
        pytest.param(GOAL % ("", f"{RECOVER}, {accounting('recover', '2017-06-01', '{do: Call}')}"), 0, id="replaced by one with a plan"),
        pytest.param(GOAL % ("", f"{PLANNED}, {accounting('recover', '2017-06-01')}"), 1, id="replaced by one without"),
        pytest.param(GOAL % ("", f"{RECOVER}, {PLANNED}"), 0, id="two on one day, one with a plan"),
        pytest.param(GOAL % ("", RECOVER) + ", closed: {on: 2017-05-01, result: missed}", 0, id="closed"),
    ],
)  # fmt: skip
def test_who_wants_to_recover_says_how(goal: str, count: int) -> None:
    assert len(findings("GH411", with_seller(goal))) == count


def adjustment(on: str, field: str = "due, was: 2017-11-30, now: 2017-12-31") -> str:
    return f", adjustments: [{{on: {on}, by: lea, why: W, changes: [{{field: {field}}}]}}]"


@pytest.mark.parametrize(
    ("goal", "as_of", "count"),
    [
        pytest.param(GOAL % ("", ADJUST), "2017-04-19", 0, id="within accounting_days"),
        pytest.param(GOAL % ("", ADJUST), "2017-04-20", 1, id="after accounting_days"),
        pytest.param(GOAL % ("", ADJUST) + adjustment("2017-04-05"), "2017-10-01", 0, id="adjusted the same day"),
        pytest.param(GOAL % ("", ADJUST) + adjustment("2017-09-01"), "2017-10-01", 0, id="adjusted late"),
        pytest.param(GOAL % ("", ADJUST) + adjustment("2017-09-01"), "2017-08-31", 1, id="not adjusted yet"),
        pytest.param(GOAL % ("", ADJUST) + adjustment("2017-04-04"), "2017-10-01", 1, id="adjusted before"),
        pytest.param(GOAL % ("", ADJUST) + adjustment("2017-05-01", "accountings.q1, was: adjust, now: adjust"), "2017-10-01", 1, id="only corrected"),
        pytest.param(GOAL % (", done: 2017-05-02", ADJUST), "2017-10-01", 0, id="met since"),
        pytest.param(GOAL % ("", f"{ADJUST}, {accounting('drop', '2017-06-01')}"), "2017-10-01", 0, id="dropped since"),
        pytest.param(GOAL % ("", ADJUST) + ", closed: {on: 2017-05-01, result: missed}", "2017-10-01", 0, id="closed"),
    ],
)  # fmt: skip
def test_who_wants_to_adjust_does_so(goal: str, as_of: str, count: int) -> None:
    assert len(findings("GH412", with_seller(goal), as_of)) == count


@pytest.mark.parametrize(("as_of", "count"), [("2017-04-29", 0), ("2017-04-30", 1)])
def test_the_days_away_do_not_count(as_of: str, count: int) -> None:
    away = "team: north\naway: [{from: 2017-04-10, to: 2017-04-19}]"
    assert len(findings("GH412", with_seller(GOAL % ("", ADJUST), away), as_of)) == count


@pytest.mark.parametrize(
    ("code", "promise"),
    [("GH403", accounting("recover", plan="{do: Call, due: 2017-05-02}")), ("GH411", RECOVER), ("GH412", ADJUST)],
    ids=["GH403", "GH411", "GH412"],
)
@pytest.mark.parametrize(
    ("absence", "count"),
    [("left: 2017-09-30", 0), ("away: [{from: 2017-09-30, to: 2017-10-31}]", 0), ("left: 2017-10-15", 1)],
    ids=["gone", "away", "on the last day"],
)
def test_who_is_not_there_owes_nothing(code: str, promise: str, absence: str, count: int) -> None:
    assert len(findings(code, with_seller(GOAL % ("", promise), f"team: north\n{absence}"), "2017-10-15")) == count


def test_leaders_keep_their_promises_too() -> None:
    goal = GOAL % ("", RECOVER.replace("ana, ", ""))
    files = {**NORTH, "leaders/lea.yaml": f"name: Lea\ngoals: [{{id: a, title: A, {goal}}}]"}
    assert len(findings("GH411", files)) == 1


@pytest.mark.parametrize(
    ("silent", "message"),
    [
        (["ben"], '"q2" was due on 2017-06-30, and waits for a reading of ben/g'),
        (["ben", "cy", "di", "eve"], '"q2" was due on 2017-06-30, and waits for a reading of ben/g, cy/g, di/g and 1 more'),
    ],
    ids=["one", "more than three"],
)  # fmt: skip
def test_a_sum_says_whose_readings_it_waits_for(silent: list[str], message: str) -> None:
    """Ana has reported on the day."""
    goal = "id: g, title: G, supports: revenue, measure: {unit: money, target: 100}"
    report = ", checkins: [{on: 2017-06-30, value: 10}]"
    sellers = {
        f"sellers/{who}.yaml": f"name: {who}\nteam: north\ngoals: [{{{goal}{report if who == 'ana' else ''}}}]\n"
        for who in ["ana", *silent]
    }
    landmark = "rollup: sum}, landmarks: [{id: q2, due: 2017-06-30, value: 50}]"
    team = {"teams/north.yaml": NORTH["teams/north.yaml"].replace("rollup: sum}", landmark)}
    assert [f.message for f in findings("GH405", {**NORTH, **team, **sellers})] == [message]
