"""What tests share: a goals folder written as an indented string, and values built in one line."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from functools import partialmethod
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings
from jinja2 import Environment, FileSystemBytecodeCache

ROOT = Path(__file__).parent.parent

#: Completeness, accountability and realism are specified by the pages of their rules; elsewhere they are off.
HANDBOOK = """
format: 1
name: MavenTech
period: {name: 2017, start: 2017-01-01, end: 2017-12-31}
currency: USD
locale: en_US
rules: {GH3: off, GH4: off, GH5: off, GH301: warning, GH302: warning}
"""

#: How long an example takes says nothing about whether it is right, least of all on a busy machine.
settings.register_profile("without-deadline", deadline=None)
settings.load_profile("without-deadline")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--refresh` rewrites golden files instead of comparing with them."""
    parser.addoption("--refresh", action="store_true", help="rewrite the golden files; read the difference afterwards")


@pytest.fixture(autouse=True, scope="session")
def cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or fills the user's cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(autouse=True, scope="session")
def templates_compiled_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Half the time of a small build would go into compiling the theme's templates."""
    cache = FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Environment, "__init__", partialmethod(Environment.__init__, bytecode_cache=cache))
        yield


@pytest.fixture(scope="session")
def example_site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The site of the example, with the history of this repository. It is built once, for all workers."""
    own = tmp_path_factory.getbasetemp()
    site = (own if worker_id == "master" else own.parent) / "example-site"
    with FileLock(f"{site}.lock"):
        if not site.exists():
            command = (sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site))
            quiet = {"NO_MKDOCS_2_WARNING": "1"}
            done = subprocess.run(
                command, cwd=ROOT, env={**os.environ, **quiet}, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stdout + done.stderr
    return site


@pytest.fixture
def goals(tmp_path: Path) -> Callable[..., Path]:
    """Writes a goals folder: paths and indented texts in, the folder out; handbook.yaml is there unless given."""

    def write(files: dict[str, str] | None = None) -> Path:
        folder = tmp_path / "goals"
        for name, text in {"handbook.yaml": HANDBOOK, **(files or {})}.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")
        return folder

    return write
