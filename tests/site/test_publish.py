"""The new site replaces the old one as a whole, or not at all."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from goal_handbook.mkdocs_plugin.staging import exchange, staging_folder

from .conftest import Build
from .test_build import FILES


def folder(path: Path, text: str) -> Path:
    path.mkdir()
    (path / "index.html").write_text(text)
    return path


def test_the_new_site_replaces_the_old_and_leaves_nothing_behind(tmp_path: Path) -> None:
    site, new = folder(tmp_path / "site", "old"), folder(tmp_path / ".site.new-1", "new")
    exchange(new, site)
    assert (site / "index.html").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_first_site_is_put_in_place(tmp_path: Path) -> None:
    exchange(folder(tmp_path / ".site.new-1", "new"), tmp_path / "site")
    assert (tmp_path / "site" / "index.html").read_text() == "new"


def test_without_an_atomic_exchange_two_renames_are_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goal_handbook.mkdocs_plugin.staging._exchanged", lambda one, other: False)
    site, new = folder(tmp_path / "site", "old"), folder(tmp_path / ".site.new-1", "new")
    exchange(new, site)
    assert (site / "index.html").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_site_behind_a_link_is_built_in_place(tmp_path: Path) -> None:
    (tmp_path / "site").symlink_to(folder(tmp_path / "elsewhere", "old"))
    assert staging_folder(tmp_path / "site") is None


def test_a_site_that_holds_a_repository_keeps_it(build: Build) -> None:
    done = build(FILES)
    (done.site / ".git").mkdir()
    (done.site / ".nojekyll").touch()
    assert build(FILES).code == 0
    assert (done.site / ".git").is_dir()
    assert (done.site / ".nojekyll").is_file()


def test_a_build_killed_halfway_leaves_the_old_site_intact(build: Build) -> None:
    done = build(FILES)
    before = {path: path.read_bytes() for path in done.site.rglob("*") if path.is_file()}
    root = done.site.parent
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    running = subprocess.Popen(command, cwd=root, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    staging = root / f".site.new-{running.pid}"
    while not any(staging.rglob("*.html")) and running.poll() is None:
        pass
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert {path: path.read_bytes() for path in done.site.rglob("*") if path.is_file()} == before
    assert build(FILES).code == 0
    assert not staging.exists()
