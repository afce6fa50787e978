"""A folder that is read again: only what somebody has written to is read, and the result is that of reading it all."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from goal_handbook.source import folder
from goal_handbook.source.folder import read_folder
from goal_handbook.source.load import load

ANA = "name: Ana\nteam: north\ngoals:\n  - {id: deals, title: Deals, measure: {unit: deals, target: 40}}\n"
FILES = {
    "teams/north.yaml": "name: North\n",
    "sellers/ana.yaml": ANA,
    "sellers/bo.yaml": ANA.replace("Ana", "Bo"),
    "readings/crm.csv": "goal,date,value\nana/deals,2017-03-31,7\nbo/deals,2017-03-31,9\n",
}
Goals = Callable[..., Path]


@pytest.fixture
def is_long_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file was written long ago."""
    monkeypatch.setattr(folder, "_SETTLED", -1)


@pytest.mark.usefixtures("is_long_ago")
def test_a_file_that_nobody_has_written_to_is_not_read_again(goals: Goals, monkeypatch: pytest.MonkeyPatch) -> None:
    root = goals(FILES)
    known, _ = read_folder(root, "goals")
    monkeypatch.setattr(folder, "_read", lambda *_: pytest.fail("a file is read again"))
    again, _ = read_folder(root, "goals", known)
    assert [*map(id, again)] == [*map(id, known)]


@pytest.mark.usefixtures("is_long_ago")
def test_a_file_is_read_again_even_if_its_size_and_its_date_are_as_before(goals: Goals) -> None:
    root = goals(FILES)
    known, _ = read_folder(root, "goals")
    path = root / "sellers" / "ana.yaml"
    was = path.stat()
    path.write_text(ANA.replace("40", "50"), encoding="utf-8")
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert path.stat().st_size == was.st_size
    again, _ = read_folder(root, "goals", known)
    assert again == read_folder(root, "goals")[0] != known


@pytest.mark.usefixtures("is_long_ago")
def test_a_file_that_became_a_link_is_found(goals: Goals) -> None:
    root = goals(FILES)
    known, _ = read_folder(root, "goals")
    (root / "sellers" / "ana.yaml").rename(root / "ana")
    (root / "sellers" / "ana.yaml").symlink_to(root / "ana")
    assert read_folder(root, "goals", known) == read_folder(root, "goals")
    assert read_folder(root, "goals", known)[1]


def test_a_file_that_was_just_written_is_read_again(goals: Goals) -> None:
    """The next edit may come in the same moment, and then the system says of both the same."""
    known, _ = read_folder(goals(FILES), "goals")
    assert {file.stamp for file in known} == {None}


@pytest.mark.parametrize(
    "edit",
    [
        {},
        {"sellers/ana.yaml": ANA.replace("title: Deals", "title: More deals")},
        {"sellers/ana.yaml": ANA.replace("}}", "}, checkins: [{on: 2017-03-31, value: 8}]}")},
        {"readings/crm.csv": "goal,date,value\nana/deals,2017-03-31,8\n"},
        {"readings/crm.csv": f"{FILES['readings/crm.csv']}ana/deals,2017-03-31,8\n"},
        {"readings/crm.csv": "goal,date,value\n", "sellers/bo.yaml": "name: [\n"},
        {"sellers/cy.yaml": ANA, "leaders/bo.yaml": "name: Bo\n"},
    ],
)
def test_after_an_edit_there_is_what_reading_it_all_finds(goals: Goals, edit: dict[str, str]) -> None:
    known = load(goals(FILES), "goals")
    for files in (edit, FILES):
        now = load(goals(files), "goals", known)
        plain = load(goals(), "goals")
        assert (now.handbook, now.findings, now.rows) == (plain.handbook, plain.findings, plain.rows)
        known = now
