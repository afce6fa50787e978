"""Long builds on a terminal and elsewhere, and what Ctrl-C leaves."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import MKDOCS, QUIET, run_build

#: As many pages as two workers are started for.
MANY = 210
FILES = {
    "handbook.yaml": "format: 1\nname: House\nperiod: {name: 2017, start: 2017-01-01, end: 2017-12-31}\nas_of: 2017-07-15\n",
    "teams/north.yaml": "name: North\n",
    **{f"sellers/s{number}.yaml": f"name: S {number}\nteam: north\n" for number in range(MANY)},
}
BUILD = (sys.executable, "-m", "mkdocs", "build")
#: A hook that is called just before the build waits for its workers.
INTERRUPTED = """
import os, signal
from mkdocs.plugins import event_priority

@event_priority(200)
def on_post_build(config):
    os.kill(os.getpid(), signal.SIGINT)
"""


@pytest.fixture
def project(goals: Callable[..., Path]) -> Path:
    """A project with many sellers."""
    root = goals(FILES).parent
    (root / "mkdocs.yml").write_text(MKDOCS, encoding="utf-8")
    (root / "docs").mkdir()
    (root / "docs/chapter.md").write_text("# A chapter\n", encoding="utf-8")
    return root


def on_a_terminal(root: Path, *options: str) -> str:
    """What a build writes on a terminal."""
    ours, its = pty.openpty()
    with subprocess.Popen(
        [*BUILD, *options], cwd=root, env={**os.environ, **QUIET, "TERM": "xterm"}, stdout=its, stderr=its
    ):
        os.close(its)
        shown = b""
        while part := _read(ours):
            shown += part
    os.close(ours)
    return shown.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # nobody writes there any more
        return b""


def test_a_build_shows_on_a_terminal_how_far_it_is(project: Path) -> None:
    shown = on_a_terminal(project)
    assert "Reading the goals …" in shown
    assert "Writing the site" in shown
    assert "100%" in shown


def test_a_quiet_build_shows_nothing(project: Path) -> None:
    assert on_a_terminal(project, "--quiet") == ""


def test_a_build_in_a_pipe_shows_no_progress(project: Path) -> None:
    done = subprocess.run(BUILD, cwd=project, env={**os.environ, **QUIET}, capture_output=True, text=True, check=True)
    assert "Writing the site" not in done.stdout + done.stderr
    assert "Reading" not in done.stdout + done.stderr


def test_ctrl_c_leaves_the_old_site_whole_and_nothing_else(project: Path) -> None:
    assert run_build(project).code == 0
    before = {path: path.read_bytes() for path in (project / "site").rglob("*") if path.is_file()}
    (project / "hook.py").write_text(INTERRUPTED, encoding="utf-8")
    (project / "mkdocs.yml").write_text(MKDOCS + "hooks: [hook.py]\n", encoding="utf-8")
    (project / "goals/sellers/s0.yaml").write_text("name: Another\nteam: north\n", encoding="utf-8")
    done = subprocess.run(BUILD, cwd=project, env={**os.environ, **QUIET}, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert {path: path.read_bytes() for path in (project / "site").rglob("*") if path.is_file()} == before
    assert [path.name for path in project.iterdir() if path.name.startswith(".site")] == []
