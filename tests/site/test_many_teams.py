"""Home and the list of teams in a house of very many teams: no page grows with them, and each team is listed."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest

from goal_handbook.changes.history import History
from goal_handbook.pages.page import SitePage
from goal_handbook.site import SiteSettings, build_site
from goal_handbook.status.assessment import assess

from ..status.make import day, handbook, number

AS_OF = day("2017-10-15")
#: A page of a list of fifty, with a row for each, is some 140 kB.
MOST = 150_000
PAGES = re.compile(r"index\Z|teams/(?:index\Z|by-name/)")
TEAM_LINK = re.compile(r'<th scope="row"><a href="[^"]*?([\w-]+)/">')


@cache
def pages_of(teams: int, in_one: bool = False) -> dict[str, SitePage]:
    """Home and the list of a house of so many teams, the last of them far off track; or of those inside one team."""
    goals = [number(("2017-09-30", "90")), number(("2017-09-30", "5"))]
    around = {"part_of": "world"} if in_one else {}
    there: dict[str, Any] = {f"team-{n:04}": {"goals": [goals[n == teams - 1]]} | around for n in range(teams)}
    book = handbook({}, there | ({"world": {}} if in_one else {}), locale="en_US")
    site = build_site(book, assess(book, AS_OF), History(), SiteSettings())
    return {draft.route: draft.make() for draft in site.drafts if PAGES.match(draft.route)}


def teams_on(page: SitePage) -> list[str]:
    return TEAM_LINK.findall(page.html)


@pytest.mark.parametrize("in_one", [False, True])
def test_no_page_of_many_teams_grows_with_their_number(in_one: bool) -> None:
    some, many = pages_of(300, in_one), pages_of(1_000, in_one)
    assert max(len(page.html) for page in many.values()) < MOST
    for route in ("index", "teams/index"):
        assert abs(len(many[route].html) - len(some[route].html)) < 100  # digits of the counts
        assert len(many[route].branch) == len(some[route].branch)


def test_home_shows_the_worst_of_many_teams_and_leads_to_all() -> None:
    home = pages_of(1_000)["index"]
    assert len(teams_on(home)) == 20
    assert teams_on(home)[0] == "team-0999"
    assert 'and 980 more, <a href="teams/">with all other teams</a>' in home.html


def test_the_one_team_that_all_are_in_is_followed_by_the_worst_of_them() -> None:
    pages = pages_of(1_000, in_one=True)
    for route in ("index", "teams/index"):
        assert teams_on(pages[route])[:2] == ["world", "team-0999"]
        assert len(teams_on(pages[route])) == 21


def test_each_of_many_teams_is_listed_once_from_a_to_z() -> None:
    sheets = [page for route, page in pages_of(1_000, in_one=True).items() if "/by-name/" in route]
    listed = [team for page in sheets for team in teams_on(page)]
    assert len(sheets) == 21
    assert listed == [*(f"team-{n:04}" for n in range(1_000)), "world"]


@pytest.mark.parametrize(("teams", "shown"), [(40, 40), (41, 20)])
def test_home_shows_all_teams_at_the_top_up_to_forty(teams: int, shown: int) -> None:
    assert len(teams_on(pages_of(teams)["index"])) == shown


def test_up_to_a_hundred_teams_are_on_one_page() -> None:
    pages = pages_of(100)
    assert [*pages] == ["index", "teams/index"]
    assert len(teams_on(pages["teams/index"])) == 100
    assert "gh-letters" not in pages["teams/index"].html


def test_counts_in_the_thousands_are_written_as_the_language_does() -> None:
    pages = pages_of(1_002)
    assert '<span class="gh-pill__count">1,002</span>' in pages["teams/index"].html
    assert '<span class="gh-card__count">1,001</span>' in pages["index"].html
