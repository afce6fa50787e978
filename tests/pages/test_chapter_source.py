"""A chapter's Markdown with what it places filled in means the same as the chapter does with the plugin."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from markdown import Markdown

from goal_handbook.pages.chapter_source import with_placed
from goal_handbook.pages.chapters import Chapters
from goal_handbook.site import SiteSettings, build_site
from goal_handbook.source.load import load
from goal_handbook.workspace import evaluate

from ..site.html_reader import Page
from ..site.test_chapters import FILES, ON_TRACK, PLACES
from ..status.make import case, day

DEALS = '<a href="sellers/ana.md#deals">Forty deals &amp; more</a>'
EXTENSIONS = ["admonition", "footnotes", "md_in_html", "tables", "fenced_code", "toc"]


@pytest.fixture
def chapters(goals: Callable[..., Path]) -> Chapters:
    workspace = evaluate(load(goals(FILES), "goals"), day("2017-07-15"), day("2017-07-15"))
    assert workspace.handbook
    assert workspace.assessment
    settings = SiteSettings(link_sources=True)
    return build_site(workspace.handbook, workspace.assessment, workspace.history, settings).chapters


def html(chapters: Chapters, text: str, route: str = "our-year") -> str:
    filled, misplaced = with_placed(text, route, chapters)
    assert misplaced == []
    return Markdown(extensions=EXTENSIONS).convert(filled)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        case("a goal by its id alone shows its title and its status", "<goal:ana/deals>", f"{DEALS} {ON_TRACK}"),
        case("so does a link without words", "[](goal:ana/deals)", f"{DEALS} {ON_TRACK}"),
        case("brackets around it stay", "(<goal:ana/deals>)", f"({DEALS} {ON_TRACK})"),
        case("your own words are a plain link", "[the *deals*](goal:ana/deals)", '<a href="sellers/ana.md#deals">the <em>deals</em></a>'),
        case("a link keeps its title", '[x](goal:ana/deals "Since May")', '<a href="sellers/ana.md#deals" title="Since May">x</a>'),
        case("a link may be defined elsewhere", "[x][d]\n\n[d]: goal:ana/deals", '<a href="sellers/ana.md#deals">x</a>'),
        case("a person goes by name", "<person:ana>", '<a href="sellers/ana.md">Ana &lt;Abel&gt;</a>'),
        case("a team goes by name", "[](team:north)", '<a href="teams/north.md">North</a>'),
        case("code is left alone", "`<goal:ana/deals>`", "<code>&lt;goal:ana/deals&gt;</code>"),
    ],
)  # fmt: skip
def test_a_link_becomes(chapters: Chapters, text: str, expected: str) -> None:
    assert html(chapters, text) == f"<p>{expected}</p>"


@pytest.mark.parametrize("text", PLACES)
def test_a_link_works_in(chapters: Chapters, text: str) -> None:
    assert f"{DEALS} {ON_TRACK}" in html(chapters, text)


def test_links_lead_up_from_a_folder(chapters: Chapters) -> None:
    assert 'href="../../sellers/ana.md#deals"' in html(chapters, "<goal:ana/deals>", "how/we/sell")


def test_a_goal_is_placed_below_the_heading_it_is_under_and_the_day_after_the_last(chapters: Chapters) -> None:
    shown = html(chapters, "# A\n\n### B\n\n::: goal ana/deals\n\nmore\n\n::: goals owner=ana\n\nend\n")
    page = Page(shown)
    headings = [tag for tag, _ in page.elements if tag in {"h1", "h2", "h3", "h4"}]
    assert headings[:3] == ["h1", "h3", "h4"]
    assert page.visible.count("Status as of") == 1
    assert shown.index("more") < shown.index("Status as of") < shown.index("end")


def test_the_same_goal_twice_has_two_anchors(chapters: Chapters) -> None:
    page = Page(html(chapters, "::: goal ana/deals\n\n::: goal ana/deals\n"))
    assert {"ana/deals", "ana/deals_2"} <= page.anchors


def test_a_block_in_an_admonition_stays_in_it(chapters: Chapters) -> None:
    shown = html(chapters, "!!! note\n\n    first\n\n    ::: goals owner=ana\n\nafter\n")
    assert shown.index("first") < shown.index("Forty deals") < shown.index("</div></p>\n</div>\n<p>after")


def test_a_fence_shows_a_block_instead_of_filling_it_in(chapters: Chapters) -> None:
    assert "::: goal ana/deals" in html(chapters, "```\n::: goal ana/deals\n```\n")


@pytest.mark.parametrize(
    ("text", "word", "message"),
    [
        case("a goal", "See <goal:ana/dials>.", "ana/dials", 'unknown goal "ana/dials"'),
        case("a goal for leaders", "[x](goal:west/secret)", "west/secret", 'unknown goal "west/secret"'),
        case("a goal in a block", "\n::: goal ana/dials", "ana/dials", 'unknown goal "ana/dials"'),
        case("a filter", "::: goals status=fine", "fine", 'unknown status "fine"'),
        case("a part of Home", "::: home nxt", "nxt", 'unknown part of Home "nxt"'),
    ],
)
def test_a_wrong_name_is_found_where_it_is(chapters: Chapters, text: str, word: str, message: str) -> None:
    _, misplaced = with_placed(text, "our-year", chapters)
    assert [(one.offset, one.problem.message) for one in misplaced] == [(text.index(word), message)]
