"""Create a virtual environment and run the project in it. Needs Python 3.11 or newer and git, plus npm for the tests.

python3 run.py serve        build the example handbook and serve it on http://127.0.0.1:8000
python3 run.py test         run what protects main: lint, types, layers, a strict build of the example, tests, hardening
python3 run.py screenshots  take the pictures of the example in docs/assets/screenshots again; needs Chromium
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent

CHECKS: tuple[tuple[str, ...], ...] = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports",),
    ("mkdocs", "build", "--strict"),  # without --quiet, which hides the warnings that --strict counts
    ("pytest", "-n", "auto", "--dist", "worksteal"),  # tests of a module share its fixtures, and no worker idles
    ("python", "-m", "hardening", "--minutes", "0.6"),
)


def main(what: str) -> int:
    """Run `what`, and return the exit code. Every check runs, even after one has failed."""
    if what == "serve":
        return run(environment(".venv", ".[mkdocs]"), "mkdocs", "serve", *sys.argv[2:])
    if what == "screenshots":
        return run(environment(".venv-test", ".[dev]"), "python", "docs/.pictures/screenshots.py")
    if what == "test":
        python = environment(".venv-test", ".[dev]")
        node_packages(python.parent.parent / "node")
        if os.environ.get("CI"):
            install_browser()
        failed = [" ".join(check) for check in CHECKS if run(python, *check)]
        print(f"\nfailed: {', '.join(failed)}" if failed else "\nall checks passed", flush=True)
        return bool(failed)
    print(__doc__)
    return 2


def environment(name: str, requirement: str) -> Path:
    """Return the Python of a virtual environment with the project in it; rebuild it if pyproject.toml has changed."""
    folder = ROOT / name
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp, wanted = folder / "installed", hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != wanted:
        print(f"setting up {name} (this may take a minute)", flush=True)
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--editable", requirement], cwd=ROOT, check=True)
        stamp.write_text(wanted)
    return python


def node_packages(folder: Path) -> None:
    """Install the tools that the tests need from npm, without running any of their install scripts."""
    wanted = ROOT / "tests" / "node" / "package.json"
    if not (folder / "package.json").exists() or (folder / "package.json").read_bytes() != wanted.read_bytes():
        folder.mkdir(exist_ok=True)
        (folder / "package.json").write_bytes(wanted.read_bytes())
        quiet = ("--ignore-scripts", "--legacy-peer-deps", "--no-package-lock", "--no-audit", "--no-fund", "--silent")
        npm = shutil.which("npm") or "npm"
        try:
            subprocess.run([npm, "install", *quiet], cwd=folder, check=True)
        except (OSError, subprocess.CalledProcessError):
            (folder / "package.json").unlink()
            sys.exit("the tests need npm for some of their tools; it comes with Node.js")


def install_browser() -> None:
    """Install Chromium with apt where there is no browser; the tests of pages fail without one where `CI` is set."""
    if any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))) or not shutil.which("apt-get"):
        return
    print("installing Chromium", flush=True)
    sudo = ("sudo", "--non-interactive") if shutil.which("sudo") else ()
    for what in (("update",), ("install", "--yes", "--no-install-recommends", "chromium", "fonts-liberation")):
        subprocess.run([*sudo, "apt-get", "-qq", *what], check=False)


def run(python: Path, *command: str) -> int:
    """Run one of the environment's commands in the project folder, and return its exit code."""
    print(f"\n$ {' '.join(command)}", flush=True)
    quiet = {"NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": ""}  # tests start Python hundreds of times
    try:
        program = python.with_name(command[0] + python.suffix)
        return subprocess.run([program, *command[1:]], cwd=ROOT, env={**os.environ, **quiet}, check=False).returncode
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
