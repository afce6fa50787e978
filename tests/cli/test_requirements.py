"""`goals init` writes requirements.txt so that CI installs the package that started the handbook, wherever it is from."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from importlib.metadata import PackageNotFoundError, distribution
from io import BytesIO
from pathlib import Path

import pytest

from goal_handbook import __version__
from goal_handbook.cli import requirements
from goal_handbook.cli.requirements import requirement_files

from ..conftest import ROOT

COMMIT = "3d3c42e5aac5ba805825da76410c181273ba90b1"
GIT = {"vcs_info": {"vcs": "git", "commit_id": COMMIT, "requested_revision": "main"}}
WHEEL = f"vendor/goal_handbook-{__version__}-py3-none-any.whl"


class Installed:
    """The package as it would be if it were installed from elsewhere."""

    version = "1.2.3"
    files = None

    def __init__(self, origin: str | None) -> None:
        self.origin = origin

    def read_text(self, name: str) -> str | None:
        return self.origin if name == "direct_url.json" else None


@pytest.mark.parametrize(
    ("origin", "line"),
    [
        (None, "goal-handbook[mkdocs]==1.2.3"),
        ({"url": "https://host/o/r.git", **GIT}, f"goal-handbook[mkdocs] @ git+https://host/o/r.git@{COMMIT}"),
        (
            {"url": "https://me:secret@host/o/r.git", "subdirectory": "a/b", **GIT},
            f"goal-handbook[mkdocs] @ git+https://host/o/r.git@{COMMIT}#subdirectory=a/b",
        ),
        ({"url": "ssh://git:secret@host/o/r", **GIT}, f"goal-handbook[mkdocs] @ git+ssh://git@host/o/r@{COMMIT}"),
        (
            {"url": "https://host/x.whl", "archive_info": {"hashes": {"sha256": "ab12"}}},
            "goal-handbook[mkdocs] @ https://host/x.whl#sha256=ab12",
        ),
        (
            {"url": "https://host:8443/x.tar.gz", "archive_info": {}},
            "goal-handbook[mkdocs] @ https://host:8443/x.tar.gz",
        ),
    ],
    ids=["an index", "git", "git with a password", "git by ssh", "an address", "an address without a hash"],
)
def test_it_names_where_the_package_came_from(
    monkeypatch: pytest.MonkeyPatch, origin: dict[str, object] | None, line: str
) -> None:
    monkeypatch.setattr(requirements, "distribution", lambda _: Installed(json.dumps(origin) if origin else None))
    made = requirement_files()
    assert list(made) == ["requirements.txt"]
    assert made["requirements.txt"].decode().splitlines()[1:] == [line]


@pytest.mark.parametrize(
    "recorded",
    [
        '{"url": "https://host/x.whl?token=secret", "archive_info": {}}',
        '{"url": "git@host:o/r.git", "vcs_info": {"vcs": "git", "commit_id": "ab"}}',
        '{"url": "https://host/o/r.git", "vcs_info": {"vcs": "git"}}',
        '{"url": "https://[host"}',
        '{"url": 5}',
        "{}",
        "[1]",
        "{",
    ],
)
def test_a_package_from_an_address_that_nobody_else_can_use_comes_along_as_a_wheel(
    monkeypatch: pytest.MonkeyPatch, recorded: str
) -> None:
    monkeypatch.setattr(requirements, "distribution", lambda _: Installed(recorded))
    made = requirement_files()
    wheel = "vendor/goal_handbook-1.2.3-py3-none-any.whl"
    assert list(made) == ["requirements.txt", wheel]
    assert made["requirements.txt"].decode().splitlines()[1:] == [f"./{wheel}[mkdocs]"]


def test_a_package_that_was_never_installed_is_pinned_to_its_version(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(requirements, "distribution", missing)
    assert f"\ngoal-handbook[mkdocs]=={__version__}\n" in requirement_files()["requirements.txt"].decode()


def test_a_package_from_this_machine_comes_along_as_a_wheel_that_is_always_the_same() -> None:
    made = requirement_files()
    assert list(made) == ["requirements.txt", WHEEL]
    assert f"\n./{WHEEL}[mkdocs]\n" in made["requirements.txt"].decode()
    assert requirement_files() == made


def test_the_wheel_holds_what_a_build_of_it_holds(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = tmp_path.glob("*.whl")
    expected, vendored = zipfile.ZipFile(built), zipfile.ZipFile(BytesIO(requirement_files()[WHEEL]))
    assert sorted(vendored.namelist()) == sorted(expected.namelist())
    changing = ("/METADATA", "/WHEEL", "/RECORD")  # an environment may be older than what was changed just now
    same = [name for name in expected.namelist() if not name.endswith(changing)]
    assert [name for name in same if vendored.read(name) != expected.read(name)] == []


def test_pip_installs_the_wheel_and_the_command_runs(tmp_path: Path) -> None:
    for path, data in requirement_files().items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(data)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", "installed"]
    subprocess.run([*pip, "-r", "requirements.txt"], cwd=tmp_path, check=True, capture_output=True)
    script = "import sys; sys.path.insert(0, 'installed'); from goal_handbook.cli import run; run()"
    done = subprocess.run(
        [sys.executable, "-c", script, "--version"], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    assert done.stdout.endswith(f"version {distribution('goal-handbook').version}\n")
    assert (tmp_path / "installed" / "goal_handbook" / "starter" / "mkdocs.yml").is_file()
