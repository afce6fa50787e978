"""The page about security gives the reason of every dependency."""

from __future__ import annotations

import re
import tomllib

import pytest


def test_every_dependency_has_its_reason(pytestconfig: pytest.Config) -> None:
    project = tomllib.loads((pytestconfig.rootpath / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = {
        name: wanted for name, wanted in project["optional-dependencies"].items() if name not in {"dev", "benchmarks"}
    }
    named = [*project["dependencies"], *(one for extra in extras.values() for one in extra)]
    table = (pytestconfig.rootpath / "docs/manual/security.md").read_text(encoding="utf-8").partition("## Why each")[2]
    explained = re.findall(r"`([a-z0-9-]+)`", " ".join(re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)))
    assert sorted(explained) == sorted({re.split(r"[^a-z0-9-]", one)[0] for one in named})
