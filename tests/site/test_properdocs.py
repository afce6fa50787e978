"""ProperDocs, which continues MkDocs, makes the same site; which of the two is there does not matter."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from engines.compare import different_files

from ..conftest import ROOT
from .conftest import QUIET, Build
from .test_build import FILES
from .test_snapshots import project


def python(*arguments: str, folder: Path) -> CompletedProcess[str]:
    """Run Python in a process of its own: in one process, `mkdocs` cannot mean both."""
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=folder, env={**os.environ, **QUIET}, capture_output=True, text=True, check=False)


def without(*modules: str) -> str:
    """The command `goals` where these modules are not installed."""
    missing = "; ".join(f"sys.modules[{name!r}] = None" for name in modules)
    return f"import sys; {missing}; from goal_handbook.cli import run; run()"


def properdocs(folder: Path, *options: str) -> CompletedProcess[str]:
    return python("-m", "properdocs", "build", "--strict", *options, folder=folder)


def test_the_example_is_the_same_site_but_for_the_name_of_the_generator(example_site: Path, tmp_path: Path) -> None:
    done = properdocs(ROOT, "--config-file", "mkdocs.yml", "--site-dir", str(tmp_path / "site"))
    assert done.returncode == 0, done.stderr
    assert different_files(example_site, tmp_path / "site") == []
    assert "ProperDocs" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")


def test_its_own_configuration_file_makes_the_same_site(build: Build) -> None:
    done = build(FILES)
    folder = done.site.parent
    done.site.rename(folder / "by-mkdocs")
    (folder / "mkdocs.yml").rename(folder / "properdocs.yml")
    by_properdocs = properdocs(folder)
    assert by_properdocs.returncode == 0, by_properdocs.stderr
    assert different_files(folder / "by-mkdocs", done.site) == []


def test_a_strict_build_with_warnings_keeps_the_old_site(build: Build) -> None:
    done = build(FILES)
    (done.site.parent / "docs" / "chapter.md").write_text("[nowhere](nowhere.md)\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in done.site.rglob("*") if path.is_file()}
    refused = properdocs(done.site.parent)
    assert refused.returncode == 1
    assert "contains a link 'nowhere.md'" in refused.stderr
    assert {path: path.read_bytes() for path in done.site.rglob("*") if path.is_file()} == before
    assert [path for path in done.site.parent.iterdir() if path.name.startswith(".site")] == []


def test_site_at_takes_the_engine_that_the_configuration_is_of(tmp_path: Path) -> None:
    folder = project(tmp_path).folder
    command = ("-m", "goal_handbook", "site-at", "2017-03-31")
    assert python(*command, "--out", "by-mkdocs", folder=folder).returncode == 0
    (folder / "mkdocs.yml").rename(folder / "properdocs.yml")
    done = python(*command, "--out", "by-properdocs", folder=folder)
    assert (done.stdout, done.returncode) == ("built the site of 2017-03-31 in by-properdocs\n", 0), done.stderr
    assert different_files(folder / "by-mkdocs", folder / "by-properdocs") == []
    assert "ProperDocs" in (folder / "by-properdocs" / "index.html").read_text(encoding="utf-8")


def test_site_at_takes_properdocs_where_mkdocs_is_missing(tmp_path: Path) -> None:
    folder = project(tmp_path).folder
    done = python("-c", without("mkdocs"), "site-at", "2017-03-31", folder=folder)
    assert done.returncode == 0, done.stderr
    assert "ProperDocs" in (folder / "site-at" / "2017-03-31" / "index.html").read_text(encoding="utf-8")


def test_without_either_there_is_no_site(tmp_path: Path) -> None:
    done = python("-c", without("mkdocs", "properdocs"), "site-at", "2017-03-31", folder=project(tmp_path).folder)
    assert done.returncode == 2
    expected = "Error: neither MkDocs nor ProperDocs is installed\n  help: run pip install 'goal-handbook[mkdocs]'\n"
    assert done.stderr == expected


@pytest.mark.parametrize(
    "command", [["check"], ["status"], ["due"], ["log", "moses-frase/new-business"], ["diff", "HEAD"]]
)
def test_all_that_builds_no_site_needs_neither(tmp_path: Path, command: list[str]) -> None:
    folder = project(tmp_path).folder
    done = python("-c", without("mkdocs", "properdocs", "material", "markdown", "pymdownx"), *command, folder=folder)
    assert (done.returncode, done.stderr) == (0, "")


def test_neither_engine_brings_the_other() -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = wanted["optional-dependencies"]
    assert [one for one in wanted["dependencies"] if "docs" in one] == []
    assert [one for one in extras["mkdocs"] if "properdocs" in one] == []
    assert [one for one in extras["properdocs"] if "mkdocs" in one] == []
