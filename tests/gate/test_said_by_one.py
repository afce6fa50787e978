"""Who said it: both names of an agreement by one author are said by one, however they come; two authors are two.

A branch is a list of commits, each by somebody; what is last and by nobody is not committed.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from goal_handbook.cli import main

from ..changes.story import Story
from .cases import LEADER, MOSES, TODAY, Edit, adjustment, agreement, both, edit, marked, matches, nothing, refused

DUSTIN_SAYS = "Dustin Brinkmann <dustin@maventech.example>"
MOSES_SAYS = "Moses Frase <moses@maventech.example>"
CARA_SAYS = "Cara Losch <cara@maventech.example>"
SELLER, BOSS, TWO = "moses-frase", "dustin-brinkmann", "moses-frase, dustin-brinkmann"
#: The addresses of people in their files, once they are on main.
ADDRESSES = both(
    edit(MOSES, "name: Moses Frase\n", "name: Moses Frase\nemails: [moses@maventech.example, moses@home.example]\naliases: mo\n"),
    edit(LEADER, "name: Dustin Brinkmann\n", "name: Dustin Brinkmann\nemails: dustin@maventech.example\naliases: [db, dustin, D. Brinkmann]\n"),
)  # fmt: skip
#: A new target, as Moses and Dustin would adjust it together.
LOWERED = both(
    edit(MOSES, "target: 260_000", "target: 240_000"),
    edit(MOSES, "due: 2017-12-31, value: 260_000", "due: 2017-12-31, value: 240_000"),
    adjustment("2017-07-31", "field: target, was: 260_000, now: 240_000", "field: landmarks.year.value, was: 260_000, now: 240_000"),
)  # fmt: skip
NEW_GOAL = """  - id: visits
    title: Visit every account
    why: Half of them have not seen us this year.
    kind: skill
    supports: central/revenue
    landmarks: [{id: all, due: 2017-12-31, deliver: Every account visited}]
"""


@dataclass(frozen=True)
class Commit:
    """A commit, or a change that is not committed yet where `by` is ""."""

    by: str
    change: Edit


@dataclass(frozen=True)
class Branch:
    """A branch in a sentence, with the line that GH613 points at and a part of its message; "" where all is well."""

    what: str
    commits: tuple[Commit, ...]
    line: str = ""
    message: str = ""
    main: tuple[Commit, ...] = ()
    merge: str = ""


def at(text: str) -> Edit:
    """One more goal of Moses, the last in his file."""
    return lambda story: story.write(MOSES, story.read(MOSES).rstrip() + "\n" + text)


def by(who: str, *changes: Edit) -> Commit:
    return Commit(who, both(*changes))


def names(who: str, day: str = "2017-07-31") -> Edit:
    return agreement(day, who)


AGREED = f"{{on: 2017-07-31, by: [{TWO}]}}"
ONE_COMMIT = "both names came in one commit by Dustin Brinkmann"

ATTACKS = (
    Branch("a leader types both names, adjusts and commits", (by(DUSTIN_SAYS, LOWERED, names(TWO)),), AGREED, ONE_COMMIT),
    Branch("both names, not committed yet", (by("", LOWERED, names(TWO)),), AGREED, "both names came in one change"),
    Branch("both names in an agreement each, in one commit", (by(DUSTIN_SAYS, LOWERED, names(SELLER), names(BOSS)),), "by: [moses-frase]", ONE_COMMIT),
    Branch("both names in an agreement each, not committed", (by("", LOWERED, names(BOSS), names(SELLER)),), "by: [dustin-brinkmann]", "in one change"),
    Branch("one name a commit, both by the leader", (by(DUSTIN_SAYS, LOWERED, names(SELLER)), by(DUSTIN_SAYS, names(BOSS))), "on: 2017-07-31, by: [", "both names came in 2 commits by Dustin Brinkmann"),
    Branch("one name a commit, both by the seller", (by(MOSES_SAYS, LOWERED, names(SELLER)), by(MOSES_SAYS, names(BOSS))), "on: 2017-07-31, by: [", "in 2 commits by Moses Frase"),
    Branch("under another name with the same address", (by("Moses Frase <dustin@maventech.example>", LOWERED, names(SELLER)), by(DUSTIN_SAYS, names(BOSS))), "on: 2017-07-31, by: [", "by Dustin Brinkmann"),
    Branch("the same address in other letters", (by("M <DUSTIN@MavenTech.example>", LOWERED, names(SELLER)), by(DUSTIN_SAYS, names(BOSS))), "on: 2017-07-31, by: [", "by Dustin Brinkmann"),
    Branch("from another address with the same name", (by("Dustin Brinkmann <d@home.example>", LOWERED, names(SELLER)), by(DUSTIN_SAYS, names(BOSS))), "on: 2017-07-31, by: [", "by Dustin Brinkmann"),
    Branch("from two of the seller's addresses", (by("m <moses@home.example>", LOWERED, names(SELLER)), by(MOSES_SAYS, names(BOSS))), "on: 2017-07-31, by: [", "by Moses Frase"),
    Branch("under an alias and under the name", (by("D. Brinkmann <x@home.example>", LOWERED, names(SELLER)), by("db <y@home.example>", names(BOSS))), "on: 2017-07-31, by: [", "by Dustin Brinkmann"),
    Branch("by somebody who is neither of the two", (by(CARA_SAYS, LOWERED, names(TWO)),), AGREED, "in one commit by Cara Losch"),
    Branch("by somebody whose name in git is an address, which is not repeated", (by("cara@maventech.example <cara@maventech.example>", LOWERED, names(TWO)),), AGREED, "in one commit by cara\n"),
    Branch("a new goal with both names", (by(DUSTIN_SAYS, at(NEW_GOAL + f"    agreed: [{AGREED}]\n")),), AGREED, '"visits" is agreed by both, but both names came in one commit by Dustin Brinkmann'),
    Branch("a new goal, and both names a commit later", (by(MOSES_SAYS, at(NEW_GOAL)), by(DUSTIN_SAYS, at(f"    agreed: [{AGREED}]\n"))), AGREED, ONE_COMMIT),
    Branch("both names once more to a goal that is agreed", (by(DUSTIN_SAYS, names(TWO)),), AGREED, "both names came in 2 commits by Dustin Brinkmann"),
    Branch("the names in another order", (by(DUSTIN_SAYS, LOWERED, names("dustin-brinkmann, moses-frase")),), "by: [dustin-brinkmann, moses-frase]", ONE_COMMIT),
    Branch("with a note on it", (by(DUSTIN_SAYS, LOWERED, edit(MOSES, "    agreed:\n", f"    agreed:\n      - {{on: 2017-07-31, by: [{TWO}], note: At lunch}}\n")),), "At lunch", ONE_COMMIT),
    Branch("in a block instead of braces", (by(DUSTIN_SAYS, LOWERED, edit(MOSES, "    agreed:\n", "    agreed:\n      - on: 2017-07-31\n        by:\n          - moses-frase\n          - dustin-brinkmann\n")),), "- on: 2017-07-31", ONE_COMMIT),
    Branch("dated back", (by(DUSTIN_SAYS, names(TWO, "2017-02-01")),), "on: 2017-02-01, by", ""),
    Branch("the seller's commit says something else, the leader's has both names", (by(MOSES_SAYS, LOWERED), by(DUSTIN_SAYS, names(TWO))), AGREED, ONE_COMMIT),
    Branch("the leader's name came back after he took it out", (by(DUSTIN_SAYS, LOWERED, names(TWO)), by(MOSES_SAYS, edit(MOSES, f"      - {AGREED}\n", "")), by(MOSES_SAYS, names(TWO))), AGREED, ONE_COMMIT),
    Branch("the second name is moved to a later commit by the same hand, after one by somebody else", (by(DUSTIN_SAYS, LOWERED, names(SELLER)), by(CARA_SAYS, edit(MOSES, "why: A fifth", "why: One fifth")), by(DUSTIN_SAYS, names(BOSS))), "on: 2017-07-31, by: [", "in 2 commits"),
    Branch("merged by the seller, but both names are the leader's", (by(DUSTIN_SAYS, LOWERED, names(TWO)),), AGREED, ONE_COMMIT, merge=MOSES_SAYS),
    Branch("merged by the seller, one name a commit", (by(DUSTIN_SAYS, LOWERED, names(SELLER)), by(DUSTIN_SAYS, names(BOSS))), "on: 2017-07-31, by: [", "in 2 commits by Dustin Brinkmann", merge=MOSES_SAYS),
    Branch("merged by the forge", (by(MOSES_SAYS, LOWERED, names(TWO)),), AGREED, "in one commit by Moses Frase", merge="GitHub <noreply@github.com>"),
    Branch("squashed: one commit of two people is one author's", (by("Moses Frase <moses@maventech.example>", LOWERED, names(BOSS), names(SELLER)),), "by: [dustin-brinkmann]", "in one commit by Moses Frase"),
    Branch("one name on main by the leader, the other by him in the change", (by(DUSTIN_SAYS, names(BOSS)),), "by: [dustin-brinkmann]", "in 2 commits by Dustin Brinkmann", main=(by(DUSTIN_SAYS, LOWERED, names(SELLER)),)),
    Branch("an address added to a file of the other does not make one author two", (by(DUSTIN_SAYS, LOWERED, edit(MOSES, "emails: [", "emails: [dustin@maventech.example, "), names(TWO)),), AGREED, "in one commit by"),
    Branch("an address taken out of the leader's file, same name", (by(DUSTIN_SAYS, edit(LEADER, "emails: dustin@maventech.example\n", ""), LOWERED, names(SELLER)), by("Dustin Brinkmann <new@x.example>", names(BOSS))), "on: 2017-07-31, by: [", "in 2 commits by Dustin Brinkmann"),
    Branch("the rule switched off in the same change", (by(DUSTIN_SAYS, LOWERED, names(TWO), edit("handbook.yaml", "currency: USD", "currency: USD\nrules: {GH613: off}")),), AGREED, ONE_COMMIT),
    Branch("both names after the seller proposed it with a signature of older terms", (by(MOSES_SAYS, names(SELLER, "2017-07-30")), by(DUSTIN_SAYS, LOWERED, names(TWO))), AGREED, ONE_COMMIT),
)  # fmt: skip

HONEST = (
    Branch("each says it with a commit of their own", (by(DUSTIN_SAYS, LOWERED, names(BOSS)), by(MOSES_SAYS, names(SELLER)))),
    Branch("the seller first", (by(MOSES_SAYS, LOWERED, names(SELLER)), by(DUSTIN_SAYS, names(BOSS)))),
    Branch("the seller on the branch, the leader not committed yet", (by(MOSES_SAYS, LOWERED, names(SELLER)), by("", names(BOSS)))),
    Branch("the seller on main, the leader in the change", (by(DUSTIN_SAYS, names(BOSS)),), main=(by(MOSES_SAYS, LOWERED, names(SELLER)),)),
    Branch("the seller alone so far", (by(MOSES_SAYS, at(NEW_GOAL + "    agreed: [{on: 2017-07-31, by: moses-frase}]\n")),)),
    Branch("the leader alone so far", (by(DUSTIN_SAYS, at(NEW_GOAL + "    agreed: [{on: 2017-07-31, by: dustin-brinkmann}]\n")),)),
    Branch("noted down by the leader, and said again by the seller", (by(DUSTIN_SAYS, LOWERED, names(TWO)), by(MOSES_SAYS, names(SELLER)))),
    Branch("said by the seller, then noted down by the leader for both", (by(MOSES_SAYS, LOWERED, names(SELLER)), by(DUSTIN_SAYS, names(TWO)))),
    Branch("said by the leader, then noted down by the seller for both", (by(DUSTIN_SAYS, LOWERED, names(BOSS)), by(MOSES_SAYS, names(TWO)))),
    Branch("each on the branch, merged by the leader", (by(DUSTIN_SAYS, LOWERED, names(BOSS)), by(MOSES_SAYS, names(SELLER))), merge=DUSTIN_SAYS),
    Branch("each on the branch, merged by the forge", (by(MOSES_SAYS, LOWERED, names(SELLER)), by(DUSTIN_SAYS, names(BOSS))), merge="GitHub <noreply@github.com>"),
    Branch("each from an address that no file has", (by("Mo <m@x.example>", LOWERED, names(SELLER)), by("Du <d@x.example>", names(BOSS)))),
    Branch("nothing about agreements", (by(DUSTIN_SAYS, edit(MOSES, "why: A fifth", "why: One fifth")),)),
    Branch("a reading", (by(DUSTIN_SAYS, edit(MOSES, "    checkins:\n", "    checkins:\n      - {on: 2017-07-30, value: 140_000}\n")),)),
    Branch("what was said by one on main is not this change's", (by(MOSES_SAYS, nothing),), main=(by(DUSTIN_SAYS, LOWERED, names(TWO)),)),
    Branch("what was said by one on main is said again by the seller", (by(MOSES_SAYS, names(SELLER)),), main=(by(DUSTIN_SAYS, LOWERED, names(TWO)),)),
    Branch("a goal of the leader's own, which takes one", (by(DUSTIN_SAYS, edit(LEADER, "goals:\n", "goals:\n  - id: listen\n    title: Listen more\n    why: They said so.\n    kind: improvement\n    agreed: [{on: 2017-07-31, by: [dustin-brinkmann, moses-frase]}]\n    landmarks: [{id: all, due: 2017-12-31, deliver: Asked}]\n")),)),
    Branch("a team's goal, which takes nobody", (by(DUSTIN_SAYS, edit("teams/central.yaml", "goals:\n", "goals:\n  - {id: calm, title: Calm, why: They said so., kind: support, agreed: [{on: 2017-07-31, by: [dustin-brinkmann, moses-frase]}], landmarks: [{id: all, due: 2017-12-31, deliver: Asked}]}\n")),)),
    Branch("the file reformatted", (by(DUSTIN_SAYS, edit(MOSES, "[moses-frase, dustin-brinkmann]", "[ moses-frase,  dustin-brinkmann ]")),)),
)  # fmt: skip


def prepare(branch: Branch, template: Path, folder: Path) -> Story:
    """Return a repository with the branch checked out, or merged into a copy of main as a forge does."""
    shutil.copytree(template, folder)
    story = Story.__new__(Story)
    story.folder, story.goals = folder, folder / "goals"
    ADDRESSES(story)
    commit(story, Commit(DUSTIN_SAYS, nothing), "2017-07-20")
    for one in branch.main:
        commit(story, one, "2017-07-21")
    story.git("checkout", "--quiet", "-b", "change")
    for one in branch.commits:
        commit(story, one, "2017-07-31")
    if branch.merge:
        story.git("checkout", "--quiet", "-b", "merged", "main")
        story.git("merge", "--quiet", "--no-ff", "--no-commit", "change")
        story.git("commit", "--quiet", f"--author={branch.merge}", "--message", "merge", day="2017-07-31")
    return story


def commit(story: Story, one: Commit, day: str) -> None:
    one.change(story)
    if one.by:
        story.git("add", "--all")
        story.git("commit", "--quiet", "--allow-empty", f"--author={one.by}", "--message", "a step", day=day)


def branches(table: tuple[Branch, ...]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("branch", [pytest.param(b, id=b.what, marks=marked(b.line)) for b in table])


def said(story: Story) -> str:
    """The whole of what the gate prints."""
    arguments = ["check", "--all", "--dir", str(story.goals), "--since", "main", "--as-of", TODAY]
    return CliRunner().invoke(main, arguments).stdout


@branches(ATTACKS)
def test_both_names_by_one_author_are_said_by_one(branch: Branch, template: Path, tmp_path: Path) -> None:
    story = prepare(branch, template, tmp_path / "repository")
    found = [one for one in refused(story, without=frozenset()) if one[0] == "GH613"]
    assert matches(found, (("GH613", branch.line),)), found
    assert branch.message in said(story)


@branches(HONEST)
def test_names_by_two_authors_are_not(branch: Branch, template: Path, tmp_path: Path) -> None:
    story = prepare(branch, template, tmp_path / "repository")
    assert refused(story, without=frozenset()) == []
