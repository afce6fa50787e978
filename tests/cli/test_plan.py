"""`goals step` marks a step of a plan as done, by the number it is listed with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goal_handbook.cli import main

from ..changes.story import Story

MOSES, Q2 = "sellers/moses-frase.yaml", "moses-frase/new-business#q2"
ACCOUNTINGS = """    accountings:
      - {landmark: q2, on: 2017-07-05, why: Frozen, action: recover, plan: [{do: An old step}]}
      - landmark: q2
        on: 2017-07-20
        why: Still frozen
        action: recover
        plan:
          - {do: Close Isdom, who: moses-frase, due: 2017-08-15}
          - {do: Call Rhea, done: 2017-07-24}
      - {landmark: year, on: 2017-07-21, why: Too late, action: recover, plan: [{do: Another landmark's}]}
      - {landmark: q2, on: 2017-07-20, why: And so on, action: recover, plan: [{do: Ask Betasoloin, due: 2017-08-20}]}
"""


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    """Moses has plans for two landmarks; today is 31 July 2017."""
    story = Story(tmp_path)
    story.edit(MOSES, "  - id: negotiation\n", f"{ACCOUNTINGS}  - id: negotiation\n")
    story.commit("The plans", "2017-07-21")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1501459200")
    return story


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_the_steps_of_the_latest_plan_are_listed_with_their_numbers(story: Story) -> None:
    result = run("step", Q2)
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [
        " 1. Close Isdom (moses-frase, by 2017-08-15)",
        " 2. Call Rhea (done on 2017-07-24)",
        " 3. Ask Betasoloin (by 2017-08-20)",
    ]


@pytest.mark.parametrize(
    ("arguments", "old", "new"),
    [
        (["1", "--done", "2017-07-28"], "due: 2017-08-15}", "due: 2017-08-15, done: 2017-07-28}"),
        (["1", "--done"], "due: 2017-08-15}", "due: 2017-08-15, done: 2017-07-31}"),
        (["3", "--done"], "due: 2017-08-20}", "due: 2017-08-20, done: 2017-07-31}"),
    ],
    ids=["on a day", "today", "of a second accounting on the day"],
)
def test_a_step_is_done(story: Story, arguments: list[str], old: str, new: str) -> None:
    before = story.read(MOSES)
    result = run("step", Q2, *arguments)
    assert result.exit_code == 0, result.output
    assert story.read(MOSES) == before.replace(old, new)


def test_the_gate_accepts_it(story: Story) -> None:
    assert run("step", Q2, "1", "--done").exit_code == 0
    found = json.loads(run("check", "--since", "HEAD", "--format", "json").stdout)["findings"]
    assert [f for f in found if f["code"].startswith("GH6")] == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([Q2, "4", "--done"], 'there is no step "4": the plan has 3 steps'),
        ([Q2, "0", "--done"], 'there is no step "0"'),
        ([Q2, "Isdom", "--done"], 'there is no step "Isdom"'),
        ([Q2, "2", "--done"], "step 2 was already done on 2017-07-24"),
        ([Q2, "1"], "say that step 1 is done: --done, or --done DATE"),
        ([Q2, "--done"], "Missing argument 'N': which step is done"),
        ([Q2, "1", "--done", "2071-01-01"], "2071-01-01 is in the future"),
        ([Q2, "1", "--done", "some day"], '"some day" is not a date'),
        (["moses-frase/new-business", "1", "--done"], "name one as moses-frase/new-business#ID"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_done_is_refused(story: Story, arguments: list[str], message: str) -> None:
    before = story.read(MOSES)
    result = run("step", *arguments)
    assert (result.exit_code, message in result.stderr) == (2, True), result.stderr
    assert story.read(MOSES) == before
