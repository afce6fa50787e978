"""Real builds with snapshots: what search engines and the search find, links, options, and `goals site-at`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goal_handbook.cli import main

from ..changes.story import Story
from .conftest import MKDOCS, Build, run_build
from .html_reader import dead_links, read_page

OPTIONS = "{as_of: 2017-07-31, snapshots: quarter-ends}"


def project(folder: Path, options: str = OPTIONS, more: str = "site_url: https://example.com/\n") -> Story:
    """A handbook that began in January, and whose seller was called something else until May."""
    story = Story(folder)
    site = MKDOCS.replace("- goal-handbook", f"- goal-handbook: {options}") + more
    (folder / "mkdocs.yml").write_text(site, encoding="utf-8")
    (folder / "docs").mkdir()
    (folder / "docs" / "chapter.md").write_text("# A chapter\n", encoding="utf-8")
    story.edit("sellers/moses-frase.yaml", "name: Moses Frase", "name: Canary Frase")
    story.commit("first", "2017-01-20")
    story.edit("sellers/moses-frase.yaml", "name: Canary Frase", "name: Moses Frase")
    story.commit("second", "2017-05-02")
    return story


@pytest.mark.parametrize("addresses", ["", "use_directory_urls: false\n"])
def test_a_site_with_snapshots(tmp_path: Path, addresses: str) -> None:
    """One build: no dead link, nothing of the past is listed or found, and nothing that was taken out is there."""
    done = run_build(project(tmp_path, more=f"site_url: https://example.com/\n{addresses}").folder)
    assert done.code == 0, done.output
    past = sorted((done.site / "at").rglob("*.html"))
    assert {path.relative_to(done.site).parts[1] for path in past} == {"2017-03-31", "2017-06-30"}
    assert dead_links(done.site, [p for p in done.site.rglob("*.html") if p.name != "404.html"]) == []
    assert [path for path in past if 'name="robots" content="noindex"' not in path.read_text(encoding="utf-8")] == []
    today = [path for path in done.site.rglob("sellers/**/*.html") if "at" not in path.relative_to(done.site).parts]
    assert today and not any("noindex" in path.read_text(encoding="utf-8") for path in today)
    assert "/at/" not in (done.site / "sitemap.xml").read_text(encoding="utf-8")
    found = json.loads((done.site / "search" / "search_index.json").read_text(encoding="utf-8"))["docs"]
    assert found and not [entry for entry in found if entry["location"].startswith("at/")]
    assert not [p for p in done.site.rglob("*") if p.is_file() and b"canary" in p.read_bytes().lower()]


def test_the_navigation_of_a_page_of_the_past_stays_on_its_day(tmp_path: Path) -> None:
    done = run_build(project(tmp_path).folder)
    html = done.page("at/2017-06-30/sellers/moses-frase")
    nav = html.partition('<nav class="md-nav md-nav--primary')[2].partition("</nav>\n</div>")[0]
    for link in ("../../changes/", "../../teams/", "../../teams/central/", "../../../../chapter/"):
        assert f'href="{link}"' in nav, link
    assert "Moses Frase (Jun 30, 2017) - Test</title>" in html
    assert "edit/main" not in html
    assert 'rel="alternate"' not in html
    part = done.page("at/2017-06-30/changes/2017-01").partition('<nav class="md-nav md-nav--primary')[2]
    active = re.findall(r'md-nav__item--active">\s*<a href="([^"]*)"', part)
    assert active == ["../"]


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("{snapshots: quarter-end}", 'expected days, found "quarter-end"; did you mean "quarter-ends"?'),
        ("{snapshots: monthly}", 'found "monthly"; write quarter-ends, or a list such as [2017-06-30]'),
        ("{snapshots: 2017-06-30}", 'found "2017-06-30"; write quarter-ends, or a list such as [2017-06-30]'),
        ("{snapshots: ['2017-02-30']}", "February 2017 has 28 days"),
        ("{snapshot: quarter-ends}", 'did you mean "snapshots"?'),
        ("{as_of: 2017-07-31, snapshots: [2017-08-01]}", "2017-08-01 is after the status date, 2017-07-31\n  help: name a day up to 2017-07-31"),
    ],
)  # fmt: skip
def test_a_wrong_option_is_refused_with_a_hint(build: Build, option: str, message: str) -> None:
    done = build(mkdocs=MKDOCS.replace("- goal-handbook", f"- goal-handbook: {option}"))
    assert done.code == 1
    assert message in done.output
    assert "Traceback" not in done.output


def test_days_without_a_handbook_are_left_out_with_a_word(tmp_path: Path) -> None:
    done = run_build(project(tmp_path, "{as_of: 2017-07-31, snapshots: [2017-01-01, 2017-06-30]}").folder)
    assert done.code == 0, done.output
    assert "Snapshots: 2017-01-01 is left out: the first version is of 2017-01-20" in done.output
    assert [path.name for path in (done.site / "at").iterdir()] == ["2017-06-30"]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs `goals` in a project without snapshots."""
    project(tmp_path, "{as_of: 2017-07-31}")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    return lambda *arguments: CliRunner().invoke(main, arguments)


def test_site_at_builds_one_day(run: Callable[..., Result], tmp_path: Path) -> None:
    assert run("site-at", "2017-03-31").output == "built the site of 2017-03-31 in site-at/2017-03-31\n"
    site = tmp_path / "site-at" / "2017-03-31"
    page = read_page(site / "sellers" / "moses-frase" / "index.html")
    assert "The handbook as it stood on Mar 31, 2017." in page.visible
    assert ("meta", {"name": "robots", "content": "noindex"}) in page.elements
    assert dead_links(site, [path for path in site.rglob("*.html") if path.name != "404.html"]) == []
    assert not (site / "at").exists()
    assert run("site-at", "2017-06-30", "--out", str(site)).exit_code == 0
    assert "Jun 30, 2017" in read_page(site / "index.html").visible


def test_a_chapter_may_name_a_goal_that_was_not_there_yet(run: Callable[..., Result], tmp_path: Path) -> None:
    seller = tmp_path / "goals" / "sellers" / "moses-frase.yaml"
    goal = "  - id: talks\n    title: Talks\n    kind: skill\n    landmarks: [{id: x, due: 2017-12-31, deliver: X}]\n"
    seller.write_text(seller.read_text(encoding="utf-8") + goal, encoding="utf-8")
    chapter = "# A chapter\n\n<goal:moses-frase/talks>\n\n::: goal moses-frase/new-business\n"
    (tmp_path / "docs" / "chapter.md").write_text(chapter, encoding="utf-8")
    done = run("site-at", "2017-03-31")
    assert done.output == "built the site of 2017-03-31 in site-at/2017-03-31\n"
    page = read_page(tmp_path / "site-at" / "2017-03-31" / "chapter" / "index.html").visible
    assert "Status as of Mar 31, 2017" in page
    assert 'unknown goal "moses-frase/talks"' in page


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["2017-02-30"], "February 2017 has 28 days"),
        (["2017-08-01"], "2017-08-01 is after the status date, 2017-07-31"),
        (["2017-01-01"], "there is no handbook of 2017-01-01"),
        (["2017-03-31", "--out", "docs"], "docs is not a site of a handbook\n  help: name a new folder with --out"),
        (["2017-03-31", "--dir", "docs"], "no handbook.yaml in docs\n  help: name the folder that contains it"),
    ],
)  # fmt: skip
def test_site_at_says_why_there_is_none(
    run: Callable[..., Result], tmp_path: Path, arguments: list[str], message: str
) -> None:
    before = sorted(tmp_path.rglob("*"))
    done = run("site-at", *arguments)
    assert done.exit_code == 2
    assert message in done.output
    assert sorted(tmp_path.rglob("*")) == before


def test_site_at_needs_the_site_of_the_handbook(run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").rename(tmp_path / "other.yml")
    done = run("site-at", "2017-03-31")
    assert done.exit_code == 2
    assert "no mkdocs.yml beside goals\n  help: name the folder that contains both with --dir" in done.output
