"""Laws that hold for every goal."""

from __future__ import annotations

import datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from goal_handbook.status.standing import stand

from .make import handbook

FIRST = datetime.date(2017, 1, 1)
days = st.integers(0, 364).map(lambda n: FIRST + datetime.timedelta(days=n))
texts = days.map(str)
values = st.integers(0, 120).map(str)
LAW = settings(max_examples=150, deadline=None, derandomize=True)


@st.composite
def goals(draw: st.DrawFn, supports: str = "revenue") -> dict[str, Any]:
    """A goal with a number to reach or deliverables, its landmarks, readings and decisions in any order."""
    numbers = draw(st.booleans())
    dues = draw(st.lists(texts, min_size=1, max_size=4, unique=True))
    goal: dict[str, Any] = {"id": "g", "supports": supports, "kind": "production"}
    if numbers:
        goal["measure"] = {"unit": "deals", "target": "100"}
        goal["landmarks"] = [{"id": f"l{i}", "due": d, "value": draw(values)} for i, d in enumerate(dues)]
        readings = draw(st.dictionaries(texts, values, max_size=6))
        goal["checkins"] = [{"on": on, "value": value} for on, value in readings.items()]
    else:
        done = st.none() | texts
        goal["landmarks"] = [
            {"id": f"l{i}", "due": d, "deliver": "It"} | ({"done": on} if (on := draw(done)) else {})
            for i, d in enumerate(dues)
        ]
    signed = st.fixed_dictionaries({"on": texts, "by": st.just(["ana", "lea"])})
    goal["agreed"] = draw(st.lists(signed, max_size=2))
    goal["reviews"] = draw(st.lists(signed, max_size=3))
    missed = {"landmark": st.sampled_from([f"l{i}" for i in range(len(dues))]), "on": texts, "why": st.just("So")}
    actions = st.sampled_from(["recover", "adjust", "drop"])
    goal["accountings"] = draw(st.lists(st.fixed_dictionaries(missed | {"action": actions}), max_size=3))
    if draw(st.booleans()):
        landmark = draw(st.sampled_from(goal["landmarks"]))
        change = {"field": f"landmarks.{landmark['id']}.due", "was": draw(texts), "now": landmark["due"]}
        goal["adjustments"] = [{"on": draw(texts), "why": "So", "changes": [change]}]
    return goal


def book(*of_sellers: dict[str, Any], backwards: bool = False) -> Any:
    names = ["ana", "ben", "cleo"][: len(of_sellers)]
    revenue = {"id": "revenue", "measure": {"unit": "deals", "target": "200", "rollup": "sum"}, "landmarks": [
        {"id": "half", "due": "2017-06-30", "value": "80"}, {"id": "year", "due": "2017-12-31", "value": "200"}]}  # fmt: skip
    sellers = dict(zip(names, ({"goals": [g]} for g in of_sellers), strict=True))
    if backwards:
        sellers = dict(reversed(sellers.items()))
    return handbook(sellers, teams={"north": {"leader": "lea", "goals": [revenue]}})


def facts(of: Any, as_of: datetime.date) -> dict[str, Any]:
    """Everything that was decided, in an order of its own."""
    standing = stand(of, as_of)
    return {
        full_id: (g.status, g.recovering, g.pace, g.expected, g.reading, g.agreement, g.review_due, sorted(map(str, g.owed)),
                  [(s.landmark.id, s.status, s.met_on, s.missed_since, s.age, s.overdue, s.was_due) for s in g.landmarks])
        for full_id, g in sorted(standing.goals.items())
    }  # fmt: skip


@LAW
@given(goals(), days, days)
def test_a_met_landmark_of_a_number_or_deliverable_stays_met_on_every_later_day(
    goal: dict[str, Any], one: datetime.date, other: datetime.date
) -> None:
    goal = {k: v for k, v in goal.items() if k not in {"adjustments", "accountings"}}
    early, late = sorted((one, other))
    met = {
        s.landmark.id: s.status
        for s in stand(book(goal), early).goals["ana/g"].landmarks
        if s.status in {"met", "met-late"}
    }
    after = {s.landmark.id: s.status for s in stand(book(goal), late).goals["ana/g"].landmarks}
    assert {landmark: after[landmark] for landmark in met} == met


def known_by(goal: dict[str, Any], as_of: datetime.date) -> dict[str, Any]:
    """The goal's file as it could have stood on a day: nothing later in it, later adjustments not made yet."""
    known = dict(goal)
    for key in ("checkins", "agreed", "reviews", "accountings", "adjustments"):
        known[key] = [item for item in goal.get(key, []) if item["on"] <= str(as_of)]
    later = {c["field"]: c["was"] for a in goal.get("adjustments", []) if a["on"] > str(as_of) for c in a["changes"]}
    known["landmarks"] = []
    for landmark in goal["landmarks"]:
        shown = {k: v for k, v in landmark.items() if not (k == "done" and v > str(as_of))}
        known["landmarks"].append(shown | ({"due": was} if (was := later.get(f"landmarks.{shown['id']}.due")) else {}))
    return known


@LAW
@given(st.lists(goals(), min_size=1, max_size=3), days)
def test_moving_the_date_back_shows_only_what_was_known_then(of: list[dict[str, Any]], as_of: datetime.date) -> None:
    assert facts(book(*of), as_of) == facts(book(*(known_by(goal, as_of) for goal in of)), as_of)


@LAW
@given(st.lists(goals(), min_size=1, max_size=3), days, st.randoms(use_true_random=False))
def test_the_order_of_files_and_of_items_changes_no_status(
    of: list[dict[str, Any]], as_of: datetime.date, dice: Any
) -> None:
    shuffled = [{k: dice.sample(v, len(v)) if isinstance(v, list) else v for k, v in goal.items()} for goal in of]
    assert facts(book(*of), as_of) == facts(book(*shuffled, backwards=True), as_of)


@LAW
@given(st.lists(goals(), min_size=1, max_size=3), days)
def test_a_rollups_latest_reading_is_the_sum_of_its_feeders(of: list[dict[str, Any]], as_of: datetime.date) -> None:
    standing = stand(book(*of), as_of)
    latest = [g.reading.value for full_id, g in standing.goals.items() if full_id.endswith("/g") and g.reading]
    team = standing.goals["north/revenue"].reading
    assert (team.value if team else 0) == sum(latest)


@LAW
@given(st.lists(st.tuples(days, st.integers(1, 99)), min_size=1, max_size=4, unique_by=lambda p: p[0]), days)
def test_a_reading_on_the_agreed_curve_is_at_pace_one(
    points: list[tuple[datetime.date, int]], on: datetime.date
) -> None:
    rising = sorted(zip(sorted(d for d, _ in points), sorted(v for _, v in points), strict=True))
    landmarks = [{"id": f"l{i}", "due": str(d), "value": str(v)} for i, (d, v) in enumerate(rising)]
    goal = {"id": "g", "measure": {"unit": "deals", "target": "100"}, "landmarks": landmarks}
    probe = stand(book(goal | {"checkins": [{"on": str(on), "value": "0"}]}), on).goals["ana/g"]
    assert probe.expected is not None
    if probe.pace is not None and (probe.expected * 10**6).denominator == 1:
        value = f"{float(probe.expected):.6f}"
        assert stand(book(goal | {"checkins": [{"on": str(on), "value": value}]}), on).goals["ana/g"].pace == 1
