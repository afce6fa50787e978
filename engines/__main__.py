"""Builds the example under every engine and theme, each in an environment of its own, and compares the sites.

python -m engines    needs a package index; keeps its environments in .venv-engines/
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .compare import different_content, different_files

ROOT = Path(__file__).resolve().parent.parent
_DAY = "2017-10-15"
_SEARCH = re.compile(r"  - search:\n.*?(?=  - goal-handbook)", re.DOTALL)
#: What of the example's configuration is other than for Material, by the name of the theme.
_THEMES = {
    "material": None,
    "mkdocs": "  - search\n",
    "materialx": "  - search:\n      provider: lunr\n      lunr:\n"
    "        separator: '[\\s\\-/,:·]+'\n        pipeline: [trimmer]\n",
}


@dataclass(frozen=True)
class Environment:
    """A virtual environment: what is installed in it, and what must not have come along."""

    name: str
    wanted: tuple[str, ...]
    without: tuple[str, ...] = ()


MKDOCS = Environment("mkdocs", (".[mkdocs]",), without=("properdocs",))
PROPERDOCS = Environment(
    "properdocs", (".[properdocs]", "properdocs-theme-mkdocs", "pygments"), without=("mkdocs", "material")
)
MATERIALX = Environment("materialx", (".[properdocs]", "mkdocs-materialx"))
ZENSICAL = Environment("zensical", (".", "zensical"), without=("mkdocs", "properdocs", "material"))


def main() -> int:
    """Build and compare, and return the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        failed = [what for what, wrong in _checks(Path(folder)) if not _reported(what, wrong)]
    print(f"\nfailed: {', '.join(failed)}" if failed else "\nthe same site everywhere")
    return bool(failed)


def _checks(folder: Path) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield what is compared, and what is different or wrong in it."""
    bare = _build(MKDOCS, "mkdocs", "mkdocs", folder)
    yield "ProperDocs without MkDocs", different_content(bare, _build(PROPERDOCS, "properdocs", "mkdocs", folder))
    with_x = _build(MATERIALX, "properdocs", "materialx", folder)
    yield "MaterialX", different_content(_build(MKDOCS, "mkdocs", "material", folder), with_x)
    yield "MaterialX with MkDocs", different_files(with_x, _build(MATERIALX, "mkdocs", "materialx", folder))
    yield "Zensical, of what is exported", _exported(folder)


def _reported(what: str, wrong: Sequence[str]) -> bool:
    print(f"{what}: {'as it should be' if not wrong else ', '.join(wrong[:10])}", flush=True)
    return not wrong


def _build(environment: Environment, engine: str, theme: str, folder: Path) -> Path:
    """Build the example strictly. Raises CalledProcessError."""
    site = folder / f"{environment.name}-{engine}-{theme}"
    with _configuration(theme) as config:
        _run(environment, engine, "build", "--strict", "--config-file", str(config), "--site-dir", str(site))
    return site


@contextmanager
def _configuration(theme: str) -> Iterator[Path]:
    """The example's configuration for a theme, beside its own, which it has to be in the folder of."""
    text, search = (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), _THEMES[theme]
    text = text.replace("  name: material\n", f"  name: {theme}\n")
    path = ROOT / f".mkdocs-engines-{os.getpid()}.yml"
    path.write_text(_SEARCH.sub(lambda _: search, text) if search else text, encoding="utf-8")
    try:
        yield path
    finally:
        path.unlink()


def _exported(folder: Path) -> list[str]:
    """Export the example with its chapter, and build that strictly, where there is no other engine."""
    (docs := folder / "docs").mkdir()
    (docs / "how-goals-are-set.md").write_bytes((ROOT / "docs" / "how-goals-are-set.md").read_bytes())
    _run(ZENSICAL, "goals", "export", str(folder / "out"), "--docs", str(docs), "--as-of", _DAY)
    _run(ZENSICAL, "zensical", "build", "--strict", cwd=folder / "out")
    pages = [path.relative_to(folder / "out" / "docs") for path in (folder / "out" / "docs").rglob("*.md")]
    built = {path.relative_to(folder / "out" / "site") for path in (folder / "out" / "site").rglob("index.html")}
    return [page.as_posix() for page in pages if _address(page) not in built]


def _address(page: Path) -> Path:
    return page.with_name("index.html") if page.stem == "index" else page.with_suffix("") / "index.html"


def _run(environment: Environment, program: str, *arguments: str, cwd: Path = ROOT) -> None:
    quiet = {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        [_program(environment, program), *arguments],
        cwd=cwd,
        env={**os.environ, **quiet},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{program} in the environment {environment.name} failed:\n{done.stdout}{done.stderr}")


def _program(environment: Environment, name: str) -> Path:
    """The path of a program in an environment, which is made if it is missing or older than pyproject.toml."""
    folder = ROOT / ".venv-engines" / environment.name
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp, wanted = folder / "installed", hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != wanted:
        print(f"setting up {environment.name}", flush=True)
        venv.create(folder, with_pip=True, clear=True)
        requirements = [word for one in environment.wanted for word in (("-e", one) if one[0] == "." else (one,))]
        subprocess.run([python, "-m", "pip", "install", "--quiet", *requirements], cwd=ROOT, check=True)
        for module in environment.without:
            if not subprocess.run([python, "-c", f"import {module}"], capture_output=True, check=False).returncode:
                sys.exit(f"{module} came along into the environment {environment.name}")
        stamp.write_text(wanted)
    return python.with_name(name + python.suffix)


if __name__ == "__main__":
    sys.exit(main())
