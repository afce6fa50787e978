"""Findings for other programs: annotations for GitHub, and SARIF that its schema accepts."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft7Validator

from goal_handbook.cli import main
from goal_handbook.findings import Finding, Location
from goal_handbook.reports.findings import as_github, as_sarif
from goal_handbook.rules.registry import RULES

from ..node import node_module

BAD = {"teams/central.yaml": "name: Central\nleeder: nobody", "sellers/x.yaml": "name: X\nteam: central\ngoals: []"}


def finding(path: str = "goals/a.yaml", message: str = "wrong", severity: str = "error", line: int = 3) -> Finding:
    return Finding("GH101", Location(path, line, 7 if line else 0), message, "fix it", "", severity)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (finding(), "::error file=goals/a.yaml,line=3,title=GH101 invalid-yaml,col=7::wrong%0Ahelp: fix it"),
        (
            finding(severity="warning"),
            "::warning file=goals/a.yaml,line=3,title=GH101 invalid-yaml,col=7::wrong%0Ahelp: fix it",
        ),
        (finding(line=0), "::error file=goals/a.yaml,line=1,title=GH101 invalid-yaml::wrong%0Ahelp: fix it"),
        (
            finding(message="50%: a,b"),
            "::error file=goals/a.yaml,line=3,title=GH101 invalid-yaml,col=7::50%25: a,b%0Ahelp: fix it",
        ),
        (
            finding("a:b,c%.yaml"),
            "::error file=a%3Ab%2Cc%25.yaml,line=3,title=GH101 invalid-yaml,col=7::wrong%0Ahelp: fix it",
        ),
    ],
    ids=["error", "warning", "whole file", "special characters in the message", "special characters in the path"],
)
def test_an_annotation_is_a_workflow_command(given: Finding, expected: str) -> None:
    assert as_github([given]) == expected


def test_errors_come_first_because_github_shows_only_the_first_ten() -> None:
    lines = as_github([finding(severity="warning"), finding()]).splitlines()
    assert [line.split()[0] for line in lines] == ["::error", "::warning"]


def test_a_newline_in_a_text_does_not_start_another_command() -> None:
    evil = finding("goals/a\n::set-env name=x::y.yaml", "x\r\n::add-mask::y")
    assert len(as_github([evil]).splitlines()) == 1


def test_the_command_prints_annotations(goals: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(goals(BAD).parent)
    result = CliRunner().invoke(main, ["check", "--format", "github"])
    assert result.exit_code == 1
    assert result.stdout.startswith("::error file=goals/teams/central.yaml,line=2,title=GH102 unknown-key,col=1::")


@pytest.fixture(scope="module")
def sarif() -> Draft7Validator:
    """Return a validator for SARIF 2.1.0."""
    schema = node_module("@microsoft/jest-sarif") / "lib/schemas/sarif-2.1.0-rtm.5.json"
    return Draft7Validator(json.loads(schema.read_text(encoding="utf-8")))


def test_sarif_is_valid(sarif: Draft7Validator, goals: Callable[..., Path]) -> None:
    result = CliRunner().invoke(main, ["check", "--dir", str(goals(BAD)), "--format", "sarif"])
    log = json.loads(result.stdout)
    assert [error.message for error in sarif.iter_errors(log)] == []
    assert [r["ruleId"] for r in log["runs"][0]["results"]] == ["GH102"]


def test_sarif_of_every_rule_is_valid(sarif: Draft7Validator) -> None:
    """Includes odd paths, whole files, and the page of each rule."""
    locations = [Location("a b/ü%.yaml", 1, 1), Location("x\udcff.yaml"), Location("/goals/x.yaml", 2, 3)]
    findings = [Finding(code, locations[i % 3], "m\u2028", "", "", "warning") for i, code in enumerate(RULES)]
    log = json.loads(as_sarif(findings))
    assert [error.message for error in sarif.iter_errors(log)] == []
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    assert [rules[r["ruleIndex"]]["id"] for r in log["runs"][0]["results"]] == list(RULES)


def test_the_validator_rejects_invalid_sarif(sarif: Draft7Validator) -> None:
    assert list(sarif.iter_errors({"version": "2.1.0", "runs": [{"tool": {}}]}))


def test_sarif_without_findings_is_valid(sarif: Draft7Validator) -> None:
    assert list(sarif.iter_errors(json.loads(as_sarif([])))) == []
