"""The readings of a goal as CSV: the columns, the numbers, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from goal_handbook.feeds.readings import readings_files
from goal_handbook.model.handbook import Handbook

from ..status.make import adjustment, case, handbook, level, number, paper, value
from .make import HOSTILE, as_shown, context_of, house


def readings(book: Handbook) -> dict[str, str]:
    """Return every file of readings by its path."""
    return {file.name: file.make() for file in readings_files(context_of(book))}


def rows(goal: dict[str, Any]) -> list[list[str]]:
    """Return the rows of Ana's one goal, without the header."""
    return list(csv.reader(io.StringIO(readings(handbook({"ana": {"goals": [goal]}}))["sellers/ana/g.csv"])))[1:]


def test_a_file_has_a_row_for_each_day_and_the_line_ends_of_the_standard() -> None:
    assert readings(house())["sellers/ana/g.csv"] == (
        "day,value,expected,gap,source,note\r\n2017-03-31,8,9.89,-1.89,reading,\r\n2017-06-30,15,20,-5,reading,\r\n"
    )


def test_goals_without_a_number_have_no_file_and_those_without_a_reading_a_header() -> None:
    goals = [number(id="none"), {"id": "paper", "landmarks": [paper("a", "2017-12-31")]}]
    assert readings(handbook({"ana": {"goals": goals}})) == {
        "sellers/ana/none.csv": "day,value,expected,gap,source,note\r\n"
    }


def test_a_sum_says_so() -> None:
    team = {"north": {"leader": "lea", "goals": [number(measure={"rollup": "sum"})]}}
    seller = {"ana": {"goals": [number(("2017-06-30", "15"), supports="g")]}}
    assert ",15,49.45,-34.45,sum," in readings(handbook(seller, team))["teams/north/g.csv"]


@pytest.mark.parametrize(
    ("goal", "row"),
    [
        case("a third has two decimals", number(("2017-05-02", "10"), target="100", landmarks=[value("a", "2017-01-04", "1")]), ["2017-05-02", "10", "33.36", "-23.36"]),
        case("a shrinking number", number(("2017-07-02", "60"), target="50", measure={"from": "100"}), ["2017-07-02", "60", "75", "-15"]),
        case("a level to hold", level(("2017-06-30", "48.5")), ["2017-06-30", "48.5", "50", "-1.5"]),
        case("a negative number", number(("2017-06-30", "-1_200.50")), ["2017-06-30", "-1200.5", "49.45", "-1249.95"]),
        case("millions have no exponent", number(("2017-07-02", "3_000_000"), target="4_000_000"), ["2017-07-02", "3000000", "2000000", "1000000"]),
        case("nothing is 0", number(("2017-01-01", "0")), ["2017-01-01", "0", "0", "0"]),
    ],
)  # fmt: skip
def test_numbers_are_written_as_programs_read_them(goal: dict[str, Any], row: list[str]) -> None:
    assert rows(goal)[0][:4] == row


def test_what_was_expected_before_an_adjustment_stays() -> None:
    """Of the reading of 2 July 50 were expected; the target that day was still 100."""
    goal = number(("2017-07-02", "40"), target="200", adjustments=[adjustment("2017-07-20", ("target", "100", "200"))])
    assert rows(goal)[0][:4] == ["2017-07-02", "40", "50", "-10"]


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        case("a formula", "=1+1", "'=1+1"),
        case("a plus", "+1", "'+1"),
        case("a minus", "-1", "'-1"),
        case("an at sign", "@SUM(A1)", "'@SUM(A1)"),
        case("a full-width sign", "＝1+1", "'＝1+1"),
        case("behind a semicolon, which some spreadsheets divide at", "a; =1+1", "a; '=1+1"),
        case("on a second line", "a\n=1+1", "a =1+1"),
        case("an ordinary note", "Two deals, 5% = fine - really", "Two deals, 5% = fine - really"),
        case("quotes", 'He said "no"', 'He said "no"'),
    ],
)
def test_a_spreadsheet_runs_no_note(note: str, shown: str) -> None:
    goal = number() | {"checkins": [{"on": "2017-06-30", "value": "1", "note": note}]}
    assert rows(goal)[0][5] == shown


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_in_its_cell(text: str) -> None:
    (row,) = rows(number() | {"checkins": [{"on": "2017-06-30", "value": "1", "note": text}]})
    assert len(row) == 6
    assert row[5].removeprefix("'") == as_shown(text)
