"""GH509 on both sides of its boundary: a seller's targets against the estimate of the leader."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from goal_handbook.cli import main

from .finding import NORTH, findings

NUMBER = "supports: revenue, measure: {unit: %s, target: %s}"
MONEY = NUMBER % ("money", 100)
TEAM_GOALS = """
goals:
  - {id: revenue, title: R, measure: {unit: money, target: 500, rollup: sum}}
  - {id: pro-line, title: P, measure: {unit: money, target: 500, rollup: sum}}
"""


def house(estimate: str, *goals: str, about: str = "team: north") -> dict[str, str]:
    listed = ", ".join(f"{{id: {name}, title: T, {goal}}}" for name, goal in zip("abc", goals, strict=False))
    north = f"name: North\nleader: lea\ncontext: {{market: M, abilities: {{ana: {{{estimate}}}}}}}{TEAM_GOALS}"
    return {**NORTH, "teams/north.yaml": north, "sellers/ana.yaml": f"name: Ana\n{about}\ngoals: [{listed}]"}


@pytest.mark.parametrize(
    ("files", "messages"),
    [
        pytest.param(house("estimate: 100", MONEY), [], id="as high"),
        pytest.param(house("estimate: 99", MONEY), ["Ana's target of $100 is above the estimate of $99"], id="above"),
        pytest.param(house("estimate: 199", MONEY, MONEY), ["Ana's targets add up to $200, above the estimate of $199"], id="in sum"),
        pytest.param(house("estimate: 99, goal: pro-line", MONEY), [], id="an estimate for another goal"),
        pytest.param(house("estimate: 99, goal: pro-line", MONEY, MONEY.replace("revenue", "pro-line")), ["Ana's target of $100 is above the estimate of $99"], id="only the goals that support it"),
        pytest.param(house("estimate: 99", NUMBER % ("deals", 100)), [], id="another unit"),
        pytest.param(house("estimate: 99", f"{MONEY}, closed: {{on: 2017-05-01, result: partly}}"), [], id="closed"),
        pytest.param(house("estimate: 99", f"{MONEY}, closed: {{on: 2017-05-01, result: dropped}}", NUMBER % ("money", 50)), [], id="without the dropped"),
        pytest.param(house("estimate: 149", f"{MONEY}, closed: {{on: 2017-05-01, result: achieved}}", NUMBER % ("money", 50)), ["Ana's targets add up to $150, above the estimate of $149"], id="with what was reached"),
        pytest.param(house("estimate: 99", MONEY, about="team: north\nleft: 2017-09-30"), [], id="of somebody who has left"),
    ],
)  # fmt: skip
def test_a_target_is_not_above_the_estimate(files: dict[str, str], messages: list[str]) -> None:
    assert [f.message for f in findings("GH509", files)] == messages


def test_it_is_reported_where_the_estimate_is_and_not_in_the_seller_s_file() -> None:
    assert [str(f.location) for f in findings("GH509", house("estimate: 99", MONEY))] == ["goals/teams/north.yaml:3:50"]


@pytest.mark.parametrize(
    "command", [["due"], ["due", "--format", "json"], ["status"], ["status", "--format", "json"]], ids=" ".join
)
def test_no_report_that_the_team_reads_shows_it(goals: Callable[..., Path], command: list[str]) -> None:
    where = ["--dir", str(goals(house("estimate: 99", MONEY))), "--as-of", "2017-10-01"]
    assert "above the estimate" in run("check", "--all", *where)
    assert "above the estimate" not in run("check", "--owner", "ana", *where)
    assert "above the estimate" not in run(*command, *where)


def run(*arguments: str) -> str:
    return CliRunner().invoke(main, arguments).output
