"""The list of landmarks: in which order, kept by which filters, and how it is split."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from goal_handbook.model.handbook import Handbook
from goal_handbook.source.load import load
from goal_handbook.status.assessment import assess, count_landmarks
from goal_handbook.views.context import ViewContext
from goal_handbook.views.landmarks import LandmarksView, MonthView, landmarks_views
from goal_handbook.views.listing import Place

from ..status.make import case, day, handbook, paper

EXAMPLE = Path(__file__).parent.parent.parent / "goals"


def context(book: Handbook, as_of: str = "2017-10-15") -> ViewContext:
    return ViewContext(assess(book, day(as_of)))


def views(book: Handbook, entries: int = 400, as_of: str = "2017-10-15") -> list[LandmarksView]:
    return list(landmarks_views(context(book, as_of), entries))


def owner(*dues: str, **more: Any) -> dict[str, Any]:
    """An owner with a goal and landmarks on these days."""
    return {"goals": [{"landmarks": [paper(f"l{n}", due) for n, due in enumerate(dues)]}]} | more


def region(**owners: dict[str, Any]) -> Handbook:
    """A region that Lea leads, its city, and a coast of its own."""
    teams = {"region": {"leader": "lea"}, "city": {"part_of": "region"}, "coast": {}}
    own = {team: data | owners.pop(team, {}) for team, data in teams.items()}
    leader = owners.pop("lea", {})
    return handbook({i: {"team": "city"} | data for i, data in owners.items()}, own, {"lea": leader})


@pytest.mark.parametrize(
    ("as_of", "ahead", "over"),
    [
        case("in the middle of the year", "2017-10-31", ["2017-10", "2017-12"], ["2017-09", "2017-03"]),
        case("in a month without any", "2017-11-15", ["2017-12"], ["2017-10", "2017-09", "2017-03"]),
        case("after the last", "2018-02-01", [], ["2017-12", "2017-10", "2017-09", "2017-03"]),
    ],
)
def test_the_page_opens_at_the_current_month(as_of: str, ahead: list[str], over: list[str]) -> None:
    book = region(ana=owner("2017-03-31", "2017-09-30", "2017-10-01", "2017-12-31"))
    [view] = views(book, as_of=as_of)
    assert ([month.anchor for month in view.ahead], [month.anchor for month in view.over]) == (ahead, over)
    assert [stop.anchor for stop in view.stops] == ["2017-03", "2017-09", "2017-10", "2017-12"]
    assert [stop.anchor for stop in view.stops if stop.is_current] == ahead[:1]


def test_months_of_one_year_are_called_by_their_names_alone() -> None:
    [one_year] = views(region(ana=owner("2017-03-31", "2017-09-30")))
    [two] = views(region(ana=owner("2017-03-31", "2018-03-31")))
    assert [stop.label for stop in one_year.stops] == ["Mar", "Sep"]
    assert [stop.label for stop in two.stops] == ["March 2017", "March 2018"]


def kept(view: LandmarksView, anchor: str) -> list[str]:
    """Whose landmarks a filter keeps."""
    entries = (entry for month in (*view.ahead, *view.over) for entry in month.landmarks)
    return sorted(entry.ref.owner.id for entry in entries if anchor in entry.filters)


def test_a_filter_by_a_team_keeps_what_is_counted_as_the_team_s() -> None:
    due = owner("2017-03-31")
    book = region(ana=due, ben=due | {"team": "coast"}, region=due, city=due, lea=due)
    [view] = views(book)
    assert kept(view, "team-region") == ["ana", "city", "region"]
    assert kept(view, "team-city") == ["ana", "city"]
    assert kept(view, "leaders") == ["lea"]
    [teams, *_] = view.filters
    assert [one.label for one in teams.filters] == ["Coast", "Region", "City", "Leaders"]


@pytest.mark.parametrize("as_of", ["2017-07-20", "2017-10-02", "2017-10-15", "2017-11-10"])
def test_the_example_s_filters_say_the_same_numbers_as_its_other_pages(as_of: str) -> None:
    book = load(EXAMPLE, "goals").handbook
    assert book
    found = context(book, as_of)
    [view] = list(landmarks_views(found))
    shown = {one.anchor: one.count for group in view.filters for one in group.filters}
    goals = found.assessment
    counted = {f"status-{status}": count for status, count in count_landmarks(goals.goals.values()).items()}
    counted |= {f"team-{team}": sum(count_landmarks(inside).values()) for team, inside in goals.in_team.items()}
    assert {anchor: count for anchor, count in shown.items() if anchor in counted} == counted
    assert view.total == sum(count_landmarks(goals.goals.values()).values())
    assert sum(stop.count for stop in view.stops) == view.total


def whose(months: tuple[MonthView, ...]) -> list[list[str]]:
    return [[entry.ref.owner.id for entry in month.landmarks] for month in months]


def test_a_long_list_has_a_page_for_each_month_and_a_long_month_is_in_the_order_of_the_teams() -> None:
    november = {i: owner("2017-11-01") | {"team": team} for i, team in (("a", "city"), ("b", "coast"), ("c", "city"))}
    book = region(**november, d=owner("2017-10-01", "2017-11-30", team="coast"))
    assert len(views(book, 5)) == 1
    first, *pages = views(book, 3)
    assert (first.ahead, first.over, first.total) == ((), (), 5)
    assert [(stop.place, stop.count, stop.is_current) for stop in first.stops] == [
        (Place("2017-10"), 1, True),
        (Place("2017-11"), 4, False),
    ]
    assert [(page.place, whose(page.ahead)) for page in pages] == [
        (Place("2017-10"), [["d"]]),
        (Place("2017-11"), [["b", "d", "a"]]),
        (Place("2017-11", 2), [["c"]]),
    ]
    assert pages[1].turn
    assert (pages[1].turn.number, pages[1].turn.of, pages[1].turn.next) == (1, 2, Place("2017-11", 2))
    assert [stop.label for stop in pages[1].stops if stop.is_current] == ["Nov"]


def test_a_seller_s_landmarks_are_those_of_the_team_they_are_in_now() -> None:
    moved = [{"id": "city"}, {"id": "coast", "from": "2017-06-01"}]
    [view] = views(region(ana=owner("2017-03-31", team=moved), ben=owner("2017-03-31")))
    assert kept(view, "team-coast") == ["ana"]
    assert kept(view, "team-city") == ["ben"]


def test_a_handbook_without_landmarks_has_an_empty_list() -> None:
    [view] = list(landmarks_views(ViewContext(assess(handbook({}), datetime.date(2017, 10, 15)))))
    assert (view.total, view.stops, view.ahead, view.over, view.filters) == (0, (), (), (), ())
