"""`goals undo` takes back the last write, as a whole, unless it is committed or something has changed since."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hardening.processes import killed_at_change

from goal_handbook.cli import main
from goal_handbook.source import last_write

GOAL = "moses-frase/new-business"


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def contents(house: Path) -> dict[str, bytes]:
    return {path.relative_to(house).as_posix(): path.read_bytes() for path in house.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "command",
    [
        ["checkin", GOAL, "140k"],
        ["adjust", GOAL, "--target", "230k", "--landmarks", "proportional", "--why", "The market shrank."],
        ["new", "seller", "--name", "Łukasz Żak", "--team", "central"],
        ["move", "--goal", GOAL, "--to", "dustin-brinkmann"],
        ["fmt"],
    ],
    ids=["a record", "new terms", "a new file", "two files", "many files"],
)
def test_the_last_write_is_taken_back_as_a_whole_and_written_again(house: Path, command: list[str]) -> None:
    for path in house.rglob("*.yaml"):
        path.write_text(path.read_text(encoding="utf-8").replace("name: ", "name:  "), encoding="utf-8")
    before = contents(house)
    assert run(*command).exit_code == 0
    after = contents(house)
    assert after != before
    result = run("undo")
    assert (result.exit_code, contents(house)) == (0, before), result.output
    assert result.stdout.endswith("to write it again: goals undo\n")
    assert run("undo").exit_code == 0
    assert contents(house) == after


def test_the_lines_that_are_taken_back_are_shown(house: Path) -> None:
    run("checkin", GOAL, "140k", "--note", "Isdom")
    expected = "goals/sellers/moses-frase.yaml\n-   20 |       - {on: 2017-07-31, value: 140_000, note: Isdom}\n"
    assert run("undo").stdout.startswith(expected)


def test_only_the_last_write_is_taken_back(house: Path) -> None:
    run("checkin", GOAL, "140k", "--on", "yesterday")
    one = contents(house)
    run("checkin", GOAL, "141k")
    assert run("undo").exit_code == 0
    assert contents(house) == one


def test_without_a_write_there_is_nothing_to_undo(house: Path) -> None:
    result = run("undo")
    assert (result.exit_code, "there is nothing to undo" in result.stderr) == (2, True)


def test_a_file_that_has_changed_since_is_named_and_kept(house: Path) -> None:
    run("checkin", GOAL, "140k")
    file = house / "sellers" / "moses-frase.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    before = contents(house)
    result = run("undo")
    assert (result.exit_code, contents(house)) == (2, before)
    assert "goals/sellers/moses-frase.yaml: changed since the last write\n  help: take it back by hand" in result.stderr


def commit_all(house: Path) -> None:
    git = ["git", "-C", str(house), "-c", "user.name=Ana", "-c", "user.email=ana@example.com"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "-A"], check=True)
    subprocess.run([*git, "commit", "-qm", "All"], check=True)


def test_what_was_taken_back_is_written_again_although_the_files_are_as_committed(house: Path) -> None:
    commit_all(house)
    run("checkin", GOAL, "140k")
    after = contents(house)
    assert [run("undo").exit_code, run("undo").exit_code] == [0, 0]
    assert contents(house) == after
    commit_all(house)
    assert "the last write is committed" in run("undo").stderr


def test_what_is_committed_stays(house: Path) -> None:
    run("checkin", GOAL, "140k")
    commit_all(house)
    before = contents(house)
    result = run("undo")
    assert (result.exit_code, contents(house)) == (2, before)
    assert "the last write is committed: goals/sellers/moses-frase.yaml\n  help: take the commit back" in result.stderr
    run("checkin", GOAL, "141k", "--on", "yesterday")
    assert run("undo").exit_code == 0


def test_a_write_that_was_cut_off_in_the_middle_is_taken_back(house: Path) -> None:
    before = contents(house)
    run("move", "--goal", GOAL, "--to", "dustin-brinkmann")
    (house / "leaders" / "dustin-brinkmann.yaml").write_bytes(before["leaders/dustin-brinkmann.yaml"])
    assert run("undo").exit_code == 0
    assert contents(house) == before


def test_a_command_killed_at_any_moment_leaves_what_it_wrote_or_the_write_before_to_be_taken_back(house: Path) -> None:
    first = contents(house)
    run("checkin", GOAL, "140k", "--on", "yesterday")
    second = contents(house)
    number, killed = 1, True
    while killed:
        killed = killed_at_change(lambda: run("checkin", GOAL, "141k"), number)
        now = {name: data for name, data in contents(house).items() if not name.endswith(".new")}
        assert run("undo").exit_code == 0, number
        assert contents(house) == (first if now == second else second), number
        if now == second:
            assert run("undo").exit_code == 0
        number += 1
    assert number > 5


def test_of_an_undo_that_is_killed_the_write_can_still_be_taken_back(house: Path) -> None:
    before, number = contents(house), 1
    run("checkin", GOAL, "140k")
    while killed_at_change(lambda: run("undo"), number):
        if contents(house) != before:
            assert run("undo").exit_code == 0, number
        assert {name: data for name, data in contents(house).items() if not name.endswith(".new")} == before, number
        assert run("undo").exit_code == 0
        number += 1
    assert number > 5


def test_a_cache_that_cannot_be_written_does_not_stop_a_write(house: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file", encoding="utf-8")
    assert run("checkin", GOAL, "140k").exit_code == 0
    assert run("undo").exit_code == 2


@pytest.mark.parametrize("junk", ["{", "[1]\n", '["x", 5, 6]\n', "ü\n"])
def test_a_cache_that_makes_no_sense_is_nothing_to_undo(house: Path, tmp_path: Path, junk: str) -> None:
    run("checkin", GOAL, "140k")
    [file] = (tmp_path / "cache").rglob("*.jsonl")
    file.write_text(junk, encoding="utf-8")
    assert (run("undo").exit_code, last_write.last_write(house).changes) == (2, {})


def test_nobody_else_can_read_what_is_remembered(house: Path, tmp_path: Path) -> None:
    run("checkin", GOAL, "140k")
    [file] = (tmp_path / "cache").rglob("*.jsonl")
    assert file.parent.stat().st_mode & 0o077 == 0
