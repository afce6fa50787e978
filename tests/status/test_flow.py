"""What flows into a sum: when, with what share, in which currency, and once (status.md#sums)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from goal_handbook.model.handbook import Handbook
from goal_handbook.model.values import plain_number
from goal_handbook.status.assessment import GoalState

from .make import case, day, handbook, number, state_of, value

SUM: dict[str, Any] = {"unit": "deals", "target": "100", "rollup": "sum"}
#: Ana sold 10 by March, 25 by June, 45 by September.
SOLD = (("2017-03-31", "10"), ("2017-06-30", "25"), ("2017-09-30", "45"))


def two_teams(supports: Any, **more: Any) -> Handbook:
    """North and South, both part of East, each with a sum; Ana's goal supports these."""
    goal = {"id": "revenue", "measure": SUM}
    teams = {
        "east": {"goals": [goal]},
        "north": {"part_of": "east", "leader": "lea", "goals": [goal | {"supports": "revenue"}]},
        "south": {"part_of": "east", "leader": "lea", "goals": [goal | {"supports": "revenue"}]},
    }
    ana = {"goals": [number(*SOLD, supports=supports)]}
    return handbook({"ana": ana, **more}, teams=teams)


def sums(book: Handbook, as_of: str) -> tuple[str, str, str]:
    """The sums of North, South and East; "" without a reading."""
    states = (state_of(book, f"{team}/revenue", as_of) for team in ("north", "south", "east"))
    north, south, east = (plain_number(s.reading.value) if s.reading else "" for s in states)
    return north, south, east


MOVE = [{"goal": "north/revenue", "until": "2017-06-30"}, {"goal": "south/revenue", "from": "2017-07-01"}]


@pytest.mark.parametrize(
    ("as_of", "found"),
    [
        case("before the move all of it is the old team's", "2017-06-30", ("25", "", "25")),
        case("after it what was made before stays there", "2017-09-30", ("25", "20", "45")),
    ],
)
def test_each_team_counts_what_was_made_while_it_was_supported(as_of: str, found: tuple[str, str, str]) -> None:
    assert sums(two_teams(MOVE), as_of) == found


@pytest.mark.parametrize(
    ("supports", "found"),
    [
        case("in whole", "north/revenue", ("45", "", "45")),
        case("half of it", {"goal": "north/revenue", "share": "0.5"}, ("22.5", "", "22.5")),
        case("two halves are the whole", [{"goal": "north/revenue", "share": "0.5"}, {"goal": "south/revenue", "share": "0.5"}], ("22.5", "22.5", "45")),
        case("an overlay counts in both teams, and above them once", ["north/revenue", {"goal": "south/revenue", "credit": "double"}], ("45", "45", "45")),
        case("a team and its larger team count it once each", ["north/revenue", "east/revenue"], ("45", "", "45")),
        case("half to the team and the rest above it is the whole there", [{"goal": "north/revenue", "share": "0.5"}, {"goal": "east/revenue", "share": "0.5"}], ("22.5", "", "45")),
        case("half until June and all of it since", [{"goal": "north/revenue", "until": "2017-06-30", "share": "0.5"}, {"goal": "north/revenue", "from": "2017-07-01"}], ("32.5", "", "32.5")),
        case("the same line on one line", "north/revenue until 2017-06-30 share 0.5", ("12.5", "", "12.5")),
    ],
)  # fmt: skip
def test_a_share_of_a_goal_counts_and_nothing_counts_twice(supports: Any, found: tuple[str, str, str]) -> None:
    assert sums(two_teams(supports), "2017-12-31") == found


@pytest.mark.parametrize(
    ("supports", "found"),
    [
        case("from the beginning with what it starts from", "revenue", ("5", "25")),
        case("later only with what was made since", {"goal": "revenue", "from": "2017-04-01"}, ("0", "15")),
    ],
)
def test_what_a_goal_starts_from_belongs_to_what_it_supports_first(supports: Any, found: tuple[str, str]) -> None:
    """Ana's goal starts from 5; Ben, who supports it too, reports nothing on the first day."""
    ana, ben = number(*SOLD, measure={"from": "5"}, supports=supports), number(("2017-01-01", "0"), supports="revenue")
    north = {"goals": [{"id": "revenue", "measure": SUM}]}
    book = handbook({"ana": {"goals": [ana]}, "ben": {"goals": [ben]}}, {"north": north})
    readings = (state_of(book, "north/revenue", as_of).reading for as_of in ("2017-01-01", "2017-06-30"))
    assert tuple(plain_number(r.value) for r in readings if r) == found


def test_a_bare_id_means_the_team_when_the_support_begins() -> None:
    team = [{"id": "north"}, {"id": "south", "from": "2017-07-01"}]
    goal = number(
        *SOLD, supports=[{"goal": "revenue", "until": "2017-06-30"}, {"goal": "revenue", "from": "2017-07-01"}]
    )
    book = two_teams("north/revenue", ben={"team": team, "goals": [goal]})
    assert book.supports["ben/g"] == ("north/revenue", "south/revenue")
    assert sums(book, "2017-12-31") == ("70", "20", "90")


@pytest.mark.parametrize(
    ("unit", "into", "found"),
    [
        case("the handbook's own currency is money", "USD", "money", "45"),
        case("another is converted by the plan's rate", "CAD", "money", "36"),
        case("into another too", "CAD", "EUR", "24"),
        case("a currency without a rate adds nothing", "GBP", "money", ""),
        case("percent adds nothing to money", "percent", "money", ""),
        case("deals are added to deals", "deals", "deals", "45"),
    ],
)
def test_only_what_can_be_added_is_added(unit: str, into: str, found: str) -> None:
    goal = number(*SOLD, measure={"unit": unit}, supports="revenue")
    north = {"goals": [{"id": "revenue", "measure": SUM | {"unit": into}}]}
    book = handbook({"ana": {"goals": [goal]}}, {"north": north}, currency="USD", rates={"CAD": "0.8", "EUR": "1.5"})
    reading = state_of(book, "north/revenue", "2017-12-31").reading
    assert (plain_number(reading.value) if reading else "") == found


@pytest.mark.parametrize(
    ("sold", "status", "reading"),
    [
        case("exactly the target", "75", "met", "100"),
        case("the smallest part less", "74.9999999999999", "missed", "99.9999999999998"),
    ],
)
def test_a_rate_by_division_is_exact(sold: str, status: str, reading: str) -> None:
    """75 dollars at 0.75 are 100 Canadian dollars, and not a little less."""
    goal = {"id": "revenue", "measure": SUM | {"unit": "CAD"}, "landmarks": [value("year", "2017-12-31", "100")]}
    ana = number(("2017-12-31", sold), target="75", measure={"unit": "money"}, supports="revenue")
    book = handbook({"ana": {"goals": [ana]}}, {"north": {"goals": [goal]}}, currency="USD", rates={"CAD": "0.75"})
    north = state_of(book, "north/revenue", "2018-01-10")
    assert north.landmarks[0].status == status
    assert north.reading and plain_number(north.reading.value).startswith(reading)
    assert north.coverage and north.coverage.ratio == 1


@pytest.mark.parametrize(
    ("start", "target", "sold", "status"),
    [
        case("a third is not quite a third", "0", "0.33333333333334", "1", "missed"),
        case("but more than a little less", "0", "0.33333333333333", "1", "met"),
        case("on the way down it is not below itself", "2", "0.33333333333333", "1", "missed"),
        case("but less than a little more", "2", "0.33333333333334", "1", "met"),
    ],
)
def test_a_rate_that_does_not_end_is_on_the_right_side_of_every_number(
    start: str, target: str, sold: str, status: str
) -> None:
    """What was sold in dollars is a third of it in euros, at 3."""
    measure = SUM | {"unit": "EUR", "from": start, "target": target}
    north = {"id": "revenue", "measure": measure, "landmarks": [value("year", "2017-12-31", target)]}
    begin = {"measure": {"unit": "money", "from": str(3 * int(start))}}
    ana = {"goals": [number(("2017-12-31", sold), target=sold, **begin, supports="revenue")]}
    book = handbook({"ana": ana}, {"north": {"goals": [north]}}, currency="USD", rates={"EUR": "3"})
    assert state_of(book, "north/revenue", "2018-01-10").landmarks[0].status == status


# What is handed over


def handed_over(**closed: str) -> Handbook:
    """Ana has brought the customers from 100 to 150, and Ben goes on from there in July."""
    goal: dict[str, Any] = {"measure": {"unit": "deals", "from": "100", "target": "300"}}
    base = goal["measure"] | {"rollup": "sum"}
    landmarks = [value("q1", "2017-03-31", "160"), value("q2", "2017-06-30", "220"), value("year", "2017-12-31", "300")]
    north = {"leader": "lea", "goals": [{"id": "base", "measure": base, "landmarks": landmarks}]}
    ana = number(("2017-03-31", "120"), ("2017-06-30", "150"), **goal, supports="base")
    ben = number(("2017-09-30", "180"), measure={"from": "150", "target": "300"}, supports="base", start="2017-07-01")
    if closed:
        ana["closed"] = {"result": "partly"} | closed
    return handbook({"ana": {"goals": [ana]}, **({"ben": {"goals": [ben]}} if closed else {})}, {"north": north})


AT_BEN = {"on": "2017-07-01", "carried_to": "ben/g"}


def test_what_was_made_before_a_hand_over_counts_once() -> None:
    days = {"2017-03-31": "120", "2017-06-30": "150", "2017-07-10": "150", "2017-09-30": "180"}
    for as_of, total in days.items():
        state = state_of(handed_over(**AT_BEN), "north/base", as_of)
        assert (state.reading and plain_number(state.reading.value)) == total
        assert state.coverage and state.coverage.total == 200
    statuses = {s.landmark.id: s.status for s in state_of(handed_over(**AT_BEN), "north/base", "2017-07-10").landmarks}
    assert statuses == {"q1": "missed", "q2": "missed", "year": "upcoming"}


@pytest.mark.parametrize("as_of", ["2017-03-31", "2017-04-10", "2017-06-30"])
def test_a_hand_over_changes_nothing_before_it(as_of: str) -> None:
    before, after = state_of(handed_over(), "north/base", as_of), state_of(handed_over(**AT_BEN), "north/base", as_of)
    assert (after.status, after.landmarks, after.readings) == (before.status, before.landmarks, before.readings)
    assert before.coverage and after.coverage and after.coverage.ratio == before.coverage.ratio


@pytest.mark.parametrize(
    "closed",
    [
        case("one closed without a word about it", {"on": "2017-07-01"}),
        case("one that was there all the time", {"on": "2017-08-01", "carried_to": "ben/g"}),
        case("one carried into the next period under its own id", {"on": "2017-07-01", "carried_to": "ana/g"}),
    ],
)
def test_other_goals_count_with_what_they_start_from_beside(closed: dict[str, str]) -> None:
    reading = state_of(handed_over(**closed), "north/base", "2017-08-10").reading
    assert reading and plain_number(reading.value) == "300"


# Who reports late


def late(
    *ana: tuple[str, str], ben: tuple[tuple[str, str], ...] = (), as_of: str = "2017-07-20", **seller: Any
) -> GoalState:
    """The team's sum of Ana and Ben; the team's landmark is 50 on 30 June."""
    goal = {"id": "revenue", "measure": SUM, "landmarks": [value("q2", "2017-06-30", "50")]}
    book = handbook(
        {
            "ana": {"goals": [number(*ana, supports="revenue")]},
            "ben": {"goals": [number(*ben, supports="revenue")], **seller},
        },
        {"north": {"leader": "lea", "goals": [goal]}},
    )
    return state_of(book, "north/revenue", as_of)


@pytest.mark.parametrize(
    ("ben", "seller", "status"),
    [
        case("both reported in time", (("2017-06-30", "20"),), {}, "met"),
        case("what one reports within grace stands in for the day", (("2017-07-03", "20"),), {}, "met"),
        case("after grace it is late", (("2017-07-04", "20"),), {}, "met-late"),
        case("one has not reported", (("2017-05-31", "10"),), {}, "unreported"),
        case("one who left is not waited for", (("2017-05-31", "10"),), {"left": "2017-05-31"}, "missed"),
        case("nor is one who has been away since", (("2017-05-31", "10"),), {"away": [{"from": "2017-06-01", "to": "2017-07-31"}]}, "missed"),
        case("or since before the goal began", (), {"away": [{"from": "2016-11-01", "to": "2017-07-31"}]}, "missed"),
        case("in two absences, one after the other", (("2017-05-31", "10"),), {"away": [{"from": "2017-06-01", "to": "2017-06-20"}, {"from": "2017-06-21", "to": "2017-07-31"}]}, "missed"),
        case("one who leaves later is waited for", (("2017-05-31", "10"),), {"left": "2017-12-15"}, "unreported"),
        case("and so is one on the last day at work", (("2017-05-31", "10"),), {"left": "2017-07-20"}, "unreported"),
        case("but not from the day after", (("2017-05-31", "10"),), {"left": "2017-07-19"}, "missed"),
    ],
)  # fmt: skip
def test_a_landmark_of_a_sum_is_decided_by_what_each_reports(
    ben: tuple[tuple[str, str], ...], seller: dict[str, Any], status: str
) -> None:
    found = late(("2017-06-30", "30"), ben=ben, **seller)
    assert found.landmarks[0].status == status


@pytest.mark.parametrize(
    ("ben", "seller", "day_of_it"),
    [
        case("both on one day", (("2017-06-30", "20"),), {}, "2017-06-30"),
        case("the sum waits for the slower one", (("2017-05-31", "15"),), {}, "2017-05-31"),
        case("and for one who never reported", (), {}, None),
        case("not for one who left", (("2017-04-30", "10"),), {"left": "2017-05-31"}, "2017-06-30"),
        case("not for one who is away", (("2017-04-30", "10"),), {"away": [{"from": "2017-05-01", "to": "2017-08-31"}]}, "2017-06-30"),
    ],
)  # fmt: skip
def test_the_pace_of_a_sum_is_that_of_the_last_day_by_which_all_had_reported(
    ben: tuple[tuple[str, str], ...], seller: dict[str, Any], day_of_it: str | None
) -> None:
    found = late(("2017-05-31", "25"), ("2017-06-30", "30"), ben=ben, **seller).progress
    assert (found.reading.on if found else None) == (day(day_of_it) if day_of_it else None)


@pytest.mark.parametrize(
    ("seller", "goal"),
    [
        case("has left", {"left": "2017-05-31"}, {}),
        case("is away", {"away": [{"from": "2017-06-01", "to": "2017-09-30"}]}, {}),
        case("has closed it", {}, {"closed": {"on": "2017-05-31", "result": "partly"}}),
    ],
)
def test_a_sum_knows_what_it_is_when_its_only_feeder(seller: dict[str, Any], goal: dict[str, Any]) -> None:
    north = {"id": "revenue", "measure": SUM, "landmarks": [value("q2", "2017-06-30", "50")]}
    ana = number(("2017-05-31", "30"), supports="revenue") | goal
    book = handbook({"ana": {"goals": [ana], **seller}}, {"north": {"leader": "lea", "goals": [north]}})
    found = state_of(book, "north/revenue", "2017-07-20").landmarks[0]
    assert (found.status, found.missed_since, found.waiting) == ("missed", day("2017-07-04"), ())


def test_a_late_reading_stands_in_only_where_it_still_counts() -> None:
    """Ana moves on 1 July. What she reports on the 2nd is the new team's, or else both would count it."""
    goal = {"id": "revenue", "measure": SUM, "landmarks": [value("q2", "2017-06-30", "25")]}
    teams = {name: {"leader": "lea", "goals": [goal]} for name in ("north", "south")}
    ana = number(("2017-06-20", "20"), ("2017-07-02", "25"), supports=MOVE)
    north = state_of(handbook({"ana": {"goals": [ana]}}, teams), "north/revenue", "2017-07-10").landmarks[0]
    assert (north.status, north.deciding and north.deciding.value) == ("missed", Decimal(20))


def test_a_number_of_its_own_does_not_wait_for_those_who_support_it() -> None:
    goal = {"id": "revenue", "measure": SUM | {"rollup": None}, "landmarks": [value("q2", "2017-06-30", "50")]}
    book = handbook({"ana": {"goals": [number(supports="revenue")]}}, {"north": {"leader": "lea", "goals": [goal]}})
    found = state_of(book, "north/revenue", "2017-07-20").landmarks[0]
    assert (found.status, found.waiting) == ("unreported", ())


def test_a_sum_that_sank_below_its_value_is_not_met() -> None:
    found = late(("2017-05-31", "55"), ("2017-06-30", "40"), ben=(("2017-06-30", "5"),))
    assert found.landmarks[0].status == "missed"
