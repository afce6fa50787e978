"""The listings as pages: what they look like, that none grows with the house, and how their filters are written.

`--refresh` rewrites the golden files.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Any

import pytest

from goal_handbook.model.handbook import Handbook
from goal_handbook.pages.lists import filter_style, list_pages
from goal_handbook.pages.page import SitePage
from goal_handbook.pages.render import Renderer
from goal_handbook.pages.routes import Addresses
from goal_handbook.pages.search import SearchEntry
from goal_handbook.status.assessment import assess
from goal_handbook.views.context import ViewContext
from goal_handbook.views.filters import Filter, FilterGroup

from ..site.html_reader import Page
from ..status.make import accounting, adjustment, day, handbook, number, paper

GOLDEN = Path(__file__).parent / "golden"

MOSES = number(
    ("2017-09-30", "54"),
    title="Forty <new> accounts",
    landmarks=[paper("map", "2017-09-30"), {"id": "half", "due": "2017-10-31", "value": "60", "title": "Half & half"}],
    accountings=[accounting("map", "2017-10-02")],
    adjustments=[adjustment("2017-07-01", ("target", "90", "100"))],
    agreed=[{"on": "2017-07-02", "by": ["moses", "lea"]}],
    reviews=[{"on": "2017-10-02", "by": "lea"}],
)
SMALL = handbook(
    {
        "moses": {"name": "Moses & Co", "team": "city", "goals": [MOSES]},
        "ana": {"name": "Ana", "team": "coast", "left": "2017-06-30"},
    },
    {"region": {}, "city": {"part_of": "region", "leader": "lea"}, "coast": {"name": "<Coast>"}},
    {"lea": {"away": [{"from": "2017-10-01", "to": "2017-10-31"}]}},
    locale="en_US",
)


def pages(book: Handbook, addresses: Addresses = Addresses()) -> dict[str, SitePage]:  # noqa: B008 - it is frozen
    """The pages of all listings by route."""
    context = ViewContext(assess(book, day("2017-10-15")))
    return {draft.route: draft.make() for draft in list_pages(context, Renderer(addresses, context.fmt))}


@pytest.mark.parametrize("name", ["people", "landmarks", "changes"])
def test_a_listing_reads_like_this(name: str, request: pytest.FixtureRequest) -> None:
    page, file = pages(SMALL)[f"{name}/index"], GOLDEN / f"{name}.html"
    text = f"{page.html}\n<style>\n{page.style}</style>\n"
    if request.config.getoption("--refresh"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


def company(sellers: int, teams: int) -> Handbook:
    """A house of so many sellers with two landmarks in one month and two decisions each; the target is a landmark."""
    goal: dict[str, Any] = number(
        ("2017-09-30", "50"),
        landmarks=[paper("a", "2017-12-15")],
        adjustments=[adjustment("2017-07-01", ("target", "90", "100"))],
        agreed=[{"on": "2017-07-02", "by": ["x", "y"]}],
    )
    names = (f"{chr(65 + n % 26)}na {n}" for n in range(sellers))
    return handbook(
        {f"s{n}": {"name": name, "team": f"t{n % teams}", "goals": [goal]} for n, name in enumerate(names)},
        {f"t{n}": {} for n in range(teams)},
        {},
        locale="en_US",
    )


@pytest.fixture(scope="module")
def long() -> dict[str, SitePage]:
    """The listings of 500 sellers in 25 teams, each too long for a page."""
    return pages(company(500, 25))


def test_no_page_of_a_listing_grows_with_the_house(long: dict[str, SitePage]) -> None:
    """Of 5,000 sellers in 250 teams, the first pages are as long as of a tenth as many, and the others are bounded."""
    most = {"people": 250_000, "landmarks": 300_000, "changes": 150_000}
    for route, page in pages(company(5_000, 250)).items():
        assert len(page.html.encode()) + len(page.style) < most[route.partition("/")[0]], route
        assert not route.endswith("/index") or abs(len(page.html) - len(long[route].html)) < 200, route


def test_everything_is_on_one_of_the_pages_of_a_long_listing(long: dict[str, SitePage]) -> None:
    parts = "".join(page.html for route, page in long.items() if not route.endswith("/index"))
    assert parts.count('<li class="gh-row gh-who"') == 500
    assert parts.count('<li class="gh-row gh-due"') == 1_000
    assert parts.count('<li class="gh-log__item') == 1_000


@pytest.mark.parametrize("directories", [True, False])
def test_all_pages_of_a_long_listing_are_linked_and_no_link_is_dead(directories: bool) -> None:
    addresses = Addresses(directories)
    found = pages(company(500, 25), addresses)
    linked = set()
    for route, page in found.items():
        own = PurePosixPath(addresses.file(route)).parent
        for address in set(re.findall(r'href="((?:\.\./)+(?:people|landmarks|changes)/[^"#]*)"', page.html)):
            linked.add(normpath(own / address / "index.html" if directories else own / address))
    assert linked == {addresses.file(route) for route in found if not route.endswith("/index")}


def test_only_the_title_of_a_listing_is_searched_and_nothing_of_its_parts(long: dict[str, SitePage]) -> None:
    found = {route: page.search for route, page in long.items()}
    assert found.pop("people/index") == (SearchEntry("", "People"),)
    assert found.pop("landmarks/index") == (SearchEntry("", "Landmarks"),)
    assert found.pop("changes/index") == (SearchEntry("", "Changes"),)
    assert set(found.values()) == {None}


def test_each_filter_is_the_target_of_its_own_link_and_has_one_rule() -> None:
    page = pages(SMALL)["landmarks/index"]
    elements = Page(page.html).elements
    targets = {a["id"] for _, a in elements if a.get("href") == f"#{a.get('id')}"}
    carried = {token for _, a in elements for token in a.get("data-f", "").split()}
    assert set(re.findall(r":has\(#([\w-]+):target\)", page.style)) == targets
    assert targets <= carried
    assert len(page.style.splitlines()) == len(targets)


def test_any_id_of_a_team_makes_a_rule() -> None:
    """Ids begin with a letter or a digit and may look like an anchor of ours."""
    names = ["7", "0-0", "team-7", "leaders", "x" * 64]
    style = filter_style((FilterGroup("Team", tuple(Filter(f"team-{name}", name, 1) for name in names)),))
    assert re.findall(r'#(\S+):target\) \S+ \.gh-part\):not\(\[data-f~="(\S+)"\]', style) == [
        (f"team-{name}", f"team-{name}") for name in names
    ]
