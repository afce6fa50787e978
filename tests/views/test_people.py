"""The list of people: who is in it, under which letter, with what, and how it is split."""

from __future__ import annotations

from typing import Any

import pytest

from goal_handbook.model.handbook import Handbook
from goal_handbook.status.assessment import assess
from goal_handbook.views.context import ViewContext
from goal_handbook.views.listing import Place
from goal_handbook.views.people import PeopleView, PersonRow, people_views

from ..status.make import case, day, handbook, number

AS_OF = "2017-10-15"


def views(book: Handbook, entries: int = 400) -> list[PeopleView]:
    return list(people_views(ViewContext(assess(book, day(AS_OF))), entries))


def rows(book: Handbook) -> dict[str, PersonRow]:
    [view] = views(book)
    return {row.person.id: row for part in view.letters for row in part.people}


def region(sellers: dict[str, Any]) -> Handbook:
    """A region that Lea leads, with a city that Max leads."""
    teams = {"region": {"leader": "lea"}, "city": {"part_of": "region", "leader": "max"}, "coast": {}}
    return handbook({i: {"team": "city"} | data for i, data in sellers.items()}, teams, {"lea": {}, "max": {}})


def test_everybody_is_listed_by_name_under_a_letter() -> None:
    book = region({"a": {"name": "Moses"}, "b": {"name": "émile"}, "c": {"name": "Ana"}, "d": {"name": "Ana"}})
    [view] = views(book)
    assert {part.letter: [row.person.id for row in part.people] for part in view.letters} == {
        "A": ["c", "d"],
        "E": ["b"],
        "L": ["lea"],
        "M": ["max", "a"],
    }
    assert [(stop.label, stop.anchor, stop.place) for stop in view.stops] == [
        (part.letter, part.anchor, None) for part in view.letters
    ]


def test_a_row_says_how_much_of_the_main_target_is_reached_and_what_is_worst() -> None:
    main = number(("2017-09-30", "54"))
    skill = {"id": "s", "kind": "skill", "landmarks": [{"id": "q2", "due": "2017-06-30", "deliver": "A paper"}]}
    ana = rows(region({"ana": {"goals": [skill, main]}}))["ana"]
    assert ana.attainment == "54%"
    assert ana.chip
    assert ana.chip.badge.label == "Needs accounting"


def test_nobody_is_said_to_have_reached_anything_without_a_target() -> None:
    found = rows(region({"ana": {"goals": [number()]}, "ben": {}}))
    assert [(found[i].attainment, bool(found[i].chip)) for i in ("ana", "ben")] == [("", True), ("", False)]


def test_a_filter_by_a_team_keeps_the_people_of_its_subteams_and_who_leads_it() -> None:
    book = region({"ana": {}, "ben": {"team": "coast"}})
    found = rows(book)
    kept = {team: {i for i, row in found.items() if f"team-{team}" in row.filters} for team in book.teams}
    assert kept == {"region": {"lea", "max", "ana"}, "city": {"max", "ana"}, "coast": {"ben"}}
    [view] = views(book)
    assert [(one.label, one.count) for group in view.filters for one in group.filters] == [
        ("Coast", 1),
        ("Region", 3),
        ("City", 2),
    ]


def test_where_there_is_one_team_there_is_nothing_to_filter() -> None:
    [view] = views(handbook({"ana": {}, "ben": {}}))
    assert view.filters == ()


def test_whoever_leads_many_teams_is_not_followed_by_all_of_them() -> None:
    book = handbook({}, {f"t{n}": {"leader": "lea"} for n in range(9)})
    lea = rows(book)["lea"]
    assert ([team.id for team in lea.teams], lea.more) == (["t0", "t1", "t2"], 6)


@pytest.mark.parametrize(
    ("dates", "left", "away", "employed"),
    [
        case("on the last day", {"left": "2017-10-15"}, "", "", 1),
        case("the day after", {"left": "2017-10-14"}, "Oct 14, 2017", "", 0),
        case("on leave", {"away": [{"from": "2017-10-15", "to": "2017-11-02"}]}, "", "Nov 2, 2017", 1),
        case("back from leave", {"away": [{"from": "2017-10-01", "to": "2017-10-14"}]}, "", "", 1),
    ],
)
def test_a_row_says_who_is_away_and_who_has_left(dates: dict[str, Any], left: str, away: str, employed: int) -> None:
    book = region({"ana": dates})
    ana, [view] = rows(book)["ana"], views(book)
    assert (ana.left, ana.away) == (left, away)
    assert (view.sellers, view.leaders, view.left) == (employed, 2, 1 - employed)


def test_a_long_list_has_a_page_for_each_letter_and_sheets_for_a_long_one() -> None:
    names = ["Ana", "Bo", "Bea", "Bill", "Ян", "3PO"]
    book = handbook({f"s{n}": {"name": name} for n, name in enumerate(names)}, leaders={})
    assert len(views(book, 6)) == 1
    first, *pages = views(book, 2)
    assert first.letters == ()
    assert [(stop.label, stop.place, stop.count) for stop in first.stops] == [
        ("A", Place("a"), 1),
        ("B", Place("b"), 3),
        ("Я", Place("u042f"), 1),
        ("#", Place("other"), 1),
    ]
    assert [(page.place, [row.person.name for part in page.letters for row in part.people]) for page in pages] == [
        (Place("a"), ["Ana"]),
        (Place("b"), ["Bea", "Bill"]),
        (Place("b", 2), ["Bo"]),
        (Place("u042f"), ["Ян"]),
        (Place("other"), ["3PO"]),
    ]
    assert [bool(page.turn) for page in pages] == [False, True, True, False, False]
    assert pages[1].turn
    assert (pages[1].turn.previous, pages[1].turn.next) == (None, Place("b", 2))
