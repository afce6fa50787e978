"""A cadence: kept, short or missed, period by period and seller by seller (status.md#a-goal).

In 2017 Monday is 2 January; the first whole week ends on Sunday 8 January, the first month on 31 January.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from goal_handbook.model.handbook import Handbook
from goal_handbook.status.cadence import CadenceState

from .make import case, handbook, paper, state_of


def cadence(times: str = "1", per: str = "month", with_: str = "each-seller", **more: Any) -> dict[str, Any]:
    """A leader's goal to do something `times` a period."""
    return {"kind": "support", "measure": {"cadence": {"times": times, "per": per, "with": with_}}} | more


def sessions(*days: str, with_: str | list[str] = "ana") -> list[dict[str, Any]]:
    """Sessions on these days."""
    return [{"on": on, "with": with_} for on in days]


def led(goal: dict[str, Any], **sellers: dict[str, str]) -> Handbook:
    """Lea's goal; she leads Ana, or the sellers given."""
    return handbook(sellers or {"ana": {}}, leaders={"lea": {"goals": [goal]}})


def grid(book: Handbook, as_of: str, full_id: str = "lea/g") -> CadenceState:
    """How the cadence was kept."""
    found = state_of(book, full_id, as_of).cadence
    assert found is not None
    return found


def cells(book: Handbook, as_of: str, full_id: str = "lea/g") -> dict[str, list[str]]:
    """Each seller's cells, oldest first; "" where the cadence is kept as a whole."""
    return {r.person.id if r.person else "": [c.status for c in r.cells] for r in grid(book, as_of, full_id).rows}


@pytest.mark.parametrize(
    ("held", "as_of", "status", "counted"),
    [
        case("both held: kept", ["2017-01-05", "2017-01-20"], "2017-01-31", "kept", (2, 2)),
        case("more than both: kept", ["2017-01-05", "2017-01-09", "2017-01-20"], "2017-01-31", "kept", (2, 2)),
        case("one of two: short", ["2017-01-05"], "2017-01-31", "short", (1, 2)),
        case("none: missed", [], "2017-01-31", "missed", (0, 2)),
        case("the day before it ends it is open, and nothing is due", [], "2017-01-30", "open", (0, 0)),
        case("even where both were held", ["2017-01-05", "2017-01-20"], "2017-01-30", "open", (0, 0)),
        case("one on its first day belongs to it", ["2017-01-01"], "2017-01-31", "short", (1, 2)),
        case("one on its last day belongs to it", ["2017-01-31"], "2017-01-31", "short", (1, 2)),
        case("one the day after does not", ["2017-02-01"], "2017-02-01", "missed", (0, 2)),
        case("two on one day are two", ["2017-01-05", "2017-01-05"], "2017-01-31", "kept", (2, 2)),
    ],
)
def test_a_period_is_kept_short_or_missed_once_it_has_ended(
    held: list[str], as_of: str, status: str, counted: tuple[int, int]
) -> None:
    found = grid(led(cadence("2", sessions=sessions(*held))), as_of)
    assert (found.rows[0].cells[0].status, (found.held, found.due)) == (status, counted)


@pytest.mark.parametrize(
    ("per", "as_of", "statuses"),
    [
        case("a week: on its Saturday it is open", "week", "2017-01-07", ["open"]),
        case("a week: on its Sunday it has ended", "week", "2017-01-08", ["missed"]),
        case("a week: on Monday the next is open", "week", "2017-01-09", ["missed", "open"]),
        case("a month: on the 27th of February it is open", "month", "2017-02-27", ["missed", "open"]),
        case("a month: on the 28th of February it has ended", "month", "2017-02-28", ["missed", "missed"]),
        case("a quarter: on the 30th of March it is open", "quarter", "2017-03-30", ["open"]),
        case("a quarter: on the 31st of March it has ended", "quarter", "2017-03-31", ["missed"]),
        case("a quarter: on the 1st of April the next is open", "quarter", "2017-04-01", ["missed", "open"]),
    ],
)
def test_a_period_ends_on_its_last_day(per: str, as_of: str, statuses: list[str]) -> None:
    assert cells(led(cadence(per=per)), as_of) == {"ana": statuses}


@pytest.mark.parametrize(
    ("per", "start", "due", "periods"),
    [
        case("a month that begins on its start counts", "month", "2017-02-01", "2017-04-30", 3),
        case("a month that begins a day before its start does not", "month", "2017-02-02", "2017-04-30", 2),
        case("a month that ends a day after its due does not", "month", "2017-02-01", "2017-04-29", 2),
        case("a week from Monday to Sunday counts", "week", "2017-01-02", "2017-01-08", 1),
        case("a week without its Monday does not", "week", "2017-01-03", "2017-01-08", 0),
        case("a week without its Sunday does not", "week", "2017-01-02", "2017-01-07", 0),
        case("a quarter counts as a whole", "quarter", "2017-04-01", "2017-06-30", 1),
        case("a quarter without its first day does not", "quarter", "2017-04-02", "2017-06-30", 0),
        case("the week over new year is outside a year's goal", "week", "2017-01-01", "2017-12-31", 52),
    ],
)
def test_only_periods_entirely_between_start_and_due_count(per: str, start: str, due: str, periods: int) -> None:
    found = grid(led(cadence(per=per, start=start, due=due)), "2018-06-30")
    assert (len(found.rows[0].cells), found.due) == (periods, periods)


# With whom


@pytest.mark.parametrize(
    ("dates", "status"),
    [
        case("joined on its first day counts", {"joined": "2017-02-01"}, "missed"),
        case("joined the day after does not", {"joined": "2017-02-02"}, "away"),
        case("left on its last day counts", {"left": "2017-02-28"}, "missed"),
        case("left the day before does not", {"left": "2017-02-27"}, "away"),
        case("neither joined nor left counts", {}, "missed"),
    ],
)
def test_a_seller_counts_only_while_there_for_the_whole_period(dates: dict[str, str], status: str) -> None:
    found = grid(led(cadence(start="2017-02-01", due="2017-02-28"), ana=dates), "2017-02-28")
    assert ([c.status for c in found.rows[0].cells], found.due) == ([status], 0 if status == "away" else 1)


def test_a_seller_who_joins_and_leaves_is_away_before_and_after() -> None:
    book = led(cadence(), ana={"joined": "2017-02-01", "left": "2017-03-31"})
    assert cells(book, "2017-04-30") == {"ana": ["away", "missed", "missed", "away"]}


@pytest.mark.parametrize(
    ("with_", "sellers", "expected"),
    [
        case("with one of two it is kept with her alone", "ana", ("ana", "ben"), {"ana": ["kept"], "ben": ["missed"]}),
        case("with both at once it is kept with both", ["ana", "ben"], ("ana", "ben"), {"ana": ["kept"], "ben": ["kept"]}),
        case("with somebody else it is kept with nobody", "zoe", ("ana",), {"ana": ["missed"]}),
    ],
)  # fmt: skip
def test_each_seller_has_a_row(
    with_: str | list[str], sellers: tuple[str, ...], expected: dict[str, list[str]]
) -> None:
    book = led(cadence(sessions=sessions("2017-01-05", with_=with_)), **{name: {} for name in sellers})
    assert cells(book, "2017-01-31") == expected


@pytest.mark.parametrize("with_", ["team", "anyone"])
@pytest.mark.parametrize(
    ("held", "status"),
    [
        case("a session with anybody counts", sessions("2017-01-05", with_="zoe"), "kept"),
        case("a session with nobody named counts", [{"on": "2017-01-05"}], "kept"),
        case("without a session it is missed", [], "missed"),
    ],
)
def test_a_cadence_with_team_or_anyone_has_one_row(with_: str, held: list[dict[str, Any]], status: str) -> None:
    assert cells(led(cadence(with_=with_, sessions=held), ana={}, ben={}), "2017-01-31") == {"": [status]}


def test_a_leader_keeps_it_with_those_whose_nearest_leader_it_is() -> None:
    teams = {"east": {"leader": "lea"}, "north": {"part_of": "east"}, "south": {"part_of": "east", "leader": "max"}}
    sellers = {"ana": {"team": "north"}, "ben": {"team": "south"}, "eve": {"team": "east"}}
    book = handbook(sellers, teams, {"lea": {"goals": [cadence()]}, "max": {"goals": [cadence()]}})
    assert sorted(cells(book, "2017-01-31")) == ["ana", "eve"]
    assert sorted(cells(book, "2017-01-31", "max/g")) == ["ben"]


def test_a_team_keeps_it_with_its_own_sellers() -> None:
    book = handbook({"ana": {}, "ben": {"team": "south"}}, {"north": {"goals": [cadence()]}, "south": {}})
    assert cells(book, "2017-01-31", "north/g") == {"ana": ["missed"]}


# Pace and status


@pytest.mark.parametrize(
    ("held", "status"),
    [
        case("all of twenty: on track", 20, "on-track"),
        case("nineteen of twenty, 0.95: on track", 19, "on-track"),
        case("eighteen of twenty: at risk", 18, "at-risk"),
        case("fifteen of twenty, 0.75: at risk", 15, "at-risk"),
        case("fourteen of twenty: off track", 14, "off-track"),
        case("none of twenty: off track", 0, "off-track"),
    ],
)
def test_its_pace_is_sessions_held_divided_by_sessions_due(held: int, status: str) -> None:
    goal = cadence("20", sessions=sessions(*["2017-01-05"] * held))
    found = state_of(led(goal), "lea/g", "2017-01-31")
    assert (found.pace, found.status) == (Fraction(held, 20), status)


def test_its_pace_counts_every_seller_and_every_period() -> None:
    goal = cadence(sessions=sessions("2017-01-05", "2017-02-05") + sessions("2017-02-06", with_="ben"))
    assert state_of(led(goal, ana={}, ben={}), "lea/g", "2017-02-28").pace == Fraction(3, 4)


def test_a_busy_month_does_not_make_up_for_an_empty_one() -> None:
    goal = cadence("2", sessions=sessions("2017-01-05", "2017-01-06", "2017-01-07", "2017-01-08"))
    found = grid(led(goal), "2017-02-28")
    assert (found.held, found.due, found.rows[0].cells[0].held) == (2, 4, 4)


def test_a_month_away_is_not_due() -> None:
    goal = cadence(sessions=sessions("2017-02-05"))
    assert state_of(led(goal, ana={"joined": "2017-01-02"}), "lea/g", "2017-02-28").pace == 1


@pytest.mark.parametrize(
    ("held", "as_of", "status"),
    [
        case("before a period has ended it is not started", [], "2017-01-30", "not-started"),
        case("a session is a start", ["2017-01-20"], "2017-01-20", "on-track"),
        case("the day before it is not", ["2017-01-20"], "2017-01-19", "not-started"),
        case("a period ended without a session is off track", [], "2017-01-31", "off-track"),
        case("a period ended with one is on track", ["2017-01-20"], "2017-01-31", "on-track"),
    ],
)
def test_a_cadence_starts_with_a_session_or_the_end_of_a_period(held: list[str], as_of: str, status: str) -> None:
    assert state_of(led(cadence(sessions=sessions(*held))), "lea/g", as_of).status == status


@pytest.mark.parametrize(
    ("held", "as_of", "status"),
    [
        case("kept so far it is on track the day before its due", ["2017-01-20", "2017-02-20"], "2017-03-30", "on-track"),
        case("kept to the end it is achieved", ["2017-01-20", "2017-02-20", "2017-03-20"], "2017-03-31", "achieved"),
        case("not kept to the end it is not", ["2017-01-20", "2017-02-20"], "2017-03-31", "off-track"),
    ],
)  # fmt: skip
def test_a_cadence_is_achieved_when_it_was_kept_to_its_end(held: list[str], as_of: str, status: str) -> None:
    assert state_of(led(cadence(due="2017-03-31", sessions=sessions(*held))), "lea/g", as_of).status == status


def test_a_cadence_with_nobody_to_keep_it_with_is_not_started() -> None:
    book = handbook({}, leaders={"lea": {"goals": [cadence()]}})
    assert (state_of(book, "lea/g", "2017-12-31").pace, state_of(book, "lea/g", "2017-12-31").status) == (
        None,
        "not-started",
    )


@pytest.mark.parametrize(
    ("as_of", "status"),
    [
        case("within grace its pace shows", "2017-07-03", "on-track"),
        case("after it the accounting comes first", "2017-07-04", "needs-accounting"),
    ],
)
def test_a_missed_landmark_of_a_cadence_comes_before_its_pace(as_of: str, status: str) -> None:
    months = [f"2017-0{month}-05" for month in range(1, 7)]
    goal = cadence(sessions=sessions(*months), landmarks=[paper("q2", "2017-06-30")])
    assert state_of(led(goal), "lea/g", as_of).status == status


def test_a_goal_without_a_cadence_has_no_grid() -> None:
    assert state_of(led({"landmarks": []}), "lea/g", "2017-06-30").cadence is None


# How long a session lasts, how often, and with whom


@pytest.mark.parametrize(
    ("minutes", "session", "status"),
    [
        case("as long as agreed is kept", ["30", "45"], {"minutes": "30"}, "kept"),
        case("five minutes are short", ["30", "45"], {"minutes": "5"}, "short"),
        case("without a length it counts", ["30", "45"], {}, "kept"),
        case("an hour is more than half an hour", ["30", "45"], {"hours": "1"}, "kept"),
        case("without an agreed length everything counts", None, {"minutes": "5"}, "kept"),
    ],
)
def test_a_session_that_is_too_short_does_not_count(
    minutes: list[str] | None, session: dict[str, str], status: str
) -> None:
    goal = cadence(sessions=[{"on": "2017-01-05", "with": "ana"} | session])
    goal["measure"]["cadence"] |= {"minutes": minutes} if minutes else {}
    assert cells(led(goal), "2017-01-31") == {"ana": [status]}


@pytest.mark.parametrize(
    ("times", "held", "status"),
    [
        case("once is enough of once or twice", ["1", "2"], 1, "kept"),
        case("not at all is not", ["1", "2"], 0, "missed"),
        case("twice of two is enough", "2", 2, "kept"),
    ],
)
def test_at_least_the_smaller_number_is_due(times: Any, held: int, status: str) -> None:
    goal = cadence(times, sessions=sessions(*["2017-01-05", "2017-01-20"][:held]))
    assert cells(led(goal), "2017-01-31") == {"ana": [status]}


def test_a_day_or_two_are_measured_in_days() -> None:
    goal = cadence(sessions=[{"on": "2017-01-05", "with": "ana", "hours": "6"}])
    goal["measure"]["cadence"] |= {"days": ["1", "2"]}
    assert cells(led(goal), "2017-01-31") == {"ana": ["short"]}


def test_people_named_by_id_have_a_row_each_leaders_too() -> None:
    goal = cadence(with_="ana, max", sessions=sessions("2017-01-05", with_="max"))
    book = handbook({"ana": {}, "ben": {}}, leaders={"lea": {"goals": [goal]}, "max": {}})
    assert cells(book, "2017-01-31") == {"ana": ["missed"], "max": ["kept"]}


@pytest.mark.parametrize(
    ("away", "found"),
    [
        case("half of the month away it is not due", {"from": "2017-02-01", "to": "2017-02-14"}, ["kept", "away", "missed"]),
        case("less than half of it it is", {"from": "2017-02-01", "to": "2017-02-13"}, ["kept", "missed", "missed"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("who", ["ana", "lea"])
def test_a_session_with_somebody_who_is_away_is_not_due(who: str, away: dict[str, str], found: list[str]) -> None:
    goal = cadence(sessions=sessions("2017-01-05"))
    people = {"ana": {}, "lea": {"goals": [goal]}}
    people[who] = people[who] | {"away": [away]}
    book = handbook({"ana": people["ana"]}, leaders={"lea": people["lea"]})
    assert cells(book, "2017-03-31") == {"ana": found}


def test_a_leader_keeps_it_with_a_seller_until_they_move_to_another_team() -> None:
    team = [{"id": "north"}, {"id": "south", "from": "2017-02-01"}]
    leaders = {who: {"goals": [cadence(sessions=sessions("2017-02-10"))]} for who in ("lea", "max")}
    book = handbook({"ana": {"team": team}}, {"north": {"leader": "lea"}, "south": {"leader": "max"}}, leaders)
    assert cells(book, "2017-02-28") == {"ana": ["missed", "away"]}
    assert cells(book, "2017-02-28", "max/g") == {"ana": ["away", "kept"]}


def test_quarters_are_those_of_the_handbook() -> None:
    """The first ends on 2 April: a session of 1 April belongs to it."""
    quarters = ["2017-04-02", "2017-07-02", "2017-10-01", "2017-12-31"]
    goal = cadence(per="quarter", sessions=sessions("2017-04-01"))
    period = {"name": "2017", "start": "2017-01-01", "end": "2017-12-31", "quarters": quarters}
    book = handbook({"ana": {}}, leaders={"lea": {"goals": [goal]}}, period=period)
    assert cells(book, "2017-07-02") == {"ana": ["kept", "missed"]}


@pytest.mark.parametrize(
    ("weeks_missed", "status"),
    [
        case("the first missed week is not off track", 1, "on-track"),
        case("nor the second", 2, "on-track"),
        case("the third is five percent of the year", 3, "off-track"),
    ],
)
def test_the_first_missed_weeks_of_a_cadence_say_little(weeks_missed: int, status: str) -> None:
    as_of = ["2017-01-08", "2017-01-15", "2017-01-22"][weeks_missed - 1]
    assert state_of(led(cadence(per="week")), "lea/g", as_of).status == status
