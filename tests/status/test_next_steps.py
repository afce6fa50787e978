"""What is next, and for whom: one list a person (status.md#what-is-next)."""

from __future__ import annotations

from typing import Any

import pytest

from goal_handbook.model.handbook import Handbook
from goal_handbook.status.assessment import Assessment, assess
from goal_handbook.status.coming import Coming, OwedNow, SessionsDue, concerned, next_steps, questions_left, waiting_for
from goal_handbook.status.meetings import happened_since, last_meetings

from .make import accounting, case, day, handbook, number, paper, step, value

Q2 = paper("q2", "2017-06-30")
#: Reviewed and agreed, so that nothing else is owed.
CALM = {"reviews": [{"on": "2017-07-10", "by": "lea"}], "agreed": [{"on": "2017-01-02", "by": ["ana", "lea"]}]}


def region(*goals: dict[str, Any], **more: Any) -> Handbook:
    """Ana in a city that nobody leads, in a region that Lea leads."""
    return handbook(
        {"ana": {"team": "city", "goals": [{"id": f"g{n}", **CALM, **goal} for n, goal in enumerate(goals)]}},
        {"region": {"leader": "lea"}, "city": {"part_of": "region", "goals": more.get("city", [])}},
        {"lea": {"goals": more.get("lea", [])}},
    )


def on(book: Handbook, as_of: str = "2017-07-20") -> Assessment:
    return assess(book, day(as_of))


def steps(assessment: Assessment, who: str) -> tuple[Coming, ...]:
    return next_steps(assessment, who, concerned(assessment).get(who, ()), 30)


def found(book: Handbook, who: str, as_of: str = "2017-07-20") -> list[tuple[str, str, int]]:
    """Somebody's next steps: their kind, what they are about, and the days left."""
    return [
        (item.owed.kind if isinstance(item, OwedNow) else item.kind, item.name, item.days_left)
        for item in steps(on(book, as_of), who)
    ]


@pytest.mark.parametrize(
    ("goal", "expected"),
    [
        case("the next landmark, however far away", {"landmarks": [paper("q4", "2017-12-20")]}, [("landmark", "q4", 153)]),
        case(
            "and all within thirty days, but not the one after",
            {"landmarks": [paper("a", "2017-08-01"), paper("b", "2017-08-19"), paper("c", "2017-08-20")]},
            [("landmark", "a", 12), ("landmark", "b", 30)],
        ),
        case("an accounting that is owed", {"landmarks": [Q2]}, [("accounting", "q2", -16)]),
        case("nothing for what is met", {"landmarks": [paper("q2", "2017-06-30", "2017-06-30")]}, []),
        case("nothing for a closed goal", {"landmarks": [Q2], "closed": {"on": "2017-07-01", "result": "partly"}}, []),
        case(
            "a question that the last review left, however far the next review is",
            {"reviews": [{"on": "2017-07-19", "by": "lea", "next": "Is it still a goal?"}]},
            [("review", "", 29 + 1)],
        ),
    ],
)  # fmt: skip
def test_a_sellers_list_has_what_they_owe_and_what_is_due(goal: dict[str, Any], expected: list[Any]) -> None:
    steps = [item for item in found(region(goal), "ana") if item[0] != "review" or "reviews" in goal]
    assert steps == expected


def test_what_is_owed_comes_first_by_kind_and_then_what_is_due_by_day() -> None:
    goals = (
        {"landmarks": [paper("q3", "2017-07-25")]},
        {"landmarks": [Q2]},
        {"reviews": [{"on": "2017-06-01", "by": "lea"}]},
    )
    assert [kind for kind, _, _ in found(region(*goals), "ana", "2017-07-22")] == [
        "accounting", "review", "landmark", "review", "review",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("promised", "who"),
    [
        case("by the leader it is the leader's", {"who": "lea"}, {"lea"}),
        case("by the seller it is the seller's", {"who": "ana"}, {"ana"}),
        case("by nobody it is the owner's", {}, {"ana"}),
        case("by somebody who is not in the handbook it stays with the owner", {"who": "the-printer"}, {"ana"}),
    ],
)
def test_a_step_is_on_the_list_of_whoever_promised_it(promised: dict[str, str], who: set[str]) -> None:
    plan = accounting("q2", "2017-07-05") | {"plan": [step(due="2017-07-28") | promised]}
    book = region({"landmarks": [Q2], "accountings": [plan]})
    assert {p for p in ("ana", "lea") if ("step", "Call Isdom", 8) in found(book, p)} == who
    waited_for = waiting_for(on(book).by_owner["ana"], "ana")
    assert [item.step.step.who for item in waited_for] == [who for who in promised.values() if who != "ana"]


def test_a_step_without_a_day_is_due_with_its_goal() -> None:
    plan = accounting("q2", "2017-07-05") | {"plan": [step()]}
    assert ("step", "Call Isdom", 164) in found(region({"landmarks": [Q2], "accountings": [plan]}), "ana")


def test_what_a_team_owes_is_for_the_nearest_leader_above() -> None:
    book = region(city=[{"landmarks": [Q2], "reviews": CALM["reviews"]}])
    assert found(book, "lea") == [("accounting", "q2", -16), ("review", "", 21)]


def test_whoever_has_left_is_asked_for_nothing_and_their_leader_what_becomes_of_their_goals() -> None:
    book = handbook({"ana": {"team": "north", "left": "2017-07-01", "goals": [CALM | {"landmarks": [Q2]}]}})
    assert found(book, "ana") == []
    assert found(book, "lea") == [("handover", "", -19)]


@pytest.mark.parametrize(
    ("held", "left", "people"),
    [
        case("none yet", [], 2, ("ana", "ben")),
        case("one of the two", ["ana"], 1, ("ben",)),
        case("both", ["ana", "ben"], 0, ()),
    ],
)
def test_sessions_that_are_missing_in_the_current_period_are_next(
    held: list[str], left: int, people: tuple[str, ...]
) -> None:
    cadence = {"kind": "support", "measure": {"cadence": {"times": "1", "per": "month", "with": "each-seller"}}}
    goal = cadence | {"sessions": [{"on": "2017-07-10", "with": who} for who in held]}
    book = handbook({"ana": {}, "ben": {}}, leaders={"lea": {"goals": [goal]}})
    missing = [item for item in steps(on(book), "lea") if isinstance(item, SessionsDue)]
    assert [(item.left, item.people, item.days_left) for item in missing] == ([(left, people, 11)] if left else [])


def test_the_questions_of_open_goals_are_left() -> None:
    asked = {"reviews": [{"on": "2017-07-10", "by": "lea", "next": "Still a goal?"}]}
    book = region(asked, {}, asked | {"closed": {"on": "2017-07-15", "result": "partly"}})
    assert [(goal.full_id, text) for goal, text in questions_left(on(book).goals.values())] == [
        ("ana/g0", "Still a goal?")
    ]


def test_the_last_meeting_is_the_last_session_with_somebody_whoever_held_it() -> None:
    sessions = [
        {"on": d, "with": who} for d, who in (("2017-03-01", "ana"), ("2017-05-01", "ana"), ("2017-04-01", "ben"))
    ]
    cadence = {"kind": "support", "measure": {"cadence": {"times": "1", "per": "month", "with": "each-seller"}}}
    book = handbook({"ana": {}, "ben": {}, "cleo": {}}, leaders={"lea": {"goals": [cadence | {"sessions": sessions}]}})
    assert last_meetings(book) == {"ana": day("2017-05-01"), "ben": day("2017-04-01")}


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        case("without a day everything, the latest first", None, ["2017-07-04", "2017-05-20"]),
        case("after the first only the second", "2017-05-20", ["2017-07-04"]),
        case("on the day of the last nothing", "2017-07-04", []),
    ],
)
def test_what_has_happened_since_a_day(since: str | None, expected: list[str]) -> None:
    book = region({"landmarks": [paper("may", "2017-05-31", "2017-05-20"), Q2]})
    happened = happened_since(on(book).by_owner["ana"], day(since) if since else None)
    assert [item.day.isoformat() for item in happened] == expected


def test_a_step_that_was_taken_has_happened() -> None:
    plan = accounting("q2", "2017-07-05") | {"plan": [step(done="2017-07-12")]}
    happened = happened_since(on(region({"landmarks": [Q2], "accountings": [plan]})).by_owner["ana"], day("2017-07-10"))
    assert [item.day.isoformat() for item in happened] == ["2017-07-12"]


def test_leaders_meet_first_whose_worst_status_is_worst_and_then_who_owes_most() -> None:
    slow = number(("2017-07-15", "30"), landmarks=[value("q4", "2017-12-20", "90")])
    book = handbook(
        {"ana": {"goals": [CALM]}, "ben": {"goals": [slow]}, "cleo": {"goals": [{"landmarks": [Q2]}]}, "dan": {}}
    )
    assessment = on(book)
    assert sorted(("ana", "ben", "cleo", "dan"), key=assessment.need) == ["cleo", "ben", "ana", "dan"]
