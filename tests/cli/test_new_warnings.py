"""A command that writes says what its own lines bring: an error stops it, a warning is shown and the file is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goal_handbook.cli import main
from goal_handbook.workspace import open_workspace

GOAL = "moses-frase/new-business"
FALLING = "GH507 $95 on 2017-07-31 is less than $131,000 on 2017-06-30, but a total to date cannot fall"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


BRINGS = {
    "a total that falls": (["checkin", GOAL, "95"], FALLING),
    "a target that is no longer the last landmark's": (
        ["adjust", GOAL, "--target", "240_000", "--why", "x", "--by", "moses"],
        'GH510 "year", the last landmark, goes beyond the target: $260,000 by 2017-12-31, not $240,000',
    ),
    "a target that makes the team's sum too large, in another file": (
        ["adjust", GOAL, "--target", "900_000", "--why", "x", "--by", "moses"],
        "goals/teams/central.yaml:10:36: warning: GH501",
    ),
    "a goal without a reason": (["new", "goal", "moses", "--title", "Calls", "--kind", "skill"], "GH304"),
    "a seller without a goal": (["new", "seller", "--name", "Ana Abel", "--team", "central"], "GH305"),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "warning"), BRINGS.values(), ids=BRINGS)
def test_what_a_line_brings_is_shown_and_the_line_is_written(house: Path, arguments: list[str], warning: str) -> None:
    assert open_workspace(house, "goals").findings == []
    result = run(*arguments)
    assert result.exit_code == 0
    assert warning in result.stderr
    assert warning in "\n".join(map(str, open_workspace(house, "goals").findings))


def test_what_was_found_before_is_not_repeated(house: Path) -> None:
    assert FALLING in run("checkin", GOAL, "95").stderr
    assert run("done", "moses-frase/negotiation#exam").stderr == ""


def test_of_the_warnings_in_other_files_five_are_shown(house: Path) -> None:
    """The team's target changes, and eight sellers have agreed to support it as it was."""
    moses = (house / "sellers/moses-frase.yaml").read_text(encoding="utf-8")
    for name in "abcdefgh":
        text = moses.replace("moses-frase", f"seller-{name}").replace("Moses Frase", f"Seller {name.upper()}")
        (house / f"sellers/seller-{name}.yaml").write_text(text, encoding="utf-8")
    result = run("adjust", "central/revenue", "--target", "2_400_000", "--why", "x", "--by", "dustin")
    assert result.stderr.count("GH408") == 5
    assert "\nand 4 more in other files: goals check\n" in result.stderr
