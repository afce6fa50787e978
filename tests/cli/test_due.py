"""`goals due`: what is owed and what is coming up, for a person, a team or a leader, in each medium."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from goal_handbook.cli import main

HOUSE = Path(__file__).parent.parent / "rules" / "house"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """The house with a missed exam, a step of a plan, and a name that looks like markup."""
    goals = tmp_path / "goals"
    shutil.copytree(HOUSE, goals)
    path = goals / "sellers" / "moses-frase.yaml"
    text = path.read_text(encoding="utf-8").replace("due: 2017-08-31, deliver", "due: 2017-07-20, deliver")
    plan = "accountings: [{landmark: year, on: 2017-07-05, why: x, action: recover, plan: [{do: Call Isdom, who: moses-frase, due: 2017-08-05}]}]"
    text = text.replace("  - id: negotiation", f"    {plan}\n  - id: negotiation")
    path.write_text(text.replace("name: Moses Frase", "name: '<@U1> *Moses* @all'"), encoding="utf-8")
    return goals


def due(house: Path, *arguments: str) -> str:
    result = CliRunner().invoke(main, ["due", "--dir", str(house), *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_what_is_owed_comes_first_and_then_what_is_coming_up(house: Path) -> None:
    assert due(house).replace(str(house), "goals").splitlines()[2:] == [
        "1 thing owed, 6 things due within 14 days.",
        "",
        "<@U1> *Moses* @all",
        "------------------",
        "- Accounting owed: Complete the negotiation certificate – Exam passed by Jul 20, 2017 was missed (7 days)",
        "    goals account moses-frase/negotiation#exam --dir goals",
        "- Aug 5, 2017, in 5 days: Close 260,000 of new business – Call Isdom (<@U1> *Moses* @all)",
        "    goals step moses-frase/new-business#year 1 --done --dir goals",
        "- Aug 10, 2017, in 10 days: Complete the negotiation certificate – review",
        "    goals review moses-frase/negotiation --dir goals",
        "- Aug 10, 2017, in 10 days: Close 260,000 of new business – review",
        "    goals review moses-frase/new-business --dir goals",
        "",
        "Dustin Brinkmann",
        "----------------",
        "- Aug 10, 2017, in 10 days: Central, Win 250,000 of new business – review",
        "    goals review central/revenue --dir goals",
        "- Aug 10, 2017, in 10 days: Learn to coach instead of giving answers – review",
        "    goals review dustin-brinkmann/coaching --dir goals",
        "- Aug 10, 2017, in 10 days: A day in the field with each seller, every month – review",
        "    goals review dustin-brinkmann/joint-visits --dir goals",
    ]


def test_in_a_message_the_command_is_code(house: Path) -> None:
    line = "Exam passed by Jul 20, 2017 was missed (7 days) `goals account moses-frase/negotiation#exam"
    assert line in due(house, "--format", "slack")


@pytest.mark.parametrize(
    ("owner", "goals"),
    [("moses-frase", 2), ("central", 3), ("dustin-brinkmann", 5)],
    ids=["a seller: their own", "a team: its own and its members'", "a leader: their own and their teams'"],
)
def test_an_owner_s_goals(house: Path, owner: str, goals: int) -> None:
    data = json.loads(due(house, "--owner", owner, "--days", "366", "--format", "json"))
    assert len({item["goal"] for item in data["coming"]}) == goals


def test_the_data_is_exact(house: Path) -> None:
    data = json.loads(due(house, "--days", "5", "--format", "json"))
    assert data["as_of"] == "2017-07-31"
    assert [(o["kind"], o["goal"], o["landmark"], o["since"], o["days"], o["overdue"]) for o in data["owed"]] == [
        ("accounting", "moses-frase/negotiation", "exam", "2017-07-24", 7, False)
    ]
    assert [(c["kind"], c["on"], c["what"]) for c in data["coming"]] == [
        ("step", "2017-08-05", "Call Isdom (<@U1> *Moses* @all)")
    ]


@pytest.mark.parametrize(
    ("medium", "evil"), [("slack", "<@U1>"), ("slack", " *Moses* "), ("markdown", "<@U1>"), ("markdown", "@all")]
)
def test_no_name_mentions_a_person_or_is_markup(house: Path, medium: str, evil: str) -> None:
    assert evil not in due(house, "--format", medium)


def test_an_unknown_owner_is_reported(house: Path) -> None:
    result = CliRunner().invoke(main, ["due", "--dir", str(house), "--owner", "mose-frase"])
    assert (result.exit_code, 'did you mean "moses-frase"?' in result.stderr) == (2, True)


def test_a_step_past_its_day_is_overdue_and_not_counted_as_owed(house: Path) -> None:
    lines = due(house, "--as-of", "2017-08-17").splitlines()
    assert lines[2] == "6 things owed, 1 planned step overdue, 0 things due within 14 days."
    assert "- Step overdue: Close 260,000 of new business – Call Isdom (<@U1> *Moses* @all) (12 days overdue)" in lines


def test_what_one_sitting_settles_is_one_line(house: Path) -> None:
    said = due(house, "--as-of", "2017-09-20", "--owner", "moses-frase").replace(str(house), "goals")
    assert (
        "- Review due: 2 goals – was due on Aug 10, 2017 (41 days)\n    goals review --owner moses-frase --dir goals\n"
        in said
    )


def test_a_sum_shows_whose_reading_it_waits_for(house: Path) -> None:
    said = due(house, "--as-of", "2018-01-20").replace(str(house), "goals")
    assert "goals status central/revenue --dir goals" in said
    assert "goals checkin central/revenue" not in said
