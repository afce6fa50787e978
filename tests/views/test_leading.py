"""What a leader sees: everything the teams answer for, also those of the leaders below, and who needs attention."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from goal_handbook.model.handbook import Handbook
from goal_handbook.reports.due import DueView, due_data, due_text, due_view
from goal_handbook.reports.markup import Style
from goal_handbook.status.assessment import assess
from goal_handbook.views import badge
from goal_handbook.views.context import ViewContext
from goal_handbook.views.goal_card import goal_card
from goal_handbook.views.home import home_view
from goal_handbook.views.leader import LeaderView, leader_view
from goal_handbook.views.team import team_view

from ..status.make import accounting, case, day, handbook, number, paper, value

AS_OF = "2017-07-31"
REVIEWED = [{"on": "2017-07-15", "by": "lea"}]
AGREED = [{"on": "2017-01-02", "by": ["ana", "ben", "lea"]}]
PAPER = paper("q2", "2017-06-30")
#: A goal that owes nothing: it was reviewed and agreed.
CALM = {"reviews": REVIEWED, "agreed": AGREED}


def region(**goals: dict[str, Any]) -> Handbook:
    """A region that Lea leads, its city that Max leads, its coast that nobody leads, and a seller in each of the two."""
    own = {owner: {"goals": [CALM | goal]} for owner, goal in goals.items()}
    parts = {
        "region": {"leader": "lea"},
        "city": {"part_of": "region", "leader": "max"},
        "coast": {"part_of": "region"},
    }
    sellers = {"ana": {"team": "city"}, "ben": {"team": "coast"}}
    return handbook(
        {i: data | own.get(i, {}) for i, data in sellers.items()},
        {i: data | own.get(i, {}) for i, data in parts.items()},
        {i: own.get(i, {}) for i in ("lea", "max")},
        locale="en_US",
    )


def context(book: Handbook) -> ViewContext:
    return ViewContext(assess(book, day(AS_OF)))


def page_of(book: Handbook, leader: str = "lea") -> LeaderView:
    """A leader's page."""
    return leader_view(context(book), book.leaders[leader])


def due(book: Handbook, owner: str) -> DueView:
    return due_view(context(book), 14, owner)


# What is owed


@pytest.mark.parametrize("owner", ["region", "city", "coast", "ana", "ben", "max"])
def test_a_leaders_lists_have_what_is_owed_below_each_once(owner: str) -> None:
    """By teams, their subteams, their sellers, and the leaders of the subteams."""
    book = region(**{owner: {"landmarks": [PAPER]}})
    assert [o.ref.full_id for o in page_of(book).teams_owe] == [f"{owner}/g"]
    assert [item.goal.full_id for item, _ in due(book, "lea").owed] == [f"{owner}/g"]


def test_what_a_leader_owes_is_not_what_the_teams_owe() -> None:
    book = region(lea={"landmarks": [PAPER]})
    assert (page_of(book).teams_owe, len(page_of(book).owed)) == ((), 1)
    assert len(due(book, "lea").owed) == 1
    assert due(book, "max").owed == ()


def test_the_next_round_is_with_the_leaders_who_report_and_the_sellers_nobody_else_leads() -> None:
    book = region(max={"landmarks": [PAPER]})
    assert [row.person.id for row in page_of(book).agenda] == ["max", "ben"]
    assert [row.person.id for row in page_of(book, "max").agenda] == ["ana"]
    assert [item.what for item in page_of(book).agenda[0].items] == ["A paper by Jun 30, 2017 was missed"]


# Support

HALF_HOURS = {"kind": "support", "measure": {"cadence": {"times": "1", "per": "month", "with": "each-seller"}}}


def test_an_upper_teams_page_shows_the_cadence_with_the_sellers_of_its_subteams() -> None:
    book = region(lea={**HALF_HOURS, "sessions": [{"on": "2017-01-10", "with": "ben"}]})
    [support] = team_view(context(book), book.teams["region"]).support
    assert [(row.person and row.person.id, row.sum) for row in support.grid.rows] == [("ben", "1 of 7")]


def test_a_team_without_a_seller_of_the_cadence_does_not_show_it() -> None:
    """Lea also leads the city, where Ana is, so her half hours are with Ana, and none with the region's other team."""
    teams: dict[str, Any] = {"region": {"leader": "lea"}, "city": {"leader": "lea"}}
    book = handbook({"ana": {"team": "city"}}, teams, {"lea": {"goals": [HALF_HOURS]}})
    shown = {team: len(team_view(context(book), book.teams[team]).support) for team in teams}
    assert shown == {"region": 0, "city": 1}


# Who needs attention

SLOW = number(("2017-07-15", "30"))
RECOVERING = {"landmarks": [PAPER, paper("q4", "2017-12-31")], "accountings": [accounting("q2", "2017-07-10")]}


@pytest.mark.parametrize(
    ("goal", "label", "what"),
    [
        case("off track", SLOW, "Off track", "56% of the agreed curve; the rest has to go 1.51 times as fast as agreed"),
        case("recovering", RECOVERING, "At risk", "recovering from a missed landmark"),
        case(
            "recovering with a number",
            number(("2017-07-10", "54"), landmarks=[value("q2", "2017-06-30", "55")], accountings=[accounting("q2", "2017-07-08")]),
            "At risk",
            "94% of the agreed curve; the rest has to go 1.09 times as fast as agreed, recovering from a missed landmark",
        ),
    ],
)  # fmt: skip
def test_whoever_owes_nothing_but_is_behind_is_not_said_to_be_fine(goal: dict[str, Any], label: str, what: str) -> None:
    """On the agenda for the 1:1, and in what is due, where nothing else would speak of it."""
    book = region(ben=goal)
    [row] = [row for row in page_of(book).agenda if row.person.id == "ben"]
    assert [(item.badge.label, item.what) for item in row.items if item.badge.label != "Upcoming"] == [(label, what)]

    view = due(book, "ben")
    assert (view.owed, [(found.badge, found.what) for found in view.behind]) == ((), [(label, what)])
    lines = due_text(view, Style("terminal")).splitlines()
    assert lines[2].startswith("0 things owed, 1 goal off track or at risk, ")
    assert f"- {label}: A goal – {what}" in lines
    [data] = due_data(view, day(AS_OF))["behind"]
    assert (data["goal"], data["status"]) == ("ben/g", label.lower().replace(" ", "-"))


def test_a_seller_who_is_fine_has_nothing_on_the_agenda() -> None:
    assert [
        row.items for row in page_of(region(ben=number(("2017-07-15", "60")))).agenda if row.person.id == "ben"
    ] == [()]


# Who is counted


def test_heads_are_those_of_people_who_have_not_left() -> None:
    """Ben left in June: the page of Home says one seller, and so does the region's card."""
    book = region()
    ben = book.sellers["ben"].model_copy(update={"left": day("2017-06-30")})
    found = context(replace(book, sellers={**book.sellers, "ben": ben}))
    assert home_view(found).people == "1 seller in 3 teams"
    assert [(row.person.id, row.sellers) for row in home_view(found).teams.rows] == [("region", 1)]


def test_a_capacity_is_compared_with_a_number_of_the_teams_own() -> None:
    """Nobody supports the goal: it has no coverage, and still more than can be handled."""
    capacity = {"capacity": [{"what": "Fitters", "limit": "80", "goal": "g"}]}
    book = handbook({}, {"north": {"leader": "lea", "context": capacity, "goals": [number()]}}, locale="en_US")
    [row] = team_view(context(book), book.teams["north"]).capacity
    assert row.not_compared == ""
    [shown] = goal_card(context(book), context(book).assessment.goals["north/g"]).capacities
    assert (shown.badge.label, shown.used) == (badge.CAPACITY[True].label, "125%")
