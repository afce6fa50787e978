"""Laws that hold for every goal, on every day, whatever the order of the file.

A goal is drawn as its *history*: the terms it started with and what happened to it on which day. So the file of any day
can be written down independently of the code, and compared with what the code makes of the last one.
"""

from __future__ import annotations

import copy
import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from goal_handbook.model.handbook import Handbook
from goal_handbook.status.as_of import handbook_on
from goal_handbook.status.assessment import assess, count_goals, count_landmarks
from goal_handbook.status.pace import curve

from .make import handbook, state_of

LAW = settings(max_examples=100, deadline=None, derandomize=True)
#: The days of grace of a handbook that does not say.
GRACE = datetime.timedelta(days=3)
#: Where what goes wrong needs several things to coincide.
RARE = settings(LAW, max_examples=500)
FIRST = datetime.date(2017, 1, 1)


def day_number(number: int) -> datetime.date:
    """A day of 2017, counted from 0."""
    return FIRST + datetime.timedelta(days=number)


days = st.integers(0, 380).map(day_number)
#: Few days, so that much falls on the same one or beside it.
busy_days = st.sampled_from(
    [day_number(n) for n in (0, 1, 9, 10, 11, 30, 31, 58, 59, 88, 89, 90, 100, 101, 180, 200, 364)]
)
numbers = st.integers(0, 120).map(str)
#: Dice with a drawn seed: to draw each throw takes five times as long as what is tested.
dices = st.randoms(use_true_random=True)
parties = st.sampled_from([["ana", "lea"], ["ana"], ["lea"], ["ben", "lea"]])


@dataclass(frozen=True)
class History:
    """A goal's terms as first agreed, and what happened after that: `events` are (day, key, record)."""

    terms: dict[str, Any]
    events: tuple[tuple[datetime.date, str, Any], ...]

    def file_on(self, as_of: datetime.date) -> dict[str, Any]:
        """What the file said at the end of a day."""
        goal = copy.deepcopy(self.terms)
        for on, key, item in sorted(self.events, key=lambda event: event[0]):
            if on <= as_of:
                _write(goal, on, key, copy.deepcopy(item))
        return goal

    @property
    def file(self) -> dict[str, Any]:
        """What the file says in the end."""
        return self.file_on(datetime.date.max)


def _write(goal: dict[str, Any], on: datetime.date, key: str, item: Any) -> None:
    """Write one event into a goal's file."""
    if key == "adjust":
        changes = [c for field, now in item if (c := _adjust(goal, field, now))]
        if changes:
            goal.setdefault("adjustments", []).append({"on": str(on), "why": "So", "changes": changes})
    elif key == "done":
        for landmark in goal["landmarks"]:
            if landmark["id"] == item and "deliver" in landmark:
                landmark.setdefault("done", str(on))
    elif key == "closed":
        goal.setdefault("closed", {"on": str(on), "result": item})
    else:
        goal.setdefault(key, []).append({"on": str(on)} | item)


def _adjust(goal: dict[str, Any], field: str, now: str) -> dict[str, str] | None:
    """Change a term and return what it was, None if the goal has no such term."""
    name, _, part = field.removeprefix("landmarks.").partition(".")
    if not field.startswith("landmarks."):
        holder = goal.get("measure", {}) if field in {"target", "from"} else goal
        if not holder or (field == "from" and "hold" in holder):
            return None
        was = holder.pop(field, "")
        if now:
            holder[field] = now
        return {"field": field, "was": was, "now": now}
    landmark = next((lm for lm in goal["landmarks"] if lm["id"] == name), None)
    if now == "added" and landmark is None:
        goal["landmarks"].append({"id": name, "due": "2017-04-10", "deliver": "Added"})
        return {"field": field, "was": "", "now": "added"}
    if landmark is None or (part and part not in landmark) or now == "added":
        return None
    was = landmark[part] if part else "there"
    if part:
        landmark[part] = now
    return {"field": field, "was": was, "now": now}


@st.composite
def terms(draw: st.DrawFn) -> dict[str, Any]:
    """What was first agreed: a number up or down, a level, or landmark by landmark; from one to four landmarks."""
    measure = draw(
        st.sampled_from(
            [
                {"unit": "deals", "target": "100"},
                {"unit": "deals", "target": "100", "from": "20"},
                {"unit": "deals", "from": "100", "target": "30"},
                {"unit": "deals", "target": "60", "hold": "at_least"},
                {"unit": "offers", "target": "60", "hold": "at_most"},
                None,
            ]
        )
    )
    landmarks: list[dict[str, Any]] = []
    for i, due in enumerate(draw(st.lists(busy_days, min_size=1, max_size=4))):
        what = {"value": draw(numbers)} if measure and draw(st.booleans()) else {"deliver": "It"}
        landmarks.append({"id": f"l{i}", "due": str(due)} | what)
    goal = {"id": "g", "start": "2017-01-01", "due": "2017-12-31", "landmarks": landmarks}
    supports = draw(st.sampled_from(["revenue", "revenue", None]))
    return goal | ({"measure": measure} if measure else {}) | ({"supports": supports} if supports else {})


landmark_ids = st.sampled_from(["l0", "l0", "l1", "l2"])
adjustments = st.lists(
    st.one_of(
        st.tuples(st.just("target"), st.sampled_from(["90", "9_0", "90.0", "110"])),
        st.tuples(st.just("from"), st.sampled_from(["10", ""])),
        st.tuples(st.just("due"), busy_days.map(str)),
        st.tuples(st.just("supports"), st.sampled_from(["revenue", "", "other"])),
        st.tuples(landmark_ids.map("landmarks.{}.due".format), busy_days.map(str)),
        st.tuples(landmark_ids.map("landmarks.{}.value".format), st.sampled_from(["40", "4_0", "50"])),
        st.tuples(landmark_ids.map("landmarks.{}".format), st.just("dropped")),
        st.tuples(st.just("landmarks.new"), st.just("added")),
    ),
    min_size=1,
    max_size=3,
)
readings = st.tuples(busy_days | days, st.just("checkins"), numbers.map(lambda n: {"value": n}))
decisions = st.one_of(
    readings,
    st.tuples(busy_days, st.just("done"), landmark_ids),
    st.tuples(busy_days, st.just("agreed"), parties.map(lambda by: {"by": by})),
    st.tuples(busy_days, st.just("reviews"), parties.map(lambda by: {"by": by})),
    st.tuples(busy_days, st.just("accountings"), st.builds(lambda lm, action, why, due: {"landmark": lm, "action": action, "why": why, "plan": [{"do": "It", "due": due}]}, landmark_ids, st.sampled_from(["recover", "adjust"]), st.sampled_from(["So", "Thus"]), busy_days.map(str))),
    st.tuples(busy_days, st.just("closed"), st.sampled_from(["achieved", "partly", "dropped"])),
)  # fmt: skip
upheavals = st.one_of(
    st.tuples(busy_days, st.just("adjust"), adjustments),
    st.tuples(busy_days, st.just("accountings"), landmark_ids.map(lambda lm: {"landmark": lm, "action": "drop", "why": "So"})),
)  # fmt: skip


def histories(steady: bool = False) -> st.SearchStrategy[History]:
    """Any history, its terms often changed more than once on one day; a `steady` one keeps its terms and landmarks."""
    often = st.tuples(st.sampled_from([day_number(58), day_number(100)]), st.just("adjust"), adjustments)
    events = st.lists(decisions if steady else decisions | upheavals | often, min_size=3, max_size=12)
    return st.builds(History, terms(), events.map(tuple))


def book(files: Iterable[dict[str, Any]], backwards: bool = False) -> Handbook:
    """Goals of sellers of one team, whose goal sums theirs; Lea sees each of them once a month."""
    revenue = {
        "id": "revenue",
        "measure": {"unit": "deals", "target": "200", "rollup": "sum"},
        "landmarks": [
            {"id": "q1", "due": "2017-03-31", "value": "60"},
            {"id": "q2", "due": "2017-06-30", "value": "90"},
        ],
    }
    lea = {
        "id": "talks",
        "measure": {"cadence": {"times": "1", "per": "month", "with": "each-seller"}},
        "sessions": [{"on": "2017-01-10", "with": "ana"}, {"on": "2017-03-31", "with": ["ben", "ana"]}],
    }
    sellers = dict(zip(("ana", "ben", "cleo"), ({"goals": [file]} for file in files), strict=False))
    teams = {"north": {"leader": "lea", "goals": [revenue]}, "south": {}}
    if backwards:
        sellers, teams = dict(reversed(sellers.items())), dict(reversed(teams.items()))
    return handbook(sellers, teams, {"lea": {"goals": [lea]}})


def facts(of: Handbook, as_of: datetime.date) -> dict[str, Any]:
    """Everything the assessment of a handbook holds, in an order that does not depend on the files."""
    assessment = assess(of, as_of)
    found: dict[str, Any] = {
        full_id: (
            g.status, g.recovering, g.pace, g.expected, g.readings, g.agreement, g.review_due, g.coverage,
            sorted(map(str, g.owed)),
            g.cadence and [(row.person and row.person.id, row.cells) for row in g.cadence.rows],
            [(s.landmark.id, s.status, s.met_on, s.missed_since, s.age, s.overdue, s.original, s.waiting,
              s.accounting and (s.accounting.action, s.accounting.why)) for s in g.landmarks],
            sorted(str((p.accounting, p.is_live, p.steps)) for p in g.plans),
        )
        for full_id, g in assessment.goals.items()
    }  # fmt: skip
    goals = assessment.goals.values()
    return found | {"counts": (list(count_goals(goals).items()), list(count_landmarks(goals).items()))}


@LAW
@given(st.lists(histories(steady=True), min_size=1, max_size=3), days, days)
def test_a_landmark_met_once_grace_is_over_stays_met_on_every_later_day(
    of: list[History], one: datetime.date, other: datetime.date
) -> None:
    early, late = sorted((one, other))
    before, after = (assess(book(h.file for h in of), on).goals for on in (early, late))
    for full_id, goal in before.items():
        later = {s.landmark.id: s.status for s in after[full_id].landmarks}
        for s in goal.landmarks:
            if s.status in {"met", "met-late"} and (s.landmark.deliver or early > s.landmark.due + GRACE):
                assert later[s.landmark.id] == s.status


@RARE
@given(st.lists(histories(), min_size=1, max_size=3), days | busy_days)
def test_moving_the_date_back_shows_only_what_was_known_then(of: list[History], as_of: datetime.date) -> None:
    """The last file seen on a day is the file of that day: terms, readings, decisions; and so is every status."""
    last, then = book(h.file for h in of), book(h.file_on(as_of) for h in of)
    assert handbook_on(last, as_of).sellers == then.sellers
    assert facts(last, as_of) == facts(then, as_of)


@RARE
@given(st.lists(histories(), min_size=1, max_size=3), days, dices)
def test_the_order_of_owners_and_of_items_changes_nothing(of: list[History], as_of: datetime.date, dice: Any) -> None:
    files = [history.file for history in of]
    assert facts(book(files), as_of) == facts(book([_shuffled(file, dice) for file in files], backwards=True), as_of)


def _day_of(item: Any) -> str:
    return str(item.get("on", "")) if isinstance(item, dict) else ""


def _shuffled(value: Any, dice: Any) -> Any:
    """The same with every list and every group of keys in another order; of one day the last entry stays the last."""
    if isinstance(value, list):
        mixed = dice.sample(value, len(value))
        in_order = {day: iter([item for item in value if _day_of(item) == day]) for day in map(_day_of, value)}
        return [_shuffled(next(in_order[_day_of(item)]) if _day_of(item) else item, dice) for item in mixed]
    if isinstance(value, dict):
        return {key: _shuffled(value[key], dice) for key in dice.sample(sorted(value), len(value))}
    return value


@LAW
@given(st.lists(histories(steady=True), min_size=1, max_size=3), days)
def test_a_landmark_is_missed_since_the_first_day_it_counted_as_missed(of: list[History], as_of: datetime.date) -> None:
    whole = book(history.file for history in of)
    for full_id, goal in assess(whole, as_of).goals.items():
        for s in goal.landmarks:
            if s.missed_since:
                assert s.age == (as_of - s.missed_since).days >= 0
                assert _status(whole, full_id, s.landmark.id, s.missed_since) in {"missed", "accounted"}
                eve = s.missed_since - datetime.timedelta(days=1)
                assert _status(whole, full_id, s.landmark.id, eve) not in {"missed", "accounted"}


def _status(of: Handbook, full_id: str, landmark: str, as_of: datetime.date) -> str:
    return next(s.status for s in assess(of, as_of).goals[full_id].landmarks if s.landmark.id == landmark)


@LAW
@given(histories(), days)
def test_nothing_is_missed_without_a_reading_that_falls_short(history: History, as_of: datetime.date) -> None:
    goal = assess(book([history.file]), as_of).goals["ana/g"]
    for s in goal.landmarks:
        if s.landmark.value is not None and s.status in {"missed", "accounted"}:
            assert any(r.on >= s.landmark.due for r in goal.readings)


@LAW
@given(st.lists(histories(), min_size=1, max_size=3), days)
def test_a_rollups_last_reading_is_the_sum_of_its_contributing_goals_last_readings(
    of: list[History], as_of: datetime.date
) -> None:
    """A contributing goal without a reading counts with what it started from."""
    goals = assess(book(history.file for history in of), as_of).goals
    contributing = [
        g for full_id, g in goals.items()
        if [s.goal for s in g.goal.supports] == ["revenue"] and g.goal.shape == "number" and full_id.endswith("/g")
    ]  # fmt: skip
    rollup = goals["north/revenue"].reading
    assert (rollup is not None) == any(g.reading for g in contributing)
    if rollup:
        started = [g.goal.measure.start_value if g.goal.measure else Decimal(0) for g in contributing]
        assert rollup.value == sum(
            g.reading.value if g.reading else start for g, start in zip(contributing, started, strict=True)
        )
        assert rollup.on == max(g.reading.on for g in contributing if g.reading)


# Pace


@st.composite
def climbs(draw: st.DrawFn) -> dict[str, Any]:
    """A number whose curve only goes up, or only down, and is a whole number every day."""
    on, at, sign = 0, draw(st.integers(0, 50)), draw(st.sampled_from([1, -1]))
    measure = {"unit": "deals", "from": str(at)}
    landmarks = []
    for i, (length, slope) in enumerate(
        draw(st.lists(st.tuples(st.integers(1, 90), st.integers(0, 9)), min_size=1, max_size=4))
    ):
        on, at = on + length, at + sign * slope * length
        landmarks.append({"id": f"l{i}", "due": str(day_number(on)), "value": str(at)})
    last = landmarks.pop() if draw(st.booleans()) else landmarks[-1]
    dice = draw(st.permutations(landmarks))
    return {"measure": measure | {"target": last["value"]}, "due": last["due"], "landmarks": dice}


@LAW
@given(climbs(), days)
def test_a_reading_on_the_curve_is_at_pace_one(goal: dict[str, Any], on: datetime.date) -> None:
    expected = _read(goal, on, "0").expected
    assert expected is not None
    assert expected.denominator == 1
    found = _read(goal, on, str(expected))
    progress, whole = (
        expected - int(goal["measure"]["from"]),
        int(goal["measure"]["target"]) - int(goal["measure"]["from"]),
    )
    too_early = whole == 0 or Fraction(progress, whole) < Fraction(1, 20)
    assert found.pace == (None if too_early else 1)
    assert found.status in {"on-track", "achieved"} | ({"not-started"} if found.landmarks == () else set())


@LAW
@given(climbs(), days, st.integers(-5000, 5000), st.integers(0, 5000))
def test_a_better_reading_is_never_at_a_worse_pace(
    goal: dict[str, Any], on: datetime.date, low: int, more: int
) -> None:
    down = int(goal["measure"]["target"]) < int(goal["measure"]["from"])
    worse, better = (low + more, low) if down else (low, low + more)
    one, other = _read(goal, on, str(worse)).pace, _read(goal, on, str(better)).pace
    assert (one is None) == (other is None)
    assert one is None or other is None or one <= other


@LAW
@given(climbs(), st.lists(days, min_size=2, max_size=6))
def test_the_curve_of_monotone_landmarks_is_monotone(goal: dict[str, Any], on: list[datetime.date]) -> None:
    state = _read(goal, FIRST, "0")
    agreed = curve(state.goal, state.goal.landmarks)
    assert agreed
    values = [agreed.on(one) for one in sorted(on)]
    down = int(goal["measure"]["target"]) < int(goal["measure"]["from"])
    assert values == sorted(values, reverse=down)


def _read(goal: dict[str, Any], on: datetime.date, value: str) -> Any:
    """The goal's state on the day of its one reading."""
    return state_of(
        handbook({"ana": {"goals": [goal | {"checkins": [{"on": str(on), "value": value}]}]}}), "ana/g", str(on)
    )
