"""The pages of snapshots: their addresses, and the way from day to day."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

import pytest

from goal_handbook.pages.page import Site, SitePage
from goal_handbook.pages.routes import STYLE
from goal_handbook.site import SiteSettings
from goal_handbook.snapshots.publish import site_at

from ..changes.story import Story
from ..site.html_reader import Page
from .book import MOSES, add, edit, remove, site_of, taken

DAYS = ("2017-02-28", "2017-04-30")
NEW = "name: Anna\nteam: central\n"


@pytest.fixture
def story(tmp_path: Path) -> Story:
    """Anna joined in March."""
    story = Story(tmp_path)
    story.commit("first", "2017-01-20")
    add("sellers/anna.yaml", NEW)(story)
    story.commit("Anna", "2017-03-10")
    return story


def page(site: Site, route: str) -> SitePage:
    return next(page for page in site.pages if page.route == route)


def stops(site: Site, route: str) -> dict[str, str]:
    """Where the strip of a page leads: the address from the root, by what the link says."""
    strip = page(site, route).html.partition("</nav>")[0]
    here = PurePosixPath("/", route) if route.endswith("index") else PurePosixPath("/", route, "index")
    return {word: _resolved(here, href) for href, word in re.findall('<a href="([^"]*)"[^>]*>([^<]*)</a>', strip)}


def _resolved(here: PurePosixPath, href: str) -> str:
    parts: list[str] = []
    for part in (here.parent / href).parts[1:]:
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/".join(parts)


def test_the_strip_leads_to_the_same_page_on_each_day(story: Story) -> None:
    site = site_of(story, *DAYS)
    expected = {
        "Feb 28": "at/2017-02-28/sellers/moses-frase",
        "Apr 30": "at/2017-04-30/sellers/moses-frase",
        "Today": "sellers/moses-frase",
    }
    for route in expected.values():
        assert stops(site, route) == expected


def test_where_there_is_no_such_page_it_leads_to_the_first_of_that_day(story: Story) -> None:
    site = site_of(story, *DAYS)
    assert stops(site, "sellers/anna") == {
        "Feb 28": "at/2017-02-28",
        "Apr 30": "at/2017-04-30/sellers/anna",
        "Today": "sellers/anna",
    }


def test_a_renamed_person_is_followed(story: Story) -> None:
    remove("sellers/anna.yaml")(story)
    add("sellers/anna-bo.yaml", NEW + "formerly: anna\n")(story)
    site = site_of(story, *DAYS)
    assert stops(site, "sellers/anna-bo")["Apr 30"] == "at/2017-04-30/sellers/anna"
    assert stops(site, "at/2017-04-30/sellers/anna")["Today"] == "sellers/anna-bo"


def test_a_page_says_on_which_stop_it_is(story: Story) -> None:
    site = site_of(story, *DAYS)
    here = {"Today": "teams/index", "Feb 28": "at/2017-02-28/teams/index", "Apr 30": "at/2017-04-30/teams/index"}
    for word, route in here.items():
        assert f'aria-current="page">{word}</a>' in page(site, route).html
        assert page(site, route).html.count("aria-current") == 1


def test_a_page_of_the_past_says_so_and_leads_to_todays(story: Story) -> None:
    site = site_of(story, *DAYS)
    past = Page(page(site, "at/2017-04-30/sellers/anna").html)
    assert "The handbook as it stood on Apr 30, 2017. Today's page" in " ".join(past.visible.split())
    assert "../../../../sellers/anna/" in past.links
    assert "as it stood" not in page(site, "sellers/anna").html


def test_a_page_says_whose_files_count_if_those_of_the_day_had_errors(story: Story) -> None:
    edit(MOSES, "team: central", "team: nowhere")(story)
    story.commit("with errors", "2017-04-20")
    edit(MOSES, "team: nowhere", "team: central")(story)
    html = page(site_of(story, "2017-04-30"), "at/2017-04-30/index").html
    assert "The files of that day had errors. This is the version of Mar 10, 2017, the last one without." in html


def test_every_file_of_a_day_is_in_its_folder(story: Story) -> None:
    site = site_of(story, *DAYS)
    names = [page.route for page in site.pages] + [name for name, _ in (*site.files, *site.redirects)]
    assert len(names) == len(set(names))
    assert sum(name == STYLE or name.endswith("handbook.css") for name in names) == 1
    assert "at/2017-02-28/handbook.json" in names
    assert "at/2017-02-28/g/moses-frase/new-business/index.html" in names


def test_only_today_has_files_for_other_programs_and_sheets_for_the_next_meetings(story: Story) -> None:
    site = site_of(story, *DAYS)
    names = {*(page.route for page in site.pages), *(name for name, _ in site.files)}
    only_today = {"landmarks.ics", "changes.xml", "handbook.schema.json", "badges/moses-frase.svg"}
    only_today |= {"sellers/moses-frase/new-business.csv", "leaders/dustin-brinkmann/sheets"}
    assert only_today <= names
    assert not {f"at/{DAYS[1]}/{name}" for name in only_today} & names
    assert {name for name in names if name.startswith("at/") and "." in name} == {f"at/{d}/handbook.json" for d in DAYS}
    past = [page for page in site.pages if page.folder]
    assert past and not any(page.feed or page.calendar or "sheet" in page.html for page in past)
    assert all(page.feed and page.calendar for page in site.pages if not page.folder)


def test_from_a_part_of_a_list_it_leads_to_the_list_where_there_is_no_such_part(story: Story) -> None:
    edit(MOSES, "target: 260_000", "target: 250_000")(story)
    story.commit("without a word", "2017-03-15")
    site = site_of(story, *DAYS)
    assert stops(site, "changes/2017-03") == {
        "Feb 28": "at/2017-02-28/changes",
        "Apr 30": "at/2017-04-30/changes/2017-03",
        "Today": "changes/2017-03",
    }
    assert stops(site, "leaders/dustin-brinkmann/sheets")["Apr 30"] == "at/2017-04-30/leaders/dustin-brinkmann"


def test_without_snapshots_nothing_changes(story: Story) -> None:
    site = site_of(story)
    assert "gh-walk" not in "".join(page.html for page in site.pages)
    assert not [page.route for page in site.pages if page.stood_on or page.folder]


def test_a_page_shows_the_eight_days_nearest_to_its_own(story: Story) -> None:
    days = [f"2017-{month:02}-{day}" for month in range(2, 8) for day in (15, 25)]
    site = site_of(story, *days)
    shown = {route: [*stops(site, route)] for route in ("index", "at/2017-02-15/index", "at/2017-05-15/index")}
    assert shown["index"] == ["Apr 15", "Apr 25", "May 15", "May 25", "Jun 15", "Jun 25", "Jul 15", "Jul 25", "Today"]
    assert shown["at/2017-02-15/index"][0::7] == ["Feb 15", "May 25"]
    assert shown["at/2017-05-15/index"][4] == "May 15"


def test_days_of_several_years_have_their_year(tmp_path: Path) -> None:
    story = Story(tmp_path)
    edit("handbook.yaml", "start: 2017-01-01", "start: 2016-07-01")(story)
    story.commit("first", "2016-07-10")
    assert [*stops(site_of(story, "2016-08-31", "2017-04-30"), "index")] == ["Aug 31, 2016", "Apr 30, 2017", "Today"]


def test_a_seller_costs_a_page_of_the_past_nothing(story: Story) -> None:
    def size() -> int:
        return len(page(site_of(story, *DAYS), "at/2017-04-30/sellers/anna").html)

    before = size()
    for number in range(40):
        add(f"sellers/seller-{number}.yaml", f"name: Seller {number}\nteam: central\n")(story)
    story.commit("more", "2017-03-20")
    assert size() == before


def test_a_site_of_one_day_has_its_pages_at_their_own_addresses(story: Story) -> None:
    (snapshot,) = taken(story, "2017-02-28").found
    site = site_at(snapshot, SiteSettings())
    assert "sellers/moses-frase" in [page.route for page in site.pages]
    html = page(site, "sellers/moses-frase").html
    assert "The handbook as it stood on <strong>Feb 28, 2017</strong>.</p>" in html
    assert "gh-walk" not in html
