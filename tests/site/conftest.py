"""Real builds: a project folder made from goals, and what `mkdocs build` does with it."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs.__main__ import cli

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
    """Run `mkdocs build --strict` in a project folder, in this process: to start another takes longer than to build."""
    with contextlib.chdir(root):
        result = CliRunner().invoke(cli, ["build", "--strict"], catch_exceptions=False)
    gc.unfreeze()  # the plugin leaves the collector nothing to do, because its process usually ends with the build
    return Built(result.exit_code, result.output, root / "site")
