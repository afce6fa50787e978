"""A run reads, assesses and checks a handbook once; a command that writes also checks it with the change."""

from __future__ import annotations

import datetime
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from mkdocs.commands.build import build
from mkdocs.config import load_config

from goal_handbook import workspace
from goal_handbook.cli import main
from goal_handbook.findings import Location
from goal_handbook.git.history import read_history
from goal_handbook.rules.check import check
from goal_handbook.site import building
from goal_handbook.source import edit, emit, lock
from goal_handbook.source import load as loading
from goal_handbook.source.document import Document
from goal_handbook.source.load import load
from goal_handbook.source.nodes import NodePath
from goal_handbook.source.parse import read_data, read_document
from goal_handbook.status.assessment import assess

from .changes.story import Story

GOAL = "moses-frase/new-business"
MOSES, TEAM = "sellers/moses-frase.yaml", "teams/central.yaml"
FILES = 4
TODAY = {"SOURCE_DATE_EPOCH": "1501459200"}  # 2017-07-31
SITE = """
site_name: Test
theme: {name: material, font: false}
plugins: [{goal-handbook: {audience: AUDIENCE, as_of: 2017-07-31}}]
"""


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    """A repository with a handbook of four files, and we are in it."""
    story = Story(tmp_path)
    story.commit("The goals of 2017", "2017-01-20")
    read_history(story.goals)  # so that the versions of the files are in the cache
    monkeypatch.chdir(tmp_path)
    return story


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Counts files parsed for the handbook, other texts parsed, assessments, runs of the rules, and git's commands."""
    counts: Counter[str] = Counter()

    def counted(what: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            counts[what] += 1
            return function(*arguments, **options)

        return call

    monkeypatch.setattr(loading, "read_data", counted("files", read_data))
    for module in (edit, emit):
        monkeypatch.setattr(module, "read_document", counted("texts", read_document))
    for module in (workspace, building):
        monkeypatch.setattr(module, "assess", counted("assessments", assess))
    monkeypatch.setattr(workspace, "check", counted("rules", check))
    start = subprocess.Popen

    def popen(command: Any, *arguments: Any, **options: Any) -> Any:
        counts["git log"] += "log" in command
        return start(command, *arguments, **options)

    monkeypatch.setattr("goal_handbook.git.commands.subprocess.Popen", popen)
    return counts


def test_warnings_are_counted_without_looking_for_them(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_for: list[str] = []
    location = Document.location

    def counted(document: Document, path: NodePath) -> Location:
        looked_for.append(document.path)
        return location(document, path)

    monkeypatch.setattr(Document, "location", counted)
    handbook = workspace.open_workspace(story.goals, "goals", datetime.date(2017, 12, 31))
    assert (len(handbook.found) > 0, handbook.errors, looked_for) == (True, [], [])
    assert len(handbook.findings) == len(handbook.found) <= len(looked_for)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), env=TODAY)


@pytest.mark.parametrize("command", ["check", "status", "due", f"log {GOAL}"])
def test_a_report_does_everything_once(story: Story, calls: Counter[str], command: str) -> None:
    assert run(*command.split()).exit_code == 0
    assert calls == {"files": FILES, "assessments": 1, "rules": 1, "git log": 1}


@pytest.mark.parametrize(
    "command",
    [
        ["adjust", GOAL, "--target", "240_000", "--why", "Two accounts were sold"],
        ["checkin", GOAL, "150_000"],
        ["new", "goal", "moses", "--title", "Sell at list", "--kind", "skill"],
        ["new", "seller", "anna-snelling", "--team", "central"],
    ],
    ids=" ".join,
)
def test_a_command_that_writes_checks_the_handbook_before_and_after(
    story: Story, calls: Counter[str], command: list[str]
) -> None:
    result = run(*command)
    assert result.exit_code == 0, result.output
    assert calls["files"] == FILES + 2  # the file that changes, and handbook.yaml
    assert calls["texts"] <= 20  # the edited file before and after each edit, and values that may need quotes
    assert (calls["assessments"], calls["rules"], calls["git log"]) == (2, 2, 1)


@pytest.mark.parametrize(("audience", "assessments"), [("leaders", 1), ("team", 2)])
def test_a_build_assesses_the_handbook_once_per_audience(
    story: Story, calls: Counter[str], audience: str, assessments: int
) -> None:
    """The rules need the whole handbook; the pages of the team are made from what the team may see."""
    story.folder.joinpath("docs").mkdir()
    story.folder.joinpath("docs", "chapter.md").write_text("# A chapter\n", encoding="utf-8")
    config = story.folder / "mkdocs.yml"
    config.write_text(SITE.replace("AUDIENCE", audience), encoding="utf-8")
    build(load_config(str(config)))
    assert (story.folder / "site" / "sellers" / "moses-frase" / "index.html").exists()
    assert calls == {"files": FILES, "assessments": assessments, "rules": 1, "git log": 1}


@contextmanager
def meanwhile(monkeypatch: pytest.MonkeyPatch, change: Callable[[], object]) -> Iterator[None]:
    """Something happens after a command has read the handbook, and before it has the lock."""
    handbook_lock = lock.handbook_lock

    @contextmanager
    def locked_after_the_change(folder: Path) -> Iterator[None]:
        change()
        with handbook_lock(folder):
            yield

    with monkeypatch.context() as patch:
        patch.setattr(lock, "handbook_lock", locked_after_the_change)
        yield


def test_what_somebody_else_wrote_meanwhile_is_kept(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    line = "      - {on: 2017-06-30, value: 131_000}\n"
    with meanwhile(monkeypatch, lambda: story.edit(MOSES, line, f"{line}      - {{on: 2017-07-30, value: 140_000}}\n")):
        assert run("checkin", GOAL, "150_000").exit_code == 0
    handbook = load(story.goals).handbook
    assert handbook
    assert [str(c.value) for c in handbook.goals[GOAL].checkins][-2:] == ["140000", "150000"]


def test_an_error_somebody_else_made_meanwhile_is_not_held_against_the_command(
    story: Story, monkeypatch: pytest.MonkeyPatch, calls: Counter[str]
) -> None:
    with meanwhile(monkeypatch, lambda: story.edit(TEAM, "name: Central", "nome: Central")):
        assert run("checkin", GOAL, "150_000").exit_code == 0
    assert (calls["files"], calls["rules"], calls["git log"]) == (FILES + 2 * 2, 3, 1)


def test_an_error_that_was_there_before_is_not_held_against_a_command(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.edit(TEAM, "name: Central", "nome: Central")
    monkeypatch.chdir(story.goals)
    assert run("checkin", GOAL, "150_000").exit_code == 0


def test_goals_that_changed_places_meanwhile_are_not_mixed_up(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    first = "goals:\n  - {id: first, title: A new first goal, kind: skill, visibility: team}\n"
    with meanwhile(monkeypatch, lambda: story.edit(MOSES, "goals:\n", first)):
        result = run("checkin", GOAL, "150_000")
    assert (result.exit_code, "run the command again" in result.stderr) == (2, True)
    assert "150_000" not in story.read(MOSES)


@pytest.mark.parametrize(
    ("command", "path"),
    [
        (["checkin", GOAL, "150_000"], "checkins"),
        (["agree", GOAL, "--by", "moses-frase"], "agreed"),
        (["adjust", GOAL, "--target", "240_000", "--why", "x"], "adjustments"),
        (["adjust", GOAL, "--landmark", "year", "--value", "250_000", "--why", "x"], "adjustments"),
        (["done", "moses-frase/negotiation#exam"], "landmarks"),
    ],
    ids=["checkin", "agree", "adjust", "adjust a landmark", "done"],
)
def test_a_command_writes_to_the_right_goal_when_another_cannot_be_read(
    story: Story, command: list[str], path: str
) -> None:
    broken = "goals:\n  - {id: broken, title: B, measure: {unit: money, target: lots}, landmarks: []}\n"
    story.edit(MOSES, "goals:\n", broken)
    story.edit(MOSES, "    landmarks:\n", "    landmarks:\n      - {id: q1, due: soon, value: 9}\n")
    story.edit(MOSES, "      - {id: course", "      - {id: before, due: soon, deliver: B}\n      - {id: course")
    before = load(story.goals).handbook
    result = run(*command)
    assert result.exit_code == 0, result.output
    assert broken in story.read(MOSES)
    after = load(story.goals).handbook
    assert before
    assert after
    full_id = command[1].partition("#")[0] if command[0] != "done" else "moses-frase/negotiation"
    assert getattr(before.goals[full_id], path) != getattr(after.goals[full_id], path)
    assert before.goals.keys() == after.goals.keys()


@pytest.mark.parametrize("command", [["checkin", GOAL, "150_000"], ["check"], ["due"]], ids=" ".join)
def test_a_shallow_clone_is_reported_once(story: Story, monkeypatch: pytest.MonkeyPatch, command: list[str]) -> None:
    story.edit(MOSES, "target: 260_000", "target: 250_000")
    story.commit("More", "2017-02-01")
    story.git("clone", "--quiet", "--depth", "1", f"file://{story.folder}", "shallow")
    monkeypatch.chdir(story.folder / "shallow")
    result = run(*command)
    assert result.exit_code == 0, result.output
    assert result.stderr == (
        "the history is incomplete because this clone is shallow\n  help: get the rest with git fetch --unshallow\n\n"
    )
