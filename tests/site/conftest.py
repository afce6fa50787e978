"""Real builds: a project folder made from goals, and what `mkdocs build` does with it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

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
    """Run `mkdocs build --strict` in a project folder."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    return Built(done.returncode, done.stdout + done.stderr, root / "site")
