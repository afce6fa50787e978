"""The new site replaces the old one as a whole, or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from goal_handbook.staging import exchange, staging_folder

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
    monkeypatch.setattr("goal_handbook.staging._exchanged", lambda one, other: False)
    site, new = folder(tmp_path / "site", "old"), folder(tmp_path / ".site.new-1", "new")
    exchange(new, site)
    assert (site / "index.html").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_site_behind_a_link_is_built_in_place(tmp_path: Path) -> None:
    (tmp_path / "site").symlink_to(folder(tmp_path / "elsewhere", "old"))
    assert staging_folder(tmp_path / "site") is None


def test_a_site_that_holds_a_repository_keeps_it(build: Build) -> None:
    done = build(FILES)
    (done.site / ".git" / "refs").mkdir(parents=True)
    (done.site / ".git" / "HEAD").write_text("ref: refs/heads/pages")
    (done.site / ".link").symlink_to("nowhere")
    (done.site / ".nojekyll").touch()
    (done.site / "old.html").touch()
    assert build(FILES).code == 0
    assert (done.site / ".git" / "HEAD").read_text() == "ref: refs/heads/pages"
    assert (done.site / ".git" / "refs").is_dir()
    assert (done.site / ".link").readlink() == Path("nowhere")
    assert (done.site / ".nojekyll").is_file()
    assert not (done.site / "old.html").exists()


def test_what_cannot_be_carried_over_keeps_the_old_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site, new = folder(tmp_path / "site", "old"), folder(tmp_path / ".site.new-1", "new")
    os.mkfifo(site / ".pipe")
    monkeypatch.setattr(os, "link", refuse)
    with pytest.raises(OSError):
        exchange(new, site)
    assert (site / "index.html").read_text() == "old"


def refuse(*args: object, **kwargs: object) -> None:
    raise OSError("no links here")


@pytest.mark.parametrize("hidden", [(), (".nojekyll",)])
def test_a_build_killed_halfway_leaves_the_old_site_intact(build: Build, hidden: Sequence[str]) -> None:
    done = build(FILES)
    for name in hidden:
        (done.site / name).touch()
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
