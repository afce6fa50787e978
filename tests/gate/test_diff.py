"""What `goals diff` says of what decides and is no term: the numbers, before and after."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from goal_handbook.cli import main

from .cases import BOOK, LEADER, TEAM, Case, Edit, edit, prepare

CAPACITY = edit(TEAM, "  market:", "  capacity: [{what: Machines a month, limit: 40}]\n  market:")


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (edit(TEAM, "limit: 40", "limit: 80"), "capacity: Machines a month 40 → Machines a month 80"),
        (edit(LEADER, "hours: 48", "hours: 20"), "edited: invest hours 48 → 20"),
        (edit(BOOK, "locale: en_US\n", "locale: en_US\nas_of: 2017-07-25\n"), "as_of: not set → 2017-07-25"),
    ],
)
def test_a_diff_has_the_numbers(change: Edit, line: str, template: Path, tmp_path: Path) -> None:
    case = Case(line, change, main=(("2017-07-20", CAPACITY),))
    story = prepare(case, template, tmp_path / "repository")
    result = CliRunner().invoke(main, ["diff", "main", "--dir", str(story.goals), "--as-of", "2017-07-31"])
    assert line in result.stdout
