"""`goals rule`: the page of a rule, and the list of all."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from goal_handbook.cli import main
from goal_handbook.rules.registry import RULES


@pytest.mark.parametrize("name", ["GH301", "gh301", "no-landmark", "No-Landmark"])
def test_a_rule_is_found_by_its_code_and_its_name(name: str) -> None:
    result = CliRunner().invoke(main, ["rule", name])
    assert result.exit_code == 0
    assert result.stdout.startswith(
        "# GH301 no-landmark\n\n**The goal has no landmarks.** By default, this is a warning.\n"
    )
    assert [line for line in result.stdout.splitlines() if line.startswith("## ")] == [
        "## Why it matters",
        "## Bad",
        "## Fix",
        "## Good",
    ]


@pytest.mark.parametrize(
    ("name", "help"),
    [("GH3O1", "did you mean"), ("nolandmark", "use GH301"), ("weather", "run goals rule for a list of all rules")],
)
def test_a_rule_nobody_knows_is_reported(name: str, help: str) -> None:
    result = CliRunner().invoke(main, ["rule", name])
    assert (result.exit_code, result.stdout) == (2, "")
    assert help in result.stderr


def test_without_a_name_all_are_listed() -> None:
    result = CliRunner().invoke(main, ["rule"])
    assert [code for code in RULES if f"  {code}  " not in result.stdout] == []
    assert "GH6 Changes" in result.stdout
