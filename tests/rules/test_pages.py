"""Every rule has a page with true examples: the rule finds the bad one and has nothing to say about the good one.

The files of an example are added to the handbook in `house/`; one in `docs/` is a chapter beside it. If a page has a "Before" section, its files are the
version that the bad and the good example are compared with.
"""

from __future__ import annotations

import datetime
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from goal_handbook.changes.baseline import Baseline
from goal_handbook.findings import Finding
from goal_handbook.rules.page import SECTIONS, rule_page
from goal_handbook.rules.registry import RULES, judge
from goal_handbook.source.load import load
from goal_handbook.workspace import evaluate

from ..site.chapter import render_chapter

HANDBOOK = Path(__file__).parent / "house"
#: The `as_of` of that handbook; nothing in an example happened later.
DAY = datetime.date(2017, 7, 31)


def with_files(files: Mapping[str, str], goals: Path) -> Path:
    """Copy the handbook to `goals` and add an example's files to it."""
    shutil.copytree(HANDBOOK, goals)
    for name, text in files.items():
        if name.startswith("docs/"):
            continue
        assert name.startswith("goals/"), f"{name}: the path must start with goals/ or docs/"
        path = goals / name.removeprefix("goals/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return goals


def findings_in(code: str, section: str, tmp_path: Path) -> list[Finding]:
    """Check the example in a section of a rule's page."""
    page = rule_page(RULES[code])
    baseline = None
    if "Before" in page.sections:
        baseline = Baseline(load(with_files(page.files("Before"), tmp_path / "before"), "goals"), DAY)
    files = {**page.files("Before"), **page.files(section)}
    workspace = evaluate(load(with_files(files, tmp_path / "goals"), "goals"), DAY, DAY, baseline=baseline)
    chapters = [text for name, text in files.items() if name.startswith("docs/")]
    in_chapters = (f for text in chapters for f in render_chapter(workspace, text, tmp_path).findings)
    return [*workspace.findings, *judge(in_chapters, {})]


def test_the_handbook_itself_has_no_findings(tmp_path: Path) -> None:
    assert evaluate(load(with_files({}, tmp_path / "goals"), "goals"), DAY, DAY).findings == []


def test_the_manual_lists_every_rule_of_the_gate(pytestconfig: pytest.Config) -> None:
    page = (pytestconfig.rootpath / "docs/manual/history.md").read_text(encoding="utf-8")
    table = [line for line in page.splitlines() if line.startswith("| [GH6")]
    assert [code for code in RULES if code.startswith("GH6")] == re.findall(r"\[(GH[0-9]+)\]", " ".join(table))


@pytest.mark.parametrize("code", RULES)
def test_a_page_is_complete(code: str) -> None:
    page = rule_page(RULES[code])
    assert [s for s in SECTIONS if s in page.sections] == list(page.sections)
    assert {"Why it matters", "Bad", "Fix", "Good"} <= set(page.sections)
    assert page.what.strip()
    assert all(text.strip() for text in page.sections.values())
    assert page.files("Bad")
    assert page.files("Good")


@pytest.mark.parametrize("code", RULES)
def test_the_bad_example_breaks_the_rule_and_causes_no_other_error(code: str, tmp_path: Path) -> None:
    found = findings_in(code, "Bad", tmp_path)
    assert code in {f.code for f in found}
    assert {f.code for f in found if f.severity == "error"} <= {code}


@pytest.mark.parametrize("code", RULES)
def test_the_good_example_keeps_the_rule_and_causes_no_error(code: str, tmp_path: Path) -> None:
    assert [f for f in findings_in(code, "Good", tmp_path) if f.code == code or f.severity == "error"] == []
