"""A case for the gate: what main holds, the change on a branch, and what `goals check --since main` says of it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from goal_handbook.cli import main

from ..changes.story import Story

MOSES, TEAM, LEADER, BOOK = (
    "sellers/moses-frase.yaml",
    "teams/central.yaml",
    "leaders/dustin-brinkmann.yaml",
    "handbook.yaml",
)
#: When main was last committed, and when the change is checked.
BASE_DAY, TODAY = "2017-07-20", "2017-07-31"

Edit = Callable[[Story], object]


@dataclass(frozen=True)
class Case:
    """One change, in a sentence.

    `main` are the commits before it, each on a day; the last of them is the base. `expected` are the code and a part of
    the line that each error (or warning of the change) points at; for an honest change there are none.
    """

    what: str
    change: Edit
    expected: tuple[tuple[str, str], ...] = ()
    main: tuple[tuple[str, Edit], ...] = ()
    today: str = TODAY


def cases(table: tuple[Case, ...], *, counted: bool = True) -> pytest.MarkDecorator:
    """Run a test for each case of a table; each counts as an attack or as honest, where it is not used again."""
    marks = {case: (marked(case.expected),) if counted else () for case in table}
    return pytest.mark.parametrize("case", [pytest.param(case, id=case.what, marks=marks[case]) for case in table])


def marked(is_attack: object) -> pytest.MarkDecorator:
    """Mark a case as an attack, or as honest."""
    return pytest.mark.attack if is_attack else pytest.mark.honest


def nothing(_: Story) -> None:
    """Change nothing."""


def edit(path: str, old: str, new: str) -> Edit:
    """Replace the first `old` in a file."""
    return lambda story: story.edit(path, old, new)


def write(path: str, text: str) -> Edit:
    """Write a file."""
    return lambda story: story.write(path, text)


def both(*edits: Edit) -> Edit:
    """Do one after another."""

    def do(story: Story) -> None:
        for one in edits:
            one(story)

    return do


def at_goal(text: str) -> Edit:
    """More lines for Moses's first goal, before his second."""
    return edit(MOSES, "  - id: negotiation\n", text + "  - id: negotiation\n")


def adjustment(
    on: str, *changes: str, why: str = "A competitor took two accounts.", by: str = "moses-frase, dustin-brinkmann"
) -> Edit:
    """One more adjustment of Moses's first goal."""
    listed = "".join(f"          - {{{change}}}\n" for change in changes)
    item = f"      - on: {on}\n        by: [{by}]\n        why: {why}\n        changes:\n{listed}"

    def do(story: Story) -> None:
        if "    adjustments:\n" not in story.read(MOSES):
            at_goal("    adjustments:\n")(story)
        story.edit(MOSES, "    adjustments:\n", f"    adjustments:\n{item}")

    return do


def agreement(on: str, by: str = "moses-frase, dustin-brinkmann") -> Edit:
    """One more agreement to Moses's first goal."""
    return edit(MOSES, "    agreed:\n", f"    agreed:\n      - {{on: {on}, by: [{by}]}}\n")


def prepare(case: Case, template: Path, folder: Path) -> Story:
    """Return a repository with the case's main, and its change on a branch that is not committed."""
    shutil.copytree(template, folder)
    story = Story.__new__(Story)
    story.folder, story.goals = folder, folder / "goals"
    for day, do in case.main:
        do(story)
        story.commit("more", day)
    story.git("checkout", "--quiet", "-b", "change")
    case.change(story)
    return story


def refused(
    story: Story, since: str = "main", today: str = TODAY, without: frozenset[str] = frozenset({"GH613"})
) -> list[tuple[str, str]]:
    """What the gate says of a change (GH6) or stops it with: the code, and the line it points at.

    Without a day it is judged for the one that the handbook gives itself, or today's.
    Without GH613: one author makes each case, so every agreement in it is said by one.
    """
    arguments = ["check", "--dir", str(story.goals), "--since", since, "--format", "json"]
    arguments += ["--as-of", today] if today else []
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    assert result.stdout.startswith("{"), result.output
    findings = json.loads(result.stdout)["findings"]
    root = story.goals.parent.as_posix()
    told = [
        f for f in findings if (f["severity"] == "error" or f["code"].startswith("GH6")) and f["code"] not in without
    ]
    return [(f["code"], story.line(f["path"].removeprefix(f"{root}/"), f["line"])) for f in told]


def matches(found: list[tuple[str, str]], expected: tuple[tuple[str, str], ...]) -> bool:
    """Whether each finding is an expected one, by its code and a part of its line."""
    left = list(found)
    for wanted, part in sorted(expected, key=lambda one: len(one[1]), reverse=True):
        fitting = [one for one in left if one[0] == wanted and part in one[1]]
        if not fitting:
            return False
        left.remove(fitting[0])
    return not left
