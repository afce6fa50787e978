"""Zensical loads no plugin of others: it must not make an empty site and call that a success."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from click.testing import CliRunner

from goal_handbook.cli import main
from goal_handbook.plugin_guard import PluginMissing

from .conftest import MKDOCS, Build
from .test_build import FILES


def zensical(folder: Path, *options: str) -> CompletedProcess[str]:
    """Run `zensical build` in a folder."""
    command = [sys.executable, "-m", "zensical", "build", *options]
    return subprocess.run(
        command, cwd=folder, env={**os.environ, "NO_COLOR": "1"}, capture_output=True, text=True, check=False
    )


def test_it_refuses_to_build_a_new_handbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["init", "ours", "--examples"]).exit_code == 0
    done = zensical(tmp_path / "ours")
    assert done.returncode == 1
    assert "the plugin goal-handbook is not at work, and without it this site has no goals" in done.stderr
    assert "  help: build it with MkDocs or ProperDocs, or run goals export --format markdown" in done.stderr
    assert not (tmp_path / "ours" / "site" / "index.html").exists()


def test_it_refuses_as_well_where_the_package_is_not_installed(build: Build) -> None:
    root = build(FILES, mkdocs=MKDOCS + "markdown_extensions: [goal_handbook.plugin_guard]\n").site.parent
    run = "import sys; sys.modules['goal_handbook'] = None; from zensical.main import cli; cli()"
    done = subprocess.run([sys.executable, "-c", run, "build"], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "goal_handbook" in done.stderr


def test_the_guard_lets_the_plugin_work(build: Build) -> None:
    done = build(FILES, mkdocs=MKDOCS + "markdown_extensions: [goal_handbook.plugin_guard]\n")
    assert done.code == 0, done.output
    assert "Prose." in done.page("chapter")


def test_the_guard_stops_a_build_by_mkdocs_whose_plugin_was_removed(build: Build) -> None:
    guarded = MKDOCS.replace("  - goal-handbook\n", "") + "markdown_extensions: [goal_handbook.plugin_guard]\n"
    with pytest.raises(PluginMissing):
        build(FILES, mkdocs=guarded)
