"""Builds sites and runs commands in this process, and reads what came out."""

from __future__ import annotations

import gc
import gzip
from collections.abc import Iterator
from pathlib import Path

from click.testing import CliRunner, Result
from mkdocs.__main__ import cli as mkdocs
from mkdocs.commands.build import log as build_log

from goal_handbook.cli import main as goals

MKDOCS = """
site_name: Hardening
theme: {{name: material, font: false}}
plugins:
  - search
  - goal-handbook: {{audience: {audience}, as_of: "{as_of}", snapshots: [{snapshots}]}}
"""
#: Material says at its first build what it thinks of MkDocs 2, and nothing may depend on today.
ENVIRONMENT = {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1500000000"}


def write_project(root: Path, audience: str = "team", as_of: str = "2017-07-31", snapshots: str = "") -> None:
    """Write the mkdocs.yml and the one chapter of a handbook in `root`/goals."""
    (root / "mkdocs.yml").write_text(
        MKDOCS.format(audience=audience, as_of=as_of, snapshots=snapshots), encoding="utf-8"
    )
    (root / "docs").mkdir()
    (root / "docs" / "chapter.md").write_text("# A chapter\n", encoding="utf-8")


def build() -> Result:
    """Run `mkdocs build` in the current directory."""
    result = CliRunner().invoke(mkdocs, ["build", "--quiet"], env=ENVIRONMENT)
    gc.unfreeze()  # the plugin leaves the collector nothing to do, because its process usually ends with the build
    build_log.filters.clear()  # for MkDocs a message that another build has logged would be a repetition
    return result


def run_goals(*arguments: str) -> Result:
    """Run `goals` in the current directory."""
    return CliRunner().invoke(goals, list(arguments), env=ENVIRONMENT)


def crash_in(result: Result) -> str:
    """Return what a command raised that it should not have, "" if it ended as commands do."""
    if result.exception is None or isinstance(result.exception, SystemExit):
        return ""
    return f"{type(result.exception).__name__}: {result.exception}"


def contents(folder: Path) -> dict[str, bytes]:
    """Return what is in all files below a folder, by their path in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def texts(site: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the content of every file of a site, unpacked; the path is part of what it says."""
    for name, data in contents(site).items():
        yield name, name.encode() + b"\n" + (gzip.decompress(data) if name.endswith(".gz") else data)
