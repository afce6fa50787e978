"""`goals init` starts a handbook that builds right away, on any day; `goals next-period` creates the next one."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from goal_handbook.cli import main
from goal_handbook.cli.init import starter_files
from goal_handbook.source.load import load, load_files
from goal_handbook.workspace import evaluate

from ..site.conftest import run_build

DAYS = [datetime.date(2026, 1, 1) + datetime.timedelta(days=9 * i) for i in range(41)]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture
def begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder where a handbook was started on 20 February 2026."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1771588800")
    result = run("init", "x", "--name", 'Nørd & "Co": goals')
    assert result.exit_code == 0, result.output
    return tmp_path / "x"


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_on_any_day_of_a_year_a_new_handbook_has_no_problems(day: datetime.date) -> None:
    held = {
        path.removeprefix("goals/"): text.encode()
        for path, text in starter_files("House", day).items()
        if path.startswith("goals/")
    }
    assert evaluate(load_files(held, "goals"), day, day).findings == []


def test_the_first_goals_of_one_s_own_lead_to_the_warnings_that_matter(begun: Path) -> None:
    assert run("new", "seller", "--name", "Zoë", "--team", "north", "--dir", str(begun)).exit_code == 0
    file = begun / "goals" / "sellers" / "zoe.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "goals: [{id: more, title: Sell more}]\n", encoding="utf-8")
    found = json.loads(run("check", "--dir", str(begun), "--format", "json").stdout)["findings"]
    assert [f["code"] for f in found] == ["GH301", "GH303", "GH304", "GH404", "GH406"]


def test_without_its_rules_a_new_handbook_keeps_them_all(begun: Path) -> None:
    settings = begun / "goals" / "handbook.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text[: text.index("\nrules:")], encoding="utf-8")
    assert "no problems found" in run("check", "--dir", str(begun)).stdout


def test_it_builds_strictly_on_the_first_try(begun: Path) -> None:
    done = run_build(begun)
    assert done.code == 0, done.output
    assert "WARNING" not in done.output
    assert "Ana Abel" in done.page("sellers/ana-abel")


@pytest.mark.parametrize("day", [datetime.date(2026, m, d) for m, d in ((1, 1), (6, 30), (11, 23), (12, 31))], ids=str)
def test_the_commands_of_its_readme_work_on_any_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, day: datetime.date
) -> None:
    seconds = datetime.datetime.combine(day, datetime.time(12), datetime.UTC).timestamp()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(seconds)))
    assert run("init", str(tmp_path / "x")).exit_code == 0
    monkeypatch.chdir(tmp_path / "x")
    text = Path("README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^goals (.*?)(?:  +#.*)?$", text, re.MULTILINE)
    assert len(commands) >= 7
    answers = {"account": ["--why", "It froze", "--action", "recover"], "adjust": ["--why", "It shrank"]}
    for command in commands:
        words = command.split()
        result = run(*words, *answers.get(words[0], []))
        is_early = words[0] == "account" and "is not missed yet" in result.output
        assert result.exit_code == 0 or is_early, (command, result.output)
    assert run("check").exit_code == 0


def test_its_files_and_the_next_period_s_are_in_canonical_form(begun: Path) -> None:
    assert run("next-period", "2027", "--into", "next", "--carry-open", "--dir", str(begun)).exit_code == 0
    for folder in ("next", str(begun)):
        result = run("fmt", "--check", folder)
        assert result.exit_code == 0, result.output


def test_every_file_can_be_read(begun: Path) -> None:
    for path in begun.rglob("*"):
        if path.suffix == ".json":
            json.loads(path.read_text(encoding="utf-8"))
        elif path.suffix in {".yaml", ".yml"} and path.name != "mkdocs.yml":
            yaml.safe_load(path.read_text(encoding="utf-8"))
        if path.is_file() and path.suffix != ".whl":
            assert not re.search("@[A-Z]+@", path.read_text(encoding="utf-8")), path


def test_every_goals_file_names_a_schema_that_exists(begun: Path) -> None:
    assert run("new", "seller", "--name", "Zoë", "--team", "north", "--dir", str(begun)).exit_code == 0
    files = sorted((begun / "goals").rglob("*.yaml"))
    assert len(files) == 6
    for path in files:
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert (path.parent / first.removeprefix("# yaml-language-server: $schema=")).is_file()


def test_an_existing_file_is_never_overwritten(begun: Path) -> None:
    before = {path: path.read_bytes() for path in begun.rglob("*") if path.is_file()}
    result = run("init", str(begun), "--name", "Again")
    assert (result.exit_code, "already exists" in result.stderr) == (2, True)
    assert {path: path.read_bytes() for path in begun.rglob("*") if path.is_file()} == before


def test_a_bad_epoch_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    result = run("init", str(tmp_path / "x"))
    assert (result.exit_code, "whole seconds since 1970" in result.stderr) == (2, True)
    assert not (tmp_path / "x").exists()


def test_the_next_period_starts_with_what_is_carried_over(begun: Path) -> None:
    wanted = ["--carry", "north/revenue", "--carry", "ana-abel/new-business"]
    result = run("next-period", "2027", "--into", "next", *wanted, "--dir", str(begun), "--on", "2026-02-20")
    assert result.exit_code == 0, result.output
    new = load(Path("next"))
    assert new.findings == []
    assert new.handbook
    assert sorted(new.handbook.goals) == ["ana-abel/new-business", "north/revenue"]
    goal = new.handbook.goals["ana-abel/new-business"]
    assert [str(mark.due) for mark in goal.landmarks] == ["2027-06-30", "2027-12-31"]
    assert (goal.agreed, goal.checkins, [s.goal for s in goal.supports]) == ((), (), ["revenue"])
    assert str(new.handbook.settings.period.end) == "2027-12-31"
    old = load(begun / "goals").handbook
    assert old
    closed = old.goals["ana-abel/new-business"].closed
    assert closed
    assert (closed.result, closed.carried_to) == ("partly", "ana-abel/new-business")
    assert old.goals["ben-berg/new-business"].closed is None


@pytest.mark.parametrize("inside", [".", "goals"])
def test_by_default_the_next_period_is_beside_this_one(
    begun: Path, monkeypatch: pytest.MonkeyPatch, inside: str
) -> None:
    monkeypatch.chdir(begun / inside)
    result = run("next-period", "FY 2027")
    assert result.exit_code == 0, result.output
    assert "goals-fy-2027: FY 2027, 2027-01-01 to 2027-12-31, 0 goals carried over" in result.stdout
    assert load(begun / "goals-fy-2027").findings == []


def test_all_open_goals_can_be_carried_over(begun: Path) -> None:
    assert run("close", "ana-abel/negotiation", "--result", "achieved", "--dir", str(begun)).exit_code == 0
    assert run("next-period", "2027", "--into", "next", "--carry-open", "--dir", str(begun)).exit_code == 0
    new = load(Path("next")).handbook
    assert new
    assert "ana-abel/negotiation" not in new.goals
    assert len(new.goals) == 6
    assert run("check", "--dir", "next", "--as-of", "2027-01-02").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--carry", "ana-abel/new-busines"], 'did you mean "ana-abel/new-business"?'),
        (["--start", "2027-13-01"], "month 13 does not exist"),
        (["--start", "2028-01-01", "--end", "2027-12-31"], "before it starts"),
    ],
    ids=["no such goal", "no such day", "ends before it starts"],
)
def test_a_next_period_that_makes_no_sense_is_refused_and_nothing_is_written(
    begun: Path, arguments: list[str], message: str
) -> None:
    result = run("next-period", "2027", "--into", "next", *arguments, "--dir", str(begun))
    assert (result.exit_code, message in result.stderr) == (2, True), result.stderr
    assert not Path("next").exists()
