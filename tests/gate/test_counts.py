"""How many attacks and honest changes there are: `pytest --collect-only -m attack tests` lists them."""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parents[1]
FOLDERS = ("gate", "proof", "cli")


def kinds() -> Iterator[str]:
    """What each case of a table is marked as."""
    for file in sorted(file for folder in FOLDERS for file in (TESTS / folder).glob("test_*.py")):
        module = importlib.import_module(f"tests.{file.parent.name}.{file.stem}")
        for name, test in vars(module).items():
            if name.startswith("test_"):
                for mark in getattr(test, "pytestmark", ()):
                    cases = mark.args[1] if mark.name == "parametrize" else ()
                    yield from (one.name for case in cases for one in getattr(case, "marks", ()))


def test_there_are_enough_of_both() -> None:
    found = Counter(kinds())
    assert found["attack"] >= 150
    assert found["honest"] >= 80
