"""What is installed for tests and sites is locked: every package at one version, with the hashes of its files."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.version import Version
from run import LOCKED

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NAME = PROJECT["project"]["name"]
#: The machines that a lock is for, as far as the requirements of a package can tell them apart.
MACHINES = [
    {"python_version": version, "python_full_version": f"{version}.9", "sys_platform": system, "extra": ""}
    for version, system in product(("3.11", "3.12", "3.13", "3.14"), ("linux", "darwin", "win32"))
]


def wanted_by(name: str) -> list[str]:
    """Return what a lock has to contain, by the options that it is written with."""
    options = LOCKED[name]
    wanted = [*PROJECT["build-system"]["requires"]] if "build" in options else []
    if "pyproject.toml" in options:
        wanted += PROJECT["project"]["dependencies"]
    for kind, which in pairwise(options):
        if kind == "--extra":
            wanted += in_extra(which)
        elif kind == "--group":
            wanted += [one for one in PROJECT["dependency-groups"][which] if isinstance(one, str)]
    return wanted


def in_extra(extra: str) -> Iterator[str]:
    """Yield the requirements of an extra, and of the extras that it includes."""
    for text in PROJECT["project"]["optional-dependencies"][extra]:
        one = Requirement(text)
        if one.name == NAME:
            for included in one.extras:
                yield from in_extra(included)
        else:
            yield text


def lock(name: str) -> str:
    """Return the text of a lock."""
    return (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")


def pinned(name: str) -> list[tuple[Requirement, str]]:
    """Return what a lock pins, each with the lines of its hashes."""
    found = re.findall(r"^([a-z0-9].*?) \\\n((?:    --hash=.*\n)+)", lock(name), re.MULTILINE)
    return [(Requirement(pin), hashes) for pin, hashes in found]


def not_met(wanted: Iterable[str], pins: Iterable[Requirement]) -> list[str]:
    """Return the requirements that what is pinned does not meet on one of the machines."""
    found = []
    for text, machine in product(wanted, MACHINES):
        one = Requirement(text)
        applies = one.marker is None or one.marker.evaluate(machine)
        if not applies:
            continue
        versions = [
            pin.specifier
            for pin in pins
            if key(pin) == key(one) and (pin.marker is None or pin.marker.evaluate(machine))
        ]
        if len(versions) != 1 or not one.specifier.contains(str(versions[0]).removeprefix("==")):
            found.append(f"{text} on {machine['sys_platform']} with Python {machine['python_version']}")
    return found


def key(requirement: Requirement) -> str:
    """Return a package's name as all its spellings have it."""
    return re.sub(r"[-_.]+", "-", requirement.name).lower()


@pytest.mark.parametrize("name", LOCKED)
def test_a_lock_meets_what_pyproject_asks_for(name: str) -> None:
    assert not_met(wanted_by(name), [pin for pin, _ in pinned(name)]) == []


def test_a_lock_that_is_out_of_date_is_noticed() -> None:
    pins = [Requirement("click==8.5.1"), Requirement("filelock==3.12.0 ; sys_platform == 'linux'")]
    assert not_met(["click>=8.5", "filelock>=3.12; sys_platform == 'linux'"], pins) == []
    assert len(not_met(["click>=9"], pins)) == len(MACHINES)
    assert len(not_met(["filelock>=3.12"], pins)) == len(MACHINES) * 2 / 3


@pytest.mark.parametrize("name", LOCKED)
def test_a_lock_pins_each_package_with_hashes_and_names_no_registry(name: str) -> None:
    text = lock(name)
    lines = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert len(pinned(name)) == len(lines)
    assert all(re.fullmatch(r"(    --hash=sha256:[0-9a-f]{64}( \\)?\n)+", hashes) for _, hashes in pinned(name))
    assert "://" not in text


def test_the_lowest_lock_has_the_lowest_versions_that_pyproject_allows() -> None:
    wanted = [*PROJECT["project"]["dependencies"]]
    for extra in ("mkdocs", "properdocs", "xlsx", "sql"):
        wanted += in_extra(extra)
    bounds = {
        key(one): Version(bound.version)
        for one in map(Requirement, wanted)
        for bound in one.specifier
        if bound.operator == ">="
    }
    versions = {key(pin): Version(str(pin.specifier).removeprefix("==")) for pin, _ in pinned("lowest")}
    assert {name: versions[name] for name in bounds} == bounds


def test_what_npm_installs_is_locked_with_hashes_too() -> None:
    folder = ROOT / "tests" / "node"
    wanted: dict[str, Any] = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    packages: dict[str, Any] = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    own = packages.pop("")
    assert own["dependencies"] == wanted["dependencies"]
    assert [name for name, one in packages.items() if not one["integrity"].startswith("sha512-")] == []
    assert [name for name, one in packages.items() if "resolved" in one] == []
