"""`goals check`: exit codes, text and JSON, and a report that is safe for any terminal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner, Result

from goal_handbook.cli import main

GOOD = {"teams/central.yaml": "name: Central"}
WARNED = {**GOOD, "sellers/moses-frase.yaml": "name: Moses\nteam: central\ngoals: [{id: a, title: A}]"}
BAD = {"teams/central.yaml": "name: Central\nleeder: nobody"}


def run(*arguments: str | Path, env: Mapping[str, str] | None = None) -> Result:
    """Run the command as a terminal shows it (`color`: click removes nothing)."""
    return CliRunner().invoke(
        main, [str(a) for a in arguments], env={"SOURCE_DATE_EPOCH": None, **(env or {})}, color=True
    )


@pytest.mark.parametrize(
    ("files", "code", "last_line"),
    [
        pytest.param(GOOD, 0, "checked 1 file, 0 goals: no problems found", id="no problems"),
        pytest.param(WARNED, 0, "1 warning found", id="warnings alone"),
        pytest.param(BAD, 1, "1 error found", id="an error"),
        pytest.param({**WARNED, **BAD}, 1, "1 error and 1 warning found", id="both"),
        pytest.param({"handbook.yaml": "format: 1"}, 1, "2 errors found", id="a handbook.yaml that cannot be used"),
    ],
)
def test_the_exit_code_tells_whether_something_needs_fixing(
    goals: Callable[..., Path], files: dict[str, str], code: int, last_line: str
) -> None:
    result = run("check", "--dir", goals(files))
    assert (result.exit_code, result.stderr) == (code, "")
    assert last_line in result.stdout.splitlines()


def test_without_a_handbook_the_exit_code_is_2(tmp_path: Path) -> None:
    result = run("check", "--dir", tmp_path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f"Error: no handbook.yaml in {tmp_path.as_posix()}\n  help: name the folder that contains it\n"
    )


def test_a_missing_folder_is_exit_code_2(tmp_path: Path) -> None:
    result = run("check", "--dir", tmp_path / "none")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: no folder ")


def test_a_folder_whose_name_is_too_long_is_exit_code_2() -> None:
    result = CliRunner().invoke(main, ["check", "--dir", "a" * 5_000])
    assert (result.exit_code, type(result.exception)) == (2, SystemExit)
    assert result.stderr.startswith("Error: ")


def test_the_folder_around_goals_is_enough(goals: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(goals(BAD).parent)
    assert run("check").stdout.startswith("goals/teams/central.yaml:2:1: GH102 ")
    assert run("check", "--dir", "goals").stdout == run("check").stdout
    monkeypatch.chdir("goals")
    assert run("check").stdout.startswith("teams/central.yaml:2:1: GH102 ")


def test_json_holds_the_whole_of_each_finding(goals: Callable[..., Path]) -> None:
    folder = goals({**WARNED, **BAD})
    result = run("check", "--dir", folder, "--format", "json", "--as-of", "2017-10-01")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == {
        "as_of": "2017-10-01",
        "findings": [
            {
                "code": "GH301",
                "severity": "warning",
                "path": f"{folder.as_posix()}/sellers/moses-frase.yaml",
                "line": 3,
                "column": 9,
                "message": '"a" has no landmarks, so nobody can tell whether it is on track',
                "help": "add landmarks: with a due date and a value (or deliver:) for each",
            },
            {
                "code": "GH102",
                "severity": "error",
                "path": f"{folder.as_posix()}/teams/central.yaml",
                "line": 2,
                "column": 1,
                "message": 'unknown key "leeder"',
                "help": 'did you mean "leader"?',
            },
        ],
    }


def test_json_of_a_good_handbook_is_an_empty_list(goals: Callable[..., Path]) -> None:
    result = run("check", "--dir", goals(GOOD), "--format", "json", "--as-of", "2017-10-01")
    assert (result.exit_code, json.loads(result.stdout)) == (0, {"as_of": "2017-10-01", "findings": []})


def handbook_with(rules: str) -> dict[str, str]:
    text = f"format: 1\nname: M\nperiod: {{name: Y, start: 2017-01-01, end: 2017-12-31}}\nrules: {{GH3: off, GH4: off, {rules}}}"
    return {**WARNED, "handbook.yaml": text}


@pytest.mark.parametrize(
    ("rules", "code", "severities"),
    [
        ("GH301: warning", 0, ["warning"]),
        ("GH301: error", 1, ["error"]),
        ("GH301: off", 0, []),
        ("GH301: warning, GH102: off", 0, ["warning"]),
        ("", 0, []),
    ],
)
def test_the_handbook_decides_how_severe_a_rule_is(
    goals: Callable[..., Path], rules: str, code: int, severities: list[str]
) -> None:
    result = run("check", "--dir", goals(handbook_with(rules)), "--format", "json")
    assert (result.exit_code, [f["severity"] for f in json.loads(result.stdout)["findings"]]) == (code, severities)


def test_the_rules_of_the_format_cannot_be_switched_off(goals: Callable[..., Path]) -> None:
    assert run("check", "--dir", goals({**handbook_with("GH102: off"), **BAD})).exit_code == 1


def seller(name: str, goals: int, more: str = "") -> str:
    listed = "".join(f"\n  - {{id: g{n}, title: G}}" for n in range(1, goals + 1))
    return f"name: {name}\nteam: central\n{more}goals:{listed}\n"


HOUSE = """
format: 1
name: M
period: {name: Y, start: 2017-01-01, end: 2017-12-31}
rules: {GH3: off, GH4: off, GH5: off, GH301: warning, GH303: warning}
"""
MANY = {
    "handbook.yaml": HOUSE,
    "teams/central.yaml": "name: Central\nleader: lea\npart_of: region\n",
    "teams/region.yaml": "name: The region\n",
    "leaders/lea.yaml": "name: Lea Lund\ngoals:\n  - {id: own, title: O}\n",
    "sellers/anna-snelling.yaml": seller("Anna Snelling", 1),
    "sellers/moses-frase.yaml": seller("Moses Frase", 5),
}
GROUPED = """\
GH301 no-landmark (7): The goal has no landmarks
  help: add landmarks: with a due date and a value (or deliver:) for each
  Lea Lund         goals/leaders/lea.yaml:3:5
  Anna Snelling    goals/sellers/anna-snelling.yaml:4:5
  Moses Frase (5)  goals/sellers/moses-frase.yaml:4:5
                   goals/sellers/moses-frase.yaml:5:5
                   goals/sellers/moses-frase.yaml:6:5

GH303 not-measurable (7): The goal has nothing to measure and nothing to deliver
  help: add measure: {unit, target}, or landmarks with deliver:
  Lea Lund         goals/leaders/lea.yaml:3:5
  Anna Snelling    goals/sellers/anna-snelling.yaml:4:5
  Moses Frase (5)  goals/sellers/moses-frase.yaml:4:5
                   goals/sellers/moses-frase.yaml:5:5
                   goals/sellers/moses-frase.yaml:6:5

14 warnings found
to see each warning: goals check --all, or --owner ID for one person or team
to see what a rule is about: goals rule GH301
"""
BESIDE_AN_ERROR = """\
goals/teams/region.yaml:2:1: GH102 unknown key "leeder"
    2 | leeder: nobody
      | ^
  help: did you mean "leader"?

14 warnings: Moses Frase (10); Lea Lund (2); Anna Snelling (2)

1 error and 14 warnings found
to see each warning: goals check --all, or --owner ID for one person or team
to fix first: goals/teams/region.yaml:2:1 (explained by: goals rule GH102)
"""


def test_more_than_ten_warnings_are_grouped(goals: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(goals(MANY).parent)
    assert run("check").stdout == GROUPED


def test_beside_an_error_warnings_are_counted_so_that_it_stays_on_the_screen(
    goals: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(goals({**MANY, "teams/region.yaml": "name: The region\nleeder: nobody\n"}).parent)
    assert run("check").stdout == BESIDE_AN_ERROR


def test_a_hundred_people_with_warnings_take_a_few_lines_beside_an_error(goals: Callable[..., Path]) -> None:
    many = {f"sellers/s{n}.yaml": seller(f"Seller {n}", 1) for n in range(100)}
    printed = run("check", "--dir", goals({**MANY, **many, "teams/region.yaml": "name: The region\nleeder: nobody\n"}))
    assert "and 95 more people or teams" in " ".join(printed.stdout.split())
    assert len(printed.stdout.splitlines()) < 24


def places(result: Result) -> list[str]:
    """Return who each finding that is printed whole is about."""
    whole = [line for line in result.stdout.splitlines() if ": warning: GH" in line]
    return [Path(line.partition(":")[0]).stem for line in whole]


def test_up_to_ten_are_printed_whole(goals: Callable[..., Path]) -> None:
    for count, whole in ((3, 10), (4, 0)):  # each goal has two warnings
        assert (
            len(places(run("check", "--dir", goals({**MANY, "sellers/moses-frase.yaml": seller("M", count)})))) == whole
        )


def test_all_are_printed_whole_on_request(goals: Callable[..., Path]) -> None:
    result = run("check", "--dir", goals(MANY), "--all")
    assert len(places(result)) == 14
    assert "--all" not in result.stdout


@pytest.mark.parametrize(
    ("owner", "people"),
    [
        ("anna-snelling", ["anna-snelling"] * 2),
        ("central", ["anna-snelling"] * 2 + ["moses-frase"] * 10),
        ("region", ["anna-snelling"] * 2 + ["moses-frase"] * 10),
        ("lea", ["lea"] * 2 + ["anna-snelling"] * 2 + ["moses-frase"] * 10),
    ],
    ids=["a seller", "a team with its members", "a region with its teams", "a leader with their teams"],
)
def test_an_owner_s_are_printed_whole(goals: Callable[..., Path], owner: str, people: list[str]) -> None:
    result = run("check", "--dir", goals(MANY), "--owner", owner)
    assert (result.exit_code, places(result)) == (0, people)


def test_json_of_an_owner_holds_only_theirs(goals: Callable[..., Path]) -> None:
    folder = goals(MANY)
    of_all = run("check", "--dir", folder, "--format", "json")
    of_anna = run("check", "--dir", folder, "--format", "json", "--owner", "anna-snelling")
    assert [len(json.loads(r.stdout)["findings"]) for r in (of_all, of_anna)] == [14, 2]


def test_errors_of_others_are_counted_and_still_fail(goals: Callable[..., Path]) -> None:
    folder = goals({**MANY, **BAD, "sellers/anna-snelling.yaml": "name: Anna\nteam: central"})
    result = run("check", "--dir", folder, "--owner", "anna-snelling")
    assert result.exit_code == 1
    assert result.stdout == "anna-snelling: no problems found\n1 error elsewhere: see goals check\n"


def test_an_owner_nobody_knows_is_exit_code_2(goals: Callable[..., Path]) -> None:
    result = run("check", "--dir", goals(MANY), "--owner", "moses-fraze")
    assert (result.exit_code, result.stdout) == (2, "")
    assert 'unknown owner "moses-fraze"\n  help: did you mean "moses-frase"?' in result.stderr


def test_a_reading_in_a_csv_file_concerns_the_goal_s_owner(goals: Callable[..., Path]) -> None:
    goal = "{id: a, title: A, measure: {unit: deals, target: 9}, landmarks: [{id: m, due: 2017-12-31, value: 9}]}"
    files = {
        **MANY,
        "handbook.yaml": HOUSE.replace("GH5: off", "GH507: warning"),
        "sellers/anna-snelling.yaml": f"name: Anna\nteam: central\ngoals: [{goal}]",
        "readings/crm.csv": "goal,on,value\nanna-snelling/a,2017-01-31,3\nanna-snelling/a,2017-02-28,2\n",
    }
    assert places(run("check", "--dir", goals(files), "--owner", "anna-snelling")) == ["crm"]


NAUGHTY = {
    "teams/central.yaml": 'name: "Zentrale → Süd 🎉"\nleader: "\\e[31mred\\e[0m"\n"ti\\u202Etle": Süd 🎉 → x\n',
    "sellers/moses-frase.yaml": "name: Moses\nteam: central\ntitle: é \\x1b[2J\n",
}


def test_escape_sequences_do_not_reach_the_terminal(goals: Callable[..., Path]) -> None:
    folder = goals(NAUGHTY)
    (folder / "sellers" / "\x1b]0;title\x07.yaml").write_text("name: x", encoding="utf-8")
    result = run("check", "--dir", folder)
    assert result.exit_code == 1
    assert all(c.isprintable() or c == "\n" for c in result.stdout)


@pytest.mark.parametrize("arguments", [["check"], ["check", "--format", "json"]], ids=" ".join)
def test_an_ascii_locale_changes_nothing(goals: Callable[..., Path], arguments: list[str]) -> None:
    folder = goals(NAUGHTY)
    Path(os.fsdecode(os.fsencode(folder) + b"/teams/\xff.yaml")).write_text("name: x", encoding="utf-8")
    ascii_ = in_locale({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, *arguments, "--dir", str(folder))
    utf_8 = in_locale({"LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}, *arguments, "--dir", str(folder))
    assert ascii_ == utf_8
    assert ascii_.returncode == 1
    assert "Süd 🎉 → x".encode() in ascii_.stdout or arguments != ["check"]


class Done(NamedTuple):
    returncode: int
    stdout: bytes
    stderr: bytes


def in_locale(env: Mapping[str, str], *arguments: str) -> Done:
    done = subprocess.run(
        [sys.executable, "-c", "from goal_handbook.cli import main; main()", *arguments],
        capture_output=True,
        check=False,
        env={**{k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON"))}, **env},
    )
    return Done(done.returncode, done.stdout, done.stderr)
