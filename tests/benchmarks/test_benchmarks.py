"""The benchmarks: what they measure is a handbook without errors, in turns, and what they write stays in its place."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import pytest
from benchmarks.builds import editing
from benchmarks.handbook import write_handbook
from benchmarks.measure import Contestant, Cost, run, take_turns
from benchmarks.results import Section, costs_table

from benchmarks import results
from goal_handbook.workspace import open_workspace


def test_the_workload_is_a_handbook_without_errors(tmp_path: Path) -> None:
    write_handbook(20, tmp_path)
    workspace = open_workspace(tmp_path / "goals", "goals", datetime.date(2017, 10, 15))
    assert workspace.handbook and len(workspace.handbook.sellers) == 20
    assert workspace.errors == []


def test_contestants_take_turns_and_count_by_their_medians(capsys: pytest.CaptureFixture[str]) -> None:
    turns: list[str] = []
    costs = iter([Cost(1, 1, 10), Cost(5, 5, 5), Cost(9, 3, 30), Cost(6, 6, 5), Cost(2, 2, 20), Cost(7, 7, 5)])

    def contestant(name: str) -> Contestant:
        return Contestant(name, lambda: next(costs), lambda: turns.append(name))

    found = take_turns([contestant("ours"), contestant("theirs")], 3)
    assert turns == ["ours", "theirs"] * 3
    assert found == {"ours": Cost(2, 2, 30), "theirs": Cost(6, 6, 5)}
    head, rows = costs_table(found, "ours")
    assert [row[head.index("CPU ÷ ours")] for row in rows] == ["1.00", "3.00"]


def test_a_command_that_fails_ends_the_run_with_what_it_said(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no such goal"):
        run([sys.executable, "-c", "raise SystemExit('no such goal')"], tmp_path)


def test_every_edit_writes_another_word(tmp_path: Path) -> None:
    path = tmp_path / "goal.yaml"
    path.write_text("why: Because\nwhy: not\n", encoding="utf-8")
    edit = editing(path, "why: ")
    assert [edit(), edit()] == ["Edit1", "Edit2"]
    assert path.read_text(encoding="utf-8") == "why: Edit2 Because\nwhy: not\n"


def test_a_part_replaces_its_own_section_and_the_table_of_the_readme(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readme, written = tmp_path / "README.md", tmp_path / "RESULTS.md"
    readme.write_text("before\n<!-- benchmarks -->\nold\n<!-- /benchmarks -->\nafter\n", encoding="utf-8")
    monkeypatch.setattr(results, "README", readme)
    monkeypatch.setattr(results, "RESULTS", written)
    results.write(
        [Section("Cold", "One.", ["", "s"], [["ours", "2"]]), Section("Warm", "Two.", ["", "s"], [["ours", "1"]])]
    )
    results.write([Section("Cold", "Three.", ["", "s"], [["ours", "3"]], readme="new\n")])
    text = written.read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if line.startswith("## ")] == ["## Cold", "## Warm"]
    assert "Three." in text and "One." not in text and "| ours | 1 |" in text
    assert readme.read_text(encoding="utf-8") == "before\n<!-- benchmarks -->\nnew\n<!-- /benchmarks -->\nafter\n"
