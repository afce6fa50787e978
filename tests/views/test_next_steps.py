"""Next steps in words, and the agenda of a leader."""

from __future__ import annotations

from typing import Any

import pytest

from goal_handbook.model.handbook import Handbook
from goal_handbook.status.assessment import assess
from goal_handbook.views.agenda import AgendaRow, agenda_row
from goal_handbook.views.context import ViewContext
from goal_handbook.views.next_steps import SHOWN, NextSteps, next_steps_view
from goal_handbook.views.reviews import reviews_view

from ..status.make import accounting, case, day, handbook, number, paper, step, value

AS_OF = "2017-07-20"
Q2 = paper("q2", "2017-06-30")
CALM = {"reviews": [{"on": "2017-07-10", "by": "lea"}], "agreed": [{"on": "2017-01-02", "by": ["ana", "lea"]}]}


def house(*goals: dict[str, Any], lea: dict[str, Any] | None = None) -> Handbook:
    """Ana, whom Lea leads."""
    ana = {"goals": [{"id": f"g{n}", **CALM, **goal} for n, goal in enumerate(goals)]}
    return handbook({"ana": ana, "ben": {}}, leaders={"lea": lea or {}}, locale="en_US")


def steps_of(book: Handbook, who: str = "ana") -> NextSteps:
    return next_steps_view(ViewContext(assess(book, day(AS_OF))), who)


def planned(**terms: str) -> dict[str, Any]:
    return {"landmarks": [Q2], "accountings": [accounting("q2", "2017-07-05") | {"plan": [step(**terms)]}]}


@pytest.mark.parametrize(
    ("goal", "line"),
    [
        case("an accounting", {"landmarks": [Q2]}, ("Accounting owed", "Jul 4, 2017", "for 16 days", "A paper by Jun 30, 2017 was missed")),
        case("a number on its way", number(("2017-07-10", "54"), landmarks=[value("q3", "2017-09-30", "75")]), ("Upcoming", "Sep 30, 2017", "in 72 days", "75 deals: 21 deals to go, 1.8 deals a week")),
        case("a number nobody has reported", number(landmarks=[value("q3", "2017-09-30", "75")]), ("Upcoming", "Sep 30, 2017", "in 72 days", "75 deals")),
        case("a landmark within its days of grace", {"landmarks": [paper("a", "2017-07-18")]}, ("Due soon", "Jul 18, 2017", "2 days ago, within grace", "A paper")),
        case("a step", planned(due="2017-07-21"), ("Step", "Jul 21, 2017", "tomorrow", "Call Isdom")),
        case("a step that is overdue", planned(due="2017-07-15"), ("Step", "Jul 15, 2017", "5 days overdue", "Call Isdom")),
        case("a step without a day", planned(), ("Step", "any day", "", "Call Isdom")),
        case("a review", {"landmarks": []}, ("Review", "Aug 10, 2017", "in 21 days", "Look at the goal together")),
    ],
)  # fmt: skip
def test_a_next_step_says_when_what_and_how_much(goal: dict[str, Any], line: tuple[str, str, str, str]) -> None:
    assert line in [(s.badge.label, s.day, s.distance, s.text) for s in steps_of(house(goal)).first]


def test_a_question_is_shown_as_it_was_asked() -> None:
    [asked] = steps_of(house({"reviews": [{"on": "2017-07-10", "by": "lea", "next": "Is it *still* a goal?"}]})).first
    assert (asked.badge.label, asked.text, asked.prose) == ("Question", "", "Is it *still* a goal?")


def test_sessions_are_with_those_who_are_missing() -> None:
    cadence = {"kind": "support", "measure": {"cadence": {"times": "1", "per": "month", "with": "each-seller"}}}
    sessions = next(s for s in steps_of(house(lea={"goals": [cadence]}), "lea").first if s.badge.label == "Sessions")
    assert (sessions.text, sessions.day) == ("Meet Ana and Ben", "Jul 31, 2017")


def test_a_step_somebody_else_promised_is_waited_for_and_is_on_their_list() -> None:
    book = house(planned(due="2017-07-15", who="lea"))
    [waiting] = steps_of(book).waiting
    assert (waiting.text, waiting.who.name, waiting.overdue) == ("Call Isdom", "Lea", "5 days overdue")
    [promised] = [s for s in steps_of(book, "lea").first if s.badge.label == "Step"]
    assert (promised.text, promised.owner and promised.owner.name, promised.overdue) == ("Call Isdom", "Ana", True)


def test_more_than_a_few_steps_are_folded_away() -> None:
    view = steps_of(house(*({"landmarks": [Q2]} for _ in range(SHOWN + 2))))
    assert (len(view.first), len(view.first) + len(view.more)) == (SHOWN, 2 * (SHOWN + 2))


# The agenda


def row_of(book: Handbook) -> AgendaRow:
    return agenda_row(ViewContext(assess(book, day(AS_OF))), book.sellers["ana"], "lea")


def test_an_agenda_says_what_the_leader_has_promised() -> None:
    row = row_of(house(planned(due="2017-07-15", who="lea")))
    assert [(i.badge.label, i.what) for i in row.items][:1] == [
        ("You promised", "Call Isdom: due on Jul 15, 2017, 5 days overdue")
    ]


def test_an_agenda_says_what_has_happened_since_the_last_meeting() -> None:
    cadence = {"kind": "support", "measure": {"cadence": {"times": "1", "per": "month", "with": "each-seller"}}}
    lea = {"goals": [cadence | {"sessions": [{"on": "2017-06-15", "with": "ana"}]}]}
    met, before = paper("q2", "2017-06-30", "2017-06-20"), paper("q1", "2017-03-31", "2017-03-20")
    row = row_of(house({"landmarks": [before, met]}, lea=lea))
    assert (row.last, [(n.badge.label, n.what, n.on) for n in row.news]) == (
        "Jun 15, 2017",
        [("Met", "A paper", "Jun 20, 2017")],
    )


def test_an_agenda_brings_the_question_of_the_last_review_back() -> None:
    row = row_of(house({"reviews": [{"on": "2017-07-10", "by": "lea", "next": "Still a goal?"}]}))
    assert [(i.badge.label, i.prose) for i in row.items] == [("Question", "Still a goal?")]


def test_reviews_list_everybody_who_is_met_whoever_needs_it_most_first() -> None:
    book = handbook(
        {"ana": {"goals": [CALM]}, "ben": {"goals": [{"landmarks": [Q2]}]}, "cleo": {"left": "2017-06-30"}},
        locale="en_US",
    )
    view = reviews_view(ViewContext(assess(book, day(AS_OF))))
    assert [(r.leader.id, r.row.person.id) for r in view.rows] == [("lea", "ben"), ("lea", "ana")]
    assert [(listed.heading.title, len(listed.shown)) for listed in view.owed] == [
        ("Accountings owed", 1),
        ("Agreements to renew", 1),
        ("Reviews due", 1),
    ]
