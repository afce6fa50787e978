"""History takes two git processes, and no version of a file is parsed twice."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest

from goal_handbook.changes.blob import read_blob
from goal_handbook.changes.history import History
from goal_handbook.git import commands as git
from goal_handbook.git.history import handbook_at, read_history

from ..changes.story import Story

MOSES = "sellers/moses-frase.yaml"


@pytest.fixture
def story(tmp_path: Path) -> Story:
    """A repository with three versions of one seller, and of four files one."""
    story = Story(tmp_path / "repository")
    story.commit("one", "2017-01-20")
    for number, target in enumerate(("240_000", "230_000")):
        story.edit(MOSES, "target: 260_000" if number == 0 else "target: 240_000", f"target: {target}")
        story.commit(f"target {target}", f"2017-02-0{number + 1}")
    return story


def counted(read: Callable[[], History]) -> tuple[int, int, History]:
    """How many processes are started and how many blobs are parsed."""
    popen = mock.patch("goal_handbook.git.commands.subprocess.Popen", wraps=subprocess.Popen)
    with popen as processes, mock.patch("goal_handbook.git.history.read_blob", wraps=read_blob) as parsed:
        history = read()
    return processes.call_count, parsed.call_count, history


def test_a_second_run_parses_only_what_is_new(story: Story, tmp_path: Path) -> None:
    cache = tmp_path / "cache.sqlite"
    processes, parsed, cold = counted(lambda: read_history(story.goals, cache=cache))
    assert (processes, parsed) == (2, 6)
    processes, parsed, warm = counted(lambda: read_history(story.goals, cache=cache))
    assert (processes, parsed, warm) == (1, 0, cold)
    story.edit(MOSES, "target: 230_000", "target: 220_000")
    story.commit("more", "2017-02-03")
    assert counted(lambda: read_history(story.goals, cache=cache))[:2] == (2, 1)


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\x00" + b"\xff" * 200], ids=repr)
def test_a_damaged_cache_only_costs_time(story: Story, tmp_path: Path, damage: bytes) -> None:
    cache = tmp_path / "cache.sqlite"
    whole = read_history(story.goals, cache=tmp_path / "other.sqlite")
    cache.write_bytes(damage)
    assert read_history(story.goals, cache=cache) == whole
    assert read_history(story.goals, cache=tmp_path / "other.sqlite" / "no folder") == whole


def test_a_version_with_errors_was_never_in_force(story: Story) -> None:
    before = read_history(story.goals)
    good = story.read(MOSES)
    story.write(MOSES, "name: [\n")
    story.commit("broken", "2017-02-03")
    story.write(MOSES, good)
    story.commit("fixed", "2017-02-04")
    assert read_history(story.goals) == before


def test_a_new_period_begins_a_new_history_once_every_goal_is_closed(story: Story) -> None:
    for path in story.goals.rglob("*s/*.yaml"):
        text = path.read_text(encoding="utf-8")
        closed = re.sub(r"(\n  - id: .*)", r"\1\n    closed: {on: 2017-12-31, result: partly}", text)
        path.write_text(closed, encoding="utf-8")
    story.commit("the year is over", "2017-12-31")
    story.edit("handbook.yaml", "start: 2017-01-01, end: 2017-12-31", "start: 2018-01-01, end: 2018-12-31")
    story.edit(MOSES, "target: 230_000", "target: 300_000")
    commit = story.commit("a new year", "2018-01-02")
    history = read_history(story.goals)
    assert [version.id for version in history.versions] == [commit]
    assert not any(getattr(change, "silent", False) for change in history.versions[0].changes)


def test_another_period_hides_no_silent_change_of_a_goal_that_is_open(story: Story) -> None:
    before = len(read_history(story.goals).versions)
    story.edit("handbook.yaml", "start: 2017-01-01, end: 2017-12-31", "start: 2018-01-01, end: 2018-12-31")
    story.edit(MOSES, "target: 230_000", "target: 300_000")
    story.commit("a new year", "2018-01-02")
    history = read_history(story.goals)
    assert len(history.versions) == before + 1
    assert any(getattr(change, "silent", False) for change in history.versions[-1].changes)


def test_strange_file_names_do_no_harm(story: Story) -> None:
    for name in ("sellers/a\nb.yaml", "sellers/--output=x.yaml", 'teams/"q".yaml', "readings/ü.csv", "x/y.yaml"):
        story.write(name, "name: X\n")
    (story.goals / "sellers" / "link.yaml").symlink_to("moses-frase.yaml")
    commit = story.commit("strange names", "2017-02-03")
    assert read_history(story.goals).complete
    assert "link" not in handbook_at(story.goals, commit, "goals").documents


def test_a_folder_outside_a_repository_has_no_history(tmp_path: Path) -> None:
    with pytest.raises(git.NoGit, match="not a git repository"):
        read_history(tmp_path)


def test_a_repository_without_a_commit_has_no_history(tmp_path: Path) -> None:
    Story(tmp_path)
    with pytest.raises(git.NoGit):
        read_history(tmp_path / "goals")


def test_without_git_there_is_no_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(git.NoGit, match="git is not installed"):
        read_history(tmp_path)


@pytest.mark.parametrize("name", ["--output=stolen", "-h", "no-such-branch", "HEAD~99", "", "HEAD:goals"])
def test_an_unknown_commit_is_reported(story: Story, name: str) -> None:
    with pytest.raises(git.BadRevision, match="unknown commit"):
        git.commit_of(story.goals, name)
    assert not (story.folder / "stolen").exists()
