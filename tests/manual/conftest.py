"""The example handbook in a repository of its own, to follow the how-tos in."""

from __future__ import annotations

import datetime
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from goal_handbook.cli.starter import starter_files

GitSettings = Callable[[Mapping[str, str]], None]


@pytest.fixture
def git_settings(monkeypatch: pytest.MonkeyPatch) -> GitSettings:
    """Return a function that sets options of git for all commands of the test."""

    def settings(options: Mapping[str, str]) -> None:
        monkeypatch.setenv("GIT_CONFIG_COUNT", str(len(options)))
        for number, (key, value) in enumerate(options.items()):
            monkeypatch.setenv(f"GIT_CONFIG_KEY_{number}", key)
            monkeypatch.setenv(f"GIT_CONFIG_VALUE_{number}", value)

    return settings


@pytest.fixture(scope="session")
def committed_example(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Path:
    """The example handbook, committed once."""
    root = tmp_path_factory.mktemp("example")
    for name in ("goals", "docs"):
        shutil.copytree(pytestconfig.rootpath / name, root / name)
    author = ("-c", "user.name=MavenTech", "-c", "user.email=sales@maventech.example")
    for command in (
        ["init", "--quiet", "--initial-branch=main"],
        ["add", "."],
        ["commit", "--quiet", "--message=2017"],
    ):
        subprocess.run(["git", *author, *command], cwd=root, check=True)
    return root


@pytest.fixture
def example(
    tmp_path: Path, committed_example: Path, git_settings: GitSettings, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """The example handbook as the current directory, where Dustin Brinkmann works with his SSH key, on 15 October 2017."""
    folder = tmp_path / "maventech"
    shutil.copytree(committed_example, folder)
    key = tmp_path / "home" / ".ssh" / "id_ed25519"
    key.parent.mkdir(parents=True)
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    git_settings({"user.name": "Dustin Brinkmann", "user.email": "dustin@maventech.example"})
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder as the current directory."""
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")


@pytest.fixture
def new_handbook(empty: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A handbook that was started on 2 March 2026 as the current directory, on 7 April."""
    for path, text in starter_files("Our company", datetime.date(2026, 3, 2)).items():
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(text, encoding="utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1775563200")
