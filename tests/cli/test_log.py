"""`goals log`: everything that happened to a goal, safe to print on any terminal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from goal_handbook.cli import main

HANDBOOK = """
format: 1
name: MavenTech
period: {name: 2017, start: 2017-01-01, end: 2017-12-31}
currency: EUR
locale: LOCALE
rules: {GH3: off, GH4: off, GH5: off}
"""
SELLER = """
name: Ana Abel
team: north
goals:
  - id: revenue
    title: Close 20,000
    measure: {unit: money, target: 20_000}
    landmarks: [{id: year, due: 2017-12-31, value: 20_000}]
    checkins: [{on: 2017-03-31, value: 16_112, note: NOTE}]
"""


def report(command: str, folder: Path) -> str:
    """What a command prints about the goal, as a terminal shows it (`color`: click removes nothing)."""
    arguments = [command, "ana/revenue", "--dir", str(folder), "--as-of", "2017-04-15"]
    result = CliRunner().invoke(main, arguments, color=True)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def handbook(goals: Callable[..., Path]) -> Callable[[str, str], Path]:
    """Writes a handbook in a locale, with a note on a reading."""

    def write(locale: str, note: str) -> Path:
        seller = SELLER.replace("NOTE", note)
        files = {"handbook.yaml": HANDBOOK.replace("LOCALE", locale), "teams/north.yaml": "name: North\n"}
        return goals({**files, "sellers/ana.yaml": seller})

    return write


@pytest.mark.parametrize("command", ["log", "status"])
@pytest.mark.parametrize(
    ("locale", "amount"),
    [("de_DE", "16.112\xa0€"), ("sv_SE", "16\xa0112\xa0€"), ("fr_FR", "16\u202f112\xa0€"), ("en_US", "€16,112")],
)
def test_amounts_keep_the_no_break_spaces_of_their_locale(
    handbook: Callable[[str, str], Path], command: str, locale: str, amount: str
) -> None:
    text = report(command, handbook(locale, "Two deals."))
    assert amount in text
    assert "\N{REPLACEMENT CHARACTER}" not in text


@pytest.mark.parametrize("evil", ["\\u202E", "\\u2066", "\\u200B"])
def test_what_could_reorder_or_hide_text_is_replaced(handbook: Callable[[str, str], Path], evil: str) -> None:
    text = report("log", handbook("en_US", f'"Two {evil}deals."'))
    assert "Two \N{REPLACEMENT CHARACTER}deals." in text
    assert all(c.isprintable() or c == "\n" for c in text)
