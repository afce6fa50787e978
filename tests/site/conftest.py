"""Real builds: a project folder made from goals, and what `mkdocs build` does with it."""

from __future__ import annotations

import contextlib
import gc
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs.__main__ import cli
from mkdocs.commands.build import log as build_log

MKDOCS = """
site_name: Test
theme: {name: material, font: false, features: [navigation.indexes, navigation.path, content.action.edit]}
edit_uri: https://example.com/edit/main/docs/
plugins:
  - search
  - goal-handbook
"""


@dataclass(frozen=True)
class Built:
    """A build: its exit code, its output, and the folder of the site."""

    code: int
    output: str
    site: Path

    def page(self, address: str) -> str:
        """Return the HTML at an address."""
        return (self.site / address / "index.html").read_text(encoding="utf-8")


Build = Callable[..., Built]
#: Material says at its first build what it thinks of MkDocs 2.
QUIET = {"NO_MKDOCS_2_WARNING": "1"}


@pytest.fixture
def build(goals: Callable[..., Path]) -> Build:
    """Return a function that strictly builds the given goals (see `goals`), mkdocs.yml and docs."""

    def run(files: dict[str, str] | None = None, mkdocs: str = MKDOCS, docs: dict[str, str] | None = None) -> Built:
        root = goals(files).parent
        (root / "mkdocs.yml").write_text(mkdocs, encoding="utf-8")
        for name, text in {"chapter.md": "# A chapter\n\nProse.\n", **(docs or {})}.items():
            path = root / "docs" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return run_build(root)

    return run


def run_build(root: Path) -> Built:
    """Run `mkdocs build --strict` in a project folder, in this process: to start another takes longer than to build."""
    with contextlib.chdir(root):
        result = CliRunner().invoke(cli, ["build", "--strict"], env=QUIET, catch_exceptions=False)
    gc.unfreeze()  # workers share what is there when they start, because the process usually ends with the build
    build_log.filters.clear()  # for MkDocs a message that another build has logged would be a repetition
    return Built(result.exit_code, result.output, root / "site")


def run_build_with_another_hash_seed(root: Path) -> Built:
    """Do the same in a process of its own, where sets have another order."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    seed = {"PYTHONHASHSEED": "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"}
    environment = {**os.environ, **QUIET, **seed}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    return Built(done.returncode, done.stdout + done.stderr, root / "site")
