"""The tables of sellers and of teams: who comes first, what the cells say, and how many rows a page has at most."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from goal_handbook.model.handbook import Handbook
from goal_handbook.pages.render import Renderer
from goal_handbook.pages.routes import Addresses
from goal_handbook.reports.status import status_data
from goal_handbook.source.load import load
from goal_handbook.status.assessment import assess
from goal_handbook.views.context import ViewContext
from goal_handbook.views.heatmap import ROWS_SHOWN, MainGoal, SellerRow, sellers_table, teams_table
from goal_handbook.views.team import team_view
from goal_handbook.views.teams import teams_view

from ..status.make import accounting, case, day, handbook, number, paper, value

ROOT = Path(__file__).parent.parent.parent
GOLDEN = Path(__file__).parent / "golden" / "team.html"
AS_OF = "2017-07-31"


def main(*checkins: tuple[str, str], **more: Any) -> dict[str, Any]:
    """A production goal with a number, 100 deals by the end of the year unless said otherwise."""
    return number(*checkins, kind="production", **more)


#: By 15 July 53 of 100 are expected: these are off track, at risk, on track, and reached.
FAR, NEAR, GOOD, DONE = (main(("2017-07-15", reached)) for reached in ("30", "50", "60", "100"))
MISSED = {"id": "paper", "landmarks": [paper("q2", "2017-06-30")]}


def context(book: Handbook, as_of: str = AS_OF) -> ViewContext:
    return ViewContext(assess(book, day(as_of)))


def sellers(goals: dict[str, list[dict[str, Any]]], as_of: str = AS_OF, **more: Any) -> list[SellerRow]:
    """The rows of sellers with these goals, all of one team."""
    book = handbook({name: {"goals": theirs} | more.get(name, {}) for name, theirs in goals.items()}, locale="en_US")
    return list(sellers_table(context(book, as_of), book.members["north"]).rows)


def main_of(goal: dict[str, Any], as_of: str = AS_OF) -> MainGoal:
    """The cells of a seller's one goal."""
    [row] = sellers({"ana": [goal]}, as_of)
    assert row.main
    return row.main


def ids(rows: Iterable[Any]) -> list[str]:
    return [row.person.id for row in rows]


# Who comes first


@pytest.mark.parametrize(
    ("goals", "order"),
    [
        case("by the main number", {"ana": [GOOD], "ben": [NEAR], "cid": [FAR]}, ["cid", "ben", "ana"]),
        case("by the worst of all goals", {"ana": [NEAR], "ben": [GOOD, MISSED]}, ["ben", "ana"]),
        case("of the same status by the pace", {"ana": [FAR], "ben": [main(("2017-07-15", "20"))]}, ["ben", "ana"]),
        case("else by name", {"ben": [GOOD], "ana": [GOOD]}, ["ana", "ben"]),
        case("who has reached it after who is on the way", {"ana": [DONE], "ben": [GOOD]}, ["ben", "ana"]),
        case("who has no goals at the end", {"ana": [], "ben": [DONE]}, ["ben", "ana"]),
    ],
)
def test_whoever_needs_something_most_comes_first(goals: dict[str, list[dict[str, Any]]], order: list[str]) -> None:
    assert ids(sellers(goals)) == order


@pytest.mark.parametrize(
    ("left", "order", "text"),
    [
        case("on the last day it is as ever", "2017-07-31", ["ben", "ana"], ""),
        case("with open goals somebody has to close them", "2017-07-30", ["ben", "ana"], "Jul 30, 2017"),
    ],
)
def test_who_has_left_stays_in_place_while_something_is_owed(left: str, order: list[str], text: str) -> None:
    rows = sellers({"ana": [GOOD], "ben": [FAR]}, ben={"left": left})
    assert (ids(rows), rows[0].left) == (order, text)


def test_who_has_left_and_owes_nothing_comes_last() -> None:
    closed = FAR | {"closed": {"on": "2017-07-20", "result": "missed", "note": "Left"}}
    rows = sellers({"ana": [closed], "ben": [DONE]}, ana={"left": "2017-07-20"})
    assert ids(rows) == ["ben", "ana"]


def test_teams_come_by_their_main_number_and_not_by_the_worst_goal_inside() -> None:
    """In a large team some goal is always off track."""
    teams: dict[str, Any] = {"north": {"goals": [GOOD]}, "south": {"goals": [NEAR]}, "west": {}}
    book = handbook({"ana": {"goals": [FAR]}, "ben": {"team": "west", "goals": [FAR]}}, teams, locale="en_US")
    assert ids(teams_table(context(book), book.top_teams).rows) == ["west", "south", "north"]


# What the cells say


@pytest.mark.parametrize(
    ("goal", "cells"),
    [
        case("behind", main(("2017-03-31", "20"), ("2017-07-15", "30")), ("30%", "70 deals", "56%", "2.9 deals", "1.6 deals", True)),
        case("ahead", main(("2017-03-31", "20"), ("2017-07-15", "60")), ("60%", "40 deals", "112%", "1.7 deals", "2.6 deals", False)),
        case("as fast as ever is not faster", main(("2017-02-12", "42"), ("2017-07-16", "48"), target="216"), ("22%", "168 deals", "41%", "7 deals", "7 deals", False)),
        case("reached", main(("2017-07-15", "120")), ("120%", "", "224%", "", "", False)),
        case("nothing yet", main(), ("", "", "", "", "", False)),
        case("too few readings for a rate", main(("2017-01-15", "3")), ("3%", "97 deals", "", "1.9 deals", "", False)),
        case("nothing done so far is no rate to compare with", main(("2017-07-15", "0")), ("0%", "100 deals", "0%", "4.1 deals", "", False)),
        case("closed", main(("2017-07-15", "30"), closed={"on": "2017-07-20", "result": "partly", "note": "So"}), ("30%", "", "56%", "", "", False)),
    ],
)  # fmt: skip
def test_a_row_says_how_far_the_main_number_is(goal: dict[str, Any], cells: tuple[Any, ...]) -> None:
    found = main_of(goal)
    shown = (found.attained, found.to_go, found.of_curve, found.needed, found.best, found.is_steep)
    assert shown == cells


def test_on_the_last_day_nothing_is_needed_a_week() -> None:
    goal = main(("2017-12-30", "90"))
    assert main_of(goal, "2017-12-30").needed == "70 deals"
    assert main_of(goal, "2017-12-31").needed == ""


@pytest.mark.parametrize(
    ("goals", "shown"),
    [
        case("the first production goal with a number", [{"id": "p", "kind": "production"}, GOOD, FAR | {"id": "h"}], "g"),
        case("an open one before a closed one", [GOOD | {"id": "h", "closed": {"on": "2017-07-20", "result": "partly", "note": "So"}}, FAR], "g"),
        case("a closed one where none is open", [GOOD | {"closed": {"on": "2017-07-20", "result": "partly", "note": "So"}}], "g"),
        case("no number of another kind", [number(kind="skill"), {"id": "p", "kind": "production"}], None),
    ],
)  # fmt: skip
def test_which_goal_a_row_is_about(goals: list[dict[str, Any]], shown: str | None) -> None:
    """All others have a cell of their own, in the order of the file."""
    [row] = sellers({"ana": goals})
    assert (row.main and row.main.ref.full_id) == (f"ana/{shown}" if shown else None)
    assert [cell.ref.full_id for cell in row.others] == [f"ana/{i}" for g in goals if (i := g.get("id", "g")) != shown]


def test_a_cell_says_that_a_goal_is_recovering_and_how_one_has_ended() -> None:
    goal = main(("2017-06-30", "49"), landmarks=[value("q2", "2017-06-30", "50")], accountings=[accounting("q2", "2017-07-08")])  # fmt: skip
    closed = {"id": "done", "closed": {"on": "2017-07-20", "result": "achieved", "note": "So"}}
    [row] = sellers({"ana": [goal, closed]})
    assert row.main
    assert (row.main.chip.badge.label, row.main.chip.extra) == ("At risk", "recovering")
    assert [(cell.chip.badge.label, cell.chip.extra) for cell in row.others] == [("Closed", "achieved")]


def test_squares_say_which_month_and_which_status() -> None:
    found = main_of(main(("2017-03-31", "25"), ("2017-05-31", "30")))
    assert [square.title for square in found.months] == [
        "Jan 31: Not started",
        "Feb 28: Not started",
        "Mar 31: On track",
        "Apr 30: On track",
        "May 31: At risk",
        "Jun 30: At risk",
    ]


def test_1_1s_are_those_held_of_those_due() -> None:
    talks = {
        "id": "talks", "kind": "support", "measure": {"cadence": {"times": "1", "per": "month", "with": "each-seller"}},
        "sessions": [{"on": "2017-01-10", "with": "ana"}, {"on": "2017-07-10", "with": "ben"}],
    }  # fmt: skip
    book = handbook({"ana": {}, "ben": {}}, leaders={"lea": {"goals": [talks]}})
    rows = sellers_table(context(book), book.members["north"]).rows
    assert {row.person.id: row.held for row in rows} == {"ana": "1 of 7", "ben": "1 of 7"}
    assert [r.held for r in sellers_table(context(book, "2017-01-15"), book.members["north"]).rows] == ["", ""]


def test_a_team_says_what_has_changed_since_the_end_of_last_month() -> None:
    """Ana's goal was at risk in June and is on track, Ben's the other way round; Cid's goal has just begun."""
    ana = main(("2017-06-30", "46"), ("2017-07-15", "60"))
    ben = main(("2017-06-30", "50"), ("2017-07-15", "50"))
    cid = main(("2017-07-15", "10"), start="2017-07-01")
    teams: dict[str, Any] = {
        "all": {"goals": [main(target="300", measure={"rollup": "sum"})]},
        "north": {"part_of": "all"},
    }
    goals = {"ana": ana, "ben": ben, "cid": cid}
    book = handbook({i: {"goals": [goal | {"supports": "all/g"}]} for i, goal in goals.items()}, teams, locale="en_US")
    table = teams_table(context(book), book.top_teams)
    [row] = table.rows
    assert (table.since, table.months) == ("Jun 30", "Jan, Feb, Mar, Apr, May and Jun")
    assert (row.sellers, row.better, row.worse) == (3, 1, 1)
    assert row.coverage
    assert (row.coverage.badge.label, row.coverage.extra) == ("Covered", "100%")


def test_in_the_first_month_there_are_no_squares_and_nothing_since() -> None:
    book = handbook({"ana": {"goals": [GOOD]}})
    table = teams_table(context(book, "2017-01-31"), book.top_teams)
    assert (table.since, table.months, table.rows[0].better, table.rows[0].worse) == ("", "", 0, 0)


# How many rows there are at most


@pytest.mark.parametrize(("many", "more"), [(ROWS_SHOWN, 0), (ROWS_SHOWN + 1, 1), (ROWS_SHOWN * 3, ROWS_SHOWN * 2)])
def test_a_page_does_not_grow_with_its_team(many: int, more: int) -> None:
    """Neither its table, nor what the leader does with them, nor what they can do; the worst are shown."""
    talks = {
        "id": "t",
        "kind": "support",
        "measure": {"cadence": {"times": "1", "per": "month", "with": "each-seller"}},
    }
    names = [f"s{n:03}" for n in range(many)]
    people = {name: {"goals": [GOOD]} for name in names} | {names[-1]: {"goals": [FAR]}}
    abilities = {name: {"estimate": "5", "goal": "g"} for name in names}
    teams: dict[str, Any] = {"north": {"leader": "lea", "context": {"abilities": abilities}}}
    book = handbook(people, teams, {"lea": {"goals": [talks]}})
    view = team_view(context(book), book.teams["north"])
    assert (len(view.members.rows), view.members.more) == (ROWS_SHOWN, more)
    assert (len(view.support[0].grid.rows), view.support[0].more) == (ROWS_SHOWN, more)
    assert (len(view.abilities), view.abilities_more) == (ROWS_SHOWN, more)
    assert view.members.rows[0].person.id == names[-1]


@pytest.mark.parametrize(("many", "rows"), [(ROWS_SHOWN, ROWS_SHOWN), (ROWS_SHOWN + 1, 2)])
def test_the_list_of_teams_has_subteams_only_while_all_of_them_fit(many: int, rows: int) -> None:
    teams: dict[str, Any] = {"east": {}, "west": {}} | {f"t{n:03}": {"part_of": "east"} for n in range(many - 2)}
    view = teams_view(context(handbook({}, teams)))
    assert (len(view.teams.rows), bool(view.stops)) == (rows, rows < many)


def test_subteams_follow_the_team_they_are_part_of() -> None:
    teams: dict[str, Any] = {
        "east": {"goals": [GOOD]}, "e1": {"part_of": "east", "goals": [GOOD]}, "e2": {"part_of": "east", "goals": [FAR]},
        "west": {"goals": [FAR]}, "w1": {"part_of": "west"}, "w11": {"part_of": "w1"},
    }  # fmt: skip
    view = teams_view(context(handbook({}, teams)))
    assert [(row.person.id, row.depth) for row in view.teams.rows] == [
        ("west", 0), ("w1", 1), ("w11", 2), ("east", 0), ("e2", 1), ("e1", 1),
    ]  # fmt: skip


# What the page shows


def rendered(view: object, book: Handbook, template: str = "team.html", route: str = "teams/north") -> str:
    return Renderer(Addresses(), ViewContext(assess(book, day(AS_OF))).fmt).render(template, route, view=view)


def page(book: Handbook, team: str = "north") -> str:
    """The HTML of a team's page."""
    return rendered(team_view(context(book), book.teams[team]), book)


def test_a_team_reads_like_this(request: pytest.FixtureRequest) -> None:
    """What needs attention first: the teams inside, the sellers, what is owed; the golden file is refreshed."""
    talks = {
        "id": "talks", "kind": "support", "measure": {"cadence": {"times": "1", "per": "month", "with": "each-seller"}},
        "sessions": [{"on": "2017-01-10", "with": ["ana", "ben"]}, {"on": "2017-07-10", "with": "ana"}],
    }  # fmt: skip
    total = main(target="250", measure={"rollup": "sum"}, title="Win 250 deals together")
    teams: dict[str, Any] = {
        "north": {"leader": "lea", "goals": [total]},
        "coast": {"part_of": "north", "goals": [NEAR]},
    }
    people: dict[str, Any] = {
        "ana": {"goals": [main(("2017-03-31", "20"), ("2017-07-15", "60"), title="Close 100 deals", supports="g"), MISSED]},
        "ben": {"goals": [main(("2017-03-31", "20"), ("2017-07-15", "30"), title="Win 100 deals", supports="g")]},
        "cid": {"left": "2017-06-30"},
    }  # fmt: skip
    book = handbook(people, teams, {"lea": {"goals": [talks]}}, locale="en_US")
    html = page(book)
    shown = html[: html.index('<h2 id="_owed">')]
    if request.config.getoption("--refresh"):
        GOLDEN.write_text(shown, encoding="utf-8")
    assert shown == GOLDEN.read_text(encoding="utf-8")


def test_the_page_begins_with_what_needs_attention() -> None:
    teams: dict[str, Any] = {"north": {"context": {"market": "Retail"}, "goals": [FAR]}, "coast": {"part_of": "north"}}
    sections = re.findall(r'<h2 id="(\w+)">', page(handbook({"ana": {"goals": [MISSED]}}, teams)))
    assert sections == ["_teams", "_sellers", "_owed", "_context", "_goals"]


HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>{{ 7*7 }}'


def test_hostile_names_and_titles_are_text() -> None:
    goals = [main(("2017-07-15", "30"), title=HOSTILE), MISSED | {"title": HOSTILE}]
    teams: dict[str, Any] = {"north": {"goals": [main(title=HOSTILE)]}, "coast": {"part_of": "north", "name": HOSTILE}}
    book = handbook({"ana": {"name": HOSTILE, "goals": goals}}, teams)
    for html in (page(book), rendered(teams_view(context(book)), book, "teams.html", "teams/index")):
        assert "<script" not in html
        assert "<img" not in html
        assert HOSTILE in unescape(html)


def test_a_column_in_which_nobody_has_anything_is_left_out() -> None:
    html = page(handbook({"ana": {"goals": [GOOD]}}))
    assert re.findall(r'<th scope="col">([^<]*)</th>', html)[:6] == [
        "Seller",
        "Number",
        "Of target",
        "Of curve",
        "To go",
    ]


def test_every_cell_names_its_column() -> None:
    """On a narrow screen the head of the table is not shown."""
    html = page(handbook({"ana": {"goals": [FAR, MISSED]}}))
    [table] = re.findall(r"<table class=\"gh-table gh-heat__table\".*?</table>", html, re.DOTALL)
    heads = re.findall(r'<th scope="col">([^<]*)</th>', table)
    assert re.findall(r'<td data-label="([^"]*)"', table) == heads[1:]


def test_nothing_is_shown_by_colour_alone() -> None:
    """Every coloured mark has words: its own, its title, or those of the whole row of squares."""
    html = page(handbook({"ana": {"goals": [FAR, MISSED]}, "ben": {"goals": [GOOD]}}))
    for row in re.findall(r'<span class="gh-months".*?</span></span>', html):
        squares = re.findall(r'title="([^"]*)"', row)
        assert len(squares) == 6
        assert f'role="img" aria-label="{", ".join(squares)}"' in row
    for badge in re.findall(r'<span class="gh-badge [^>]*>(.*?)</span>', html):
        assert badge


# One answer


def test_every_number_in_the_tables_is_in_the_data() -> None:
    """In the whole example."""
    book = load(ROOT / "goals", "goals").handbook
    assert book
    found = context(book, "2017-10-15")
    data, fmt = status_data(found.assessment, found.assessment.goals), found.fmt
    month_ends = [month.on for month in found.assessment.months]
    assert data["handbook"]["month_ends"] == [str(on) for on in month_ends]
    members = [row for team in book.teams.values() for row in team_view(found, team).members.rows]
    assert sorted(ids(members)) == sorted(book.sellers)
    for row in members:
        owner = data["owners"][row.person.id]
        assert row.owed == len(owner["owed"])
        held = owner["one_to_ones"]
        assert row.held == (f"{held['held']} of {held['due']}" if held and held["due"] else "")
        assert (row.main and row.main.ref.full_id) == owner["main_goal"]
        for ref, chip in [(cell.ref, cell.chip) for cell in (row.main, *row.others) if cell]:
            assert chip.badge.label.lower().replace(" ", "-") == data["goals"][ref.full_id]["status"]
    lines = teams_view(found).teams.rows
    assert sorted(ids(lines)) == sorted(book.teams)
    for line in lines:
        team = data["owners"][line.person.id]
        assert (line.sellers, line.better, line.worse) == (team["sellers"], *team["changed"].values())
        assert {c.badge.label.lower().replace(" ", "-"): c.count for c in line.counts} == team["with_members"]
    for cells in filter(None, [*(row.main for row in members), *(line.main for line in lines)]):
        goal = data["goals"][cells.ref.full_id]
        labels = [square.title.partition(": ")[2].lower().replace(" ", "-") for square in cells.months]
        assert labels == goal["months"]
        reached = goal["attainment"]
        assert cells.attained == (fmt.percent(Fraction(str(reached["ratio"]))) if reached else "")
        assert cells.of_curve == (fmt.percent(Fraction(str(goal["pace"]))) if goal["pace"] is not None else "")
        unit, gap = goal["unit"] or "", Decimal(str(reached["gap"])) if reached else Decimal(0)
        assert cells.to_go == (fmt.gap(gap, unit) if gap > 0 and goal["status"] != "closed" else "")
