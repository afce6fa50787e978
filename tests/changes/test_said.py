"""What log and diff say of who committed a decision, also after an attack that was pushed anyway."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from goal_handbook.cli import main

from ..status.make import case
from .story import Story

MOSES, GOAL = "sellers/moses-frase.yaml", "moses-frase/new-business"
DUSTIN_SAYS = "Dustin Brinkmann <dustin@maventech.example>"
MOSES_SAYS = "mf <moses@maventech.example>"
SELLER, LEADER, TWO = "moses-frase", "dustin-brinkmann", "moses-frase, dustin-brinkmann"


@pytest.fixture
def story(tmp_path: Path) -> Story:
    """A repository with the house, in which Moses has an address."""
    story = Story(tmp_path)
    story.edit(MOSES, "team: central\n", "team: central\nemails: Moses@MavenTech.example\n")
    story.commit("The goals of 2017", "2017-01-21")
    return story


def agree(story: Story, who: str, author: str, day: str = "2017-07-11", note: str = "x") -> str:
    """One more agreement to the first goal, adjusted on 10 July, by an author; returns the commit."""
    if "adjustments:" not in story.read(MOSES):
        change = "{field: target, was: 250_000, now: 260_000}"
        story.edit(
            MOSES,
            "    agreed:\n",
            f"    adjustments: [{{on: 2017-07-10, why: So it is, changes: [{change}]}}]\n    agreed:\n",
        )
    story.edit(MOSES, "    agreed:\n", f"    agreed:\n      - {{on: 2017-07-11, by: [{who}], note: {note}}}\n")
    story.git("add", "--all")
    story.git("commit", "--quiet", f"--author={author}", "--message", "agreed", day=day)
    return story.git("rev-parse", "HEAD")


def log(story: Story, form: str = "text") -> str:
    arguments = ["log", GOAL, "--dir", str(story.goals), "--as-of", "2017-07-31", "--format", form]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def diff(story: Story, base: str, *head: str) -> str:
    result = CliRunner().invoke(main, ["diff", base, *head, "--dir", str(story.goals), "--as-of", "2017-07-31"])
    assert result.exit_code == 0, result.output
    return result.stdout


def agreed(story: Story) -> list[dict[str, Any]]:
    """The agreements of 11 July in the log, as data."""
    return [e for e in json.loads(log(story, "json"))["events"] if (e["what"], e["on"]) == ("Agreed", "2017-07-11")]


def test_a_log_says_that_both_names_came_in_one_commit_and_when(story: Story) -> None:
    commit = agree(story, TWO, DUSTIN_SAYS, "2017-07-14")
    said = "both names came in one commit by Dustin Brinkmann"
    assert f"[{commit[:8]}]\n    {said}, on Jul 14, 2017\n" in log(story)
    assert [(e["author"], e["committed"], e["said_by_one"]) for e in agreed(story)] == [
        ("Dustin Brinkmann", "2017-07-14", said)
    ]
    assert f"; {said})" in diff(story, "HEAD^")
    assert f"; {said})" in diff(story, "HEAD^", "HEAD")


def test_a_log_says_that_both_names_came_from_one_author(story: Story) -> None:
    agree(story, SELLER, DUSTIN_SAYS)
    agree(story, LEADER, DUSTIN_SAYS)
    assert log(story).count("both names came in 2 commits by Dustin Brinkmann") == 2
    assert diff(story, "HEAD~2").count("both names came in 2 commits by Dustin Brinkmann") == 2


def test_two_people_are_named_with_their_commits(story: Story) -> None:
    agree(story, LEADER, DUSTIN_SAYS, "2017-07-12")
    agree(story, SELLER, MOSES_SAYS, "2017-07-13")
    said = log(story)
    assert "committed by Dustin Brinkmann on Jul 12, 2017" in said
    assert "committed by Moses Frase on Jul 13, 2017" in said
    assert all("said_by_one" not in event for event in agreed(story))
    assert "both names" not in diff(story, "HEAD~2")


def test_names_on_a_merged_branch_are_their_authors_and_the_day_is_that_of_the_merge(story: Story) -> None:
    story.git("checkout", "--quiet", "-b", "work")
    agree(story, LEADER, DUSTIN_SAYS, "2017-07-12")
    agree(story, SELLER, MOSES_SAYS, "2017-07-13")
    story.git("checkout", "--quiet", "main")
    story.git("merge", "--quiet", "--no-ff", "work", "--message", "merge", day="2017-07-20")
    assert [(e["author"], e["committed"]) for e in agreed(story)] == [
        ("Moses Frase", "2017-07-20"), ("Dustin Brinkmann", "2017-07-20"),
    ]  # fmt: skip
    assert "both names" not in log(story).partition("Jul 10")[2]


def test_a_diff_says_so_before_it_is_committed(story: Story) -> None:
    agree(story, TWO, DUSTIN_SAYS)
    story.git("reset", "--quiet", "--soft", "HEAD^")
    assert "; both names came in one change)" in diff(story, "HEAD")


def test_an_adjustment_and_an_accounting_show_their_commit(story: Story) -> None:
    agree(story, TWO, DUSTIN_SAYS)
    story.edit(
        MOSES,
        "    agreed:\n",
        "    accountings: [{landmark: q2, on: 2017-07-12, why: Frozen, action: recover}]\n    agreed:\n",
    )
    story.git("commit", "--quiet", "--all", f"--author={MOSES_SAYS}", "--message", "accounted", day="2017-07-15")
    events = {e["what"]: e for e in json.loads(log(story, "json"))["events"]}
    assert (events["Adjusted"]["author"], events["Accounted"]["author"]) == ("Dustin Brinkmann", "Moses Frase")
    assert "author" not in events["Reading"]


def shallow(story: Story, folder: Path) -> Path:
    story.git("clone", "--quiet", "--depth", "1", f"file://{story.folder}", str(folder / "shallow"))
    return folder / "shallow" / "goals"


def without_git(story: Story, folder: Path) -> Path:
    (story.folder / ".git").rename(folder / "moved-git")
    return story.goals


@pytest.mark.parametrize("lose", [case("in a shallow clone", shallow), case("without git", without_git)])
def test_where_nobody_knows_nothing_is_said(story: Story, tmp_path: Path, lose: Callable[[Story, Path], Path]) -> None:
    agree(story, TWO, DUSTIN_SAYS)
    story.goals = lose(story, tmp_path)
    assert "commit" not in log(story).replace("does not have all commits", "")
    assert all("author" not in event for event in agreed(story))


def test_no_address_is_repeated(story: Story) -> None:
    agree(story, TWO, "dustin@maventech.example <dustin@maventech.example>")
    story.edit(MOSES, "emails: Moses@MavenTech.example", "emails: [Moses@MavenTech.example, m@home.example]")
    for said in (
        log(story),
        log(story, "json"),
        diff(story, "HEAD^"),
        CliRunner().invoke(main, ["diff", "HEAD^", "--dir", str(story.goals), "--format", "json"]).stdout,
    ):
        assert "@" not in said
    assert "emails was edited" in diff(story, "HEAD")
