"""GH410, GH413 and GH414 on both sides of their boundaries: agreed in time, signed by both, and understood."""

from __future__ import annotations

import pytest

from .finding import findings, with_seller

BOTH = "by: [ana, lea]"


@pytest.mark.parametrize(
    ("goal", "about", "late"),
    [
        pytest.param("agreed: [{on: 2017-02-01, by: [ana, lea]}]", "", "", id="a month after it began"),
        pytest.param("agreed: [{on: 2017-02-02, by: [ana, lea]}]", "", "more than a month after it began on 2017-01-01", id="later"),
        pytest.param("start: 2017-01-31, agreed: [{on: 2017-02-28, by: [ana, lea]}]", "", "", id="a short month"),
        pytest.param("agreed: [{on: 2017-01-10, by: ana}, {on: 2017-02-02, by: lea}]", "", "more than a month after it began on 2017-01-01", id="one of them later"),
        pytest.param("agreed: [{on: 2017-01-10, by: [ana, lea]}, {on: 2017-07-01, by: [ana, lea]}]", "", "", id="renewed"),
        pytest.param("agreed: [{on: 2017-07-01, by: [ana, lea]}, {on: 2017-01-10, by: [ana, lea]}]", "", "", id="renewed, in another order"),
        pytest.param("agreed: [{on: 2017-07-01, by: ana}]", "", "", id="by one (that is GH406)"),
        pytest.param("agreed: [{on: 2017-01-20, by: [ana, lea]}], landmarks: [{id: m, due: 2017-01-20, deliver: D}]", "", "", id="on the day of a landmark"),
        pytest.param("agreed: [{on: 2017-01-21, by: [ana, lea]}], landmarks: [{id: m, due: 2017-01-20, deliver: D}]", "", 'after its landmark "m" was due on 2017-01-20', id="after a landmark"),
        pytest.param("agreed: [{on: 2017-06-30, by: [ana, lea]}]", "joined: 2017-06-01", "", id="joined later"),
        pytest.param("agreed: [{on: 2017-07-02, by: [ana, lea]}]", "joined: 2017-06-01", "more than a month after Ana joined on 2017-06-01", id="joined later, and later than that"),
        pytest.param("agreed: [{on: 2017-06-20, by: [ana, lea]}], landmarks: [{id: m, due: 2017-03-31, deliver: D}]", "joined: 2017-06-01", "", id="a landmark before she joined"),
        pytest.param("agreed: [{on: 2017-03-31, by: [ana, lea]}]", "away: [{from: 2016-12-01, to: 2017-02-28}]", "", id="away at first"),
        pytest.param("agreed: [{on: 2017-04-02, by: [ana, lea]}]", "away: [{from: 2016-12-01, to: 2017-02-28}]", "more than a month after Ana was back on 2017-03-01", id="away at first, and later than that"),
        pytest.param("agreed: [{on: 2017-07-01, by: [ana, lea]}]", "left: 2017-09-30", "", id="of somebody who has left"),
        pytest.param("agreed: [{on: 2017-07-01, by: [ana, lea]}], closed: {on: 2017-09-01, result: missed}", "", "", id="closed"),
    ],
)  # fmt: skip
def test_a_goal_is_agreed_when_it_begins(goal: str, about: str, late: str) -> None:
    found = findings("GH410", with_seller(goal, f"team: north\n{about}"))
    assert [f.message.partition(", ")[2] for f in found] == ([late] if late else [])


def reviews(*days_and_signers: str) -> str:
    return "reviews: [" + ", ".join(f"{{on: {record}}}" for record in days_and_signers) + "]"


def accountings(*records: str) -> str:
    given = ", ".join(f"{{why: W, action: drop, on: {record}}}" for record in records)
    return f"landmarks: [{{id: q1, due: 2017-03-31, deliver: D}}, {{id: q2, due: 2017-06-30, deliver: D}}], accountings: [{given}]"


@pytest.mark.parametrize(
    ("goal", "messages"),
    [
        pytest.param(reviews("2017-07-01, by: [ana, lea]"), [], id="both"),
        pytest.param(reviews("2017-07-01, by: lea"), ["Ana has not signed this review, only lea"], id="the leader"),
        pytest.param(reviews("2017-07-01, by: ana"), ["no leader has signed this review, only ana"], id="the seller"),
        pytest.param(reviews("2017-07-01"), ["nobody signed this review"], id="nobody"),
        pytest.param(reviews("2017-07-01, by: [ana, ben]"), ["no leader has signed this review, only ana and ben"], id="two sellers"),
        pytest.param(reviews("2017-07-01, by: ana", "2017-07-01, by: lea"), [], id="one each on one day"),
        pytest.param(reviews("2017-07-01, by: ana", "2017-07-02, by: lea"), ["Ana has not signed this review, only lea"], id="one each on two days"),
        pytest.param(reviews("2017-04-01, by: lea", "2017-07-01, by: [ana, lea]"), [], id="both, the last time"),
        pytest.param(reviews("2017-07-01, by: [ana, lea]", "2017-10-02, by: lea"), [], id="not seen yet"),
        pytest.param(accountings("2017-04-05, landmark: q1, by: [lea, ana]"), [], id="an accounting by both"),
        pytest.param(accountings("2017-04-05, landmark: q1, by: lea"), ['Ana has not signed the accounting for "q1", only lea'], id="an accounting by one"),
        pytest.param(
            accountings("2017-04-05, landmark: q1, by: lea", "2017-07-05, landmark: q2, by: [ana, lea]"),
            ['Ana has not signed the accounting for "q1", only lea'],
            id="each landmark for itself",
        ),
        pytest.param(f"{reviews('2017-07-01, by: lea')}, closed: {{on: 2017-09-01, result: missed}}", [], id="closed"),
    ],
)  # fmt: skip
def test_seller_and_leader_both_sign(goal: str, messages: list[str]) -> None:
    files = {**with_seller(goal), "sellers/ben.yaml": "name: Ben\nteam: north"}
    assert [f.message for f in findings("GH413", files)] == messages


def test_a_leader_signs_their_own_goals_and_the_team_s_alone() -> None:
    goals = "goals: [{id: own, title: O, reviews: [{on: 2017-07-01, by: lea}]}]"
    files = {**with_seller("kind: skill"), "leaders/lea.yaml": f"name: Lea\n{goals}"}
    files["teams/north.yaml"] = f"name: North\nleader: lea\n{goals}"
    assert findings("GH413", files) == []


@pytest.mark.parametrize(
    ("goal", "rules", "count"),
    [
        (f"agreed: [{{on: 2017-01-10, {BOTH}}}]", "GH414: warning", 1),
        (f"agreed: [{{on: 2017-01-10, {BOTH}, understood: Clinics first}}]", "GH414: warning", 0),
        (f"agreed: [{{on: 2017-01-10, {BOTH}, understood: U}}, {{on: 2017-05-01, {BOTH}}}]", "GH414: warning", 0),
        ("agreed: [{on: 2017-01-10, by: ana}]", "GH414: warning", 0),
        (f"agreed: [{{on: 2017-01-10, {BOTH}}}]", "", 0),
        (f"agreed: [{{on: 2017-01-10, {BOTH}}}]", "GH4: warning", 0),
        (f"agreed: [{{on: 2017-01-10, {BOTH}}}]", "GH4: off, GH414: warning", 1),
    ],
    ids=["missing", "there", "there the first time", "not agreed", "off by default", "not by its family", "by its own code"],
)  # fmt: skip
def test_how_the_seller_understands_it_is_asked_for_where_the_house_wants_it(goal: str, rules: str, count: int) -> None:
    assert len(findings("GH414", with_seller(goal, handbook=f"rules: {{{rules}}}\n"))) == count
