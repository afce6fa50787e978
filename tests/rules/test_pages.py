"""Every rule has a page whose examples are true: the bad one is found, of the good one there is nothing to say.

An example's files are laid over the handbook in `house/`. Where a page has a section "Before", its files are the
version the bad and the good one are compared with.
"""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from goal_handbook.changes.baseline import Baseline
from goal_handbook.findings import Finding
from goal_handbook.rules.check import check
from goal_handbook.rules.page import SECTIONS, rule_page
from goal_handbook.rules.registry import RULES
from goal_handbook.source.load import load

HOUSE = Path(__file__).parent / "house"
#: The house's `as_of`; nothing in an example happened later.
DAY = datetime.date(2017, 7, 31)


def lay(files: Mapping[str, str], goals: Path) -> Path:
    """The house with an example's files over it."""
    shutil.copytree(HOUSE, goals)
    for name, text in files.items():
        assert name.startswith("goals/"), f"{name}: a path begins with goals/"
        path = goals / name.removeprefix("goals/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return goals


def findings_of(code: str, section: str, tmp_path: Path) -> list[Finding]:
    """What is found in the example a page shows in a section."""
    page = rule_page(RULES[code])
    before = None
    if "Before" in page.sections:
        before = Baseline(load(lay(page.files("Before"), tmp_path / "before"), "goals"), DAY)
    head = load(lay({**page.files("Before"), **page.files(section)}, tmp_path / "goals"), "goals")
    return check(head, DAY, DAY, before=before)


def test_the_house_is_in_order(tmp_path: Path) -> None:
    assert check(load(lay({}, tmp_path / "goals"), "goals"), DAY, DAY) == []


@pytest.mark.parametrize("code", RULES)
def test_a_page_says_everything(code: str) -> None:
    page = rule_page(RULES[code])
    assert [s for s in SECTIONS if s in page.sections] == list(page.sections)
    assert {"Why it matters", "Bad", "Mend", "Good"} <= set(page.sections)
    assert page.what.strip()
    assert all(text.strip() for text in page.sections.values())
    assert page.files("Bad")
    assert page.files("Good")


@pytest.mark.parametrize("code", RULES)
def test_the_bad_example_is_found_and_has_no_other_error(code: str, tmp_path: Path) -> None:
    found = findings_of(code, "Bad", tmp_path)
    assert code in {f.code for f in found}
    assert {f.code for f in found if f.severity == "error"} <= {code}


@pytest.mark.parametrize("code", RULES)
def test_the_good_example_has_neither_the_fault_nor_an_error(code: str, tmp_path: Path) -> None:
    assert [f for f in findings_of(code, "Good", tmp_path) if f.code == code or f.severity == "error"] == []
