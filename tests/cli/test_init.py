"""`goals init` starts a handbook that builds right away, on any day; `goals next-period` creates the next one."""

from __future__ import annotations

import datetime
import json
import re
import shutil
import subprocess
from importlib import import_module
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from goal_handbook.cli import main
from goal_handbook.cli.starter import period_on, starter_files
from goal_handbook.source.load import load, load_files
from goal_handbook.workspace import evaluate

from ..site.conftest import run_build
from .screen import CTRL_C, Terminal, without_breaks

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


def test_it_says_what_to_install_where_nothing_builds_the_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("init", "a", "--examples").output.endswith("next: cd a && goals check && mkdocs serve\n")
    monkeypatch.setattr(import_module("goal_handbook.cli.init"), "find_spec", lambda name: None)
    ready = "next: cd b && pip install -r requirements.txt && goals check && mkdocs serve\n"
    assert run("init", "b", "--examples").output.endswith(ready)


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


@pytest.mark.parametrize("name", ["goals", "docs", ".github"])
def test_a_file_where_a_folder_is_needed_is_named_and_no_folder_is_left(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("a file", encoding="utf-8")
    result = run("init", str(tmp_path), "--name", "House")
    assert (result.exit_code, f"Error: {tmp_path / name} already exists\n" in result.stderr) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == [name]


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


def test_a_handbook_of_one_s_own_has_the_people_that_were_named_and_no_goals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1771588800")
    people = ["--you", "Иван Петров", "--team", "Süd", "--seller", "Ana Weiß", "--seller", "Ana Weiß: Nord"]
    result = run("init", "--language", "de", "--period", "fiscal-year", "--starts", "april", *people)
    assert result.exit_code == 0, result.output
    handbook = load(Path("goals")).handbook
    assert handbook
    assert sorted(handbook.owners) == ["ana-weiss", "ana-weiss-2", "ivan-petrov", "nord", "sud"]
    assert (handbook.goals, handbook.settings.currency, handbook.settings.locale) == ({}, "EUR", "de")
    assert str(handbook.settings.period.name) == "2026/27"
    assert "no problems found" in run("check").stdout
    assert "# /goals/sellers/ana-weiss.yaml   @ana-weiss @ivan-petrov\n" in Path("CODEOWNERS").read_text("utf-8")
    assert "lea-lund" not in "".join(p.read_text("utf-8") for p in Path().rglob("*") if p.suffix in {".md", ".yaml"})
    assert "  language: de\n" in Path("mkdocs.yml").read_text("utf-8")


def test_an_empty_handbook_and_its_first_people_have_no_problems(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("init", "--empty").exit_code == 0
    assert "checked 0 files, 0 goals: no problems found" in run("check").stdout
    assert run("new", "team", "--name", "North").exit_code == 0
    done = run_build(tmp_path)
    assert (done.code, "WARNING" in done.output) == (0, False), done.output


@pytest.mark.parametrize(
    ("day", "length", "first_month", "period"),
    [
        ("2026-02-20", "year", 1, "2026 2026-01-01 2026-12-31"),
        ("2026-11-16", "year", 1, "2026 2026-01-01 2026-12-31"),
        ("2026-11-17", "year", 1, "2027 2027-01-01 2027-12-31"),
        ("2026-02-20", "year", 4, "2026/27 2026-04-01 2027-03-31"),
        ("2026-01-20", "year", 4, "2025/26 2025-04-01 2026-03-31"),
        ("2026-02-20", "half-year", 1, "H1 2026 2026-01-01 2026-06-30"),
        ("2026-06-01", "half-year", 1, "H2 2026 2026-07-01 2026-12-31"),
    ],
)
def test_the_period_is_the_one_a_day_is_in_unless_little_of_it_is_left(
    day: str, length: str, first_month: int, period: str
) -> None:
    found = period_on(datetime.date.fromisoformat(day), length, first_month)
    assert f"{found.name} {found.start} {found.end}" == period


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--examples", "--team", "North"], "the examples come with a period and people"),
        (["--period", "year", "--starts", "april"], "--starts is for a fiscal year"),
        (["--seller", "Ana"], '"Ana" does not say in which team\n  help: write e.g. --seller "Ana Abel: North"'),
        (["--team", "—"], 'there is no letter in "—" to make an id from'),
        (["--currency", "dollars"], '"dollars" is not a currency\n  help: write its code'),
        (["--language", "klingon"], '"klingon" is not a known locale'),
        (["--period", "week"], '"week" is not one of: year, half-year, fiscal-year'),
    ],
)
def test_options_that_make_no_sense_are_refused_and_nothing_is_written(
    tmp_path: Path, options: list[str], message: str
) -> None:
    result = run("init", str(tmp_path / "x"), *options)
    assert (result.exit_code, message in result.stderr) == (2, True), result.stderr
    assert not (tmp_path / "x").exists()


def test_at_a_terminal_it_asks_who_is_there(tmp_path: Path) -> None:
    at = Terminal(tmp_path, "2017-01-20", ["init", "our-goals"])
    at.answer("Whose handbook is it [Our Goals]", "Nørd & Co")
    at.answer("What are the goals for [year]", "fis")
    at.answer("In which month does it begin", "apr")
    at.answer("Language and country", "de-AT")
    at.answer("Currency [EUR]")
    at.answer("Your name", "Lea")
    at.answer("Which teams are there", "North, South")
    at.answer("Who sells in North", "Ana Abel, Łukasz Nowak")
    at.answer("Who sells in South")
    at.answer("Who may see the site [members]")
    at.answer("Write this")
    assert "goals/sellers/lukasz-nowak.yaml" in at.end()
    handbook = load(tmp_path / "our-goals" / "goals").handbook
    assert handbook
    assert [*handbook.sellers, *handbook.teams, *handbook.leaders] == [
        "ana-abel",
        "lukasz-nowak",
        "north",
        "south",
        "lea",
    ]
    assert (handbook.settings.period.name, handbook.settings.locale) == ("2016/17", "de_AT")


def test_the_answers_of_a_beginning_that_was_left_can_be_given_again(tmp_path: Path) -> None:
    at = Terminal(tmp_path, "2017-01-20", ["init", "x"])
    at.answer("Whose handbook is it", "Nord")
    at.answer("What are the goals for", "half")
    at.answer("Language", "en_US")
    at.answer("Currency")
    at.answer("Your name", "Lea")
    at.answer("Which teams are there", "North")
    at.answer("Who sells in North", "Ana Abel")
    at.answer("Who may see the site", CTRL_C)
    command = (
        "goals init x --name Nord --period half-year --language en_US --currency USD --you Lea --team North "
        "--seller 'Ana Abel: North'"
    )
    assert without_breaks(command) in without_breaks(at.end(1))
    assert not (tmp_path / "x").exists()


def test_before_its_period_has_begun_a_goal_can_start_today(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796040000")  # 30 November 2026
    assert run("init", "--team", "North", "--seller", "Ana").exit_code == 0
    goal = ["new", "goal", "ana", "--title", "Learn", "--kind", "skill", "--landmark", "Q1: First call"]
    assert run(*goal, "--start", "today").exit_code == 0
    result = run(*goal, "--id", "earlier", "--start", "2026-11-29")
    assert (result.exit_code, "is not in the handbook's period, 2027-01-01 to 2027-12-31" in result.stderr) == (2, True)
    assert "no problems found" not in run("check").stderr


def _gate(folder: Path, *arguments: str) -> Result:
    git = ["git", "-C", str(folder), "-c", "user.name=Ana", "-c", "user.email=ana@example.com"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "-A"], check=True)
    subprocess.run([*git, "commit", "-qm", "Begin"], check=True)
    return run("check", "--since", "HEAD", "--dir", str(folder), *arguments)


@pytest.mark.honest
def test_the_examples_may_be_deleted_and_rewritten(begun: Path) -> None:
    assert _gate(begun).exit_code == 0
    shutil.rmtree(begun / "goals" / "teams")
    shutil.rmtree(begun / "goals" / "leaders")
    ana, ben = (begun / "goals" / "sellers" / f"{name}.yaml" for name in ("ana-abel", "ben-berg"))
    ben.unlink()
    ana.write_text("name: Mia Mai\ngoals: [{id: new-business, title: Sell 300}]\n", encoding="utf-8")
    result = run("check", "--since", "HEAD", "--dir", str(begun))
    assert "GH6" not in result.stdout, result.stdout


@pytest.mark.attack
def test_a_goal_of_one_s_own_in_place_of_an_example_is_protected(begun: Path) -> None:
    ana = begun / "goals" / "sellers" / "ana-abel.yaml"
    ana.write_text(ana.read_text("utf-8").replace("Close 120,000 of new", "Close 130,000 of new"), encoding="utf-8")
    assert _gate(begun).exit_code == 0
    ana.unlink()
    result = run("check", "--since", "HEAD", "--dir", str(begun))
    assert result.stdout.count(": GH606") == 1
    assert 'GH606 the goal "new-business" (Close 130,000 of new business) was removed' in result.stdout
