"""What the site shows of the git history: the commit of each decision, silent changes, and nothing it must not."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import feedparser
import pytest

from ..changes.story import Story
from .conftest import MKDOCS, Built, run_build
from .test_audience import bytes_with_canaries

MOSES = "sellers/moses-frase.yaml"
SITE = MKDOCS.replace("- goal-handbook", '- goal-handbook: {as_of: "2017-07-31"}')

Published = Callable[..., Built]


@pytest.fixture
def story(tmp_path: Path) -> Story:
    """A project with one commit."""
    story = Story(tmp_path)
    (tmp_path / "mkdocs.yml").write_text(SITE, encoding="utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "chapter.md").write_text("# A chapter\n", encoding="utf-8")
    (tmp_path / ".gitignore").write_text("site/\n.site-*/\n", encoding="utf-8")
    story.commit("The goals of 2017", "2017-07-11")
    return story


def visible(html: str) -> str:
    """Return the text of a page, in one line."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_a_decision_links_to_its_commit(story: Story) -> None:
    commit = story.git("rev-parse", "HEAD")
    done = run_build(story.folder)
    assert done.code == 0, done.output
    link = f'<a class="gh-commit" href="https://example.com/commit/{commit}"'
    assert link in done.page("sellers/moses-frase")
    assert link in done.page("changes")


def test_an_agreement_shows_who_committed_it_and_on_which_day(story: Story) -> None:
    signed = "      - {on: 2017-07-12, by: BY}\n    checkins:\n"
    story.edit(MOSES, "    checkins:\n", signed.replace("BY", "moses-frase"))
    author = "--author=Moses Frase <canary@maventech.example>"
    story.git("commit", "--quiet", "--all", author, "--message", "agreed", day="2017-07-14")
    done = run_build(story.folder)
    assert "committed by Moses Frase on Jul 14" in visible(done.page("sellers/moses-frase"))
    assert "both names came in one commit by dustin " in visible(done.page("changes"))
    assert bytes_with_canaries(done.site) == []


def test_a_commit_that_everything_came_in_is_said_once(story: Story) -> None:
    """On a goal's card, and of a month on the page of changes; who brought both names of an agreement is still said."""
    commit = story.git("rev-parse", "HEAD")
    done = run_build(story.folder)
    for page in (done.page("sellers/moses-frase").partition('id="negotiation"')[2], done.page("changes")):
        assert page.count(f"<code>{commit[:8]}</code>") == 1
        assert f"All in commit {commit[:8]} by dustin on Jul 11" in visible(page)
        assert "both names came in one commit by dustin " in visible(page)


def test_what_came_in_another_commit_than_most_says_so(story: Story) -> None:
    first = story.git("rev-parse", "HEAD")
    story.edit(MOSES, "    reviews:\n", "    reviews:\n      - {on: 2017-07-12, by: dustin-brinkmann}\n")
    second = story.commit("A review", "2017-07-12")
    page = run_build(story.folder).page("sellers/moses-frase").partition('id="negotiation"')[0]
    assert f"In commit {first[:8]} by dustin on Jul 11, unless another is named" in visible(page)
    assert [page.count(f"/commit/{commit}") for commit in (first, second)] == [1, 1]


def test_where_many_entries_differ_each_names_its_commit(story: Story) -> None:
    first = story.git("rev-parse", "HEAD")
    for day in ("2017-07-12", "2017-07-13"):
        story.edit(MOSES, "    reviews:\n", f"    reviews:\n      - {{on: {day}, by: dustin-brinkmann}}\n")
        story.commit("A review", day)
    page = run_build(story.folder).page("sellers/moses-frase").partition('id="negotiation"')[0]
    assert "in commit" not in visible(page).replace("came in one commit", "")
    assert page.count(f"/commit/{first}") > 1


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("repo_url: https://github.com/o/r", "https://github.com/o/r/commit/"),
        ("repo_url: https://github.com/o/r.git/", "https://github.com/o/r/commit/"),
        ("repo_url: https://gitlab.com/g/s/r", "https://gitlab.com/g/s/r/-/commit/"),
        ("repo_url: https://bitbucket.org/o/r", "https://bitbucket.org/o/r/commits/"),
        ("edit_uri: https://gitlab.com/g/r/-/edit/main/docs/", "https://gitlab.com/g/r/-/commit/"),
    ],
)
def test_the_address_of_a_commit_follows_the_forge(story: Story, address: str, link: str) -> None:
    config = SITE.replace("edit_uri: https://example.com/edit/main/docs/", address)
    (story.folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    assert f'href="{link}{story.git("rev-parse", "HEAD")}"' in run_build(story.folder).page("changes")


def test_without_an_address_a_commit_is_shown_without_a_link(story: Story) -> None:
    config = SITE.replace("edit_uri: https://example.com/edit/main/docs/", "")
    (story.folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    page = run_build(story.folder).page("changes")
    assert "gh-commit" in page
    assert "/commit/" not in page


def test_a_silent_change_stands_out(story: Story) -> None:
    story.edit(MOSES, "target: 260_000", "target: 240_000")
    story.commit("lowered", "2017-07-12")
    done = run_build(story.folder)
    for page in (done.page("sellers/moses-frase"), done.page("changes")):
        assert "Changed silently" in visible(page)
        assert "target: $260,000 → $240,000" in visible(page)
    assert "Agreement stale" in visible(done.page("sellers/moses-frase"))


def test_a_silent_change_is_in_the_feed_with_the_id_it_keeps(story: Story) -> None:
    story.edit(MOSES, "target: 260_000", "target: 240_000")
    story.commit("lowered", "2017-07-12")
    first, second = (feedparser.parse(run_build(story.folder).site / "changes.xml").entries for _ in range(2))
    (found,) = (entry for entry in first if entry.title.startswith("Changed silently: "))
    assert "target: $260,000 → $240,000" in found.content[0].value
    assert found.updated == "2017-07-12T00:00:00Z"
    assert [entry.id for entry in first] == [entry.id for entry in second]
    assert len({entry.id for entry in first}) == len(first)


def test_what_was_committed_after_the_status_date_is_not_seen(story: Story) -> None:
    story.edit(MOSES, "target: 260_000", "target: 240_000")
    story.commit("lowered", "2017-08-01")
    done = run_build(story.folder)
    assert "Changed silently" not in visible(done.page("changes"))
    assert "Agreement stale" not in visible(done.page("sellers/moses-frase"))


def test_an_adjusted_goal_does_not_stand_out(story: Story) -> None:
    story.edit(MOSES, "target: 260_000", "target: 240_000")
    change = "{field: target, was: 260_000, now: 240_000}"
    adjustment = f"    adjustments:\n      - {{on: 2017-07-12, why: Two accounts lost, changes: [{change}]}}\n"
    story.edit(MOSES, "    checkins:\n", f"{adjustment}    checkins:\n")
    story.commit("adjusted", "2017-07-12")
    page = visible(run_build(story.folder).page("sellers/moses-frase"))
    assert "Changed silently" not in page
    assert page.count("target: $260,000 → $240,000") == 1


def test_a_shallow_clone_is_reported_and_links_no_wrong_commit(story: Story, tmp_path: Path) -> None:
    story.edit(MOSES, "target: 260_000", "target: 240_000")
    story.commit("lowered", "2017-07-12")
    story.git("clone", "--quiet", "--depth", "1", f"file://{tmp_path}", "shallow")
    done = run_build(tmp_path / "shallow")
    assert done.code == 0, done.output
    assert "this clone is shallow" in done.output
    assert "The history is incomplete" in visible(done.page("changes"))
    assert "gh-commit" not in done.page("changes")


def test_without_git_the_site_is_built_without_commits(story: Story) -> None:
    (story.folder / ".git").rename(story.folder / "moved-git")
    done = run_build(story.folder)
    assert done.code == 0, done.output
    assert "gh-commit" not in done.page("changes")
    assert "Agreed" in visible(done.page("changes"))


def test_the_team_does_not_see_the_history_of_hidden_goals(story: Story) -> None:
    hidden = "  - {{id: {0}, title: {0}, kind: skill, {1}landmarks: [{{id: a, due: 2017-09-30, deliver: {2}}}]}}\n"
    good = story.read(MOSES)
    leaders = "visibility: leaders, "
    for number, goals in enumerate(
        (
            hidden.format("canary-a", leaders, "canary-1") + hidden.format("canary-b", leaders, "canary-2")
            + hidden.format("now-seen", leaders, "canary-3"),
            hidden.format("canary-a", leaders, "canary-4") + hidden.format("now-seen", leaders, "canary-5"),
            hidden.format("canary-a", leaders, "canary-4") + hidden.format("now-seen", "", "seen"),
            hidden.format("canary-a", leaders, "canary-6") + hidden.format("now-seen", "", "seen-again"),
        )
    ):  # fmt: skip
        story.write(MOSES, good + goals)
        story.commit("work", f"2017-07-1{number + 2}")
    story.write(MOSES, story.read(MOSES).replace("supports: revenue", "supports: [revenue, moses-frase/canary-a]"))
    story.commit("supports what is hidden", "2017-07-20")
    done = run_build(story.folder)
    assert done.code == 0, done.output
    assert bytes_with_canaries(done.site) == []
